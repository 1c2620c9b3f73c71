"""Due and progress rows against what the facts say: every subject is derived anew, in bounded batches."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from comeback.cases.commands import Subject
from comeback.cases.deriving import due_rows, progress_row, rewrite
from comeback.cases.editions import sheet_for
from comeback.cases.models import Case, Changed, Due, Month, ProgressRow
from comeback.cases.windows import facts_of
from comeback.cases.worker import KINDS
from comeback.diary.calendars import calendar_of
from comeback.method.calendar import Calendar
from comeback.method.engine import progress
from comeback.method.sheet import Scope

BATCH = 100  # subjects held in memory at a time
MOST_NAMED = 5  # differing due rows named in one finding


@dataclass(frozen=True)
class Difference:
    """A subject whose rows are not what its facts say, or rows whose subject is gone (subject None)."""

    kind: Scope
    pk: int
    text: str
    subject: Subject | None


def differences(now: datetime) -> Iterator[Difference]:
    """Every difference. A row is compared with what deriving gives for the moment at which it was derived.

    What waits to be derived is left out, and what differs is looked at twice: people go on working meanwhile.
    """
    waiting = _waiting()
    for kind, model in KINDS.items():
        for subjects in _batches(model):
            for found in _compare([it for it in subjects if not waiting(it)], now):
                yield from _compare(list(model.objects.filter(pk=found.pk).select_related("site")), now)
        yield from _orphans(kind, model)


def put_right(now: datetime) -> None:
    """Rewrite each subject that differs, each in a transaction of its own."""
    for found in list(differences(now)):
        with transaction.atomic():
            if found.subject is None:
                for rows in (Due, ProgressRow):
                    rows.objects.filter(kind=found.kind, subject_id=found.pk).delete()
            else:
                model = KINDS[found.kind]
                rewrite(model.objects.select_for_update(of=("self",)).select_related("site").filter(pk=found.pk), now)


def name_of(subject: Subject) -> str:
    """How a finding calls a subject."""
    if isinstance(subject, Case):
        return f"case {subject.number}"
    return f"month {subject.site.code} {subject.first:%Y-%m}" if isinstance(subject, Month) else f"request {subject.pk}"


def _batches(model: Any) -> Iterator[list[Subject]]:
    last = 0
    while found := list(model.objects.filter(pk__gt=last).order_by("pk").select_related("site")[:BATCH]):
        yield found
        last = found[-1].pk


def _waiting() -> Callable[[Subject], bool]:
    """Whether the worker will derive a subject anew: named itself, or its site, or everything."""
    rows = set(Changed.objects.values_list("site_id", "kind", "subject_id"))
    named = {(kind, pk) for _site, kind, pk in rows if pk is not None}
    sites = {site for site, _kind, pk in rows if pk is None}
    return lambda it: (it.KIND, it.pk) in named or it.site_id in sites or None in sites


def _compare(subjects: Sequence[Subject], now: datetime) -> Iterator[Difference]:
    if not subjects:
        return
    kind, ids = subjects[0].KIND, [subject.pk for subject in subjects]
    standing = {row.subject_id: row for row in ProgressRow.objects.filter(kind=kind, subject_id__in=ids)}
    owed: dict[int, list[Due]] = defaultdict(list)
    for due in Due.objects.filter(kind=kind, subject_id__in=ids):
        owed[due.subject_id].append(due)
    facts = facts_of(kind, ids)
    calendars: dict[int, Calendar] = {}
    for subject in subjects:
        row = standing.get(subject.pk)
        if row is None and isinstance(subject, Month):
            continue  # a month that was only looked at
        calendar = calendars.get(subject.site_id) or calendars.setdefault(subject.site_id, calendar_of(subject.site))
        moment = row.derived_at if row else now
        found = progress(sheet_for(subject), facts[subject.pk], calendar, moment, kind)
        expected = progress_row(subject, found, facts[subject.pk], moment)
        texts = [*_rail(row, expected), *_owed(owed[subject.pk], due_rows(subject, found, facts[subject.pk]))]
        if texts:
            yield Difference(kind, subject.pk, f"{name_of(subject)}: {'; '.join(texts)}", subject)


def _rail(row: ProgressRow | None, expected: ProgressRow) -> Iterator[str]:
    if row is None:
        yield "has no progress row"
        return
    for name in ("step", "rail", "waits_for", "due_at", "closed"):
        stored, derived = getattr(row, name), getattr(expected, name)
        if (list(map(list, stored)) if name == "rail" else stored) != derived:
            yield f"{name} is {stored!s}, derived {derived!s}"


def _owed(rows: list[Due], expected: list[Due]) -> Iterator[str]:
    stored, derived = Counter(map(_key, rows)), Counter(map(_key, expected))
    for word, differing in (("due row missing", derived - stored), ("due row too many", stored - derived)):
        listed = sorted(differing, key=str)
        if listed:
            more = f" and {len(listed) - MOST_NAMED} more" if len(listed) > MOST_NAMED else ""
            yield f"{word}: {', '.join(' '.join(map(str, key)) for key in listed[:MOST_NAMED])}{more}"


def _key(row: Due) -> tuple[str, str, str, str]:
    return row.line, row.state, row.function, row.due_at.isoformat() if row.due_at else "-"


def _orphans(kind: Any, model: Any) -> Iterator[Difference]:
    """Rows of subjects that are not there."""
    gone: set[int] = set()
    for rows in (Due, ProgressRow):
        found = rows.objects.filter(kind=kind).exclude(subject_id__in=model.objects.values("pk"))
        gone.update(found.values_list("subject_id", flat=True))
    for pk in sorted(gone):
        yield Difference(kind, pk, f"{kind} {pk}: rows without a subject", None)
