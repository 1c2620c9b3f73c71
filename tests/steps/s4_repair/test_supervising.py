"""4.2: the expert supervises the work; 4.3: he tells the manager."""

from __future__ import annotations

from datetime import date

import pytest

from comeback.cases.commands import Command
from comeback.cases.messages import wording_of
from comeback.cases.models import Message
from comeback.cases.perform import perform
from comeback.method.refusal import Refused
from comeback.registers.models import FunctionHeld
from comeback.steps.s4_repair.models import ProgressReport, WorkNote
from tests.cast import moscow
from tests.steps.s4_repair.stage import NOON, answered, assigned, do, fact, worked


@pytest.fixture
def under_way(case, cast):
    do(assigned(case, cast), cast, "punch_in", "orlov", moscow(2, 11))
    return case


def note(case, cast, at=NOON, who="kuznetsov", **more):
    return do(case, cast, "4.2", who, at, **{"text": "Втулка с люфтом"} | more)


def looked_at(case, cast, now, at):
    """A note that is written down later than the look."""
    command = Command("4.2", case, {"text": "Смотрел", "at": at})
    return perform(command, actor=cast.actor("kuznetsov"), now=now, key=f"{now}{at}")


def tell(case, cast, at=NOON, **more):
    return do(case, cast, "4.3", "kuznetsov", at, **{"status": "found", "text": "Меняем втулку"} | more)


def test_a_note_supervises_the_work(under_way, cast):
    note(under_way, cast)
    found = fact(under_way, "work_supervised")
    assert (found.who, found.note, found.at) == ("Кузнецов Д. Н.", "Втулка с люфтом", moscow(2, 12))


@pytest.mark.parametrize("name", ["4.2", "4.3"])
def test_nothing_is_supervised_or_reported_before_the_work_began(case, cast, name):
    assigned(case, cast)
    given = {"text": "Втулка"} | ({"status": "found"} if name == "4.3" else {})
    with pytest.raises(Refused) as refused:
        do(case, cast, name, "kuznetsov", moscow(2, 12), **given)
    assert [it.need for it in refused.value.missing] == ["work_begun"]


def test_an_expert_who_worked_on_the_car_does_not_supervise_it(under_way, cast):
    FunctionHeld.objects.create(
        person=cast.people["orlov"], site=cast.msk, function="technical_expert", since=date(2020, 1, 1)
    )
    with pytest.raises(Refused) as refused:
        note(under_way, cast, who="orlov")
    assert refused.value.missing[0].by == ("technical_expert",)


def test_a_note_says_something(under_way, cast):
    with pytest.raises(Refused):
        note(under_way, cast, text="  ")


@pytest.mark.parametrize("looked", [moscow(2, 10), moscow(2, 13)])
def test_supervision_lies_within_the_work(under_way, cast, looked):
    with pytest.raises(Refused) as refused:
        looked_at(under_way, cast, moscow(2, 12), looked)
    assert refused.value.missing[0].field == "at"


def test_finished_work_is_no_longer_supervised_but_an_earlier_look_can_be_entered(case, cast):
    answered(worked(assigned(case, cast), cast), cast)
    with pytest.raises(Refused) as refused:
        note(case, cast, at=moscow(2, 15))
    assert refused.value.missing[0].field == "at"
    looked_at(case, cast, moscow(2, 15), moscow(2, 12))
    found = fact(case, "work_supervised")
    assert (found.at, found.recorded_at) == (moscow(2, 12), moscow(2, 15))


def test_an_approval_names_its_assembly(under_way, cast):
    note(under_way, cast, approves="КПП")
    assert WorkNote.objects.get().approves == "КПП"


def test_a_report_reaches_the_manager_and_counts_when_sent(under_way, cast):
    tell(under_way, cast)
    message = Message.objects.get(to=cast.people["romanova"], line="4.3")
    assert (message.code, message.text, message.sender) == ("work_found", "Меняем втулку", cast.people["kuznetsov"])
    assert fact(under_way, "manager_told_of_progress").who == "Кузнецов Д. Н."


def test_a_report_says_something(under_way, cast):
    with pytest.raises(Refused):
        tell(under_way, cast, text="")
    assert not ProgressReport.objects.exists()


@pytest.mark.parametrize("expected", [None, moscow(2, 11)])
def test_a_delay_has_a_new_time(under_way, cast, expected):
    with pytest.raises(Refused) as refused:
        tell(under_way, cast, status="delayed", expected_at=expected)
    assert refused.value.missing[0].field == "expected_at"
    tell(under_way, cast, status="delayed", expected_at=moscow(2, 18))
    assert "02.06, 18:00" in wording_of(Message.objects.get(line="4.3"))


def test_done_is_not_reported_before_it_is_done(under_way, cast):
    with pytest.raises(Refused):
        tell(under_way, cast, status="done")
    do(under_way, cast, "punch_out", "orlov", moscow(2, 13))
    answered(under_way, cast)
    tell(under_way, cast, at=moscow(2, 14), status="done")


def test_without_a_manager_nobody_is_told(under_way, cast):
    FunctionHeld.objects.filter(person=cast.people["romanova"]).delete()
    with pytest.raises(Refused):
        tell(under_way, cast)


@pytest.mark.parametrize(("name", "given"), [("4.2", {}), ("4.3", {"status": "found"}), ("4.1", {"mechanic_id": 1})])
def test_a_mechanic_does_not_do_the_experts_or_the_foremans_lines(under_way, cast, name, given):
    with pytest.raises(Refused) as refused:
        do(under_way, cast, name, "orlov", moscow(2, 12), **{"text": "Сам посмотрел"} | given)
    assert refused.value.kind == "function"


def test_notes_and_reports_count_for_their_round(under_way, cast):
    note(under_way, cast)
    tell(under_way, cast)
    under_way.rounds.create(number=2, why="4.4", opened_at=moscow(2, 15))
    assert fact(under_way, "work_supervised") is None
    assert fact(under_way, "manager_told_of_progress") is None
