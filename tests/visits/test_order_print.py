"""The printed repair order of a comeback: what stands on it, in whose language, and that the stamp cannot be missed."""

from __future__ import annotations

import subprocess
from io import BytesIO

import pypdf
import pytest

from comeback.cases.models import CaseAppointment, StoredPrint
from comeback.diary.appointments import make_appointment
from comeback.visits.models import OrderLine, RepairOrder
from comeback.visits.prints import order_paper
from tests.cast import moscow, set_the_stage
from tests.steps.s2_preparation.stage import booked_case, do

NOW = moscow(2, 12)


@pytest.fixture
def cast(db):
    return set_the_stage()


@pytest.fixture
def case(cast):
    return booked_case(cast)


def printed(case, cast, name="2.4"):
    do(case, name, cast, "belov", NOW)
    case.refresh_from_db()
    return StoredPrint.objects.latest("pk").file.read()


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages).split())


def test_the_stamp_names_level_and_original_order(case, cast):
    text = text_of(printed(case, cast))
    assert "ПОВТОРНОЕ ОБРАЩЕНИЕ" in text
    assert "1-й возврат · исходный заказ-наряд ЗН-1507 от 12.05.2025" in text


def test_the_order_stands_beside_the_original_one(case, cast):
    text = text_of(printed(case, cast))
    for words in ("ЗН-1507, выдан 12.05.2025", "Стойка стабилизатора", "Орлов П. П.", "«Опять скрип спереди"):
        assert words in text


def test_a_reprint_says_which_print_it_replaces(case, cast):
    printed(case, cast)
    assert "Печать 2 · пн 02.06.2025, 12:00 · заменяет печать 1" in text_of(printed(case, cast, "2.4/print"))


def test_the_reprint_shows_agreed_work_and_the_delivery(case, cast):
    printed(case, cast)
    order = RepairOrder.objects.get(visit=case.visit)
    OrderLine.objects.create(order=order, number=1, kind="labour", description="Диагностика подвески", minutes=48)
    starts, ends = moscow(4, 18), moscow(4, 18, 30)
    slot = make_appointment(cast.msk, kind="delivery", starts_at=starts, ends_at=ends, by=None, now=NOW)
    CaseAppointment.objects.create(case=case, appointment=slot, kind="delivery", at=NOW)
    text = text_of(printed(case, cast, "2.4/print"))
    assert "Диагностика подвески" in text
    assert "0,8" in text
    assert "Выдача: ср 04.06.2025, 18:00" in text


def test_the_customer_reads_it_in_his_language(case, cast):
    case.customer.language = "fr"
    case.customer.save(update_fields=["language"])
    text = text_of(printed(case, cast))
    assert "RETOUR CLIENT" in text
    assert "1er retour · OR d’origine ЗН-1507 du 12/05/2025" in text
    assert StoredPrint.objects.get().language == "fr"


def test_a_comeback_to_the_work_of_another_dealer_says_so(case, cast):
    case.original_order, case.original_note = None, "Работа другого дилера"
    case.save(update_fields=["original_order", "original_note"])
    text = text_of(printed(case, cast))
    assert "1-й возврат · Работа другого дилера" in text
    assert "Исходный ремонт" not in text


def test_what_is_not_known_is_left_out(case, cast):
    case.visit = None
    case.customer = None
    case.save(update_fields=["visit", "customer"])
    text = text_of(printed(case, cast))
    assert "Телефон" not in text
    assert "Пробег" not in text


def test_the_paper_counts_the_way_since_the_repair(case, cast):
    printed(case, cast)
    case.visit.odometer_in = 88_430
    case.visit.save(update_fields=["odometer_in"])
    paper = order_paper(RepairOrder.objects.get(visit=case.visit), case.original_order)
    assert paper.km_since == 900


def test_the_stamp_is_seen_from_three_metres_on_a_black_and_white_copy(case, cast, tmp_path):
    """Letters of 7 mm and more, black, in the top fifth of the sheet: read at three metres by the rule of 1:400."""
    (tmp_path / "order.pdf").write_bytes(printed(case, cast))
    command = ["pdftoppm", "-r", "100", "-gray", "-singlefile", "order.pdf", "order"]
    subprocess.run(command, cwd=tmp_path, check=True)
    _magic, size, _deepest, dots = (tmp_path / "order.pgm").read_bytes().split(b"\n", 3)
    width, height = (int(figure) for figure in size.split())
    top = dots[: width * (height // 5)]
    assert sum(dot < 128 for dot in top) / len(top) > 0.09
    pdf = pypdf.PdfReader(tmp_path / "order.pdf").pages[0]
    sizes = []
    pdf.extract_text(visitor_text=lambda text, *more: sizes.append((more[-1], text)))
    assert max(size for size, text in sizes if "ПОВТОРНОЕ" in text) * 0.72 * 25.4 / 72 > 7
