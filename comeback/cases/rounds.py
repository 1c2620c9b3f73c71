"""Rounds of work: a failed drive (4.4), a failed check (5.1) or the customer's "no" (7.2) opens the next one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from comeback.cases.acting import Actor
from comeback.cases.models import Case, Round


def rounds_of(cases: Iterable[int]) -> dict[int, int]:
    """The number of the current round of each case; 1 where none was opened."""
    wanted = list(cases)
    found = Round.objects.filter(case_id__in=wanted).values_list("case_id").annotate(Max("number"))
    return dict.fromkeys(wanted, 1) | dict(found)


def round_of(case: Case) -> int:
    """The number of the current round of one case."""
    return rounds_of([case.pk])[case.pk]


def open_round(case: Case, *, why: str, note: str, actor: Actor, now: datetime) -> Round:
    """Open the next round. why: the line that sent the work back. Facts of steps 4, 5 and 7 start anew."""
    return Round.objects.create(
        case=case, number=round_of(case) + 1, why=why, note=note, opened_at=now, opened_by=actor.person
    )
