"""5.3: the row in the register; 5.4: what prevents the next comeback."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from comeback.method.refusal import Refused
from comeback.steps.s5_quality.models import Measure, RegisterEntry
from tests.cast import moscow
from tests.steps.s4_repair.stage import answered, assigned, do, fact, received, worked

NOW = moscow(2, 16)


@pytest.fixture
def repaired(case, cast):
    return answered(worked(assigned(case, cast), cast), cast)


def register(case, cast, who="sidorov", now=NOW, **more):
    given = {"cause": "I1", "verdict": "our_repair", "owner_id": cast.people["sidorov"].pk} | more
    return do(case, cast, "5.3", who, now, **given)


def refused_entry(case, cast, **more):
    with pytest.raises(Refused) as caught:
        register(case, cast, **more)
    return caught.value


# --- 5.3


@pytest.mark.parametrize("who", ["sidorov", "laptev"])
def test_a_case_is_registered_with_cause_verdict_and_owner(repaired, cast, who):
    row = register(repaired, cast, who=who)
    assert (row.version, row.owner) == (1, cast.people["sidorov"])
    assert fact(repaired, "case_registered").value == "I1"


@pytest.mark.parametrize("who", ["orlov", "romanova", "belov"])
def test_nobody_else_registers(repaired, cast, who):
    assert refused_entry(repaired, cast, who=who).kind == "function"


def test_a_cause_is_named_after_the_work(case, cast):
    assert refused_entry(case, cast).missing[0].need == "concerns_answered"


def test_the_escape_cause_may_follow_later(repaired, cast):
    register(repaired, cast)
    assert fact(repaired, "escape_cause_named") is None
    register(repaired, cast, version=1, escape="conditions")
    assert fact(repaired, "escape_cause_named").value == "conditions"


def test_a_correction_is_a_new_version_and_the_old_one_is_kept(repaired, cast):
    register(repaired, cast)
    register(repaired, cast, who="laptev", cause="D2", version=1)
    assert list(RegisterEntry.objects.order_by("version").values_list("version", "cause")) == [(1, "I1"), (2, "D2")]
    assert fact(repaired, "case_registered").value == "D2"


@pytest.mark.parametrize("version", [0, 2])
def test_a_row_that_somebody_changed_meanwhile_is_refused(repaired, cast, version):
    register(repaired, cast)
    assert refused_entry(repaired, cast, version=version).kind == "changed"
    assert RegisterEntry.objects.count() == 1


def test_a_version_is_never_overwritten(repaired, cast):
    row = register(repaired, cast)
    row.cause = "K1"
    with pytest.raises(TypeError):
        row.save(update_fields=["cause"])


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("cause", "X1"), ("cause", ""), ("verdict", ""), ("escape", "somehow"), ("contributing", ["I1", "X9"])],
)
def test_what_is_not_in_the_taxonomy_is_refused(repaired, cast, field, wrong):
    assert refused_entry(repaired, cast, **{field: wrong}).missing[0].field == field


def test_the_owner_is_somebody_of_the_site(repaired, cast):
    assert refused_entry(repaired, cast, owner_id=cast.people["nevsky"].pk).missing[0].field == "owner_id"


def test_contributing_causes_leave_the_main_one_out(repaired, cast):
    assert register(repaired, cast, contributing=["O2", "I1", "D4", "O2"]).contributing == ["D4", "O2"]


def test_a_new_round_is_registered_anew(repaired, cast):
    register(repaired, cast, escape="later")
    repaired.rounds.create(number=2, why="7.2", opened_at=NOW)
    assert fact(repaired, "case_registered") is None
    assert fact(repaired, "escape_cause_named") is None


# --- 5.4


def define(case, cast, who="sidorov", now=NOW, **more):
    given = {
        "kind": "process",
        "text": "Момент на втулке записывать в наряд",
        "owner_id": cast.people["orlov"].pk,
        "due": date(2025, 6, 10),
        "criterion": "Нет повторных с этой причиной 90 дней",
        "check_on": date(2025, 9, 10),
    } | more
    return do(case, cast, "5.4", who, now, **{name: value for name, value in given.items() if value is not None})


def refused_measure(case, cast, **more):
    before = Measure.objects.count()
    with pytest.raises(Refused) as caught:
        define(case, cast, **more)
    assert Measure.objects.count() == before
    return caught.value.missing[0].field or caught.value.kind


def test_a_measure_has_its_owner_date_criterion_and_check(case, cast):
    define(case, cast)
    assert fact(case, "measures_defined").who == "Сидоров В. Г."
    assert fact(case, "criteria_set")


@pytest.mark.parametrize("who", ["orlov", "romanova", "belov"])
def test_nobody_else_defines_measures(case, cast, who):
    assert refused_measure(case, cast, who=who) == "function"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("text", " "),
        ("owner_id", None),
        ("due", None),
        ("due", date(2025, 6, 1)),
        ("criterion", None),
        ("check_on", None),
        ("check_on", date(2025, 6, 9)),
    ],
)
def test_a_measure_that_is_not_sound_is_refused(case, cast, field, wrong):
    assert refused_measure(case, cast, **{field: wrong}) == field


def test_the_owner_of_a_measure_is_somebody_of_the_site(case, cast):
    assert refused_measure(case, cast, owner_id=cast.people["nevsky"].pk) == "owner_id"


def test_criterion_and_check_date_may_follow_later(case, cast):
    first = define(case, cast, criterion=None, check_on=None)
    assert fact(case, "measures_defined")
    assert fact(case, "criteria_set") is None
    define(case, cast, replaces_id=first.pk)
    assert fact(case, "criteria_set")
    assert Measure.objects.count() == 2


def test_one_measure_without_a_criterion_leaves_the_criteria_open(case, cast):
    define(case, cast)
    define(case, cast, criterion=None, check_on=None, text="Ключ поверить")
    assert fact(case, "criteria_set") is None


def test_a_measure_is_replaced_once(case, cast):
    first = define(case, cast)
    define(case, cast, replaces_id=first.pk)
    assert refused_measure(case, cast, replaces_id=first.pk) == "changed"


NONE = {"kind": "none", "text": "Клиент ошибся в управлении климатом", "owner_id": None, "due": None}


def test_none_needed_is_decided_by_the_manager_with_a_reason(case, cast):
    manager = cast.people["romanova"].pk
    assert refused_measure(case, cast, **NONE) == "decided_by_id"
    assert refused_measure(case, cast, **NONE, decided_by_id=cast.people["sidorov"].pk) == "decided_by_id"
    assert refused_measure(case, cast, **NONE | {"text": "так"}, decided_by_id=manager) == "text"
    define(case, cast, **NONE, decided_by_id=manager)
    assert fact(case, "measures_defined")
    assert fact(case, "criteria_set")


def test_measures_of_an_earlier_round_can_be_left_standing(case, cast):
    standing = {"kind": "stands", "text": None, "owner_id": None, "due": None, "criterion": None, "check_on": None}
    assert refused_measure(case, cast, **standing) == "kind"
    define(case, cast, criterion=None, check_on=None)
    case.rounds.create(number=2, why="7.2", opened_at=NOW)
    assert fact(case, "measures_defined") is None
    define(case, cast, **standing)
    assert fact(case, "measures_defined")
    assert fact(case, "criteria_set") is None, "the earlier measure still lacks its criterion"


TALK = {"kind": "talk", "text": "Поговорить с бригадой о моменте"}


def the_same_cause_before(cast, days=90):
    earlier = received(cast, number=1)
    owner = cast.people["sidorov"]
    RegisterEntry.objects.create(
        case=earlier, round=1, version=1, cause="I1", verdict="our_repair", owner=owner, at=NOW - timedelta(days=days),
        by=owner, function="foreman",
    )  # fmt: skip


def test_a_talk_alone_is_enough_the_first_time(repaired, cast):
    register(repaired, cast)
    define(repaired, cast, **TALK)


def test_a_talk_alone_is_not_enough_for_a_cause_that_came_before(repaired, cast):
    the_same_cause_before(cast)
    register(repaired, cast)
    assert refused_measure(repaired, cast, **TALK) == "kind"
    define(repaired, cast)
    define(repaired, cast, **TALK)


def test_a_cause_of_more_than_180_days_ago_is_no_repetition(repaired, cast):
    the_same_cause_before(cast, days=181)
    register(repaired, cast)
    define(repaired, cast, **TALK)


def test_a_better_wording_does_not_turn_the_only_measure_into_a_talk(repaired, cast):
    the_same_cause_before(cast)
    register(repaired, cast)
    first = define(repaired, cast)
    assert refused_measure(repaired, cast, **TALK, replaces_id=first.pk) == "kind"
