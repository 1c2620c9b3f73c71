"""The comebacks of the site, open or closed."""

from __future__ import annotations

import pytest

from comeback.cases.models import Ending
from tests.cases.stage import another
from tests.querycount import costs
from tests.web.stage import CUSTOMER, NOW, PHONE, derived, said, signed_in, text_of


@pytest.fixture
def listed(case, cast):
    said(case, cast)
    derived(case)
    return case


def one_more(cast, number):
    case = another(cast, number)
    said(case, cast, "Стучит справа")
    derived(case)
    return case


def test_a_comeback_is_listed_with_its_car_words_and_step(listed, cast):
    page = text_of(signed_in(cast, "belov").get("/cases/"))
    assert "ПО-MSK-2025-0001" in page
    assert "Опять скрипит спереди" in page
    assert "Citroën C4 Picasso" in page


def test_newest_come_first_and_closed_ones_stand_apart(listed, cast):
    fresh = one_more(cast, 1)
    client = signed_in(cast, "belov")
    page = text_of(client.get("/cases/"))
    assert page.index(str(fresh)) < page.index(str(listed))
    Ending.objects.create(case=fresh, kind="closed", at=NOW, by=cast.people["romanova"], function="after_sales_manager")
    derived(fresh)
    assert str(fresh) not in text_of(client.get("/cases/"))
    assert str(fresh) in text_of(client.get("/cases/?closed=1"))


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "٣", "1e3", "99999999999999999999999", "10000", ""])
def test_a_page_that_is_none_is_answered_all_the_same(listed, cast, page):
    assert signed_in(cast, "belov").get("/cases/", {"page": page}).status_code == 200


@pytest.mark.parametrize("who", ["orlov", "belov"])
def test_nobody_needs_the_customer_on_the_list(listed, cast, who):
    page = text_of(signed_in(cast, who).get("/cases/"))
    assert CUSTOMER not in page
    assert PHONE not in page


def test_the_list_of_another_site_is_empty(listed, cast):
    assert str(listed) not in text_of(signed_in(cast, "nevsky").get("/cases/"))


def test_the_list_costs_the_same_however_long_it_is(listed, cast):
    client = signed_in(cast, "belov")
    costs(lambda: client.get("/cases/"), more=lambda number: one_more(cast, number), queries=9)
