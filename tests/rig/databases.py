"""Copies of one migrated database. The journal refuses DELETE and TRUNCATE, so nothing may be flushed: it is copied.

`Databases` migrates a template once a run (all xdist workers share it) and hands out copies, to which Django's
`default` connection, that of every thread, is pointed.
"""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections


class Databases:
    """The databases of one test process.

    folder: shared by the processes of one run; run: names the run; worker: names the process in it.
    """

    def __init__(self, folder: Path, *, run: str, worker: str) -> None:
        self.folder, self.run, self.worker = folder, run, worker
        self.numbers = count(1)
        self.postgresql = connections["default"].vendor == "postgresql"
        self.server = dict(connections.settings["default"])
        self.template = self._name("template")

    def build_template(self) -> None:
        """Migrate the template, unless another process of this run has done so."""
        with (self.folder / "template.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            built = self.folder / "template.built"
            if not built.exists():
                if self.postgresql:
                    self._administer(f'CREATE DATABASE "{self.template}"')
                with self._pointed_at(self.template):
                    call_command("migrate", interactive=False, verbosity=0)
                    call_command("createcachetable", verbosity=0)
                built.touch()

    @contextmanager
    def copy(self) -> Iterator[str]:
        """A fresh copy of the template for as long as the context lasts; yields its name."""
        name = self._name(f"{self.worker}_{next(self.numbers)}")
        if self.postgresql:
            self._administer(f'CREATE DATABASE "{name}" TEMPLATE "{self.template}" STRATEGY FILE_COPY')
        else:
            shutil.copyfile(self.template, name)
        try:
            with self._pointed_at(name):
                yield name
        finally:
            self._drop(name)

    def drop_template(self) -> None:
        """For the process that outlives the others."""
        self._drop(self.template)

    def _name(self, what: str) -> str:
        return f"comeback_{self.run}_{what}" if self.postgresql else str(self.folder / f"{what}.sqlite3")

    @contextmanager
    def _pointed_at(self, name: str) -> Iterator[None]:
        # One dictionary is shared by the connections of all threads, present and future.
        settings: dict[str, Any] = connections.settings["default"]
        before = settings["NAME"]
        connections["default"].close()
        settings["NAME"] = connections["default"].settings_dict["NAME"] = name
        try:
            yield
        finally:
            connections["default"].close()
            settings["NAME"] = connections["default"].settings_dict["NAME"] = before

    def _drop(self, name: str) -> None:
        if self.postgresql:
            self._administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            return
        for suffix in ("", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)

    def _administer(self, sql: str) -> None:
        import psycopg

        given = {key.lower(): self.server[key] for key in ("HOST", "PORT", "USER", "PASSWORD") if self.server[key]}
        with psycopg.connect(dbname="postgres", autocommit=True, **given) as connection:
            connection.execute(sql)
