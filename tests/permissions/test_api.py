"""Every operation of the API × every function × own site, other site, other site lent to this case, nobody, no token.

What is expected is read from the sheet: the line names its functions, and nothing else does.
"""

from __future__ import annotations

from typing import Any

import pytest

from comeback.cases.commands import ACTIONS
from comeback.cases.naming import SHARED, permitted
from comeback.method import loading
from comeback.registers import clock
from comeback.registers.models import ADMINISTRATOR, Function
from tests.permissions.callers import LENT, NOBODY, NOW, OTHER, OWN, UNSIGNED, Caller, Stage, journalled, some, undone
from tests.permissions.doors import Operation, operations

DONE_OR_NOT_YET = {200, 409, 422}
# An act of a line that is for one of its functions only; `6.2/agree` is the advisor's part of the same line.
NARROWER = {"6.2": ("after_sales_manager",)}


def expected(operation: Operation, caller: Caller) -> set[int]:
    """The answers that this caller may get."""
    if caller.where == UNSIGNED:
        return {401}
    if caller.where == NOBODY:
        return {403}
    if operation.scope and not caller.knows(operation.scope):
        return {404}
    if not operation.name:
        return {200}
    return DONE_OR_NOT_YET if caller.function in allowed(operation) else {403}


def allowed(operation: Operation) -> tuple[str, ...]:
    """The functions that the sheet names for it."""
    if not operation.name:
        return tuple(Function.values)
    kind: Any = operation.scope or "request"
    return NARROWER.get(operation.name) or permitted(loading.load(), operation.name, kind)


def knock(stage: Stage, operation: Operation, caller: Caller) -> int:
    path = operation.path.format(
        pk=stage.request.pk, number=stage.case.number, code=stage.cast.msk.code, month="2025-05"
    )
    headers = {"HTTP_AUTHORIZATION": f"Bearer {caller.token}"} if caller.token else {}
    if operation.method == "get":
        return caller.client.get(path, **headers).status_code
    return caller.client.post(
        path, operation.body, content_type="application/json", HTTP_IDEMPOTENCY_KEY="key", **headers
    ).status_code


@pytest.mark.parametrize("where", [OWN, OTHER, LENT, NOBODY, UNSIGNED])
def test_each_operation_is_open_to_whom_the_sheet_names_and_to_nobody_else(stage, where):
    assert not refused_wrongly(stage, where)


@pytest.mark.long
@pytest.mark.parametrize("where", [OWN, OTHER, LENT])
def test_each_operation_by_every_function(stage, where):
    assert not refused_wrongly(stage, where, everybody=True)


def refused_wrongly(stage: Stage, where: str, *, everybody: bool = False) -> list[str]:
    """What was answered otherwise than the sheet says, or wrote something it should not have."""
    wrong = []
    before = journalled()
    callers = [caller for caller in stage.callers if caller.where == where]
    with clock.frozen_at(NOW):
        for number, operation in enumerate(operations()):
            refused = None if where == OWN else 1
            for caller in callers if everybody else some(callers, number, allowed(operation), refused=refused):
                with undone():
                    status = knock(stage, operation, caller)
                    changed = journalled() - before
                if status not in expected(operation, caller) or changed != (status == 200 and bool(operation.name)):
                    wrong.append(f"{operation.method} {operation.path} by {caller}: {status}, {changed} entries")
    return wrong


def test_every_registered_action_has_an_operation():
    assert {operation.name for operation in operations()} >= ACTIONS.keys() - set(SHARED)


def test_the_callers_are_every_function_in_every_relation(stage):
    found = {(caller.where, caller.function) for caller in stage.callers}
    assert found == {(where, function) for where in (OWN, OTHER, LENT) for function in Function.values} | {
        (NOBODY, ""), (UNSIGNED, ""),
    }  # fmt: skip


def test_the_administrator_does_no_line_of_the_method():
    assert not [operation for operation in operations() if operation.name and ADMINISTRATOR in allowed(operation)]
