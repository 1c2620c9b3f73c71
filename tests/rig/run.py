"""What `bin/test` runs: checks of the text, then the tests on both databases, then the journeys in a browser.

Everything runs even after a failure; the last line counts tests and checks together.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

PYTHON = sys.executable
CLI = [PYTHON, "-m", "comeback.config.cli"]
JOURNEYS = "tests/journeys"
NOTHING_COLLECTED = 5


class Step(NamedTuple):
    """One line of the account: its name, its command, whether pytest counts inside it."""

    name: str
    command: list[str]
    tests: bool = False


class Result(NamedTuple):
    """How a step went."""

    step: Step
    passed: int
    failed: int
    seconds: float


def main() -> int:
    """Exit 0 when every step passed and each of the test steps ran a test."""
    parser = argparse.ArgumentParser(
        prog="bin/test", description="All checks and tests; with paths only these tests (further options go to pytest)."
    )
    parser.add_argument("paths", nargs="*", help="files or folders of tests/, also with ::name")
    parser.add_argument("--long", action="store_true", help="also storms, kills and big data")
    options, for_pytest = parser.parse_known_args()
    for_pytest += ["--long"] if options.long else []
    chosen = parts(options.paths, for_pytest) if options.paths else [*checks(), *suites(for_pytest)]
    steps = [Step("words", [*CLI, "translations", "compile"]), *chosen]  # tests read pages in three languages
    with tempfile.TemporaryDirectory(prefix="comeback-check-") as scratch:
        os.environ["COMEBACK_VAR"] = scratch  # neither reads nor makes the installation's own data
        results = [perform(step) for step in steps]
    return account(results)


def checks() -> Iterator[Step]:
    """Everything that reads the text only."""
    yield Step("format", [PYTHON, "-m", "ruff", "format", "--check", "."])
    yield Step("lint", [PYTHON, "-m", "ruff", "check", "."])
    yield Step("types", [PYTHON, "-m", "mypy"])
    yield Step("floors", [str(Path(PYTHON).with_name("lint-imports"))])
    yield Step("templates", [PYTHON, "-m", "djlint", "--lint", "--quiet", "comeback"])
    yield Step("translations", [*CLI, "translations", "check"])
    if find_spec("comeback.config.docs"):
        yield Step("docs", [*CLI, "docs", "check"])


def suites(options: list[str]) -> Iterator[Step]:
    """The whole suite on both databases, then what people do in a browser."""
    both = ["-m", "pytest", "-q", "-n", "2", f"--ignore={JOURNEYS}", *options]
    yield Step("tests on SQLite", [PYTHON, *both], tests=True)
    yield Step("tests on PostgreSQL", [*_beside_postgresql(), PYTHON, *both], tests=True)
    yield Step("journeys in Chromium", [PYTHON, "-m", "pytest", "-q", JOURNEYS, *options], tests=True)


def parts(paths: list[str], options: list[str]) -> Iterator[Step]:
    """The named tests on both databases; journeys on SQLite only."""
    chosen = [PYTHON, "-m", "pytest", "-q", *paths, *options]
    yield Step("tests on SQLite", chosen, tests=True)
    if not paths[0].startswith(JOURNEYS):
        yield Step("tests on PostgreSQL", [*_beside_postgresql(), *chosen, f"--ignore={JOURNEYS}"], tests=True)


def perform(step: Step) -> Result:
    """Run one step, its output as it comes."""
    print(f"\n=== {step.name}", flush=True)
    began = time.monotonic()
    process = subprocess.Popen(step.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said = ""
    for line in process.stdout or []:
        print(line, end="", flush=True)
        said = line if line.strip() else said
    code = process.wait()
    seconds = time.monotonic() - began
    if code == NOTHING_COLLECTED and step.tests:
        print("no test ran: that is a failure", flush=True)
    counted = (
        {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|error)", said)} if step.tests else {}
    )
    failed = counted.get("failed", 0) + counted.get("error", 0)
    return Result(step, counted.get("passed", 0 if code or step.tests else 1), failed or (1 if code else 0), seconds)


def account(results: list[Result]) -> int:
    """Print how long each step took and the closing line."""
    print("\n=== account")
    for result in results:
        verdict = "FAILED" if result.failed else "ok"
        print(f"{verdict:7} {result.seconds:6.1f} s  {result.step.name}")
    passed, failed = sum(result.passed for result in results), sum(result.failed for result in results)
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed or not passed else 0


def _beside_postgresql() -> list[str]:
    return [PYTHON, "-m", "tests.rig.postgres", "--"]


if __name__ == "__main__":
    sys.exit(main())
