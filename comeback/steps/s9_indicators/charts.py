"""The bars of a year and the causes by cost, as numbers for an SVG. Pure but for the words of the active language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format

from comeback.desk.formats import number
from comeback.steps.s9_indicators.indicators import Figure

WIDTH, BASE, TOP = 430, 122, 22


@dataclass(frozen=True)
class Bar:
    """One month. middle: where its words stand; open: not signed yet; name: empty for every other month."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    open: bool
    current: bool
    name: str
    label: str
    title: str


def bars(figures: Sequence[Figure], signed: Iterable[date]) -> list[Bar]:
    """The months of a trend, the last one being the month of the page. Values stand on the first and the last two."""
    closed = set(signed)
    values = [Decimal(row.value or 0) for row in figures]
    highest = max([*values, Decimal(0)]) or Decimal(1)
    step = WIDTH / len(figures)
    return [
        _bar(row, index, len(figures), step, float(max(values[index], Decimal(0)) / highest), row.month in closed)
        for index, row in enumerate(figures)
    ]


def _bar(row: Figure, index: int, count: int, step: float, part: float, signed: bool) -> Bar:
    height = round(part * (BASE - TOP), 1)
    last = index == count - 1
    return Bar(
        x=round(index * step + 3, 1),
        y=round(BASE - height, 1),
        width=round(step - 6, 1),
        height=height,
        middle=round((index + 0.5) * step, 1),
        open=not signed,
        current=last,
        name=date_format(row.month, "b") if (count - 1 - index) % 2 == 0 else "",
        label=_short(row) if index in (0, count - 2, count - 1) else "",
        title=f"{date_format(row.month, 'F Y')}: {_short(row)}",
    )


def _short(row: Figure) -> str:
    """A value in as few figures as a bar has room for: money in thousands."""
    if row.value is None:
        return "—"
    if row.kind == "money":
        thousands = (Decimal(row.top) / 100_000).quantize(Decimal("0.1"))
        return number(thousands, 0 if thousands == thousands.to_integral_value() else 1)
    return number(row.value, 1 if row.kind == "percent" else 0)


@dataclass(frozen=True)
class Cause:
    """A group of main causes with its costs, and the running share of all costs in per cent; heavy: see `pareto`."""

    group: str
    codes: tuple[str, ...]
    amount: int
    cases: int
    share: int
    width: float
    heavy: bool


def pareto(causes: Iterable[tuple[str, int, int]]) -> list[Cause]:
    """Groups of causes (first letter of their codes), the most expensive first. heavy: needed to reach two thirds.

    causes: code, minor units, number of comebacks.
    """
    groups: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for row in causes:
        groups[row[0][:1]].append(row)
    sums = {group: sum(amount for _code, amount, _count in rows) for group, rows in groups.items()}
    total, highest, running = sum(sums.values()), max(sums.values(), default=0), 0
    found: list[Cause] = []
    for group in sorted(groups, key=lambda it: (-sums[it], it)):
        heavy = total > 0 and running * 3 < total * 2
        running += sums[group]
        found.append(
            Cause(
                group=group,
                codes=tuple(sorted(code for code, _amount, _count in groups[group] if code)),
                amount=sums[group],
                cases=sum(count for _code, _amount, count in groups[group]),
                share=round(running * 100 / total) if total > 0 else 0,
                width=round(100 * max(sums[group], 0) / highest, 1) if highest > 0 else 0,
                heavy=heavy,
            )
        )
    return found
