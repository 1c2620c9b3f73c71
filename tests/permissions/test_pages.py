"""Every page × every function × own site, other site, other site lent to this case, nobody, not signed in."""

from __future__ import annotations

import re

import pytest

from comeback.registers import clock
from tests.permissions.callers import LENT, NOBODY, NOW, OTHER, OWN, UNSIGNED, Caller, Stage, journalled, undone
from tests.permissions.doors import patterns
from tests.permissions.rules import ACCOUNTS_FOR_STRANGERS, GENERIC, MOVED, RULES, Rule

PAGES = {pattern.name: pattern.route for pattern in reversed(list(patterns()))}  # the first of a name wins
ACCOUNTS = {name for name, route in PAGES.items() if route.startswith("accounts/")} - RULES.keys()


def test_every_page_has_a_rule():
    unnamed = [pattern.route for pattern in patterns() if not pattern.name]
    assert PAGES.keys() - RULES.keys() - GENERIC - ACCOUNTS == set()
    assert not unnamed


def test_no_rule_is_left_of_a_page_that_is_gone():
    assert RULES.keys() | GENERIC | ACCOUNTS_FOR_STRANGERS <= PAGES.keys()


@pytest.mark.parametrize("where", [OWN, OTHER, LENT, NOBODY, UNSIGNED])
def test_each_page_is_open_to_whom_its_rule_names_and_to_nobody_else(stage, where):
    wrong = []
    before = journalled()
    with clock.frozen_at(NOW):
        for name, rule in RULES.items():
            for caller in [it for it in stage.callers if it.where == where and rule.concerns(it)]:
                for method in ("get", "post"):
                    with undone():
                        status = knock(stage, name, rule, method, caller)
                        changed = journalled() - before
                    if status not in rule.expected(method, caller) or changed:
                        wrong.append(f"{method} {name} by {caller}: {status}, {sorted(rule.expected(method, caller))}")
    assert not wrong, "\n".join(wrong)


def knock(stage: Stage, name: str, rule: Rule, method: str, caller: Caller) -> int:
    return getattr(caller.client, method)(address(stage, PAGES[name], rule.where), rule.data).status_code


def address(stage: Stage, route: str, where: dict[str, str]) -> str:
    """An address that the pattern matches, about the prepared case, request or month."""
    values = {
        "number": stage.case.number, "pk": str(stage.request.pk), "code": "MSK", "year": "2025", "what": "details",
    } | where  # fmt: skip
    if "months/" in route:
        values["number"] = "05"
    if "people/" in route:
        values["pk"] = str(stage.cast.people["belov"].pk)
    route = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", lambda found: values[found[1]], route)
    route = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], route)
    return "/" + re.sub(r"[\^$\\]", "", route)


def test_accounts_are_kept_by_whoever_is_signed_in_and_closed_to_strangers(stage):
    wrong = []
    stranger = next(caller for caller in stage.callers if caller.where == UNSIGNED)
    for name in ACCOUNTS:
        place = address(stage, PAGES[name], {"pk": "0", "key": "x", "uidb36": "1"})
        with undone(), clock.frozen_at(NOW):
            status = stranger.client.get(place).status_code
        if status >= 500 or (name not in ACCOUNTS_FOR_STRANGERS and status != MOVED):
            wrong.append(f"{name}: {status}")
    assert not wrong, "\n".join(wrong)
