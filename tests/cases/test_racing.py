"""Two at the same moment: threads with real commits, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from comeback.cases import journal, worker
from comeback.cases.commands import Command, Opening
from comeback.cases.deriving import locked
from comeback.cases.models import (
    Case,
    Changed,
    CommandKey,
    Decision,
    Due,
    JournalEntry,
    Message,
    ProgressRow,
    Request,
    Words,
)
from comeback.cases.opening import open_case, open_request
from comeback.cases.perform import Outcome, perform
from comeback.method.refusal import Refused
from comeback.registers.models import Plate
from tests.cast import moscow

NOW = moscow(2, 10)
DECISION = {"needed": False, "reason": "Эксперт в отпуске до пятницы"}
DRIVE = {"needed": False, "reason": "Клиент спешит, поедем при выдаче"}


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run all at the same moment, each in a thread with its own connection; gives results, or what was raised."""
    ready, results = threading.Barrier(len(works)), [None] * len(works)

    def run(number: int, work: Callable[[], Any]) -> None:
        try:
            ready.wait()
            results[number] = work()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return results


@contextmanager
def another_at_work(case):
    """Somebody's command on the case is under way, in a thread of its own, until the block ends."""
    begun, go_on = threading.Event(), threading.Event()

    def work() -> None:
        with transaction.atomic():
            locked(Case).get(pk=case.pk)
            begun.set()
            go_on.wait(20)
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    begun.wait(20)
    try:
        yield
    finally:
        go_on.set()
        thread.join(20)


def decision(case, cast, who="smirnova", key="k1", line="1.3", arguments=DECISION):
    return lambda: perform(Command(f"{line}/decision", case, arguments), actor=cast.actor(who), now=NOW, key=key)


def projected_once(case) -> bool:
    """The projections hold each due row once, and say what the facts say."""
    due = list(Due.objects.filter(case=case).values_list("line", "function"))
    return len(due) == len(set(due)) and ProgressRow.objects.filter(case=case).count() == 1


def test_one_command_sent_three_times_at_once_is_done_once(committed_db, case, cast):
    outcomes = at_once(*[decision(case, cast)] * 3)
    assert all(isinstance(it, Outcome) for it in outcomes), outcomes
    assert sorted(it.replayed for it in outcomes) == [False, True, True]
    assert outcomes[0].refs == outcomes[1].refs == outcomes[2].refs != []
    assert Decision.objects.count() == JournalEntry.objects.count() == CommandKey.objects.count() == 1


def test_one_key_with_two_contents_at_once_is_done_once_and_refused_once(committed_db, case, cast):
    outcomes = at_once(decision(case, cast), decision(case, cast, line="1.4", arguments=DRIVE))
    refused = [it for it in outcomes if isinstance(it, Refused)]
    assert [it.rule for it in refused] == ["key"], outcomes
    assert Decision.objects.count() == JournalEntry.objects.count() == 1


def test_the_key_of_a_refused_command_is_free_again(committed_db, case, cast):
    refusals = at_once(*[decision(case, cast, arguments={"needed": False, "reason": "нет"})] * 2)
    assert all(isinstance(it, Refused) for it in refusals), refusals
    assert not CommandKey.objects.exists()
    assert not decision(case, cast)().replayed


def test_two_people_on_one_case_are_both_journalled_in_order(committed_db, case, cast):
    people = ["smirnova", "belov", "smirnova", "belov"]
    works = [decision(case, cast, who, key=f"k{number}") for number, who in enumerate(people)]
    outcomes = at_once(*works)
    assert all(isinstance(it, Outcome) for it in outcomes), outcomes
    numbers = list(JournalEntry.objects.filter(stream=case.stream).order_by("pk").values_list("number", flat=True))
    assert numbers == [1, 2, 3, 4]
    assert list(journal.breaks()) == []
    assert projected_once(case)


@pytest.mark.parametrize("why", ["the case changed", "its site changed", "a deadline passed"])
def test_the_worker_waits_for_the_command_that_is_under_way(committed_db, case, cast, why):
    decision(case, cast)()
    ProgressRow.objects.update(derived_at=NOW - timedelta(days=1))
    for rows in (Due, ProgressRow):
        rows.objects.filter(case=case).update(due_at=NOW - timedelta(hours=1))
    if why != "a deadline passed":
        id_ = case.pk if why == "the case changed" else None
        Changed.objects.create(site=cast.msk, kind="case" if id_ else "", subject_id=id_, why="import", at=NOW)
    job = worker.derive_late if why == "a deadline passed" else worker.derive_changed
    derived = threading.Event()
    with another_at_work(case):
        thread = threading.Thread(target=lambda: (job(NOW), derived.set(), connection.close()))
        thread.start()
        assert not derived.wait(3)
    thread.join(20)
    assert derived.is_set()
    assert projected_once(case)


def test_a_request_is_confirmed_once(committed_db, case, cast):
    request = open_request(
        site=cast.msk, actor=cast.actor("smirnova"), now=NOW, vehicle=case.vehicle, customer=case.customer
    )
    yes = Command("1.1", request, {"reply": "yes", "original_note": "Работа другого дилера"})
    outcomes = at_once(
        *(
            lambda who=who: perform(yes, actor=cast.actor(who), now=NOW, key="yes")
            for who in ("smirnova", "belov", "smirnova")
        )
    )
    done = [it for it in outcomes if isinstance(it, Outcome)]
    assert {it.replayed for it in done} <= {False, True}
    assert sum(not it.replayed for it in done) == 1
    assert all(it.kind == "changed" for it in outcomes if isinstance(it, Refused)), outcomes
    assert Case.objects.filter(request=request).count() == 1


def test_cases_opened_at_once_have_numbers_of_their_own(committed_db, case, cast):
    def call(number: int) -> Callable[[], Outcome]:
        actor = cast.actor("smirnova" if number % 2 else "belov")
        words = Opening(
            lambda: open_request(site=cast.msk, actor=actor, now=NOW, vehicle=case.vehicle, customer=None),
            {"number": number},
        )
        commands = [
            Command("1.2", words, {"text": "Опять скрипит"}),
            Command("1.1", lambda results: results[0].request, {"reply": "yes", "original_note": "Другой дилер"}),
        ]
        return lambda: perform(*commands, actor=actor, now=NOW, key=f"call-{number}")

    outcomes = at_once(*(call(number) for number in range(4)))
    assert all(isinstance(it, Outcome) for it in outcomes), outcomes
    assert sorted(Case.objects.values_list("number", flat=True)) == [f"MSK-2025-{it:04d}" for it in range(1, 6)]


def test_a_message_leaves_after_the_command_and_not_with_a_refused_one(committed_db, case, cast):
    request = open_request(site=cast.msk, actor=cast.actor("smirnova"), now=NOW, vehicle=case.vehicle, customer=None)
    danger = Command("1.2/nature", request, {"nature": "NVH", "danger": True})
    with pytest.raises(Refused):
        perform(danger, Command("1.1", request, {"reply": "no"}), actor=cast.actor("smirnova"), now=NOW, key="k1")
    assert not Message.objects.exists()
    perform(danger, actor=cast.actor("smirnova"), now=NOW, key="k1")
    assert set(Message.objects.values_list("sent_at", flat=True)) == {NOW}


def test_messages_of_two_commands_leave_once(committed_db, case, cast):
    requests = [
        open_request(site=cast.msk, actor=cast.actor("smirnova"), now=NOW, vehicle=case.vehicle, customer=None)
        for _ in range(3)
    ]
    danger = [Command("1.2/nature", it, {"nature": "NVH", "danger": True}) for it in requests]
    outcomes = at_once(
        *(
            lambda it=it, number=number: perform(it, actor=cast.actor("smirnova"), now=NOW, key=f"k{number}")
            for number, it in enumerate(danger)
        )
    )
    assert all(isinstance(it, Outcome) for it in outcomes), outcomes
    assert not Message.objects.filter(sent_at=None).exists()


def test_what_does_not_fit_what_another_recorded_is_refused_and_changes_nothing(committed_db, case, cast):
    def twice() -> Request:
        open_case(case.request, actor=cast.actor("smirnova"), now=NOW, original_order=None)
        return case.request

    with pytest.raises(Refused) as refused:
        perform(Command("1.2", Opening(twice, {}), {"text": "Опять"}), actor=cast.actor("smirnova"), now=NOW, key="k1")
    assert refused.value.kind == "changed"
    assert Case.objects.count() == 1
    assert not Words.objects.exists()
    assert not CommandKey.objects.exists()


def test_a_row_that_is_not_there_is_refused_not_a_crash(committed_db, case, cast):
    def of_nobody() -> Request:
        request = open_request(site=cast.msk, actor=cast.actor("smirnova"), now=NOW, vehicle=None, customer=None)
        Plate.objects.create(vehicle_id=987_654, number="А000АА77", key="A000AA77")
        return request

    with pytest.raises(Refused) as refused:
        perform(
            Command("1.2", Opening(of_nobody, {}), {"text": "Опять"}), actor=cast.actor("smirnova"), now=NOW, key="k1"
        )
    assert refused.value.kind == "changed"
    assert not Words.objects.exists()


def test_a_new_case_names_its_predecessor_while_that_is_being_worked_on(committed_db, case, cast):
    if connection.vendor == "sqlite":
        return  # one writer at a time: nothing to wait for each other
    request = open_request(site=cast.msk, actor=cast.actor("smirnova"), now=NOW, vehicle=case.vehicle, customer=None)
    with another_at_work(case), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '3s'")
        fresh = open_case(request, actor=cast.actor("smirnova"), now=NOW, original_order=None, original_note="?")
        Case.objects.filter(pk=fresh.pk).update(previous=case)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert Case.objects.get(previous=case).request == request


def test_whoever_waits_too_long_is_told_to_send_it_again_and_may(committed_db, case, cast):
    patience = "PRAGMA busy_timeout = 200" if connection.vendor == "sqlite" else "SET lock_timeout = '200ms'"
    with connection.cursor() as cursor:
        cursor.execute(patience)
    with another_at_work(case), pytest.raises(Refused) as refused:
        decision(case, cast)()
    assert refused.value.kind == "changed"
    assert not decision(case, cast)().replayed
