"""The method sheet as a page: whole, in three languages, at one price."""

from __future__ import annotations

import pytest

from comeback.method import loading
from tests.cases.stage import another
from tests.querycount import costs
from tests.web.stage import signed_in, text_of


@pytest.mark.parametrize("language", ["ru", "en", "fr"])
def test_every_line_and_gate_stands_on_the_sheet_in_the_readers_language(cast, language):
    cast.people["belov"].language = language
    cast.people["belov"].save(update_fields=["language"])
    page = text_of(signed_in(cast, "belov").get("/method/"))
    sheet = loading.load()
    for line in sheet.lines.values():
        assert line.id in page
    for gate in sheet.gates.values():
        assert gate.id in page
    assert page.count(sheet.steps[5].text.in_language(language)) >= 1


def test_the_sheet_costs_the_same_however_many_cases_there_are(case, cast):
    client = signed_in(cast, "belov")
    costs(lambda: client.get("/method/"), more=lambda number: another(cast, number), queries=4)
