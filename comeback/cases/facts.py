"""What the thread itself knows: words, nature, answered conditions, appointments, gates passed, the end of a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from comeback.cases.models import (
    Case,
    CaseAppointment,
    Decision,
    Ending,
    GateOverride,
    GatePassage,
    NatureChoice,
    Words,
)
from comeback.cases.rounds import rounds_of
from comeback.cases.windows import FactsOf, latest
from comeback.method.engine import EVERYTHING_MUST, NATURE, Fact

CASE_OPENED = "case_opened"  # of a request: it goes on as a case and owes nothing itself


def request_facts(ids: Iterable[int]) -> FactsOf:
    """words_taken, nature and everything_must (danger) of requests, and the case that one became. Method 1.2."""
    subject_of = {id_: id_ for id_ in ids}
    return latest([*_of_requests(subject_of), *_opened(subject_of)])


def case_facts(ids: Iterable[int]) -> FactsOf:
    """The same of the request behind each case, and what the thread keeps for a case."""
    cases = {case.pk: case for case in Case.objects.filter(pk__in=list(ids)).select_related("opened_by")}
    by_request = {case.request_id: case.pk for case in cases.values()}
    return latest(
        [
            *_of_requests(by_request),
            *_links(cases.values()),
            *_decisions(cases),
            *_appointments(cases),
            *_gates(cases),
            *_endings(cases),
        ]
    )


def evidence(row: Any, name: str, *, by: str = "by", at: str = "at", **more: Any) -> Fact:
    """A fact from an evidence row with the usual columns: `at`, `by` (person) and `function`."""
    person = getattr(row, by)
    return Fact(
        name=name,
        at=getattr(row, at),
        by=person.pk if person else None,
        who=person.name if person else "",
        function=getattr(row, "function", ""),
        **more,
    )


def _of_requests(subject_of: dict[int, int]) -> Iterator[tuple[int, Fact]]:
    rows = Words.objects.filter(request_id__in=subject_of).order_by("pk").select_related("by")
    for words in rows:
        yield subject_of[words.request_id], evidence(words, "words_taken", note=words.text)
    for choice in NatureChoice.objects.filter(request_id__in=subject_of).order_by("pk").select_related("by"):
        subject = subject_of[choice.request_id]
        yield subject, evidence(choice, NATURE, value=choice.nature)
        if choice.danger:
            yield subject, evidence(choice, EVERYTHING_MUST, value="danger")


def _opened(ids: Iterable[int]) -> Iterator[tuple[int, Fact]]:
    for case in Case.objects.filter(request_id__in=ids).select_related("opened_by"):
        yield case.request_id, evidence(case, CASE_OPENED, by="opened_by", at="opened_at", note=case.number)


def _links(cases: Iterable[Case]) -> Iterator[tuple[int, Fact]]:
    for case in cases:
        if case.original_order_id or case.original_note:
            yield case.pk, evidence(case, "original_linked", by="opened_by", at="opened_at", note=case.original_note)
        if case.level > 1:
            yield case.pk, evidence(case, EVERYTHING_MUST, by="opened_by", at="opened_at", value="level")


def _decisions(cases: dict[int, Case]) -> Iterator[tuple[int, Fact]]:
    for row in Decision.objects.filter(case_id__in=cases).order_by("pk").select_related("by"):
        yield row.case_id, evidence(row, f"decided_{row.line}", value=row.needed, note=row.reason)


def _appointments(cases: dict[int, Case]) -> Iterator[tuple[int, Fact]]:
    rows = CaseAppointment.objects.filter(
        case_id__in=cases, kind="reception", appointment__replaced_by=None, appointment__cancellation=None
    )
    for row in rows.order_by("pk").select_related("by", "appointment"):
        yield row.case_id, evidence(row, "reception_booked", value=row.appointment.starts_at)


def _gates(cases: dict[int, Case]) -> Iterator[tuple[int, Fact]]:
    rounds = rounds_of(cases)
    for row in GatePassage.objects.filter(case_id__in=cases).order_by("pk").select_related("by"):
        if row.gate in ("G1", "G2", "G3", "G4") or row.round == rounds[row.case_id]:
            yield row.case_id, evidence(row, f"passed_{row.gate}")
    for override in GateOverride.objects.filter(case_id__in=cases).order_by("pk").select_related("by"):
        if override.gate == "G4" or override.round == rounds[override.case_id]:
            yield override.case_id, evidence(override, f"override_{override.gate}", note=override.reason)


def _endings(cases: dict[int, Case]) -> Iterator[tuple[int, Fact]]:
    for row in Ending.objects.filter(case_id__in=cases).select_related("by"):
        yield row.case_id, evidence(row, "case_closed", value=row.kind, note=row.reason)
