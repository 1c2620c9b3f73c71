"""The indicators, each defined once as an Ibis expression over the plain tables (§3.10). No Django, no clock.

A definition gives rows with the columns `month`, `top` (numerator, or the figure itself), `bottom` (denominator, else
null) and `case_no` (the comeback behind the row, or empty). Sums over a month are the indicator, the rows its evidence.
Loading Ibis takes a fifth of a second: import this module where figures are computed, not with a page's module.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import ibis
from ibis import _
from ibis.expr.types import Column, Table

from comeback.steps.s9_indicators.window import Window

DEALER = ("quality", "goodwill_dealer")  # accounts that the dealer bears himself: ВН-КАЧ, ДВ-ДИЛ
EPOCH = date(1970, 1, 1).toordinal()

VISIT = ibis.table(
    {"site_id": "int64", "month": "date", "handed_day": "date", "handed_month": "date", "case_no": "string",
     "back_days": "int64"},
    name="indicator_visit",
)  # fmt: skip
CASE = ibis.table(
    {"site_id": "int64", "caused_site_id": "int64", "received_month": "date", "started_month": "date",
     "handed_day": "date", "handed_month": "date", "case_no": "string", "manager_present": "int64",
     "same_mechanic": "int64", "driven_after_work": "int64", "passed_before": "int64", "failed_checks": "int64",
     "back_days": "int64"},
    name="indicator_case",
)  # fmt: skip
STAY = ibis.table(
    {"site_id": "int64", "month": "date", "first": "int64", "last": "int64", "waiting": "int64", "case_no": "string"},
    name="indicator_stay",
)
COST = ibis.table(
    {"site_id": "int64", "month": "date", "account": "string", "cause": "string", "amount": "int64",
     "case_no": "string"},
    name="indicator_cost",
)  # fmt: skip
CALENDAR = ibis.table({"month": "date", "first": "int64", "last": "int64"}, name="indicator_calendar")
CONTACT = ibis.table(
    {"site_id": "int64", "due_month": "date", "due_second": "int64", "attempted_second": "int64",
     "contacted_second": "int64", "case_no": "string"},
    name="indicator_contact",
)  # fmt: skip
OVERRIDE = ibis.table({"site_id": "int64", "month": "date", "case_no": "string"}, name="indicator_override")

Definition = Callable[[Window], Table]


def comeback_share(window: Window) -> Table:
    """K1: comebacks received in the month, of visits received in the month (the comeback's own visit included)."""
    return _rows(_of(VISIT, window), "month", top=_one_if(_.case_no != ""), bottom=1)


def caused_here(window: Window) -> Table:
    """Comebacks received in the month, at whatever site, to work of this site. Decision 22."""
    rows = CASE.filter(_.caused_site_id == window.site_id, _.received_month.isin(window.months))
    return _rows(rows, "received_month", top=1)


def fixed_first_visit(window: Window, days: int = 30) -> Table:
    """K1b (FFV): visits handed over in the month that did not come back within so many days, of those old enough."""
    ripe = _of(VISIT, window, "handed_month").filter(_.handed_day <= window.before(days))
    return _rows(ripe, "handed_month", top=_one_if(_.back_days.isnull() | (_.back_days > days)), bottom=1)


def cost_of_poor_quality(window: Window) -> Table:
    """K2a: posted cost lines of comebacks, whoever bears them."""
    return _rows(_of(COST, window), "month", top=_.amount)


def borne_by_dealer(window: Window) -> Table:
    """K2b: the part of K2a on the dealer's own accounts."""
    return _rows(_of(COST, window).filter(_.account.isin(DEALER)), "month", top=_.amount)


def days_off_the_road(window: Window) -> Table:
    """K3: dates on which a comeback car was in, up to today while it still is."""
    return _days(_stays(window))


def days_at_the_dealer(window: Window) -> Table:
    """K3a: those of K3 on which the dealer still worked."""
    return _days(_stays(window).filter(_.waiting == 0))


def days_awaiting_customer(window: Window) -> Table:
    """K3b: those of K3 after the date on which the customer was told that the car is ready."""
    return _days(_stays(window).filter(_.waiting == 1))


def quality_coverage(window: Window) -> Table:
    """K4: comebacks handed over with a check passed before, of those handed over. Anything but 100 % is an alarm."""
    return _rows(_of(CASE, window, "handed_month"), "handed_month", top=_.passed_before, bottom=1)


def attempted_in_time(window: Window) -> Table:
    """K5a: first attempt of the contact within 48 h of hand-over, of contacts that fell due."""
    return _in_time(window, CONTACT.attempted_second)


def contacted_in_time(window: Window) -> Table:
    """K5b: contact made within 48 h of hand-over, of contacts that fell due. Exactly 48:00:00 is in time."""
    return _in_time(window, CONTACT.contacted_second)


def same_mechanic(window: Window) -> Table:
    """K6: comebacks given to the mechanic of the original order, of those on which work began."""
    return _rows(_of(CASE, window, "started_month"), "started_month", top=_.same_mechanic, bottom=1)


def manager_present(window: Window) -> Table:
    """K7: comebacks at whose reception the manager was present, as he confirmed, of those received."""
    return _rows(_of(CASE, window, "received_month"), "received_month", top=_.manager_present, bottom=1)


def driven_after_work(window: Window) -> Table:
    """K9: comebacks with a valid drive after the work, of those handed over."""
    return _rows(_of(CASE, window, "handed_month"), "handed_month", top=_.driven_after_work, bottom=1)


def overrides(window: Window) -> Table:
    """K11: gates opened with a reason in the month."""
    return _rows(_of(OVERRIDE, window), "month", top=1)


def solved(window: Window, days: int = 30) -> Table:
    """K12: comebacks that did not come back within so many days, of those handed over long enough ago."""
    ripe = _of(CASE, window, "handed_month").filter(_.handed_day <= window.before(days))
    return _rows(ripe, "handed_month", top=_one_if(_.back_days.isnull() | (_.back_days > days)), bottom=1)


def passed_first_check(window: Window) -> Table:
    """K15: comebacks that passed the first quality check, of those handed over with a check."""
    checked = _of(CASE, window, "handed_month").filter(_.passed_before == 1)
    return _rows(checked, "handed_month", top=_one_if(_.failed_checks == 0), bottom=1)


def costs_by_cause(window: Window) -> Table:
    """K16: K2a by the main cause of the comeback; columns month, cause, top (money), cases."""
    rows = _of(COST, window).group_by("month", "cause")
    return rows.aggregate(top=_.amount.sum(), cases=_.case_no.nunique())


def _of(table: Table, window: Window, month: str = "month") -> Table:
    return table.filter(table.site_id == window.site_id, table[month].isin(window.months))


def _rows(table: Table, month: str, *, top: Column | int, bottom: int | None = None) -> Table:
    below = ibis.null("int64") if bottom is None else ibis.literal(bottom, "int64")
    above = ibis.literal(top, "int64") if isinstance(top, int) else top
    return table.select(month=table[month], top=above, bottom=below, case_no=table.case_no)


def _one_if(condition: Column) -> Column:
    return ibis.ifelse(condition, ibis.literal(1, "int64"), ibis.literal(0, "int64"))


def _stays(window: Window) -> Table:
    """Pieces of stays in the window's months; one still open is cut at the ends of months and at today."""
    today = window.today.toordinal() - EPOCH
    closed = STAY.filter(_.site_id == window.site_id, _.month.isin(window.months), _.last.notnull())
    still_in = STAY.filter(_.site_id == window.site_id, _.last.isnull())
    months = CALENDAR.filter(_.month.isin(window.months))
    pieces = still_in.join(months, months.last >= still_in.first).select(
        month=months.month,
        first=ibis.greatest(still_in.first, months.first),
        last=ibis.least(months.last, today),
        waiting=still_in.waiting,
        case_no=still_in.case_no,
    )
    return closed.select("month", "first", "last", "waiting", "case_no").union(pieces.filter(_.last >= _.first))


def _days(stays: Table) -> Table:
    return stays.select("month", "case_no", top=_.last - _.first + 1, bottom=ibis.null("int64"))


def _in_time(window: Window, moment: Column) -> Table:
    due = CONTACT.filter(
        CONTACT.site_id == window.site_id,
        CONTACT.due_month.isin(window.months),
        CONTACT.due_second <= window.now_second,
    )
    return _rows(due, "due_month", top=_one_if(moment.notnull() & (moment <= due.due_second)), bottom=1)
