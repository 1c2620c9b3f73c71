"""One command, one transaction: permission, lock, gate, action, journal, projections. The only way to change a case."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from comeback.cases import journal
from comeback.cases.acting import Actor, allow, functions_at
from comeback.cases.commands import ACTIONS, Command, Registered, Subject
from comeback.cases.deriving import progress_with_facts, rewrite
from comeback.cases.editions import sheet_for
from comeback.cases.messages import send_queued
from comeback.cases.models import Case, CommandKey, GatePassage, Month, Request
from comeback.cases.rounds import round_of
from comeback.method.engine import Facts, Progress
from comeback.method.refusal import Missing, Refused, bad_input
from comeback.method.sheet import Sheet

ORDER = {Request: 0, Case: 1, Month: 2}


@dataclass(frozen=True)
class Outcome:
    """What a command gave: the actions' results, or (replayed) the references kept from the first time."""

    results: list[Any]
    refs: list[dict[str, Any]]
    replayed: bool = False


def perform(*commands: Command, actor: Actor, now: datetime, key: str) -> Outcome:
    """Carry out one or several commands as one. key: unique per person; the same key does nothing a second time.

    Raises Refused; then nothing was changed.
    """
    digest = _digest(commands)
    with transaction.atomic(durable=True):
        kept, fresh = CommandKey.objects.get_or_create(
            person=actor.person, key=key, defaults={"digest": digest, "at": now}
        )
        if not fresh:
            return _replay(kept, digest)
        results = _carry_out_all(commands, actor, now)
        kept.result = [_reference(result) for result in results]
        kept.save(update_fields=["result"])
    transaction.on_commit(lambda: send_queued(now), robust=True)
    return Outcome(results, kept.result)


def _replay(kept: CommandKey, digest: str) -> Outcome:
    if kept.digest != digest:
        raise bad_input("key", "key", _("This form was sent already with other content. Open the page anew."))
    return Outcome([], kept.result, replayed=True)


def _carry_out_all(commands: Sequence[Command], actor: Actor, now: datetime) -> list[Any]:
    _lock([command.subject for command in commands if isinstance(command.subject, models.Model)])
    results: list[Any] = []
    touched: list[Subject] = []
    for command in commands:
        subject = _lock([command.subject_after(results)])[0]
        results.append(_carry_out(command, subject, actor, now))
        touched += [subject, *([results[-1]] if isinstance(results[-1], Request | Case | Month) else [])]
    rewrite(touched, now)
    return results


def _lock(subjects: Sequence[Subject]) -> list[Subject]:
    """Lock the rows in a fixed order, so that two commands never wait for each other; gives them as they are now."""
    ordered = sorted(subjects, key=lambda subject: (ORDER[type(subject)], subject.pk))
    return [type(it).objects.select_for_update(of=("self",)).select_related("site").get(pk=it.pk) for it in ordered]


def _carry_out(command: Command, subject: Subject, actor: Actor, now: datetime) -> Any:
    sheet = sheet_for(subject)
    registered = find(command.name)
    case = subject if isinstance(subject, Case) else None
    acting = allow(
        actor, registered.permit, permitted(sheet, command.name), functions_at(actor, subject.site, now, case)
    )
    standing, facts = progress_with_facts(subject, now)
    if "case_closed" in facts:
        raise Refused("G10", Missing("G10", _("The case is closed: nothing is added to it.")), kind="changed")
    standing.check(registered.permit)
    if case:  # in the round in which the command is given: the action itself may open the next one
        _pass_gates(case, command.name, registered.permit, standing, facts, acting, now)
    result = registered.action(subject, actor=acting, now=now, **command.arguments)
    journal.append(
        subject.stream,
        command=command.name,
        at=command.arguments.get("at") or now,
        now=now,
        site=subject.site,
        actor=acting,
        content=command.said,
        refs=_reference(result),
    )
    return result


def find(name: str) -> Registered:
    """The registered action; conditions ("1.3/decision") and overrides ("G6/override") share one action each.

    Raises Refused (unknown) for a name that nothing answers to.
    """
    head, _slash, tail = name.partition("/")
    if tail in ("decision", "override"):
        shared = ACTIONS[tail]
        return Registered(name, "", lambda subject, **given: shared.action(subject, about=head, **given))
    if name not in ACTIONS:
        raise Refused(name, Missing(name, _("There is no such line or act.")), kind="unknown")
    return ACTIONS[name]


def permitted(sheet: Sheet, name: str) -> tuple[str, ...]:
    """Functions that the sheet allows to do it."""
    head, _slash, tail = name.partition("/")
    if tail == "override":
        return sheet.gates[head].override if head in sheet.gates else ()
    return sheet.allowed(head if head in sheet.lines else name)


def _pass_gates(
    case: Case, name: str, permit: str, standing: Progress, facts: Facts, actor: Actor, now: datetime
) -> None:
    """Passing a gate is itself evidence: who, when, by which command, on which facts."""
    for item in standing.gates.values():
        if permit in item.gate.guards and item.passage is None:
            GatePassage.objects.get_or_create(
                case=case,
                round=round_of(case),
                gate=item.gate.id,
                defaults={
                    "command": name,
                    "facts_digest": _facts_digest(facts),
                    "at": now,
                    "by": actor.person,
                    "function": actor.function,
                },
            )


def _facts_digest(facts: Facts) -> str:
    rows = [[fact.name, fact.at, fact.by, fact.void] for fact in sorted(facts.values(), key=lambda it: it.name)]
    return hashlib.sha256(journal.canonical(rows).encode()).hexdigest()


def _digest(commands: Sequence[Command]) -> str:
    rows = [
        [it.name, it.subject.stream if isinstance(it.subject, models.Model) else "later", it.said] for it in commands
    ]
    return hashlib.sha256(journal.canonical(rows).encode()).hexdigest()


def _reference(result: Any) -> dict[str, Any]:
    if isinstance(result, models.Model):
        return {"model": result._meta.label_lower, "id": result.pk}
    return {}
