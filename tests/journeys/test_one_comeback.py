"""One real comeback, from the telephone call to the signed month: eight people in turn, in a real browser."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from comeback.cases import journal
from comeback.cases.deriving import progress_of
from comeback.cases.models import Case, Month
from comeback.steps.s3_reception.card import owed
from comeback.visits.importing import import_visits
from comeback.visits.models import Concern
from tests.cast import MOSCOW, moscow, set_the_stage
from tests.journeys.people import CASE, Dealership, press_main, tap

WORDS = "Опять скрип спереди на неровностях, как до ремонта"
COLUMNS = (
    *(
        "order_no",
        "opened_at",
        "closed_at",
        "vin",
        "plate",
        "customer",
        "phone",
        "odometer_km",
        "mechanic",
        "complaint",
    ),
    *("line_no", "kind", "description", "result"),
)
IVANOVA = ("VF7LCRFJF74321098", "А123ВС77", "Иванова Мария Петровна", "+7 900 000-01-23")
BEFORE = [
    ("ЗН-1411", "2024-11-03", IVANOVA, 71_200, "Смирнов П.", "ТО по регламенту", "Регламентное ТО"),
    ("ЗН-1507", "2025-05-12", IVANOVA, 87_530, "Орлов П. П.", "Скрип спереди", "Замена стоек стабилизатора"),
]
JUNE = [
    (f"ЗН-16{day}", f"2025-06-{day}", (f"VF7SC9HR0CW5418{day}", f"К7{day}ОР77", f"Клиент {day}", ""), 40_000,
     "Петров А. И.", "ТО по регламенту", "Регламентное ТО")
    for day in (10, 17, 24)
]  # fmt: skip


def local(moment: datetime) -> str:
    """As it is typed into a field, in the time of the site."""
    return moment.astimezone(MOSCOW).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def dealer(committed_db, open_page, tmp_path) -> Dealership:
    cast = set_the_stage()
    dealer = Dealership(cast, open_page)
    imported(dealer, tmp_path / "before.csv", BEFORE, moscow(1, 9))
    return dealer


def imported(dealer: Dealership, path: Path, orders: list[tuple[Any, ...]], when: datetime) -> None:
    """What the dealer's own system exported."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(COLUMNS)
        for number, day, car, km, mechanic, words, work in orders:
            writer.writerow(
                [number, f"{day} 09:00", f"{day} 17:00", *car, km, mechanic, words, 1, "labour", work, "fixed"]
            )
    assert not import_visits(path, site=dealer.cast.msk, now=when).refused


def test_a_comeback_goes_from_the_call_to_the_signed_month(dealer: Dealership, tmp_path: Path) -> None:
    the_call(dealer)
    the_preparation(dealer)
    the_reception(dealer)
    the_work(dealer)
    the_check(dealer)
    the_settlement(dealer)
    the_hand_over(dealer)
    the_contact(dealer)
    imported(dealer, tmp_path / "june.csv", JUNE, moscow(30, 20))
    the_month(dealer)
    case = Case.objects.get()
    standing = progress_of(case, moscow(1, 12, month=7))
    assert {item.step.id: item.state for item in standing.steps} == dict.fromkeys(range(1, 10), "done")
    assert list(journal.breaks()) == []


def the_call(dealer: Dealership) -> None:
    """Monday, ten o'clock: recognised, booked for Tuesday with the expert and the manager."""
    with dealer.looks("smirnova", "/booking/", moscow(2, 10)) as page:
        page.keyboard.type("А123ВС77")
        page.wait_for_selector("#found a")
        page.keyboard.press("Enter")
        page.wait_for_url("**/booking/?vehicle=*")
        page.fill("[name=odometer_km]", "88430")
        page.fill("#words", WORDS)
        page.wait_for_selector("[data-level=likely]")
        expect(page.locator("[data-level=likely]")).to_contain_text("ЗН-1507")
        page.wait_for_load_state("networkidle")
        page.locator("#words").focus()
        page.keyboard.press("F2")
        page.wait_for_selector(".stamp")
        page.keyboard.press("Control+Enter")
        page.wait_for_url(CASE)
    case = Case.objects.get()
    assert case.original_order
    assert case.original_order.number == "ЗН-1507"
    dealer.number = case.number


def the_preparation(dealer: Dealership) -> None:
    """The manager reads the dossier; parts are checked; the order is opened and bears the stamp."""
    dealer.does(
        "romanova", "2.2", moscow(2, 11), original_read="on", findings="Меняли стойки, втулки рычага не смотрели"
    )
    dealer.does("belov", "2.3", moscow(2, 12), unknown="on", reason="До диагностики части не определены")
    dealer.does("belov", "2.4", moscow(2, 12, 5))
    with dealer.looks("belov", f"/cases/{dealer.number}/2.4/", moscow(2, 12, 6)) as page:
        expect(page.locator(".stamp").first).to_contain_text("Повторное обращение")
        printed = page.request.get(f"/cases/{dealer.number}/prints/order/")
        assert printed.headers["content-type"] == "application/pdf"


def the_reception(dealer: Dealership) -> None:
    """Received with the manager, the fault card signed, driven together, hand-over offered."""
    case = Case.objects.get()
    at = case.appointments.get(kind="reception").appointment.starts_at
    manager = dealer.cast.people["romanova"].pk

    def then(minutes: int) -> datetime:
        return at + timedelta(minutes=minutes)

    dealer.does("belov", "3.1", then(5), manager_id=manager, at=local(then(2)), place="Кабинет 2", odometer=88_440)
    dealer.does("romanova", "confirm_presence", then(8))
    sign_the_card(dealer, then(15))
    dealer.does(
        "kuznetsov",
        "3.3",
        then(45),
        symptom="yes",
        started=local(then(20)),
        ended=local(then(40)),
        odometer_out=88_440,
        odometer_in=88_447,
        remarks="Скрип слышен на лежачих полицейских",
    )
    dealer.does(
        "smirnova",
        "3.4",
        then(50),
        how="signed",
        works="Диагностика подвески\nУстранение скрипа",
        work_ends_at=local(moscow(4, 15)),
        starts_at=local(moscow(4, 18)),
    )
    dealer.does("smirnova", "3.5", then(52), manager_id=manager)


def sign_the_card(dealer: Dealership, when: datetime) -> None:
    """Every question that the card asks for is answered by a tap; the customer signs."""
    with dealer.looks("belov", f"/cases/{dealer.number}/3.2/", when) as page:
        tap(page.locator("[name=danger][value=no]"))
        for question in owed({"symptom": ["noise"]}, "NVH"):
            if question.code in ("words", "danger"):
                continue
            if question.kind == "text":
                page.fill(f"[name={question.code}]", "Две недели")
            else:
                tap(page.locator(f"[name={question.code}][value={next(iter(question.options))}]"))
        page.fill("[name=signed_by]", "Иванова М. П.")
        page.wait_for_load_state("networkidle")
        press_main(page)
        page.wait_for_url(CASE)


def the_work(dealer: Dealership) -> None:
    """The same mechanic, the expert beside him, the drive after the work."""
    orlov = dealer.cast.people["orlov"].pk
    dealer.does("sidorov", "4.1", moscow(4, 9), mechanic_id=orlov)
    dealer.does("orlov", "punch_in", moscow(4, 9, 30))
    dealer.does("kuznetsov", "4.2", moscow(4, 10), text="Люфт втулки рычага, меняем")
    dealer.does("kuznetsov", "4.3", moscow(4, 10, 5), status="found", text="Втулка рычага, к 18:00 успеваем")
    dealer.does("orlov", "punch_out", moscow(4, 12))
    concern = Concern.objects.get(order__visit__cases__number=dealer.number)
    dealer.does(
        "orlov",
        "answer_concern",
        moscow(4, 12, 5),
        concern_id=concern.pk,
        cause="Люфт втулки рычага",
        correction="Втулка заменена, затянута с моментом",
        result="fixed",
    )
    dealer.does(
        "kuznetsov",
        "4.4",
        moscow(4, 13),
        started=local(moscow(4, 12, 15)),
        ended=local(moscow(4, 12, 45)),
        odometer_out=88_447,
        odometer_in=88_455,
        same_conditions="yes",
        symptom="no",
    )


def the_check(dealer: Dealership) -> None:
    """Everything is looked at by somebody who did not work on the car."""
    with dealer.looks("laptev", f"/cases/{dealer.number}/5.1/", moscow(4, 14)) as page:
        for item in page.locator(".check").all():
            item.locator("[value=ok]").check()
        for value in page.locator("[name$=_value]").all():
            if value.is_visible():
                value.fill("ключ 7, 90 Н·м")
        page.check("[name=verdict][value=pass]")
        page.get_by_role("button", name="Подписать контроль").click()
        page.wait_for_url(CASE)
    dealer.does("sidorov", "5.2", moscow(4, 14, 30), channel="phone", answer="agreed")
    owner = dealer.cast.people["sidorov"].pk
    dealer.does(
        "sidorov", "5.3", moscow(4, 15), verdict="other_cause", cause="D2", escape="not_on_list", owner_id=owner
    )
    dealer.does(
        "sidorov",
        "5.4",
        moscow(4, 15, 10),
        kind="process",
        text="Добавить втулки рычага в лист осмотра подвески",
        owner_id=owner,
        due="2025-06-20",
        criterion="За 90 дней ни одного возврата с той же причиной",
        check_on="2025-09-20",
    )


def the_settlement(dealer: Dealership) -> None:
    """The hours go to the dealer's account, nothing to the customer."""
    dealer.does(
        "gromova",
        "6.1/add",
        moscow(4, 15, 30),
        kind="parts",
        description="Втулка рычага",
        quantity="1",
        unit="860,00",
        account="warranty_part",
    )
    dealer.does("gromova", "6.1", moscow(4, 15, 35))
    shares = {"maker": "0", "dealer": "100", "supplier": "0", "customer": "0"}
    dealer.does("romanova", "6.2", moscow(4, 16), **shares, basis="rule", reason="Качество работ")


def the_hand_over(dealer: Dealership) -> None:
    """Explained, cured, offered a drive, the list of works, the keys."""
    concern = Concern.objects.get(order__visit__cases__number=dealer.number)
    name = "Иванова Мария Петровна"
    dealer.does("belov", "7.1", moscow(4, 18), concern_ids=concern.pk, old_parts_shown="yes", to_whom=name)
    dealer.does("belov", "7.2", moscow(4, 18, 5), **{f"answer_{concern.pk}": "fixed"}, said_by=name)
    dealer.does("belov", "7.3", moscow(4, 18, 6), answer="refused", reason="Проверит сама по дороге")
    dealer.does("belov", "7.4", moscow(4, 18, 10), to_whom=name)
    dealer.does("belov", "hand_over", moscow(4, 18, 15), receiver="customer", signed="yes", odometer_km=88_456)


def the_contact(dealer: Dealership) -> None:
    """The manager calls within 48 hours; the costs are posted; the case is closed."""
    with dealer.looks("romanova", "/contacts/", moscow(5, 11)) as page:
        expect(page.locator("main")).to_contain_text("А 123 ВС")
    dealer.does(
        "romanova", "8.1", moscow(5, 11, 10), channel="phone", at=local(moscow(5, 11, 5)), q1="yes", q3="no", q8=9
    )
    dealer.does("gromova", "post_costs", moscow(5, 12))
    dealer.does("romanova", "close", moscow(5, 12, 30))


def the_month(dealer: Dealership) -> None:
    """The clock goes on to July; the manager signs June."""
    with dealer.looks("romanova", "/months/MSK/2025-06/", moscow(1, 10, month=7)) as page:
        expect(page.locator("main")).to_contain_text("25,0")
        page.goto("/months/MSK/2025-06/sign/")
        press_main(page)
        page.wait_for_url("**/months/MSK/2025-06/")
    assert Month.objects.get(site__code="MSK", first="2025-06-01")
