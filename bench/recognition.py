"""How well comebacks are recognised: `python -m bench.recognition [--half tune] [--mistakes] [--files "ru-*.txt"]`

Writes the labelled bookings as exchange files, reads them as `comeback detect` does, and counts, with Wilson intervals
of 95 %: recall (true comebacks that come out as comeback or ask, with the right earlier order), precision (verdicts
comeback that are true, or rightly doubtful), share of ask among all. Beside it the rule "back within 30 days".
"""

import argparse
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import TypeVar

from bench import recognition_set as labelled
from comeback.recognition import Marks, Recognition, Request, recognise, sentences
from comeback.recognition.archive import Archive
from comeback.recognition.exchange import BookingRequest, Refused, read_history, read_requests
from comeback.recognition.past import PastOrder
from comeback.recognition.weights import Weights

_RULE_DAYS = 30
_Z = 1.959964  # 95 %
Item = TypeVar("Item")


@dataclass(frozen=True)
class Judged:
    """A labelled booking with what was answered; `answer` is None for the rule of 30 days."""

    booking: labelled.Booking
    verdict: str
    order_no: str
    answer: Recognition | None = None

    @property
    def linked(self) -> bool:
        """Whether the right earlier order was found and nobody was sent away."""
        return self.verdict != "new" and self.order_no == self.booking.order_no

    @property
    def wrong(self) -> bool:
        """What counts against recall or precision, and what is asked without need."""
        if self.booking.label == "comeback":
            return not self.linked
        return self.verdict == "comeback" if self.booking.label == "ask" else self.verdict != "new"


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    def __str__(self) -> str:
        if not self.whole:
            return "–"
        low, high = self.interval()
        return f"{100 * self.part / self.whole:.1f} % ({self.part}/{self.whole}, {100 * low:.0f}–{100 * high:.0f})"

    def interval(self) -> tuple[float, float]:
        """Wilson's interval of 95 %."""
        n, p = self.whole, self.part / self.whole
        centre, spread = p + _Z**2 / (2 * n), _Z * sqrt(p * (1 - p) / n + _Z**2 / (4 * n * n))
        return max(0.0, (centre - spread) / (1 + _Z**2 / n)), min(1.0, (centre + spread) / (1 + _Z**2 / n))


def main() -> None:
    """Print the figures of one half, and its mistakes if they are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=(*labelled.HALVES, "all"), default="last")
    parser.add_argument("--files", default="??-*.txt", help="which files of the labelled bookings")
    parser.add_argument("--mistakes", action="store_true", help="list what went wrong")
    parser.add_argument("--document", action="store_true", help="print the tables of docs/recognition.md")
    options = parser.parse_args()
    if options.document:
        return print("\n".join(for_the_document()))
    bookings = [one for one in labelled.read(options.files) if options.half in (one.half, "all")]
    judged, by_rule = judge(bookings)
    print(f"{len(bookings)} bookings, half: {options.half}\n")
    print("\n".join(by_language(judged, by_rule)))
    print()
    print("\n".join(by_kind(judged)))
    if options.mistakes:
        print("\n".join(_mistake(one) for one in judged if one.wrong))
    return None


def for_the_document() -> Iterator[str]:
    """The tables that docs/recognition.md shows: each part of the labelled bookings, then the kinds of all."""
    judged, by_rule = judge(labelled.read())
    for half in labelled.HALVES:
        ours = [one for one in judged if one.booking.half == half]
        yield from (f"**{half}** ({len(ours)} bookings)", "")
        yield from by_language(ours, [one for one in by_rule if one.booking.half == half])
        yield ""
    yield from by_kind(judged)


def judge(bookings: Sequence[labelled.Booking], weights: Weights | None = None) -> tuple[list[Judged], list[Judged]]:
    """Each booking judged by recognition (with these points, or the edition in force), and by the rule of 30 days."""
    archive, requests = _through_files(bookings)
    ours, by_rule = [], []
    for booking in bookings:
        request = requests[booking.booking_no]
        marks = Marks(request.vin, request.plate, request.phone, request.customer, request.site)
        history = archive.find(marks)[1]
        asked = Request(text=request.text, vin=request.vin, odometer_km=request.odometer_km)
        answer = recognise(history, asked, now=request.requested_at, weights=weights)
        ours.append(Judged(booking, answer.verdict, answer.order_no, answer))
        by_rule.append(_within_30_days(booking, history))
    return ours, by_rule


def by_language(judged: Iterable[Judged], by_rule: Iterable[Judged]) -> list[str]:
    """The table of languages: recall, precision, share of ask; the last row is the rule of 30 days."""
    rows = ["| language | recall | precision | ask |", "|---|---|---|---|"]
    judged = list(judged)
    for language in ("ru", "en", "fr"):
        rows.append(_row(language, [one for one in judged if one.booking.language == language]))
    return [*rows, _row("all", judged), _row("30-day rule", list(by_rule))]


def by_kind(judged: Iterable[Judged]) -> list[str]:
    """The table of kinds: how many came out how, and how many of them are mistakes."""
    rows = [
        "| kind | label | bookings | comeback | ask | new | mistakes ru · en · fr |",
        "|---|---|---|---|---|---|---|",
    ]
    kinds: dict[tuple[str, str], list[Judged]] = {}
    for one in judged:
        kinds.setdefault((one.booking.label, one.booking.kind), []).append(one)
    for (label, kind), those in sorted(kinds.items()):
        counts = " | ".join(str(sum(one.verdict == verdict for one in those)) for verdict in ("comeback", "ask", "new"))
        wrong = (
            sum(one.wrong and one.booking.language == language for one in those) for language in ("ru", "en", "fr")
        )
        rows.append(f"| {kind} | {label} | {len(those)} | {counts} | {' · '.join(map(str, wrong))} |")
    return rows


def recall(judged: Iterable[Judged]) -> Share:
    """True comebacks that come out as comeback or ask with the right earlier order."""
    return _share((one for one in judged if one.booking.label == "comeback"), lambda one: one.linked)


def precision(judged: Iterable[Judged]) -> Share:
    """Verdicts comeback that are true, or rightly doubtful."""
    return _share((one for one in judged if one.verdict == "comeback"), lambda one: one.booking.label != "not")


def asked(judged: Iterable[Judged]) -> Share:
    """Verdicts ask among all."""
    return _share(judged, lambda one: one.verdict == "ask")


def _through_files(bookings: Iterable[labelled.Booking]) -> tuple[Archive, dict[str, BookingRequest]]:
    archive = Archive()
    with tempfile.TemporaryDirectory(prefix="comeback-bench-") as place:
        folder = Path(place)
        labelled.write_exchange(bookings, folder)
        for order in _readable(read_history(folder / "history.csv")):
            archive.add(order)
        requests = {one.booking_no: one for one in _readable(read_requests(folder / "bookings.csv"))}
    return archive, requests


def _readable(rows: Iterable[Item | Refused]) -> Iterable[Item]:
    for row in rows:
        if isinstance(row, Refused):
            raise ValueError(row.sentence())
        yield row


def _within_30_days(booking: labelled.Booking, history: Iterable[PastOrder]) -> Judged:
    recent = [one for one in history if (booking.requested_at - one.ended).days <= _RULE_DAYS]
    newest = max(recent, key=lambda one: one.ended, default=None)
    return Judged(booking, "comeback" if newest else "new", newest.order_no if newest else "")


def _row(name: str, judged: Sequence[Judged]) -> str:
    return f"| {name} | {recall(judged)} | {precision(judged)} | {asked(judged)} |"


def _share(among: Iterable[Judged], counts: Callable[[Judged], bool]) -> Share:
    hits = [counts(one) for one in among]
    return Share(sum(hits), len(hits))


def _mistake(one: Judged) -> str:
    booking, past = (
        one.booking,
        "; ".join(f"{done.days}d {done.complaint} ({', '.join(done.work)})" for done in one.booking.past),
    )
    reasons = "; ".join(sentences(one.answer, "en")) if one.answer else ""
    score = one.answer.score if one.answer else ""
    return (
        f"\n{booking.booking_no} [{booking.kind}] {booking.label} {booking.order_no}"
        f" → {one.verdict} {one.order_no} {score}"
        f"\n    «{booking.text}»\n    {past}\n    {reasons}"
    )


if __name__ == "__main__":
    main()
