"""Which form and page belong to which line or act. A room registers its own; `views.py` serves them all alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from comeback.desk.forms import LineForm

DEFAULT_TEMPLATE = "desk/line_form.html"


@dataclass(frozen=True)
class Screen:
    """The page on which a line is done. context: what the template needs besides (subject, actor, now) -> dict."""

    name: str
    form: type[LineForm]
    template: str = DEFAULT_TEMPLATE
    context: Callable[..., dict[str, Any]] | None = None


SCREENS: dict[str, Screen] = {}


def screen(
    name: str,
    form: type[LineForm],
    *,
    template: str = DEFAULT_TEMPLATE,
    context: Callable[..., dict[str, Any]] | None = None,
) -> None:
    """Register the page of a line ("4.4"), of one of its acts ("3.2/sign"), or of an act ("punch_in")."""
    if name in SCREENS and SCREENS[name].form is not form:
        raise ValueError(f"two screens for {name}")
    SCREENS[name] = Screen(name, form, template, context)
