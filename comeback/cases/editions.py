"""The sheet as a subject knows it: a case keeps the edition that it was opened under."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from comeback.cases.models import Case, Month, Request
from comeback.method import loading
from comeback.method.sheet import Sheet
from comeback.registers.models import SheetEdition


def current_edition(now: datetime) -> SheetEdition:
    """The edition in force, frozen with its text the first time that it is used."""
    sheet = loading.load()
    edition, _ = SheetEdition.objects.get_or_create(
        hash=sheet.hash,
        defaults={"number": sheet.edition, "text": loading.BUILT_IN.read_text(encoding="utf-8"), "frozen_at": now},
    )
    return edition


def sheet_for(subject: Request | Case | Month) -> Sheet:
    """The sheet under which this subject goes: its own edition for a case, the one in force for the others."""
    if isinstance(subject, Case):
        return _sheet(subject.edition_id)
    return loading.load()


@lru_cache(maxsize=32)
def _sheet(edition_id: int) -> Sheet:
    edition = SheetEdition.objects.get(pk=edition_id)
    built_in = loading.load()
    return built_in if built_in.hash == edition.hash else loading.read(edition.text.encode(), f"edition {edition}")
