"""The page of every line and act × every function × own site, other site, lent, nobody, not signed in.

Reading is for whoever may know of the subject; writing for whom the sheet names.
"""

from __future__ import annotations

import pytest

from comeback.cases.naming import permitted
from comeback.method import loading
from comeback.method.sheet import Scope
from comeback.registers import clock
from tests.permissions.callers import LENT, NOBODY, NOW, OTHER, OWN, UNSIGNED, Caller, Stage, journalled, some, undone
from tests.permissions.doors import screens

DONE_OR_NOT_YET = {302, 409, 422}
REFUSED = {403, 422}  # 422: the form was not filled in, nobody was asked
SCOPES: tuple[Scope, ...] = ("request", "case", "month")


def expected(scope: Scope, name: str, method: str, caller: Caller) -> set[int]:
    """The answers that this caller may get."""
    if caller.where == UNSIGNED:
        return {302}
    if caller.where == NOBODY:
        return {403}
    if not caller.knows(scope):
        return {404}
    if method == "get":
        return {200}
    return DONE_OR_NOT_YET if caller.function in permitted(loading.load(), name, scope) else REFUSED


def knock(stage: Stage, scope: Scope, name: str, method: str, caller: Caller) -> tuple[int, str]:
    base = {
        "case": f"/cases/{stage.case.number}",
        "request": f"/requests/{stage.request.pk}",
        "month": "/months/MSK/2025-05",
    }
    answer = getattr(caller.client, method)(f"{base[scope]}/{name}/", {"key": "key"} if method == "post" else {})
    return answer.status_code, answer.get("Location", "")


DOORS = [(scope, name) for scope in SCOPES for name in screens(scope)]


@pytest.mark.parametrize("where", [OWN, OTHER, LENT, NOBODY, UNSIGNED])
def test_each_line_is_done_by_whom_the_sheet_names_and_by_nobody_else(stage, where):
    assert not refused_wrongly(stage, where, everybody=False)


@pytest.mark.long
@pytest.mark.parametrize("where", [OWN, OTHER, LENT])
def test_each_line_by_every_function(stage, where):
    assert not refused_wrongly(stage, where, everybody=True)


def refused_wrongly(stage: Stage, where: str, *, everybody: bool) -> list[str]:
    """What was answered otherwise than the sheet says, or wrote something it should not have."""
    wrong = []
    before = journalled()
    callers = [caller for caller in stage.callers if caller.where == where]
    with clock.frozen_at(NOW):
        for number, (scope, name) in enumerate(DOORS):
            allowed = permitted(loading.load(), name, scope)
            chosen = callers if everybody else some(callers, number, allowed)
            if where == LENT and not everybody:  # by turns one who may and one who may not
                chosen = chosen[number % 2 :][:1]
            for caller in chosen:
                for method in ("get", "post"):
                    with undone():
                        status, place = knock(stage, scope, name, method, caller)
                        changed = journalled() - before
                    written = status == 302 and not place.startswith("/accounts/login/")
                    if status not in expected(scope, name, method, caller) or bool(changed) != written:
                        wrong.append(f"{method} {scope} {name} by {caller}: {status}, {changed} entries")
    return wrong


def test_a_line_of_another_subject_is_not_served_on_this_one(stage):
    wrong = []
    caller = next(it for it in stage.callers if it.where == OWN and it.function == "after_sales_manager")
    own = {scope: set(screens(scope)) for scope in SCOPES}
    with clock.frozen_at(NOW):
        for scope in SCOPES:
            for name in sorted(set().union(*own.values()) - own[scope]):
                for method in ("get", "post"):
                    with undone():
                        status, _place = knock(stage, scope, name, method, caller)
                    if status != 404:
                        wrong.append(f"{method} {scope} {name}: {status}")
    assert not wrong, "\n".join(wrong)
