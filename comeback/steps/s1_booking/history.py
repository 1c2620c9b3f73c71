"""What recognition is given: the past of a car as `visits` keeps it. Three queries however long the past is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from django.db.models import Prefetch, Q

from comeback.cases.models import Request as Asked
from comeback.recognition import PastLine, PastOrder, Recognition, Request, recognise
from comeback.registers.models import Site, Vehicle
from comeback.visits.models import Concern, OrderLine, RepairOrder

MOST_ORDERS = 60
FOLLOW_UPS = {"positive": "positive", "negative": "negative", "will_check": "will_check"}
ANSWERS = {"no": "negative", "partly": "negative", "will_check": "will_check"}


@dataclass(frozen=True)
class Judged:
    """What recognition says, with the rows that it points to."""

    recognition: Recognition
    order: RepairOrder | None
    concern: Concern | None


def judge(
    orders: Sequence[RepairOrder],
    *,
    site: Site,
    now: datetime,
    text: str,
    vin: str = "",
    odometer_km: int | None = None,
    claimed: bool = False,
    planned: bool = False,
) -> Judged:
    """Method 1.1: whether these words of today belong to one of these orders."""
    rows = {key: (past, order, concern) for order in orders for key, past, concern in _pasts(order, site)}
    request = Request(text=text, vin=vin, odometer_km=odometer_km, claimed=claimed, planned=planned)
    recognition = recognise([past for past, _, _ in rows.values()], request, now=now.astimezone(site.zoneinfo))
    _, order, concern = rows.get(recognition.concern, (None, None, None))
    return Judged(recognition, order, concern)


def judge_request(request: Asked, *, now: datetime) -> Judged:
    """The same for a request that was taken down: all its words, whoever wrote them."""
    vehicle = request.vehicle
    return judge(
        past_orders(vehicle) if vehicle else [],
        site=request.site,
        now=now,
        text="\n".join(request.words.order_by("pk").values_list("text", flat=True)),
        vin=vehicle.vin_key if vehicle else "",
        odometer_km=request.odometer_km,
        claimed=bool(request.claims_comeback),
    )


def past_orders(vehicle: Vehicle) -> list[RepairOrder]:
    """Orders of the car in the whole group, newest first, with their concerns and lines; cancelled visits left out."""
    orders = RepairOrder.objects.filter(Q(visit__vehicle=vehicle, visit__cancelled_at=None))
    return list(
        orders.select_related("visit", "site", "mechanic")
        .prefetch_related(
            Prefetch("concerns", Concern.objects.order_by("number")),
            Prefetch("lines", OrderLine.objects.order_by("number")),
        )
        .order_by("-opened_at", "-pk")[:MOST_ORDERS]
    )


def _pasts(order: RepairOrder, site: Site) -> list[tuple[str, PastOrder, Concern | None]]:
    concerns: list[Concern | None] = list(order.concerns.all()) or [None]
    return [(_key(order, concern), _past(order, concern, site), concern) for concern in concerns]


def _key(order: RepairOrder, concern: Concern | None) -> str:
    return f"concern-{concern.pk}" if concern else f"order-{order.pk}"


def _past(order: RepairOrder, concern: Concern | None, site: Site) -> PastOrder:
    visit = order.visit
    closed = visit.handed_over_at or order.closed_at
    return PastOrder(
        order_no=order.number,
        opened=(visit.received_at or order.opened_at).astimezone(site.zoneinfo),
        closed=closed.astimezone(site.zoneinfo) if closed else None,
        site=order.site.code,
        concern=_key(order, concern),
        odometer_km=order.odometer_km or visit.odometer_out or visit.odometer_in,
        lines=tuple(PastLine(line.kind, line.code, line.description) for line in order.lines.all()),
        planned_return=order.planned_return,
        refused_work=order.refused_work,
        mechanic=order.mechanic_name,
        **(_outcome(concern) if concern else {}),
    )


def _outcome(concern: Concern) -> dict[str, Any]:
    return {
        "complaint": concern.words,
        "symptoms": tuple(filter(None, [concern.symptom])),
        "systems": tuple(filter(None, [concern.system])),
        "cause": concern.cause,
        "correction": concern.correction,
        "result": concern.result,
        "follow_up": _follow_up(concern),
        "dtc": tuple(concern.dtc.replace(",", " ").split()),
    }


def _follow_up(concern: Concern) -> Literal["", "positive", "negative", "will_check"]:
    """What the customer said last: in the call after the hand-over, else at the hand-over."""
    said = FOLLOW_UPS.get(concern.follow_up) or ANSWERS.get(concern.customer_answer, "")
    return cast(Literal["", "positive", "negative", "will_check"], said)
