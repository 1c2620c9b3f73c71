"""The history file: one row per order line, the order's columns repeated. Rows that stand together become orders."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from comeback.recognition.exchange import values
from comeback.recognition.exchange.cells import Cells, cells
from comeback.recognition.exchange.records import Line, Order, OrderHead
from comeback.recognition.exchange.refusals import Refused, Unreadable
from comeback.recognition.exchange.sheets import Source
from comeback.recognition.normalise import normalise_plate


def _flat(choices: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Each word that a file may use, with the word that we keep."""
    return {word: name for name, also in choices.items() for word in (name, *also)}


_KINDS = _flat(
    {
        "labour": ("labor", "работа", "работы", "main d'oeuvre", "mo"),
        "part": ("parts", "запчасть", "запчасти", "деталь", "piece", "pièce"),
    }
)
_ACCOUNTS = _flat(
    {
        "customer": ("клиент", "client"),
        "warranty": ("гарантия", "garantie"),
        "internal": ("внутренний", "interne"),
        "goodwill": ("добрая воля", "geste commercial"),
    }
)
_VISIT_KINDS = _flat({"client": ("клиент",), "own": ("свой", "propre"), "parts_only": ()})
_RESULTS = _flat(
    {
        "fixed": ("устранено", "устранена", "réparé"),
        "not_reproduced": ("не воспроизведена", "не воспроизведено", "non reproduit"),
        "temporary": ("временно", "provisoire"),
        "parts_awaited": ("ожидание запчасти", "attente pièce"),
        "refused": ("отказ", "refusé"),
    }
)
_CODES = re.compile(r"[\s,;/]+")

PhoneRegion = str | Callable[[str], str | None] | None


def read_history(source: Source, *, phone_region: PhoneRegion = None) -> Iterator[Order | Refused]:
    """Orders in the order of the file, and each row that was refused; memory holds one order at a time.

    Rows of one order that stand together come as one `Order`. When the same order number turns up again further
    down, its other lines come as another `Order` of the same key: whoever keeps orders adds them. A line number
    that repeats within an order is taken once.

    phone_region: where a number without a country is at home ("RU"), or a function from a site to it. Without it
    phones stay as they are written.
    """
    return _orders(_history_rows(source, phone_region))


def _history_rows(source: Source, phone_region: PhoneRegion) -> Iterator[tuple[OrderHead, Line] | Refused]:
    for row in cells(source, needed=("order_no", "opened_at")):
        if isinstance(row, Refused):
            yield row
            continue
        try:
            yield _head(row, phone_region), _line(row)
        except Unreadable as refusal:
            yield Refused(row.row_number, refusal.column, refusal.reason_code)


def _orders(read: Iterable[tuple[OrderHead, Line] | Refused]) -> Iterator[Order | Refused]:
    together: list[tuple[OrderHead, Line]] = []
    for item in read:
        if isinstance(item, Refused):
            yield item
            continue
        if together and together[0][0].key != item[0].key:
            yield _order(together)
            together = []
        together.append(item)
    if together:
        yield _order(together)


def _order(together: list[tuple[OrderHead, Line]]) -> Order:
    """One order of its rows. Each may bring a complaint of its own; a line number that repeats is taken once."""
    head = together[0][0]
    complaints = dict.fromkeys(one.complaint for one, _ in together if one.complaint)
    if len(complaints) > 1:
        head = replace(head, complaint="; ".join(complaints))
    lines: dict[tuple[str, int], Line] = {}
    for _, line in together:
        lines.setdefault(("row", line.row_number) if line.line_no is None else ("line", line.line_no), line)
    return Order(head, tuple(line for line in lines.values() if not line.is_blank()))


def _head(row: Cells, phone_region: PhoneRegion) -> OrderHead:
    site = row.text("site")
    planned_return, planned_for = row.read("planned_return", values.day_or_flag)
    head = OrderHead(
        row_number=row.row_number,
        site=site,
        order_no=row.text("order_no"),
        opened_at=row.read("opened_at", values.moment),
        closed_at=row.read("closed_at", values.moment),
        vin=row.vin(complete=True),
        plate=normalise_plate(row.text("plate")),
        customer=row.text("customer"),
        phone=row.phone(phone_region(site) if callable(phone_region) else phone_region),
        odometer_km=row.read("odometer_km", values.odometer),
        complaint=row.text("complaint"),
        visit_no=row.text("visit_no"),
        visit_kind=row.choice("visit_kind", _VISIT_KINDS, "bad_visit_kind") or "client",
        arrived_at=row.read("arrived_at", values.moment),
        ready_at=row.read("ready_at", values.moment),
        handed_over_at=row.read("handed_over_at", values.moment),
        cancelled=row.read("cancelled", values.flag),
        planned_return=planned_return,
        planned_for=planned_for,
        cause=row.text("cause"),
        correction=row.text("correction"),
        result=row.choice("result", _RESULTS, "bad_result"),
        refused_work=row.text("refused_work"),
        dtc=tuple(code.upper() for code in _CODES.split(row.text("dtc")) if code),
        currency=row.text("currency").upper(),
    )
    _check(head)
    return head


def _check(head: OrderHead) -> None:
    if not head.order_no:
        raise Unreadable("missing_order_no", "order_no")
    if not any((head.opened_at, head.closed_at, head.arrived_at, head.handed_over_at)):
        raise Unreadable("missing_date", "opened_at")
    if not (head.vin or head.plate or head.phone):
        raise Unreadable("missing_vehicle", "vin")
    if head.opened_at and head.closed_at and head.closed_at < head.opened_at:
        raise Unreadable("closed_before_opened", "closed_at")


def _line(row: Cells) -> Line:
    return Line(
        row_number=row.row_number,
        line_no=row.read("line_no", values.whole),
        kind=row.choice("kind", _KINDS, "bad_kind"),
        code=row.text("code"),
        description=row.text("description"),
        quantity=row.read("quantity", values.decimal),
        unit_price=row.read("unit_price", partial(values.minor_units, currency=row.text("currency").upper())),
        account=row.choice("account", _ACCOUNTS, "bad_account"),
        mechanic=row.text("mechanic"),
        labour_minutes=row.read("labour_hours", values.minutes),
    )
