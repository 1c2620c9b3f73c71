"""The labelled bookings of tests/recognition/bookings: as they are written there, and as exchange files.

A booking is a head, its car's past orders (newest first), and the customer's words; README.md there says how to read
one. People, plates, VINs and phones are made from the booking's number, phones in ranges that nobody has.
"""

# ruff: noqa: DTZ001 (the files hold times of the site, without a zone)

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bench.recognition_marks import LANGUAGES, asked_by, car_of

FOLDER = Path(__file__).parents[1] / "tests" / "recognition" / "bookings"
_CAR = ("vin", "plate", "customer", "phone", "odometer_km")
_LINE = ("line_no", "kind", "code", "description")
_HOW_IT_ENDED = ("result", "planned_return", "refused_work", "dtc")
HISTORY_COLUMNS = ("site", "order_no", "opened_at", "closed_at", *_CAR, "complaint", *_LINE, *_HOW_IT_ENDED)
BOOKING_COLUMNS = ("booking_no", "site", "requested_at", *_CAR, "text")
LABEL_COLUMNS = ("booking_no", "label", "order_no", "why", "language", "kind")

HALVES = ("tune", "report", "fresh", "known", "drawn", "last")
_LATER = {"2": "fresh", "3": "known", "4": "drawn", "5": "last"}
_SALT = 657  # chosen before anything was run: every kind of case is in both halves
_KILOMETRES_OF_A_MILE = 1.609344
_HEAD = re.compile(r"(?P<no>\w\d{3}) (?P<label>comeback|ask|not)(?: (?P<order>\d))? +(?P<why>.+)")
_PAST = re.compile(r"- (?P<days>\d+)d (?P<driven>-?\d+|\?)(?P<unit>km|mi) \| (?P<rest>.+)")
_OPTIONS = re.compile(r"\s*\|?\s*\{([^}]*)\}\s*$")


@dataclass(frozen=True)
class Done:
    """A past order: so many days and kilometres before the request (None: not noted)."""

    days: int
    driven_km: int | None
    complaint: str
    work: tuple[str, ...]
    facts: dict[str, str]


@dataclass(frozen=True)
class Booking:
    """One labelled request. `order`: which of the past orders is meant, counted from the newest; 0 is none."""

    booking_no: str
    kind: str
    label: str
    order: int
    why: str
    past: tuple[Done, ...]
    text: str
    said: dict[str, str]

    @property
    def language(self) -> str:
        """ru, en or fr."""
        return LANGUAGES[self.booking_no[0]]

    @property
    def order_no(self) -> str:
        """The number of the earlier order that is meant, empty if none."""
        return f"{self.booking_no}-{self.order}" if self.order else ""

    @property
    def half(self) -> str:
        """`tune` or `report`, by the digits of the number alone, so that translations stay together.

        Later ones: `fresh` from 201, `known` from 301, `drawn` from 401, `last` from 501.
        """
        if later := _LATER.get(self.booking_no[1]):
            return later
        digest = hashlib.sha256(f"{_SALT} {self.booking_no[1:]}".encode()).digest()
        return "report" if digest[0] % 2 else "tune"

    @property
    def requested_at(self) -> datetime:
        """The moment of the call, made from the number."""
        number = int(self.booking_no[1:])
        return datetime(2026, 2, 2, 8, 30) + timedelta(days=number * 37 % 280, minutes=number * 13 % 480)


def read(pattern: str = "??-*.txt") -> list[Booking]:
    """The bookings of the files that fit."""
    return [booking for path in sorted(FOLDER.glob(pattern)) for booking in _bookings(path)]


def write_exchange(bookings: Iterable[Booking], folder: Path) -> None:
    """history.csv, bookings.csv and labels.csv, as `comeback detect` reads them."""
    bookings = list(bookings)
    _write(folder / "history.csv", HISTORY_COLUMNS, (row for one in bookings for row in _history_rows(one)))
    _write(folder / "bookings.csv", BOOKING_COLUMNS, map(_booking_row, bookings))
    _write(folder / "labels.csv", LABEL_COLUMNS, map(_label_row, bookings))


def _bookings(path: Path) -> Iterator[Booking]:
    kind, head, past = "", None, []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            kind = line[3:]
        elif line.startswith("- "):
            past.append(_done(line))
        elif line.startswith("> ") and head:
            text, said = _split_options(line[2:])
            order = int(head["order"] or 0)
            yield Booking(head["no"], kind, head["label"], order, head["why"], tuple(past), text, said)
        elif line and not line.startswith("#"):
            head, past = _HEAD.fullmatch(line), []
            if not head:
                raise ValueError(f"{path.name}: {line}")


def _done(line: str) -> Done:
    line, facts = _split_options(line)
    found = _PAST.fullmatch(line)
    if not found:
        raise ValueError(line)
    complaint, _, work = found["rest"].partition(" | ")
    driven = None if found["driven"] == "?" else int(found["driven"])
    if driven is not None and found["unit"] == "mi":
        driven = round(driven * _KILOMETRES_OF_A_MILE)
    return Done(int(found["days"]), driven, complaint, tuple(filter(None, map(str.strip, work.split(";")))), facts)


def _split_options(line: str) -> tuple[str, dict[str, str]]:
    """`{planned, result=temporary}` at the end of a line, apart from the rest."""
    found = _OPTIONS.search(line)
    if not found:
        return line, {}
    pairs = (option.strip().partition("=") for option in found[1].split(","))
    return line[: found.start()], {name: value or "yes" for name, _, value in pairs}


def _history_rows(booking: Booking) -> Iterator[dict[str, object]]:
    car = car_of(booking.booking_no)
    for number, done in enumerate(booking.past, start=1):
        closed = booking.requested_at.replace(hour=17, minute=40) - timedelta(days=done.days)
        order: dict[str, object] = {
            **car.columns(),
            "site": done.facts.get("site", car.site),
            "order_no": f"{booking.booking_no}-{number}",
            "opened_at": _moment(closed - timedelta(hours=8)),
            "closed_at": _moment(closed),
            "odometer_km": "" if done.driven_km is None else car.odometer_km - done.driven_km,
            "complaint": done.complaint,
            "result": done.facts.get("result", ""),
            "planned_return": done.facts.get("planned", ""),
            "refused_work": done.facts.get("refused", ""),
            "dtc": done.facts.get("dtc", ""),
        }
        for line_no, work in enumerate(done.work or ("",), start=1):
            kind = ("part" if work.startswith("+") else "labour") if work else ""
            yield {**order, "line_no": line_no, "kind": kind, "code": "", "description": work.removeprefix("+ ")}


def _booking_row(booking: Booking) -> dict[str, object]:
    given = asked_by(booking.booking_no, booking.said)
    return {**given, "booking_no": booking.booking_no, "requested_at": _moment(booking.requested_at)} | {
        "text": booking.text
    }


def _label_row(booking: Booking) -> dict[str, object]:
    return {column: getattr(booking, column) for column in LABEL_COLUMNS}


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def _write(path: Path, columns: Iterable[str], rows: Iterable[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
