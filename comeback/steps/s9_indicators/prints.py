"""The month on paper, «Контрольная таблица проведения контроля качества работ»: figures, checks, comebacks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comeback.cases.models import Month
from comeback.desk.formats import day, money, month_title, short_when, when
from comeback.desk.typesetting import typeset
from comeback.method import loading
from comeback.steps.s5_quality.facts import cause_in_words
from comeback.steps.s9_indicators.figures import figure, window_for
from comeback.steps.s9_indicators.indicators import REGISTER, Figure, Indicator
from comeback.steps.s9_indicators.models import Signature
from comeback.steps.s9_indicators.pages import Registered, control_context
from comeback.steps.s9_indicators.queries import changes, signatures_of, signed_figure
from comeback.steps.s9_indicators.wording import days_in_words, figure_in_words, parts_in_words, short_number

Rows = list[list[str]]


def print_month(month: Month, now: datetime) -> bytes:
    """The month's sheet as PDF, in the site's language; its moment is that of the signature, else now."""
    signature = signatures_of(month.site, [month.first]).get(month.first)
    language = month.site.language
    with translation.override(language), timezone.override(month.site.zoneinfo):
        content = month_content(month, signature, now)
    return typeset("month_sheet", content, language=language, at=signature.at if signature else now)


def month_content(month: Month, signature: Signature | None, now: datetime) -> dict[str, Any]:
    """All words and figures of the sheet, in the active language, moments in site time."""
    title = str(loading.load().means["quality_check_table"].text.in_language(translation.get_language() or "ru"))
    tables = control_context(month.site, month.first, now)
    return {
        "title": title,
        "month": month_title(month.first),
        "site": month.site.name,
        "state": _state(signature, now),
        "figures": _figures(month, signature, now),
        "checks": {"title": title, **_checks(tables)},
        "register": {"title": _("Control table of customers’ comebacks"), **_register(tables, month.site.currency)},
        "seal": _seal(signature),
        "signatures": [_signed_by(signature)],
        "foot": [month.site.name, month_title(month.first)],
        "of": pgettext("page 1 of 2", "of"),
    }


def _state(signature: Signature | None, now: datetime) -> str:
    if signature is None:
        return _("Not signed, preliminary: %(moment)s") % {"moment": when(now)}
    words = _("Signed: %(name)s, %(moment)s") % {"name": signature.by.name, "moment": day(signature.at)}
    return words if not signature.reason else f"{words} · {_('restated: %(reason)s') % {'reason': signature.reason}}"


def _figures(month: Month, signature: Signature | None, now: datetime) -> dict[str, Any]:
    window = window_for(month.site, month.first, now)
    again = {change.now.code: change.now for change in changes(signature, now)} if signature else {}
    rows = []
    for indicator in REGISTER:
        kept = signed_figure(signature, indicator.code) if signature else None
        shown = kept or figure(indicator.code, window)
        rows.append(_figure(indicator, shown, again.get(indicator.code), month.site.currency))
    head = [pgettext("column", "Indicator"), pgettext("column", "Value"), "", pgettext("column", "Restated")]
    return {"head": head, "rows": rows}


def _figure(indicator: Indicator, shown: Figure, restated: Figure | None, currency: str) -> list[str]:
    name = f"{indicator.line} {indicator.name}".strip()
    later = figure_in_words(restated, currency) if restated else ""
    return [name, figure_in_words(shown, currency), parts_in_words(shown), later]


def _checks(tables: dict[str, Any]) -> dict[str, Any]:
    head = [
        pgettext("column", "Checked"),
        pgettext("column", "Case"),
        pgettext("column", "Car"),
        pgettext("column", "Attempt"),
        pgettext("column", "Result"),
        pgettext("column", "Controller"),
    ]
    rows: Rows = [
        [
            short_when(it["at"], tables["tz"], tables["now"]),
            short_number(it["case"]),
            it["plate"],
            str(it["row"].attempt),
            _("passed") if it["row"].passed else f"{_('back to the workshop')}: {it['row'].note}",
            str(it["who"] or ""),
        ]
        for it in tables["checks"]
    ]
    return {"head": head, "rows": rows}


def _register(tables: dict[str, Any], currency: str) -> dict[str, Any]:
    head = [
        pgettext("column", "Case"),
        pgettext("column", "Received"),
        pgettext("column", "Car"),
        pgettext("column", "Original order"),
        pgettext("column", "What the customer said"),
        pgettext("column", "Cause"),
        pgettext("column", "Days"),
        pgettext("column", "Cost"),
    ]
    return {"head": head, "rows": [_registered(row, currency) for row in tables["register"]]}


def _registered(row: Registered, currency: str) -> list[str]:
    listed, original = row.listed, row.listed.case.original_order
    earlier = f"{original.number} {original.mechanic_name}" if original else listed.case.original_note
    return [
        short_number(listed.case),
        f"{listed.received:%d.%m}" if listed.received else "—",
        listed.plate,
        earlier,
        listed.words,
        cause_in_words(listed.cause) if listed.cause else "—",
        days_in_words(listed.days),
        money(listed.cost, currency),
    ]


def _signed_by(signature: Signature | None) -> str:
    if signature is None:
        return _("After-sales manager, date")
    return _("After-sales manager: %(name)s, date") % {"name": signature.by.name}


def _seal(signature: Signature | None) -> str:
    """The head of the site's journal when it was signed: with it, a changed past shows."""
    if not signature or not signature.seal:
        return ""
    return _("Seal of the journal: %(number)s · %(hash)s") % {
        "number": signature.seal["number"],
        "hash": signature.seal["hash"],
    }
