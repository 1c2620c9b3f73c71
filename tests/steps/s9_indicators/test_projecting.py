"""The plain tables follow the evidence: in each command, in each import batch, and as `doctor` compares them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from comeback.cases.checks import CHECKS
from comeback.cases.commands import Command
from comeback.cases.models import GateOverride, Round
from comeback.cases.perform import perform
from comeback.registers.models import Vehicle
from comeback.steps.s9_indicators.models import CaseRow, CostRow, InspectionRow, OverrideRow, StayRow, VisitRow
from comeback.steps.s9_indicators.projecting import compare, derive_all, project_vehicles
from comeback.visits.importing import import_visits
from tests.cast import moscow
from tests.steps.s9_indicators.story import Story

NOW = moscow(4, 10)
CSV = """site;order_no;opened_at;closed_at;vin;customer;complaint
MSK;ЗН-1;2025-05-05 09:00;2025-05-06 18:00;VF7LCRFJF74321098;Иванова;Скрип
MSK;ЗН-2;2025-05-06 10:00;2025-05-07 18:00;VF7LCRFJF74321098;Иванова;Стук
MSK;ЗН-3;2025-06-02 09:00;2025-06-02 18:00;VF7LCRFJF74321099;Петров;ТО
"""


def test_a_command_derives_its_car_in_its_own_transaction(story: Story) -> None:
    case = story.came_back(moscow(3, 9))
    arguments = {"needed": False, "reason": "Эксперт в отпуске до пятницы"}
    story.says(case, "nature", moscow(3, 9), value="NVH")
    perform(Command("1.3/decision", case, arguments), actor=story.cast.actor("smirnova"), now=NOW, key="k")
    assert CaseRow.objects.get().case_no == case.number
    assert VisitRow.objects.get().case_no == case.number
    assert list(compare()) == []


def test_an_import_derives_the_cars_of_each_batch(story: Story, tmp_path: Path) -> None:
    file = tmp_path / "history.csv"
    file.write_text(CSV, encoding="utf-8")
    import_visits(file, site=None, now=NOW)
    assert list(VisitRow.objects.order_by("day").values_list("day", "handed_day")) == [
        (date(2025, 5, 5), date(2025, 5, 7)),  # two orders that touch the same day are one visit
        (date(2025, 6, 2), date(2025, 6, 2)),
    ]
    assert list(compare()) == []


def test_a_dry_run_leaves_no_rows(story: Story, tmp_path: Path) -> None:
    file = tmp_path / "history.csv"
    file.write_text(CSV, encoding="utf-8")
    import_visits(file, site=None, now=NOW, dry_run=True)
    assert not VisitRow.objects.exists()


def test_deriving_again_writes_nothing(story: Story) -> None:
    case = story.came_back(moscow(28, 9, month=5), moscow(2, 9))
    story.costs(case, 100, date(2025, 6, 1))
    story.derive()
    before = [list(table.objects.values_list("pk", flat=True)) for table in (VisitRow, CaseRow, StayRow, CostRow)]
    story.derive()
    assert before == [
        list(table.objects.values_list("pk", flat=True)) for table in (VisitRow, CaseRow, StayRow, CostRow)
    ]


def test_a_row_that_is_missing_wrong_or_too_much_is_found_and_repaired(story: Story) -> None:
    story.came_back(moscow(28, 9, month=5), moscow(2, 9))
    story.derive()
    row = VisitRow.objects.get()
    CaseRow.objects.all().delete()
    StayRow.objects.filter(month=date(2025, 5, 1)).update(first=1)
    row.pk = None
    row.save(force_insert=True)
    found = list(CHECKS["indicators"].find())
    assert sum("indicator_case: missing" in line for line in found) == 1
    assert sum("indicator_stay" in line for line in found) == 2
    assert sum("indicator_visit: should not be there" in line for line in found) == 1
    derive_all()
    assert list(compare()) == []


def test_a_row_that_stands_twice_is_repaired_too(story: Story) -> None:
    story.came_back(moscow(28, 9, month=5), moscow(2, 9))
    story.derive()
    row = VisitRow.objects.get()
    row.pk = None
    row.save(force_insert=True)
    story.derive()
    assert VisitRow.objects.count() == 1


def test_a_withdrawn_comeback_leaves_the_tables_and_its_visit_stays(story: Story) -> None:
    case = story.came_back(moscow(3, 9), moscow(4, 9))
    story.costs(case, 100, date(2025, 6, 4))
    story.derive()
    story.ends(case, "withdrawn", NOW)
    story.derive()
    assert not CaseRow.objects.exists()
    assert not CostRow.objects.exists()
    assert not StayRow.objects.exists()
    assert VisitRow.objects.get().case_no == ""


def test_each_failed_check_and_the_one_that_passed_are_rows_of_the_control_table(story: Story) -> None:
    case = story.came_back(moscow(3, 9), moscow(4, 9))
    who = story.cast.people["laptev"]
    Round.objects.create(
        case=case, number=2, why="5.1", note="Момент не записан", opened_at=moscow(3, 15), opened_by=who
    )
    Round.objects.create(case=case, number=3, why="4.4", note="Скрип остался", opened_at=moscow(3, 16), opened_by=who)
    story.derive()
    rows = InspectionRow.objects.order_by("attempt").values_list("attempt", "passed", "note", "person_id")
    assert list(rows) == [(1, 0, "Момент не записан", who.pk), (2, 1, "", None)]
    assert story.figure("K15", date(2025, 6, 1)).top == 0


def test_a_gate_opened_with_a_reason_is_counted(story: Story) -> None:
    case, who = story.came_back(moscow(3, 9)), story.cast.people["romanova"]
    GateOverride.objects.create(case=case, round=1, gate="G5", reason="Клиент ждёт", at=NOW, by=who, function="x")
    assert story.figure("K11", date(2025, 6, 1)).value == 1
    assert OverrideRow.objects.get().gate == "G5"


def test_the_number_of_queries_does_not_grow_with_the_cars(story: Story) -> None:
    counts = []
    for cars in (1, 3):
        for _ in range(cars):
            case = story.came_back(moscow(28, 9, month=5), moscow(2, 9))
            story.costs(case, 100, date(2025, 6, 1))
        wanted = list(Vehicle.objects.values_list("pk", flat=True))
        project_vehicles(wanted, NOW)
        with CaptureQueriesContext(connection) as again:
            project_vehicles(wanted, NOW)
        counts.append(len(again))
    assert counts[0] == counts[1]
