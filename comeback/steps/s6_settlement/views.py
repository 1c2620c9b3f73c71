"""Pages of step 6, and what they show besides their forms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from comeback.cases.acting import Actor
from comeback.cases.models import Case
from comeback.desk.screens import screen
from comeback.steps.s6_settlement import forms
from comeback.steps.s6_settlement.accounts import ACCOUNTS, KINDS
from comeback.steps.s6_settlement.models import Agreement
from comeback.steps.s6_settlement.queries import amounts_of, current_lines, latest_policy, lines_to_post, total_of

TEMPLATE = "s6_settlement/costs.html"


def costs(subject: Case, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """Lines with their kinds and accounts, sums by account, the split, and what waits to be posted."""
    lines = current_lines(subject)
    sums: dict[str, int] = {}
    for row in lines:
        sums[row.account] = sums.get(row.account, 0) + row.amount
    policy = latest_policy(subject)
    return {
        "rows": [
            {
                "line": row,
                "times": forms.times(row.quantity, row.unit, subject.site.currency),
                "kind": KINDS.get(row.kind),
                "account": ACCOUNTS.get(row.account),
            }
            for row in lines
        ],
        "sums": [(ACCOUNTS[code], amount) for code, amount in sums.items() if code],
        "total": total_of(lines),
        "to_post": lines_to_post(subject).count(),
        "policy": policy,
        "parts": amounts_of(policy, lines) if policy else {},
        "answer": Agreement.objects.filter(decision=policy).order_by("-pk").first() if policy else None,
    }


for _name, _form in {
    "6.1": forms.AssignForm,
    "6.1/add": forms.CostForm,
    "6.1/correct": forms.CorrectForm,
    "post_costs": forms.PostForm,
    "6.2": forms.PolicyForm,
    "6.2/agree": forms.AgreeForm,
}.items():
    screen(_name, _form, template=TEMPLATE, context=costs)
