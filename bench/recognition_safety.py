"""Words of danger: how many are caught, how often they are a false alarm. `python -m bench.recognition_safety [NHTSA]`

Reads danger.txt (tuned on) and danger-last.txt (judged once: 40 %, before symptoms and systems raised the flag) of
tests/recognition/bookings; also a CSV of NHTSA summaries when one is named (columns component_class, summary): the
share of complaints that raise the flag, by component.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from bench.recognition import Share
from bench.recognition_set import FOLDER
from comeback.recognition import Request, lexicon
from comeback.recognition.dossier import read_request

LISTS = ("danger", "danger-last")
_FEW = 40


def main() -> None:
    """Print recall and false alarms by language, and what was missed."""
    for name in LISTS:
        wrong = [
            f"{language} {sign} {text}" for language, sign, text in sentences(name) if raised(text) != (sign == "+")
        ]
        print(f"{name}\n", *table(name), "\nmissed (+) and false alarms (-):", *wrong, "", sep="\n")
    if len(sys.argv) > 1:
        print("\n".join(_nhtsa(Path(sys.argv[1]))))


def table(name: str) -> list[str]:
    """Recall and false alarms by language, of one list."""
    counts: dict[str, dict[str, list[bool]]] = defaultdict(lambda: {"+": [], "-": []})
    for language, sign, text in sentences(name):
        counts[language][sign].append(raised(text))
    rows = ["| language | dangers caught | false alarms |", "|---|---|---|"]
    for language, of in counts.items():
        rows.append(f"| {language} | {_share(of['+'])} | {_share(of['-'])} |")
    return rows


def raised(text: str) -> bool:
    """Whether the words raise the safety flag."""
    return read_request(Request(text), lexicon.load()).danger


def sentences(name: str) -> Iterator[tuple[str, str, str]]:
    """Language, + or -, and the words."""
    language = ""
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            language = line[3:]
        elif line[:2] in {"+ ", "- "}:
            yield language, line[0], line[2:]


def _nhtsa(path: Path) -> Iterator[str]:
    flags: dict[str, list[bool]] = defaultdict(list)
    with path.open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            flags[row["component_class"]].append(raised(row["summary"]))
    yield f"\nNHTSA: {_share([one for those in flags.values() for one in those])} raise the flag"
    for component, those in sorted(flags.items(), key=lambda pair: -sum(pair[1]) / len(pair[1])):
        if len(those) >= _FEW:
            yield f"  {component}: {_share(those)}"


def _share(hits: list[bool]) -> Share:
    return Share(sum(hits), len(hits))


if __name__ == "__main__":
    main()
