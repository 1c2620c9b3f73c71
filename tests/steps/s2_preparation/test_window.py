"""The window of step 2: its facts, in a fixed number of queries; its pages."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest

from comeback.cases.opening import open_case, open_request
from comeback.registers.clock import frozen_at
from comeback.steps.s2_preparation.facts import case_facts
from tests.cast import moscow
from tests.steps.s2_preparation.stage import do, original

NOW = moscow(2, 12)


def prepare(case, cast):
    do(case, "2.1", cast, "smirnova", NOW)
    do(case, "2.2", cast, "romanova", NOW, findings="Смотреть сайлентблоки", original_read=original(case).pk)
    do(case, "2.3", cast, "belov", NOW, unknown=True)
    do(case, "2.4", cast, "belov", NOW)


def another(case, cast):
    lead = cast.actor("smirnova")
    request = open_request(site=cast.msk, actor=lead, now=NOW, vehicle=case.vehicle, customer=case.customer)
    return open_case(request, actor=lead, now=NOW, original_order=None, original_note="Работа другого дилера")


def test_a_prepared_case_has_the_four_facts(case, cast):
    prepare(case, cast)
    facts = case_facts([case.pk])[case.pk]
    assert set(facts) == {"manager_informed", "dossier_reviewed", "parts_checked", "order_stamped"}
    assert not any(fact.void for fact in facts.values())
    assert facts["order_stamped"].value == "ЗН-MSK-2025-0001"


@pytest.mark.parametrize("others", [0, 2])
def test_the_window_asks_a_fixed_number_of_queries(case, cast, others, django_assert_num_queries):
    prepare(case, cast)
    ids = [case.pk, *(another(case, cast).pk for _place in range(others))]
    with django_assert_num_queries(8):
        case_facts(ids)


@pytest.fixture
def browse(client, cast):
    def get(who, address, **options):
        client.force_login(cast.people[who])
        with frozen_at(NOW):
            return client.get(address, **options)

    return get


@pytest.mark.parametrize(
    ("line", "who", "shows"),
    [
        ("2.1", "smirnova", "Романова И. А."),
        ("2.2", "romanova", "ЗН-1507"),
        ("2.3", "belov", "508797"),
        ("2.4", "belov", "Опять скрип спереди"),
    ],
)
def test_the_page_of_a_line_shows_what_is_known(case, browse, line, who, shows):
    page = browse(who, f"/cases/{case.number}/{line}/")
    assert page.status_code == 200
    assert shows in page.content.decode()


def test_the_dossier_is_signed_on_its_page(case, cast, client, browse):
    page = browse("romanova", f"/cases/{case.number}/2.2/")
    key = page.context["form"]["key"].value()
    with frozen_at(NOW):
        refused = client.post(f"/cases/{case.number}/2.2/", {"key": key, "findings": "Смотреть сайлентблоки"})
        assert refused.status_code == 422
        assert "Откройте исходный заказ-наряд" in refused.content.decode()
        done = client.post(
            f"/cases/{case.number}/2.2/", {"key": key, "findings": "Смотреть сайлентблоки", "original_read": "on"}
        )
    assert done.status_code == 302
    assert case.dossier_reviews.get().by == cast.people["romanova"]


def test_the_parts_of_the_page_become_a_check(case, client, browse):
    key = browse("belov", f"/cases/{case.number}/2.3/").context["form"]["key"].value()
    typed = {"key": key, "part_0_code": "508797", "part_0_name": "Стойка", "part_0_quantity": "2"}
    with frozen_at(NOW):
        client.post(f"/cases/{case.number}/2.3/", typed | {"part_0_state": "ordered", "part_0_due_on": "2025-06-05"})
    part = case.parts_checks.get().parts.get()
    assert (part.code, part.quantity, part.state, str(part.due_on)) == ("508797", 2, "ordered", "2025-06-05")


def test_the_print_is_given_to_those_who_know_the_case(case, cast, browse):
    prepare(case, cast)
    answer = browse("belov", f"/cases/{case.number}/prints/order/")
    assert answer["Content-Type"] == "application/pdf"
    pdf = pypdf.PdfReader(BytesIO(b"".join(answer.streaming_content)))
    assert "ПОВТОРНОЕ ОБРАЩЕНИЕ" in pdf.pages[0].extract_text()


def test_the_print_names_the_customer_and_is_not_for_the_mechanic(case, cast, browse):
    prepare(case, cast)
    assert browse("orlov", f"/cases/{case.number}/prints/order/").status_code == 404


def test_a_colleague_of_another_site_does_not_get_the_print(case, cast, browse):
    prepare(case, cast)
    assert browse("nevsky", f"/cases/{case.number}/prints/order/").status_code == 404


def test_what_is_not_printed_yet_is_not_found(case, browse):
    assert browse("belov", f"/cases/{case.number}/prints/order/").status_code == 404
