"""Today: what waits for this person, and nothing that is not his to know."""

from __future__ import annotations

from datetime import timedelta

import pytest

from comeback.cases.deriving import rewrite
from comeback.cases.models import Due, Message, Month
from comeback.cases.opening import open_request
from comeback.registers.models import FunctionHeld
from comeback.steps.s4_repair.models import Assignment
from tests.cases.stage import another
from tests.cast import moscow
from tests.querycount import costs
from tests.web.stage import CUSTOMER, NOW, PHONE, booked, decided, derived, said, signed_in, text_of, told


@pytest.fixture
def busy(case, cast):
    """Words, an appointment this afternoon, a message to the manager."""
    said(case, cast)
    booked(case, cast)
    told(case, cast, "romanova")
    decided(case, cast)
    return case


def make_busy(cast, number):
    case = another(cast, number)
    said(case, cast)
    booked(case, cast, hours=3 + number)
    told(case, cast, "romanova")
    derived(case)


def test_the_least_time_left_comes_first(busy, cast):
    for number in (1, 2):
        make_busy(cast, number)
    Due.objects.filter(case__number="MSK-2025-0002").update(due_at=NOW - timedelta(hours=1))
    page = text_of(signed_in(cast, "romanova").get("/"))
    assert "В001ВВ" in page.replace(" ", "")
    first = page.replace(" ", "").index("В001ВВ")
    assert first < page.replace(" ", "").index("А123ВС")


def test_each_line_leads_to_its_page(busy, cast):
    client = signed_in(cast, "smirnova")
    response = client.get("/")
    rows = response.context["rows"]
    assert rows
    for row in rows:
        assert client.get(row.url).status_code == 200, row.url


def test_a_request_that_is_not_decided_shows_its_car_and_words(busy, cast):
    request = open_request(site=cast.msk, actor=cast.actor("smirnova"), now=NOW, vehicle=busy.vehicle, customer=None)
    request.words.create(text="Гудит на скорости", at=NOW, by=cast.people["smirnova"])
    rewrite([request], NOW)
    client = signed_in(cast, "smirnova")
    row = next(it for it in client.get("/").context["rows"] if it.url.startswith(f"/requests/{request.pk}/"))
    assert (row.plate, row.note) == ("А123ВС77", "Гудит на скорости")
    assert client.get(row.url).status_code == 200


def test_a_month_that_waits_to_be_signed_leads_to_its_page(busy, cast):
    month = Month.objects.create(site=cast.msk, first=moscow(1, 12, month=5).date())
    Due.objects.create(
        kind="month", subject_id=month.pk, site=cast.msk, line="9.1", state="due", function="after_sales_manager"
    )
    client = signed_in(cast, "romanova")
    row = next(it for it in client.get("/").context["rows"] if it.no == "9.1")
    assert row.url == "/months/MSK/2025-05/"
    assert client.get(row.url).status_code == 200


def test_the_mechanic_sees_neither_name_nor_telephone(busy, cast):
    page = text_of(signed_in(cast, "orlov").get("/"))
    assert "Опять скрипит спереди" in page
    assert CUSTOMER not in page
    assert PHONE not in page
    assert CUSTOMER in text_of(signed_in(cast, "belov").get("/"))


def test_a_message_is_shown_to_its_receiver_until_he_read_it(busy, cast):
    client, message = signed_in(cast, "romanova"), Message.objects.get(to=cast.people["romanova"])
    assert "Едут" in text_of(client.get("/"))
    assert signed_in(cast, "belov").post(f"/messages/{message.pk}/read/").status_code == 404
    assert client.post(f"/messages/{message.pk}/read/")["Location"] == f"/cases/{busy.number}/"
    message.refresh_from_db()
    assert message.read_at == NOW
    assert "Едут" not in text_of(client.get("/"))


def test_a_comeback_of_another_site_is_not_among_them(busy, cast):
    page = text_of(signed_in(cast, "nevsky").get("/"))
    assert "А123ВС" not in page.replace(" ", "")


def test_a_moved_or_cancelled_reception_does_not_arrive(busy, cast):
    appointment = busy.appointments.get().appointment
    appointment.__class__.objects.create(
        site=cast.msk, kind="reception", starts_at=NOW + timedelta(days=9), ends_at=NOW + timedelta(days=9, hours=1),
        replaces=appointment, made_at=NOW,
    )  # fmt: skip
    assert signed_in(cast, "belov").get("/").context["arrivals"] == []


def test_whoever_holds_no_function_is_told_so(busy, cast):
    FunctionHeld.objects.filter(person=cast.people["belov"]).delete()
    assert signed_in(cast, "belov").get("/").status_code == 403


@pytest.mark.parametrize(("who", "queries"), [("romanova", 24), ("smirnova", 24), ("orlov", 23)])
def test_today_costs_the_same_however_much_waits(busy, cast, who, queries):
    client = signed_in(cast, who)
    costs(lambda: client.get("/"), more=lambda number: make_busy(cast, number), queries=queries)


def test_a_mechanic_finds_the_cars_in_his_hands_and_starts_from_there(busy, cast):
    start = f"/cases/{busy.number}/punch_in/"
    client = signed_in(cast, "orlov")
    assert start not in client.get("/").content.decode()
    assigned(busy, cast, "orlov")
    assert start in client.get("/").content.decode()
    assigned(busy, cast, "petrov")
    assert start not in client.get("/").content.decode()


def assigned(case, cast, who):
    row = {"mechanic": cast.people[who], "by": cast.people["sidorov"], "function": "foreman"}
    Assignment.objects.create(case=case, round=1, at=NOW, **row)
