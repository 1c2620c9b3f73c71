"""What a page asks the database: with one row and with three, against one literal count.

    costs(lambda: client.get("/cases/"), more=lambda number: another(cast, number), queries=12)

Windows of the rooms are counted apart (`windows`): how many they are is the rooms' affair, that their number is fixed
is every page's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from comeback.cases.windows import facts_of
from comeback.method.sheet import Scope

BEGINNING = 110  # characters by which a query is recognised in the message


def costs(look: Callable[[], Any], *, more: Callable[[int], Any], queries: int) -> None:
    """Look with the row that is there; add two more, `more(1)` and `more(2)`; look again. Both must cost `queries`."""
    look()  # whatever is remembered for the process is remembered now
    one = asked(look)
    for number in (1, 2):
        more(number)
    three = asked(look)
    assert len(three) == len(one), f"{len(one)} queries with one row, {len(three)} with three:\n{_more(one, three)}"
    assert len(one) == queries, f"{len(one)} queries, {queries} expected:\n" + "\n".join(sql[:200] for sql in one)


def asked(look: Callable[[], Any]) -> list[str]:
    """The queries of one look, which must succeed."""
    with CaptureQueriesContext(connection) as captured:
        response = look()
    assert getattr(response, "status_code", 200) == 200, response.content
    return [query["sql"] for query in captured]


def windows(kind: Scope, id_: int) -> int:
    """What the facts of one subject cost now."""
    return len(asked(lambda: facts_of(kind, [id_])))


def _more(one: list[str], three: list[str]) -> str:
    grown = Counter(sql[:BEGINNING] for sql in three) - Counter(sql[:BEGINNING] for sql in one)
    return "\n".join(f"{times} × {sql}" for sql, times in grown.items())
