"""A sheet that is not whole is refused, with every mistake named by line and column."""

from __future__ import annotations

from hashlib import sha256

import pytest

from comeback.method.loading import BUILT_IN, SheetError, load, read

TEXT = BUILT_IN.read_text(encoding="utf-8")


def findings(text: str) -> tuple[str, ...]:
    with pytest.raises(SheetError) as refused:
        read(text.encode(), "mine.yaml")
    return refused.value.findings


def place(text: str, marker: str) -> str:
    """Where a marker stands, as a finding names it. `|` in the marker is the place itself."""
    before, _, after = marker.partition("|") if "|" in marker else ("", "", marker)
    start = text.index(before + after) + len(before)
    return f"mine.yaml:{text.count(chr(10), 0, start) + 1}:{start - text.rfind(chr(10), 0, start)}: "


MISTAKES = [
    # what is changed, into what, where the finding stands, what it says
    ("done: words_taken", "doen: words_taken", "|doen: words", "unknown key 'doen', did you mean 'done'?"),
    ("done: words_taken", "doen: words_taken", '- |line: "1.2"', "missing key 'done'"),
    (" en: Booked,", "", "{ru: Записан,", "missing language 'en'"),
    (" en: Booked,", " de: Gebucht,", "|de: Gebucht", "unknown key 'de'"),
    (" en: Booked,", " en: '',", "en: |''", "empty"),
    ("after: [handed_over]", "after: [handed_ovr]", "[|handed_ovr", "unknown fact 'handed_ovr', did you mean"),
    ("override: [after_sales_manager]", "override: [boss]", "[|boss]", "unknown function 'boss'"),
    ("means: [fault_card]", "means: [fault_crad]", "[|fault_crad]", "unknown means 'fault_crad', did you mean"),
    ('needs: ["5.1"]', 'needs: ["5.9"]', 'needs: [|"5.9"]', "unknown line or fact or gate '5.9'"),
    ('needs: [G7, "5.2"', 'needs: [G17, "5.2"', "[|G17", "unknown line or fact or gate 'G17'"),
    ("guards: [punch_in]", "guards: [punch]", "[|punch]", "unknown line or act 'punch'"),
    ('{"1.3": must, "1.4": must', '{"1.8": must, "1.4": must', '{|"1.8"', "unknown line '1.8'"),
    ('"3.5": recommended', '"3.5": maybe', '"3.5": |maybe', "'maybe' is none of must, recommended, no"),
    ("group: methods", "group: ways", "group: |ways", "unknown reference 'ways'"),
    ("within: 48 hours", "within: two days", "within: |two days", "not a span of time: 'two days'"),
    ("by: 0 hours", "by: 1 working hour", "by: |1 working", "working hours cannot be counted backwards"),
    ("within: 48 hours", "within: 48 hours, by: 1 hour", "48 hours, |by: 1", "unknown key 'by'"),
    (
        "{before: reception_booked, by: 2 hours}",
        "{before: reception_booked}",
        "due: |{before: reception_booked}",
        "missing key 'by'",
    ),
    ('- line: "4.4"', '- line: "5.9"', 'line: |"5.9"', "line '5.9' stands in step 4"),
    ("- fact: case_closed", "- fact: handed_over", "", "fact 'handed_over' twice, first on line"),
    (
        "- fact: case_closed",
        "- fact: quality_passed",
        "fact: |quality_p",
        "already what makes line 5.1 done",
    ),
    ("- act: withdraw", "- act: reject", "", "act 'reject' twice"),
    ("- gate: G10", "- gate: G9", "", "gate 'G9' twice"),
    ("- nature: DOC", "- nature: BODY", "", "nature 'BODY' twice"),
    ("- means: contact_table", "- means: contact_method", "", "means 'contact_method' twice"),
    ("edition: 1", "edition: first", "edition: |first", "'first' is not a whole number from 1"),
    ("by_nature: true", "by_nature: yes", "by_nature: |yes", "'yes' is none of false, true"),
    ("kind: rule", "kind: wish", "kind: |wish", "'wish' is none of act, rule, indicator"),
    ("by: [foreman]", "by: foreman", "by: |foreman", "a list expected"),
    (
        "text: {ru: Записан, en: Booked, fr: Rendez-vous pris}",
        "text: Записан",
        "text: |Записан",
        "keys with values expected",
    ),
    ("edition: 1", "edition: [1]", "edition: |[1]", "a word expected"),
    ("edition: 1", "edition: 1\nedition: 2", "|edition: 2", "key 'edition' twice"),
    ("case_done: month_signed", "case_done: month_sign", "case_done: |month_sign ", "unknown fact 'month_sign'"),
]


@pytest.mark.parametrize(("old", "new", "marker", "message"), MISTAKES)
def test_a_mistake_is_named_with_line_and_column(old, new, marker, message):
    text = TEXT.replace(old, new, 1)
    assert text != TEXT
    expected = place(text, marker) if marker else "mine.yaml:"
    assert any(item.startswith(expected) and message in item for item in findings(text)), findings(text)


WHOLENESS = [
    ("by: [technical_expert]\n      done: road", "done: road", '"4.4"', "nobody may do line '4.4'"),
    ("by: [mechanic]\n- act: punch_out", "by: []\n- act: punch_out", "punch_in\n", "nobody may do act 'punch_in'"),
    ('"3.5": must, "7.3": no}', '"3.5": must}', "DOC", "nature 'DOC' does not say whether line '7.3' is needed"),
    ('"3.5": must, "7.3": no}', '"3.5": must, "7.3": no, "7.4": no}', "DOC", "decides line '7.4', which is not"),
    ('needs: ["5.1"]', 'needs: ["5.1", "7.4"]', "", "needs what waits for it: "),
    ("needs: [original_linked]", "needs: [G1]", "", "'G1' needs what waits for it: G1 needs G1"),
    ("after: [delivery_offered]", "after: [manager_reserved_for_delivery]", "", "needs what waits for it: "),
]


@pytest.mark.parametrize(("old", "new", "marker", "message"), WHOLENESS)
def test_a_sheet_that_cannot_be_followed_is_refused(old, new, marker, message):
    text = TEXT.replace(old, new, 1)
    assert text != TEXT
    expected = place(text, marker) if marker else "mine.yaml:"
    assert any(item.startswith(expected) and message in item for item in findings(text)), findings(text)


def test_a_gate_that_needs_what_it_guards_shows_the_whole_circle():
    text = TEXT.replace('needs: ["5.1"]', 'needs: ["5.1", "7.4"]', 1)
    assert len(findings(text)) == 1
    circle = findings(text)[0].rpartition(": ")[2].split(" needs ")
    assert circle[0] == circle[-1]
    assert {"G7", "7.4"} <= set(circle)


def test_a_condition_waits_for_the_line_that_finds_out_the_nature():
    text = TEXT.replace("needs: [original_linked]", 'needs: ["1.3"]\n  guards: ["1.2"]')
    assert "nature needs 1.2" in findings(text)[0]


def test_a_conditional_line_without_any_nature_is_refused():
    start, end = TEXT.index("natures:"), TEXT.index("gates:    #")
    text = TEXT[:start] + "natures: []\n" + TEXT[end:]
    assert any("line '7.3' is `by_nature`, but there are no natures" in item for item in findings(text))


def test_a_fact_that_progress_is_derived_with_must_be_there():
    start, end = TEXT.index("- fact: everything_must"), TEXT.index("- fact: reception_booked")
    assert findings(TEXT[:start] + TEXT[end:]) == (
        "mine.yaml:1:1: fact 'everything_must' is missing: progress is derived with it",
    )


def test_all_mistakes_are_named_at_once_in_the_order_of_the_file():
    text = TEXT.replace("edition: 1", "edition: first").replace("guards: [close]", "guards: [shut]")
    found = findings(text)
    assert len(found) == 2
    assert "first" in found[0]
    assert "shut" in found[1]


def test_a_file_that_is_not_yaml_is_refused_at_its_place():
    assert findings("edition: 1\ntitle: ]")[0].startswith("mine.yaml:2:8: not YAML")


def test_an_empty_file_is_refused():
    assert findings("") == ("mine.yaml:1:1: the file is empty",)


def test_a_file_that_is_a_list_is_refused():
    assert findings("- edition: 1")[0] == "mine.yaml:1:1: keys with values expected"


def test_a_key_that_is_no_word_is_refused():
    assert "mine.yaml:2:3: a key must be a word" in findings("edition: 1\n? [a, b]\n: 1\n")


def test_a_file_in_another_encoding_is_refused():
    with pytest.raises(SheetError, match="not readable as UTF-8"):
        read("edition: Ж".encode("cp1251"), "mine.yaml")


def test_the_built_in_sheet_is_read_once():
    assert load() is load()


def test_a_sheet_in_a_file_of_ones_own_is_read_from_there(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(TEXT.replace("edition: 1", "edition: 7"), encoding="utf-8")
    assert load(path).edition == 7


def test_the_hash_is_that_of_the_bytes_of_the_file():
    assert load().hash == sha256(BUILT_IN.read_bytes()).hexdigest()
    assert read(TEXT.encode() + b"# a remark\n", "mine.yaml").hash != load().hash
