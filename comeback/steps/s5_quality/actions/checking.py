"""The quality check. It has no way around it: lines 5.1 and 5.5, gate G7."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.commands import line
from comeback.cases.messages import tell
from comeback.cases.models import Case, Punch
from comeback.cases.rounds import open_round, round_of
from comeback.method.refusal import Missing, Refused, bad_input, refuse
from comeback.steps.s5_quality.checklist import Checklist, Item
from comeback.steps.s5_quality.facts import case_facts
from comeback.steps.s5_quality.models import Inspection
from comeback.steps.s5_quality.queries import checklist_of, people_here, worked_here

Looked = Literal["ok", "not_ok", "na"]


@line("5.1")
def inspect(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    edition: int,
    results: dict[str, Looked],
    verdict: Literal["pass", "fail"],
    remarks: dict[str, str] | None = None,
    values: dict[str, str] | None = None,
    return_reason: str = "",
    minutes: int = 0,
) -> Inspection:
    """Method 5.1: the quality controller checks that the work conforms.

    results, remarks, values: by item of the list of that edition; a remark is the reason where an item does not apply
    or is not in order; minutes: time it took. Refused: somebody who worked on this order or on the original one; work
    that goes on; a pass with an open item. A failed check is kept and sends the car back: the next round begins.
    """
    _by_another(case, actor)
    _at_rest(case)
    remarks, values = remarks or {}, values or {}
    checklist = checklist_of(case)
    _whole(checklist, edition, results)
    _look_through(checklist, results, remarks, values, verdict)
    if verdict == "fail" and not return_reason.strip():
        raise bad_input("5.1", "return_reason", _("Say what sends the car back to the workshop."))
    inspection = Inspection.objects.create(
        case=case,
        round=round_of(case),
        attempt=Inspection.objects.filter(case=case).count() + 1,
        edition=edition,
        answers={
            id_: {"result": result, "remark": remarks.get(id_, "").strip(), "value": values.get(id_, "").strip()}
            for id_, result in results.items()
        },
        verdict=verdict,
        return_reason=return_reason.strip() if verdict == "fail" else "",
        minutes=minutes,
        at=now,
        by=actor.person,
        function=actor.function,
    )
    if verdict == "fail":
        _send_back(inspection, actor, now)
    return inspection


def _by_another(case: Case, actor: Actor) -> None:
    if worked_here(actor.person, case):
        text = _("You worked on this car or on its original order: somebody else has to check it.")
        raise refuse("5.1", text, by=("quality_controller",))


def _at_rest(case: Case) -> None:
    working = Punch.objects.filter(case=case, ended_at=None).select_related("mechanic").first()
    if working:
        text = _("%(name)s is still working on the car: he has to punch out first.") % {"name": working.mechanic.name}
        raise refuse("5.1", text, by=("mechanic",), need="work_finished")
    passed = case_facts([case.pk]).get(case.pk, {}).get("quality_passed")
    if passed and not passed.void:
        raise Refused("5.1", Missing("5.1", _("The check was passed and signed: it is not edited.")), kind="changed")


def _whole(checklist: Checklist, edition: int, results: dict[str, Looked]) -> None:
    if edition != checklist.edition:
        raise Refused("5.1", Missing("edition", _("The check list was changed: open the page anew.")), kind="changed")
    unknown = sorted(results.keys() - checklist.items.keys())
    if unknown:
        text = _("Not on the list of this car: %(items)s.") % {"items": ", ".join(unknown)}
        raise bad_input("5.1", "results", text)


def _look_through(
    checklist: Checklist, results: dict[str, Looked], remarks: dict[str, str], values: dict[str, str], verdict: str
) -> None:
    """Refuse with everything that is open, not only the first item."""
    found = {
        item: _open(item, results.get(item.id), remarks.get(item.id, ""), values.get(item.id, ""), verdict == "pass")
        for item in checklist.items.values()
    }
    missing = [
        Missing(item.id, f"{item.id} {item.text.in_language(get_language() or 'ru')}: {text}", field=item.id)
        for item, text in found.items()
        if text
    ]
    if missing:
        raise Refused("5.1", *missing, kind="input")


def _open(item: Item, result: Looked | None, remark: str, value: str, passing: bool) -> str:
    """What keeps this item from being signed; empty when nothing does. A failed check may stop half-way."""
    if result is None:
        return _("still to be looked at") if item.must and passing else ""
    if result == "na":
        return _("say why it does not apply") if item.must and not remark.strip() else ""
    if result == "not_ok" and passing:
        if item.must:
            return _("not in order, so the check is not passed")
        return "" if remark.strip() else _("say what is not in order")
    if result == "ok" and item.value and item.must and passing and not value.strip():
        return _("enter the figure")
    return ""


def _send_back(inspection: Inspection, actor: Actor, now: datetime) -> None:
    case, reason = inspection.case, inspection.return_reason
    worked = Punch.objects.filter(case=case, round=inspection.round).select_related("mechanic").order_by("pk").last()
    told = [*([worked.mechanic] if worked else []), *people_here(case, now, "foreman")]
    open_round(case, why="5.1", note=reason, actor=actor, now=now)
    tell(
        dict.fromkeys(told),
        site=case.site,
        case=case,
        line="5.1",
        sender=actor.person,
        function=actor.function,
        code="work_returned",
        params={"case": str(case), "car": str(case.vehicle), "attempt": inspection.attempt},
        text=reason,
        now=now,
    )
