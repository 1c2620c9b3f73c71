"""The controller's list (checklist.yaml): what has to be looked at on this car. Pure, read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from comeback.method.sheet import Text

FILE = Path(__file__).with_name("checklist.yaml")


@dataclass(frozen=True)
class Item:
    """One thing to look at. must: for this car; value: needs its figure when it is in order."""

    id: str
    section: str
    text: Text
    must: bool
    value: bool = False


@dataclass(frozen=True)
class Checklist:
    """An edition of the list as it stands for one car."""

    edition: int
    sections: Mapping[str, Text]
    items: Mapping[str, Item]

    def of(self, section: str) -> list[Item]:
        """The items of a section, in order."""
        return [item for item in self.items.values() if item.section == section]


def current_edition() -> int:
    """The edition in use."""
    return max(_editions())


def checklist_for(nature: str, words: Iterable[str], edition: int | None = None) -> Checklist:
    """The list for a car, by the nature of the comeback and words: lines of its order, its name.

    Without edition the one in use. Raises KeyError for an edition that there never was.
    """
    number = current_edition() if edition is None else edition
    raw = _editions()[number]
    happened = _occasions(raw, nature, " ".join(words).casefold())
    items = [_item(row, section["section"], happened) for section in raw["sections"] for row in section["items"]]
    kept = {item.id: item for item, row in zip(items, _rows(raw), strict=True) if nature not in row.get("not_for", ())}
    sections = {it["section"]: Text(**it["text"]) for it in raw["sections"]}
    shown = {code: text for code, text in sections.items() if any(item.section == code for item in kept.values())}
    return Checklist(number, shown, kept)


def _rows(raw: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for section in raw["sections"] for row in section["items"]]


def _item(row: dict[str, Any], section: str, happened: set[str]) -> Item:
    must = row["must"]
    owed = must if isinstance(must, bool) else bool(happened.intersection(must))
    return Item(row["item"], section, Text(**row["text"]), owed, row.get("value", False))


def _occasions(raw: dict[str, Any], nature: str, words: str) -> set[str]:
    beginnings = f" {words}"
    return {
        name
        for name, occasion in raw["occasions"].items()
        if nature in occasion.get("natures", ()) or any(f" {word}" in beginnings for word in occasion["words"])
    }


@cache
def _editions() -> dict[int, dict[str, Any]]:
    return {raw["edition"]: raw for raw in yaml.safe_load(FILE.read_text(encoding="utf-8"))}
