"""What is so of the work in the current round of each case: assigned, begun, finished, supervised, reported, driven."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from comeback.cases.facts import evidence
from comeback.cases.models import Case, NatureChoice, Punch, RoadTest
from comeback.cases.rounds import rounds_of
from comeback.cases.windows import FactsOf, latest
from comeback.method.engine import Fact
from comeback.steps.s4_repair.models import Assignment, ConcernAnswer, ProgressReport, Release, WorkNote
from comeback.visits.models import Concern

Row = TypeVar("Row", bound=Model)
Found = Iterator[tuple[int, Fact]]


def case_facts(ids: Iterable[int]) -> FactsOf:
    """Facts of step 4 of cases, in the current round. Eleven queries, however many cases."""
    rounds = rounds_of(ids)
    work = {case.pk: Work(case) for case in Case.objects.filter(pk__in=rounds).select_related("opened_by")}
    _gather(work, rounds)
    reports = _current(ProgressReport.objects.select_related("by"), rounds)
    drives = _current(RoadTest.objects.filter(kind="after_work").select_related("driver"), rounds)
    return latest(
        [
            *((id_, fact) for id_, it in work.items() for fact in it.facts()),
            *((row.case_id, evidence(row, "manager_told_of_progress", note=row.text)) for row in reports),
            *((row.case_id, _driven(row, work[row.case_id])) for row in drives),
            *_supervised(rounds),
            *_cleared(work, rounds),
        ]
    )


@dataclass
class Work:
    """The work of one case in its current round. papers: a document is redone, so nobody punches time. Decision 14."""

    case: Case
    papers: bool = False
    danger_at: datetime | None = None
    assignment: Assignment | None = None
    punches: list[Punch] = field(default_factory=list)
    concerns: set[int] = field(default_factory=set)
    answers: dict[int, ConcernAnswer] = field(default_factory=dict)

    def facts(self) -> Iterator[Fact]:
        if self.assignment:
            who = self.assignment.mechanic_id
            yield evidence(self.assignment, "mechanic_assigned", value=who, note=self.assigned())
        yield from self.papers_facts() if self.papers and not self.punches else self.punch_facts()
        if self.answered:
            yield evidence(self.last_answer, "concerns_answered", note=self.last_answer.cause)

    def punch_facts(self) -> Iterator[Fact]:
        if not self.punches:
            return
        yield _by_mechanic(self.punches[0], "work_begun", self.punches[0].started_at)
        ended = [punch for punch in self.punches if punch.ended_at]
        if len(ended) < len(self.punches):
            return
        last = max(ended, key=_end)
        minutes = sum(int((_end(punch) - punch.started_at).total_seconds()) for punch in ended) // 60
        note = _("%(minutes)s min") % {"minutes": minutes}
        yield _by_mechanic(last, "time_punched", _end(last), value=minutes, note=note)
        if self.answered:
            yield _by_mechanic(last, "work_finished", _end(last))

    def papers_facts(self) -> Iterator[Fact]:
        if self.assignment:
            yield evidence(self.assignment, "work_begun")
        if self.answered:
            yield evidence(self.last_answer, "time_punched", note=_("Documents: no time is punched"))
            yield evidence(self.last_answer, "work_finished")

    @property
    def answered(self) -> bool:
        return bool(self.concerns) and self.concerns <= self.answers.keys()

    @property
    def last_answer(self) -> ConcernAnswer:
        return max(self.answers.values(), key=lambda row: row.pk)

    def assigned(self) -> str:
        assert self.assignment
        row, name = self.assignment, self.assignment.mechanic.name
        return f"{name}: {row.get_deviation_display()}, {row.reason}" if row.deviation else name

    def worked_after(self, moment: datetime) -> bool:
        """Whether somebody works now or worked after this moment."""
        return any(punch.ended_at is None or punch.ended_at > moment for punch in self.punches)


def _gather(work: dict[int, Work], rounds: dict[int, int]) -> None:
    requests = {it.case.request_id: it for it in work.values()}
    for choice in NatureChoice.objects.filter(request_id__in=requests).order_by("pk"):
        it = requests[choice.request_id]
        it.papers = choice.nature == "DOC"
        it.danger_at = choice.at if choice.danger else it.danger_at
    for assignment in _current(Assignment.objects.select_related("by", "mechanic"), rounds):
        work[assignment.case_id].assignment = assignment
    for punch in _current(Punch.objects.select_related("mechanic"), rounds, "started_at"):
        work[punch.case_id].punches.append(punch)
    concerns = Concern.objects.filter(order__visit__cases__in=rounds).values_list("order__visit__cases", "pk")
    for id_, concern in concerns:
        if id_ in work:
            work[id_].concerns.add(concern)
    for answer in _current(ConcernAnswer.objects.select_related("by"), rounds):
        work[answer.case_id].answers[answer.concern_id] = answer


def _current(rows: Any, rounds: dict[int, int], order: str = "pk") -> Iterator[Any]:
    """Rows of the current round of each case, in the order in which they were written."""
    for row in rows.filter(case_id__in=rounds).order_by(order, "pk"):
        if row.round == rounds[row.case_id]:
            yield row


def _supervised(rounds: dict[int, int]) -> Found:
    for note in _current(WorkNote.objects.select_related("by"), rounds):
        yield note.case_id, evidence(note, "work_supervised", note=note.text, recorded_at=note.recorded_at)


def _cleared(work: dict[int, Work], rounds: dict[int, int]) -> Found:
    for id_, it in work.items():
        if it.danger_at is None:
            yield id_, evidence(it.case, "safety_cleared", by="opened_by", at="opened_at", note=_("No words of danger"))
    for row in _current(Release.objects.select_related("by"), rounds):
        danger_at = work[row.case_id].danger_at
        if danger_at:
            void = _("New words of danger came after it.") if danger_at > row.at else ""
            yield row.case_id, evidence(row, "safety_cleared", note=row.findings, void=void)


def _driven(test: RoadTest, work: Work) -> Fact:
    void = ""
    if work.worked_after(test.started_at):
        void = _("Work went on after it: drive again.")
    elif test.symptom != "no":
        void = _("The symptom was still there.")
    fact = {"note": test.remarks, "recorded_at": test.at, "void": void}
    return evidence(test, "road_tested_after_work", by="driver", at="ended_at", **fact)


def _by_mechanic(punch: Punch, name: str, at: datetime, **more: Any) -> Fact:
    person = punch.mechanic
    return Fact(name=name, at=at, by=person.pk, who=person.name, function="mechanic", **more)


def _end(punch: Punch) -> datetime:
    assert punch.ended_at
    return punch.ended_at
