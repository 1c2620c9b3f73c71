"""The acts of the thread itself: answering a condition, opening a gate with a reason, closing a case."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.commands import act
from comeback.cases.deriving import progress_of
from comeback.cases.models import Case, Decision, Ending, GateOverride
from comeback.cases.rounds import round_of
from comeback.method.refusal import Missing, Refused, bad_input

LONG_ENOUGH = 10  # characters of a reason that somebody else can understand
LONGEST = 500


@act("decision")
def decide_condition(
    case: Case, *, about: str, actor: Actor, now: datetime, needed: bool, reason: str = ""
) -> Decision:
    """Answer a condition of the sheet («при необходимости»). A deviation from "must" needs a reason. Decision 2."""
    line = progress_of(case, now).lines.get(about)
    if line is None or not line.line.by_nature:
        raise Refused(about, Missing(about, _("This line has no condition to decide.")), kind="unknown")
    if not needed and line.need == "must" and len(reason.strip()) < LONG_ENOUGH:
        raise bad_input(about, "reason", _("This nature of comeback calls for it: say why it is not needed."))
    return Decision.objects.create(
        case=case, line=about, needed=needed, reason=_fitting(about, reason), at=now, by=actor.person,
        function=actor.function,
    )  # fmt: skip


def _fitting(rule: str, reason: str) -> str:
    if len(reason.strip()) > LONGEST:
        raise bad_input(rule, "reason", _("Say it shorter, in 500 characters."))
    return reason.strip()


@act("override")
def override_gate(case: Case, *, about: str, actor: Actor, now: datetime, reason: str) -> GateOverride:
    """Open a gate although something is missing, with a reason. Counted in K11; G7 has none. Decision 6."""
    gate = progress_of(case, now).gates.get(about)
    if gate is None or not gate.gate.override:
        raise Refused(about, Missing(about, _("This gate cannot be opened with a reason.")), kind="unknown")
    if gate.state != "closed":
        raise Refused(about, Missing(about, _("The gate is open already.")), kind="changed")
    if len(reason.strip()) < LONG_ENOUGH:
        raise bad_input(about, "reason", _("Say why in ten characters or more."))
    return GateOverride.objects.create(
        case=case,
        round=round_of(case),
        gate=about,
        reason=_fitting(about, reason),
        lacking=[item.need for item in gate.missing],
        at=now,
        by=actor.person,
        function=actor.function,
    )


@act("close")
def close_case(case: Case, *, actor: Actor, now: datetime) -> Ending:
    """Close the case: the contact was made, costs are posted, the measures have a criterion and a check date. G10."""
    if Ending.objects.filter(case=case).exists():
        raise Refused("G10", Missing("G10", _("The case is closed already.")), kind="changed")
    return Ending.objects.create(case=case, kind="closed", at=now, by=actor.person, function=actor.function)


@act("withdraw")
def withdraw_case(case: Case, *, actor: Actor, now: datetime, reason: str) -> Ending:
    """Withdraw the case after the reception: it turned out to be no comeback. It no longer counts. Decision 10."""
    if case.visit is None or case.visit.received_at is None:
        text = _("The car has not been received yet: the case is rejected instead.")
        raise Refused("withdraw", Missing("reject", text, ("reception_lead", "after_sales_manager")))
    if len(reason.strip()) < LONG_ENOUGH:
        raise bad_input("withdraw", "reason", _("Say why in ten characters or more."))
    return Ending.objects.create(
        case=case, kind="withdrawn", reason=_fitting("withdraw", reason), at=now, by=actor.person,
        function=actor.function,
    )  # fmt: skip
