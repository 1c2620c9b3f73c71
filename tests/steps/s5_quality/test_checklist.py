"""The controller's list as data: complete in three languages, longer where the car or the work calls for it."""

from __future__ import annotations

import pytest

from comeback.method import loading
from comeback.steps.s5_quality.causes import taxonomy
from comeback.steps.s5_quality.checklist import checklist_for, current_edition


def musts(nature, *words):
    return {item.id for item in checklist_for(nature, words).items.values() if item.must}


def test_the_list_has_the_sections_and_items_of_the_method():
    listed = checklist_for("NVH", [])
    assert list(listed.sections) == list("ABCDEFG")
    assert len(listed.items) == 32


@pytest.mark.parametrize("nature", loading.load().natures)
def test_every_nature_has_a_list_with_musts(nature):
    assert {"A1", "A2", "A3", "D1"} <= musts(nature)


def test_every_item_has_words_in_three_languages():
    for item in checklist_for("NVH", []).items.values():
        assert all((item.text.ru, item.text.en, item.text.fr)), item.id
    known = taxonomy()
    for text in (*known.causes.values(), *known.escapes.values(), *known.verdicts.values(), *known.groups.values()):
        assert all((text.ru, text.en, text.fr)), text


@pytest.mark.parametrize(
    ("nature", "words", "item"),
    [
        ("SAFETY", "", "C1"),
        ("BODY", "Замена колеса", "C1"),
        ("BODY", "Снятие ступицы", "C1"),
        ("CLIMATE_MM", "Рулевая рейка", "C3"),
        ("BODY", "Citroën ë-C4", "C7"),
        ("MAINT", "Citroën C5 Aircross Hybrid", "C7"),
        ("ELEC_INT", "", "D5"),
        ("BODY", "Инициализация стеклоподъёмника", "D5"),
    ],
)
def test_nature_work_and_car_make_an_item_a_must(nature, words, item):
    assert item in musts(nature, words)


def test_a_petrol_car_with_paint_work_owes_no_insulation_and_no_torque():
    assert not {"C1", "C3", "C7", "D5"} & musts("BODY", "Полировка двери", "Citroën C4 1.6 THP")


def test_documents_are_checked_without_a_car():
    assert set(checklist_for("DOC", []).items) == {"A1", "A2", "A3", "A4", "D1", "G1", "G2", "G3"}


def test_an_earlier_edition_can_still_be_read():
    assert checklist_for("NVH", [], edition=1).edition == 1
    assert current_edition() >= 1
    with pytest.raises(KeyError):
        checklist_for("NVH", [], edition=0)


def test_the_taxonomy_has_its_causes():
    known = taxonomy()
    assert len(known.causes) == 35
    assert {code[0] for code in known.causes} == set(known.groups)
    assert len(known.escapes) == 5
    assert len(known.verdicts) == 6
