"""A line of the sheet: done on evidence, due when its time has come, locked while something is missing."""

from __future__ import annotations

import pytest

from comeback.method.loading import load
from tests.method.story import NAMES, WHOLE, also, at, needs_of, standing, until, void


def line(id_, facts, now="24 18:30"):
    return standing(facts, now).lines[id_]


# --- done


def test_the_whole_story_leaves_nothing_to_do():
    told = standing(WHOLE, "30 12:30")
    assert {item.state for item in told.lines.values()} == {"done", "rule"}
    assert told.blocked == {}
    assert told.owed() == []


@pytest.mark.parametrize("id_", [line.id for line in load().lines_of("request", "case") if line.kind == "act"])
def test_a_line_is_done_by_its_own_fact_and_by_nothing_else(id_):
    fact = load().lines[id_].done
    assert line(id_, WHOLE).fact == WHOLE[fact]
    left_out = {name: found for name, found in WHOLE.items() if name != fact}
    assert line(id_, left_out).state in ("due", "locked", "later", "decision")


def test_a_rule_is_never_ticked_and_never_counted():
    told = standing(WHOLE)
    assert told.lines["1.5"].state == "rule"
    assert told.steps[0].count == told.steps[0].done_count == 4


def test_a_line_whose_evidence_is_void_is_owed_again():
    found = line("2.2", void(until("received_with_manager"), "dossier_reviewed"))
    assert found.state == "void"
    assert found.fact.void == "typed for the wrong car"


def test_a_line_done_after_its_deadline_is_late_and_not_overdue():
    facts = until("order_stamped")
    facts["dossier_reviewed"] = also("dossier_reviewed", when="24 08:01")["dossier_reviewed"]
    assert line("2.2", facts).late
    assert not line("2.2", facts).overdue
    assert not line("2.2", until("order_stamped")).late


# --- due, later, locked


def test_a_line_waits_until_the_event_that_its_deadline_counts_from():
    assert line("4.1", until("works_agreed")).state == "due"
    assert line("3.2", until("order_stamped")).state == "later"
    assert line("3.2", until("received_with_manager")).state == "due"


def test_the_file_is_reviewed_once_the_arrival_is_known():
    assert line("2.2", until("joint_drive_planned"), "23 09:30").state == "later"
    assert line("2.2", until("reception_booked"), "23 09:30").state == "due"


def test_nothing_is_driven_with_the_customer_before_he_is_there():
    found = line("3.3", until("order_stamped"))
    assert found.state == "locked"
    assert needs_of(found.missing) == ["3.1"]


def test_the_after_work_drive_waits_for_the_end_of_the_work():
    found = line("4.4", until("work_begun"))
    assert found.state == "locked"
    assert [(item.need, item.by) for item in found.missing] == [("work_finished", ("mechanic",))]


def test_the_customer_is_contacted_only_after_hand_over():
    assert line("8.1", until("document_explained")).state == "locked"
    assert line("8.1", until("handed_over")).state == "due"


def test_what_is_owed_now_can_also_be_done_now():
    for last in NAMES:
        told = standing(until(last))
        for item in told.owed():
            assert item.line.id not in told.blocked


# --- conditions


@pytest.mark.parametrize(("nature", "state"), [("NVH", "due"), ("LEAK", "due"), ("DOC", "skip")])
def test_the_nature_of_the_comeback_decides_whether_the_expert_is_needed(nature, state):
    facts = until("words_taken") | also("nature", value=nature)
    assert line("1.3", facts).state == state


UNKNOWN = [{}, also("nature", value="UNHEARD_OF"), void(also("nature", value="DOC"), "nature")]


@pytest.mark.parametrize("nature", UNKNOWN)
def test_without_a_nature_a_decision_is_owed(nature):
    found = line("1.3", until("words_taken") | nature)
    assert found.state == "decision"
    assert found.need is None
    assert found in standing(until("words_taken") | nature).owed()


def test_a_decision_is_not_owed_before_its_line_is():
    facts = until("order_stamped", without=["nature"])
    assert line("3.2", facts).state == "later"
    assert line("3.3", facts).state == "locked"


def test_a_recorded_decision_wins_over_the_rule_for_the_nature():
    facts = until("nature") | also("decided_1.3", value=False)
    found = line("1.3", facts)
    assert found.state == "skip"
    assert found.decision.who == "Kuznetsov"
    asked_for = until("words_taken") | also("nature", value="DOC") | also("decided_1.3", value=True)
    assert line("1.3", asked_for).state == "due"


def test_a_decision_that_no_longer_holds_falls_back_to_the_rule():
    facts = void(until("nature") | also("decided_1.3", value=False), "decided_1.3")
    assert line("1.3", facts).state == "due"
    assert line("1.3", facts).decision.name == "nature"


def test_a_second_comeback_makes_every_condition_a_must():
    facts = until("words_taken") | also("nature", value="DOC") | also("everything_must")
    told = standing(facts)
    assert {told.lines[id_].need for id_ in ("1.3", "1.4", "3.2", "3.3", "3.5", "7.3")} == {"must"}


def test_even_then_a_recorded_decision_wins():
    facts = until("nature") | also("everything_must") | also("decided_3.3", value=False)
    assert line("3.3", facts).state == "skip"


def test_what_was_done_without_need_counts_as_done():
    facts = until("driven_with_customer") | also("nature", value="BODY")
    assert line("3.3", facts).need == "no"
    assert line("3.3", facts).state == "done"


def test_what_was_done_needs_no_decision_any_more():
    facts = until("driven_with_customer", without=["nature"])
    assert line("3.3", facts).state == "done"


def test_an_unconditional_line_has_no_need_and_no_decision():
    found = line("4.4", WHOLE)
    assert (found.need, found.decision) == (None, None)


# --- deadlines


@pytest.mark.parametrize(
    ("id_", "until_fact", "due"),
    [
        ("2.2", "reception_booked", "24 08:00"),  # two hours before the appointment, not before the call
        ("2.4", "reception_booked", "24 10:00"),
        ("3.1", "reception_booked", "24 11:00"),
        ("3.3", "received_with_manager", "24 12:05"),
        ("4.1", "received_with_manager", "24 12:05"),
        ("4.2", "work_begun", "24 14:20"),  # over the lunch hour
        ("4.4", "work_finished", "24 18:02"),
        ("5.2", "quality_passed", "24 19:40"),
        ("5.3", "quality_passed", "25 20:00"),  # by the end of the next working day
        ("6.1", "delivery_offered", "25 17:00"),
        ("7.1", "delivery_offered", "25 19:00"),
        ("8.1", "handed_over", "27 18:30"),
    ],
)
def test_a_deadline_counts_from_the_moment_that_the_sheet_names(id_, until_fact, due):
    assert line(id_, until(until_fact)).due_at == at(due)


def test_without_the_event_there_is_no_deadline():
    assert line("8.1", until("document_explained")).due_at is None


def test_the_contact_is_overdue_after_48_hours_and_not_at_48_hours():
    facts = until("handed_over")
    assert not line("8.1", facts, "27 18:30").overdue
    assert line("8.1", facts, "27 18:31").overdue
    assert not line("8.1", WHOLE, "30 12:30").overdue


def test_a_locked_line_is_not_overdue_for_those_who_cannot_do_it_yet():
    facts = until("work_finished")
    told = standing(facts, "25 10:00")
    assert told.lines["4.4"].overdue
    assert told.lines["5.1"].due_at == at("24 18:02")
    assert not told.lines["5.1"].overdue


def test_a_moved_appointment_moves_its_deadlines():
    facts = until("received_with_manager") | also("delivery_offered", value=at("26 12:00"))
    assert line("6.2", facts).due_at == at("26 11:00")


def test_a_line_owed_again_can_be_overdue():
    facts = void(until("received_with_manager"), "parts_checked")
    assert line("2.3", facts, "24 11:00").overdue


# --- request and month


def test_a_request_owes_its_own_two_lines_only():
    told = standing(until("comeback_decided"), scope="request")
    assert list(told.lines) == ["1.1", "1.2"]
    assert [item.line.id for item in told.owed()] == ["1.2"]
    assert [step.step.id for step in told.steps] == [1]
    assert (told.gates, told.blocked) == ({}, {})


def test_a_month_owes_its_three_indicators_until_it_is_signed():
    told = standing({}, scope="month")
    assert {item.line.id: item.state for item in told.lines.values()} == dict.fromkeys(("9.1", "9.2", "9.3"), "due")
    assert [(step.step.id, step.state) for step in told.steps] == [(9, "due")]
    assert told.blocked == {}
    assert {item.state for item in standing(also("month_signed"), scope="month").lines.values()} == {"done"}


# --- danger


def test_what_was_waived_before_the_danger_was_known_is_a_must_again():
    facts = until("received_with_manager") | also("decided_3.3", value=False, when="24 10:10")
    assert line("3.3", facts).state == "skip"
    assert line("3.3", facts | also("everything_must", when="24 10:15")).state == "due"


def test_what_is_waived_in_the_face_of_the_danger_stays_waived():
    facts = until("received_with_manager") | also("everything_must", when="24 10:08")
    assert line("3.3", facts | also("decided_3.3", value=False, when="24 10:10")).state == "skip"
