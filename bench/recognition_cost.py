"""What recognition costs: `python -m bench.recognition_cost [--bookings 100000 --lines 1000000]`

Import in a fresh process; one request against its car's history (the labelled bookings, with twenty more orders each);
`detect` over a file of bookings and a file of history, with its peak memory. Small files unless others are asked for.
"""

import argparse
import csv
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path

from bench import recognition_set as labelled
from comeback.recognition import PastLine, PastOrder, Request, recognise

_LINES_OF_A_CAR = 10
_MORE_ORDERS = 20


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bookings", type=int, default=2_000)
    parser.add_argument("--lines", type=int, default=20_000)
    options = parser.parse_args()
    print(f"import: {1000 * min(_import_seconds() for _ in range(5)):.0f} ms")
    times = sorted(_request_seconds())
    at_worst = times[int(0.99 * len(times))]
    print(f"one request: {1000 * statistics.median(times):.2f} ms median, {1000 * at_worst:.2f} ms in 99 of 100")
    with tempfile.TemporaryDirectory(prefix="comeback-bench-") as place:
        _detect(Path(place), options.bookings, options.lines)


def _import_seconds() -> float:
    code = "import time; start = time.perf_counter(); import comeback.recognition; print(time.perf_counter() - start)"
    return float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)


def _request_seconds() -> Iterator[float]:
    for booking in (
        labelled.read() * 2
    ):  # the first round fills the memory for workshop lines, as a day at the desk does
        history, request = _with_a_long_history(booking), Request(text=booking.text)
        start = time.perf_counter()
        recognise(history, request, now=booking.requested_at)
        yield time.perf_counter() - start


def _with_a_long_history(booking: labelled.Booking) -> list[PastOrder]:
    orders = [
        PastOrder(
            order_no=f"{booking.booking_no}-{number}",
            opened=booking.requested_at - timedelta(days=done.days),
            complaint=done.complaint,
            lines=tuple(PastLine("labour", "", work) for work in done.work),
        )
        for number, done in enumerate(booking.past, start=1)
    ]
    more = islice(cycle(orders), _MORE_ORDERS) if orders else []
    older = [replace(one, opened=one.opened - timedelta(days=30 * n)) for n, one in enumerate(more, start=1)]
    return orders + older


def _detect(folder: Path, bookings: int, lines: int) -> None:
    _write(folder, bookings, lines)
    command = [sys.executable, "-c", "from comeback.recognition import detect; import argparse, sys; " + _RUN]
    start = time.perf_counter()
    with (folder / "answers.csv").open("w") as out:
        files = ["--history", str(folder / "history.csv"), "--bookings", str(folder / "bookings.csv")]
        subprocess.run([*command, *files], check=True, stdout=out)
    seconds = time.perf_counter() - start
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"detect: {bookings:,} bookings, {lines:,} order lines: {seconds:.0f} s, {megabytes:.0f} MiB at most")


_RUN = "p = argparse.ArgumentParser(); detect.add_arguments(p); sys.exit(detect.run(p.parse_args()))"


def _write(folder: Path, bookings: int, lines: int) -> None:
    """The labelled bookings over and over, each time of another car; the history filled up with services."""
    sample = folder / "sample"
    sample.mkdir()
    labelled.write_exchange(labelled.read(), sample)
    history: dict[str, list[dict[str, str]]] = {}
    for row in _rows(sample / "history.csv"):
        history.setdefault(row["order_no"].partition("-")[0], []).append(row)
    requests = [row for row in _rows(sample / "bookings.csv") if row["booking_no"] in history]
    cars = max(bookings, lines // _LINES_OF_A_CAR)
    with (folder / "history.csv").open("w", newline="") as past, (folder / "bookings.csv").open("w", newline="") as now:
        orders = csv.DictWriter(past, labelled.HISTORY_COLUMNS)
        asked = csv.DictWriter(now, labelled.BOOKING_COLUMNS)
        orders.writeheader()
        asked.writeheader()
        for number, request in enumerate(islice(cycle(requests), cars)):
            vin = f"VF7{number:014d}"
            if number < bookings:
                asked.writerow({**request, "booking_no": f"B{number}", "vin": vin, "plate": "", "phone": ""})
            orders.writerows(_filled_up(history[request["booking_no"]], number, vin, lines // cars))


def _filled_up(rows: list[dict[str, str]], number: int, vin: str, count: int) -> Iterator[dict[str, str]]:
    for turn, row in enumerate(islice(cycle(rows), count)):
        order_no = f"{number}-{turn // len(rows)}-{row['order_no']}"
        yield {**row, "vin": vin, "plate": "", "phone": "", "order_no": order_no}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main()
