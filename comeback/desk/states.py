"""The states of a line or step as people see them: each has its icon and its word, so that colour is never alone."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


class State(NamedTuple):
    """icon: a name in the sprite; word: what the state is called next to a line."""

    icon: str
    word: str | Promise


STATES = {
    "done": State("circle-check", pgettext_lazy("state of a line", "Done")),
    "due": State("circle-dot", pgettext_lazy("state of a line", "Now")),
    "overdue": State("alert-triangle", pgettext_lazy("state of a line", "Overdue")),
    "later": State("circle", pgettext_lazy("state of a line", "Later")),
    "locked": State("lock", pgettext_lazy("state of a line", "Locked")),
    "decision": State("help-circle", pgettext_lazy("state of a line", "Decision owed")),
    "skip": State("circle-minus", pgettext_lazy("state of a line", "Not needed")),
    "void": State("arrow-back-up", pgettext_lazy("state of a line", "Owed again")),
    "rule": State("shield-check", pgettext_lazy("state of a line", "By rule")),
}


def state(name: str) -> State:
    """Icon and word of a state; an unknown name is a mistake of the programmer and raises KeyError."""
    return STATES[name]
