"""The story that the tests of step 9 tell."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from comeback.cases import windows
from tests.cast import set_the_stage
from tests.steps.s9_indicators.story import Story


@pytest.fixture
def story(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    told = Story(set_the_stage())
    monkeypatch.setitem(windows.WINDOWS, "case", [*windows.WINDOWS["case"], told.window])
    return told
