"""The story that the tests of step 9 tell."""

from __future__ import annotations

import pytest

from comeback.cases import windows
from tests.cast import set_the_stage
from tests.steps.s9_indicators.story import Story


@pytest.fixture
def story(db: None, monkeypatch: pytest.MonkeyPatch) -> Story:
    told = Story(set_the_stage())
    own = [window for window in windows.WINDOWS["case"] if not _of_earlier_room(window)]
    monkeypatch.setitem(windows.WINDOWS, "case", [*own, told.window])
    return told


def _of_earlier_room(window: windows.Window) -> bool:
    return window.__module__.startswith(tuple(f"comeback.steps.s{number}_" for number in range(1, 9)))
