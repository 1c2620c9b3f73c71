"""Opening hours as people type them: `9:00–13:00, 14:00–19:00`; nothing typed is a closed day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

Intervals = tuple[tuple[time, time], ...]
INTERVAL = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d\d))?")


def parse(text: str) -> Intervals:
    """Opening intervals of a day, in order. Raises ValueError when they are unreadable or overlap."""
    found: list[tuple[time, time]] = []
    for part in filter(None, (it.strip() for it in re.split("[,;]", text))):
        match = INTERVAL.fullmatch(part)
        if match is None:
            raise ValueError(part)
        opens, closes = time(int(match[1]), int(match[2] or 0)), time(int(match[3]), int(match[4] or 0))
        if opens >= closes or (found and opens <= found[-1][1]):
            raise ValueError(part)
        found.append((opens, closes))
    return tuple(found)


def written(intervals: Iterable[tuple[time, time]]) -> str:
    """The same as text."""
    return ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in intervals)


class HoursField(forms.CharField):
    """A day's opening hours; `single` where only one interval can be kept."""

    def __init__(self, *, single: bool = False, **kwargs: Any) -> None:
        self.single = single
        super().__init__(max_length=60, **kwargs)

    def validate(self, value: Any) -> None:
        """An empty day is an answer: closed."""

    def clean(self, value: Any) -> Intervals:
        try:
            found = parse(super().clean(value))
        except ValueError:
            raise forms.ValidationError(
                _("Write hours like 9:00–13:00, 14:00–19:00; leave a closed day empty.")
            ) from None
        if self.single and len(found) > 1:
            raise forms.ValidationError(_("One interval only: 10:00–15:00."))
        return found
