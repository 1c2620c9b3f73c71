"""`comeback method check [FILE]`: is this sheet whole?"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from comeback.method.loading import BUILT_IN, SheetError, load
from comeback.method.sheet import Sheet

COUNTED = ("phases", "steps", "lines", "gates", "facts", "natures", "acts", "means")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("file", nargs="?", type=Path, help="a sheet in YAML; without it the built-in one")


def run(options: argparse.Namespace) -> int:
    """0 and one line of counts on stdout when the sheet is whole; 1 and each finding on stderr when it is not."""
    try:
        sheet = load(options.file)
    except (SheetError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{options.file or BUILT_IN.name}: {summary(sheet)}")
    return 0


def summary(sheet: Sheet) -> str:
    """Edition, hash and the number of parts."""
    counts = ", ".join(f"{len(getattr(sheet, part))} {part}" for part in COUNTED)
    return f"edition {sheet.edition} ({sheet.hash[:12]}), {counts}"
