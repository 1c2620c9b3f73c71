"""`comeback demo`: the demo dealership in an empty database, told through the real commands, relative to today."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime, timedelta

from comeback.config.demo.day import fill_the_diary
from comeback.config.demo.history import import_the_past
from comeback.config.demo.people import open_the_doors
from comeback.config.demo.plots import tell
from comeback.registers import clock
from comeback.registers.models import Person

LOOKING_BACK = timedelta(days=3 * 365)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options: it loads into an empty database, or not at all."""


def run(options: argparse.Namespace) -> int:
    """0 when the demo was loaded, 1 when there are people already."""
    if Person.objects.exists():
        print("comeback demo: there are people already; the demo loads into an empty database only", file=sys.stderr)
        return 1
    load(clock.now())
    return 0


def load(now: datetime) -> None:
    """The dealership, its past, its comebacks, its diary."""
    site = open_the_doors((now - LOOKING_BACK).date())
    today = now.astimezone(site.zoneinfo).date()
    import_the_past(site, today, now)
    tell(site, today)
    fill_the_diary(site, today, now)
