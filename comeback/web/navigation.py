"""The sections of the shell, in the order of the bar. A section whose address is not there yet is not shown."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Section(NamedTuple):
    """name: of its address in urls.py; tab: its short label in the bar of a phone, empty for those behind "More"."""

    name: str
    label: str | Promise
    icon: str
    tab: str | Promise = ""
    for_administrators: bool = False


class Shown(NamedTuple):
    """A section as one page shows it."""

    url: str
    label: str | Promise
    icon: str
    tab: str | Promise
    current: bool


SECTIONS = (
    Section("today", _("Today"), "clock", _("Today")),
    Section("booking", pgettext_lazy("section", "Booking"), "phone", pgettext_lazy("section", "Booking")),
    Section("cases", pgettext_lazy("section", "Comebacks"), "rotate", pgettext_lazy("section", "Comebacks")),
    Section("control_table", _("Control table"), "table"),
    Section("contacts", _("48 h contacts"), "phone"),
    Section("indicators", _("Indicators"), "chart-bar"),
    Section("method", pgettext_lazy("the method sheet", "Method"), "book"),
    Section("settings", _("Settings"), "settings", for_administrators=True),
)


def shown_sections(path: str, *, administrator: bool) -> list[Shown]:
    """What the bar of the page at `path` shows to this person."""
    listed = [
        (section, _address(section.name)) for section in SECTIONS if administrator or not section.for_administrators
    ]
    return [
        Shown(url, section.label, section.icon, section.tab, _is_current(url, path)) for section, url in listed if url
    ]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _is_current(url: str, path: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
