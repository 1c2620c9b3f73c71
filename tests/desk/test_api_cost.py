"""What one look at a case by the API costs."""

from __future__ import annotations

import pytest
from django.test import Client

from comeback.desk.tokens import make_token
from comeback.registers import clock
from tests.cases.stage import just_opened
from tests.cast import set_the_stage
from tests.querycount import costs, windows
from tests.web.stage import NOW, booked, cost, decided, said, visited


@pytest.fixture
def cast(database):
    with clock.frozen_at(NOW):
        yield set_the_stage()


def test_a_case_costs_the_same_however_much_happened(cast, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    case = just_opened(cast)
    headers = {"HTTP_AUTHORIZATION": f"Bearer {make_token(cast.people['belov'], name='test', now=NOW)}"}

    def more(number: int) -> None:
        said(case, cast, f"Скрипит, {number}")
        booked(case, cast, hours=20 + number)
        visited(case, cast, 10 + number)
        cost(case, cast)
        decided(case, cast, key=f"more-{number}", reason=f"Эксперт в отпуске, день {number}")

    more(0)
    costs(
        lambda: Client().get(f"/api/v1/cases/{case.number}", **headers),
        more=more,
        queries=12 + windows("case", case.pk),
    )
