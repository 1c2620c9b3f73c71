"""The floors are checked by import-linter; here it is checked that the contracts catch what they are there for."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from comeback.config.places import ROOT

HOUSE = {
    "comeback/__init__.py": "",
    "comeback/steps/__init__.py": "",
    "comeback/steps/s1_booking/__init__.py": "",
    "comeback/steps/s1_booking/models.py": "",
    "comeback/steps/s1_booking/facts.py": "from comeback.steps.s1_booking import models\n",
    "comeback/steps/s2_preparation/__init__.py": "",
    "comeback/steps/s2_preparation/facts.py": "from comeback.steps.s1_booking import facts\n",
    "comeback/steps/s2_preparation/views.py": "",
    "comeback/method/__init__.py": "",
    "comeback/recognition/__init__.py": "",
    "comeback/registers/__init__.py": "from comeback import method\n",
}


@pytest.fixture
def kept(tmp_path: Path) -> Callable[..., bool]:
    """Whether the contracts are kept in a small house in which these files differ."""

    def check(**changes: str) -> bool:
        shutil.copy(ROOT / "pyproject.toml", tmp_path)
        for name, text in {**HOUSE, **changes}.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert "kept" in done.stdout, done.stdout + done.stderr
        return done.returncode == 0

    return check


def test_a_later_room_may_look_through_an_earlier_ones_window(kept: Callable[..., bool]) -> None:
    assert kept()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("comeback/steps/s2_preparation/views.py", "from comeback.steps.s1_booking import models\n"),
        ("comeback/steps/s1_booking/facts.py", "from comeback.steps.s2_preparation import facts\n"),
        ("comeback/registers/__init__.py", "from comeback.steps.s1_booking import facts\n"),
        ("comeback/method/__init__.py", "from django.db import models\n"),
        ("comeback/method/__init__.py", "from comeback import recognition\n"),
    ],
)
def test_an_arrow_that_points_up_or_into_a_room_is_refused(kept: Callable[..., bool], name: str, text: str) -> None:
    assert not kept(**{name: text})
