import pytest

from tests.steps.s6_settlement.stage import Stage, stage
from tests.steps.s7_handover.talk import hand_over, settle, talk

__all__ = ["handed_over", "ready", "stage"]


@pytest.fixture
def ready(stage: Stage) -> Stage:
    """Everything said: only the hand-over is left."""
    return talk(settle(stage))


@pytest.fixture
def handed_over(ready: Stage) -> Stage:
    """Handed over by the advisor on Wednesday 4 June at 15:00; due on Friday at 15:00."""
    hand_over(ready)
    return ready
