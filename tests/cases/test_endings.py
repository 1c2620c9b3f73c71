"""How a case ends: closed behind its last gate, or withdrawn by the manager after the reception."""

from __future__ import annotations

import pytest

from comeback.cases.commands import Command
from comeback.cases.models import Due, Ending, ProgressRow
from comeback.cases.perform import perform
from comeback.method.refusal import Refused
from tests.cast import moscow
from tests.steps.s4_repair import stage

NOW = moscow(2, 12)
REASON = "Оказалось другая неисправность, царапина от парковки"


def withdraw(case, cast, who="romanova", reason=REASON):
    command = Command("withdraw", case, {"reason": reason})
    return perform(command, actor=cast.actor(who), now=NOW, key="withdraw").results[0]


def test_the_manager_withdraws_a_received_case_and_nothing_is_owed_any_more(cast):
    case = stage.received(cast)
    assert withdraw(case, cast).kind == "withdrawn"
    assert not Due.objects.filter(case=case).exists()
    assert ProgressRow.objects.get(case=case).closed


def test_a_withdrawn_case_takes_nothing_more(cast):
    case = stage.received(cast)
    withdraw(case, cast)
    with pytest.raises(Refused) as refused:
        stage.assigned(case, cast)
    assert refused.value.rule == "G10"


def test_before_the_reception_a_case_is_rejected_and_not_withdrawn(case, cast):
    with pytest.raises(Refused) as refused:
        withdraw(case, cast)
    assert (refused.value.rule, refused.value.kind) == ("withdraw", "gate")
    assert refused.value.missing[0].need == "reject"


@pytest.mark.parametrize("reason", ["", "нет", "ы" * 501])
def test_a_withdrawal_has_a_reason_that_others_understand(cast, reason):
    with pytest.raises(Refused) as refused:
        withdraw(stage.received(cast), cast, reason=reason)
    assert refused.value.missing[0].field == "reason"
    assert not Ending.objects.exists()


def test_only_the_manager_withdraws(cast):
    with pytest.raises(Refused) as refused:
        withdraw(stage.received(cast), cast, who="belov")
    assert refused.value.missing[0].by == ("after_sales_manager",)
