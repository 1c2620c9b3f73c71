"""Single cells to typed values. An empty cell is None; what cannot be read raises `Unreadable`."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from comeback.recognition.exchange.refusals import Unreadable

_FORMATS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
)
_OFFSET = re.compile(r"\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s*(?:Z|UTC|GMT|[+-]\d\d:?\d\d)$", re.IGNORECASE)
_FRACTION = re.compile(r"(:\d\d)[.,]\d+$")
_UNITS = re.compile(r"(?:km|км|kms|h|ч|н/ч|€|£|\$|руб\.?|р\.|₽|eur|gbp|rub|usd)\.?$", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_YES = frozenset(["1", "yes", "y", "true", "да", "д", "+", "oui", "o", "vrai"])
_NO = frozenset(["0", "no", "n", "false", "нет", "н", "-", "non", "faux"])
_WITHOUT_MINOR_UNIT = frozenset(["JPY", "KRW", "VND", "CLP", "XAF", "XOF", "XPF", "ISK"])
_MAX_ODOMETER_KM = 3_000_000


@lru_cache(maxsize=1 << 16)
def moment(text: str) -> datetime | None:
    """A naive datetime in the time of the site; a bare date is its midnight."""
    text = " ".join(text.replace("T", " ").split())
    if not text:
        return None
    if _OFFSET.search(text):
        raise Unreadable("date_has_offset")
    text = _FRACTION.sub(r"\1", text)
    for form in _FORMATS:
        try:
            return _plausible(datetime.strptime(text, form))  # noqa: DTZ007 (site time is naive here)
        except Unreadable:
            raise
        except ValueError:
            continue
    raise Unreadable("bad_date")


def day_or_flag(text: str) -> tuple[bool, date | None]:
    """A planned return: yes or no, or the day that it is planned for."""
    if text.strip().casefold() in _YES | _NO | {""}:
        return flag(text), None
    planned = moment(text)
    return True, planned.date() if planned else None


def flag(text: str) -> bool:
    """Yes or no in three languages; an empty cell is no."""
    word = text.strip().casefold()
    if word in _YES:
        return True
    if word in _NO or not word:
        return False
    raise Unreadable("bad_flag")


def odometer(text: str) -> int | None:
    """Whole kilometres."""
    value = decimal(text, "bad_odometer")
    if value is None:
        return None
    if not 0 <= value <= _MAX_ODOMETER_KM:
        raise Unreadable("bad_odometer")
    return int(value)


def whole(text: str) -> int | None:
    """A whole number, such as the number of a line."""
    value = decimal(text, "bad_number")
    if value is not None and value != value.to_integral_value():
        raise Unreadable("bad_number")
    return None if value is None else int(value)


def minor_units(text: str, currency: str) -> int | None:
    """An amount in the smallest unit of the currency, rounded half up."""
    value = decimal(text, "bad_money")
    if value is None:
        return None
    factor = 1 if currency in _WITHOUT_MINOR_UNIT else 100
    return int((value * factor).quantize(Decimal(1), ROUND_HALF_UP))


def minutes(text: str) -> int | None:
    """Labour hours ("1.5", "1:30") as whole minutes."""
    hours, colon, rest = text.strip().partition(":")
    if colon and hours.isdigit() and rest.isdigit() and int(rest) < 60:
        return int(hours) * 60 + int(rest)
    value = decimal(text, "bad_number")
    return None if value is None else int((value * 60).quantize(Decimal(1), ROUND_HALF_UP))


@lru_cache(maxsize=1 << 14)
def decimal(text: str, refusal: str = "bad_number") -> Decimal | None:
    """A number with a point or a comma, blanks or separators between thousands, and perhaps its unit."""
    plain = _UNITS.sub("", re.sub(r"[\s'’]", "", text))
    if not plain:
        if text.strip():
            raise Unreadable(refusal)
        return None
    plain = _one_point(plain)
    if not _NUMBER.fullmatch(plain) or len(plain) > 20:
        raise Unreadable(refusal)
    try:
        return Decimal(plain)
    except InvalidOperation as error:
        raise Unreadable(refusal) from error


def _one_point(text: str) -> str:
    """The last of two different separators is the decimal one; a separator that repeats is not."""
    last = max(text.rfind(","), text.rfind("."))
    if last < 0:
        return text
    point = text[last]
    other = "." if point == "," else ","
    text = text.replace(other, "")
    return text.replace(point, "") if text.count(point) > 1 else text.replace(point, ".")


def _plausible(value: datetime) -> datetime:
    if not 1980 <= value.year <= 2100:
        raise Unreadable("date_out_of_range")
    return value
