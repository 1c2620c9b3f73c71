"""The pages of step 4: each opens for its people, keeps what was typed, and does what its form says."""

from __future__ import annotations

import pytest

from comeback.cases.models import Punch, RoadTest
from comeback.registers import clock
from comeback.steps.s4_repair.models import Assignment, ConcernAnswer, ProgressReport, Release, WorkNote
from comeback.visits.models import Concern
from tests.cast import moscow
from tests.steps.s4_repair.stage import answered, assigned, do, fact, received, worked


class Desk:
    """Somebody at a page, at a moment."""

    def __init__(self, client, cast, who, now):
        self.client, self.now = client, now
        client.force_login(cast.people[who])

    def open(self, case, name, query=""):
        with clock.frozen_at(self.now):
            return self.client.get(f"/cases/{case.number}/{name}/{query}")

    def send(self, case, name, **typed):
        with clock.frozen_at(self.now):
            return self.client.post(f"/cases/{case.number}/{name}/", {"key": "k", **typed})


@pytest.fixture
def desk(client, cast):
    return lambda who, now: Desk(client, cast, who, now)


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("sidorov", "4.1"), ("orlov", "punch_in"), ("orlov", "punch_out"), ("orlov", "answer_concern"),
        ("kuznetsov", "4.2"), ("kuznetsov", "4.3"), ("kuznetsov", "4.4"), ("kuznetsov", "release"),
    ],
)  # fmt: skip
def test_every_page_opens(case, cast, desk, who, name):
    answered(worked(assigned(case, cast), cast), cast)
    page = desk(who, moscow(2, 14)).open(case, name)
    assert page.status_code == 200
    assert "Опять скрипит спереди" in page.content.decode()


def test_the_foreman_assigns_with_one_press(case, cast, desk):
    page = desk("sidorov", moscow(2, 10, 30))
    form = page.open(case, "4.1").context["form"]
    assert form["mechanic_id"].value() == cast.people["orlov"].pk
    assert page.send(case, "4.1", mechanic_id=cast.people["orlov"].pk).status_code == 302
    assert Assignment.objects.get().mechanic == cast.people["orlov"]


def test_a_refusal_keeps_what_was_typed(case, cast, desk):
    page = desk("sidorov", moscow(2, 10, 30))
    answer = page.send(case, "4.1", mechanic_id=cast.people["petrov"].pk, reason="В отпуске до пятницы")
    assert answer.status_code == 422
    assert "В отпуске до пятницы" in answer.content.decode()
    assert answer.context["form"].errors["deviation"]


def test_work_that_came_back_is_proposed_to_the_mechanic_of_the_round_before(case, cast, desk):
    assigned(case, cast, "petrov")
    case.rounds.create(number=2, why="5.1", opened_at=moscow(2, 15))
    form = desk("sidorov", moscow(2, 15)).open(case, "4.1").context["form"]
    assert (form["mechanic_id"].value(), form["deviation"].value()) == (cast.people["petrov"].pk, "absent")


def test_without_an_original_mechanic_no_reason_is_asked_for(cast, desk):
    case = received(cast, number=1)
    assert "deviation" not in desk("sidorov", moscow(2, 10, 30)).open(case, "4.1").context["form"].fields


def test_the_mechanic_punches_in_and_out_with_one_press_each(case, cast, desk):
    assigned(case, cast)
    assert desk("orlov", moscow(2, 11)).send(case, "punch_in").status_code == 302
    assert desk("orlov", moscow(2, 13)).send(case, "punch_out", key="k2").status_code == 302
    assert Punch.objects.get().ended_at == moscow(2, 13)


def test_a_mechanic_who_is_punched_in_elsewhere_sees_where(case, cast, desk):
    other = received(cast, number=1)
    do(assigned(case, cast), cast, "punch_in", "orlov", moscow(2, 11))
    assigned(other, cast)
    page = desk("orlov", moscow(2, 12)).open(other, "punch_in").content.decode()
    assert case.number in page
    assert f"/cases/{case.number}/punch_out/" in page


def test_an_answer_is_recorded_for_the_concern_that_waits(cast, desk):
    case = worked(assigned(received(cast, concerns=2), cast), cast)
    second = Concern.objects.get(order__visit=case.visit_id, number=2)
    page = desk("orlov", moscow(2, 13))
    assert page.open(case, "answer_concern", f"?concern_id={second.pk}").context["form"]["concern_id"].value() == str(
        second.pk
    )
    sent = page.send(
        case, "answer_concern", concern_id=second.pk, cause="Втулка", correction="Заменена", result="fixed"
    )
    assert sent.status_code == 302
    assert ConcernAnswer.objects.get().concern == second


def test_the_expert_notes_and_reports(case, cast, desk):
    do(assigned(case, cast), cast, "punch_in", "orlov", moscow(2, 11))
    page = desk("kuznetsov", moscow(2, 12))
    assert page.send(case, "4.2", text="Втулка с люфтом", at="2025-06-02T11:30").status_code == 302
    assert WorkNote.objects.get().at == moscow(2, 11, 30)
    sent = page.send(case, "4.3", key="k2", status="delayed", text="Ждём деталь", expected_at="2025-06-02T18:00")
    assert sent.status_code == 302
    assert ProgressReport.objects.get().expected_at == moscow(2, 18)


DRIVE = {
    "started": "2025-06-02T13:30", "ended": "2025-06-02T14:00", "symptom": "no", "same_conditions": "yes",
}  # fmt: skip


def test_a_drive_is_typed_in_site_time(case, cast, desk):
    answered(worked(assigned(case, cast), cast), cast)
    sent = desk("kuznetsov", moscow(2, 14, 5)).send(case, "4.4", **DRIVE, odometer_out="88430", odometer_in="88442")
    assert sent.status_code == 302
    assert RoadTest.objects.get().started_at == moscow(2, 13, 30)
    assert fact(case, "road_tested_after_work")


def test_a_car_that_is_looked_at_needs_no_odometer(cast, desk):
    case = answered(worked(assigned(received(cast, nature="BODY"), cast), cast), cast)
    page = desk("kuznetsov", moscow(2, 14, 5))
    assert page.open(case, "4.4").context["form"]["static"].value() is True
    assert page.send(case, "4.4", **DRIVE).status_code == 422
    assert page.send(case, "4.4", **DRIVE, static="on").status_code == 302


def test_the_expert_releases_a_dangerous_car(cast, desk):
    case = received(cast, danger=True)
    sent = desk("kuznetsov", moscow(2, 10, 30)).send(
        case, "release", findings="Тормоза держат", maker_notice="told", maker_reference="CA-77"
    )
    assert sent.status_code == 302
    assert Release.objects.get().maker_reference == "CA-77"
