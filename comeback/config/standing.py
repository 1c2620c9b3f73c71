"""What a database says of itself: its migrations, the shape of its tables, the heads of its journal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from comeback.cases import journal, seals
from comeback.cases.models import JournalEntry


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Inside, the default connection (of every thread) leads to the database of this name."""
    settings: dict[str, Any] = connections.settings["default"]
    before = settings["NAME"]
    connection.close()
    settings["NAME"] = connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        settings["NAME"] = connection.settings_dict["NAME"] = before


def described() -> dict[str, Any]:
    """Engine, migrations, fingerprint of the schema, journal heads, and the breaks that the journal has already."""
    return {
        "engine": connection.vendor,
        "migrations": migrations(),
        "schema": fingerprint(),
        "heads": heads(),
        "breaks": sorted({*journal.breaks(), *seals.broken()}),
    }


def migrations() -> list[str]:
    """Applied migrations as `app.name`."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def known_migrations() -> set[str]:
    """All migrations that this version has."""
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}


def fingerprint() -> str:
    """SHA-256 over all tables with their columns and types."""
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        columns = [
            [table, column.name, str(column.type_code), bool(column.null_ok)]
            for table in tables
            for column in connection.introspection.get_table_description(cursor, table)
        ]
    return hashlib.sha256(json.dumps(sorted(columns)).encode()).hexdigest()


def heads() -> dict[str, list[Any]]:
    """The last number and hash of every stream."""
    rows = JournalEntry.objects.order_by("stream", "number").values_list("stream", "number", "hash")
    return {stream: [number, hash_] for stream, number, hash_ in rows.iterator(chunk_size=5000)}
