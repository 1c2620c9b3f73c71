"""Why a row or a file is refused: codes that any language can put into words, with an English sentence each."""

from dataclasses import dataclass

SENTENCES = {
    "missing_order_no": "the order number is missing",
    "missing_date": "the date is missing",
    "missing_vehicle": "VIN, plate and phone are all missing",
    "missing_booking_no": "the booking number is missing",
    "bad_vin": "not a VIN of 17 characters",
    "bad_phone": "not a phone number",
    "bad_date": "not a date that can be read",
    "date_has_offset": "the date carries a time zone; dates are in the time of the site",
    "date_out_of_range": "the year is not plausible",
    "closed_before_opened": "closed before it was opened",
    "bad_odometer": "not an odometer reading in kilometres",
    "bad_number": "not a number",
    "bad_money": "not an amount of money",
    "bad_flag": "neither yes nor no",
    "bad_kind": "neither labour nor part",
    "bad_account": "not one of customer, warranty, internal, goodwill",
    "bad_visit_kind": "not one of client, own, parts_only",
    "bad_result": "not one of fixed, not_reproduced, temporary, parts_awaited, refused",
    "too_many_cells": "more cells than there are columns",
    "broken_row": "the row cannot be taken apart (quotation marks?)",
    "empty_file": "the file is empty",
    "missing_column": "a column that is needed is missing",
    "doubled_column": "a column appears twice",
    "not_a_workbook": "the workbook cannot be opened",
}


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not taken: its number in the file (the heading is row 1), the column and why."""

    row_number: int
    column: str
    reason_code: str

    def sentence(self) -> str:
        """The refusal in plain English; other languages translate `reason_code`."""
        where = f"row {self.row_number}" + (f", {self.column}" if self.column else "")
        return f"{where}: {SENTENCES[self.reason_code]}"


class UnreadableFile(ValueError):
    """A file of which no row can be read. `reason_code` and `column` say why."""

    def __init__(self, reason_code: str, column: str = "") -> None:
        self.reason_code = reason_code
        self.column = column
        super().__init__(SENTENCES[reason_code] + (f": {column}" if column else ""))


class Unreadable(ValueError):
    """One cell that cannot be read; the row reader turns it into `Refused`."""

    def __init__(self, reason_code: str, column: str = "") -> None:
        self.reason_code = reason_code
        self.column = column
        super().__init__(SENTENCES[reason_code])
