"""Would other points judge better? `python -m bench.recognition_fit [--half tune]`

Tries each figure of `weights.yaml` that requirements 3.5 leave open a little lower and a little higher, and prints
what would cost less: a missed comeback 3, a wrong verdict comeback 3, an ask that nobody needed 1. It changes nothing.
"""

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from bench import recognition as bench
from bench import recognition_set as labelled
from comeback.recognition import weights as points
from comeback.recognition.weights import Weights

_OPEN = ("match", "evidence", "cues", "other_side", "refused", "no_complaint", "worn_out", "again_up_to", "planned")
_GIVEN = frozenset({"same_symptom", "same_dtc", "same_part", "same_system", "touched"})
_STEPS = (-10, -5, 5, 10)


def main() -> None:
    """Print the cost as it is, and each change that would lower it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=(*labelled.HALVES, "all"), default="tune")
    half = parser.parse_args().half
    bookings = [one for one in labelled.read() if half in (one.half, "all")]
    edition = points.load()
    as_it_is = _cost(bookings, edition)
    print(f"{len(bookings)} bookings, half: {half}; cost {as_it_is}")
    for name, changed in _changes(edition):
        if (cost := _cost(bookings, changed)) < as_it_is:
            print(f"{name}: {cost}")


def _changes(edition: Weights) -> Iterator[tuple[str, Weights]]:
    for group in _OPEN:
        value: Any = getattr(edition, group)
        for step in _STEPS:
            if not isinstance(value, Mapping):
                yield f"{group} {value + step}", _with(edition, group, value + step)
                continue
            for name in value.keys() - _GIVEN:
                changed = {**value, name: value[name] + step}
                yield f"{group}.{name} {changed[name]}", _with(edition, group, changed)


def _with(edition: Weights, group: str, value: Any) -> Weights:
    return replace(edition, **{group: value})


def _cost(bookings: list[labelled.Booking], edition: Weights) -> int:
    judged, _ = bench.judge(bookings, edition)
    missed = sum(one.booking.label == "comeback" and not one.linked for one in judged)
    wrong = sum(one.booking.label == "not" and one.verdict == "comeback" for one in judged)
    needless = sum(one.booking.label != "ask" and one.verdict == "ask" for one in judged)
    return 3 * missed + 3 * wrong + needless


if __name__ == "__main__":
    main()
