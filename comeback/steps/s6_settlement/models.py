"""Who pays: the manager's decisions, version by version, and what the customer said to them. Method 6.2."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Basis(models.TextChoices):
    """What a decision rests on."""

    RULE = "rule", _("By the policy")
    DISCRETION = "discretion", _("At the manager’s discretion")


class How(models.TextChoices):
    """How the customer's agreement was taken."""

    IN_PERSON = "in_person", pgettext_lazy("how the customer answered", "In person, signed")
    PHONE = "phone", pgettext_lazy("how the customer answered", "By phone")
    MESSAGE = "message", pgettext_lazy("how the customer answered", "By message")
    EMAIL = "email", pgettext_lazy("how the customer answered", "By e-mail")


class PolicyDecision(models.Model):
    """How the costs are split, in per cent, 100 together. approval: the manufacturer's number of approval."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="policies")
    version = models.PositiveSmallIntegerField()
    maker = models.DecimalField(max_digits=5, decimal_places=2)
    dealer = models.DecimalField(max_digits=5, decimal_places=2)
    supplier = models.DecimalField(max_digits=5, decimal_places=2)
    customer = models.DecimalField(max_digits=5, decimal_places=2)
    basis = models.CharField(max_length=20, choices=Basis.choices)
    reason = models.CharField(max_length=500)
    approval = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    function = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="policy_version_once")]

    @property
    def shares(self) -> dict[str, Decimal]:
        """Per cent by payer."""
        return {"maker": self.maker, "dealer": self.dealer, "supplier": self.supplier, "customer": self.customer}


class Agreement(models.Model):
    """What the customer said to his part of the costs; amount in minor units, as he was told it. The latest counts."""

    decision = models.ForeignKey(PolicyDecision, models.PROTECT, related_name="agreements")
    amount = models.BigIntegerField()
    agreed = models.BooleanField()
    how = models.CharField(max_length=20, choices=How.choices)
    said_by = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    function = models.CharField(max_length=30)
