"""A PostgreSQL server for one command: `python -m tests.rig.postgres -- pytest tests/cases`.

It lives in a temporary folder, listens on a Unix socket only, and the command finds it in `DATABASE_URL`.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.rig.machine import postgresql_bin

# Nothing here has to survive a power cut, and the tests wait for every commit.
INITDB = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
CARELESS = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=100", "timezone=UTC"]


def main(arguments: list[str]) -> int:
    """Run the command after `--` beside a server; its exit code is ours."""
    command = arguments[arguments.index("--") + 1 :] if "--" in arguments else arguments
    if not command:
        print("usage: python -m tests.rig.postgres -- command…", file=sys.stderr)
        return 2
    if command[0] == "pytest":
        command = [sys.executable, "-m", *command]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server is stopped too
    with server() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


@contextmanager
def server() -> Iterator[str]:
    """A running server; yields the `DATABASE_URL` of its (empty) database `postgres`."""
    binaries = postgresql_bin()
    if not binaries:
        raise SystemExit(
            "No PostgreSQL 15 or newer here: bin/setup test installs it or says how (COMEBACK_PG_BIN names its folder)."
        )
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path may have 107 bytes only
    owner = _unprivileged(folder)
    data = folder / "data"
    try:
        _run([*owner, binaries / "initdb", "-D", data, *INITDB], folder)
        settings = " ".join(f"-c {setting}" for setting in CARELESS)
        options = f"-c listen_addresses='' -k {folder} {settings}"
        _run([*owner, binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"], folder)
        try:
            yield f"postgresql:///postgres?host={folder}&user=postgres"
        finally:
            _run([*owner, binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"], folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> list[str]:
    # PostgreSQL refuses to run as root; the Debian package brings a user for it.
    if os.geteuid() != 0:
        return []
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        raise SystemExit("No user `postgres` to run PostgreSQL as: install the package `postgresql`.") from None
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]


def _run(command: list[str | Path], folder: Path) -> None:
    done = subprocess.run(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{done.stderr}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
