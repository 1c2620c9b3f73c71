"""The screens of step 4 and what stands beside their forms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from comeback.cases.acting import Actor
from comeback.cases.models import Case, Punch
from comeback.cases.rounds import round_of
from comeback.desk.screens import screen
from comeback.steps.s4_repair import forms
from comeback.steps.s4_repair.models import ConcernAnswer, ProgressReport, WorkNote
from comeback.steps.s4_repair.queries import (
    assignment_of,
    concerns_of,
    customer_card,
    is_dangerous,
    last_odometer,
    open_punch_of,
    original_mechanic,
)


def _assigning(case: Case, *, actor: Actor, now: datetime) -> dict[str, Any]:
    return {
        "original": original_mechanic(case),
        "assigned": assignment_of(case, round_of(case)),
        "earlier": case.assignments.exclude(round=round_of(case)).select_related("mechanic").order_by("pk"),
        "round": case.rounds.order_by("number").last(),
    }


def _working(case: Case, *, actor: Actor, now: datetime) -> dict[str, Any]:
    number = round_of(case)
    return {
        "assigned": assignment_of(case, number),
        "punched_in": open_punch_of(actor.person),
        "punches": Punch.objects.filter(case=case, round=number).select_related("mechanic").order_by("pk"),
        "concerns": concerns_of(case, number),
        "round": case.rounds.order_by("number").last(),
        "words": case.request.words.order_by("pk"),
        "card": customer_card(case),
    }


def _supervising(case: Case, *, actor: Actor, now: datetime) -> dict[str, Any]:
    number = round_of(case)
    return _working(case, actor=actor, now=now) | {
        "notes": WorkNote.objects.filter(case=case, round=number).select_related("by").order_by("-at"),
        "reports": ProgressReport.objects.filter(case=case, round=number).select_related("by").order_by("-pk"),
        "answers": ConcernAnswer.objects.filter(case=case, round=number).select_related("concern", "by").order_by("pk"),
    }


def _driving(case: Case, *, actor: Actor, now: datetime) -> dict[str, Any]:
    tests = case.road_tests.select_related("driver").order_by("-pk")
    return _supervising(case, actor=actor, now=now) | {
        "before": tests.filter(kind="with_customer").first(),
        "odometer": last_odometer(case),
        "failed": tests.filter(kind="after_work").exclude(symptom="no"),
    }


def _releasing(case: Case, *, actor: Actor, now: datetime) -> dict[str, Any]:
    return {"dangerous": is_dangerous(case), "words": case.request.words.order_by("pk"), "card": customer_card(case)}


ROOM = "s4_repair/"
screen("4.1", forms.AssignForm, template=f"{ROOM}assign.html", context=_assigning)
screen("punch_in", forms.PunchInForm, template=f"{ROOM}punch.html", context=_working)
screen("punch_out", forms.PunchOutForm, template=f"{ROOM}punch.html", context=_working)
screen("answer_concern", forms.AnswerConcernForm, template=f"{ROOM}work.html", context=_working)
screen("4.2", forms.WorkNoteForm, template=f"{ROOM}supervise.html", context=_supervising)
screen("4.3", forms.TellManagerForm, template=f"{ROOM}supervise.html", context=_supervising)
screen("4.4", forms.RoadTestForm, template=f"{ROOM}road_test.html", context=_driving)
screen("release", forms.ReleaseForm, template=f"{ROOM}release.html", context=_releasing)
