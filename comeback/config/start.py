"""`bin/run`: prepare what changed since the last start, then keep the server and the worker running side by side.

Without Django in this process: the second start has to answer within three seconds.
"""

import argparse
import fcntl
import hashlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from types import FrameType
from urllib.parse import quote

from comeback.config import places, port

GRACE_S = 15
WORKER_PAUSE_S = 2


def main() -> int:
    """Until Ctrl-C or TERM (exit 0), or until the server ends by itself (exit 1)."""
    parser = argparse.ArgumentParser(prog="bin/run", description="Serve Comeback with its worker.")
    parser.add_argument("--empty", action="store_true", help="start without the demo dealership")
    options = parser.parse_args()
    number = int(os.environ.get("PORT") or 8000)
    complaint = port.taken(number)
    if complaint:
        print(complaint, file=sys.stderr)
        return 1
    if code := prepare(empty=options.empty):
        return code
    return Pair(number).run()


def prepare(*, empty: bool) -> int:
    """Migrate, compile translations, load the demo: only when code or database are not those of the last time."""
    places.var().mkdir(mode=0o700, parents=True, exist_ok=True)
    with (places.var() / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        seal = places.var() / "prepared"
        if seal.exists() and seal.read_text() == fingerprint():
            return 0
        code = _prepare_embedded(empty) if _embedded() and not places.sqlite_file().exists() else _prepare(empty)
        if code == 0:
            seal.write_text(fingerprint())
        return code


def fingerprint() -> str:
    """Changes with the code, the translations, the lock, and with the database that is meant."""
    digest = hashlib.sha256(os.environ.get("DATABASE_URL", "").encode())
    if _embedded() and places.sqlite_file().exists():
        digest.update(str(places.sqlite_file().stat().st_ino).encode())
    for path in _sources():
        digest.update(f"{path.relative_to(places.ROOT)}:{path.with_suffix('.mo').exists()}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterable[Path]:
    code = (path for kind in ("py", "po", "yaml") for path in (places.ROOT / "comeback").rglob(f"*.{kind}"))
    return [places.ROOT / "requirements.lock", *sorted(code)]


def _embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


def _prepare_embedded(empty: bool) -> int:
    # Under another name until it is complete: an interrupted first start begins again from nothing.
    draft = places.sqlite_file().with_suffix(".new")
    for suffix in ("", "-wal", "-shm"):
        Path(f"{draft}{suffix}").unlink(missing_ok=True)
    code = _prepare(empty, DATABASE_URL=f"sqlite://{quote(str(draft))}")
    if code == 0:
        draft.rename(places.sqlite_file())
    return code


def _prepare(empty: bool, **environment: str) -> int:
    command = [sys.executable, "-m", "comeback.config.prepare", *(["--empty"] if empty else [])]
    try:
        return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode
    except KeyboardInterrupt:
        return 1


class Pair:
    """The server and the worker. A worker that falls is started again; without the server there is nothing to do."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.stopping = threading.Event()

    def run(self) -> int:
        """Exit code of the whole."""
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self._stop)
        server = self._start("serve", "--port", str(self.number))
        worker = self._start("worker")
        announced = False
        while not self.stopping.wait(0.1) and server.poll() is None:
            if not announced and self._answers():
                announced = True
                print(f"Comeback: http://127.0.0.1:{self.number}   (Ctrl-C stops it)", flush=True)
            if worker.poll() is not None and not self.stopping.wait(WORKER_PAUSE_S):
                print(f"the worker ended with {worker.returncode}, starting it again", file=sys.stderr, flush=True)
                worker = self._start("worker")
        code = 0 if self.stopping.is_set() else 1
        self._end(server, worker)
        return code

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping.set()

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        # In a session of its own: Ctrl-C reaches us alone, and we end both in order.
        return subprocess.Popen([sys.executable, "-m", "comeback.config.cli", *words], start_new_session=True)

    def _answers(self) -> bool:
        with socket.socket() as attempt:
            attempt.settimeout(1)
            return attempt.connect_ex(("127.0.0.1", self.number)) == 0

    def _end(self, *children: subprocess.Popen[bytes]) -> None:
        for child in children:
            child.terminate()
        deadline = time.monotonic() + GRACE_S
        for child in children:
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()


if __name__ == "__main__":
    sys.exit(main())
