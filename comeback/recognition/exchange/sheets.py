"""CSV and XLSX files as rows of text, one at a time, whatever their encoding and separator."""

import codecs
import csv
import re
from collections.abc import Iterator
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TypeAlias

from comeback.recognition.exchange.refusals import Refused, UnreadableFile

_CHUNK = 1 << 16
_SAMPLE_WORDS = 1 << 20
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

Source: TypeAlias = Path | str | BinaryIO
Row: TypeAlias = tuple[int, list[str]]


def rows(source: Source) -> Iterator[Row | Refused]:
    """Each row that is not blank, with its number in the file (the heading is row 1), cells cleaned of control signs.

    `source` is a path, or a binary file that can be rewound.
    """
    if isinstance(source, Path | str):
        with open(source, "rb") as file:
            yield from rows(file)
        return
    start = source.read(4)
    source.seek(0)
    if start.startswith(b"PK\x03\x04"):
        yield from _workbook_rows(source)
    else:
        yield from _text_rows(source)


def _text_rows(file: BinaryIO) -> Iterator[Row | Refused]:
    encoding = _encoding(file)
    file.seek(0)
    text = TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    try:
        heading = text.readline()
        text.seek(0)
        yield from _split(text, _separator(heading))
    finally:
        text.detach()


def _split(text: TextIOWrapper, separator: str) -> Iterator[Row | Refused]:
    reader = csv.reader(text, delimiter=separator)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Refused(number, "", "broken_row")
            continue
        cleaned = [_clean(cell) for cell in cells]
        if any(cleaned):
            yield number, cleaned


def _workbook_rows(file: BinaryIO) -> Iterator[Row | Refused]:
    from openpyxl import load_workbook  # slow to load, and CSV does without it

    try:
        sheet = load_workbook(file, read_only=True, data_only=True).worksheets[0]
        sheet.reset_dimensions()  # written wrongly by some systems
    except Exception as error:  # a damaged archive fails in many ways
        raise UnreadableFile("not_a_workbook") from error
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        cleaned = [_cell_text(cell) for cell in cells]
        while cleaned and not cleaned[-1]:
            cleaned.pop()
        if cleaned:
            yield number, cleaned


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.replace(microsecond=0).isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _clean(str(value))


def _clean(cell: str) -> str:
    return (cell if cell.isprintable() else _CONTROLS.sub("", cell)).strip()


def _separator(heading: str) -> str:
    return max("\t;,", key=heading.count)


def _encoding(file: BinaryIO) -> str:
    """UTF-8 when the whole file is; otherwise the single-byte page that its accents look like."""
    start = file.read(4)
    for mark, name in _BOMS:
        if start.startswith(mark):
            return name
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _single_byte_page(file)
    return "utf-8"


def _single_byte_page(file: BinaryIO) -> str:
    """Russian words are runs of high bytes, French ones hold single accents between plain letters."""
    file.seek(0)
    sample = file.read(_SAMPLE_WORDS)
    runs = len(re.findall(rb"[\xa8\xb8\xc0-\xff]{3,}", sample))
    accents = len(re.findall(rb"[a-zA-Z][\xc0-\xff]{1,2}(?=[a-zA-Z\s,;])", sample))
    return "cp1252" if accents > runs else "cp1251"
