"""Who may: held functions, deputies, people lent to a case; by the day of the site."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from comeback.cases.acting import Actor, functions_at
from comeback.cases.commands import Command
from comeback.cases.models import Lent
from comeback.cases.perform import perform
from comeback.desk.acting import actor_for
from comeback.method.refusal import Refused
from comeback.registers import clock
from comeback.registers.models import Deputising, FunctionHeld
from tests.cast import engage, moscow

NOW = moscow(2, 10)
LAST_DAY = date(2025, 6, 2)
DECISION = {"needed": False, "reason": "Эксперт в отпуске до пятницы"}


def decide(case, actor, now=NOW):
    return perform(Command("1.3/decision", case, DECISION), actor=actor, now=now, key="k1")


def refusal_of(case, actor, now=NOW):
    with pytest.raises(Refused) as refused:
        decide(case, actor, now)
    return refused.value


def held_until(cast, name, day):
    FunctionHeld.objects.filter(person=cast.people[name]).update(until=day)
    return cast.actor(name)


def test_a_function_holds_to_the_end_of_its_last_day_at_the_site(case, cast):
    lead = held_until(cast, "smirnova", LAST_DAY)
    assert functions_at(lead, cast.msk, moscow(2, 23, 59)) == {"reception_lead"}
    assert functions_at(lead, cast.msk, moscow(3, 0)) == frozenset()  # in Greenwich it is still the second
    assert refusal_of(case, lead, moscow(3, 0)).kind == "unknown"


@pytest.mark.parametrize(("hour", "welcome"), [(0, False), (2, False)])
def test_whoever_left_yesterday_does_not_come_in_after_midnight_of_the_site(cast, hour, welcome):
    held_until(cast, "smirnova", LAST_DAY)
    with clock.frozen_at(moscow(3, hour)), pytest.raises(Refused):
        actor_for(cast.people["smirnova"])


def test_whoever_begins_today_comes_in_at_midnight_of_the_site(cast):
    fresh = engage("fresh", "Новикова", cast.msk)
    FunctionHeld.objects.create(person=fresh, site=cast.msk, function="mechanic", since=date(2025, 6, 3))
    with clock.frozen_at(moscow(3, 0, 30)):
        assert actor_for(fresh).site == cast.msk
    with clock.frozen_at(moscow(2, 23, 30)), pytest.raises(Refused):
        actor_for(fresh)


def test_a_deputy_does_it_in_the_days_of_his_deputising(case, cast):
    Deputising.objects.create(
        deputy=cast.people["laptev"], absent=cast.people["smirnova"], site=cast.msk, function="reception_lead",
        since=LAST_DAY, until=LAST_DAY,
    )  # fmt: skip
    assert refusal_of(case, cast.actor("laptev"), moscow(3, 10)).kind == "function"
    assert decide(case, cast.actor("laptev")).results[0].function == "reception_lead"


def test_a_person_who_has_left_does_nothing_even_where_a_function_was_forgotten(case, cast):
    cast.people["smirnova"].is_active = False
    assert refusal_of(case, cast.actor("smirnova")).kind == "unknown"


def lend(case, cast, **more):
    given = {"function": "service_advisor", "since": NOW - timedelta(hours=1)} | more
    return Lent.objects.create(case=case, person=cast.people["nevsky"], by=cast.people["romanova"], **given)


def test_a_colleague_lent_to_the_case_acts_in_the_function_he_was_lent_in(case, cast):
    lend(case, cast)
    assert decide(case, cast.actor("nevsky", cast.spb)).results[0].function == "service_advisor"


@pytest.mark.parametrize(
    "more",
    [{"until": NOW}, {"since": NOW + timedelta(minutes=1)}, {"until": NOW - timedelta(minutes=30)}],
    ids=["over now", "not yet", "over"],
)
def test_lending_ends_and_begins_at_its_moment(case, cast, more):
    lend(case, cast, **more)
    assert refusal_of(case, cast.actor("nevsky", cast.spb)).kind == "unknown"


def test_a_colleague_lent_to_one_case_is_a_stranger_to_the_site(case, cast):
    lend(case, cast)
    assert functions_at(cast.actor("nevsky"), cast.msk, NOW) == frozenset()


def test_a_colleague_who_was_lent_and_left_does_nothing(case, cast):
    lend(case, cast)
    cast.people["nevsky"].is_active = False
    assert refusal_of(case, cast.actor("nevsky")).kind == "unknown"


def test_the_function_that_the_line_names_first_is_used_and_shown(case, cast):
    FunctionHeld.objects.create(
        person=cast.people["belov"], site=cast.msk, function="reception_lead", since=date(2020, 1, 1)
    )
    assert decide(case, Actor(cast.people["belov"], cast.msk)).results[0].function == "reception_lead"
