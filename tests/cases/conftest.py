"""A case that was just opened, for the tests of the thread."""

from __future__ import annotations

import pytest
from django.db import transaction

from comeback.cases.models import NatureChoice
from comeback.cases.opening import open_case, open_request
from tests.cast import Cast, ivanova_and_her_car, moscow, set_the_stage, the_first_repair


@pytest.fixture
def cast(database: None) -> Cast:
    return set_the_stage()


@pytest.fixture
def case(cast: Cast):
    customer, vehicle = ivanova_and_her_car(cast)
    order = the_first_repair(cast, customer, vehicle)
    actor, now = cast.actor("smirnova"), moscow(2, 10)
    request = open_request(site=cast.msk, actor=actor, now=now, vehicle=vehicle, customer=customer)
    NatureChoice.objects.create(request=request, nature="NVH", at=now, by=actor.person)
    with transaction.atomic():
        return open_case(request, actor=actor, now=now, original_order=order)
