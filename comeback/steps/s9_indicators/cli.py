"""`comeback indicators --site S --month YYYY-MM [--format json|csv|table]`: a site's month, signed or as it is now."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from datetime import date, datetime
from typing import Any

from comeback.cases.models import Month
from comeback.registers import clock
from comeback.registers.models import Site
from comeback.steps.s9_indicators.figures import figure, window_for
from comeback.steps.s9_indicators.indicators import REGISTER, Figure
from comeback.steps.s9_indicators.queries import changes, signatures_of, signed_figure

FIELDS = ("code", "name", "value", "numerator", "denominator", "unit", "restated")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--site", required=True, help="code of the site")
    parser.add_argument("--month", required=True, type=_month, metavar="YYYY-MM", help="which month")
    parser.add_argument("--format", choices=["table", "json", "csv"], default="table")


def _month(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007  a date, no moment
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no month; write it as 2026-10") from None


def run(options: argparse.Namespace) -> int:
    """0 printed, 2 there is no such site."""
    site = Site.objects.filter(code=options.site).first()
    if site is None:
        codes = ", ".join(Site.objects.order_by("code").values_list("code", flat=True))
        print(f"comeback indicators: there is no site {options.site!r}; there are: {codes}", file=sys.stderr)
        return 2
    month = Month.objects.select_related("site").filter(site=site, first=options.month).first()
    report = month_report(month or Month(site=site, first=options.month), clock.now())
    PRINTERS[options.format](report)
    return 0


def month_report(month: Month, now: datetime) -> dict[str, Any]:
    """Site, month, signature and one row for each indicator; signed values where there are, with what they are now."""
    signature = signatures_of(month.site, [month.first]).get(month.first)
    window = window_for(month.site, month.first, now)
    restated = {change.now.code: str(change.now) for change in changes(signature, now)} if signature else {}
    rows = []
    for indicator in REGISTER:
        kept = signed_figure(signature, indicator.code) if signature else None
        shown = kept or figure(indicator.code, window)
        rows.append(_row(str(indicator.name), shown, restated.get(indicator.code, ""), month.site.currency))
    return {
        "site": month.site.code,
        "month": f"{month.first:%Y-%m}",
        "signed_at": signature.at.isoformat() if signature else None,
        "signed_by": signature.by.name if signature else None,
        "indicators": rows,
    }


def _row(name: str, shown: Figure, restated: str, currency: str) -> dict[str, Any]:
    """Numbers as text without thousands: a share in per cent, money in whole units with two decimals."""
    money = shown.kind == "money"
    return {
        "code": shown.code,
        "name": name,
        "value": _minor(str(shown)) if money else str(shown) or None,
        "numerator": shown.top if shown.kind == "percent" else None,
        "denominator": shown.bottom if shown.kind == "percent" else None,
        "unit": {"percent": "%", "money": currency, "days": "d", "count": ""}[shown.kind],
        "restated": (_minor(restated) if money else restated) or None,
    }


def _minor(text: str) -> str:
    return f"{int(text) / 100:.2f}" if text else ""


def _print_json(report: dict[str, Any]) -> None:
    print(json.dumps(report, ensure_ascii=False, indent=2))


def _print_csv(report: dict[str, Any]) -> None:
    writer = csv.DictWriter(sys.stdout, ["site", "month", *FIELDS], lineterminator="\n")
    writer.writeheader()
    for row in report["indicators"]:
        writer.writerow({"site": report["site"], "month": report["month"], **row})


def _print_table(report: dict[str, Any]) -> None:
    signed = f"signed by {report['signed_by']}" if report["signed_at"] else "not signed"
    print(f"{report['site']} {report['month']}, {signed}")
    width = max(len(row["name"]) for row in report["indicators"])
    for row in report["indicators"]:
        parts = f"{row['numerator']}/{row['denominator']}" if row["denominator"] else ""
        again = f"  restated {row['restated']}" if row["restated"] else ""
        value = row["value"] or "—"
        print(f"{row['code']:<4} {row['name']:<{width}}  {value:>12} {row['unit']:<3} {parts}{again}".rstrip())


PRINTERS = {"json": _print_json, "csv": _print_csv, "table": _print_table}
