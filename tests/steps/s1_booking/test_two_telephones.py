"""Two people book the same expert for the same time at the same moment, each with one press."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from comeback.cases import journal
from comeback.cases.models import Case, CommandKey, Request
from comeback.cases.perform import perform
from comeback.diary.models import Appointment, Reservation
from comeback.method.refusal import Refused
from comeback.steps.s1_booking.call import Call
from comeback.steps.s1_booking.composing import commands_of
from tests.cast import moscow
from tests.steps.s1_booking.conftest import NOW, WORDS


def test_one_of_them_is_booked_and_the_other_is_refused_and_leaves_nothing(committed_db, call):
    start = Barrier(2)

    def press(who: str) -> str:
        given = {
            "vehicle": call.vehicle.pk,
            "words": WORDS,
            "reply": "yes",
            "slot": moscow(3, 9),
            "do": "book",
            "key": who,
        }
        actor = call.cast.actor(who)
        try:
            commands = commands_of(Call(given, actor=actor, now=NOW))
            start.wait()
            perform(*commands, actor=actor, now=NOW, key=who)
            return "booked"
        except Refused as refusal:
            return refusal.rule
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(press, ("smirnova", "belov")))
    assert results == ["booked", "slot"]
    counts = [model.objects.count() for model in (Request, Case, Appointment, CommandKey)]
    assert counts == [1, 1, 1, 1]
    assert Reservation.objects.count() == 4 * 5
    assert list(journal.breaks()) == []
