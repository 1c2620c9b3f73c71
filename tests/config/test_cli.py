"""The command line: exit codes, where results and messages go, what is loaded."""

import subprocess
import sys

import pytest

from comeback.config import cli
from comeback.config.places import ROOT


def comeback(*words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "comeback.config.cli", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


def test_help_is_a_result_and_lists_every_command() -> None:
    done = comeback("--help")
    assert done.returncode == 0
    assert not done.stderr
    assert all(f"  {name} " in done.stdout for name in cli.COMMANDS)


@pytest.mark.parametrize("words", [(), ("fly",), ("import", "customers"), ("serve", "--port", "eighty")])
def test_wrong_usage_exits_with_2_and_says_so_on_stderr(words: tuple[str, ...]) -> None:
    done = comeback(*words)
    assert done.returncode == 2
    assert not done.stdout
    assert "usage: comeback" in done.stderr


def test_a_command_that_this_version_lacks_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(cli.COMMANDS, "fly", cli.Command("comeback.wings.fly", "", django=False))
    assert cli.main(["fly"]) == 1
    assert "fly" in capsys.readouterr().err


@pytest.mark.parametrize("module", ["comeback.recognition.detect", "comeback.method.check"])
def test_the_libraries_work_without_django(module: str) -> None:
    code = f"import sys, {module}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_djangos_own_commands_are_passed_on() -> None:
    done = comeback("django", "--version")
    assert (done.returncode, done.stdout[:2]) == (0, "5.")
