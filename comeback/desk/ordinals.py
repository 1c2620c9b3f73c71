"""Levels of return in words: `1-й возврат`, `2e retour`, `3rd return`."""

from __future__ import annotations

from django.utils.translation import pgettext

from comeback.desk.formats import language

ENGLISH_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def level_words(level: int) -> str:
    """How often the car came back for the same concern, in words."""
    return pgettext("level of a comeback", "%(ordinal)s return") % {"ordinal": ordinal(level)}


def ordinal(number: int) -> str:
    """A number as an ordinal before a masculine noun: `2-й`, `1er`, `2nd`."""
    if language() == "ru":
        return f"{number}-й"
    if language() == "fr":
        return "1er" if number == 1 else f"{number}e"
    return f"{number}{_english_ending(number)}"


def _english_ending(number: int) -> str:
    return "th" if number % 100 in (11, 12, 13) else ENGLISH_ENDINGS.get(number % 10, "th")
