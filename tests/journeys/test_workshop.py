"""Steps 4 and 5 in a browser: a mechanic with his phone, a controller with his tablet."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from comeback.cases.models import Case
from comeback.registers import clock
from tests.cast import Cast, moscow, set_the_stage
from tests.rig.browser import PHONE, TABLET
from tests.steps.s4_repair.stage import answered, assigned, do, drive, fact, received, supervised


@pytest.fixture
def cast(committed_db: str) -> Cast:
    return set_the_stage()


def sign_in(page: Page, who: str) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", "comeback-2025")
    page.press("input[name=password]", "Enter")
    page.wait_for_url(re.compile(r"^(?!.*login)"))


def press(page: Page, button: str) -> None:
    """The main button, then the page of the case."""
    page.get_by_role("button", name=button).click()
    page.wait_for_url(re.compile(r"/cases/[A-Z0-9-]+/$"))


def test_a_mechanic_works_with_his_phone_and_a_controller_with_his_tablet(cast: Cast, open_page) -> None:
    case = assigned(received(cast), cast)
    phone = open_page(viewport=PHONE, has_touch=True)
    with clock.frozen_at(moscow(2, 11)):
        sign_in(phone, "orlov")
        phone.goto(f"/cases/{case.number}/punch_in/")
        press(phone, "Начать работу")
    supervised(case, cast)
    with clock.frozen_at(moscow(2, 13)):
        phone.goto(f"/cases/{case.number}/punch_out/")
        phone.get_by_role("link", name="Записать ответ").click()
        phone.fill("[name=cause]", "Люфт втулки рычага")
        phone.fill("[name=correction]", "Втулка заменена")
        phone.check("[name=result][value=fixed]")
        press(phone, "Записать ответ")
        phone.goto(f"/cases/{case.number}/punch_out/")
        press(phone, "Остановить работу")
    assert fact(case, "work_finished")
    do(case, cast, "4.4", "kuznetsov", moscow(2, 14, 5), **drive())
    with clock.frozen_at(moscow(2, 15)):
        check(open_page(viewport=TABLET, has_touch=True), case)
    assert fact(case, "quality_passed").who == "Лаптев Н. Ю."


def check(tablet: Page, case: Case) -> None:
    """Every item is tapped; what was forgotten is named; what was answered is kept."""
    sign_in(tablet, "laptev")
    tablet.goto(f"/cases/{case.number}/5.1/")
    for item in tablet.locator(".check").all():
        item.locator("[value=ok]").check()
    tablet.check("[name=verdict][value=pass]")
    assert not tablet.locator("[name=return_reason]").is_visible()
    tablet.get_by_role("button", name="Подписать контроль").click()
    expect(tablet.locator(".check.bad")).to_have_count(1)
    tablet.fill("[name=C1_value]", "ключ 7, 90 Н·м")
    press(tablet, "Подписать контроль")


def test_a_remark_is_asked_for_where_an_item_is_not_in_order(cast: Cast, open_page) -> None:
    case = assigned(received(cast), cast)
    do(case, cast, "punch_in", "orlov", moscow(2, 11))
    supervised(case, cast)
    do(case, cast, "punch_out", "orlov", moscow(2, 13))
    answered(case, cast)
    do(case, cast, "4.4", "kuznetsov", moscow(2, 14, 5), **drive())
    tablet = open_page(viewport=TABLET, has_touch=True)
    with clock.frozen_at(moscow(2, 15)):
        sign_in(tablet, "laptev")
        tablet.goto(f"/cases/{case.number}/5.1/")
        remark = tablet.locator("[name=C2_remark]")
        expect(remark).to_be_hidden()
        tablet.check("[name=C2][value=not_ok]")
        remark.fill("Педаль мягкая")
        tablet.check("[name=verdict][value=fail]")
        tablet.fill("[name=return_reason]", "Прокачать тормоза")
        press(tablet, "Подписать контроль")
    assert case.rounds.get().note == "Прокачать тормоза"
