"""`comeback doctor [--fix]`: derives everything anew and compares, verifies journal, seals, triggers and stored prints.

Findings on stdout, one a line: `check: what`. Nothing is changed without --fix.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator

from django.db import connection

from comeback.cases import journal, seals, triggers
from comeback.cases.checks import CHECKS, Check
from comeback.cases.models import Changed, StoredPrint
from comeback.cases.worker import derive_changed
from comeback.config import comparing, standing
from comeback.registers import clock
from comeback.registers.models import Function, Site
from comeback.registers.staff import people_in


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Look only, or put right what can be derived."""
    parser.add_argument("--fix", action="store_true", help="rewrite what can be derived anew, install triggers again")


def run(options: argparse.Namespace) -> int:
    """0 when nothing is wrong (any more), 1 when something is; warnings do not count."""
    wrong = 0
    checks = [*OWN, *CHECKS.values()]
    for check in checks:
        wrong += _examine(check, fix=options.fix)
    print(f"{len(checks)} checks, {wrong} findings", file=sys.stderr)
    return 1 if wrong else 0


def _examine(check: Check, *, fix: bool) -> int:
    found = 0
    for text in check.find():
        found += 1
        print(f"{'warning: ' if check.warning else ''}{check.name}: {text}", flush=True)
    if not (found and fix and check.fix):
        return 0 if check.warning else found
    check.fix()
    left = sum(1 for _ in check.find())
    print(f"fixed: {check.name}: {found - left} of {found}", flush=True)
    return 0 if check.warning else left


def _database() -> Iterator[str]:
    """SQLite's own checks; PostgreSQL has its checksums and its administrator."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check")
        yield from (row[0] for row in cursor.fetchall() if row[0] != "ok")
        cursor.execute("PRAGMA foreign_key_check")
        yield from (f"row {row[1]} of {row[0]} without its {row[2]}" for row in cursor.fetchall())


def _migrations() -> Iterator[str]:
    applied = set(standing.migrations())
    wanted = standing.known_migrations()
    yield from (f"{name} is not applied: run `comeback django migrate`" for name in sorted(wanted - applied))
    yield from (f"{name} is of a newer version" for name in sorted(applied - wanted))


def _triggers() -> Iterator[str]:
    yield from (f"{name} is missing: the journal can be changed" for name in triggers.missing())


def _journal() -> Iterator[str]:
    yield from (f"{place} is not what was written, or the one before it is gone" for place in journal.breaks())


def _seals() -> Iterator[str]:
    yield from (f"{place} was sealed and is not in the journal as it was" for place in seals.broken())


def _progress() -> Iterator[str]:
    yield from (found.text for found in comparing.differences(clock.now()))


def _prints() -> Iterator[str]:
    """Stored prints whose file is gone or is not what was printed."""
    for row in StoredPrint.objects.select_related("case").order_by("pk").iterator(chunk_size=500):
        try:
            with row.file.open("rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == row.sha256
            problem = "" if same else "is not what was printed"
        except OSError:
            problem = "is gone"
        if problem:
            yield f"{row.kind} {row.pk} of case {row.case.number}: {row.file.name} {problem}"


def _hours() -> Iterator[str]:
    for site in Site.objects.filter(opening_hours=None).order_by("code"):
        yield f"site {site.code} has no opening hours: deadlines are counted Monday to Friday, 9 to 18"


def _functions() -> Iterator[str]:
    """Open points of the set-up: without a quality controller, for one, every case stops at G7."""
    for site in Site.objects.order_by("code"):
        held = people_in(site, clock.now().astimezone(site.zoneinfo).date())
        missing = [code for code in Function.values if not held.get(code)]
        yield from (f"nobody holds {code} at site {site.code}" for code in missing)


def _waiting() -> Iterator[str]:
    count = Changed.objects.count()
    if count:
        yield f"{count} changes wait to be derived: is the worker running?"


OWN = (
    Check("database", _database),
    Check("migrations", _migrations),
    Check("triggers", _triggers, triggers.install),
    Check("journal", _journal),
    Check("seals", _seals),
    Check("waiting", _waiting, lambda: derive_changed(clock.now()), warning=True),
    Check("progress", _progress, lambda: comparing.put_right(clock.now())),
    Check("prints", _prints),
    Check("hours", _hours),
    Check("functions", _functions, warning=True),
)
