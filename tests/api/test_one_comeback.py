"""One real comeback through the API, from the request to the signed month; then the attacks on its gates."""

from __future__ import annotations

import pytest
from django.db import connection

from comeback.cases import journal, triggers
from comeback.cases.models import GateOverride, JournalEntry
from comeback.visits.models import Visit
from tests.api import caller as story
from tests.api.caller import CONTACT, KEYS, Caller, card, inspection, until
from tests.cast import ivanova_and_her_car, moscow, set_the_stage, the_first_repair


@pytest.fixture
def caller(database, client) -> Caller:
    cast = set_the_stage()
    customer, vehicle = ivanova_and_her_car(cast)
    the_first_repair(cast, customer, vehicle)
    return Caller(cast, client)


def refused(answer, rule: str, status: int = 409) -> dict:
    """A refusal as problem+json that names the rule."""
    assert answer.status_code == status, answer.content.decode()
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["rule"] == rule
    assert body["title"]
    return body


def test_a_comeback_goes_from_the_request_to_the_signed_month(caller):
    until(caller, story.talk)
    caller.line("belov", "hand_over", moscow(4, 18, 15), **KEYS)
    caller.line("romanova", "8.1", moscow(5, 11), at=moscow(5, 11).isoformat(), **CONTACT)
    caller.line("gromova", "post_costs", moscow(5, 12))
    caller.line("romanova", "close", moscow(5, 12, 30))
    signing = {"visits": 4, "visits_source": "Журнал приёмки"}
    july = moscow(1, 10, month=7)
    signed = caller.post("romanova", "sites/MSK/months/2025-06/acts/sign", july, **signing)
    assert signed.status_code == 200, signed.content.decode()
    month = caller.get("romanova", "sites/MSK/months/2025-06", july).json()
    assert {line["state"] for line in month["lines"]} == {"done"}
    case = caller.get("romanova", f"cases/{caller.number}", july).json()
    assert {line["state"] for line in case["lines"]} <= {"done", "rule"}
    assert {gate["state"] for gate in case["gates"]} <= {"open", "passed"}
    assert all(line["evidence"]["by"] for line in case["lines"] if line["state"] == "done")
    assert list(journal.breaks()) == []


def test_a_car_is_not_handed_over_before_the_quality_check(caller):
    until(caller, story.work)
    body = refused(caller.post("belov", f"cases/{caller.number}/acts/hand_over", moscow(4, 18), **KEYS), "G7")
    assert {"need": "5.1", "who": ["quality_controller"]}.items() <= body["missing"][0].items()
    assert not Visit.objects.filter(cases__number=caller.number, handed_over_at__isnull=False).exists()


@pytest.mark.parametrize("gate", ["G7", "G9", "G10"])
def test_nobody_opens_the_gate_of_the_quality_check_with_a_reason(caller, gate):
    until(caller, story.work)
    path = f"cases/{caller.number}/gates/{gate}/override"
    assert caller.post("romanova", path, moscow(4, 14), reason="Клиент очень торопится").status_code == 404
    assert not GateOverride.objects.exists()


def test_the_mechanic_does_not_check_his_own_work(caller):
    until(caller, story.work)
    given = inspection(caller)
    path = f"cases/{caller.number}/lines/5.1"
    refused(caller.post("orlov", path, moscow(4, 14), **given), "5.1", 403)
    story_person = caller.cast.people["orlov"]
    story_person.functions.create(site=caller.cast.msk, function="quality_controller", since="2020-01-01")
    refused(caller.post("orlov", path, moscow(4, 14), **given), "5.1")


@pytest.mark.parametrize(
    ("who", "name", "body"),
    [
        ("orlov", "lines/2.2", {"findings": "Посмотрел"}),
        ("belov", "lines/4.4", {"symptom": "no", "started": "2025-06-04T09:00:00Z", "ended": "2025-06-04T09:20:00Z"}),
        ("smirnova", "acts/close", {}),
        ("gromova", "acts/punch_in", {}),
    ],
)
def test_a_line_of_somebody_else_s_function_is_refused(caller, who, name, body):
    until(caller, story.call)
    rule = name.partition("/")[2]
    problem = refused(caller.post(who, f"cases/{caller.number}/{name}", moscow(2, 11), **body), rule, 403)
    assert problem["who"]


def test_a_colleague_of_another_site_and_a_stranger_know_nothing(caller):
    until(caller, story.call)
    assert caller.get("nevsky", f"cases/{caller.number}", moscow(2, 11)).status_code == 404
    assert caller.get("stranger", f"cases/{caller.number}", moscow(2, 11)).status_code in (403, 404)


def test_the_contact_is_not_made_before_the_hand_over(caller):
    until(caller, story.talk)
    path, at = f"cases/{caller.number}/lines/8.1", moscow(4, 18)
    refused(caller.post("romanova", path, at, at=at.isoformat(), **CONTACT), "8.1")


def test_the_second_of_two_people_who_edit_one_card_is_told(caller):
    until(caller, story.prepare)
    at, manager = moscow(3, 10), caller.cast.people["romanova"].pk
    caller.line("belov", "3.1", at, place="Кабинет 2", at=at.isoformat(), manager_id=manager, odometer=88_440)
    caller.line("belov", "3.2/write", at, answers=card(), version=0)
    path = f"cases/{caller.number}/lines/3.2/write"
    refused(caller.post("belov", path, at, answers=card(), version=0), "3.2")


def test_one_command_sent_twice_is_done_once(caller):
    until(caller, story.call)
    path, at = f"cases/{caller.number}/lines/1.2", moscow(2, 11)
    first = caller.post("smirnova", path, at, key="tablet-7", text="И на холодную тоже").json()
    second = caller.post("smirnova", path, at, key="tablet-7", text="И на холодную тоже").json()
    assert (first["result"], second["replayed"]) == (second["result"], True)
    assert JournalEntry.objects.filter(stream=caller.case.stream, command="1.2").count() == 1
    refused(caller.post("smirnova", path, at, key="tablet-7", text="Другое"), "key", 422)


def test_a_journal_row_changed_by_hand_is_found(caller):
    until(caller, story.call)
    entry = JournalEntry.objects.filter(stream=caller.case.stream).order_by("number").first()
    assert entry
    with connection.cursor() as cursor:
        for name in triggers.NAMES:
            on = " ON cases_journalentry" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
        cursor.execute("UPDATE cases_journalentry SET person_id = person_id + 1 WHERE id = %s", [entry.pk])
    assert list(journal.breaks()) == [f"{entry.stream} {entry.number}"]
