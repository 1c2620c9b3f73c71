"""What step 3 keeps: receptions, the manager's confirmation, signatures, agreements, delivery offers. Moments in UTC.

Fault cards, road tests and appointments are shared evidence and stand in `cases`.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Presence(models.TextChoices):
    """Who stood for the management at the reception."""

    MANAGER = "manager", _("The manager was there")
    DEPUTY = "deputy", _("A deputy was there")
    NOBODY = "nobody", _("Nobody of the management was there")


class Evidence(models.Model):
    """Columns of every evidence row: at is when it happened, function the one used."""

    at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    function = models.CharField(max_length=30)

    class Meta:
        abstract = True


class Reception(Evidence):
    """The customer was received; at: his arrival. A correction is a further row, the latest counts. Method 3.1.

    manager: who of the management was there, by the advisor's word; odometer in km.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="receptions")
    place = models.CharField(max_length=100)
    presence = models.CharField(max_length=10, choices=Presence.choices)
    manager = models.ForeignKey("registers.Person", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    odometer = models.PositiveIntegerField(null=True)
    recorded_at = models.DateTimeField()


class PresenceConfirmation(Evidence):
    """The manager himself says that he was there; only this counts in K7. reason: why on a later day. Decision 4."""

    reception = models.ForeignKey(Reception, models.PROTECT, related_name="confirmations")
    reason = models.CharField(max_length=500, blank=True)


class CardSignature(Evidence):
    """The customer has signed a version of the fault card. name: as typed; strokes: the drawing. Method 3.2."""

    card = models.OneToOneField("cases.FaultCard", models.PROTECT, related_name="signature")
    name = models.CharField(max_length=200)
    strokes = models.TextField(blank=True)


class Agreement(models.TextChoices):
    """How the customer agreed to the work."""

    SIGNED = "signed", pgettext_lazy("agreement", "Signed the order")
    SPOKEN = "spoken", pgettext_lazy("agreement", "Said yes at the desk")
    PHONE = "phone", pgettext_lazy("agreement", "By phone")
    MESSAGE = "message", pgettext_lazy("agreement", "By message")


class WorksAgreement(Evidence):
    """The customer agreed to the work, how and to which. A further agreement is a further row. Gate G4."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="works_agreements")
    how = models.CharField(max_length=10, choices=Agreement.choices)
    works = models.JSONField(default=list)
    agreed_by = models.CharField(
        max_length=200, blank=True, help_text=_("Who agreed, when it was not the customer himself")
    )


class Mobility(models.TextChoices):
    """What the customer drives meanwhile."""

    NONE = "none", pgettext_lazy("mobility", "Needs nothing")
    COURTESY_CAR = "courtesy_car", pgettext_lazy("mobility", "Courtesy car")
    TAXI = "taxi", pgettext_lazy("mobility", "Taxi")
    LIFT = "lift", pgettext_lazy("mobility", "We drive him")
    REFUSED = "refused", pgettext_lazy("mobility", "Offered, declined")


class DeliveryOffer(models.Model):
    """What stands behind an offered delivery appointment: planned end of the work, and whether the customer took it.

    answer_by: the customer wants to think; we call him by then. Method 3.4.
    """

    slot = models.OneToOneField("cases.CaseAppointment", models.PROTECT, related_name="offer")
    work_ends_at = models.DateTimeField()
    mobility = models.CharField(max_length=20, choices=Mobility.choices, blank=True)
    answer_by = models.DateTimeField(null=True)


class ManagerReservation(Evidence):
    """The manager's time is reserved in a delivery appointment. Owed again when the delivery is moved. Method 3.5."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="manager_reservations")
    slot = models.ForeignKey("cases.CaseAppointment", models.PROTECT, related_name="+")
    manager = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
