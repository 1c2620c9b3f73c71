"""Days off the road, pure: stays of one car at one site as pieces that never overlap or cross a month (K3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

FOREVER = date.max
CENTURY = range(2000, 2100)  # years that have months here
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stay:
    """A case's time in the workshop in site dates, inclusive. last: None while it is in; ready: told to fetch it."""

    case_no: str
    first: date
    last: date | None = None
    ready: date | None = None


@dataclass(frozen=True)
class Piece:
    """Days that count once. waiting: the dates after the customer was told that the car is ready (K3b)."""

    first: date
    last: date | None
    waiting: bool
    case_no: str


def pieces(stays: Iterable[Stay]) -> list[Piece]:
    """The dates that these stays touch, each once, cut at the ends of months; an open piece is left uncut.

    A day on which one case is still worked on is the dealer's, even if another one waits for the customer.
    """
    known = sorted(stays, key=lambda stay: (stay.first, stay.case_no))
    return [part for piece in _joined(_elementary(known)) for part in _by_month(piece)]


def _elementary(stays: list[Stay]) -> Iterator[Piece]:
    """Between two dates on which anything changes, the same stays cover every day."""
    cuts = sorted({cut for stay in stays for cut in (stay.first, _ready(stay) + DAY, _end(stay) + DAY)})
    for start, stop in pairwise(cuts):
        inside = [stay for stay in stays if stay.first <= start < _end(stay) + DAY]
        working = [stay for stay in inside if start <= _ready(stay)]
        if inside:
            last = None if stop == FOREVER else stop - DAY
            yield Piece(start, last, not working, (working or inside)[0].case_no)


def _joined(found: Iterable[Piece]) -> Iterator[Piece]:
    held: Piece | None = None
    for piece in found:
        if held and held.last and _like(held, piece) and held.last + DAY == piece.first:
            held = replace(held, last=piece.last)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _by_month(piece: Piece) -> Iterator[Piece]:
    while piece.last and piece.first.replace(day=1) != piece.last.replace(day=1):
        end = month_end(piece.first)
        yield replace(piece, last=end)
        piece = replace(piece, first=end + DAY)
    yield piece


def _like(one: Piece, other: Piece) -> bool:
    return (one.waiting, one.case_no) == (other.waiting, other.case_no)


def _end(stay: Stay) -> date:
    """Last date, one day before the end of time while the car is in; never before the first."""
    return max(stay.last, stay.first) if stay.last else FOREVER - DAY


def _ready(stay: Stay) -> date:
    """The last date that is the dealer's."""
    return min(max(stay.ready, stay.first), _end(stay)) if stay.ready else _end(stay)


def month_of(day: date) -> date:
    """The first day of a date's month."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """The last day of a date's month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - DAY


def months_before(first: date, count: int) -> tuple[date, ...]:
    """First days of so many months up to and including this one, the earliest first."""
    number = first.year * 12 + first.month - 1
    return tuple(date(n // 12, n % 12 + 1, 1) for n in range(number - count + 1, number + 1))
