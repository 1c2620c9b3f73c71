"""What the booking page says of a call: verdict and times in words, and the states of 1.1 to 1.5 at its foot."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.translation import get_language, gettext, pgettext

from comeback.desk import formats
from comeback.diary.slots import Free
from comeback.recognition import sentence, sentences
from comeback.registers.models import Function
from comeback.steps.s1_booking.bars import draw
from comeback.steps.s1_booking.call import Call
from comeback.steps.s1_booking.guide import NATURES
from comeback.steps.s1_booking.models import Reason, Reply
from comeback.steps.s1_booking.queries import trail_of
from comeback.steps.s1_booking.said import ELSEWHERE

LEVELS = {"comeback": "likely", "ask": "maybe", "new": "info"}


class Mark(NamedTuple):
    """One line of the sheet at the foot of the page. state: done, due, skip."""

    line: str
    text: str
    state: str


def context_of(call: Call) -> dict[str, Any]:
    """Everything the templates need, worked out here so that they only print."""
    hit = call.original if call.reply == Reply.YES else call.judged.order
    return {
        "call": call,
        "given": call.given,
        "now": call.now,
        "tz": call.site.zoneinfo,
        "trail": trail_of(call.orders, hit, call.now),
        "more_visits": max(0, len(call.orders) - 4),
        "natures": list(NATURES.items()),
        "verdict": _verdict(call),
        "reasons": Reason.choices,
        "elsewhere": ELSEWHERE,
        "asked": {"expert": call.need("1.3") != "no", "drive": call.need("1.4") != "no"},
        "must": {"expert": call.need("1.3") == "must", "drive": call.need("1.4") == "must"},
        "times": [(free, _span(call, free), _time_note(call, free)) for free in _offered(call)],
        "drawing": draw(call.occupancy, _people_drawn(call), call.times, call.time),
        "away": _away(call),
        "who": [resource.name for name, resource in call.people.items() if name != "bay"],
        "marks": _marks(call),
        "blocked": call.lacking[0].text if call.lacking else "",
        "customer_text": customer_text(call),
    }


def _verdict(call: Call) -> dict[str, Any]:
    said, language = call.recognition, (get_language() or "ru")[:2]
    titles = {
        "comeback": gettext("Looks like a comeback"),
        "ask": gettext("Perhaps a comeback"),
        "new": gettext("Nothing speaks for a comeback"),
    }
    return {
        "level": LEVELS[said.verdict],
        "title": titles[said.verdict],
        "score": said.score,
        "reasons": [(sentence(it, language), it.points) for it in said.reasons],
        "why": "; ".join(sentences(said, language)),
        "question": sentence(said.question, language) if said.question else "",
        "reason_text": str(dict(Reason.choices).get(call.reason, "")),
    }


def _offered(call: Call) -> list[Free]:
    """The times offered, and the chosen one where it is none of them."""
    chosen = [call.time] if call.time and all(it.first != call.time.first for it in call.times) else []
    return sorted([*call.times, *chosen], key=lambda it: it.first)


def _span(call: Call, free: Free) -> str:
    starts, ends = (it.astimezone(call.site.zoneinfo) for it in (free.starts_at, free.ends_at))
    return f"{starts:%H:%M}–{ends:%H:%M}"


def _time_note(call: Call, free: Free) -> str:
    day = formats.when(free.starts_at, call.site.zoneinfo).partition(",")[0]
    if call.norm_until and call.as_comeback:
        note = gettext("within the norm") if free.starts_at <= call.norm_until else gettext("after the norm")
        return f"{day} · {note}"
    return day


def _people_drawn(call: Call) -> list[Any]:
    return list({r.pk: r for name, r in call.people.items() if name != "bay"}.values())


def _away(call: Call) -> list[str]:
    """Who is away in the days looked at: why a day is not offered."""
    names = {resource.pk: resource.name for need in call.needs for resource in need.resources}
    zone = call.site.zoneinfo
    return [
        f"{names[pk]}: {formats.day(it.since, zone)} – {formats.day(it.until, zone)}"
        for pk, absences in call.occupancy.away.items()
        for it in absences
    ]


def _marks(call: Call) -> list[Mark]:
    lacking = {it.line: it.text for it in reversed(call.lacking)}
    replies = {
        Reply.YES: gettext("Comeback: yes"),
        Reply.NO: gettext("Comeback: no"),
        Reply.UNKNOWN: gettext("Comeback: to be decided"),
    }
    texts = {
        "1.1": replies.get(Reply(call.reply)) if call.reply else gettext("Comeback?"),
        "1.2": pgettext("foot of the booking page", "Words"),
        "1.3": _expert_text(call),
        "1.4": gettext("Drive: yes") if call.drive else gettext("Drive: no"),
        "1.5": gettext("After the norm") if call.late else gettext("Within the norm"),
    }
    lines = texts if call.as_comeback else ["1.1", "1.2"]
    return [
        Mark(line, lacking.get(line) or str(texts[line]), "due" if line in lacking else _done(call, line))
        for line in lines
    ]


def _done(call: Call, line: str) -> str:
    if (line == "1.1" and not call.reply) or (line == "1.2" and not call.words):
        return "later"
    skipped = (line == "1.3" and not call.expert) or (line == "1.4" and not call.drive)
    return "skip" if skipped else "done"


def _expert_text(call: Call) -> str:
    expert = call.people.get(Function.TECHNICAL_EXPERT)
    if not call.expert:
        return gettext("Expert: no")
    return gettext("Expert: %(name)s") % {"name": expert.name if expert else "?"}


def customer_text(call: Call) -> str:
    """What to tell the customer at the end of the call."""
    if call.time is None:
        return ""
    parts = [formats.when(call.time.starts_at, call.site.zoneinfo, call.now) + "."]
    if call.drive:
        parts.append(gettext("Bring your driving licence: you will drive with the expert."))
        parts.append(gettext("Let the one come who noticed it."))
    if call.danger:
        parts.append(gettext("Do not drive the car: we send a tow truck."))
    return " ".join(parts)
