"""Set-up of a new installation, and the settings that an administrator keeps."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client

from comeback.cases import journal
from comeback.cases.models import Changed, JournalEntry
from comeback.cases.seals import stream_of
from comeback.desk.models import ApiToken
from comeback.desk.tokens import person_of
from comeback.diary.models import Resource
from comeback.registers import clock
from comeback.registers.models import Deputising, FunctionHeld, OpeningHours, Person, Site, SpecialDay
from comeback.registers.staff import functions_of
from comeback.web.setup.hours import parse, written
from comeback.web.setup.starting import engage
from tests.cast import Cast, moscow, set_the_stage

NOW = moscow(2, 10)
TODAY = date(2025, 6, 2)
PASSWORD = "длинный пароль 7"
EVERYTHING = {
    "person_name": "Романова И. А.", "username": "Romanova", "email": "", "password": PASSWORD, "again": PASSWORD,
    "functions": ["after_sales_manager"], "group": "Авто-Север", "name": "Авто-Север Москва", "code": "msk",
    "country": "RU", "zone": "Europe/Moscow", "language": "ru", "currency": "RUB", "labour_cost_rate": "1900,50",
    "labour_door_rate": "3200", "bays": "3", "rooms": "1", "day_0": "9–13, 14:00-19:00", "day_1": "", "day_2": "",
    "day_3": "", "day_4": "", "day_5": "10:00–15:00", "day_6": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen_at(NOW):
        yield


@pytest.fixture
def stranger(db: None) -> Client:
    return Client()


@pytest.mark.parametrize("address", ["/", "/cases/", "/accounts/login/", "/settings/", "/no/such/page/"])
def test_while_there_is_no_person_every_page_leads_to_the_set_up(stranger, address):
    answer = stranger.get(address)
    assert (answer.status_code, answer["Location"]) == (302, "/setup/")


def test_the_set_up_page_can_be_put_into_another_language_before_anything_else(stranger):
    assert '<html lang="ru"' in stranger.get("/setup/").content.decode()
    stranger.post("/preferences/", {"language": "en", "next": "/setup/"})
    assert '<html lang="en"' in stranger.get("/setup/").content.decode()


def test_one_form_makes_administrator_group_site_hours_and_bays_and_signs_in(stranger):
    answer = stranger.post("/setup/", EVERYTHING)
    assert (answer.status_code, answer["Location"]) == (302, "/settings/")
    person, site = Person.objects.get(), Site.objects.get()
    assert (person.username, person.site, site.code, site.group.name) == ("romanova", site, "MSK", "Авто-Север")
    assert (site.labour_cost_rate, site.labour_door_rate) == (190_050, 320_000)
    assert functions_of(person, site, TODAY) == {"administrator", "after_sales_manager"}
    hours = list(OpeningHours.objects.values_list("weekday", "opens", "closes").order_by("weekday", "opens"))
    assert hours == [(0, time(9), time(13)), (0, time(14), time(19)), (5, time(10), time(15))]
    assert list(Resource.objects.order_by("kind", "pk").values_list("kind", "name")) == [
        ("bay", "Пост 1"), ("bay", "Пост 2"), ("bay", "Пост 3"), ("person", "Романова И. А."),
        ("room", "Место приёмки 1"),
    ]  # fmt: skip
    assert stranger.get("/settings/").status_code == 200
    assert JournalEntry.objects.get(stream=stream_of(site)).command == "site.open"


def test_once_there_is_an_administrator_the_set_up_page_is_gone(stranger):
    stranger.post("/setup/", EVERYTHING)
    assert Client().get("/setup/").status_code == 404
    assert Client().post("/setup/", EVERYTHING | {"username": "thief", "code": "XYZ"}).status_code == 404
    assert stranger.get("/setup/").status_code == 404
    assert Client().get("/")["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("password", "короткий"), ("password", "password123"), ("again", "совсем другой пароль"), ("code", "МСК"),
        ("code", "M S"), ("username", "Романова"), ("zone", "Europe/Atlantis"), ("day_0", "с утра до вечера"),
        ("day_0", "19–9"), ("day_0", "9-13, 12-19"), ("day_0", "9-25"), ("labour_cost_rate", "-1"), ("group", ""),
        ("bays", "0"), ("currency", "XXX"),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_named_at_its_field_and_nothing_is_made(stranger, field, value):
    answer = stranger.post("/setup/", EVERYTHING | {field: value})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert EVERYTHING["person_name"] in answer.content.decode()
    assert not Person.objects.exists()
    assert not Site.objects.exists()


def test_a_dealership_without_opening_hours_is_refused(stranger):
    answer = stranger.post("/setup/", EVERYTHING | {"day_0": "", "day_5": ""})
    assert answer.status_code == 422
    assert not Person.objects.exists()


def test_hours_are_written_as_they_are_read():
    assert written(parse("9-13,14.30–19:00")) == "09:00–13:00, 14:30–19:00"
    assert parse(" ") == ()


# --- settings


@pytest.fixture
def cast(db: None) -> Cast:
    cast = set_the_stage()
    engage(cast.people["romanova"], cast.msk, ["administrator"], NOW)
    return cast


@pytest.fixture
def office(cast: Cast) -> Client:
    """Romanova, who is the administrator too."""
    return signed_in(cast.people["romanova"])


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def change(office: Client, person: Person, what: str, **data: object):
    return office.post(f"/settings/people/{person.pk}/{what}/", {k: str(v) for k, v in data.items()})


PAGES = ["/settings/", "/settings/site/", "/settings/people/add/", "/settings/sites/add/"]


@pytest.mark.parametrize("address", PAGES)
def test_settings_are_for_administrators(cast, office, address):
    assert office.get(address).status_code == 200
    assert signed_in(cast.people["belov"]).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_a_function_that_nobody_holds_is_an_open_point_with_what_stops(cast, office):
    FunctionHeld.objects.filter(function="quality_controller").delete()
    (point,) = office.get("/settings/").context["open_points"]
    assert (point.lines, point.stops) == (("5.1",), "G7")
    assert "G7" in office.get("/settings/").content.decode()


def test_a_person_is_added_with_functions_and_a_password_that_is_shown_once(cast, office):
    data = {"name": "Зимин О. О.", "username": "zimin", "functions": ["mechanic", "foreman"], "language": "ru"}
    answer = office.post("/settings/people/add/", data)
    person = Person.objects.get(username="zimin")
    secret = re.search(r'id="secret">([^<]+)<', answer.content.decode())
    assert secret
    assert check_password(secret[1], person.password)
    assert answer["Cache-Control"] == "no-store"
    assert functions_of(person, cast.msk, TODAY) == {"mechanic", "foreman"}
    assert Resource.objects.filter(person=person, site=cast.msk, until=None).exists()
    entry = JournalEntry.objects.get(stream=stream_of(cast.msk))
    assert (entry.command, entry.person_id, entry.function) == (
        "staff.add", cast.people["romanova"].pk, "administrator",
    )  # fmt: skip
    assert secret[1] not in str(entry.detail.content)
    assert list(journal.breaks()) == []


def test_two_people_cannot_have_one_user_name(office, cast):
    data = {"name": "Белов второй", "username": "BELOV", "language": "ru"}
    assert office.post("/settings/people/add/", data).status_code == 422


def test_a_function_is_given_and_ended_by_dates(office, cast):
    belov = cast.people["belov"]
    tomorrow = TODAY + timedelta(days=1)
    assert change(office, belov, "function", function="foreman", since=tomorrow).status_code == 302
    assert "foreman" not in functions_of(belov, cast.msk, TODAY)
    assert "foreman" in functions_of(belov, cast.msk, tomorrow)
    row = FunctionHeld.objects.get(person=belov, function="foreman")
    assert change(office, belov, "function-end", row=row.pk, until=tomorrow).status_code == 302
    assert "foreman" not in functions_of(belov, cast.msk, tomorrow + timedelta(days=1))


def test_a_function_is_not_held_twice_at_once(office, cast):
    answer = change(office, cast.people["belov"], "function", function="service_advisor", since=TODAY)
    assert answer.status_code == 422
    assert "function" in answer.context["forms"]["function"].errors


def test_a_deputy_stands_in_from_to(office, cast):
    belov, romanova = cast.people["belov"], cast.people["romanova"]
    until = TODAY + timedelta(days=7)
    data = {"absent": romanova.pk, "function": "after_sales_manager", "since": TODAY, "until": until}
    assert change(office, belov, "deputy", **data).status_code == 302
    assert "after_sales_manager" in functions_of(belov, cast.msk, until)
    assert "after_sales_manager" not in functions_of(belov, cast.msk, until + timedelta(days=1))
    row = Deputising.objects.get()
    assert change(office, belov, "deputy-end", row=row.pk, until=TODAY - timedelta(days=1)).status_code == 302
    assert "after_sales_manager" not in functions_of(belov, cast.msk, TODAY)


def test_nobody_stands_in_for_a_function_that_the_other_does_not_hold(office, cast):
    data = {"absent": cast.people["orlov"].pk, "function": "foreman", "since": TODAY, "until": TODAY}
    assert change(office, cast.people["belov"], "deputy", **data).status_code == 422


def test_who_is_deactivated_is_signed_out_and_his_token_opens_nothing(office, cast):
    belov = cast.people["belov"]
    his = signed_in(belov)
    token = re.search(r'id="secret">([^<]+)<', change(office, belov, "token", name="DMS").content.decode())
    assert token
    assert person_of(token[1]) == belov
    assert his.get("/method/").status_code == 200
    assert change(office, belov, "deactivate").status_code == 302
    assert his.get("/method/").status_code == 302
    assert person_of(token[1]) is None
    assert change(office, belov, "activate").status_code == 302
    assert person_of(token[1]) == belov


def test_a_revoked_token_opens_nothing(office, cast):
    belov = cast.people["belov"]
    change(office, belov, "token", name="DMS")
    row = ApiToken.objects.get()
    assert change(office, belov, "token-end", row=row.pk).status_code == 302
    row.refresh_from_db()
    assert row.revoked_at == NOW
    assert change(office, belov, "token-end", row=row.pk).status_code == 404


def test_a_new_password_signs_the_person_out_everywhere(office, cast):
    belov = cast.people["belov"]
    his = signed_in(belov)
    secret = re.search(r'id="secret">([^<]+)<', change(office, belov, "password").content.decode())
    belov.refresh_from_db()
    assert secret
    assert check_password(secret[1], belov.password)
    assert his.get("/method/").status_code == 302


def test_the_last_administrator_can_neither_leave_nor_be_shut_out(office, cast):
    romanova = cast.people["romanova"]
    row = FunctionHeld.objects.get(person=romanova, function="administrator")
    assert change(office, romanova, "function-end", row=row.pk, until=TODAY).status_code == 422
    assert change(office, romanova, "deactivate").status_code == 422
    assert change(office, romanova, "password").status_code == 422
    engage(cast.people["smirnova"], cast.msk, ["administrator"], NOW)
    assert change(office, romanova, "function-end", row=row.pk, until=TODAY).status_code == 302


def test_people_of_another_site_are_unknown_here(office, cast):
    nevsky = cast.people["nevsky"]
    assert office.get(f"/settings/people/{nevsky.pk}/").status_code == 404
    assert change(office, nevsky, "password").status_code == 404


def test_who_only_helps_out_here_keeps_password_and_tokens_at_home(office, cast):
    nevsky = cast.people["nevsky"]
    engage(nevsky, cast.msk, ["service_advisor"], NOW)
    assert office.get(f"/settings/people/{nevsky.pk}/").status_code == 200
    for what in ("password", "token", "details", "deactivate"):
        assert change(office, nevsky, what, name="x").status_code == 404
    row = FunctionHeld.objects.get(person=nevsky, site=cast.msk)
    assert change(office, nevsky, "function-end", row=row.pk, until=TODAY).status_code == 302


def test_a_row_of_another_site_cannot_be_ended_from_here(office, cast):
    nevsky = cast.people["nevsky"]
    engage(nevsky, cast.msk, ["mechanic"], NOW)
    row = FunctionHeld.objects.get(person=nevsky, site=cast.spb)
    assert change(office, nevsky, "function-end", row=row.pk, until=TODAY).status_code == 404


def test_new_opening_hours_let_all_deadlines_be_derived_anew(office, cast):
    data = {f"day_{n}": "" for n in range(7)} | {"day_0": "8–20"}
    assert office.post("/settings/site/hours/", data).status_code == 302
    assert list(cast.msk.opening_hours.values_list("weekday", "opens")) == [(0, time(8))]
    assert Changed.objects.get().site == cast.msk
    assert office.post("/settings/site/hours/", dict.fromkeys(data, "")).status_code == 422


def test_rates_are_kept_in_minor_units_and_need_no_deriving(office, cast):
    assert 'value="1\u00a0900"' in office.get("/settings/site/").content.decode()
    data = {"name": "Авто", "zone": "Europe/Moscow", "language": "ru", "labour_cost_rate": "2 000,25",
            "labour_door_rate": "3300"}  # fmt: skip
    assert office.post("/settings/site/details/", data).status_code == 302
    cast.msk.refresh_from_db()
    assert (cast.msk.labour_cost_rate, cast.msk.labour_door_rate) == (200_025, 330_000)
    assert not Changed.objects.exists()
    assert office.post("/settings/site/details/", data | {"zone": "Asia/Omsk"}).status_code == 302
    assert Changed.objects.exists()


def test_national_holidays_are_proposed_and_kept(office, cast):
    proposed = office.get("/settings/site/").context["forms"]["holidays"].proposed
    assert proposed[date(2025, 6, 12)] == "День России"
    assert date(2026, 3, 8) not in proposed, "a Sunday, when the site is closed anyway"
    assert office.post("/settings/site/holidays/", {"days": ["2025-06-12"]}).status_code == 302
    assert SpecialDay.objects.get().note == "День России"
    assert date(2025, 6, 12) not in office.get("/settings/site/").context["forms"]["holidays"].proposed
    assert office.post("/settings/site/holidays/", {"days": ["2025-06-17"]}).status_code == 422


def test_a_special_day_is_kept_changed_and_taken_back(office, cast):
    day = {"date": "2025-06-11", "hours": "10–15", "note": "Короткий день"}
    assert office.post("/settings/site/special-day/", day).status_code == 302
    assert office.post("/settings/site/special-day/", day | {"hours": ""}).status_code == 302
    row = SpecialDay.objects.get()
    assert (row.date, row.opens) == (date(2025, 6, 11), None)
    assert office.post("/settings/site/special-day-end/", {"row": row.pk}).status_code == 302
    assert not SpecialDay.objects.exists()
    assert Changed.objects.count() == 3


def test_bays_are_added_and_taken_out_of_use(office, cast):
    assert office.post("/settings/site/resource/", {"kind": "bay", "name": "Пост 2"}).status_code == 302
    assert office.post("/settings/site/resource/", {"kind": "bay", "name": "Пост 2"}).status_code == 422
    row = Resource.objects.get(name="Пост 2")
    assert office.post("/settings/site/resource-end/", {"row": row.pk}).status_code == 302
    row.refresh_from_db()
    assert row.until == TODAY
    other = Resource.objects.get(site=cast.spb, kind="bay")
    assert office.post("/settings/site/resource-end/", {"row": other.pk}).status_code == 404


def test_another_dealership_of_the_group_is_added(office, cast):
    assert office.post("/settings/sites/add/", EVERYTHING | {"code": "OMS", "zone": "Asia/Omsk"}).status_code == 302
    site = Site.objects.get(code="OMS")
    assert site.group == cast.group
    assert functions_of(cast.people["romanova"], site, TODAY) == {"administrator"}
    assert office.get("/settings/").context["site"] == site


def test_every_change_of_settings_is_in_the_sites_journal(office, cast):
    office.post("/settings/site/resource/", {"kind": "bay", "name": "Пост 2"})
    change(office, cast.people["belov"], "details", name="Белов К.", language="fr")
    commands = (
        JournalEntry.objects.filter(stream=stream_of(cast.msk)).order_by("number").values_list("command", flat=True)
    )
    assert list(commands) == ["site.resource", "staff.details"]
    assert list(journal.breaks()) == []
