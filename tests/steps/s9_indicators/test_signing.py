"""A month is signed from its evidence, frozen, and restated beside what was signed."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from comeback.cases.commands import Command
from comeback.cases.deriving import progress_of
from comeback.cases.models import Case, Changed
from comeback.cases.perform import perform
from comeback.cases.windows import facts_of
from comeback.method.refusal import Refused
from comeback.steps.s9_indicators.models import Signature
from comeback.steps.s9_indicators.queries import changes, obstacles, signatures_of
from tests.cast import moscow
from tests.steps.s9_indicators.story import Story

MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)
NOW = moscow(4, 10)


def sign(story: Story, *, first: date = MAY, now: datetime = NOW, who: str = "romanova", act: str = "sign", **given):
    command = Command(act, story.month(first), given)
    return perform(command, actor=story.cast.actor(who), now=now, key=f"{act} {first} {now}").results[0]


@pytest.fixture
def may(story: Story) -> Case:
    """One comeback of five visits, handed over and posted in May."""
    story.visits(4, moscow(12, 9, month=5))
    case = story.came_back(moscow(5, 9, month=5), moscow(6, 9, month=5))
    story.costs(case, 96_500_00, date(2025, 5, 20))
    story.says(case, "costs_posted", moscow(20, 9, month=5))
    story.derive()
    return case


def test_signing_freezes_the_figures_with_the_cases_behind_each(story: Story, may: Case) -> None:
    signature = sign(story)
    assert signature.figures["K1"] == {"top": 1, "bottom": 5, "value": "20.0", "cases": {may.number: 1}}
    assert signature.figures["K2"]["top"] == 96_500_00
    assert signature.figures["K3"]["cases"] == {may.number: 2}
    assert (signature.by, signature.function, signature.formulas) == (
        story.cast.people["romanova"],
        "after_sales_manager",
        1,
    )
    assert "K12" not in signature.figures  # goes on ripening


def test_a_month_with_a_comeback_that_is_not_posted_cannot_be_signed(story: Story, may: Case) -> None:
    other = story.came_back(moscow(28, 9, month=5), moscow(31, 9, month=5))
    with pytest.raises(Refused) as refused:
        sign(story)
    (missing,) = refused.value.missing
    assert (missing.need, missing.by) == ("costs_posted", ("billing_clerk",))
    assert other.number in missing.text
    assert not Signature.objects.exists()


def test_a_posting_that_no_longer_holds_does_not_count_as_posted(story: Story, may: Case) -> None:
    story.says(may, "costs_posted", moscow(20, 9, month=5), void="Lines were added")
    assert [it.case for it in obstacles(story.month(MAY), NOW)] == [may]


def test_a_comeback_that_was_withdrawn_need_not_be_posted(story: Story, may: Case) -> None:
    other = story.came_back(moscow(28, 9, month=5), moscow(31, 9, month=5))
    story.ends(other, "withdrawn", moscow(1, 9))
    assert obstacles(story.month(MAY), NOW) == []


def test_a_comeback_handed_over_in_june_does_not_hold_up_may(story: Story, may: Case) -> None:
    story.came_back(moscow(28, 9, month=5), moscow(1, 0, 30))
    assert obstacles(story.month(MAY), NOW) == []


@pytest.mark.parametrize(("day", "ready"), [(31, False), (32, True)])
def test_a_month_is_signed_when_it_is_over_in_site_time(story: Story, may: Case, day: int, ready: bool) -> None:
    now = moscow(31, 23, 59, month=5) if day == 31 else moscow(1, 0, 0)
    assert (obstacles(story.month(MAY), now) == []) is ready


def test_only_the_manager_signs(story: Story, may: Case) -> None:
    for who in ("belov", "gromova", "laptev"):
        with pytest.raises(Refused) as refused:
            sign(story, who=who)
        assert refused.value.kind == "function"


def test_a_month_is_signed_once(story: Story, may: Case) -> None:
    sign(story)
    with pytest.raises(Refused) as refused:
        sign(story, now=moscow(4, 11))
    assert refused.value.kind == "changed"


def test_a_late_withdrawal_shows_beside_the_signed_figure(story: Story, may: Case) -> None:
    sign(story)
    story.ends(may, "withdrawn", moscow(5, 9))
    story.derive()
    signature = signatures_of(story.cast.msk, [MAY])[MAY]
    found = {change.now.code: (str(change.signed), str(change.now)) for change in changes(signature, moscow(5, 10))}
    assert found["K1"] == ("20.0", "0.0")
    assert found["K2"] == ("9650000", "0")
    assert Signature.objects.get().figures["K1"]["value"] == "20.0"


def test_restating_keeps_what_was_signed_and_says_why(story: Story, may: Case) -> None:
    signed = sign(story)
    story.ends(may, "withdrawn", moscow(5, 9))
    restated = sign(story, act="restate", now=moscow(5, 10), reason="Обращение снято после приёмки")
    signed.refresh_from_db()
    assert (signed.figures["K1"]["top"], restated.figures["K1"]["top"], restated.version) == (1, 0, 2)
    assert changes(signatures_of(story.cast.msk, [MAY])[MAY], moscow(5, 11)) == []


def test_there_is_nothing_to_restate_while_nothing_has_changed(story: Story, may: Case) -> None:
    with pytest.raises(Refused, match="month_signed"):
        sign(story, act="restate", reason="Просто так, проверка")
    sign(story)
    with pytest.raises(Refused) as refused:
        sign(story, act="restate", now=moscow(5, 10), reason="Просто так, проверка")
    assert refused.value.kind == "changed"
    with pytest.raises(Refused) as refused:
        sign(story, act="restate", now=moscow(5, 11), reason="нет")
    assert refused.value.missing[0].field == "reason"


def test_without_visits_their_number_is_entered_with_its_source(story: Story) -> None:
    case = story.came_back(moscow(5, 9, month=5), moscow(6, 9, month=5))
    story.says(case, "costs_posted", moscow(20, 9, month=5))
    for given, field in [({}, "visits"), ({"visits": 214}, "visits_source"), ({"visits": 0}, "visits")]:
        with pytest.raises(Refused) as refused:
            sign(story, now=moscow(4, 10, len(given)), **given)
        assert refused.value.missing[0].field == field
    signature = sign(story, now=moscow(4, 12), visits=214, visits_source="Журнал приёмки")
    assert signature.figures["K1"] == {"top": 1, "bottom": 214, "value": "0.5", "cases": {case.number: 1}}
    assert signature.given == {"visits": 214, "visits_source": "Журнал приёмки"}
    assert changes(signature, moscow(4, 13)) == []


def test_a_number_of_visits_is_not_typed_over_visits_that_are_known(story: Story, may: Case) -> None:
    with pytest.raises(Refused) as refused:
        sign(story, visits=1000, visits_source="Красивее")
    assert refused.value.missing[0].field == "visits"


def test_the_share_of_the_turnover_is_frozen_with_its_source(story: Story, may: Case) -> None:
    signature = sign(story, turnover=482_500_000, turnover_source="1С, оборот за май")
    assert signature.figures["K17"]["value"] == "2.0"


def test_what_is_signed_rests_on_evidence_not_on_a_stale_row(story: Story, may: Case) -> None:
    story.ends(may, "withdrawn", moscow(1, 9))  # nothing derived the car anew
    assert sign(story).figures["K1"]["top"] == 0


def test_a_signed_month_makes_its_lines_done(story: Story, may: Case) -> None:
    month = story.month(MAY)
    assert {item.state for item in progress_of(month, NOW).lines.values()} == {"due"}
    sign(story)
    assert {item.state for item in progress_of(month, NOW).lines.values()} == {"done"}


def test_step_nine_of_a_case_turns_green_when_all_its_months_are_signed(story: Story, may: Case) -> None:
    over = story.came_back(moscow(28, 9, month=5), moscow(2, 9))
    story.says(over, "costs_posted", moscow(3, 9))
    story.visits(1, moscow(3, 9))
    sign(story)
    assert {row.subject_id for row in Changed.objects.filter(kind="case")} == {may.pk, over.pk}
    assert signed(may, over) == [True, False]
    sign(story, first=JUNE, now=moscow(2, 9, month=7))
    assert signed(may, over) == [True, True]


def test_costs_posted_later_want_the_later_month_signed_too(story: Story, may: Case) -> None:
    sign(story)
    story.costs(may, 100, date(2025, 6, 3))
    assert signed(may) == [False]


def test_a_car_that_is_still_in_is_not_signed(story: Story, may: Case) -> None:
    inside = story.came_back(moscow(28, 9, month=5))
    sign(story)
    assert signed(inside) == [False]


def signed(*cases: Case) -> list[bool]:
    facts = facts_of("case", [case.pk for case in cases])
    return ["month_signed" in facts[case.pk] for case in cases]
