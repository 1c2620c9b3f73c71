"""Gates: closed while something is missing, and every refusal says what and who can supply it."""

from __future__ import annotations

import pytest

from comeback.method.loading import load
from comeback.method.refusal import Refused
from tests.method.story import GATES, NAMES, WHOLE, also, needs_of, passages, standing, until, void

SHEET = load()
OPENS_WITH = {
    "G1": "original_linked",
    "G2": "reception_booked",
    "G3": "order_stamped",
    "G4": "works_agreed",
    "G5": "safety_cleared",
    "G6": "road_tested_after_work",
    "G7": "quality_passed",
    "G8": "policy_applied",
    "G9": "document_explained",
    "G10": "criteria_set",
}
RESTS_ON = [
    (gate.id, SHEET.lines[need].done if need in SHEET.lines else need)
    for gate in SHEET.gates.values()
    for need in gate.needs
    if need not in SHEET.gates
]


@pytest.mark.parametrize(("gate", "fact"), OPENS_WITH.items())
def test_a_gate_opens_with_the_last_thing_that_it_needs_and_not_before(gate, fact):
    before = NAMES[NAMES.index(fact) - 1]
    assert standing(until(before)).gates[gate].state == "closed"
    assert standing(until(fact)).gates[gate].state == "open"


@pytest.mark.parametrize(("gate", "fact"), RESTS_ON)
def test_a_gate_closes_again_before_hand_over_when_what_it_rests_on_is_void(gate, fact):
    told = void(until("criteria_set", without=["handed_over"] if gate != "G10" else []), fact) | passages()
    if gate == "G10":
        told = {name: fact for name, fact in told.items() if name != "passed_G10"}
    found = standing(told, "30 12:30").gates[gate]
    assert found.state == "closed"
    assert found.missing


@pytest.mark.parametrize(("gate", "fact"), RESTS_ON)
def test_what_a_closed_gate_misses_is_named_with_those_who_can_supply_it(gate, fact):
    missing = standing({name: found for name, found in WHOLE.items() if name != fact}).gates[gate].missing
    place = SHEET.facts[fact].line or fact
    assert place in needs_of(missing)
    for item in missing:
        assert item.text.ru
        assert item.by


def test_hand_over_before_the_quality_check_is_refused():
    facts = until("document_explained", without=["quality_passed"])
    with pytest.raises(Refused) as refused:
        standing(facts).check("hand_over")
    assert "5.1" in needs_of(refused.value.missing)
    assert refused.value.kind == "gate"
    assert "Check that the work conforms" in str(refused.value)


def test_a_refusal_names_the_gate_that_guards_the_act():
    with pytest.raises(Refused) as refused:
        standing(until("mechanic_assigned")).check("punch_in")
    assert refused.value.rule == "G5"
    assert [(item.need, item.by) for item in refused.value.missing] == [("safety_cleared", ("technical_expert",))]


def test_a_refusal_by_a_line_itself_names_the_line():
    with pytest.raises(Refused) as refused:
        standing(until("order_stamped")).check("3.4")
    assert refused.value.rule == "3.4"


def test_what_nothing_keeps_from_being_done_is_not_refused():
    standing(until("works_agreed")).check("4.1")
    standing({}).check("withdraw")


def test_an_unfinished_preparation_does_not_stop_the_reception_and_is_owed_before_work():
    facts = until("mechanic_assigned", without=["dossier_reviewed"])
    told = standing(facts)
    told.check("3.1")
    told.check("4.1")
    with pytest.raises(Refused) as refused:
        told.check("punch_in")
    assert "2.2" in needs_of(refused.value.missing)


def test_a_gate_behind_a_closed_gate_lists_each_missing_thing_once():
    missing = standing(until("work_finished")).blocked["hand_over"]
    assert needs_of(missing).count("5.1") == 1
    assert len(set(missing)) == len(missing)


def test_a_condition_that_is_not_needed_does_not_keep_a_gate_closed():
    facts = until("works_agreed", without=["driven_with_customer", "fault_card_signed"])
    assert standing(facts).gates["G4"].state == "closed"
    decided = also("decided_3.3", "decided_3.2", value=False)
    assert standing(facts | decided).gates["G4"].state == "open"


def test_an_open_condition_keeps_its_gate_closed():
    facts = until("works_agreed", without=["nature", "fault_card_signed"])
    assert needs_of(standing(facts).gates["G4"].missing) == ["3.2"]


# --- overrides


@pytest.mark.parametrize("gate", ["G4", "G5", "G6", "G8"])
def test_an_override_opens_its_gate_and_still_shows_what_was_missing(gate):
    told = standing(also(f"override_{gate}"))
    assert told.gates[gate].state == "open"
    assert told.gates[gate].missing
    assert told.gates[gate].override.who == "Kuznetsov"


@pytest.mark.parametrize("gate", ["G1", "G2", "G3", "G7", "G9", "G10"])
def test_no_override_opens_the_other_gates(gate):
    found = standing(also(f"override_{gate}")).gates[gate]
    assert found.state == "closed"
    assert found.override is None


def test_no_override_whatever_replaces_the_quality_check():
    facts = until("document_explained", without=["quality_passed"]) | also(*(f"override_{gate}" for gate in GATES))
    with pytest.raises(Refused) as refused:
        standing(facts).check("hand_over")
    assert needs_of(refused.value.missing)[0] == "5.1"


def test_an_override_that_no_longer_holds_closes_its_gate_again():
    assert standing(void(also("override_G6"), "override_G6")).gates["G6"].state == "closed"


def test_a_gate_passed_with_an_override_stays_passed_and_raises_no_alarm():
    facts = until("quality_passed", without=["road_tested_after_work"]) | also("override_G6", "passed_G6")
    told = standing(facts)
    assert told.gates["G6"].state == "passed"
    assert told.lines["5.1"].state == "done"
    assert told.alarms == ()


# --- passages and hand-over


def test_a_recorded_passage_makes_an_open_gate_passed():
    assert standing(until("quality_passed") | also("passed_G6")).gates["G6"].state == "passed"


def test_a_recorded_passage_opens_nothing_by_itself():
    told = standing(until("work_finished") | passages())
    assert told.gates["G7"].state == "closed"
    assert "hand_over" in told.blocked


def test_a_void_road_test_takes_the_quality_check_with_it_before_hand_over():
    told = standing(void(until("document_explained"), "road_tested_after_work") | passages())
    assert told.gates["G6"].state == "closed"
    assert told.lines["5.1"].state == "void"
    assert told.gates["G7"].state == "closed"
    assert needs_of(told.lines["5.1"].missing) == ["4.4"]
    assert "4.4" in [item.line.id for item in told.owed()]
    assert "5.1" not in [item.line.id for item in told.owed()]


def test_after_hand_over_a_void_quality_check_is_an_alarm_and_owed_but_the_car_stays_delivered():
    told = standing(void(until("criteria_set"), "quality_passed") | passages(), "30 12:30")
    assert told.gates["G9"].state == "passed"
    assert [item.gate.id for item in told.alarms] == ["G7"]
    assert told.lines["5.1"].state == "void"
    assert told.lines["8.1"].state == "done"


def test_not_even_a_void_hand_over_brings_the_car_back():
    told = standing(void(until("criteria_set"), "handed_over", "quality_passed") | passages(), "30 12:30")
    assert {found.state for found in told.gates.values()} == {"passed"}


def test_closing_waits_for_the_contact_the_costs_and_the_measures():
    told = standing(until("handed_over"))
    with pytest.raises(Refused) as refused:
        told.check("close")
    assert refused.value.rule == "G10"
    assert {function for item in refused.value.missing for function in item.by} == {
        "after_sales_manager",
        "billing_clerk",
        "foreman",
        "quality_controller",
    }
