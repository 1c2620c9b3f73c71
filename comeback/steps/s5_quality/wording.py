"""Sentences of the messages that step 5 sends."""

from django.utils.translation import gettext_lazy as _

from comeback.cases.messages import word

word("work_returned", _("%(case)s, %(car)s: not passed at check %(attempt)s, back to the workshop."))
