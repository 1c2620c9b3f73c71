"""The worker: sends what waits, derives anew what changed or fell due, seals the journal, reminds.

Every job works from rows and can be run again: one that was killed loses nothing. Rooms add theirs with `every`.
"""

from __future__ import annotations

import argparse
import logging
import signal
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import close_old_connections, transaction
from django.db.models import Exists, OuterRef, Q

from comeback.cases import seals
from comeback.cases.deriving import locked, rewrite
from comeback.cases.messages import send_queued
from comeback.cases.models import Case, Changed, Due, Job, Month, ProgressRow, Request
from comeback.registers import clock
from comeback.registers.models import Site

log = logging.getLogger(__name__)
KINDS: dict[str, type[Request] | type[Case] | type[Month]] = {"request": Request, "case": Case, "month": Month}
BATCH = 100  # subjects derived in one transaction
LEASE = timedelta(minutes=10)


@dataclass(frozen=True)
class Regular:
    """A job done once in each slot of so many minutes; gives how much it did."""

    minutes: int
    name: str
    work: Callable[[datetime], int]


REGULAR: list[Regular] = []


def every(minutes: int, name: str, work: Callable[[datetime], int]) -> None:
    """Register a regular job."""
    if all(job.name != name for job in REGULAR):
        REGULAR.append(Regular(minutes, name, work))


def tick(now: datetime) -> dict[str, int]:
    """Do each job whose slot has come and that nobody else holds; gives how much each did. A failing job is logged."""
    done: dict[str, int] = {}
    for job in REGULAR:
        slot = int(now.timestamp()) // (60 * job.minutes)
        try:
            if _claim(job, slot, now):
                done[job.name] = job.work(now)
                Job.objects.filter(name=job.name).update(done_slot=slot, leased_until=None)
        except Exception:
            log.exception("job %s failed; it is tried again when its lease is over", job.name)
    return done


def _claim(job: Regular, slot: int, now: datetime) -> bool:
    Job.objects.get_or_create(name=job.name)
    free = Job.objects.filter(Q(leased_until=None) | Q(leased_until__lt=now), name=job.name, done_slot__lt=slot)
    return free.update(leased_until=now + LEASE) == 1


def derive_changed(now: datetime) -> int:
    """Derive what imports, registers and set-up changed; a row without a subject means all open ones of its site."""
    count = 0
    while rows := list(Changed.objects.order_by("pk")[:BATCH]):
        for site_id in {row.site_id for row in rows if row.subject_id is None}:
            count += _derive_open(site_id, now)
        count += _derive({(row.kind, row.subject_id) for row in rows if row.subject_id is not None}, now)
        Changed.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return count


def _derive_open(site_id: int | None, now: datetime) -> int:
    rows = ProgressRow.objects.filter(closed=False, **({"site_id": site_id} if site_id else {}))
    return _derive(rows.values_list("kind", "subject_id"), now)


def derive_late(now: datetime) -> int:
    """Derive the open subjects of which any deadline has passed since they were last derived."""
    passed = Due.objects.filter(
        kind=OuterRef("kind"), subject_id=OuterRef("subject_id"), due_at__lt=now, due_at__gte=OuterRef("derived_at")
    )
    rows = ProgressRow.objects.filter(Exists(passed), closed=False)
    return _derive(rows.values_list("kind", "subject_id"), now)


def _derive(named: Iterable[tuple[str, int]], now: datetime) -> int:
    """Number derived, batch by batch, each in its own transaction and locked as a command locks its subjects."""
    found: dict[str, list[int]] = defaultdict(list)
    for kind, id_ in named:
        found[kind].append(id_)
    count = 0
    for kind, ids in found.items():
        for start in range(0, len(ids), BATCH):
            with transaction.atomic():
                subjects = list(locked(KINDS[kind]).filter(pk__in=ids[start : start + BATCH]))
                rewrite(subjects, now)
            count += len(subjects)
    return count


def seal_all(now: datetime) -> int:
    """Seal the heads of each site's streams."""
    return sum(seals.seal(site, now) is not None for site in Site.objects.order_by("pk"))


every(1, "outbox", send_queued)
every(1, "changed", derive_changed)
every(1, "late", derive_late)
every(24 * 60, "seal", seal_all)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what is due now, then stop")


def run(options: argparse.Namespace) -> int:
    """`comeback worker`: tick until told to stop (Ctrl-C, TERM)."""
    stopped = threading.Event()
    if options.once:
        tick(clock.now())
        return 0
    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, lambda *_: stopped.set())
    while not stopped.wait(5):
        close_old_connections()
        tick(clock.now())
    return 0
