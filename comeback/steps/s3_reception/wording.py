"""Sentences of the messages that step 3 sends."""

from django.utils.translation import gettext_lazy as _

from comeback.cases.messages import word

word("card_signed", _("%(case)s: the customer has signed the fault card."))
word("card_danger", _("%(case)s: the customer says that the car is dangerous to drive. Do not drive it."))
