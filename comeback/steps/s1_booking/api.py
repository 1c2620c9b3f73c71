"""`POST /requests`: a customer asks through another system; the answer says what recognition thinks of it."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from pydantic import Field

from comeback.cases.acting import Actor
from comeback.cases.commands import Command, Opening
from comeback.cases.models import Request
from comeback.cases.opening import open_request
from comeback.cases.perform import perform
from comeback.desk.acting import actor_for, request_of
from comeback.desk.api import ERRORS, KEY
from comeback.desk.schemas import Strict, SubjectState, state_of
from comeback.method.refusal import bad_input
from comeback.recognition import sentence, sentences
from comeback.registers import clock
from comeback.registers.keys import register_customer, register_owner, register_vehicle
from comeback.registers.models import OdometerReading
from comeback.steps.s1_booking.history import judge_request


class Asked(Strict):
    """What the customer says, and how the car and he are known. One of vin and plate; text in his own words."""

    text: str = Field(min_length=1, max_length=5000)
    vin: str = Field("", max_length=30)
    plate: str = Field("", max_length=20)
    customer: str = Field("", max_length=200)
    phone: str = Field("", max_length=30)
    odometer_km: int | None = Field(None, ge=0, le=2_000_000)
    claims_comeback: bool | None = None
    source: Literal["phone", "visit", "form", "messenger"] = "form"
    language: Literal["", "ru", "en", "fr"] = ""
    site: str = Field("", max_length=20)


class Said(Schema):
    """What recognition thinks: verdict, score, the earlier order, reasons in words; question: what would decide it."""

    verdict: str
    score: int
    order_no: str
    reasons: list[str]
    question: str
    nature: str
    danger: bool


class Opened(Schema):
    """The request as it stands, and what recognition thinks of it."""

    replayed: bool
    said: Said
    subject: SubjectState


def add_requests(api: NinjaAPI) -> None:
    """Add the operation to the API."""

    @api.post("/requests", response={200: Opened, **ERRORS}, summary="A customer asks for an appointment. Method 1.2")
    def post_request(request: HttpRequest, payload: Asked, idempotency_key: str = KEY) -> Opened:
        actor, now = actor_for(request.auth, payload.site), clock.now()  # type: ignore[attr-defined]
        if payload.site and actor.site.code != payload.site:
            raise bad_input("1.2", "site", _("You hold no function at that site."))
        arguments = {"text": payload.text, "source": payload.source, "language": payload.language}
        opening = Opening(
            lambda: _open(payload, actor, now), payload.model_dump(exclude={"text", "source", "language"})
        )
        outcome = perform(Command("1.2", opening, arguments), actor=actor, now=now, key=idempotency_key)
        return _answer(_request_of(outcome.refs[0], actor, now), outcome.replayed, now)


def _open(payload: Asked, actor: Actor, now: Any) -> Request:
    site, today = actor.site, _today(actor, now)
    known = payload.vin or payload.plate
    vehicle = register_vehicle(site.group, on=today, vin=payload.vin, plate=payload.plate) if known else None
    named = payload.customer.strip() or payload.phone.strip()
    customer = register_customer(site, name=payload.customer, phone=payload.phone) if named else None
    if vehicle and customer:
        register_owner(vehicle, customer, on=today)
    if vehicle and payload.odometer_km is not None:
        OdometerReading.objects.create(vehicle=vehicle, at=now, km=payload.odometer_km, source="request")
    return open_request(
        site=site,
        actor=actor,
        now=now,
        vehicle=vehicle,
        customer=customer,
        searched=payload.plate or payload.vin or payload.phone,
        odometer_km=payload.odometer_km,
        claims_comeback=payload.claims_comeback,
        channel=payload.source,
    )


def _today(actor: Actor, now: Any) -> date:
    today: date = now.astimezone(actor.site.zoneinfo).date()
    return today


def _request_of(reference: dict[str, Any], actor: Actor, now: Any) -> Request:
    """The request behind the words that were taken down, the first time or when the same key came again."""
    pk = Request.objects.values_list("pk", flat=True).get(words__pk=reference["id"])
    return request_of(pk, actor, now)


def _answer(found: Request, replayed: bool, now: Any) -> Opened:
    recognition, language = judge_request(found, now=now).recognition, (get_language() or "ru")[:2]
    said = Said(
        verdict=recognition.verdict,
        score=recognition.score,
        order_no=recognition.order_no,
        reasons=sentences(recognition, language),
        question=sentence(recognition.question, language) if recognition.question else "",
        nature=recognition.nature,
        danger=recognition.safety,
    )
    return Opened(replayed=replayed, said=said, subject=state_of(found, now, personal=True))
