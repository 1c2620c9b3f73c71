"""Progress of a subject from its facts, and the projections that lists read: due rows, the progress row.

The only writer of `Due` and `ProgressRow`. Projections are never an input to a gate; `doctor` derives them anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from comeback.cases.commands import Subject
from comeback.cases.editions import sheet_for
from comeback.cases.models import Case, Due, ProgressRow, Request
from comeback.cases.windows import facts_of
from comeback.diary.calendars import calendar_of
from comeback.method.calendar import Calendar
from comeback.method.engine import Facts, Progress, progress

Projection = Callable[[Sequence[Subject], datetime], None]
PROJECTIONS: list[Projection] = []


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


def rewrite(subjects: Iterable[Subject], now: datetime) -> None:
    """Derive these subjects anew and rewrite their few due rows and one progress row each."""
    wanted = {(subject.KIND, subject.pk): subject for subject in subjects}
    calendars: dict[int, Calendar] = {}
    for subject in wanted.values():
        calendar = calendars.setdefault(subject.site_id, calendar_of(subject.site))
        facts = facts_of(subject.KIND, [subject.pk])[subject.pk]
        _write(subject, _read(subject, facts, calendar, now), facts, now)
    for projection in PROJECTIONS:
        projection(list(wanted.values()), now)


def _read(subject: Subject, facts: Facts, calendar: Calendar, now: datetime) -> Progress:
    return progress(sheet_for(subject), facts, calendar, now, subject.KIND)


def expected_rows(subject: Subject, now: datetime) -> tuple[list[Due], ProgressRow]:
    """What the projections of a subject must hold now; `doctor` compares."""
    found, facts = progress_with_facts(subject, now)
    return due_rows(subject, found, facts), progress_row(subject, found, facts, now)


def due_rows(subject: Subject, found: Progress, facts: Facts) -> list[Due]:
    """A row for each owed line and each function that may do it. A request that became a case owes nothing itself."""
    if "case_closed" in facts or (isinstance(subject, Request) and Case.objects.filter(request=subject).exists()):
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
        closed="case_closed" in facts,
        derived_at=now,
    )


def _write(subject: Subject, found: Progress, facts: Facts, now: datetime) -> None:
    rows = dict(kind=subject.KIND, subject_id=subject.pk)
    Due.objects.filter(**rows).delete()
    Due.objects.bulk_create(due_rows(subject, found, facts))
    ProgressRow.objects.filter(**rows).delete()
    progress_row(subject, found, facts, now).save(force_insert=True)
