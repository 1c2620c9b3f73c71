"""Progress of a subject from its facts, and the projections that lists read: due rows, the progress row.

The only writer of `Due` and `ProgressRow`. Projections are never an input to a gate; `doctor` derives them anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from comeback.cases.commands import Subject
from comeback.cases.editions import sheet_for
from comeback.cases.facts import CASE_OPENED
from comeback.cases.models import Case, Due, ProgressRow, Request
from comeback.cases.windows import facts_of, remembering
from comeback.diary.calendars import calendar_of
from comeback.method.calendar import Calendar
from comeback.method.engine import Facts, Progress, progress
from comeback.method.sheet import Scope

Projection = Callable[[Sequence[Subject], datetime], None]
PROJECTIONS: list[Projection] = []
OVER = {"case_closed", CASE_OPENED}  # a subject of which one of these is so owes nothing any more


def project(projection: Projection) -> None:
    """Add a projection (of step 9) that is rewritten with the subjects that a command touched, in its transaction."""
    if projection not in PROJECTIONS:
        PROJECTIONS.append(projection)


def progress_of(subject: Subject, now: datetime) -> Progress:
    """Where one subject stands now."""
    return progress_with_facts(subject, now)[0]


def progress_with_facts(subject: Subject, now: datetime) -> tuple[Progress, Facts]:
    """The same with the facts that it rests on, for pages that show the evidence."""
    facts = facts_of(subject.KIND, [subject.pk])[subject.pk]
    return _read(subject, facts, calendar_of(subject.site), now), facts


def locked(kind: type[Subject]) -> QuerySet[Any]:
    """Subjects of a kind, locked when read, in a fixed order: for whoever rewrites their rows.

    Other rows may go on naming a locked subject (a new case its predecessor): only its own change waits.
    """
    model: Any = kind
    rows: QuerySet[Any] = model.objects.select_for_update(of=("self",), no_key=True).select_related("site")
    return rows.order_by("pk")


def rewrite(subjects: Iterable[Subject], now: datetime) -> None:
    """Derive these subjects anew and rewrite their few due rows and one progress row each.

    Call with the subjects locked. A fixed number of queries for each kind of subject, and two for each site.
    """
    wanted = {(subject.KIND, subject.pk): subject for subject in subjects}
    of_kind: dict[Scope, list[Subject]] = defaultdict(list)
    for subject in wanted.values():
        of_kind[subject.KIND].append(subject)
    calendars = {site.pk: calendar_of(site) for site in {subject.site for subject in wanted.values()}}
    with remembering():
        for kind, found in of_kind.items():
            _rewrite(kind, found, calendars, now)
        for projection in PROJECTIONS:
            projection(list(wanted.values()), now)


def _rewrite(kind: Scope, subjects: Sequence[Subject], calendars: Mapping[int, Calendar], now: datetime) -> None:
    ids = [subject.pk for subject in subjects]
    facts = facts_of(kind, ids)
    due: list[Due] = []
    rows: list[ProgressRow] = []
    for subject in subjects:
        found = _read(subject, facts[subject.pk], calendars[subject.site_id], now)
        due += due_rows(subject, found, facts[subject.pk])
        rows.append(progress_row(subject, found, facts[subject.pk], now))
    Due.objects.filter(kind=kind, subject_id__in=ids).delete()
    Due.objects.bulk_create(due)
    ProgressRow.objects.filter(kind=kind, subject_id__in=ids).delete()
    ProgressRow.objects.bulk_create(rows)


def _read(subject: Subject, facts: Facts, calendar: Calendar, now: datetime) -> Progress:
    return progress(sheet_for(subject), facts, calendar, now, subject.KIND)


def expected_rows(subject: Subject, now: datetime) -> tuple[list[Due], ProgressRow]:
    """What the projections of a subject must hold now; `doctor` compares."""
    found, facts = progress_with_facts(subject, now)
    return due_rows(subject, found, facts), progress_row(subject, found, facts, now)


def due_rows(subject: Subject, found: Progress, facts: Facts) -> list[Due]:
    """A row for each owed line and each function that may do it. A request that became a case owes nothing itself."""
    if OVER & facts.keys():
        return []
    return [
        Due(
            kind=subject.KIND,
            subject_id=subject.pk,
            site_id=subject.site_id,
            case=subject if isinstance(subject, Case) else None,
            line=item.line.id,
            state=item.state,
            function=function,
            due_at=item.due_at,
        )
        for item in found.owed()
        for function in item.line.by
    ]


def progress_row(subject: Subject, found: Progress, facts: Facts, now: datetime) -> ProgressRow:
    """The rail in a few words, the step at which the subject stands, the next line and the nearest deadline."""
    owed = sorted(found.owed(), key=lambda item: (item.due_at is None, item.due_at, item.line.step))
    open_steps = [item.step.id for item in found.steps if item.state != "done"]
    return ProgressRow(
        kind=subject.KIND,
        subject_id=subject.pk,
        site_id=subject.site_id,
        case=subject if isinstance(subject, Case) else None,
        step=open_steps[0] if open_steps else 9,
        rail=[[item.step.id, item.state, item.done_count, item.count] for item in found.steps],
        waits_for=owed[0].line.id if owed else "",
        due_at=owed[0].due_at if owed else None,
        closed=bool(OVER & facts.keys()) or (isinstance(subject, Request) and not owed),
        derived_at=now,
    )
