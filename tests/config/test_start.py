"""`bin/run`: one command, two processes, one address."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from comeback.config import places
from comeback.config.places import ROOT


@contextmanager
def occupied() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def free_port() -> int:
    with occupied() as number:
        return number


def start(var: Path, number: int) -> "subprocess.Popen[str]":
    own = {"COMEBACK_VAR": str(var), "PORT": str(number), "DJANGO_SETTINGS_MODULE": "comeback.config.settings"}
    environment = {**os.environ, **own}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "comeback.config.start", "--empty"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)


def seconds_until_it_answers(number: int, process: "subprocess.Popen[str]") -> float:
    began = time.monotonic()
    while process.poll() is None and time.monotonic() - began < 60:
        with suppress(ConnectionError, urllib.error.URLError):  # nobody listens yet
            urllib.request.urlopen(f"http://127.0.0.1:{number}/accounts/login/").close()
            return time.monotonic() - began
        time.sleep(0.05)
    process.terminate()
    pytest.fail(f"no answer: {process.communicate()[1]}")


def test_it_serves_and_stops_and_the_second_start_is_quick(tmp_path: Path) -> None:
    for limit in (60, 3):
        number = free_port()
        process = start(tmp_path / "var", number)
        took = seconds_until_it_answers(number, process)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=30)
        assert process.returncode == 0, said
        with pytest.raises(urllib.error.URLError):
            urllib.request.urlopen(f"http://127.0.0.1:{number}/")
        assert took < limit
    assert (tmp_path / "var/secret").stat().st_mode & 0o077 == 0


def test_a_taken_port_is_named_before_anything_is_done(tmp_path: Path) -> None:
    with occupied() as number:
        process = start(tmp_path / "var", number)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 1
    assert f"Port {number} " in said
    assert f"PORT={number + 1} bin/run" in said
    assert not (tmp_path / "var").exists()


def test_a_first_start_that_was_interrupted_begins_again_from_nothing(tmp_path: Path) -> None:
    var = tmp_path / "var"
    var.mkdir()
    (var / "comeback.new").write_bytes(b"half a database")
    process = start(var, number := free_port())
    seconds_until_it_answers(number, process)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert (var / "comeback.sqlite3").read_bytes().startswith(b"SQLite format 3")
    assert not (var / "comeback.new").exists()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://me:p%40ss@db.example:5433/garage?sslmode=require",
            ("garage", "me", "p@ss", "db.example", "5433"),
        ),
        ("postgresql:///garage?host=/run/pg&user=me", ("garage", "me", "", "/run/pg", "")),
    ],
)
def test_a_postgresql_is_named_by_one_address(url: str, expected: tuple[str, ...]) -> None:
    settings = places.database(url)
    assert tuple(settings[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == expected
    assert settings["OPTIONS"] == ({"sslmode": "require"} if "sslmode" in url else {})


def test_an_address_of_another_database_is_refused() -> None:
    with pytest.raises(ValueError, match="mysql"):
        places.database("mysql://localhost/garage")
