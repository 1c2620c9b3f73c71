"""Whole exchange files: encodings, separators, workbooks, refused rows, orders and their lines."""

# ruff: noqa: DTZ001 (the files hold times of the site, without a zone)

import io
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from comeback.recognition.exchange import Order, Refused, UnreadableFile, read_history, read_requests

HEADING = "site,order_no,opened_at,closed_at,vin,plate,phone,odometer_km,complaint,line_no,kind,description,account"
GOOD = "msk,1507,2025-05-12 09:00,2025-05-12 18:00,VF7LCRFJF74321098,А123ВС77,,41000,скрип,{n},labour,Замена,customer"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


def history(*rows: str, encoding: str = "utf-8", separator: str = ",") -> list[Order | Refused]:
    text = "\n".join((HEADING, *rows)).replace(",", separator)
    return list(read_history(io.BytesIO(text.encode(encoding))))


def orders(read: Iterable[object]) -> list[Order]:
    return [one for one in read if isinstance(one, Order)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_files_of_any_system_read_alike(encoding: str, separator: str) -> None:
    (order,) = orders(history(GOOD.format(n=1), encoding=encoding, separator=separator))
    assert (order.head.complaint, order.head.plate) == ("скрип", "A123BC77")


def test_a_french_single_byte_page_is_told_from_a_russian_one() -> None:
    row = "lyon,1,2025-05-12,,,GA-123-BC,,,Bruit à l'arrière gauche côté échappement,1,part,Écrou desserré,"
    (order,) = orders(history(row, encoding="cp1252"))
    assert order.head.complaint == "Bruit à l'arrière gauche côté échappement"


def test_rows_of_one_order_become_one_order() -> None:
    (order,) = orders(history(GOOD.format(n=1), GOOD.format(n=2)))
    assert [line.line_no for line in order.lines] == [1, 2]


def test_a_line_that_repeats_is_taken_once() -> None:
    (order,) = orders(history(GOOD.format(n=1), GOOD.format(n=1)))
    assert len(order.lines) == 1


def test_complaints_that_differ_from_row_to_row_are_all_kept() -> None:
    (order,) = orders(history(GOOD.format(n=1), GOOD.format(n=2).replace("скрип", "течь")))
    assert order.head.complaint == "скрип; течь"


def test_an_order_that_turns_up_again_comes_with_the_same_key() -> None:
    other = GOOD.replace("1507", "1508")
    first, _, again = orders(history(GOOD.format(n=1), other.format(n=1), GOOD.format(n=2)))
    assert first.head.key == again.head.key


def test_an_order_without_lines_is_still_an_order() -> None:
    (order,) = orders(history("msk,1,2025-05-12,,,А123ВС77,,,,,,,"))
    assert order.lines == ()
    assert order.head.ends().day == 12


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("msk,,2025-05-12,,,А123ВС77,,,,,,,", "order_no", "missing_order_no"),
        ("msk,1,,,,А123ВС77,,,,,,,", "opened_at", "missing_date"),
        ("msk,1,2025-05-12,,,,,,,,,,", "vin", "missing_vehicle"),
        ("msk,1,2025-05-12,,VF7,,,,,,,,", "vin", "bad_vin"),
        ("msk,1,2025-05-12,,,А123ВС77,спросить,,,,,,", "phone", "bad_phone"),
        ("msk,1,2025-05-12,2025-05-11,,А123ВС77,,,,,,,", "closed_at", "closed_before_opened"),
        ("msk,1,2025-05-12,,,А123ВС77,,сорок,,,,,", "odometer_km", "bad_odometer"),
        ("msk,1,2025-05-12,,,А123ВС77,,,,1,gift,,", "kind", "bad_kind"),
        ("msk,1,2025-05-12,,,А123ВС77,,,,1,part,,boss", "account", "bad_account"),
        ("msk,1,2025-05-12,,,А123ВС77,,,,1,part,,,,,extra", "", "too_many_cells"),
    ],
)
def test_a_refused_row_says_where_and_why_and_the_good_ones_load(row: str, column: str, reason: str) -> None:
    read = history(row, GOOD.format(n=1))
    assert Refused(2, column, reason) in read
    assert len(orders(read)) == 1


def test_the_refusal_is_a_sentence() -> None:
    assert Refused(7, "vin", "bad_vin").sentence() == "row 7, vin: not a VIN of 17 characters"


def test_optional_columns_are_read_where_the_source_has_them() -> None:
    text = (
        "order_no,opened_at,plate,planned_return,result,dtc,labour_hours,currency,unit_price,kind\n"
        "1,2025-05-12,А123ВС77,2025-06-01,temporary,p0300 P0301,1.5,RUB,100.50,labour\n"
    )
    (order,) = orders(read_history(io.BytesIO(text.encode())))
    assert (order.head.planned_return, order.head.result, order.head.dtc) == (True, "temporary", ("P0300", "P0301"))
    assert (order.lines[0].labour_minutes, order.lines[0].unit_price) == (90, 10050)


def test_a_workbook_reads_like_a_text_file() -> None:
    book = Workbook()
    book.active.append(HEADING.split(","))
    row = ["msk", 1507, None, None, None, "А123ВС77", 79000009758, 41000.0, "скрип", 1, "labour", "Замена", "customer"]
    row[2] = datetime(2025, 5, 12, 9, 0)
    book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    (order,) = orders(read_history(file, phone_region="RU"))
    assert (order.head.order_no, order.head.phone, order.head.odometer_km) == ("1507", "+79000009758", 41000)


def test_the_region_of_a_phone_may_depend_on_the_site() -> None:
    row = "lyon,1,2025-05-12,,,,06 39 98 90 70,,,,,,"
    text = "\n".join((HEADING, row)).encode()
    (order,) = orders(read_history(io.BytesIO(text), phone_region={"lyon": "FR"}.get))
    assert order.head.phone == "+33639989070"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty_file"),
        (b"order_no,plate\n1,A\n", "missing_column"),
        (b"order_no,opened_at,plate,plate\n", "doubled_column"),
        (b"PK\x03\x04 no workbook", "not_a_workbook"),
    ],
)
def test_a_file_of_which_nothing_can_be_read_is_refused_whole(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        list(read_history(io.BytesIO(content)))
    assert refusal.value.reason_code == reason


def test_a_request_needs_a_number_a_date_and_a_mark_of_the_car() -> None:
    text = "booking_no,requested_at,plate,text\n,2025-06-02,А123ВС77,стук\n7,,А123ВС77,стук\n8,2025-06-02,,стук\n"
    read = list(read_requests(io.BytesIO(text.encode())))
    assert [one.reason_code for one in read if isinstance(one, Refused)] == [
        "missing_booking_no",
        "missing_date",
        "missing_vehicle",
    ]


def test_a_caller_may_know_the_last_signs_of_the_vin_only() -> None:
    text = "booking_no,requested_at,vin,text\n7,2025-06-02,4321098,стук\n"
    (request,) = read_requests(io.BytesIO(text.encode()))
    assert not isinstance(request, Refused)
    assert request.vin == "4321098"


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared examples")
def test_a_foreign_table_without_heading_is_refused_not_misread() -> None:
    with pytest.raises(UnreadableFile):
        list(read_history(SHARED / "real" / "nhtsa" / "nhtsa-complaints-sample.tsv"))
