"""How figures and moments are written in the three languages."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from comeback.config.translations import compile_all
from comeback.desk import formats, ordinals

MOSCOW = ZoneInfo("Europe/Moscow")
NOON = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # 12:00 in Moscow, a Tuesday


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    compile_all()


def spaced(text: str) -> str:
    """No-break spaces as ordinary ones, to compare by eye."""
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "minor", "currency", "shown"),
    [
        ("ru", 9_650_000, "RUB", "96 500 ₽"),
        ("ru", -1250, "EUR", "−12,50 €"),
        ("ru", 0, "RUB", "0 ₽"),
        ("fr", 123_456_00, "EUR", "123 456 €"),
        ("en", 120_000, "GBP", "£1,200"),
        ("en", -120_050, "GBP", "−£1,200.50"),
        ("en", 9_650_000, "RUB", "96,500 ₽"),
        ("en", 1500, "JPY", "1,500 JPY"),
    ],
)
def test_money_is_written_as_the_language_writes_it(language: str, minor: int, currency: str, shown: str) -> None:
    with translation.override(language):
        assert spaced(formats.money(minor, currency)) == shown


@given(st.integers(-(10**12), 10**12))
def test_money_never_loses_a_kopeck(minor: int) -> None:
    with translation.override("ru"):
        text = formats.money(minor, "RUB")
    whole, _, cents = text.removesuffix("₽").strip().replace("\u00a0", "").replace("−", "-").partition(",")
    sign = -1 if text.startswith("−") else 1
    assert sign * (abs(int(whole)) * 100 + int(cents or 0)) == minor


def test_money_and_its_sign_are_never_torn_apart() -> None:
    with translation.override("ru"):
        assert " " not in formats.money(9_650_000, "RUB")


@pytest.mark.parametrize(
    ("minutes", "russian", "english"),
    [(0, "0 мин", "0 min"), (35, "35 мин", "35 min"), (70, "1 ч 10 м", "1 h 10 m"), (65, "1 ч 05 м", "1 h 05 m"),
     (21 * 60 + 5, "21 ч", "21 h"), (71 * 60, "71 ч", "71 h"), (24 * 60 * 5, "5 дней", "5 days")],
)  # fmt: skip
def test_a_length_of_time_is_said_as_short_as_possible(minutes: int, russian: str, english: str) -> None:
    with translation.override("ru"):
        assert formats.duration(minutes) == russian
    with translation.override("en"):
        assert formats.duration(minutes) == english


def test_lateness_carries_a_minus_sign() -> None:
    with translation.override("ru"):
        assert spaced(formats.time_left(NOON - timedelta(minutes=35), NOON)) == "−35 мин"
        assert spaced(formats.time_left(NOON + timedelta(minutes=70), NOON)) == "1 ч 10 м"


@pytest.mark.parametrize(("minutes", "state"), [(-1, "over"), (0, "soon"), (120, "soon"), (121, "ok")])
def test_a_clock_is_amber_in_its_last_two_hours(minutes: int, state: str) -> None:
    assert formats.clock_state(NOON + timedelta(minutes=minutes), NOON) == state


@pytest.mark.parametrize(
    ("language", "shown"), [("ru", "вт 24.11, 12:00"), ("fr", "mar. 24/11, 12:00"), ("en", "Tue 24 Nov, 12:00")]
)
def test_a_moment_is_shown_on_the_clock_of_the_site(language: str, shown: str) -> None:
    with translation.override(language):
        assert spaced(formats.when(NOON, MOSCOW)) == shown


def test_the_year_is_shown_when_it_is_not_this_year() -> None:
    with translation.override("ru"):
        last_year = NOON.replace(year=2025)
        assert spaced(formats.when(last_year, MOSCOW, NOON)) == "пн 24.11.2025, 12:00"
        assert spaced(formats.when(NOON, MOSCOW, NOON)) == "вт 24.11, 12:00"


@pytest.mark.parametrize(
    ("days", "shown"), [(0, "12:00"), (1, "завтра 12:00"), (-1, "вчера 12:00"), (3, "пт 27.11, 12:00")]
)
def test_near_days_are_called_by_their_words(days: int, shown: str) -> None:
    with translation.override("ru"):
        assert spaced(formats.short_when(NOON + timedelta(days=days), MOSCOW, NOON)) == shown


def test_tomorrow_begins_at_the_midnight_of_the_site() -> None:
    late_evening_utc = datetime(2026, 11, 24, 21, 30, tzinfo=UTC)  # 00:30 of the 25th in Moscow
    with translation.override("ru"):
        assert formats.short_when(late_evening_utc, MOSCOW, NOON) == "завтра 00:30"


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("ru", "Вторник, 24 ноября, 12:00", "Ноябрь 2026"),
        ("fr", "Mardi 24 novembre, 12:00", "Novembre 2026"),
        ("en", "Tuesday 24 November, 12:00", "November 2026"),
    ],
)
def test_headings_of_days_and_months(language: str, day: str, month: str) -> None:
    with translation.override(language):
        assert spaced(formats.day_title(NOON, MOSCOW)) == day
        assert spaced(formats.month_title(date(2026, 11, 1))) == month


def test_a_plain_date_needs_no_time_zone() -> None:
    with translation.override("fr"):
        assert formats.day(date(2026, 11, 3)) == "03/11/2026"
    with translation.override("en"):
        assert formats.day(date(2026, 11, 3)) == "3 Nov 2026"


@pytest.mark.parametrize(
    ("language", "kilometres", "share"),
    [("ru", "88 430 км", "4,2 %"), ("fr", "88 430 km", "4,2 %"), ("en", "88,430 km", "4.2%")],
)
def test_distances_and_shares(language: str, kilometres: str, share: str) -> None:
    with translation.override(language):
        assert spaced(formats.km(88_430)) == kilometres
        assert spaced(formats.percent(4.2)) == share


@pytest.mark.parametrize(
    ("language", "level", "words"),
    [("ru", 1, "1-й возврат"), ("fr", 1, "1er retour"), ("fr", 2, "2e retour"), ("en", 2, "2nd return"),
     ("en", 3, "3rd return"), ("en", 11, "11th return"), ("en", 21, "21st return")],
)  # fmt: skip
def test_levels_of_return_in_words(language: str, level: int, words: str) -> None:
    with translation.override(language):
        assert ordinals.level_words(level) == words
