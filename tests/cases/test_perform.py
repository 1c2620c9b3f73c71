"""One command, one transaction: keys, permission, journal, projections."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comeback.cases import journal
from comeback.cases.commands import Command
from comeback.cases.deriving import rewrite
from comeback.cases.models import CommandKey, Decision, Due, JournalEntry, ProgressRow
from comeback.cases.perform import perform
from comeback.method.refusal import Refused
from tests.cases.stage import another
from tests.cast import moscow

NOW = moscow(2, 10)


def decide(case, cast, who="smirnova", key="k1", **more):
    arguments = {"needed": False, "reason": "Эксперт в отпуске до пятницы"} | more
    return perform(Command("1.3/decision", case, arguments), actor=cast.actor(who), now=NOW, key=key)


def test_a_case_is_numbered_by_site_and_year(case):
    assert case.number == "MSK-2025-0001"
    assert str(case) == "ПО-MSK-2025-0001"


def test_a_command_is_journalled_and_derived_in_one_go(case, cast):
    decide(case, cast)
    entry = JournalEntry.objects.get(stream=case.stream)
    assert (entry.command, entry.function, entry.person_id) == (
        "1.3/decision",
        "reception_lead",
        cast.people["smirnova"].pk,
    )
    assert ProgressRow.objects.get(case=case).step == 1
    assert not Due.objects.filter(case=case, line="1.3").exists()


def test_the_same_key_does_nothing_a_second_time(case, cast):
    first = decide(case, cast)
    second = decide(case, cast)
    assert second.replayed
    assert second.refs == first.refs
    assert Decision.objects.count() == JournalEntry.objects.count() == 1


def test_the_same_key_with_other_content_is_refused(case, cast):
    decide(case, cast)
    with pytest.raises(Refused) as refused:
        decide(case, cast, reason="Совсем другая причина")
    assert refused.value.rule == "key"


def test_a_refused_command_leaves_nothing_behind(case, cast):
    with pytest.raises(Refused):
        decide(case, cast, reason="нет")
    assert not Decision.objects.exists()
    assert not JournalEntry.objects.exists()
    assert not CommandKey.objects.exists()


def test_a_function_that_the_sheet_does_not_name_is_refused(case, cast):
    with pytest.raises(Refused) as refused:
        decide(case, cast, who="orlov")
    assert refused.value.kind == "function"
    assert refused.value.missing[0].by == ("reception_lead", "service_advisor")


def test_a_colleague_of_another_site_knows_nothing_of_the_case(case, cast):
    with pytest.raises(Refused) as refused:
        decide(case, cast, who="nevsky")
    assert refused.value.kind == "unknown"


def test_a_row_of_the_journal_that_was_changed_by_hand_is_found(case, cast):
    decide(case, cast)
    assert list(journal.breaks()) == []
    detail = JournalEntry.objects.get().detail
    detail.content["reason"] = "Подчищено"
    detail.save(update_fields=["content"])
    assert list(journal.breaks()) == [f"{case.stream} 1"]


def test_a_reason_too_long_to_be_kept_is_refused_on_every_database(case, cast):
    with pytest.raises(Refused) as refused:
        decide(case, cast, reason="ы" * 501)
    assert refused.value.kind == "input"
    assert not Decision.objects.exists()


def test_a_number_too_large_for_the_database_is_refused(case, cast):
    call = Command("1.1", case.request, {"reply": "yes", "original_order_id": 10**30})
    with pytest.raises(Refused):
        perform(call, actor=cast.actor("smirnova"), now=NOW, key="k1")
    assert not CommandKey.objects.exists()


def test_a_command_without_a_key_is_refused(case, cast):
    with pytest.raises(Refused) as refused:
        decide(case, cast, key="")
    assert (refused.value.rule, refused.value.kind) == ("key", "input")


def test_the_same_key_of_another_person_is_another_command(case, cast):
    decide(case, cast)
    assert not decide(case, cast, who="belov").replayed


def test_deriving_three_cases_costs_what_one_costs(case, cast):
    cases = [case, *(another(cast, number) for number in range(2))]
    rewrite(cases, NOW)
    with CaptureQueriesContext(connection) as one:
        rewrite(cases[:1], NOW)
    with CaptureQueriesContext(connection) as three:
        rewrite(cases, NOW)
    assert len(three) == len(one)
