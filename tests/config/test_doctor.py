"""The doctor finds what somebody changed behind the application's back, and puts right only what can be derived."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comeback.cases import checks, seals, triggers
from comeback.cases.commands import Command
from comeback.cases.models import (
    Case,
    Changed,
    Due,
    JournalDetail,
    JournalEntry,
    NatureChoice,
    ProgressRow,
    StoredPrint,
)
from comeback.cases.opening import open_case, open_request
from comeback.cases.perform import perform
from comeback.config import doctor
from comeback.config.cli import main
from comeback.registers import clock
from comeback.registers.models import FunctionHeld, OpeningHours
from tests.cast import Cast, ivanova_and_her_car, moscow, set_the_stage, the_first_repair

NOW = moscow(2, 10)


@pytest.fixture
def cast(db: None) -> Cast:
    return set_the_stage()


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case after its first command, with rows and a journal."""
    customer, vehicle = ivanova_and_her_car(cast)
    order = the_first_repair(cast, customer, vehicle)
    actor = cast.actor("smirnova")
    request = open_request(site=cast.msk, actor=actor, now=NOW, vehicle=vehicle, customer=customer)
    NatureChoice.objects.create(request=request, nature="NVH", at=NOW, by=actor.person)
    case = open_case(request, actor=actor, now=NOW, original_order=order)
    doctor.comparing.rewrite([request, case], NOW)
    arguments = {"needed": False, "reason": "Эксперт в отпуске до пятницы"}
    perform(Command("1.3/decision", case, arguments), actor=actor, now=NOW, key="k1")
    return case


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]):
    """What the doctor finds, without its warnings; and the exit code."""

    def ask(*words: str) -> tuple[int, list[str]]:
        with clock.frozen_at(NOW + timedelta(hours=3)):
            code = main(["doctor", *words])
        lines = capsys.readouterr().out.splitlines()
        return code, [line for line in lines if not line.startswith("warning: ")]

    return ask


def test_nothing_is_found_where_nothing_is_wrong(case, said):
    assert said() == (0, [])


def test_later_in_the_day_the_rows_are_still_what_they_were_derived_to_be(case, said):
    with clock.frozen_at(NOW + timedelta(days=20)):
        assert main(["doctor"]) == 0


def test_rows_that_differ_from_the_facts_are_found_and_put_right(case, said):
    gone = Due.objects.filter(case=case).first()
    assert gone
    gone.delete()
    ProgressRow.objects.filter(case=case).update(step=7, closed=True)
    code, found = said()
    assert code == 1
    assert len(found) == 1
    assert found[0].startswith("progress: case MSK-2025-0001: step is 7, derived 1; closed is True, derived False; ")
    assert f"due row missing: {gone.line} {gone.state} {gone.function}" in found[0]
    code, found = said("--fix")
    assert (code, found[-1]) == (0, "fixed: progress: 1 of 1")
    assert said() == (0, [])


def test_a_case_without_rows_and_rows_without_a_case_are_found(case, said):
    ProgressRow.objects.filter(case=case).delete()
    Due.objects.create(kind="case", subject_id=999, site=case.site, line="2.1", state="due", function="reception_lead")
    code, found = said()
    assert code == 1
    assert found == [
        "progress: case MSK-2025-0001: has no progress row",
        "progress: case 999: rows without a subject",
    ]
    assert said("--fix")[0] == 0


def test_a_batch_is_compared_with_hardly_more_queries_than_one_subject(case, cast):
    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            assert list(doctor.comparing.differences(NOW)) == []
        return len(context)

    before = queries()
    for _ in range(5):
        actor = cast.actor("smirnova")
        request = open_request(site=cast.msk, actor=actor, now=NOW, vehicle=None, customer=None, searched="А123")
        doctor.comparing.rewrite([request], NOW)
    assert queries() - before <= 5  # each request is asked once whether it became a case


def test_a_word_of_the_journal_that_was_changed_is_found_and_cannot_be_put_right(case, said):
    JournalDetail.objects.update(content={"reason": "Подчищено"})
    expected = f"journal: {case.stream} 1 is not what was written, or the one before it is gone"
    assert said("--fix") == (1, [expected])


def test_a_journal_whose_tail_was_cut_off_is_found_by_its_seal(case, said):
    assert seals.seal(case.site, NOW + timedelta(hours=1))
    drop_the_triggers()
    JournalDetail.objects.filter(entry__stream=case.stream).delete()
    JournalEntry.objects.filter(stream=case.stream).delete()
    code, found = said()
    assert code == 1
    assert f"seals: {case.stream} 1 was sealed and is not in the journal as it was" in found


def test_missing_triggers_are_found_and_installed_again(case, said):
    drop_the_triggers()
    code, found = said()
    assert code == 1
    assert found[0] == "triggers: journal_no_update is missing: the journal can be changed"
    assert said("--fix")[0] == 0
    assert triggers.missing() == []


def drop_the_triggers() -> None:
    with connection.cursor() as cursor:
        for name in triggers.NAMES:
            on = " ON cases_journalentry" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def test_a_stored_print_that_is_gone_is_found(case, said):
    StoredPrint.objects.create(
        case=case, kind="order", language="ru", file="prints/none.pdf", sha256="0" * 64, at=NOW, by=None
    )
    code, found = said()
    assert code == 1
    assert found[0].endswith("of case MSK-2025-0001: prints/none.pdf is gone")


def test_a_site_without_opening_hours_is_a_finding(case, said):
    OpeningHours.objects.filter(site__code="SPB").delete()
    code, found = said()
    assert code == 1
    assert found == ["hours: site SPB has no opening hours: deadlines are counted Monday to Friday, 9 to 18"]


def test_a_function_that_nobody_holds_is_a_warning(case, capsys):
    FunctionHeld.objects.filter(function="quality_controller").delete()
    assert main(["doctor"]) == 0
    assert "warning: functions: nobody holds quality_controller at site MSK" in capsys.readouterr().out


def test_changes_that_wait_for_the_worker_are_a_warning_and_derived_by_fix(case, said):
    Due.objects.all().delete()
    Changed.objects.create(site=case.site, why="calendar", at=NOW)
    assert said() == (0, [])
    assert said("--fix") == (0, ["fixed: waiting: 1 of 1"])
    assert not Changed.objects.exists()
    assert Due.objects.filter(case=case).exists()


def test_a_room_adds_a_check_of_its_own(case, said, monkeypatch):
    monkeypatch.setattr(checks, "CHECKS", dict(checks.CHECKS))
    monkeypatch.setattr(doctor, "CHECKS", checks.CHECKS)
    checks.check("bays", lambda: ["bay 7 counts twice"])
    assert said() == (1, ["bays: bay 7 counts twice"])
    with pytest.raises(ValueError, match="two checks"):
        checks.check("bays", list)
