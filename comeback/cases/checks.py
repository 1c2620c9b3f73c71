"""What `comeback doctor` looks at. A floor or room adds its own check when it starts, with one line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

Find = Callable[[], Iterable[str]]
Fix = Callable[[], object]


@dataclass(frozen=True)
class Check:
    """find gives one sentence a finding; fix, where there is one, puts right everything that find finds.

    warning: worth knowing, but nothing is wrong with the data.
    """

    name: str
    find: Find
    fix: Fix | None = None
    warning: bool = False


CHECKS: dict[str, Check] = {}


def check(name: str, find: Find, *, fix: Fix | None = None, warning: bool = False) -> None:
    """Register a check: `check("indicators", compare)`."""
    known = CHECKS.get(name)
    if known and known.find is not find:
        raise ValueError(f"two checks are called {name}")
    CHECKS[name] = Check(name, find, fix, warning)
