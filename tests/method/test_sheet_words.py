"""The sheet says what the printed sheet says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from comeback.method.loading import load
from comeback.method.sheet import Text

SHEET = load()
CYRILLIC = re.compile("[а-яёА-ЯЁ]")
PRINTED: dict[str, list[str]] = defaultdict(list)
for row in Path(__file__).with_name("seed_words.txt").read_text(encoding="utf-8").splitlines()[1:]:
    key, _, words = row.partition(" | ")
    PRINTED[key].append(words)


def all_texts(part: Any) -> Iterator[Text]:
    """Every text anywhere in the sheet."""
    if isinstance(part, Text):
        yield part
    elif is_dataclass(part):
        for item in fields(part):
            yield from all_texts(getattr(part, item.name))
    elif isinstance(part, dict):
        yield from all_texts(tuple(part.values()))
    elif isinstance(part, tuple):
        for item in part:
            yield from all_texts(item)


@pytest.mark.parametrize("ids", [key for key in PRINTED if re.match(r"\d+\.", key)])
def test_a_line_keeps_the_printed_words(ids):
    assert " ".join(SHEET.lines[id_].text.ru for id_ in ids.split("+")) == PRINTED[ids][0]


def test_every_line_is_a_printed_line():
    printed = [id_ for key in PRINTED if "." in key for id_ in key.split("+")]
    assert list(SHEET.lines) == printed


@pytest.mark.parametrize("number", range(1, 10))
def test_a_step_keeps_the_printed_words_and_means(number):
    step = SHEET.steps[number]
    assert step.text.ru == PRINTED[str(number)][0]
    assert [SHEET.means[id_].text.ru for id_ in step.means] == PRINTED[f"means {number}"]


@pytest.mark.parametrize("phase", "ABCDE")
def test_a_phase_keeps_the_words_of_its_banner(phase):
    assert SHEET.phases[phase].ru.upper() == PRINTED[phase][0]


def test_the_head_of_the_sheet_keeps_the_printed_words():
    assert [SHEET.title.ru.upper()] == PRINTED["title"]
    assert [SHEET.collection.ru.upper()] == PRINTED["collection"]
    assert [SHEET.audience.ru] == PRINTED["audience"]
    assert [SHEET.purpose.ru] == PRINTED["purpose"]


def test_the_foot_of_the_sheet_keeps_the_printed_words():
    assert [text.ru for text in SHEET.standards] == PRINTED["standard"]
    assert [text.ru for text in SHEET.operational_standards] == PRINTED["operational"]
    assert [text.ru.upper() for text in SHEET.empty_blocks.values()] == PRINTED["empty"]
    assert [text.ru for text in SHEET.references.values()] == PRINTED["reference"]
    assert [text.ru for text in SHEET.portal_links.values()] == PRINTED["portal"]
    assert [SHEET.headings["references"].ru] == PRINTED["heading references"]
    assert [SHEET.headings["portal_links"].ru] == PRINTED["heading portal_links"]


def test_four_goals_have_their_measures():
    assert [measures for _, measures in SHEET.goals] == [
        ("K9", "K12", "K15"),
        ("K4", "K11", "K14"),
        ("K5", "K13"),
        ("K2",),
    ]


def test_means_are_nine_documents_two_tables_and_three_portal_tools():
    kinds = [item.kind for item in SHEET.means.values()]
    assert (kinds.count("document"), kinds.count("table"), kinds.count("portal")) == (9, 2, 3)


def test_documents_stand_under_the_three_headings_of_the_foot():
    groups = [item.group for item in SHEET.means.values()]
    assert (groups.count("standards"), groups.count("methods"), groups.count("means")) == (1, 5, 8)


def test_every_text_speaks_three_languages():
    texts = list(all_texts(SHEET))
    assert len(texts) > 220
    for text in texts:
        assert CYRILLIC.search(text.ru), text
        for foreign in (text.en, text.fr):
            assert foreign.strip(), text
            assert not CYRILLIC.search(foreign), text


def test_short_words_fit_on_one_line_of_a_day_list():
    assert [line.id for line in SHEET.lines.values() if max(map(len, all_words(line.short))) > 60] == []
    assert [step.id for step in SHEET.steps.values() if max(map(len, all_words(step.short))) > 16] == []


def all_words(text: Text) -> tuple[str, str, str]:
    return text.ru, text.en, text.fr


def test_a_text_answers_in_the_language_asked_for_and_in_russian_for_any_other():
    text = Text("по-русски", "in English", "en français")
    assert text.in_language("fr-ca") == "en français"
    assert text.in_language("de") == "по-русски"
    assert str(text) == "in English"
