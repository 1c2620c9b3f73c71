"""History from an exchange file: good rows load, bad ones are listed, twice is once."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from comeback.recognition.normalise import plate_key
from comeback.registers.models import Customer, Site, Vehicle
from comeback.visits import importing
from comeback.visits.models import ImportRun, OrderLine, RefusedRow, RepairOrder, Visit
from tests.cast import moscow, set_the_stage

NOW = moscow(2, 10)
OPEN_DATA = Path(__file__).parents[2] / ".." / "shared" / "data" / "open" / "history.csv"
HEAD = (
    "site;order_no;opened_at;closed_at;vin;plate;customer;phone;odometer_km;mechanic;complaint;"
    "line_no;kind;code;description;quantity;unit_price;account\n"
)
FIRST = (
    "MSK;ЗН-1;2025-05-12 09:00;2025-05-12 17:00;VF7LCRFJF74321098;А123ВС77;Иванова Мария;89161234567;"
    "87530;Орлов П. П.;Скрип спереди;"
)
SECOND = FIRST.replace("ЗН-1;2025-05-12 09:00;2025-05-12 17:00", "ЗН-2;2025-05-12 12:00;2025-05-14 10:00")
LATER = FIRST.replace("ЗН-1;2025-05-12 09:00;2025-05-12 17:00", "ЗН-3;2025-05-20 12:00;2025-05-20 13:00")
LABOUR = "1;labour;W1;Замена стоек;1.5;2500.00;customer\n"
PART = "2;part;508797;Стойка;2;1800.50;customer\n"


@pytest.fixture
def cast(db):
    return set_the_stage()


@pytest.fixture
def file(tmp_path):
    def write(*rows: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "history.csv"
        path.write_text(HEAD + "".join(rows), encoding=encoding)
        return path

    return write


def load(path, **more):
    return importing.import_visits(path, site=None, now=NOW, **more)


def test_an_order_is_loaded_with_its_car_customer_visit_and_lines(cast, file):
    report = load(file(FIRST + LABOUR, FIRST + PART))
    order = RepairOrder.objects.get(number="ЗН-1")
    assert report.counts.new == 1
    assert not report.refused
    assert (order.mechanic, order.odometer_km) == (cast.people["orlov"], 87_530)
    assert order.visit.vehicle.plates.get().key == plate_key("А123ВС77")
    assert order.visit.customer.phones.get().number == "+79161234567"
    assert [(line.kind, line.unit_price) for line in order.lines.order_by("number")] == [
        ("labour", 250_000),
        ("part", 180_050),
    ]
    assert order.visit.received_at == moscow(12, 9, month=5)


def test_loading_the_same_file_twice_changes_nothing(cast, file):
    path = file(FIRST + LABOUR, FIRST + PART, LATER + LABOUR)
    load(path)
    before = [
        *OrderLine.objects.values_list("pk"),
        *Visit.objects.values_list("pk"),
        *Customer.objects.values_list("pk"),
    ]
    report = load(path)
    assert (report.counts.new, report.counts.changed, report.counts.same) == (0, 0, 2)
    assert before == [
        *OrderLine.objects.values_list("pk"), *Visit.objects.values_list("pk"), *Customer.objects.values_list("pk")
    ]  # fmt: skip


def test_a_changed_order_replaces_its_lines(cast, file):
    load(file(FIRST + LABOUR))
    report = load(file(FIRST + LABOUR.replace("1.5", "2.0")))
    assert report.counts.changed == 1
    assert OrderLine.objects.get().quantity == 2


def test_rows_of_an_order_that_stand_apart_are_added_once(cast, file):
    path = file(FIRST + LABOUR, LATER + LABOUR, FIRST + PART)
    load(path)
    load(path)
    assert RepairOrder.objects.get(number="ЗН-1").lines.count() == 2


def test_orders_of_a_car_that_touch_the_same_day_are_one_visit(cast, file):
    load(file(FIRST + LABOUR, SECOND + LABOUR, LATER + LABOUR))
    assert Visit.objects.count() == 2
    joined = RepairOrder.objects.get(number="ЗН-1").visit
    assert joined == RepairOrder.objects.get(number="ЗН-2").visit
    assert joined.handed_over_at == moscow(14, 10, month=5)


def test_an_order_that_joins_two_visits_makes_them_one(cast, file):
    load(file(FIRST + LABOUR, LATER + LABOUR))
    bridge = FIRST.replace("ЗН-1;2025-05-12 09:00;2025-05-12 17:00", "ЗН-9;2025-05-12 18:00;2025-05-20 09:00")
    load(file(bridge + LABOUR))
    assert Visit.objects.count() == 1


def test_bad_rows_are_listed_and_the_rest_is_loaded(cast, file):
    report = load(
        file(FIRST + LABOUR, LATER.replace("2025-05-20 12:00", "вчера") + LABOUR, SECOND.replace("MSK", "NSK") + PART)
    )
    assert RepairOrder.objects.count() == 1
    assert [(it.row_number, it.column, it.reason_code) for it in report.refused] == [
        (3, "opened_at", "bad_date"),
        (4, "site", "unknown_site"),
    ]
    assert RefusedRow.objects.filter(run=ImportRun.objects.get()).count() == 2


def test_a_dry_run_keeps_nothing(cast, file):
    report = load(file(FIRST + LABOUR), dry_run=True)
    assert report.counts.new == 1
    assert not RepairOrder.objects.exists()
    assert not Vehicle.objects.exists()
    assert not ImportRun.objects.exists()


def test_a_file_of_an_old_windows_program_is_read(cast, file):
    load(file(FIRST + LABOUR, encoding="cp1251"))
    assert RepairOrder.objects.get().concerns.get().words == "Скрип спереди"


def test_an_order_that_is_still_open_has_not_been_handed_over(cast, file):
    load(file(FIRST.replace("2025-05-12 17:00", "") + LABOUR))
    assert Visit.objects.get().handed_over_at is None


def test_the_command_says_what_it_did_and_fails_when_rows_were_refused(cast, file, capsys):
    path = file(FIRST + LABOUR, LATER.replace("2025-05-20 12:00", "вчера") + LABOUR)
    assert importing.run(argparse.Namespace(file=path, site=None, dry_run=False)) == 1
    out, err = capsys.readouterr()
    assert "orders: 1 were new" in out
    assert "row 3, opened_at" in err


def test_the_command_names_the_sites_when_the_site_is_wrong(cast, file, capsys):
    assert importing.run(argparse.Namespace(file=file(FIRST + LABOUR), site="NSK", dry_run=False)) == 2
    assert "MSK, SPB" in capsys.readouterr().err


@pytest.mark.skipif(not OPEN_DATA.exists(), reason="the open sample is not part of the project")
def test_the_open_sample_loads_whole(cast):
    codes = {"york": "GB", "leeds": "GB", "msk-yug": "RU", "msk-sever": "RU", "spb-1": "RU"}
    names = {line.split(",")[0] for line in OPEN_DATA.read_text(encoding="utf-8").splitlines()[1:]}
    for name in names:
        Site.objects.create(group=cast.group, code=name, name=name, country=codes.get(name, "FR"))
    report = load(OPEN_DATA)
    assert report.refused == []
    assert report.counts.new == len({tuple(line.split(",")[:2]) for line in OPEN_DATA.read_text().splitlines()[1:]})
    assert load(OPEN_DATA).counts.same == report.counts.new
