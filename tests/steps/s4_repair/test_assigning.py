"""4.1: the work goes first of all to the mechanic who did the original work; and the release of a dangerous car."""

from __future__ import annotations

from datetime import date

import pytest

from comeback.cases.messages import wording_of
from comeback.cases.models import Case, GateOverride, Lent, Message, NatureChoice, Punch
from comeback.method.refusal import Refused
from comeback.registers.models import FunctionHeld
from comeback.steps.s4_repair.queries import mechanics_for, original_mechanic
from tests.cast import engage, moscow
from tests.steps.s4_repair.stage import RECEIVED, assigned, do, fact, received, worked

NOW = moscow(2, 10, 30)


def test_the_original_mechanic_is_proposed_first(case, cast):
    assert original_mechanic(case).person == cast.people["orlov"]
    assert mechanics_for(case, NOW)[0] == cast.people["orlov"]


def test_of_several_mechanics_the_one_with_most_time_is_the_original_one(case, cast):
    earlier = received(cast, number=1)
    Case.objects.filter(pk=earlier.pk).update(visit=case.original_order.visit)
    for who, hours in (("petrov", 3), ("orlov", 1)):
        Punch.objects.create(
            case=earlier, round=1, mechanic=cast.people[who], started_at=moscow(2, 9), ended_at=moscow(2, 9 + hours)
        )
    assert original_mechanic(case).person == cast.people["petrov"]


def test_the_original_mechanic_needs_no_reason(case, cast):
    assigned(case, cast)
    found = fact(case, "mechanic_assigned")
    assert (found.value, found.who, found.function) == (cast.people["orlov"].pk, "Сидоров В. Г.", "foreman")


def test_another_mechanic_without_a_reason_is_refused(case, cast):
    with pytest.raises(Refused) as refused:
        do(case, cast, "4.1", "sidorov", NOW, mechanic_id=cast.people["petrov"].pk)
    assert (refused.value.rule, refused.value.missing[0].field) == ("4.1", "deviation")


def test_a_reason_is_a_code_and_words(case, cast):
    with pytest.raises(Refused) as refused:
        do(case, cast, "4.1", "sidorov", NOW, mechanic_id=cast.people["petrov"].pk, deviation="absent", reason=" ")
    assert refused.value.missing[0].field == "reason"


def test_another_mechanic_with_a_reason_is_assigned_and_shown(case, cast):
    row = do(
        case, cast, "4.1", "sidorov", NOW, mechanic_id=cast.people["petrov"].pk, deviation="absent", reason="В отпуске"
    )
    assert (row.original, row.deviation, row.reason) == (cast.people["orlov"], "absent", "В отпуске")
    assert "В отпуске" in fact(case, "mechanic_assigned").note


def test_an_original_mechanic_who_left_still_calls_for_a_reason(case, cast):
    order = case.original_order
    order.mechanic, order.mechanic_name = None, "Уволенный С. С."
    order.save(update_fields=["mechanic", "mechanic_name"])
    with pytest.raises(Refused):
        do(case, cast, "4.1", "sidorov", NOW, mechanic_id=cast.people["petrov"].pk)
    do(case, cast, "4.1", "sidorov", NOW, mechanic_id=cast.people["petrov"].pk, deviation="left", reason="Уволился")


def test_work_of_another_dealer_goes_to_any_mechanic(cast):
    case = received(cast, number=1)
    do(case, cast, "4.1", "sidorov", NOW, mechanic_id=cast.people["petrov"].pk)
    assert fact(case, "mechanic_assigned").value == cast.people["petrov"].pk


def test_somebody_who_is_no_mechanic_today_is_refused(case, cast):
    engage("late", "Поздний П. П.", cast.msk)
    FunctionHeld.objects.create(
        person=engage("past", "Бывший Б. Б.", cast.msk), site=cast.msk, function="mechanic",
        since=date(2020, 1, 1), until=date(2025, 6, 1),
    )  # fmt: skip
    for person in ("belov", "nevsky"):
        with pytest.raises(Refused) as refused:
            do(case, cast, "4.1", "sidorov", NOW, mechanic_id=cast.people[person].pk)
        assert refused.value.missing[0].field == "mechanic_id"
    assert "Бывший Б. Б." not in [it.name for it in mechanics_for(case, NOW)]


def test_a_mechanic_lent_by_another_site_can_get_the_work(case, cast):
    Lent.objects.create(
        case=case, person=cast.people["nevsky"], function="mechanic", since=RECEIVED, by=cast.people["romanova"]
    )
    assert cast.people["nevsky"] in mechanics_for(case, NOW)


def test_the_work_is_not_taken_away_while_it_is_punched_in(case, cast):
    assigned(case, cast)
    do(case, cast, "punch_in", "orlov", moscow(2, 11))
    with pytest.raises(Refused) as refused:
        assigned(case, cast, "petrov", moscow(2, 12))
    assert "Орлов П. П." in str(refused.value.missing[0].text)


def test_only_the_foreman_assigns(case, cast):
    with pytest.raises(Refused) as refused:
        do(case, cast, "4.1", "orlov", NOW, mechanic_id=cast.people["orlov"].pk)
    assert refused.value.kind == "function"


def test_work_is_not_assigned_before_the_reception_is_complete(case, cast):
    GateOverride.objects.filter(case=case, gate="G4").delete()
    with pytest.raises(Refused) as refused:
        assigned(case, cast)
    assert refused.value.rule == "G4"


def test_the_mechanic_is_told(case, cast):
    assigned(case, cast)
    assert case.number in wording_of(Message.objects.get(to=cast.people["orlov"], line="4.1"))


def test_a_new_round_has_to_be_assigned_anew(case, cast):
    assigned(case, cast)
    case.rounds.create(number=2, why="4.4", opened_at=NOW)
    assert fact(case, "mechanic_assigned") is None


# --- release


FINDINGS = {"findings": "Тормоза держат, перегнать эвакуатором", "maker_notice": "not_needed"}


def test_a_car_without_words_of_danger_is_clear(case):
    assert fact(case, "safety_cleared")


def test_a_car_without_words_of_danger_needs_no_release(case, cast):
    with pytest.raises(Refused):
        do(case, cast, "release", "kuznetsov", NOW, **FINDINGS)


def test_a_dangerous_car_is_not_worked_on_before_the_expert_releases_it(cast):
    case = received(cast, danger=True)
    assigned(case, cast)
    GateOverride.objects.filter(case=case, gate="G5").delete()
    assert fact(case, "safety_cleared") is None
    with pytest.raises(Refused) as refused:
        do(case, cast, "punch_in", "orlov", moscow(2, 11))
    assert (refused.value.rule, "safety_cleared" in [it.need for it in refused.value.missing]) == ("G5", True)
    do(case, cast, "release", "kuznetsov", NOW, **FINDINGS)
    assert fact(case, "safety_cleared").who == "Кузнецов Д. Н."
    with pytest.raises(Refused) as refused:
        do(case, cast, "punch_in", "orlov", moscow(2, 11))
    assert "safety_cleared" not in [it.need for it in refused.value.missing]


def test_new_words_of_danger_void_the_release(cast):
    case = received(cast, danger=True)
    do(case, cast, "release", "kuznetsov", NOW, **FINDINGS)
    NatureChoice.objects.create(request=case.request, nature="SAFETY", danger=True, at=moscow(2, 12))
    assert fact(case, "safety_cleared") is None


@pytest.mark.parametrize("wrong", [{"findings": ""}, {"maker_notice": "told"}])
def test_a_release_says_what_was_found_and_the_reference_of_the_message(cast, wrong):
    case = received(cast, danger=True)
    with pytest.raises(Refused):
        do(case, cast, "release", "kuznetsov", NOW, **FINDINGS | wrong)
    assert fact(case, "safety_cleared") is None


def test_only_the_expert_releases(cast):
    case = received(cast, danger=True)
    with pytest.raises(Refused) as refused:
        do(case, cast, "release", "sidorov", NOW, **FINDINGS)
    assert refused.value.kind == "function"


def test_the_release_counts_for_its_round(cast):
    case = received(cast, danger=True)
    do(case, cast, "release", "kuznetsov", NOW, **FINDINGS)
    worked(assigned(case, cast), cast)
    case.rounds.create(number=2, why="5.1", opened_at=moscow(2, 15))
    assert fact(case, "safety_cleared") is None
