"""The test rig itself: what is committed is seen by all, and the next test starts clean."""

import threading
import urllib.request

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, connections, transaction
from django.utils import timezone


def save_session(key: str = "left-behind") -> None:
    Session.objects.create(session_key=key, session_data="", expire_date=timezone.now())


def count_in_another_thread() -> int:
    found: list[int] = []

    def look() -> None:
        found.append(Session.objects.count())
        connections.close_all()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    return found[0]


@pytest.mark.parametrize("repetition", [1, 2])
def test_committed_rows_are_seen_by_another_thread_and_gone_in_the_next_test(
    committed_db: str, repetition: int
) -> None:
    assert Session.objects.count() == 0
    save_session()
    assert count_in_another_thread() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("repetition", [1, 2])
def test_ordinary_tests_are_rolled_back(repetition: int) -> None:
    assert Session.objects.count() == 0
    save_session()


def test_an_uncommitted_row_is_not_seen_by_another_thread(committed_db: str) -> None:
    with transaction.atomic():
        save_session()
        if connection.vendor == "sqlite":  # a reader sees the last committed state (WAL) and does not wait
            assert connection.cursor().execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert count_in_another_thread() == 0


def test_the_database_is_set_up_as_in_production(committed_db: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            names = ("synchronous", "foreign_keys", "busy_timeout")
            assert [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in names] == [2, 1, 20000]
        else:
            cursor.execute("SHOW timezone")
            assert cursor.fetchone() == ("UTC",)


def test_the_served_application_sees_what_the_test_commits(site_url: str) -> None:
    with urllib.request.urlopen(f"{site_url}/accounts/login/") as answer:
        assert answer.status == 200
    assert transaction.get_autocommit()
