"""The list of works: what the customer takes with him."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest

from comeback.cases.models import StoredPrint
from comeback.registers.clock import frozen_at
from comeback.steps.s7_handover.models import DocumentExplained
from comeback.visits.models import OrderLine
from tests.steps.s6_settlement.stage import NOW
from tests.steps.s7_handover.talk import document, settle

pytestmark = pytest.mark.django_db


def text_of(stored: StoredPrint) -> str:
    with stored.file.open("rb") as file:
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(file.read())).pages)


def test_who_pays_nothing_reads_0_his_own_words_and_until_when_each_work_is_guaranteed(settled):
    OrderLine.objects.create(order=settled.order, number=1, kind="part", description="Рычаг передний правый")
    document(settled, number="")
    stored = StoredPrint.objects.get()
    assert DocumentExplained.objects.get().paper == stored
    text = text_of(stored)
    for words in ("ПОВТОРНОЕ ОБРАЩЕНИЕ", "Опять скрипит спереди", "К оплате: 0", "Рычаг передний правый", "04.06.2026"):
        assert words in text
    assert "гарантируется качество" in text


def test_who_pays_reads_the_amount_that_he_agreed_to(stage):
    settle(stage, customer=20)
    stage.do("7.4/print", "belov")
    assert "К оплате: 2\u00a0000" in text_of(StoredPrint.objects.get())


def test_the_list_is_in_the_customers_language(settled):
    settled.case.customer.language = "fr"
    settled.case.customer.save(update_fields=["language"])
    settled.do("7.4/print", "belov")
    stored = StoredPrint.objects.get()
    assert stored.language == "fr"
    assert "Relevé des travaux" in text_of(stored)


def test_a_document_with_a_number_of_its_own_needs_no_print_of_ours(settled):
    document(settled, number="П-12")
    assert not StoredPrint.objects.exists()


def test_a_new_print_replaces_the_one_before(settled):
    settled.do("7.4/print", "belov")
    settled.do("7.4/print", "belov")
    first, second = StoredPrint.objects.order_by("pk")
    assert (first.replaced_by, second.replaced_by) == (second, None)


@pytest.mark.parametrize(("who", "status"), [("belov", 200), ("orlov", 404), ("nevsky", 404)])
def test_the_print_is_given_to_those_who_may_see_the_customer(client, settled, who, status):
    settled.do("7.4/print", "belov")
    client.force_login(settled.cast.people[who])
    with frozen_at(NOW):
        assert client.get(f"/cases/{settled.case.number}/prints/works/").status_code == status
