"""Template tags of the desk: how icons, plates, stamps, clocks, money and moments are drawn. `{% load comeback %}`."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import Any

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext

from comeback.cases.editions import sheet_for
from comeback.cases.models import Case, Month, Request
from comeback.desk import fields, formats, heads, ordinals, plates, rows, states
from comeback.method.sheet import Means

register = template.Library()
SPRITE = "web/vendor/icons/sprite.svg"
CLOCK_ICONS = {"ok": "clock", "soon": "hourglass", "over": "alert-triangle"}


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """`{% icon "lock" %}`: one icon of the sprite, silent for screen readers; `extra`: more CSS classes."""
    classes = f"ti {extra}".strip()
    drawing = '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>'
    return format_html(drawing, classes, static(SPRITE), name)


@register.simple_tag
def plate(text: str, size: str = "") -> SafeString:
    """`{% plate "А123ВС77" %}`, `{% plate text "lg" %}`: the number plate as on the car; nothing without a text."""
    if not text:
        return SafeString("")
    number, region, country = plates.split_plate(text)
    classes = f"plate {size}".strip()
    tail = format_html("<i>{}</i>", region) if region else SafeString("")
    return format_html('<span class="{}" data-country="{}"><b>{}</b>{}</span>', classes, country, number, tail)


@register.inclusion_tag("desk/parts/stamp.html")
def stamp(level: int = 1, order_no: str = "", small: Any = False) -> dict[str, Any]:
    """`{% stamp level order_no %}`, `{% stamp level small=True %}`: only for a confirmed comeback."""
    return {"level_words": ordinals.level_words(int(level or 1)), "level": level, "order_no": order_no, "small": small}


@register.inclusion_tag("desk/parts/clock.html")
def clock(due_at: datetime | None, now: datetime, soon: int = 120) -> dict[str, Any]:
    """`{% clock due_at now %}`: what is left, or how late it is; `soon`: minutes of amber. Empty without a date."""
    if not due_at:
        return {"state": ""}
    state = formats.clock_state(due_at, now, int(soon))
    return {"state": state, "icon": CLOCK_ICONS[state], "words": formats.time_left(due_at, now), "due_at": due_at}


@register.simple_tag
def money(minor: int | None, currency: str) -> str:
    """`{% money 9650000 "RUB" %}` → `96 500 ₽`; a dash when nothing is known."""
    return "—" if minor in (None, "") else formats.money(int(minor), currency)


@register.simple_tag
def number(value: Any, places: int = 0) -> str:
    """`{% number 4.2 1 %}` → `4,2`."""
    return "—" if value in (None, "") else formats.number(value, places)


@register.simple_tag
def percent(value: Any, places: int = 1) -> str:
    """`{% percent 4.2 %}` → `4,2 %`; the value is already in per cent."""
    return "—" if value in (None, "") else formats.percent(value, places)


@register.simple_tag
def km(value: int | None) -> str:
    """`{% km 88430 %}` → `88 430 км`."""
    return "—" if value in (None, "") else formats.km(int(value))


@register.simple_tag
def when(moment: datetime | None, tz: tzinfo | None = None, now: datetime | None = None) -> SafeString | str:
    """`{% when dt tz now %}` → `вт 24.11, 09:00` in a `time` element; the year shows when it is not that of `now`."""
    if not moment:
        return "—"
    return _time(moment, formats.when(moment, tz or None, now or None))


@register.simple_tag
def short_when(moment: datetime | None, tz: tzinfo | None, now: datetime) -> SafeString | str:
    """`{% short_when dt tz now %}` → `16:30`, `завтра 09:00`, else as `when`."""
    return _time(moment, formats.short_when(moment, tz or None, now)) if moment else "—"


@register.simple_tag
def day(moment: date | None, tz: tzinfo | None = None) -> SafeString | str:
    """`{% day date %}` → `24.11.2026`."""
    return _time(moment, formats.day(moment, tz or None)) if moment else "—"


@register.simple_tag
def day_title(moment: datetime, tz: tzinfo | None = None) -> str:
    """`{% day_title now tz %}` → `Вторник, 24 ноября, 14:35`."""
    return formats.day_title(moment, tz or None)


@register.simple_tag
def month_title(first_day: date) -> str:
    """`{% month_title date %}` → `Ноябрь 2026`."""
    return formats.month_title(first_day)


@register.simple_tag
def state_icon(state: str, extra: str = "st") -> SafeString:
    """`{% state_icon "done" %}`: the icon of a state; the word goes beside it, see `state_word`."""
    return icon(states.state(state).icon, extra)


@register.simple_tag
def state_word(state: str) -> str:
    """`{% state_word "due" %}` → `Сейчас`."""
    return str(states.state(state).word)


@register.inclusion_tag("desk/parts/rail.html")
def rail(steps: Any) -> dict[str, Any]:
    """`{% rail steps %}`: the steps of one case; each has number, title, state, note, url, current."""
    return {"steps": steps}


@register.inclusion_tag("desk/field.html")
def field(bound: BoundField, hint: str = "", label: str = "") -> dict[str, Any]:
    """`{% field form.words %}`: a form field with label, help, errors; `hint`: a word beside the label."""
    bound.label = label or bound.label
    return {"field": fields.prepare(bound), "kind": fields.kind(bound), "short": fields.is_short(bound), "hint": hint}


@register.inclusion_tag("desk/subject_head.html")
def subject_head(subject: Any) -> dict[str, Any]:
    """`{% subject_head case %}`: plate, number, title and stamp of a case, a request, a month, or of plain data."""
    return {"subject": heads.head_of(subject) if isinstance(subject, (Case, Request, Month)) else subject}


@register.simple_tag
def line_means(line: Any, subject: Any) -> list[Means]:
    """`{% line_means line subject as means %}`: the means that the sheet recommends for a line, else for its step."""
    if line is None or not isinstance(subject, (Case, Request, Month)):
        return []
    sheet = sheet_for(subject)
    return [sheet.means[name] for name in line.means or sheet.steps[line.step].means]


@register.simple_tag
def line_due(progress: Any, line: Any) -> datetime | None:
    """`{% line_due progress line as due %}`: the deadline of a line that is still owed."""
    item = progress.lines.get(line.id) if progress and line else None
    return item.due_at if item and item.state != "done" else None


@register.filter
def function_names(codes: Any) -> list[str]:
    """`{{ codes|function_names|join_names }}`: functions as people call them."""
    return rows.function_names(codes or ())


@register.filter
def say(text: Any) -> str:
    """`{{ line.text|say }}`: words of the sheet in the active language; anything else as it is."""
    in_language = getattr(text, "in_language", None)
    return str(in_language(get_language() or "ru") if in_language else text)


@register.filter
def join_names(names: Any) -> str:
    """`{{ who|join_names }}`: `Кузнецов Д. или Белов К.`; a single text stays as it is."""
    if not names or isinstance(names, str):
        return str(names or "")
    listed = [str(name) for name in names]
    if len(listed) == 1:
        return listed[0]
    return gettext("%(names)s or %(last)s") % {"names": ", ".join(listed[:-1]), "last": listed[-1]}


@register.filter
def quoted(text: str) -> str:
    """`{{ words|quoted }}`: in the quotation marks of the language, unless the words carry some already."""
    bare = str(text).strip()
    if bare[:1] in '«“„"':
        return bare
    return pgettext("quotation marks around customer's words", "“%(words)s”") % {"words": bare}


def _time(moment: date, words: str) -> SafeString:
    exact = moment.isoformat(timespec="minutes") if isinstance(moment, datetime) else moment.isoformat()
    return format_html('<time datetime="{}">{}</time>', exact, words)
