"""How figures, moments and plates are written for people. Pure: the language is the active one, the time is handed in.

Russian and French put a no-break space between thousands and a comma before decimals; English a comma and a point.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext, pgettext

NBSP = "\u00a0"
MINUS = "\u2212"
SIGNS = {"RUB": "₽", "EUR": "€", "GBP": "£", "USD": "$", "KZT": "₸", "BYN": "Br", "CHF": "CHF"}
WITHOUT_MINOR_UNITS = frozenset({"JPY", "XAF", "XOF"})
ENGLISH_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def language() -> str:
    """Two letters of the active language: `ru`, `en` or `fr`; English for any other."""
    code = (get_language() or "en")[:2]
    return code if code in ("ru", "fr") else "en"


def number(value: int | float | Decimal, places: int = 0) -> str:
    """A figure with its thousands apart: `96 500`, `4,2`, `−1 200`; minus is a true minus sign."""
    text = f"{abs(value):,.{places}f}"
    if language() != "en":
        text = text.replace(",", NBSP).replace(".", ",")
    negative = value < 0 and any(character in "123456789" for character in text)
    return f"{MINUS}{text}" if negative else text


def money(minor: int, currency: str) -> str:
    """An amount in minor units (kopecks, cents): `96 500 ₽`, `−12,50 €`, `£1,200`; cents only when there are any."""
    exponent = 0 if currency in WITHOUT_MINOR_UNITS else 2
    amount = Decimal(minor).scaleb(-exponent)
    figure = number(amount, exponent if amount != amount.to_integral_value() else 0)
    sign = SIGNS.get(currency, currency)
    if language() == "en" and sign in ("€", "£", "$"):
        return figure.replace(MINUS, f"{MINUS}{sign}") if figure.startswith(MINUS) else f"{sign}{figure}"
    return f"{figure}{NBSP}{sign}"


def km(value: int) -> str:
    """A distance or odometer reading: `88 430 км`."""
    unit = pgettext("unit of distance", "km")
    return f"{number(value)}{NBSP}{unit}"


def percent(value: int | float | Decimal, places: int = 1) -> str:
    """A share already in per cent: `4,2 %`; English writes it without the space."""
    return f"{number(value, places)}%" if language() == "en" else f"{number(value, places)}{NBSP}%"


def duration(minutes: int) -> str:
    """A length of time as short as it can be said: `35 мин`, `1 ч 10 м`, `21 ч`, `5 дн`."""
    hours, rest = divmod(abs(minutes), 60)
    if not hours:
        return gettext("%(n)s min") % {"n": rest}
    if hours < 10:
        return gettext("%(hours)s h %(minutes)s m") % {"hours": hours, "minutes": f"{rest:02d}"}
    if hours < 72:
        return gettext("%(n)s h") % {"n": hours}
    return ngettext("%(n)s day", "%(n)s days", hours // 24) % {"n": hours // 24}


def time_left(due_at: datetime, now: datetime) -> str:
    """What is left until `due_at`, or by how much it is late: `1 ч 10 м`, `−35 мин`. Begun minutes do not count."""
    seconds = (due_at - now).total_seconds()
    words = duration(int(abs(seconds) // 60)).replace(" ", NBSP)
    return f"{MINUS}{words}" if seconds < 0 else words


def clock_state(due_at: datetime, now: datetime, soon: int = 120) -> str:
    """`over` when the moment is past, `soon` within the last `soon` minutes, else `ok`."""
    if due_at < now:
        return "over"
    return "soon" if due_at - now <= timedelta(minutes=soon) else "ok"


def in_zone(moment: datetime, zone: tzinfo | None) -> datetime:
    """The same moment on the clock of the site; without a zone on the clock of the active time zone."""
    return timezone.localtime(moment, zone or None)


def weekday(moment: date) -> str:
    """The weekday in two or three letters: `вт`, `mar.`, `Tue`."""
    return _weekdays()[moment.weekday()]


def _weekdays() -> tuple[str, ...]:
    return (
        pgettext("short weekday", "Mon"),
        pgettext("short weekday", "Tue"),
        pgettext("short weekday", "Wed"),
        pgettext("short weekday", "Thu"),
        pgettext("short weekday", "Fri"),
        pgettext("short weekday", "Sat"),
        pgettext("short weekday", "Sun"),
    )


def day(moment: date | datetime, zone: tzinfo | None = None) -> str:
    """A date in full: `24.11.2026`, `24/11/2026`, `24 Nov 2026`."""
    return _date(_local(moment, zone), year=True)


def when(moment: datetime, zone: tzinfo | None = None, now: datetime | None = None) -> str:
    """A moment as people say it: `вт 24.11, 09:00`; with the year when it is not the year of `now`."""
    local = in_zone(moment, zone)
    other_year = now is not None and in_zone(now, zone).year != local.year
    return f"{weekday(local)} {_date(local, year=other_year)}, {local:%H:%M}".replace(" ", NBSP, 1)


def short_when(moment: datetime, zone: tzinfo | None, now: datetime) -> str:
    """A moment near `now`: `16:30` today, `завтра 09:00`, `вчера 17:40`, else as `when`."""
    local, today = in_zone(moment, zone), in_zone(now, zone).date()
    near = {
        today: f"{local:%H:%M}",
        today + timedelta(days=1): gettext("tomorrow %(time)s") % {"time": f"{local:%H:%M}"},
        today - timedelta(days=1): gettext("yesterday %(time)s") % {"time": f"{local:%H:%M}"},
    }
    return near.get(local.date()) or when(moment, zone, now)


def day_title(moment: datetime, zone: tzinfo | None = None) -> str:
    """The heading of a day: `Вторник, 24 ноября, 14:35`."""
    local = in_zone(moment, zone)
    words = date_format(local, "l, j E" if language() == "ru" else "l j F")
    return f"{words[:1].upper()}{words[1:]}, {local:%H:%M}"


def month_title(first_day: date) -> str:
    """The name of a month: `Ноябрь 2026`."""
    words = date_format(first_day, "F Y")
    return words[:1].upper() + words[1:]


def _local(moment: date | datetime, zone: tzinfo | None) -> date:
    return in_zone(moment, zone) if isinstance(moment, datetime) and timezone.is_aware(moment) else moment


def _date(moment: date, *, year: bool) -> str:
    if language() == "en":
        return f"{moment.day} {ENGLISH_MONTHS[moment.month - 1]}{f' {moment.year}' if year else ''}"
    separator = "/" if language() == "fr" else "."
    return separator.join([f"{moment:%d}", f"{moment:%m}", *([f"{moment:%Y}"] if year else [])])
