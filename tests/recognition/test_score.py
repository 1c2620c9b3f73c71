"""The points of requirements 3.5: its checked examples, and what must hold for any of them."""

from datetime import UTC, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comeback.recognition import PastLine, PastOrder, Request, recognise
from tests.recognition.cast import NOW, ask, codes, past

OTHER_WORK = {"complaint": "", "lines": (PastLine("labour", "", "Замена генератора"),)}
SAME_PART = {"complaint": "", "lines": (PastLine("labour", "", "Замена стоек стабилизатора"),)}
SAME_SYSTEM = {"complaint": "", "lines": (PastLine("labour", "", "Ремонт подвески"),)}


def test_same_symptom_21_days_900_km_is_70() -> None:
    answer = ask("скрип спереди", past(21, 900))
    assert (answer.score, answer.verdict, answer.order_no) == (70, "comeback", "ЗН-1507")


def test_again_the_same_squeak_is_70_as_in_the_example_of_the_booking() -> None:
    assert ask("опять скрип спереди", past(21, 900)).score == 70


def test_same_system_12_days_800_km_is_50() -> None:
    answer = ask("амортизаторы посмотреть", past(12, 800, **SAME_SYSTEM))
    assert (answer.score, answer.verdict) == (50, "ask")


def test_same_part_200_days_12000_km_is_35() -> None:
    answer = ask("стойки стабилизатора", past(200, 12_000, **SAME_PART))
    assert (answer.score, answer.verdict) == (35, "ask")


def test_same_symptom_300_days_20000_km_is_45() -> None:
    assert ask("скрип спереди", past(300, 20_000)).score == 45


def test_planned_second_visit_6_days_120_km_is_20_and_asks_nothing() -> None:
    answer = ask("скрип спереди", past(6, 120, planned_return=True))
    assert (answer.score, answer.verdict, answer.question) == (20, "new", None)


def test_a_slot_that_belongs_to_a_parts_order_is_planned() -> None:
    assert ask("скрип спереди", past(6, 120), planned=True).score == 20


def test_maintenance_5_days_300_km_is_minus_10() -> None:
    answer = ask("записаться на ТО", past(5, 300, **OTHER_WORK))
    assert (answer.score, answer.verdict) == (-10, "new")


def test_no_match_5_days_300_km_is_20() -> None:
    assert ask("не работает магнитола", past(5, 300, **OTHER_WORK)).score == 20


def test_claim_only_120_days_6000_km_is_raised_to_35() -> None:
    answer = ask("не работает магнитола", past(120, 6_000, **OTHER_WORK), claimed=True)
    assert (answer.score, answer.verdict) == (35, "ask")
    assert answer.question is not None


def test_bad_follow_up_and_same_symptom_2_days_60_km_is_120() -> None:
    assert ask("скрип спереди", past(2, 60, follow_up="negative")).score == 120


def test_you_did_it_already_with_nothing_to_match_must_be_answered() -> None:
    answer = ask("вы уже делали, не помогло")
    assert (answer.score, answer.verdict, answer.order_no) == (35, "ask", "")


def test_same_trouble_code_is_30() -> None:
    answer = ask("ошибка P0301", past(400, 40_000, **OTHER_WORK, dtc=("P0301",)))
    assert next(reason.points for reason in answer.reasons if reason.code == "same_dtc") == 30


def test_a_smaller_odometer_is_told_and_gives_nothing() -> None:
    answer = ask("скрип спереди", past(21, -300))
    assert answer.score == 60
    assert "odometer_less" in codes(answer)


def test_an_unknown_odometer_gives_nothing() -> None:
    assert ask("скрип спереди", past(21), odometer_km=None).score == 60


@pytest.mark.parametrize(("result", "points"), [("not_reproduced", 15), ("temporary", 15), ("fixed", 0)])
def test_an_earlier_result_counts(result: str, points: int) -> None:
    assert ask("скрип спереди", past(21, 900, result=result)).score == 70 + points


def test_work_that_the_customer_had_refused_is_no_comeback() -> None:
    assert ask("скрип тормозов", past(21, 900, **OTHER_WORK, refused_work="замена колодок")).score < 0


def test_codes_chosen_by_the_receptionist_count_like_words() -> None:
    assert ask("", past(21, 900), symptoms=("squeak",)).score == 70


def test_more_than_a_year_later_a_person_decides() -> None:
    answer = ask("опять скрип, вы же меняли стойки, не помогло", past(380, 300))
    assert (answer.verdict, answer.question and answer.question.code) == ("ask", "long_ago")


def test_a_little_over_a_year_later_the_same_part_is_still_asked_about() -> None:
    assert ask("стойки стабилизатора", past(395, 30_000, **SAME_PART)).verdict == "ask"
    assert ask("стойки стабилизатора, износ", past(395, 30_000, **SAME_PART)).verdict == "new"
    assert ask("стойки стабилизатора", past(500, 30_000, **SAME_PART)).verdict == "new"


def test_an_order_that_was_not_yet_opened_does_not_count() -> None:
    assert ask("скрип спереди", past(-1)).candidates == ()


def test_the_failed_order_need_not_be_the_newest() -> None:
    wash = past(1, 10, order_no="ЗН-1600", complaint="мойка", lines=(PastLine("labour", "", "Мойка кузова"),))
    assert ask("опять скрипит спереди", wash, past(21, 900)).order_no == "ЗН-1507"


def test_days_are_calendar_days_of_the_site() -> None:
    moscow = timezone(timedelta(hours=3))
    closed = NOW.replace(hour=22, tzinfo=UTC) - timedelta(days=8)
    order = PastOrder("1", closed, closed, complaint="скрип")
    answer = recognise([order], Request("скрип"), now=NOW.replace(tzinfo=moscow))
    assert answer.reasons[0].params["days"] == 7


@settings(max_examples=60)
@given(
    days=st.integers(0, 729),
    km=st.integers(0, 40_000),
    text=st.sampled_from(
        ["скрип спереди", "опять скрип", "стойки", "не помогло", "ТО", "туманка", "вы меняли стойки, стучит", ""]
    ),
)
def test_the_points_of_the_reasons_are_the_score(days: int, km: int, text: str) -> None:
    answer = ask(text, past(days, km), past(days // 2, km // 2, order_no="2", **OTHER_WORK))
    assert sum(reason.points for reason in answer.reasons) == answer.score
    assert all(sum(r.points for r in one.reasons) == one.score for one in answer.candidates)


@settings(max_examples=60)
@given(days=st.integers(0, 364), later=st.integers(0, 365), km=st.integers(0, 20_000), further=st.integers(0, 20_000))
def test_longer_ago_and_further_driven_never_score_higher(days: int, later: int, km: int, further: int) -> None:
    near, far = ask("скрип спереди", past(days, km)), ask("скрип спереди", past(days + later, km + further))
    assert near.score >= far.score


@settings(max_examples=40)
@given(days=st.integers(0, 729), km=st.integers(0, 20_000))
def test_saying_again_never_scores_lower_and_always_asks(days: int, km: int) -> None:
    plain, again = ask("скрип спереди", past(days, km)), ask("опять скрип спереди", past(days, km))
    assert again.score >= min(plain.score, 59)
    assert again.verdict != "new"


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_no_words_break_it(text: str) -> None:
    answer = ask(text, past(10), past(400, complaint=text))
    assert answer.verdict in {"comeback", "ask", "new"}
