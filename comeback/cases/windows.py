"""What is so: every room's window, asked for many subjects at once. Each room adds its own when it starts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from comeback.method.engine import Fact
from comeback.method.sheet import Scope

FactsOf = Mapping[int, Mapping[str, Fact]]
Window = Callable[[Iterable[int]], FactsOf]

_REMEMBERED: ContextVar[dict[tuple[Scope, int], dict[str, Fact]] | None] = ContextVar("remembered", default=None)
WINDOWS: dict[Scope, list[Window]] = {"request": [], "case": [], "month": []}


def look_through(kind: Scope, window: Window) -> None:
    """Add a window: a function from subject ids to their facts, with a fixed number of queries."""
    if window not in WINDOWS[kind]:
        WINDOWS[kind].append(window)


@contextmanager
def remembering() -> Iterator[None]:
    """Inside, each subject's windows are asked once: for a stretch in which nothing is written that facts rest on."""
    token = _REMEMBERED.set({})
    try:
        yield
    finally:
        _REMEMBERED.reset(token)


def facts_of(kind: Scope, ids: Iterable[int]) -> dict[int, dict[str, Fact]]:
    """All facts of these subjects. A fact has one room: two windows that give the same name are a mistake."""
    remembered = _REMEMBERED.get()
    if remembered is None:
        return _ask(kind, list(ids))
    wanted = list(ids)
    fresh = [id_ for id_ in wanted if (kind, id_) not in remembered]
    if fresh:
        remembered.update({(kind, id_): facts for id_, facts in _ask(kind, fresh).items()})
    return {id_: remembered[kind, id_] for id_ in wanted}


def _ask(kind: Scope, wanted: list[int]) -> dict[int, dict[str, Fact]]:
    found: dict[int, dict[str, Fact]] = {id_: {} for id_ in wanted}
    for window in WINDOWS[kind]:
        for id_, facts in window(wanted).items():
            doubled = found[id_].keys() & facts.keys()
            if doubled:
                raise ValueError(f"{kind} {id_}: {sorted(doubled)} come from two windows")
            found[id_].update(facts)
    return found


def latest(rows: Iterable[tuple[int, Fact]]) -> dict[int, dict[str, Fact]]:
    """Facts by subject, the later row winning: for rows in the order in which they were written."""
    found: dict[int, dict[str, Fact]] = defaultdict(dict)
    for id_, fact in rows:
        found[id_][fact.name] = fact
    return found
