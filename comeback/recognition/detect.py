"""`comeback detect`: judge a file of booking requests against a file of history, without the application."""

import argparse
import csv
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO, TypeVar

from comeback.recognition import weights
from comeback.recognition.archive import Archive
from comeback.recognition.exchange import BookingRequest, Refused, UnreadableFile, read_history, read_requests
from comeback.recognition.identity import Marks
from comeback.recognition.lexicon import LANGUAGES
from comeback.recognition.past import Request
from comeback.recognition.reasons import sentence, sentences
from comeback.recognition.score import recognise
from comeback.recognition.weights import Weights

COLUMNS = ("booking_no", "verdict", "score", "order_no", "reasons")
DONE, FAILED, WRONG_USAGE = 0, 1, 2
Item = TypeVar("Item")
Answer = dict[str, Any]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--history", type=Path, required=True, metavar="FILE", help="orders, CSV or XLSX")
    parser.add_argument("--bookings", type=Path, required=True, metavar="FILE", help="booking requests, CSV or XLSX")
    parser.add_argument("--format", choices=("csv", "json"), default="csv")
    parser.add_argument("--language", choices=LANGUAGES, default="ru", help="language of the reasons and refusals")
    parser.add_argument("--weights", type=Path, metavar="FILE", help="another edition of the points")


def run(options: argparse.Namespace) -> int:
    """One row a booking on stdout, everything else on stderr. 0 done, 1 a file cannot be read, 2 wrong usage."""
    try:
        edition = weights.load_file(options.weights) if options.weights else weights.load()
    except (OSError, TypeError, ValueError) as error:
        print(f"{options.weights}: {error}", file=sys.stderr)
        return WRONG_USAGE
    try:
        archive = _archive(options.history, options.language)
        answers = _answers(options.bookings, archive, edition, options.language)
        write = _write_json if options.format == "json" else _write_csv
        write(answers, sys.stdout)
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (UnreadableFile, OSError) as error:
        print(error, file=sys.stderr)
        return FAILED
    return DONE


def _archive(path: Path, language: str) -> Archive:
    archive = Archive()
    for order in _good(read_history(path), path, language):
        archive.add(order)
    return archive


def _answers(path: Path, archive: Archive, edition: Weights, language: str) -> Iterator[Answer]:
    for booking in _good(read_requests(path), path, language):
        yield _answer(booking, archive, edition, language)


def _answer(booking: BookingRequest, archive: Archive, edition: Weights, language: str) -> Answer:
    marks = Marks(booking.vin, booking.plate, booking.phone, booking.customer, booking.site)
    found, history = archive.find(marks)
    request = Request(text=booking.text, vin=booking.vin, odometer_km=booking.odometer_km)
    answer = recognise(history, request, now=booking.requested_at, weights=edition)
    reasons = sentences(answer, language)
    if answer.question:
        reasons.append(sentence(answer.question, language))
    return {
        "booking_no": booking.booking_no,
        "verdict": answer.verdict,
        "score": answer.score,
        "order_no": answer.order_no,
        "reasons": reasons,
        "car": found.certainty,
        "nature": answer.nature,
        "safety": answer.safety,
        "edition": answer.edition,
    }


def _good(rows: Iterable[Item | Refused], path: Path, language: str) -> Iterator[Item]:
    """The rows that could be read; the others are reported on stderr. A bar shows on a terminal only."""
    from tqdm import tqdm

    try:
        for row in tqdm(rows, desc=path.name, disable=None, file=sys.stderr, mininterval=0.5):
            if isinstance(row, Refused):
                print(f"{path.name}: {row.sentence(language)}", file=sys.stderr)
            else:
                yield row
    except UnreadableFile as error:
        error.args = (f"{path.name}: {error.sentence(language)}",)
        raise


def _write_csv(answers: Iterable[Answer], out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for answer in answers:
        writer.writerow([*(answer[column] for column in COLUMNS[:-1]), "; ".join(answer["reasons"])])


def _write_json(answers: Iterable[Answer], out: TextIO) -> None:
    """An array with one booking a line, so that a long run can be read while it lasts."""
    separator = "[\n"
    for answer in answers:
        out.write(separator + json.dumps(answer, ensure_ascii=False))
        separator = ",\n"
    out.write("[]\n" if separator == "[\n" else "\n]\n")
