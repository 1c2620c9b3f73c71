"""Why a row or a file is refused: codes, with a sentence each in three languages (`refusals.yaml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

_ROW = {"ru": "строка {}", "en": "row {}", "fr": "ligne {}"}


def in_words(reason_code: str, language: str = "en") -> str:
    """Why, in `ru`, `en` or `fr`."""
    return _sentences()[reason_code][language]


def reason_codes() -> frozenset[str]:
    """Every reason there is."""
    return frozenset(_sentences())


@cache
def _sentences() -> Mapping[str, Mapping[str, str]]:
    content: dict[str, dict[str, str]] = yaml.safe_load(
        files(__package__).joinpath("refusals.yaml").read_text(encoding="utf-8")
    )
    return content


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not taken: its number in the file (the heading is row 1), the column and why."""

    row_number: int
    column: str
    reason_code: str

    def sentence(self, language: str = "en") -> str:
        """Which row, which column, and why."""
        where = _ROW[language].format(self.row_number) + (f", {self.column}" if self.column else "")
        return f"{where}: {in_words(self.reason_code, language)}"


class UnreadableFile(ValueError):
    """A file of which no row can be read. `reason_code` and `column` say why."""

    def __init__(self, reason_code: str, column: str = "") -> None:
        self.reason_code = reason_code
        self.column = column
        super().__init__(self.sentence())

    def sentence(self, language: str = "en") -> str:
        """Why, and in which column."""
        return in_words(self.reason_code, language) + (f": {self.column}" if self.column else "")


class Unreadable(ValueError):
    """One cell that cannot be read; the row reader turns it into `Refused`."""

    def __init__(self, reason_code: str, column: str = "") -> None:
        self.reason_code = reason_code
        self.column = column
        super().__init__(in_words(reason_code))
