"""A call through a real browser: typing is never interrupted, and the keyboard is enough."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from comeback.cases.models import Case
from comeback.registers import clock
from comeback.steps.s1_booking import taking
from tests.cast import moscow
from tests.steps.s1_booking.conftest import NOW, call

__all__ = ["call"]
WORDS = "Опять скрип спереди, как до ремонта"


@pytest.fixture
def desk(call, page, site_url):
    with clock.frozen_at(NOW):
        client = Client()
        client.force_login(call.cast.people["smirnova"])
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site_url}])
        page.goto("/booking/")
        yield page


def test_a_comeback_is_booked_by_keyboard_alone_and_the_focus_never_moves(desk, call):
    desk.keyboard.type("А123")
    desk.wait_for_selector("#found a")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/booking/?vehicle=*")
    desk.keyboard.type(WORDS)
    desk.wait_for_selector("[data-level=likely]")
    desk.keyboard.type(", уже неделю")
    assert desk.input_value("#words") == f"{WORDS}, уже неделю"
    assert desk.is_checked("#nature-NVH")
    desk.keyboard.press("F2")
    desk.wait_for_selector(".stamp")
    assert desk.evaluate("document.activeElement.id") == "words"
    desk.keyboard.press("Control+Enter")
    desk.wait_for_url("**/cases/**")
    case = Case.objects.get()
    assert taking.reception_of(case).starts_at == moscow(2, 13)
    assert case.request.words.get().text == f"{WORDS}, уже неделю"


def test_an_unanswered_comeback_is_not_sent_by_the_keyboard(desk, call):
    desk.goto(f"/booking/?vehicle={call.vehicle.pk}")
    desk.keyboard.type(WORDS)
    desk.wait_for_selector("[data-level=likely]")
    desk.wait_for_selector("#foot [aria-disabled=true]")
    desk.keyboard.press("Control+Enter")
    assert desk.url.endswith(f"/booking/?vehicle={call.vehicle.pk}")
    assert not Case.objects.exists()


def test_one_tap_changes_the_nature_and_the_answers_stay(desk, call):
    desk.goto(f"/booking/?vehicle={call.vehicle.pk}")
    desk.keyboard.type(WORDS)
    desk.wait_for_selector("#nature-NVH:checked")
    desk.click("label:has(#ask-since-later)")
    desk.wait_for_selector("#ask-since-later:checked")
    desk.click("label:has(#nature-BODY)")
    desk.wait_for_selector("#nature-BODY:checked")
    desk.wait_for_selector("#ask-since-later:checked")
    desk.wait_for_selector("#skip-drive", state="detached")
