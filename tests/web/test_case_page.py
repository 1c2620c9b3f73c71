"""One case and its journal, one request: what is shown to whom, and what it costs."""

from __future__ import annotations

import pytest

from comeback.cases.models import CaseAppointment, Ending, JournalEntry
from comeback.cases.opening import open_request
from comeback.diary.models import Appointment, Cancellation
from comeback.registers.models import FunctionHeld
from tests.cast import moscow
from tests.querycount import costs, windows
from tests.web.stage import CUSTOMER, NOW, PHONE, booked, cost, decided, said, signed_in, text_of, told, visited


@pytest.fixture
def shown(case, cast):
    """Everything that the page has room for, once."""
    add(case, cast, 0)
    decided(case, cast)
    return case


def add(case, cast, number):
    said(case, cast, f"Скрипит, {number}")
    booked(case, cast, "delivery", hours=20 + number)
    visited(case, cast, 10 + number)
    cost(case, cast)
    told(case, cast, "romanova")
    if number:
        decided(case, cast, key=f"more-{number}", reason=f"Эксперт в отпуске, день {number}")


def address(case):
    return f"/cases/{case.number}/"


def test_the_advisor_sees_whom_to_call(shown, cast):
    page = text_of(signed_in(cast, "belov").get(address(shown)))
    assert CUSTOMER in page
    assert PHONE in page


@pytest.mark.parametrize("step", range(1, 10))
@pytest.mark.parametrize("function", ["mechanic", "administrator"])
def test_the_mechanic_sees_the_car_and_not_the_customer(shown, cast, step, function):
    said(shown, cast, "И муж слышал", said_by="Иванов Пётр")
    FunctionHeld.objects.filter(person=cast.people["orlov"]).update(function=function)
    page = text_of(signed_in(cast, "orlov").get(f"{address(shown)}?step={step}"))
    assert "ЗН-1507" in page
    assert "И муж слышал" in page
    for personal in (CUSTOMER, PHONE, "Иванов Пётр"):
        assert personal not in page


def test_whoever_is_mechanic_and_foreman_sees_the_customer(shown, cast):
    FunctionHeld.objects.create(person=cast.people["orlov"], site=cast.msk, function="foreman", since=NOW.date())
    assert CUSTOMER in text_of(signed_in(cast, "orlov").get(address(shown)))


@pytest.mark.parametrize("page", ["", "journal/"])
def test_a_case_of_another_site_is_not_found(shown, cast, page):
    assert signed_in(cast, "nevsky").get(f"{address(shown)}{page}").status_code == 404


@pytest.mark.parametrize("step", ["0", "10", "x", "²", "-1", "999999999999999999999"])
def test_a_step_that_is_none_shows_where_the_case_stands(shown, cast, step):
    assert signed_in(cast, "belov").get(address(shown), {"step": step}).context["step"].id == 1


def test_the_delivery_shown_is_the_one_that_is_agreed(shown, cast):
    moved = CaseAppointment.objects.get(kind="delivery").appointment
    later = Appointment.objects.create(
        site=cast.msk, kind="delivery", starts_at=moscow(4, 17), ends_at=moscow(4, 18), replaces=moved, made_at=NOW
    )
    client = signed_in(cast, "belov")
    assert client.get(address(shown)).context["delivery"] is None
    row = CaseAppointment.objects.create(
        case=shown, appointment=later, kind="delivery", at=NOW, by=cast.people["belov"], function="service_advisor"
    )
    assert client.get(address(shown)).context["delivery"] == row
    Cancellation.objects.create(appointment=later, at=NOW, by=cast.people["belov"])
    assert client.get(address(shown)).context["delivery"] is None


def test_every_press_that_is_offered_leads_to_a_page(shown, cast):
    for who in cast.people:
        if who in ("nevsky", "stranger"):
            continue
        client = signed_in(cast, who)
        context = client.get(address(shown)).context
        rows = [*context["rows"], *context["elsewhere"]]
        places = [row.url for row in rows if row.url]
        places += [act["url"] for act in context["acts"]] + [it["url"] for it in context["decisions"]]
        places += [gate["bypass_url"] for gate in context["gates"] if gate["bypass_url"]]
        for place in places:
            assert client.get(place).status_code == 200, place


def test_a_closed_case_is_still_shown(shown, cast):
    Ending.objects.create(case=shown, kind="closed", at=NOW, by=cast.people["romanova"], function="after_sales_manager")
    assert str(shown) in text_of(signed_in(cast, "belov").get(address(shown)))


@pytest.mark.parametrize(("who", "own"), [("belov", 26), ("romanova", 26), ("orlov", 25)])
def test_the_case_page_costs_the_same_however_much_happened(shown, cast, who, own):
    client = signed_in(cast, who)
    queries = own + windows("case", shown.pk)
    costs(lambda: client.get(address(shown)), more=lambda number: add(shown, cast, number), queries=queries)


def test_the_journal_shows_who_did_what_in_which_function(shown, cast):
    page = text_of(signed_in(cast, "belov").get(f"{address(shown)}journal/"))
    assert "Смирнова О. В." in page
    assert JournalEntry.objects.get().hash[:12] in page


def test_the_journal_is_shown_by_pages_of_fifty_newest_first(shown, cast):
    for number in range(1, 60):
        decided(shown, cast, key=f"k-{number}", reason=f"Эксперт в отпуске, день {number}")
    client = signed_in(cast, "belov")
    first, second = (client.get(f"{address(shown)}journal/", {"page": page}).context for page in (1, 2))
    numbers = [item["entry"].number for context in (first, second) for item in context["journal"]]
    assert numbers == list(range(60, 0, -1))
    assert (len(first["journal"]), first["more"], second["more"]) == (50, True, False)


def test_the_journal_costs_the_same_however_long_it_is(shown, cast):
    client = signed_in(cast, "belov")
    costs(lambda: client.get(f"{address(shown)}journal/"), more=lambda number: add(shown, cast, number), queries=13)


@pytest.fixture
def asked(case, cast):
    """A request that is no case yet."""
    request = open_request(
        site=cast.msk, actor=cast.actor("smirnova"), now=NOW, vehicle=case.vehicle, customer=case.customer
    )
    request.words.create(text="Гудит на скорости", at=NOW, by=cast.people["smirnova"])
    return request


def test_a_request_shows_its_words_and_what_it_owes(asked, cast):
    response = signed_in(cast, "belov").get(f"/requests/{asked.pk}/")
    assert "Гудит на скорости" in text_of(response)
    assert [row.no for row in response.context["rows"]] == ["1.1", "1.2"]


def test_a_request_that_became_a_case_leads_to_it(case, cast):
    assert signed_in(cast, "belov").get(f"/requests/{case.request_id}/")["Location"] == address(case)


def test_a_request_of_another_site_is_not_found(asked, cast):
    assert signed_in(cast, "nevsky").get(f"/requests/{asked.pk}/").status_code == 404


def test_the_request_page_costs_the_same_however_much_was_said(asked, cast):
    client = signed_in(cast, "belov")
    costs(
        lambda: client.get(f"/requests/{asked.pk}/"),
        more=lambda number: asked.words.create(text=f"Гудит, {number}", at=NOW, by=cast.people["smirnova"]),
        queries=17 + windows("request", asked.pk),
    )
