"""The worker: once a slot, nothing lost, everything derived from rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from comeback.cases import journal, seals, triggers, worker
from comeback.cases.commands import Command
from comeback.cases.deriving import rewrite
from comeback.cases.messages import tell
from comeback.cases.models import Changed, Due, Job, JournalEntry, ProgressRow
from comeback.cases.perform import perform
from tests.cast import moscow

NOW = moscow(2, 10)


@pytest.fixture
def decided(case, cast):
    arguments = {"needed": False, "reason": "Эксперт в отпуске до пятницы"}
    perform(Command("1.3/decision", case, arguments), actor=cast.actor("smirnova"), now=NOW, key="k1")
    return case


def test_a_job_is_done_once_a_slot(decided):
    assert worker.tick(NOW)["seal"] == 1
    assert "seal" not in worker.tick(NOW + timedelta(minutes=5))


def test_a_job_that_was_killed_is_taken_over_when_its_lease_is_over(decided):
    Job.objects.create(name="seal", leased_until=NOW + timedelta(minutes=10))
    assert "seal" not in worker.tick(NOW)
    assert worker.tick(NOW + timedelta(minutes=11))["seal"] == 1


def test_a_failing_job_does_not_stop_the_others_and_is_tried_again(decided, monkeypatch):
    calls = []

    def fail(now):
        calls.append(now)
        raise RuntimeError("out of order")

    monkeypatch.setattr(worker, "REGULAR", [worker.Regular(1, "broken", fail), worker.REGULAR[0]])
    assert worker.tick(NOW) == {"outbox": 0}
    worker.tick(NOW + timedelta(minutes=11))
    assert len(calls) == 2


def test_a_message_left_in_the_outbox_is_sent_by_the_worker(decided, cast):
    (message,) = tell([cast.people["romanova"]], site=cast.msk, code="arrival", now=NOW, case=decided)
    worker.tick(NOW)
    message.refresh_from_db()
    assert message.sent_at == NOW


def test_a_change_outside_the_method_is_derived_anew(decided, cast):
    Due.objects.all().delete()
    Changed.objects.create(site=cast.msk, why="calendar", at=NOW)
    assert worker.derive_changed(NOW) == 1
    assert Due.objects.filter(case=decided).exists()
    assert not Changed.objects.exists()


def test_a_case_is_derived_anew_as_each_of_its_deadlines_passes(decided):
    first = Due.objects.filter(case=decided).earliest("pk")
    Due.objects.filter(pk=first.pk).update(due_at=NOW + timedelta(hours=1))
    assert worker.derive_late(NOW + timedelta(minutes=30)) == 0
    assert worker.derive_late(NOW + timedelta(hours=2)) == 1
    assert worker.derive_late(NOW + timedelta(hours=2)) == 0
    Due.objects.filter(case=decided, line=first.line).update(due_at=NOW + timedelta(hours=1))
    Due.objects.filter(case=decided).exclude(line=first.line).update(due_at=NOW + timedelta(hours=3))
    assert worker.derive_late(NOW + timedelta(hours=4)) == 1


def test_the_worker_survives_a_database_that_is_away_for_a_moment(decided, monkeypatch):
    def away(*_):
        raise DatabaseError("the server closed the connection")

    monkeypatch.setattr(worker, "_claim", away)
    assert worker.tick(NOW) == {}


def test_a_request_that_became_a_case_or_was_answered_is_not_derived_with_the_open_ones(decided, cast):
    rewrite([decided.request], NOW)
    assert ProgressRow.objects.get(kind="request").closed
    assert not Due.objects.filter(kind="request").exists()
    Changed.objects.create(site=cast.msk, why="calendar", at=NOW)
    assert worker.derive_changed(NOW) == 1


def test_several_changes_of_one_site_are_derived_once(decided, cast):
    Changed.objects.bulk_create(Changed(site=cast.msk, why="calendar", at=NOW) for _ in range(3))
    assert worker.derive_changed(NOW) == 1


def test_seals_find_a_tail_that_was_cut_off(decided, cast):
    assert seals.seal(cast.msk, NOW + timedelta(hours=1))
    assert list(seals.broken()) == []
    with connection.cursor() as cursor:
        for name in triggers.NAMES:
            on = " ON cases_journalentry" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
        cursor.execute("DELETE FROM cases_journaldetail")
        cursor.execute("DELETE FROM cases_journalentry WHERE stream = %s", [decided.stream])
    assert list(journal.breaks()) == []
    assert list(seals.broken()) == [f"{decided.stream} 1"]
    assert triggers.missing()


def test_an_entry_that_was_written_while_the_seal_was_made_is_in_the_next_one(decided, cast):
    arguments = {"needed": False, "reason": "Клиент спешит, поедем при выдаче"}
    assert seals.seal(cast.msk, NOW + timedelta(seconds=1))
    perform(Command("1.4/decision", decided, arguments), actor=cast.actor("smirnova"), now=NOW, key="slow")
    seal = seals.seal(cast.msk, NOW + timedelta(days=1))
    assert seal.refs["heads"][decided.stream][0] == 2


def test_nothing_is_sealed_twice(decided, cast):
    assert seals.seal(cast.msk, NOW + timedelta(hours=1))
    assert seals.seal(cast.msk, NOW + timedelta(hours=2)) is None


@pytest.mark.parametrize("change", ["UPDATE cases_journalentry SET command = 'x'", "DELETE FROM cases_journalentry"])
def test_the_database_itself_refuses_to_change_the_journal(decided, change):
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert JournalEntry.objects.exists()
    assert triggers.missing() == []
