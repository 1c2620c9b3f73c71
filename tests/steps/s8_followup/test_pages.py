"""The pages of a call, in the browser's way."""

from __future__ import annotations

import pytest

from comeback.registers.clock import frozen_at
from comeback.steps.s8_followup.models import Attempt, Contact
from tests.cast import moscow

pytestmark = pytest.mark.django_db
LATER = moscow(5, 12)


@pytest.fixture
def visit(client, handed_over):
    """`visit("8.1")` gets a page, with fields it posts them; by the manager."""

    def go(name: str, fields: dict | None = None):
        client.force_login(handed_over.cast.people["romanova"])
        with frozen_at(LATER):
            address = f"/cases/{handed_over.case.number}/{name}/"
            return client.get(address) if fields is None else client.post(address, {"key": name, **fields})

    return go


@pytest.mark.parametrize("name", ["8.1", "8.1/contact", "8.1/attempt", "8.1/unreachable"])
def test_every_page_of_step_8_opens_with_the_telephone(visit, name):
    page = visit(name)
    assert page.status_code == 200
    assert "tel:+79161234567" in page.content.decode()


def test_the_guide_stands_on_the_page_with_its_opening_words(visit):
    text = visit("8.1").content.decode()
    assert "Романова И. А." in text
    assert "Устранена ли неисправность" in text


def test_the_answers_are_recorded_in_site_time(visit):
    fields = {"q1": "yes", "q8": "9", "q5": "yes", "q10": "", "channel": "phone", "at": "2025-06-05T11:50"}
    assert visit("8.1", fields).status_code == 302
    contact = Contact.objects.get()
    assert contact.answers == {"q1": "yes", "q8": 9, "q5": "yes"}
    assert contact.at == moscow(5, 11, 50)


def test_a_mark_left_out_is_asked_for_at_its_question(visit):
    page = visit("8.1", {"q1": "yes", "channel": "phone", "at": "2025-06-05T11:50"})
    assert page.status_code == 422
    assert "q8" in page.context["form"].errors
    assert not Contact.objects.exists()


def test_an_attempt_is_recorded_and_shown(visit):
    fields = {"result": "call_back", "call_back_at": "2025-06-05T18:00", "channel": "phone", "at": "2025-06-05T11:50"}
    assert visit("8.1/attempt", fields).status_code == 302
    assert Attempt.objects.get().call_back_at == moscow(5, 18)
    assert len(visit("8.1").context["attempts"]) == 1


def test_a_mechanic_sees_neither_the_customers_name_nor_his_number(client, handed_over):
    client.force_login(handed_over.cast.people["orlov"])
    with frozen_at(LATER):
        text = client.get(f"/cases/{handed_over.case.number}/8.1/").content.decode()
    assert "+7916" not in text
    assert "Иванова" not in text
