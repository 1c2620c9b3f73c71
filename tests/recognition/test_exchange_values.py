"""Single cells of the exchange files."""

# ruff: noqa: DTZ001 (the files hold times of the site, without a zone)

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comeback.recognition.exchange import Refused, reason_codes, values
from comeback.recognition.exchange.refusals import Unreadable


@pytest.mark.parametrize(
    "written",
    ["2026-02-13 12:14", "2026-02-13T12:14:00", "13.02.2026 12:14", "13/02/2026 12:14", "2026-02-13 12:14:00.5"],
)
def test_dates_are_read_as_the_time_of_the_site(written: str) -> None:
    assert values.moment(written) == datetime(2026, 2, 13, 12, 14)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2026-02-13T12:14:00Z", "date_has_offset"),
        ("2026-02-13 12:14+03:00", "date_has_offset"),
        ("31.02.2026", "bad_date"),
        ("завтра", "bad_date"),
        ("0026-02-13", "date_out_of_range"),
    ],
)
def test_dates_that_could_be_read_wrongly_are_refused(written: str, reason: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        values.moment(written)
    assert refusal.value.reason_code == reason


@pytest.mark.parametrize(
    ("written", "minor"),
    [
        ("98.36", 9836),
        ("8 513,00", 851300),
        ("1 234,5", 123450),
        ("1,234.50", 123450),
        ("1.234,50 €", 123450),
        ("0.005", 1),
    ],
)
def test_money_becomes_whole_minor_units(written: str, minor: int) -> None:
    assert values.minor_units(written, "EUR") == minor


def test_a_currency_without_minor_unit_is_kept_whole() -> None:
    assert values.minor_units("1500", "JPY") == 1500


@pytest.mark.parametrize(("written", "minutes"), [("1.5", 90), ("1,1", 66), ("1:30", 90), ("0", 0)])
def test_labour_hours_become_minutes(written: str, minutes: int) -> None:
    assert values.minutes(written) == minutes


@pytest.mark.parametrize(("written", "km"), [("163187", 163187), ("163 187 км", 163187), ("163187.0", 163187)])
def test_odometers_are_whole_kilometres(written: str, km: int) -> None:
    assert values.odometer(written) == km


@pytest.mark.parametrize("written", ["-5", "99999999", "много"])
def test_odometers_that_cannot_be_are_refused(written: str) -> None:
    with pytest.raises(Unreadable):
        values.odometer(written)


def test_a_planned_return_is_a_word_or_a_day() -> None:
    assert values.day_or_flag("да") == (True, None)
    assert values.day_or_flag("") == (False, None)
    assert values.day_or_flag("12.03.2026") == (True, date(2026, 3, 12))


def test_an_empty_cell_is_nothing() -> None:
    assert values.moment("  ") is values.odometer("") is values.minor_units("", "") is values.minutes("") is None


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_any_amount_survives_both_ways_of_writing(amount: Decimal) -> None:
    assert values.minor_units(f"{amount}", "RUB") == values.minor_units(f"{amount}".replace(".", ","), "RUB")
    assert values.minor_units(f"{amount}", "RUB") == int(amount * 100)


@given(st.text(max_size=30))
def test_no_cell_breaks_the_reader(text: str) -> None:
    for read in (values.moment, values.odometer, values.whole, values.decimal, values.minutes, values.flag):
        assert _reason(read, text) in {*reason_codes(), ""}


def _reason(read: Callable[[str], object], text: str) -> str:
    try:
        read(text)
    except Unreadable as refusal:
        return refusal.reason_code
    return ""


def test_every_refusal_has_its_words_in_three_languages() -> None:
    for code in reason_codes():
        assert all(Refused(3, "", code).sentence(language) for language in ("ru", "en", "fr")), code
