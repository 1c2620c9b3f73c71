"""What is so: every room's window, asked for many subjects at once. Each room adds its own when it starts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection
from django.db.models import Model

from comeback.method.engine import Fact
from comeback.method.sheet import Scope

FactsOf = Mapping[int, Mapping[str, Fact]]
Window = Callable[[Iterable[int]], FactsOf]

_REMEMBERED: ContextVar[dict[tuple[Scope, int], dict[str, Fact]] | None] = ContextVar("remembered", default=None)
WINDOWS: dict[Scope, list[Window]] = {"request": [], "case": [], "month": []}
RESTS_ON: dict[Window, tuple[type[Model], ...]] = {}


def look_through(kind: Scope, window: Window, *, rests_on: tuple[type[Model], ...] = ()) -> None:
    """Add a window: a function from subject ids to their facts, with a fixed number of queries.

    rests_on: tables (with a case) without whose rows it has nothing to tell. All of them are asked in one query, and
    a window that has nothing to tell is not opened: most cases stand at an early step, where the later rooms are empty.
    """
    if window not in WINDOWS[kind]:
        WINDOWS[kind].append(window)
        RESTS_ON[window] = rests_on


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


def _opened(kind: Scope, wanted: list[int]) -> list[Window]:
    """The windows of this kind that can have something to tell of these subjects."""
    tables = {table for window in WINDOWS[kind] for table in RESTS_ON.get(window, ())}
    if not tables or not wanted:
        return list(WINDOWS[kind])
    filled = _filled(sorted(tables, key=lambda table: table._meta.db_table), wanted)
    return [window for window in WINDOWS[kind] if not RESTS_ON.get(window) or filled & set(RESTS_ON[window])]


def _filled(tables: list[type[Model]], cases: list[int]) -> set[type[Model]]:
    """Which of these tables have rows of these cases."""
    name, ids = connection.ops.quote_name, ", ".join(str(int(id_)) for id_ in cases)
    asked = " UNION ALL ".join(
        f"SELECT {place} WHERE EXISTS (SELECT 1 FROM {name(table._meta.db_table)} WHERE case_id IN ({ids}))"
        for place, table in enumerate(tables)
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {tables[place] for (place,) in cursor.fetchall()}


def _ask(kind: Scope, wanted: list[int]) -> dict[int, dict[str, Fact]]:
    found: dict[int, dict[str, Fact]] = {id_: {} for id_ in wanted}
    for window in _opened(kind, wanted):
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
