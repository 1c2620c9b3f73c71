"""What is so in step 7, of the current round: work_explained, cure_confirmed, drive_offered, document_explained.

handed_over happens once, whatever the round.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from comeback.cases.facts import evidence
from comeback.cases.models import RoadTest
from comeback.cases.rounds import rounds_of
from comeback.cases.windows import FactsOf, latest
from comeback.method.engine import Fact
from comeback.steps.s6_settlement.facts import customer_amounts
from comeback.steps.s7_handover.models import (
    Answer,
    CureAnswer,
    DocumentExplained,
    DriveOffer,
    Explanation,
    HandOver,
    LeavePlan,
)
from comeback.steps.s7_handover.queries import concern_ids, last_drives

Rounds = dict[int, int]
Concerns = dict[int, set[int]]


def case_facts(ids: Iterable[int]) -> FactsOf:
    """The hand-over of cases. Values: cure_confirmed the worst answer, document_explained its kind."""
    rounds = rounds_of(ids)
    concerns = concern_ids(rounds)
    return latest(
        [
            *_explained(rounds, concerns),
            *_cured(rounds, concerns),
            *_offers(rounds),
            *_documents(rounds),
            *_handed_over(rounds),
        ]
    )


def _this_round(model: Any, rounds: Rounds) -> list[Any]:
    rows = model.objects.filter(case_id__in=rounds).select_related("by").order_by("pk")
    return [row for row in rows if row.round == rounds[row.case_id]]


def _explained(rounds: Rounds, concerns: Concerns) -> Iterator[tuple[int, Fact]]:
    for row in _this_round(Explanation, rounds):
        new = concerns[row.case_id] - set(row.concerns)
        void = _("A concern was added after the explanation.") if new else ""
        yield row.case_id, evidence(row, "work_explained", note=row.to_whom, where="7.1/", void=void)


def _cured(rounds: Rounds, concerns: Concerns) -> Iterator[tuple[int, Fact]]:
    plans = {row.case_id: row for row in _this_round(LeavePlan, rounds)}
    drives = last_drives(rounds)
    by_case: dict[int, dict[int, CureAnswer]] = defaultdict(dict)
    for row in _this_round(CureAnswer, rounds):
        by_case[row.case_id][row.concern_id] = row
    for case_id, answers in by_case.items():
        if concerns[case_id] <= answers.keys():
            yield case_id, _cure(list(answers.values()), plans.get(case_id), drives.get(case_id))


def _cure(answers: list[CureAnswer], plan: LeavePlan | None, drive: RoadTest | None) -> Fact:
    last = max(answers, key=lambda row: row.pk)
    worst = max((row.answer for row in answers), key=["fixed", "at_contact", "will_check", "partly", "no"].index)
    note = str(Answer(worst).label)
    if worst != "no":
        contradicted = drive and drive.symptom != "no" and any(row.answer == "fixed" for row in answers)
        void = _("The last drive showed the symptom: ask the customer anew.") if contradicted else ""
        return evidence(last, "cure_confirmed", value=worst, note=note, where="7.2/", void=void)
    if plan and plan.at >= last.at:
        return evidence(plan, "cure_confirmed", value=worst, note=plan.text, where="7.2/")
    void = _("The customer says that it is not cured: work on it again, or let the manager decide on a plan.")
    return evidence(last, "cure_confirmed", value=worst, note=note, where="7.2/", void=void)


def _offers(rounds: Rounds) -> Iterator[tuple[int, Fact]]:
    for row in _this_round(DriveOffer, rounds):
        note = _("accepted") if row.accepted else _("refused: %(reason)s") % {"reason": row.reason}
        yield row.case_id, evidence(row, "drive_offered", value=row.accepted, note=note, where="7.3/")


def _documents(rounds: Rounds) -> Iterator[tuple[int, Fact]]:
    amounts = customer_amounts(rounds)
    for row in _this_round(DocumentExplained, rounds):
        changed = amounts.get(row.case_id, 0) != row.amount
        void = _("The customer’s part changed after the document was explained.") if changed else ""
        note = f"{row.get_kind_display()} {row.number}".strip()
        yield row.case_id, evidence(row, "document_explained", value=row.kind, note=note, where="7.4/", void=void)


def _handed_over(rounds: Rounds) -> Iterator[tuple[int, Fact]]:
    for row in HandOver.objects.filter(case_id__in=rounds).select_related("by"):
        note = row.receiver_name or str(row.get_receiver_display())
        yield row.case_id, evidence(row, "handed_over", value=row.at, note=note, where="hand_over/")
