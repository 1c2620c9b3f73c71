"""The row in the control table of comebacks, and what prevents the next one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.actions import LONG_ENOUGH
from comeback.cases.commands import line
from comeback.cases.models import Case
from comeback.cases.rounds import round_of
from comeback.method.refusal import Missing, Refused, bad_input, refuse
from comeback.registers.models import Person
from comeback.steps.s4_repair import facts as work
from comeback.steps.s5_quality.causes import taxonomy
from comeback.steps.s5_quality.models import Measure, MeasureKind, RegisterEntry
from comeback.steps.s5_quality.queries import (
    cause_came_before,
    measures_of,
    people_here,
    real,
    register_entry_of,
    today,
)


@line("5.3")
def register_case(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    cause: str,
    verdict: str,
    owner_id: int,
    escape: str = "",
    contributing: list[str] | None = None,
    why: str = "",
    version: int = 0,
) -> RegisterEntry:
    """Method 5.3: enter the case in the control table of comebacks.

    cause, contributing, escape, verdict: codes of causes.yaml; escape may follow later (G10 needs it); version: the
    one that is corrected, 0 for the first entry. A correction is a new version. Refused before the
    concerns are answered.
    """
    if "concerns_answered" not in work.case_facts([case.pk])[case.pk]:
        text = _("A cause is named after the work: the concerns have no answer yet.")
        raise refuse("5.3", text, by=("mechanic",), need="concerns_answered")
    before = register_entry_of(case)
    if version != (before.version if before else 0):
        raise Refused(
            "5.3", Missing("version", _("Somebody changed it meanwhile: open the page anew.")), kind="changed"
        )
    _known(cause, contributing or [], escape, verdict)
    return RegisterEntry.objects.create(
        case=case,
        round=round_of(case),
        version=version + 1,
        cause=cause,
        contributing=sorted(set(contributing or []) - {cause}),
        escape=escape,
        verdict=verdict,
        why=why.strip(),
        owner=_owner("5.3", case, now, owner_id),
        at=now,
        by=actor.person,
        function=actor.function,
    )


def _known(cause: str, contributing: list[str], escape: str, verdict: str) -> None:
    known = taxonomy()
    if cause not in known.causes:
        raise bad_input("5.3", "cause", _("Choose the main cause from the list."))
    if not set(contributing) <= known.causes.keys():
        raise bad_input("5.3", "contributing", _("Choose contributing causes from the list."))
    if escape and escape not in known.escapes:
        raise bad_input("5.3", "escape", _("Choose from the list why it was not found before hand-over."))
    if verdict not in known.verdicts:
        raise bad_input("5.3", "verdict", _("Choose the technical verdict from the list."))


def _owner(rule: str, case: Case, now: datetime, owner_id: int | None) -> Person:
    owner = next((it for it in people_here(case, now) if it.pk == owner_id), None)
    if owner is None:
        raise bad_input(rule, "owner_id", _("Name somebody of this site who sees to it."))
    return owner


@line("5.4")
def define_measure(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    kind: Literal["process", "tool", "training", "supplier", "document", "talk", "none", "stands"],
    text: str = "",
    owner_id: int | None = None,
    due: date | None = None,
    criterion: str = "",
    check_on: date | None = None,
    decided_by_id: int | None = None,
    replaces_id: int | None = None,
) -> Measure:
    """Method 5.4: define a measure that prevents it from happening again; one command for each measure.

    due, check_on: site dates; criterion and check_on go together and may follow later (G10 needs them): a better
    wording replaces the former (replaces_id). none: none is needed, for the manager's reason (text, decided_by_id);
    stands: the measures of an earlier round stand. Refused: a talk as the only measure for a cause that came before.
    """
    replaced = _replaced(case, replaces_id)
    owner = decided_by = None
    if kind == "none":
        decided_by = _manager(case, now, decided_by_id, text)
    elif kind == "stands":
        _something_stands(case)
    else:
        owner = _owner("5.4", case, now, owner_id)
        _sound(text, due, criterion, check_on, today(case, now))
        _more_than_a_talk(case, kind, replaced, now)
    return Measure.objects.create(
        case=case,
        round=round_of(case),
        kind=kind,
        text=text.strip(),
        owner=owner,
        due=due if owner else None,
        criterion=criterion.strip() if owner else "",
        check_on=check_on if owner else None,
        decided_by=decided_by,
        replaces=replaced,
        at=now,
        by=actor.person,
        function=actor.function,
    )


def _replaced(case: Case, id_: int | None) -> Measure | None:
    if id_ is None:
        return None
    standing = measures_of(case).filter(pk=id_).first()
    if standing is None:
        text = _("That measure was changed meanwhile: open the page anew.")
        raise Refused("5.4", Missing("replaces_id", text), kind="changed")
    return standing


def _manager(case: Case, now: datetime, id_: int | None, reason: str) -> Person:
    manager = next((it for it in people_here(case, now, "after_sales_manager") if it.pk == id_), None)
    if manager is None:
        raise bad_input("5.4", "decided_by_id", _("Only the manager decides that no measure is needed: name him."))
    if len(reason.strip()) < LONG_ENOUGH:
        raise bad_input("5.4", "text", _("Say in ten characters or more why no measure is needed."))
    return manager


def _something_stands(case: Case) -> None:
    if not real(measures_of(case).exclude(round=round_of(case))):
        raise bad_input("5.4", "kind", _("No measure of an earlier round stands: define one."))


def _sound(text: str, due: date | None, criterion: str, check_on: date | None, now: date) -> None:
    if not text.strip():
        raise bad_input("5.4", "text", _("Say what will be done."))
    if due is None or due < now:
        raise bad_input("5.4", "due", _("By when? The date lies ahead."))
    if bool(criterion.strip()) != bool(check_on):
        missing = "check_on" if criterion.strip() else "criterion"
        raise bad_input("5.4", missing, _("A criterion and the date of its check go together."))
    if check_on and check_on < due:
        raise bad_input("5.4", "check_on", _("It is checked after it is done."))


def _more_than_a_talk(case: Case, kind: str, replaced: Measure | None, now: datetime) -> None:
    if kind != MeasureKind.TALK or not cause_came_before(case, now):
        return
    others = [it for it in real(measures_of(case)) if it.kind != MeasureKind.TALK and it != replaced]
    if not others:
        text = _("This cause came before: a talk alone is not enough. Change the process, a tool or the training.")
        raise bad_input("5.4", "kind", text)
