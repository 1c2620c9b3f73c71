"""The locks agree with each other and name no place to download from."""

import re
from pathlib import Path

import pytest

from comeback.config.places import ROOT

RUN, TEST = ROOT / "requirements.lock", ROOT / "requirements-test.lock"


def pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", lock.read_text(), flags=re.MULTILINE))


def test_the_tests_run_with_the_versions_that_are_served() -> None:
    assert pins(RUN).items() <= pins(TEST).items()


@pytest.mark.parametrize("lock", [RUN, TEST], ids=lambda lock: lock.name)
def test_a_lock_has_hashes_and_no_addresses(lock: Path) -> None:
    text = lock.read_text()
    assert not re.findall(r"://|^--|file:|find-links|@ ", text, flags=re.MULTILINE)
    blocks = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_every_package_asked_for_is_locked() -> None:
    asked = re.findall(r"^([\w.-]+)", (ROOT / "requirements.in").read_text(), flags=re.MULTILINE)
    assert {name.lower() for name in asked} <= pins(RUN).keys()
