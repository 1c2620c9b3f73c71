"""The month's page, its signing, the control tables and the command, as people see them."""

from __future__ import annotations

import argparse
import csv
import io
import json
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from comeback.cases.models import Case, Words
from comeback.registers import clock
from comeback.steps.s9_indicators import cli
from comeback.steps.s9_indicators.charts import bars, pareto
from comeback.steps.s9_indicators.indicators import Figure
from comeback.steps.s9_indicators.models import Signature
from comeback.steps.s9_indicators.prints import month_content
from comeback.steps.s9_indicators.stays import months_before
from comeback.steps.s9_indicators.wording import short_number
from tests.cast import moscow
from tests.steps.s9_indicators.story import Story

NOW = moscow(4, 10)
MAY = "/months/MSK/2025-05/"


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.frozen_at(NOW), translation.override("en"):
        yield


@pytest.fixture
def may(story: Story) -> Case:
    return settled(story)


def settled(story: Story) -> Case:
    case = story.came_back(moscow(5, 9, month=5), moscow(6, 9, month=5))
    at, who = moscow(5, 9, month=5), story.cast.people["smirnova"]
    Words.objects.create(request=case.request, text="=Скрип спереди", at=at, by=who)
    story.costs(case, 96_500_00, date(2025, 5, 20))
    story.says(case, "costs_posted", moscow(20, 9, month=5))
    story.says(case, "case_registered", moscow(6, 8, month=5), value="I1")
    story.visits(4, moscow(12, 9, month=5))
    story.derive()
    return case


def signed_in(story: Story, who: str = "romanova") -> Client:
    person = story.cast.people[who]
    person.language = "en"
    person.save(update_fields=["language"])
    client = Client()
    client.force_login(person)
    return client


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_the_month_shows_its_three_figures_and_the_cases_behind_them(story: Story, may: Case) -> None:
    page = words(signed_in(story), MAY)
    assert "20.0%" in page
    assert "1 of 5 visits" in page
    assert "96,500 ₽" in page
    assert "Workmanship" in page
    assert "Assembly, fastening, torque" in page
    assert "2 days" in page
    assert f'href="/cases/{may.number}/"' in page
    assert 'href="/months/MSK/2025-05/sign/"' in page
    assert "Not signed, preliminary" in page


def test_every_figure_opens_its_cases_in_one_press(story: Story, may: Case) -> None:
    other = story.came_back(moscow(29, 9, month=4), moscow(2, 9, month=5))
    story.says(other, "costs_posted", moscow(2, 9, month=5))
    story.derive()
    client = signed_in(story)
    assert other.number not in words(client, MAY)
    for code in ("K3", "K4"):
        assert f'href="?of={code}#cases"' in words(client, MAY)
        assert other.number in words(client, f"{MAY}?of={code}")


def test_an_unknown_figure_is_the_first_one(story: Story, may: Case) -> None:
    assert "Behind: Comebacks" in words(signed_in(story), f"{MAY}?of=nonsense")


def test_the_obstacle_is_named_with_who_can_supply_it(story: Story, may: Case) -> None:
    other = story.came_back(moscow(28, 9, month=5), moscow(31, 9, month=5))
    page = words(signed_in(story), MAY)
    assert "1 obstacle:" in page
    assert str(other) in page
    assert "costs are not posted, Громова Л. И." in page
    assert 'aria-disabled="true"' in page


def test_the_running_month_is_the_first_page(story: Story, may: Case) -> None:
    page = words(signed_in(story), "/indicators/")
    assert "June 2025" in page
    assert "the month ends on 30 Jun 2025" in page


def test_whoever_does_not_sign_reads_the_month_without_the_button(story: Story, may: Case) -> None:
    page = words(signed_in(story, "orlov"), MAY)
    assert "20.0%" in page
    assert "/sign/" not in page


def test_a_month_of_another_site_is_unknown(story: Story, may: Case) -> None:
    assert signed_in(story, "nevsky").get(MAY).status_code == 404


def test_a_month_is_signed_on_its_page(story: Story, may: Case) -> None:
    client = signed_in(story)
    page = words(client, f"{MAY}sign/")
    assert "What you sign" in page
    assert "20.0%" in page
    assert "Number of visits" not in page
    answer = client.post(f"{MAY}sign/", {"key": "once", "turnover": "4825000.00", "turnover_source": "1С"})
    assert (answer.status_code, answer["Location"]) == (302, MAY)
    assert Signature.objects.get().given["turnover"] == 482_500_000
    assert "Signed" in words(client, MAY)


def test_a_signed_month_shows_what_changed_since(story: Story, may: Case) -> None:
    client = signed_in(story)
    client.post(f"{MAY}sign/", {"key": "once"})
    story.ends(may, "withdrawn", moscow(4, 11))
    story.derive()
    page = words(client, MAY)
    assert "Changed since it was signed" in page
    assert "restate/" in page
    assert page.index("20.0%") < page.index("0.0%")
    answer = client.post(f"{MAY}restate/", {"key": "again", "reason": "Обращение снято после приёмки"})
    assert answer.status_code == 302
    assert "restated: Обращение снято после приёмки" in words(client, MAY)


def test_the_cases_leave_as_csv_and_words_are_no_formulas(story: Story, may: Case) -> None:
    answer = signed_in(story).get(f"{MAY}cases.csv?of=K1")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [(row["case"], row["days"], row["cost"]) for row in rows] == [(may.number, "2", "96500.00")]
    assert rows[0]["words"] == "'=Скрип спереди"


def test_the_month_is_printed_with_the_seal_that_it_was_signed_under(story: Story, may: Case) -> None:
    client = signed_in(story)
    client.post(f"{MAY}sign/", {"key": "once"})
    signature = Signature.objects.get()
    signature.seal = {"stream": "site:1", "number": 7, "hash": "ab12"}
    content = month_content(may.site.months.get(), signature, NOW)
    assert content["figures"]["rows"][0] == ["9.1 Comebacks", "20.0%", "1 of 5", ""]
    assert [row[0] for row in content["register"]["rows"]] == [short_number(may)]
    assert "ab12" in content["seal"]
    answer = client.get(f"{MAY}sheet.pdf")
    assert answer.content == client.get(f"{MAY}sheet.pdf").content
    assert answer.content.startswith(b"%PDF")


def test_a_month_that_is_not_signed_says_so_on_paper(story: Story, may: Case) -> None:
    content = month_content(story.month(date(2025, 5, 1)), None, NOW)
    assert content["state"].startswith("Not signed, preliminary")
    assert content["signatures"] == ["After-sales manager, date"]


def test_the_control_table_has_as_many_comebacks_as_the_share_counts(story: Story, may: Case) -> None:
    awaited = story.comeback(None, opened=moscow(30, 9, month=5))
    story.ends(story.came_back(moscow(7, 9, month=5)), "withdrawn", moscow(8, 9, month=5))
    story.derive()
    page = words(signed_in(story), "/control/?month=2025-05")
    assert "1 comeback received" in page
    assert "1 check, passed 1" in page
    register, later = page.split('id="awaited"')
    assert may.number in register
    assert awaited.number not in register
    assert awaited.number in later


@pytest.mark.parametrize("month", ["", "nonsense", "2025-13", "1999-12", "0001-01"])
def test_a_month_that_makes_no_sense_is_the_running_one_or_empty(story: Story, month: str) -> None:
    assert "No comeback was received in this month." in words(signed_in(story), f"/control/?month={month}")


def test_there_are_months_for_a_hundred_years(story: Story) -> None:
    client = signed_in(story)
    for address in ("/months/MSK/2000-01/", "/months/MSK/2099-12/", "/control/?month=2099-12"):
        assert client.get(address).status_code == 200
    for address in (
        "/months/MSK/1999-12/",
        "/months/MSK/2025-13/",
        "/months/MSK/2025-13/sign/",
        "/months/XYZ/2025-05/",
    ):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [MAY, f"{MAY}?of=K2", f"{MAY}sign/", "/control/?month=2025-05"])
def test_the_number_of_queries_does_not_grow_with_the_cases(story: Story, address: str) -> None:
    client, counts = signed_in(story), []
    for number in (1, 3):
        for _ in range(number):
            settled(story)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_bars_stand_on_one_line_and_a_month_without_anything_has_none() -> None:
    months = months_before(date(2025, 5, 1), 3)
    figures = [Figure("K1", "percent", *given, 100) for given in zip(months, (5, 0, 10), strict=True)]
    first, second, third = bars(figures, [date(2025, 3, 1)])
    assert {bar.y + bar.height for bar in (first, second, third)} == {122}
    assert (first.height, second.height, third.height) == (50, 0, 100)
    assert (first.open, third.open, third.current) == (False, True, True)


def test_negative_money_makes_no_negative_bar() -> None:
    assert bars([Figure("K2", "money", date(2025, 5, 1), -100, None)], [])[0].height == 0


def test_causes_are_heavy_until_two_thirds_are_explained() -> None:
    found = pareto([("D2", 40, 1), ("I1", 30, 4), ("D1", 20, 1), ("", 10, 1)])
    assert [(it.group, it.share, it.heavy) for it in found] == [("D", 60, True), ("I", 90, True), ("", 100, False)]
    assert (found[0].codes, found[0].cases) == (("D1", "D2"), 2)
    assert pareto([("D1", -5, 1)])[0].width == 0


def run(capsys, **more) -> tuple[int, str]:
    options = argparse.Namespace(site="MSK", month=date(2025, 5, 1), format="table")
    vars(options).update(more)
    return cli.run(options), capsys.readouterr().out


def test_the_command_prints_the_month_as_json_csv_and_table(story: Story, may: Case, capsys) -> None:
    code, out = run(capsys, format="json")
    report = json.loads(out)
    rows = {row["code"]: row for row in report["indicators"]}
    assert (code, report["month"], report["signed_at"]) == (0, "2025-05", None)
    assert rows["K1"] | {"name": ""} == {
        "code": "K1", "name": "", "value": "20.0", "numerator": 1, "denominator": 5, "unit": "%", "restated": None
    }  # fmt: skip
    assert (rows["K2"]["value"], rows["K2"]["unit"]) == ("96500.00", "RUB")
    _code, out = run(capsys, format="csv")
    assert next(csv.DictReader(io.StringIO(out)))["value"] == "20.0"
    _code, out = run(capsys)
    assert out.startswith("MSK 2025-05, not signed\nK1 ")
    assert "1/5" in out


def test_the_command_prints_a_dash_where_there_are_no_visits(story: Story, capsys) -> None:
    code, out = run(capsys, month=date(2024, 1, 1))
    assert code == 0
    assert "—" in out
    _code, out = run(capsys, month=date(2024, 1, 1), format="json")
    assert json.loads(out)["indicators"][0]["value"] is None


def test_the_command_knows_its_sites_and_months(story: Story, capsys) -> None:
    assert run(capsys, site="XYZ")[0] == 2
    with pytest.raises(argparse.ArgumentTypeError):
        cli._month("May")
