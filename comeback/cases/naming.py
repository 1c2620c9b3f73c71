"""What a name stands for: a line ("4.4"), one of its acts ("3.2/sign"), an act ("close"), a condition ("1.3/decision"),
a gate opened with a reason ("G6/override"). Whatever the sheet does not have is unknown.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from comeback.cases.commands import ACTIONS, Registered
from comeback.method.engine import COVERED
from comeback.method.refusal import Missing, Refused
from comeback.method.sheet import Scope, Sheet

SHARED = ("decision", "override")  # one action each, for all conditions and for all gates


def find(name: str, kind: Scope) -> Registered:
    """The registered action for a subject of this kind. Raises Refused (unknown) when nothing answers to the name."""
    head, _slash, tail = name.partition("/")
    if head and tail in SHARED:
        shared = ACTIONS[tail]
        return Registered(name, "", lambda subject, **given: shared.action(subject, about=head, **given))
    if name in SHARED or name not in ACTIONS or kind not in ACTIONS[name].kinds:
        raise _unknown(name, _("There is no such line or act."))
    return ACTIONS[name]


def permitted(sheet: Sheet, name: str, kind: Scope) -> tuple[str, ...]:
    """Functions that the sheet allows to do it to a subject of this kind.

    Raises Refused (unknown): the sheet has no such line, act, condition or override, or has it for other subjects.
    """
    head, _slash, tail = name.partition("/")
    if tail == "override":
        gate = sheet.gates.get(head)
        if kind != "case" or gate is None or not gate.override:
            raise _unknown(head, _("This gate cannot be opened with a reason."))
        return gate.override
    line, act = sheet.lines.get(head), sheet.acts.get(head)
    if tail == "decision" and not (line and line.by_nature):
        raise _unknown(head, _("This line has no condition to decide."))
    found = line or act
    if found is None or found.scope not in COVERED[kind] or (tail == "decision" and kind != "case"):
        raise _unknown(head, _("There is no such line or act."))
    return sheet.allowed(head)


def _unknown(rule: str, text: str) -> Refused:
    return Refused(rule, Missing(rule, text), kind="unknown")
