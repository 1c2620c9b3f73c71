"""Sentences of the messages that step 2 sends."""

from django.utils.translation import gettext_lazy as _

from comeback.cases.messages import word

word("arrival", _("%(plate)s: the customer arrives on %(arrives)s."))
word("arrival_moved", _("%(plate)s: the customer arrives on %(arrives)s, no longer on %(before)s."))
word("dossier_instruction", _("%(plate)s: instruction of the after-sales manager."))
