"""`comeback import visits FILE`: history from an exchange file. Idempotent; bad rows are listed, the rest loads.

An order is one transaction's smallest part: a batch of orders loads whole or not at all, and a run that was killed
goes on where it stopped when it is started again, since orders that are there already are left as they are.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from django.db import transaction
from tqdm import tqdm

from comeback.recognition.exchange import Order, Refused, UnreadableFile, read_history
from comeback.registers import clock
from comeback.registers.models import Site
from comeback.visits.models import ImportRun, RefusedRow
from comeback.visits.storing import Counts, store

BATCH = 500  # orders in one transaction
AFTER_BATCH: list[Callable[[set[int], datetime], None]] = []
Item = TypeVar("Item")


class Rehearsed(Exception):
    """Ends a dry run: everything was tried, nothing is kept."""


@dataclass
class Report:
    """What an import did: orders by what became of them, and the rows that were refused."""

    counts: Counts = field(default_factory=Counts)
    refused: list[Refused] = field(default_factory=list)
    seen: set[tuple[int, str]] = field(default_factory=set)


def after_batch(callback: Callable[[set[int], datetime], None]) -> None:
    """Have a function called in each batch's transaction with the ids of the vehicles that it touched."""
    if callback not in AFTER_BATCH:
        AFTER_BATCH.append(callback)


def import_visits(path: Path, *, site: Site | None, now: datetime, dry_run: bool = False, quiet: bool = True) -> Report:
    """Load an exchange file. site: where rows belong that name none. Raises UnreadableFile when nothing can be read."""
    sites = {one.code.lower(): one for one in Site.objects.select_related("group")}
    report = Report()
    run = ImportRun.objects.create(site=site, file_name=path.name, digest=digest_of(path), started_at=now)
    regions = {code: one.country for code, one in sites.items()}
    home = site.country if site else "RU"
    read = read_history(path, phone_region=lambda code: regions.get(code.lower(), home))
    progress = tqdm(read, unit=" orders", disable=quiet or not sys.stderr.isatty())
    for batch in batches(_placed(progress, sites, site, report), BATCH):
        _load(batch, run, report, now, dry_run)
    _finish(run, report, now, dry_run)
    return report


def _placed(
    items: Iterable[Order | Refused], sites: dict[str, Site], home: Site | None, report: Report
) -> Iterator[tuple[Site, Order]]:
    """Each readable order with its site; what cannot be placed joins the refused rows."""
    for item in items:
        if isinstance(item, Refused):
            report.refused.append(item)
            continue
        found = sites.get(item.head.site.lower()) if item.head.site else home
        if found is None:
            report.refused.append(Refused(item.head.row_number, "site", "unknown_site"))
        else:
            yield found, replace(item, head=replace(item.head, site=found.code))


def _load(batch: list[tuple[Site, Order]], run: ImportRun, report: Report, now: datetime, dry_run: bool) -> None:
    try:
        with transaction.atomic():
            touched = store(batch, run=run, counts=report.counts, seen=report.seen)
            for callback in AFTER_BATCH:
                callback(touched, now)
            if dry_run:
                raise Rehearsed
    except Rehearsed:
        pass


def _finish(run: ImportRun, report: Report, now: datetime, dry_run: bool) -> None:
    if dry_run:
        run.delete()
        return
    rows = [
        RefusedRow(run=run, row=it.row_number, column=it.column[:60], reason=it.reason_code) for it in report.refused
    ]
    RefusedRow.objects.bulk_create(rows, batch_size=1000)
    run.orders_new, run.orders_changed, run.orders_same = (
        report.counts.new,
        report.counts.changed,
        report.counts.same,
    )
    run.rows_refused = len(rows)
    run.finished_at = now
    run.save(update_fields=["orders_new", "orders_changed", "orders_same", "rows_refused", "finished_at"])


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Lists of at most so many items."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="CSV or XLSX in the exchange format")
    parser.add_argument("--site", help="code of the site for rows that name none")
    parser.add_argument("--dry-run", action="store_true", help="try everything, keep nothing")


def run(options: argparse.Namespace) -> int:
    """The command: 0 when every row loaded, 1 when some were refused or the file cannot be read, 2 for a wrong site."""
    site = Site.objects.filter(code__iexact=options.site).first() if options.site else None
    if options.site and site is None:
        codes = ", ".join(Site.objects.order_by("code").values_list("code", flat=True))
        print(f"comeback import visits: there is no site {options.site!r}; there are: {codes}", file=sys.stderr)
        return 2
    try:
        report = import_visits(options.file, site=site, now=clock.now(), dry_run=options.dry_run, quiet=False)
    except (UnreadableFile, OSError) as error:
        print(f"comeback import visits: {options.file}: {error}", file=sys.stderr)
        return 1
    for refused in report.refused:
        reason = "there is no such site" if refused.reason_code == "unknown_site" else refused.sentence()
        print(reason if reason.startswith("row") else f"row {refused.row_number}, site: {reason}", file=sys.stderr)
    counts = report.counts
    done = "would be" if options.dry_run else "were"
    print(f"orders: {counts.new} {done} new, {counts.changed} {done} changed, {counts.same} the same")
    print(f"rows refused: {len(report.refused)}")
    return 1 if report.refused else 0
