"""Groups, sites, staff and functions, editions of the sheet. Customers and vehicles stand in `parties.py`."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from comeback.registers.parties import Customer, CustomerPhone, OdometerReading, Ownership, Plate, Vehicle

__all__ = [
    "Customer",
    "CustomerPhone",
    "Deputising",
    "FunctionHeld",
    "Group",
    "OdometerReading",
    "OpeningHours",
    "Ownership",
    "Person",
    "Plate",
    "Series",
    "SheetEdition",
    "Site",
    "SpecialDay",
    "Vehicle",
]

ADMINISTRATOR = "administrator"


class Function(models.TextChoices):
    """The eight functions of the sheet, in its order, and the administrator, who keeps settings and touches no case."""

    AFTER_SALES_MANAGER = "after_sales_manager", _("After-sales manager")
    RECEPTION_LEAD = "reception_lead", _("Reception lead")
    SERVICE_ADVISOR = "service_advisor", _("Service advisor")
    QUALITY_CONTROLLER = "quality_controller", _("Quality controller")
    TECHNICAL_EXPERT = "technical_expert", _("Technical expert")
    MECHANIC = "mechanic", _("Mechanic")
    BILLING_CLERK = "billing_clerk", _("Billing clerk")
    FOREMAN = "foreman", _("Foreman")
    ADMINISTRATOR = ADMINISTRATOR, _("Administrator")


class Group(models.Model):
    """A dealer group: owns vehicles, odometers and the technical history of a car."""

    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """A dealership: owns customers, cases and money. Rates in minor currency units an hour."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="sites")
    code = models.SlugField(max_length=20, unique=True, help_text=_("Letters and digits, as in case numbers: MSK"))
    name = models.CharField(max_length=200)
    zone = models.CharField(max_length=64, default="Europe/Moscow")
    country = models.CharField(max_length=2, default="RU")
    language = models.CharField(max_length=2, default="ru")
    currency = models.CharField(max_length=3, default="RUB")
    labour_cost_rate = models.PositiveIntegerField(default=0)
    labour_door_rate = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name

    @property
    def zoneinfo(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


class OpeningHours(models.Model):
    """One opening interval of a weekday (Monday 0), site time."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "weekday", "opens"], name="opening_hours_once"),
            models.CheckConstraint(condition=models.Q(opens__lt=models.F("closes")), name="opening_before_closing"),
        ]


class SpecialDay(models.Model):
    """A date with other hours: a holiday (no times) or a short or extra day."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="special_days")
    date = models.DateField()
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "date"], name="special_day_once")]


class PersonManager(BaseUserManager["Person"]):
    """Creates people with hashed passwords."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> Person:
        person = self.model(username=username, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in. What he may do stands in FunctionHeld and Deputising."""

    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    extension = models.CharField(max_length=20, blank=True)
    language = models.CharField(
        max_length=2, default="ru", choices=[("ru", "Русский"), ("en", "English"), ("fr", "Français")]
    )
    theme = models.CharField(max_length=5, default="light", choices=[("light", _("Light")), ("dark", _("Dark"))])
    is_active = models.BooleanField(default=True)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="people")

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = PersonManager()

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class FunctionHeld(models.Model):
    """A person holds a function at a site, from one site date to another (inclusive; open end while null)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="functions")
    site = models.ForeignKey(Site, models.CASCADE, related_name="functions")
    function = models.CharField(max_length=30, choices=Function.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["site", "function"])]


class Deputising(models.Model):
    """A person stands in for another in one function, from–to (site dates, inclusive)."""

    deputy = models.ForeignKey(Person, models.CASCADE, related_name="deputising")
    absent = models.ForeignKey(Person, models.CASCADE, related_name="deputies")
    site = models.ForeignKey(Site, models.CASCADE)
    function = models.CharField(max_length=30, choices=Function.choices)
    since = models.DateField()
    until = models.DateField()


class SheetEdition(models.Model):
    """An edition of the method sheet, frozen with its text and hash. A case keeps the edition it was opened under."""

    number = models.PositiveIntegerField()
    hash = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    frozen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.number} {self.hash[:12]}"


class Series(models.Model):
    """The last number given in a series of a site and year: cases, orders."""

    site = models.ForeignKey(Site, models.CASCADE)
    name = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "name", "year"], name="series_once")]
