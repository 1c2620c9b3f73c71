"""The pages of step 7, in the browser's way."""

from __future__ import annotations

import pytest

from comeback.registers.clock import frozen_at
from comeback.visits.models import Concern
from tests.steps.s6_settlement.stage import NOW

pytestmark = pytest.mark.django_db
NAMES = ["7.1", "7.2", "7.2/rework", "7.2/plan", "7.3", "7.3/drive", "7.4", "hand_over"]


@pytest.fixture
def visit(client, settled):
    """`visit("belov", "7.1")` gets a page, with fields it posts them."""

    def go(who: str, name: str, fields: dict | None = None):
        client.force_login(settled.cast.people[who])
        with frozen_at(NOW):
            address = f"/cases/{settled.case.number}/{name}/"
            return client.get(address) if fields is None else client.post(address, {"key": name + who, **fields})

    return go


@pytest.mark.parametrize("name", NAMES)
def test_every_page_of_step_7_opens_with_the_customers_words(visit, name):
    page = visit("belov", name)
    assert page.status_code == 200
    assert "Опять скрипит спереди" in page.content.decode()


def test_the_talk_from_the_first_page_to_the_hand_over(visit, settled):
    settled.drive_after_work()
    second = Concern.objects.create(order=settled.order, number=2, words="Не греет сиденье")
    first = settled.concern
    explained = {"concern_ids": [first.pk, second.pk], "old_parts_shown": "yes", "to_whom": "Иванова"}
    steps = {
        "7.1": explained,
        "7.2": {f"answer_{first.pk}": "fixed", f"answer_{second.pk}": "will_check", "said_by": "Иванова"},
        "7.3": {"answer": "refused", "reason": "Спешит"},
        "7.4": {"to_whom": "Иванова"},
        "hand_over": {"receiver": "customer", "signed": "yes", "odometer_km": "88460"},
    }
    for name, fields in steps.items():
        assert visit("belov", name, fields).status_code == 302, name
    settled.case.visit.refresh_from_db()
    assert settled.case.visit.handed_over_at == NOW


def test_a_concern_left_out_is_named_and_what_was_typed_is_kept(visit, settled):
    page = visit("belov", "7.1", {"old_parts_shown": "no", "to_whom": "Пётр"})
    assert page.status_code == 422
    assert page.context["form"]["to_whom"].value() == "Пётр"
    assert "concern_ids" in page.context["form"].errors


def test_after_a_no_the_page_offers_what_can_follow(visit, settled):
    visit("belov", "7.2", {f"answer_{settled.concern.pk}": "no", "said_by": "Иванова"})
    text = visit("belov", "7.2").content.decode()
    assert f"/cases/{settled.case.number}/7.2/rework/" in text
    plan = {"text": "Ждём рычаг, ездить можно", "comes_on": "2025-06-20"}
    assert visit("romanova", "7.2/plan", plan).status_code == 302


def test_before_the_settlement_the_page_says_who_can_supply_what_is_missing(client, stage):
    client.force_login(stage.cast.people["belov"])
    with frozen_at(NOW):
        page = client.get(f"/cases/{stage.case.number}/7.1/")
    assert {item.need for item in page.context["missing"]} == {"6.1", "6.2"}


@pytest.mark.parametrize("name", ["7.1", "7.2", "7.4", "hand_over"])
def test_a_mechanic_does_not_see_the_customers_name(visit, name):
    assert "Иванова" not in visit("orlov", name).content.decode()
