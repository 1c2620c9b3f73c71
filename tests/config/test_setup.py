"""`bin/setup` on a copy with a lock of one tiny package, so that nothing comes from the network."""

import base64
import hashlib
import os
import shutil
import signal
import subprocess
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from comeback.config.places import ROOT

Setup = Callable[..., "subprocess.Popen[str]"]


def wheel(folder: Path, version: str) -> str:
    """Writes the wheel of a package `tiny`; returns its line for a lock."""
    info = f"tiny-{version}.dist-info"
    files = {
        "tiny.py": f"VERSION = '{version}'\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    path = folder / f"tiny-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        archive.writestr(f"{info}/RECORD", "".join(_record(name, text) for name, text in files.items()))
    return f"tiny=={version} \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def _record(name: str, text: str) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
    return f"{name},sha256={digest},{len(text)}\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / "bin/setup", tmp_path / "bin/setup")
    (tmp_path / "requirements.lock").write_text(wheel(tmp_path, "1.0"))
    return tmp_path


@pytest.fixture
def setup(checkout: Path) -> Setup:
    pip = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(checkout), "PIP_CONFIG_FILE": os.devnull, "LC_ALL": "POSIX"}

    def start(*words: str) -> "subprocess.Popen[str]":
        options: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        command = [checkout / "bin/setup", *words]
        return subprocess.Popen(command, env={**os.environ, **pip}, start_new_session=True, **options)

    return start


def finished(process: "subprocess.Popen[str]") -> tuple[int, str]:
    out, said = process.communicate(timeout=120)
    assert out == "", "stdout belongs to the command that called bin/setup"
    return process.returncode, said


def installed(checkout: Path) -> str:
    command = [checkout / ".venv/bin/python", "-c", "import tiny; print(tiny.VERSION)"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_the_first_start_installs_and_the_second_has_nothing_to_do(checkout: Path, setup: Setup) -> None:
    code, said = finished(setup("run"))
    assert code == 0, said
    assert "installing 1 packages" in said
    assert installed(checkout) == "1.0"
    assert finished(setup("run")) == (0, "")


def test_a_changed_lock_is_installed(checkout: Path, setup: Setup) -> None:
    finished(setup())
    (checkout / "requirements.lock").write_text(wheel(checkout, "1.1"))
    assert finished(setup())[0] == 0
    assert installed(checkout) == "1.1"


def test_a_package_with_another_hash_is_refused(checkout: Path, setup: Setup) -> None:
    lock = checkout / "requirements.lock"
    digits = lock.read_text().rstrip("\n")
    lock.write_text(f"{digits[:-1]}{'1' if digits[-1] == '0' else '0'}\n")
    code, said = finished(setup())
    assert code == 1
    assert "do not match" in said.lower()
    assert not list(checkout.glob(".venv/stamp.*"))


def test_an_interrupted_set_up_is_completed_by_the_next_one(checkout: Path, setup: Setup) -> None:
    interrupted = setup()
    while not (checkout / ".venv/bin/python").exists():
        time.sleep(0.01)
    os.killpg(interrupted.pid, signal.SIGKILL)
    interrupted.communicate()
    code, said = finished(setup())
    assert code == 0, said
    assert installed(checkout) == "1.0"


def test_of_two_set_ups_at_once_one_waits_for_the_other(checkout: Path, setup: Setup) -> None:
    results = [finished(process) for process in [setup(), setup()]]
    assert [code for code, _ in results] == [0, 0], results
    assert sum("installing" in said for _, said in results) == 1
    assert installed(checkout) == "1.0"


def test_wrong_usage_is_told_from_failure(setup: Setup) -> None:
    code, said = finished(setup("everything"))
    assert code == 2
    assert "bin/setup [run|test]" in said
