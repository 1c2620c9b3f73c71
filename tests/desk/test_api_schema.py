"""The OpenAPI document: one operation for each registered action, each with all its errors."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

import pytest
from pydantic import ValidationError

from comeback.cases.commands import ACTIONS
from comeback.config.api import api
from comeback.desk.schemas import body_of
from comeback.method import loading

ERRORS = {"400", "401", "403", "404", "409", "413", "422", "429"}
SCHEMA: dict[str, Any] = api.get_openapi_schema()
OPERATIONS = [(path, method, it) for path, found in SCHEMA["paths"].items() for method, it in found.items()]


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=[f"{m} {p}" for p, m, _ in OPERATIONS])
def test_every_operation_declares_its_errors_as_problems(path, method, operation):
    answers = operation["responses"]
    assert set(map(str, answers)) - {"200"} == (ERRORS if method == "post" else {"401", "403", "404", "422", "429"})
    for status, answer in answers.items():
        kind = "application/json" if str(status) == "200" else "application/problem+json"
        assert answer["content"][kind]["schema"]["$ref"].endswith("Problem") == (str(status) != "200")
    assert operation["security"]


def test_every_action_condition_and_override_has_its_operation():
    sheet, paths = loading.load(), SCHEMA["paths"]
    for name, registered in ACTIONS.items():
        if name not in ("decision", "override"):
            tail = f"lines/{name}" if registered.permit in sheet.lines else f"acts/{name}"
            assert any(path.endswith(f"}}/{tail}") for path in paths), name
    decided = {path.split("/")[-2] for path in paths if path.endswith("/decision")}
    assert decided == {line.id for line in sheet.lines.values() if line.by_nature}
    opened = {path.split("/")[-2] for path in paths if path.endswith("/override")}
    assert opened == {gate.id for gate in sheet.gates.values() if gate.override}
    assert "G7" not in opened


def test_every_post_asks_for_a_key_of_idempotency():
    for path, method, operation in OPERATIONS:
        if method == "post":
            keys = [it for it in operation["parameters"] if it["name"].lower().replace("_", "-") == "idempotency-key"]
            assert keys, path
            assert keys[0]["required"], path


def act(subject: object, *, actor: object, now: datetime, at: datetime, times: list[datetime],
        by_day: dict[str, datetime], perhaps: datetime | None = None, day: date | None = None,
        kind: Literal["a", "b"] = "a") -> None:  # fmt: skip
    """An act with moments everywhere."""


AWARE, NAIVE = "2025-06-02T11:00:00+03:00", "2025-06-02T11:00:00"
GIVEN = {"at": AWARE, "times": [AWARE, AWARE], "by_day": {"mon": AWARE}, "perhaps": AWARE, "day": "2025-06-02"}


def test_moments_are_read_with_their_offset_wherever_they_stand():
    body = body_of(act, "act")(**GIVEN)
    assert len(body.times) == 2
    assert body.by_day["mon"].utcoffset() is not None


@pytest.mark.parametrize(
    "naive", [{"at": NAIVE}, {"times": [AWARE, NAIVE]}, {"by_day": {"mon": NAIVE}}, {"perhaps": NAIVE}]
)
def test_naive_moments_are_refused_wherever_they_stand(naive):
    with pytest.raises(ValidationError):
        body_of(act, "act")(**(GIVEN | naive))


def test_actor_and_now_are_never_taken_from_the_body():
    with pytest.raises(ValidationError):
        body_of(act, "act")(**(GIVEN | {"now": AWARE}))
