"""The sentence of the message that step 6 sends."""

from django.utils.translation import gettext_lazy as _

from comeback.cases.messages import word

word("share_declined", _("%(case)s: the customer does not agree to his part of the costs. Decide anew."))
