"""One comeback told as facts, in the order in which it happened: a noise in front, November 2026, Moscow.

Lines of STORY: day and hour at the site, fact, and for an appointment the day and hour for which it is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from comeback.method.calendar import Calendar
from comeback.method.engine import Fact, Progress, progress
from comeback.method.loading import load
from comeback.method.sheet import Scope

MOSCOW = ZoneInfo("Europe/Moscow")
OPEN = ((time(9), time(13)), (time(14), time(20)))
SITE = Calendar(MOSCOW, dict.fromkeys(range(5), OPEN))
STORY = """
23 09:05  comeback_decided
23 09:06  original_linked
23 09:07  words_taken
23 09:08  nature                          NVH
23 09:09  expert_reserved
23 09:10  joint_drive_planned
23 09:11  offered_in_time
23 09:12  reception_booked                24 10:00
23 09:15  manager_informed
23 16:30  dossier_reviewed
23 16:40  parts_checked
23 16:50  order_stamped
24 10:05  received_with_manager
24 10:20  fault_card_signed
24 10:50  driven_with_customer
24 10:55  delivery_offered                25 18:00
24 10:56  manager_reserved_for_delivery
24 10:58  works_agreed
24 11:10  mechanic_assigned
24 11:15  safety_cleared
24 11:20  work_begun
24 12:00  work_supervised
24 12:05  manager_told_of_progress
24 16:00  concerns_answered
24 16:01  time_punched
24 16:02  work_finished
24 17:00  road_tested_after_work
24 17:40  quality_passed
24 17:45  presence_confirmed
24 18:00  delivery_confirmed
25 10:00  case_registered
25 10:10  measures_defined
25 11:00  costs_assigned
25 12:00  policy_applied
25 18:05  work_explained
25 18:10  cure_confirmed
25 18:15  drive_offered
25 18:20  document_explained
25 18:30  handed_over
27 10:00  customer_contacted
30 10:00  costs_posted
30 11:00  escape_cause_named
30 11:05  criteria_set
30 12:00  case_closed
"""
GATES = tuple(load().gates)


def at(words: str) -> datetime:
    """`24 10:05` as a moment of November 2026 at the site."""
    return datetime.strptime(f"2026-11-{words}", "%Y-%m-%d %H:%M").replace(tzinfo=MOSCOW).astimezone(UTC)


def _fact(row: str) -> Fact:
    day, hour, name, *value = row.split()
    return Fact(name=name, at=at(f"{day} {hour}"), who="Smirnova", value=_value(" ".join(value)))


def _value(words: str) -> Any:
    return at(words) if ":" in words else words or None


WHOLE = {fact.name: fact for fact in map(_fact, STORY.split("\n")[1:-1])}
NAMES = tuple(WHOLE)


def until(last: str, without: Iterable[str] = ()) -> dict[str, Fact]:
    """The story up to and with a fact, some left out."""
    told = NAMES[: NAMES.index(last) + 1]
    return {name: WHOLE[name] for name in told if name not in tuple(without)}


def void(facts: dict[str, Fact], *names: str) -> dict[str, Fact]:
    """The same facts, these no longer holding."""
    return facts | {name: replace(facts[name], void="typed for the wrong car") for name in names}


def also(*names: str, value: Any = None, when: str = "24 12:00") -> dict[str, Fact]:
    """Facts that do not belong to the story: decisions, passages, overrides."""
    return {name: Fact(name=name, at=at(when), who="Kuznetsov", value=value) for name in names}


def passages() -> dict[str, Fact]:
    """Every gate was passed, and that was recorded."""
    return also(*(f"passed_{gate}" for gate in GATES))


def standing(facts: dict[str, Fact], now: str = "24 18:30", scope: Scope = "case") -> Progress:
    """Progress under the built-in sheet at the site's calendar."""
    return progress(load(), facts, SITE, at(now), scope)


def needs_of(items: Iterable[Any]) -> list[str]:
    """Ids of what is missing."""
    return [item.need for item in items]
