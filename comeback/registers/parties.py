"""Customers (a site's) and vehicles (a group's): models with the normalised columns that search reads."""

from __future__ import annotations

from django.db import models


class Customer(models.Model):
    """A customer of one site. name_key: the name as search compares it (`recognition` normalises it)."""

    site = models.ForeignKey("registers.Site", models.PROTECT, related_name="customers")
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, blank=True, db_index=True)
    language = models.CharField(max_length=2, blank=True)
    email = models.EmailField(blank=True)

    def __str__(self) -> str:
        return self.name


class CustomerPhone(models.Model):
    """number: E.164; tail: the digits reversed, so that the last four are a prefix."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="phones")
    number = models.CharField(max_length=20, db_index=True)
    tail = models.CharField(max_length=20, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "number"], name="phone_once")]


class Vehicle(models.Model):
    """A car, known in the whole group. vin_key: normalised VIN, empty when unknown; vin_tail: the key reversed."""

    group = models.ForeignKey("registers.Group", models.PROTECT, related_name="vehicles")
    vin = models.CharField(max_length=30, blank=True)
    vin_key = models.CharField(max_length=30, blank=True)
    vin_tail = models.CharField(max_length=30, blank=True, db_index=True)
    model = models.CharField(max_length=200, blank=True)
    engine = models.CharField(max_length=100, blank=True)
    registered_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "vin_key"], name="vin_once", condition=~models.Q(vin_key=""))
        ]

    def __str__(self) -> str:
        return self.model or self.vin


class Plate(models.Model):
    """A number plate of a car from–to (dates). key: look-alike letters brought to one alphabet, no spaces."""

    vehicle = models.ForeignKey(Vehicle, models.CASCADE, related_name="plates")
    number = models.CharField(max_length=20)
    key = models.CharField(max_length=20, db_index=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)


class Ownership(models.Model):
    """Who owned a car, from–to (dates)."""

    vehicle = models.ForeignKey(Vehicle, models.CASCADE, related_name="ownerships")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="ownerships")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)


class OdometerReading(models.Model):
    """What the odometer showed, in km; source names where it was read (order, request, road test)."""

    vehicle = models.ForeignKey(Vehicle, models.CASCADE, related_name="readings")
    at = models.DateTimeField()
    km = models.PositiveIntegerField()
    source = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["vehicle", "-at"])]
