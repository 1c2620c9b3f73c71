"""Figures from the database at hand: a definition is compiled to its dialect and run through Django's cursor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.utils.dateparse import parse_date

from comeback.registers.models import Site
from comeback.steps.s9_indicators.indicators import BY_CODE, Figure
from comeback.steps.s9_indicators.stays import months_before
from comeback.steps.s9_indicators.window import Window

BY_THE_SECOND = ("K5a", "K5b")  # all others change with the day only: their statements are compiled once a day
DIALECTS = {"sqlite": "sqlite", "postgresql": "postgres"}


def window_for(site: Site, first: date, now: datetime, count: int = 1) -> Window:
    """So many months of a site up to and including the one that begins on `first`."""
    today = now.astimezone(site.zoneinfo).date()
    return Window(site.pk, months_before(first, count), today, int(now.timestamp()))


def trend(code: str, window: Window) -> list[Figure]:
    """One indicator in each month of the window, months without anything included. One query."""
    indicator = BY_CODE[code]
    found = {row["month"]: row for row in _run("sums", code, window)}
    empty = {"top": 0, "bottom": 0}
    return [
        Figure(code, indicator.kind, first, *(int(found.get(first, empty)[it] or 0) for it in ("top", "bottom")))
        for first in window.months
    ]


def figure(code: str, window: Window) -> Figure:
    """One indicator in the last month of the window. One query."""
    return trend(code, window.only(window.months[-1]))[0]


def figures(codes: Iterable[str], window: Window) -> dict[str, Figure]:
    """Several indicators in the last month of the window, one query each."""
    return {code: figure(code, window) for code in codes}


def behind(code: str, window: Window) -> dict[str, int]:
    """The cases behind an indicator in the window's months, with what each contributes to it. One query.

    Of a share in which cases can fail (K4 …) all cases are given, nought for those that failed.
    """
    return {row["case_no"]: int(row["top"] or 0) for row in _run("cases", code, window)}


def by_cause(window: Window) -> list[tuple[str, int, int]]:
    """Costs by main cause: cause, minor units, number of cases; the most expensive first. One query."""
    rows = [(row["cause"], int(row["top"] or 0), int(row["cases"])) for row in _run("causes", "", window)]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _run(shape: str, code: str, window: Window) -> list[dict[str, Any]]:
    asked = window if code in BY_THE_SECOND else replace(window, now_second=0)
    sql = _sql(shape, code, asked, DIALECTS[connection.vendor])
    with connection.cursor() as cursor:
        cursor.execute(sql)
        names = [column[0] for column in cursor.description]
        return [_plain(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    if isinstance(row.get("month"), str):
        row["month"] = parse_date(row["month"])
    return row


@lru_cache(maxsize=512)
def _sql(shape: str, code: str, window: Window, dialect: str) -> str:
    """The statement; its values are our own numbers and dates, never anything that was typed."""
    from ibis import _, to_sql  # not at the top: ordinary pages shall not wait for Ibis

    from comeback.steps.s9_indicators import definitions

    if shape == "causes":
        return str(to_sql(definitions.costs_by_cause(window), dialect=dialect))
    rows = getattr(definitions, BY_CODE[code].definition)(window)
    if shape == "sums":
        return str(to_sql(rows.group_by("month").aggregate(top=_.top.sum(), bottom=_.bottom.sum()), dialect=dialect))
    cases = rows.filter(_.case_no != "").group_by("case_no").aggregate(top=_.top.sum())
    return str(to_sql(cases.order_by("case_no"), dialect=dialect))
