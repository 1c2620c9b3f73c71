"""The hand-over talk in a few words, for tests of steps 7 and 8."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.steps.s6_settlement.stage import Stage


def settle(stage: Stage, customer: int = 0) -> Stage:
    """A cost of 10 000, charged to accounts, and the manager's decision; the customer agrees to his part."""
    cost = {"kind": "parts", "description": "Рычаг", "quantity": Decimal(1), "unit": 1_000_000, "account": "quality"}
    stage.do("6.1/add", "gromova", **cost)
    shares = {"maker": 0, "dealer": 100 - customer, "supplier": 0, "customer": customer}
    given = {name: Decimal(share) for name, share in shares.items()}
    stage.do("6.2", "romanova", version=0, **given, basis="rule", reason="По политике торговой точки")
    if customer:
        stage.do("6.2/agree", "belov", version=1, amount=customer * 10_000, how="phone", said_by="Иванова")
    return stage


def explain(stage: Stage, **more: Any):
    ids = list(stage.order.concerns.values_list("pk", flat=True))
    return stage.do("7.1", "belov", **({"concern_ids": ids, "to_whom": "Иванова", "old_parts_shown": True} | more))


def answer(stage: Stage, code: str = "fixed", who: str = "belov", **more: Any):
    answers = dict.fromkeys(stage.order.concerns.values_list("pk", flat=True), code)
    return stage.do("7.2", who, **({"answers": answers, "said_by": "Иванова М. П."} | more))


def offer(stage: Stage, code: str = "accepted", **more: Any):
    return stage.do("7.3", "belov", answer=code, **more)


def document(stage: Stage, **more: Any):
    return stage.do("7.4", "belov", **({"to_whom": "Иванова", "number": "П-77"} | more))


def hand_over(stage: Stage, who: str = "belov", **more: Any):
    given = {"receiver": "customer", "signed": True, "odometer_km": 88_460} | more
    return stage.do("hand_over", who, **given)


def talk(stage: Stage, **cure: Any) -> Stage:
    """All four lines of step 7."""
    stage.drive_after_work()
    explain(stage)
    answer(stage, **cure)
    offer(stage)
    document(stage)
    return stage
