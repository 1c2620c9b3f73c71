"""Sentences of the messages that step 8 sends."""

from django.utils.translation import gettext_lazy as _

from comeback.cases.messages import word

word("contact_reminder", _("%(case)s: contact the customer by %(due)s."))
word("contact_overdue", _("%(case)s: the 48 hours are over and the customer was not contacted."))
word("recovery_owed", _("%(case)s: the customer is not satisfied. Call him by %(due)s."))
word("wrong_number", _("%(case)s: the customer’s telephone number is wrong. Find the right one."))
