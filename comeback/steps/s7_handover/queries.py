"""What the hand-over reads: the concerns of the visit, the last drive of the round, the customer's part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from comeback.cases.models import Case, RoadTest
from comeback.cases.rounds import round_of
from comeback.steps.s7_handover.models import CureAnswer, LeavePlan
from comeback.visits.models import Concern

DRIVES = ("after_work", "delivery")


def concerns_of(case: Case) -> QuerySet[Concern]:
    """What the customer complained of on this visit, in the order of the orders."""
    return Concern.objects.filter(order__visit=case.visit_id).order_by("order", "number")


def concern_ids(cases: Iterable[int]) -> dict[int, set[int]]:
    """Ids of the concerns of each case's visit."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Case.objects.filter(pk__in=list(cases), visit__orders__concerns__isnull=False)
    for case_id, concern_id in rows.values_list("pk", "visit__orders__concerns"):
        found[case_id].add(concern_id)
    return found


def last_drives(rounds: Mapping[int, int]) -> dict[int, RoadTest]:
    """The last drive after the work in the given round of each case: the expert's (4.4) or the customer's (7.3)."""
    drives = RoadTest.objects.filter(case_id__in=rounds, kind__in=DRIVES).order_by("ended_at", "pk")
    return {row.case_id: row for row in drives if row.round == rounds[row.case_id]}


def not_cured(case: Case) -> bool:
    """Whether the customer said "no" in this round and nobody has decided yet what follows."""
    round = round_of(case)
    answers: dict[int, CureAnswer] = {}
    for row in CureAnswer.objects.filter(case=case, round=round).order_by("pk"):
        answers[row.concern_id] = row
    said_no = [row.at for row in answers.values() if row.answer == "no"]
    plan = LeavePlan.objects.filter(case=case, round=round).order_by("pk").last()
    return bool(said_no) and not (plan and plan.at >= max(said_no))
