"""Copying a PostgreSQL database while it is in use (pg_dump), and putting another in its place (two renames)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection, transaction
from psycopg import sql
from psycopg.conninfo import make_conninfo

from comeback.config import standing
from comeback.config.archive import Unfit


@contextmanager
def dumped(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """A dump in the custom format and what the same snapshot says of itself; writers go on meanwhile."""
    copy = folder / "database"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        own = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={copy}"]
        _run("pg_dump", *own, f"--dbname={_address(_name())}")
        said = standing.described()
    _run("pg_restore", "--list", str(copy))
    yield copy, said


@contextmanager
def staged(dump: Path, stamp: str) -> Iterator[str]:
    """The dump in a database of its own beside the one in use; its name is good for `pointed_at` and `swap`."""
    name = f"{_name()[:36]}_restoring_{stamp}".lower()
    _administer(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name)))
    try:
        own = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
        _run("pg_restore", *own, f"--dbname={_address(name)}", str(dump))
        yield name
    finally:
        _administer(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def swap(name: str, stamp: str) -> str:
    """Put the staged database in place; gives the name under which the old one is kept."""
    kept = f"{_name()[:36]}_before_{stamp}".lower()
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    connection.close()
    _administer(
        rename.format(sql.Identifier(_name()), sql.Identifier(kept)),
        rename.format(sql.Identifier(name), sql.Identifier(_name())),
    )
    return kept


def _administer(*statements: sql.Composed) -> None:
    """Run one statement by itself, or several as one."""
    alone = len(statements) == 1
    connection.close()
    try:
        with psycopg.connect(make_conninfo(_address("postgres"), **_secret()), autocommit=alone) as server:
            for statement in statements:
                server.execute(statement)
    except psycopg.errors.ObjectInUse as error:
        raise Unfit(f"the database is in use: stop the server and the worker first ({_first(error)})") from None
    except psycopg.errors.InsufficientPrivilege as error:
        raise Unfit(f"the database user must be allowed to create databases ({_first(error)})") from None
    except psycopg.OperationalError as error:
        raise Unfit(f"no connection to the database `postgres` of the server: {_first(error)}") from None


def _run(program: str, *words: str) -> None:
    environment = {**os.environ, **({"PGPASSWORD": _secret()["password"]} if _secret() else {})}
    done = subprocess.run([_program(program), *words], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unfit(f"{program} failed: {done.stderr.strip()[:1000]}")


def _program(name: str) -> str:
    """The newest of the machine's clients: an older one does not read a newer server. COMEBACK_PG_BIN wins."""
    given = os.environ.get("COMEBACK_PG_BIN")
    if given:
        return str(Path(given) / name)
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=_version)
    path = str(found[-1]) if found else shutil.which(name)
    if not path:
        raise Unfit(f"{name} is not on this machine. On Debian: apt-get install postgresql-client")
    return path


def _version(path: Path) -> int:
    number = re.search(r"/(\d+)/bin/", str(path))
    return int(number[1]) if number else 0


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _address(name: str) -> str:
    settings = connection.settings_dict
    given = {key.lower(): settings[key] for key in ("HOST", "PORT", "USER") if settings[key]}
    options = {key: value for key, value in settings["OPTIONS"].items() if isinstance(value, str)}
    return make_conninfo(dbname=name, **given, **options)


def _secret() -> dict[str, str]:
    password = connection.settings_dict["PASSWORD"]
    return {"password": password} if password else {}


def _first(error: Exception) -> str:
    return str(error).strip().split("\n")[0]
