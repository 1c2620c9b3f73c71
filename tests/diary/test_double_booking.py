"""Two people at two telephones, one expert: the database lets one of them through."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from django.db import connection, transaction

from comeback.diary.appointments import make_appointment
from comeback.diary.models import Appointment, Reservation, Resource
from comeback.method.refusal import Refused
from tests.cast import moscow, set_the_stage

RACERS = 6


def test_of_many_who_book_the_expert_at_once_one_succeeds_and_the_others_are_refused(committed_db):
    cast = set_the_stage()
    people = list(Resource.objects.filter(person__username__in=["kuznetsov", "romanova"]))
    start = Barrier(RACERS)

    def book(number: int) -> str:
        wanted = people if number % 2 else list(reversed(people))
        begins = moscow(3, 10) + timedelta(minutes=15 * (number % 3))
        start.wait()
        try:
            with transaction.atomic():
                make_appointment(
                    cast.msk,
                    kind="reception",
                    starts_at=begins,
                    ends_at=begins + timedelta(minutes=60),
                    by=None,
                    now=moscow(2, 9),
                    resources=wanted,
                )
            return "booked"
        except Refused as refusal:
            return refusal.rule
        finally:
            connection.close()

    with ThreadPoolExecutor(RACERS) as pool:
        results = list(pool.map(book, range(RACERS)))
    assert sorted(results) == ["booked", *["slot"] * (RACERS - 1)]
    assert Appointment.objects.count() == 1
    assert Reservation.objects.count() == 2 * 4
