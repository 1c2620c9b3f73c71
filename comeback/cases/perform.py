"""One command, one transaction: permission, lock, gate, action, journal, projections. The only way to change a case."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DataError, IntegrityError, OperationalError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comeback.cases import journal
from comeback.cases.acting import Actor, allow, functions_at
from comeback.cases.commands import Command, Subject
from comeback.cases.deriving import locked, progress_with_facts, rewrite
from comeback.cases.editions import sheet_for
from comeback.cases.messages import send_queued
from comeback.cases.models import Case, CommandKey, GatePassage, Month, Request
from comeback.cases.naming import find, permitted
from comeback.cases.rounds import round_of
from comeback.method.engine import Facts, Progress
from comeback.method.refusal import Missing, Refused, bad_input

log = logging.getLogger(__name__)
BUSY = ("40P01", "40001", "55P03")  # PostgreSQL: deadlock, serialization, lock not available
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
    if not key:
        raise bad_input("key", "key", _("Send a key that no other command of yours bears."))
    try:
        outcome = _once(commands, actor, now, key)
    except IntegrityError as error:
        log.warning("%s: the database refused it", ", ".join(it.name for it in commands), exc_info=True)
        text = _("It does not fit what was recorded at the same moment. Nothing was changed: open the page anew.")
        raise Refused("changed", Missing("changed", text), kind="changed") from error
    except OperationalError as error:
        if not _is_busy(error):
            raise
        log.warning("%s: others hold what it needs", ", ".join(it.name for it in commands), exc_info=True)
        text = _("Somebody else is writing at this moment. Nothing was recorded: send it again.")
        raise Refused("changed", Missing("changed", text), kind="changed") from error
    except (DataError, OverflowError) as error:
        log.warning("%s: the database cannot hold it", ", ".join(it.name for it in commands), exc_info=True)
        raise bad_input("input", "", _("A text is too long, or a number too large.")) from error
    transaction.on_commit(lambda: send_queued(now), robust=True)
    return outcome


def _is_busy(error: OperationalError) -> bool:
    """A lock that was not had in time, or a deadlock that the database resolved: the same key may be sent again."""
    return "locked" in str(error) or getattr(error.__cause__, "sqlstate", "") in BUSY


def _once(commands: Sequence[Command], actor: Actor, now: datetime, key: str) -> Outcome:
    """The key is taken first: whoever sends it at the same moment waits here until the outcome is known."""
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
    return [locked(type(it)).get(pk=it.pk) for it in ordered]


def _carry_out(command: Command, subject: Subject, actor: Actor, now: datetime) -> Any:
    sheet = sheet_for(subject)
    registered = find(command.name, subject.KIND)
    case = subject if isinstance(subject, Case) else None
    allowed = permitted(sheet, command.name, subject.KIND)
    acting = allow(actor, registered.rule, allowed, functions_at(actor, subject.site, now, case))
    standing, facts = progress_with_facts(subject, now)
    if "case_closed" in facts:
        raise Refused("G10", Missing("G10", _("The case is closed: nothing is added to it.")), kind="changed")
    standing.check(registered.permit)
    happened_at = _happened_at(registered.rule, command.arguments.get("at"), now)
    if case:  # in the round in which the command is given: the action itself may open the next one
        _pass_gates(case, command.name, registered.permit, standing, facts, acting, now)
    result = registered.action(subject, actor=acting, now=now, **command.arguments)
    journal.append(
        subject.stream,
        command=command.name,
        at=happened_at,
        now=now,
        site=subject.site,
        actor=acting,
        content=command.said,
        refs=_reference(result),
    )
    return result


def _happened_at(rule: str, typed: datetime | None, now: datetime) -> datetime:
    """The moment that was typed as `at`, else now; the future has not happened."""
    moment = typed or now
    if timezone.is_naive(moment) or moment > now:
        raise bad_input(rule, "at", _("This moment is still to come, or its time zone is missing."))
    return moment


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
