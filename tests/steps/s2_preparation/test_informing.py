"""2.1: the manager is told of the arrival."""

from __future__ import annotations

from datetime import date

import pytest

from comeback.cases.deriving import progress_of
from comeback.cases.messages import wording_of
from comeback.cases.models import Message
from comeback.method.refusal import Refused
from comeback.registers.models import Deputising
from comeback.steps.s2_preparation.models import ArrivalNotice
from tests.cast import moscow
from tests.steps.s2_preparation.stage import book, do

NOW = moscow(2, 11)


def test_the_manager_is_told_when_the_customer_arrives(case, cast):
    do(case, "2.1", cast, "smirnova", NOW)
    message = Message.objects.get(line="2.1")
    assert message.to == cast.people["romanova"]
    assert wording_of(message) == "А123ВС77: клиент приедет 03.06.2025 09:00."
    assert progress_of(case, NOW).lines["2.1"].state == "done"


def test_whoever_deputises_for_the_manager_is_told_too(case, cast):
    Deputising.objects.create(
        deputy=cast.people["sidorov"],
        absent=cast.people["romanova"],
        site=cast.msk,
        function="after_sales_manager",
        since=date(2025, 6, 1),
        until=date(2025, 6, 9),
    )
    do(case, "2.1", cast, "smirnova", NOW)
    fact = progress_of(case, NOW).lines["2.1"].fact
    assert fact.note == "Романова И. А., Сидоров В. Г.: ещё не прочитано"


def test_a_changed_appointment_makes_the_notice_owed_again(case, cast):
    do(case, "2.1", cast, "smirnova", NOW)
    book(case, cast, moscow(3, 11))
    assert progress_of(case, NOW).lines["2.1"].state == "void"


def test_the_second_notice_names_both_times(case, cast):
    do(case, "2.1", cast, "smirnova", NOW)
    book(case, cast, moscow(3, 11))
    do(case, "2.1", cast, "smirnova", NOW)
    message = Message.objects.filter(line="2.1").latest("pk")
    assert wording_of(message) == "А123ВС77: клиент приедет 03.06.2025 11:00, а не 03.06.2025 09:00."
    assert progress_of(case, NOW).lines["2.1"].state == "done"


def test_telling_him_in_person_is_kept_with_the_message(case, cast):
    do(case, "2.1", cast, "smirnova", NOW, in_person=True, text="Клиентка очень расстроена")
    assert Message.objects.get().told_at == NOW
    assert Message.objects.get().text == "Клиентка очень расстроена"
    assert progress_of(case, NOW).lines["2.1"].fact.note == "сообщено лично"


def test_without_a_manager_today_the_notice_is_refused(case, cast):
    cast.people["romanova"].functions.update(until=date(2025, 6, 1))
    with pytest.raises(Refused) as refused:
        do(case, "2.1", cast, "smirnova", NOW)
    assert refused.value.rule == "2.1"
    assert not ArrivalNotice.objects.exists()


def test_the_manager_does_not_inform_himself(case, cast):
    with pytest.raises(Refused) as refused:
        do(case, "2.1", cast, "romanova", NOW)
    assert refused.value.kind == "function"
