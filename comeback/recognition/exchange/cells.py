"""A row under its heading: cells by name, each read with the reader of its kind."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from comeback.recognition.exchange.refusals import Refused, Unreadable, UnreadableFile
from comeback.recognition.exchange.sheets import Source, rows
from comeback.recognition.normalise import is_vin, normalise_phone, normalise_vin

Value = TypeVar("Value")
_MIN_PHONE_DIGITS = 6


class Cells:
    """The cells of one row, asked for by column."""

    def __init__(self, row_number: int, columns: Mapping[str, int], cells: list[str]) -> None:
        self.row_number = row_number
        self._columns = columns
        self._cells = cells

    def text(self, column: str) -> str:
        """The cell as written; empty when the row is short or the file has no such column."""
        index = self._columns.get(column)
        return self._cells[index] if index is not None and index < len(self._cells) else ""

    def read(self, column: str, reader: Callable[[str], Value]) -> Value:
        """The cell read by `reader`; a refusal learns the name of the column here."""
        try:
            return reader(self.text(column))
        except Unreadable as refusal:
            raise Unreadable(refusal.reason_code, column) from None

    def choice(self, column: str, words: Mapping[str, str], refusal: str) -> str:
        """One of the known words, or nothing."""
        word = self.text(column).casefold()
        if word and word not in words:
            raise Unreadable(refusal, column)
        return words.get(word, "")

    def vin(self, *, complete: bool) -> str:
        """The VIN; history needs complete ones, a caller may know the last signs only."""
        vin = normalise_vin(self.text("vin"))
        if vin and complete and not is_vin(vin):
            raise Unreadable("bad_vin", "vin")
        return vin

    def phone(self, region: str | None) -> str:
        """The phone number, as E.164 when the region is known."""
        text = self.text("phone")
        if not text:
            return ""
        number = normalise_phone(text, region) if region else text
        if number is None or sum(map(str.isdigit, number)) < _MIN_PHONE_DIGITS:
            raise Unreadable("bad_phone", "phone")
        return number


def cells(source: Source, *, needed: tuple[str, ...]) -> Iterator[Cells | Refused]:
    """The rows under the heading of a file. Columns that are not known are passed over.

    Raises `UnreadableFile` when the file is empty or one of the `needed` columns is missing.
    """
    columns: dict[str, int] | None = None
    for row in rows(source):
        if isinstance(row, Refused):
            yield row
        elif columns is None:
            columns = _columns(row[1], needed)
        elif len(row[1]) > len(columns) and any(row[1][len(columns) :]):
            yield Refused(row[0], "", "too_many_cells")
        else:
            yield Cells(row[0], columns, row[1])
    if columns is None:
        raise UnreadableFile("empty_file")


def _columns(heading: list[str], needed: tuple[str, ...]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, cell in enumerate(heading):
        name = cell.casefold().replace(" ", "_") or f"_{index}"
        if name in columns:
            raise UnreadableFile("doubled_column", name)
        columns[name] = index
    for name in needed:
        if name not in columns:
            raise UnreadableFile("missing_column", name)
    if not {"vin", "plate", "phone"} & set(columns):
        raise UnreadableFile("missing_column", "vin")
    return columns
