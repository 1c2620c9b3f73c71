"""The database itself refuses to change the journal. Installed after every migrate; `doctor` checks that they stand."""

from __future__ import annotations

from typing import Any

from django.db import connection

TABLE = "cases_journalentry"
NAMES = ("journal_no_update", "journal_no_delete", "journal_no_truncate")


def install(**_: Any) -> None:
    """Install the triggers (idempotent): UPDATE, DELETE and, on PostgreSQL, TRUNCATE are refused."""
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in _postgresql() if connection.vendor == "postgresql" else _sqlite():
            cursor.execute(statement)


def missing() -> list[str]:
    """Names of triggers that ought to stand and do not."""
    expected = NAMES if connection.vendor == "postgresql" else NAMES[:2]
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {row[0] for row in cursor.fetchall()}
    return [name for name in expected if name not in standing]


def _sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER IF NOT EXISTS journal_no_{event.lower()} BEFORE {event} ON {TABLE} "
        "BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END"
        for event in ("UPDATE", "DELETE")
    ]


def _postgresql() -> list[str]:
    refuse = (
        "CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the journal is never changed'; END $$"
    )
    events = [("update", "UPDATE"), ("delete", "DELETE"), ("truncate", "TRUNCATE")]
    return [refuse] + [
        f"CREATE OR REPLACE TRIGGER journal_no_{name} BEFORE {event} ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()"
        for name, event in events
    ]
