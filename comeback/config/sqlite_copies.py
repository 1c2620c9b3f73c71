"""Copying an SQLite database while it is in use, and putting another in its place."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from comeback.config import standing
from comeback.config.archive import Unfit


@contextmanager
def dumped(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """A consistent copy (SQLite's online backup) and what it says of itself; writers go on meanwhile."""
    copy = folder / "database"
    connection.ensure_connection()
    with closing(sqlite3.connect(copy)) as target:
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    _check(copy)
    with standing.pointed_at(str(copy)):
        said = standing.described()
        connection.cursor().execute("PRAGMA journal_mode=DELETE")  # reading it had brought WAL back
    yield copy, said


@contextmanager
def staged(dump: Path, stamp: str) -> Iterator[str]:
    """The unpacked database, checked; its name is good for `pointed_at` and `swap`."""
    place = _place()
    name = place.with_name(f"{place.name}.restoring-{stamp}")
    name.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        dump.replace(name) if dump.stat().st_dev == name.parent.stat().st_dev else _copy(dump, name)
        _check(name)
        yield str(name)
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(f"{name}{suffix}").unlink(missing_ok=True)


def swap(name: str, stamp: str) -> str:
    """Put the staged database in place; gives where the old one is kept ("" when there was none)."""
    place = _place()
    connection.close()
    with closing(sqlite3.connect(name)) as staged_one:
        staged_one.execute("PRAGMA journal_mode=DELETE")
    kept = _keep(place, place.with_name(f"{place.name}.before-{stamp}")) if place.exists() else ""
    os.replace(name, place)
    return kept


def _keep(place: Path, aside: Path) -> str:
    try:
        with closing(sqlite3.connect(place, timeout=2)) as alone:
            alone.execute("PRAGMA journal_mode=DELETE")  # refused while anybody else has it open
    except sqlite3.OperationalError as error:
        raise Unfit(f"{place} is in use ({error}): stop the server and the worker first") from None
    except sqlite3.DatabaseError:
        pass  # it is broken: kept as it is, with what lies beside it
    for suffix in ("", "-wal", "-shm", "-journal"):
        if Path(f"{place}{suffix}").exists():
            os.link(f"{place}{suffix}", f"{aside}{suffix}")
    for suffix in ("-wal", "-shm", "-journal"):
        Path(f"{place}{suffix}").unlink(missing_ok=True)
    return str(aside)


def _place() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _check(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as database:
            found = [row[0] for row in database.execute("PRAGMA integrity_check")]
            found += [f"row without its {row[2]} in {row[0]}" for row in database.execute("PRAGMA foreign_key_check")]
    except sqlite3.DatabaseError as error:
        found = [str(error)]
    if found != ["ok"]:
        raise Unfit(f"the database of the backup is broken: {'; '.join(it for it in found if it != 'ok')[:500]}")


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as read, open(target, "wb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        while chunk := read.read(1024 * 1024):
            file.write(chunk)
        os.fsync(file.fileno())
