"""From one call to one command: the request with its words, the decision, the case with its conditions and its time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from comeback.cases.commands import ACTIONS, Command, Opening
from comeback.cases.models import Request
from comeback.cases.opening import open_request
from comeback.method.refusal import Missing, Refused
from comeback.registers.keys import register_customer, register_owner, register_vehicle
from comeback.registers.models import Customer, Function, OdometerReading, Vehicle
from comeback.steps.s1_booking.call import Call
from comeback.steps.s1_booking.models import Reply

OPENED_FROM = ("vehicle", "customer", "plate", "vin", "model", "name", "phone", "q", "odometer_km", "claims")


def commands_of(call: Call) -> list[Command]:
    """Everything that the one button does, in order. Raises Refused while something is lacking, all of it named."""
    if call.lacking:
        raise Refused("1", *(Missing(it.line, it.text, field=it.field) for it in call.lacking), kind="input")
    if call.taken_meanwhile or call.time is None:
        text = _("That time was taken meanwhile: choose another one.")
        raise Refused("slot", Missing("slot", text, field="slot"))
    if call.reply == Reply.YES:
        return [*_request(call), *_case(call)]
    return [*_request(call), _appointment(call)]


def _request(call: Call) -> list[Command]:
    said = {"text": call.words, "answers": call.answers, "said_by": call.given.get("said_by") or ""}
    commands = [Command("1.2", _opening(call), said)]
    if call.nature:
        commands.append(Command("1.2/nature", _of_words, {"nature": call.nature, "danger": call.danger}))
    decision: dict[str, Any] = {"reply": call.reply, "note": call.given.get("note") or ""}
    if call.reply == Reply.NO:
        decision["reason"] = call.reason
    if call.reply == Reply.YES:
        concern = call.judged.concern if call.original == call.judged.order else None
        decision |= {
            "original_order_id": call.original.pk if call.original else None,
            "original_concern_id": concern.pk if concern else None,
            "original_note": "" if call.original else call.given.get("original_note") or "",
        }
    return [*commands, Command("1.1", _of_words, decision)]


def _of_words(results: list[Any]) -> Request:
    request: Request = results[0].request
    return request


def _case(call: Call) -> list[Command]:
    assert call.time is not None
    case = _result(len(_request(call)) - 1)
    booking = {
        "starts_at": call.time.starts_at,
        "resources": list(call.time.resources),
        "late_reason": call.given.get("late_reason") or "",
    }
    expert = _not_needed(call, "1.3", case, call.given.get("expert_reason") or "") if not call.expert else []
    drive = [Command("1.4", case, {})] if call.drive else _not_needed(call, "1.4", case, _why_no_drive(call))
    return [*expert, *drive, Command("book", case, booking), *_informing(call, case)]


def _not_needed(call: Call, line: str, case: Callable[[list[Any]], Any], reason: str) -> list[Command]:
    """A deviation from the nature's rule is a decision; what the rule does not ask for needs none."""
    if call.need(line) == "no":
        return []
    return [Command(f"{line}/decision", case, {"needed": False, "reason": reason})]


def _why_no_drive(call: Call) -> str:
    if not call.driveable:
        return _("The car is not to be driven: a static check replaces the drive")
    return str(call.given.get("drive_reason") or "")


def _informing(call: Call, case: Callable[[list[Any]], Any]) -> list[Command]:
    """The manager learns of it with the booking (2.1), unless step 1 still owes something (G2) or nobody is manager."""
    expert = not call.expert or Function.TECHNICAL_EXPERT in call.people
    known = "2.1" in ACTIONS and expert and Function.AFTER_SALES_MANAGER in call.people
    return [Command("2.1", case, {})] if known else []


def _appointment(call: Call) -> Command:
    assert call.time is not None
    arguments = {
        "starts_at": call.time.starts_at,
        "resources": list(call.time.resources),
        "minutes": call.minutes,
        "late_reason": call.given.get("late_reason") or "",
    }
    return Command("1.1/appoint", _of_words, arguments)


def _result(place: int) -> Callable[[list[Any]], Any]:
    return lambda results: results[place]


def _opening(call: Call) -> Opening:
    given = {name: call.given.get(name) for name in OPENED_FROM if call.given.get(name) not in (None, "")}
    return Opening(lambda: _open(call), given)


def _open(call: Call) -> Request:
    today = call.now.astimezone(call.site.zoneinfo).date()
    vehicle, customer = _car(call, today), _customer(call)
    if vehicle and customer and not (call.vehicle and call.customer == customer):
        register_owner(vehicle, customer, on=today)
    odometer = call.given.get("odometer_km")
    if vehicle and odometer is not None:
        OdometerReading.objects.create(vehicle=vehicle, at=call.now, km=odometer, source="request")
    return open_request(
        site=call.site,
        actor=call.actor,
        now=call.now,
        vehicle=vehicle,
        customer=customer,
        searched=call.given.get("q") or "",
        odometer_km=odometer,
        claims_comeback={"yes": True, "no": False}.get(call.given.get("claims") or ""),
    )


def _car(call: Call, today: date) -> Vehicle | None:
    plate, vin = (call.given.get(name) or "" for name in ("plate", "vin"))
    if call.vehicle or not (plate or vin):
        return call.vehicle
    return register_vehicle(call.site.group, on=today, plate=plate, vin=vin, model=call.given.get("model") or "")


def _customer(call: Call) -> Customer | None:
    """Who is being entered (a new customer, or a new owner of a known car), else who was found."""
    name = (call.given.get("name") or "").strip()
    if not name:
        return call.customer
    return register_customer(call.site, name=name, phone=call.given.get("phone") or "", language=call.site.language)
