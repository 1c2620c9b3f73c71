"""What is free in the diary of a site: opening hours, appointments, absences; at a flat number of queries."""

from __future__ import annotations

from datetime import timedelta

import pytest

from comeback.diary.appointments import cancel_appointment, make_appointment
from comeback.diary.models import Absence, Resource
from comeback.diary.occupancy import needs_of, occupancy_of
from comeback.method.refusal import Refused
from tests.cast import Cast, moscow, set_the_stage

pytestmark = pytest.mark.django_db
NOW = moscow(2, 9)


@pytest.fixture
def cast():
    return set_the_stage()


def resource(cast: Cast, name: str) -> Resource:
    return Resource.objects.get(person=cast.people[name])


def appoint(cast: Cast, start, minutes: int, *names: str):
    resources = [resource(cast, name) for name in names]
    return make_appointment(
        cast.msk,
        kind="reception",
        starts_at=start,
        ends_at=start + timedelta(minutes=minutes),
        by=cast.people["smirnova"],
        now=NOW,
        resources=resources,
    )


def first_times(cast: Cast, minutes: int = 45, days: int = 7) -> list:
    needs = needs_of(cast.msk, NOW.date(), "service_advisor", "technical_expert", "after_sales_manager")
    occupancy = occupancy_of(cast.msk, needs, NOW, NOW + timedelta(days=days))
    return [time.starts_at for time in occupancy.times(needs, minutes)]


def test_the_first_free_time_is_after_what_is_reserved_for_anybody_needed(cast):
    appoint(cast, moscow(2, 9), 60, "kuznetsov")
    appoint(cast, moscow(2, 10, 30), 30, "romanova")
    assert first_times(cast)[0] == moscow(2, 11)


def test_a_cancelled_appointment_gives_its_time_back(cast):
    appointment = appoint(cast, moscow(2, 9), 60, "kuznetsov")
    cancel_appointment(appointment, by=None, now=NOW)
    assert first_times(cast)[0] == moscow(2, 9)


def test_the_day_on_which_the_expert_is_away_is_not_offered(cast):
    Absence.objects.create(person=cast.people["kuznetsov"], since=moscow(2, 0), until=moscow(3, 0))
    assert first_times(cast)[0] == moscow(3, 9)


def test_nothing_is_offered_outside_opening_hours(cast):
    times = first_times(cast, minutes=60)
    local = [cast.msk.zoneinfo.utcoffset(time.replace(tzinfo=None)) + time.replace(tzinfo=None) for time in times]
    assert {time.weekday() for time in local} == set(range(6))
    assert min(time.hour for time in local) == 9
    assert max((time.hour, time.minute) for time in local) == (18, 0)


def test_reserving_somebody_who_is_away_is_refused_by_name(cast):
    Absence.objects.create(person=cast.people["kuznetsov"], since=moscow(2, 9), until=moscow(2, 18))
    with pytest.raises(Refused) as refused:
        appoint(cast, moscow(2, 10), 30, "kuznetsov")
    assert "Кузнецов" in str(refused.value)


@pytest.mark.parametrize("appointments", [1, 30])
def test_a_full_diary_costs_no_more_queries_than_an_empty_one(cast, django_assert_num_queries, appointments):
    for number in range(appointments):
        appoint(cast, moscow(2, 9) + timedelta(minutes=15 * number), 15, "kuznetsov")
    with django_assert_num_queries(7):
        first_times(cast)


def test_what_is_taken_of_a_day_is_shown_joined(cast):
    appoint(cast, moscow(2, 10), 30, "kuznetsov")
    appoint(cast, moscow(2, 10, 30), 30, "kuznetsov")
    needs = needs_of(cast.msk, NOW.date(), "technical_expert", bay=False)
    occupancy = occupancy_of(cast.msk, needs, NOW, NOW + timedelta(days=2))
    assert occupancy.taken(resource(cast, "kuznetsov"), NOW.date()) == [(moscow(2, 10), moscow(2, 11))]
