from tests.steps.s6_settlement.stage import stage

__all__ = ["stage"]
