"""From evidence to the plain tables: rows are derived for a car at a time, and only what differs is written.

The only writer of `tables.py`. Called in the transaction of each command and of each import batch.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction

from comeback.cases.commands import Subject
from comeback.cases.models import Case
from comeback.registers.models import Vehicle
from comeback.steps.s9_indicators.sources import rows_of
from comeback.steps.s9_indicators.tables import TABLES

BATCH = 500  # cars compared at a time

Row = tuple[Any, ...]


def project_subjects(subjects: Sequence[Subject], now: datetime) -> None:
    """Derive anew the cars of the cases that a command touched."""
    project_vehicles({subject.vehicle_id for subject in subjects if isinstance(subject, Case)}, now)


def project_vehicles(vehicles: Iterable[int], now: datetime) -> None:
    """Derive anew everything about these cars. A fixed number of queries; writes only what differs."""
    wanted = set(vehicles)
    if wanted:
        _write(wanted)


def _write(wanted: set[int]) -> None:
    _wait_for_others(wanted)
    expected = _by_table(rows_of(wanted))
    for table in TABLES:
        stored = _stored(table, wanted)
        too_many = [pk for row, pks in stored.items() for pk in pks[len(expected[table].get(row, ())) :]]
        if too_many:
            table._default_manager.filter(pk__in=too_many).delete()
        missing = [it for row, found in expected[table].items() for it in found[len(stored.get(row, ())) :]]
        table._default_manager.bulk_create(missing, batch_size=1000)


def _wait_for_others(vehicles: set[int]) -> None:
    """Two commands on two cases of one car write its rows one after the other, each seeing what the other wrote."""
    rows = Vehicle.objects.select_for_update(no_key=True).filter(pk__in=vehicles)
    list(rows.order_by("pk").values_list("pk", flat=True))


def derive_all() -> None:
    """Derive every car anew, a batch in a transaction: after `compare` found something, or a change of the tables."""
    for wanted in _batches():
        with transaction.atomic():
            _write(set(wanted))


def compare() -> Iterator[str]:
    """What the tables hold and should not, or lack: one line each. For `doctor`; nothing is written."""
    for wanted in _batches():
        yield from _differences(wanted)


def _batches() -> Iterator[list[int]]:
    last = 0
    while wanted := list(Vehicle.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield wanted
        last = wanted[-1]


def _differences(vehicles: Sequence[int]) -> Iterator[str]:
    expected = _by_table(rows_of(vehicles))
    for table in TABLES:
        should = Counter({row: len(found) for row, found in expected[table].items()})
        stands = Counter({row: len(found) for row, found in _stored(table, vehicles).items()})
        for row in should - stands:
            yield f"{table._meta.db_table}: missing {_said(table, row)}"
        for row in stands - should:
            yield f"{table._meta.db_table}: should not be there {_said(table, row)}"


def _by_table(rows: Iterable[models.Model]) -> dict[type[models.Model], dict[Row, list[models.Model]]]:
    found: dict[type[models.Model], dict[Row, list[models.Model]]] = {table: defaultdict(list) for table in TABLES}
    for row in rows:
        found[type(row)][tuple(getattr(row, name) for name in _columns(type(row)))].append(row)
    return found


def _stored(table: type[models.Model], vehicles: Iterable[int]) -> dict[Row, list[int]]:
    found: dict[Row, list[int]] = defaultdict(list)
    rows = table._default_manager.filter(vehicle_id__in=list(vehicles))
    for pk, *values in rows.values_list("pk", *_columns(table)).iterator(chunk_size=2000):
        found[tuple(values)].append(pk)
    return found


def _columns(table: type[models.Model]) -> list[str]:
    return [field.attname for field in table._meta.concrete_fields if not field.primary_key]


def _said(table: type[models.Model], row: Row) -> str:
    named = zip(_columns(table), row, strict=True)
    return ", ".join(f"{name}={value}" for name, value in named if value not in ("", None))
