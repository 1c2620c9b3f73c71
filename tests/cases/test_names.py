"""What may be named: lines, acts, conditions and gates of the sheet, each for the subjects that it is about."""

from __future__ import annotations

import pytest

from comeback.cases.commands import Command
from comeback.cases.models import Decision, Ending, GateOverride, GatePassage
from comeback.cases.perform import perform
from comeback.method.refusal import Refused
from tests.cast import moscow

NOW = moscow(2, 10)
REASON = "Менеджер на выезде до вечера"


def refusal_of(subject, cast, name, who="romanova", **arguments):
    with pytest.raises(Refused) as refused:
        perform(Command(name, subject, arguments), actor=cast.actor(who), now=NOW, key="k1")
    return refused.value


@pytest.mark.parametrize("name", ["decision", "override", "9.9", "4.4/fly", "punch_in/override", "", "/decision"])
def test_what_no_line_and_no_act_answers_to_is_unknown(case, cast, name):
    assert refusal_of(case, cast, name).kind == "unknown"


@pytest.mark.parametrize("name", ["4.1/decision", "1.5/decision", "9.9/decision", "G6/decision", "close/decision"])
def test_only_a_condition_of_the_sheet_can_be_decided(case, cast, name):
    refusal = refusal_of(case, cast, name, needed=False, reason=REASON)
    assert (refusal.kind, refusal.rule) == ("unknown", name.partition("/")[0])
    assert not Decision.objects.exists()


@pytest.mark.parametrize("name", ["G7/override", "G1/override", "G99/override", "4.4/override"])
def test_a_gate_without_override_is_opened_by_nobody(case, cast, name):
    refusal = refusal_of(case, cast, name, reason=REASON)
    assert (refusal.kind, refusal.rule) == ("unknown", name.partition("/")[0])
    assert not GateOverride.objects.exists()


def test_a_gate_that_is_open_already_is_not_opened_twice(case, cast):
    perform(Command("G6/override", case, {"reason": REASON}), actor=cast.actor("romanova"), now=NOW, key="first")
    refusal = refusal_of(case, cast, "G6/override", reason="Ещё одна причина")
    assert (refusal.rule, refusal.kind) == ("G6", "changed")
    assert GateOverride.objects.count() == 1


def test_a_condition_is_answered_before_its_line_is_open_and_passes_no_gate(case, cast):
    decision = Command("7.3/decision", case, {"needed": False, "reason": REASON})
    perform(decision, actor=cast.actor("belov"), now=NOW, key="early")
    assert Decision.objects.get().line == "7.3"
    assert not GatePassage.objects.exists()


def test_a_refusal_of_the_function_names_the_line_or_the_gate(case, cast):
    assert refusal_of(case, cast, "1.3/decision", who="orlov", needed=False).rule == "1.3"
    refusal = refusal_of(case, cast, "G6/override", who="orlov", reason=REASON)
    assert (refusal.rule, refusal.kind, refusal.missing[0].by) == ("G6", "function", ("after_sales_manager",))


@pytest.mark.parametrize("name", ["close", "4.1", "G6/override", "1.3/decision"])
def test_what_is_done_to_a_case_is_not_done_to_a_request(case, cast, name):
    assert refusal_of(case.request, cast, name).kind == "unknown"
    assert not Ending.objects.exists()


def test_what_is_done_to_a_month_is_not_done_to_a_case(case, cast):
    assert refusal_of(case, cast, "sign").kind == "unknown"


def test_a_case_is_not_closed_before_its_last_gate(case, cast):
    refusal = refusal_of(case, cast, "close")
    assert (refusal.rule, refusal.kind) == ("G10", "gate")
    assert refusal.missing


def test_nothing_is_added_to_a_closed_case(case, cast):
    Ending.objects.create(case=case, kind="closed", at=NOW, by=cast.people["romanova"], function="after_sales_manager")
    refusal = refusal_of(case, cast, "1.3/decision", who="smirnova", needed=False, reason=REASON)
    assert (refusal.rule, refusal.kind) == ("G10", "changed")
