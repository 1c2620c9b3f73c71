"""Printed sheets: what people typed stays text, fonts are embedded, the same content gives the same file."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest
import typst

from comeback.desk.typesetting import FONTS, LAYOUTS, fingerprint, typeset
from tests.cast import moscow

AT = moscow(2, 12)
CONTENT = {
    "title": "Заказ-наряд № 1",
    "subtitle": "от 02.06.2025",
    "priority": "Первым в очереди",
    "site": "Авто-Север",
    "edition": "Печать 1",
    "stamp": {"words": "Повторное обращение", "below": "1-й возврат"},
    "foot": ["ПО-1"],
    "of": "из",
    "customer": [("Заказчик", "Иванова")],
    "vehicle": [("VIN", "VF7")],
    "words": [{"text": "«Скрип»", "by": "Слова клиента"}],
    "comparison": {"head": ["", "Тогда", "Сейчас"], "rows": []},
    "works": {"head": ["№", "Работы", "ч"], "rows": [["1", "Диагностика", "—"]]},
    "choices": [],
    "appointments": [],
    "promise": ["Качество", "гарантируется"],
    "signatures": ["Заказчик", "Консультант"],
}


def printed(**changes):
    return typeset("repair_order", CONTENT | changes, language="ru", at=AT)


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages).split())


def fonts_of(pdf):
    found = {}
    for page in pypdf.PdfReader(BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            found[inner["/BaseFont"].partition("+")[2]] = "/FontFile2" in inner["/FontDescriptor"].get_object()
    return found


def test_what_people_typed_is_printed_as_typed():
    typed = "#let x = 1; *жирно* _так_ $a$ <метка> @ссылка \\ // конец"
    assert typed in text_of(printed(customer=[("Заказчик", typed)]))


def test_only_the_fonts_of_the_folder_are_used_and_all_are_embedded():
    fonts = fonts_of(printed())
    assert set(fonts) == {"Inter-Bold", "Inter-SemiBold", "Inter-Regular"}
    assert all(fonts.values())


def test_every_letter_of_the_three_languages_has_a_glyph():
    letters = "Съешь ещё этих мягких французских булок ЁЖ №₽ « » — Où ça? Noël, œuvre, façade, €"
    assert letters in text_of(printed(subtitle=letters))


def test_the_same_content_and_moment_give_the_same_file():
    assert fingerprint(printed()) == fingerprint(printed())
    assert fingerprint(printed()) != fingerprint(printed(site="Другой"))


def test_the_moment_is_the_documents_own():
    made = pypdf.PdfReader(BytesIO(printed())).metadata.creation_date
    assert made == AT


def test_the_language_is_said_to_screen_readers():
    assert (
        pypdf.PdfReader(BytesIO(typeset("repair_order", CONTENT, language="fr-ca", at=AT))).root_object["/Lang"] == "fr"
    )


def test_a_long_history_goes_on_to_the_next_page_with_its_foot():
    pdf = printed(words=[{"text": "«Скрип спереди»", "by": "Слова клиента"}] * 60)
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    assert len(pages) > 1
    assert all("ПО-1" in page.extract_text() for page in pages)


def test_a_layout_sees_nothing_outside_its_folder():
    with pytest.raises(typst.TypstError):
        typst.compile(b'#read("/../typesetting.py")', root=str(LAYOUTS), font_paths=[str(FONTS)])
