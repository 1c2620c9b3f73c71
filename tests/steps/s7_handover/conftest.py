import pytest

from tests.steps.s6_settlement.stage import Stage, stage
from tests.steps.s7_handover.talk import settle

__all__ = ["settled", "stage"]


@pytest.fixture
def settled(stage: Stage) -> Stage:
    """The case settled, the customer paying nothing: ready for delivery (G8)."""
    return settle(stage)
