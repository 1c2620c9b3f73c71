"""Systems that speak for people: each person of the cast with a token, and one comeback told through the API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from comeback.cases.models import Case
from comeback.desk.tokens import make_token
from comeback.diary.models import Resource
from comeback.registers import clock
from comeback.steps.s3_reception.card import owed
from comeback.steps.s5_quality.queries import checklist_of
from comeback.visits.models import Concern, RepairOrder
from tests.cast import Cast, moscow

WORDS = "Опять скрип спереди, как до ремонта"
NAME = "Иванова Мария Петровна"
SHARES = {"maker": "0", "dealer": "100", "supplier": "0", "customer": "0"}


@dataclass
class Caller:
    """Calls the API as one of the cast at a moment; `number` is the case once there is one."""

    cast: Cast
    client: Client
    number: str = ""
    tokens: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def post(self, who: str, path: str, when: datetime, *, key: str = "", **body: Any) -> Any:
        """The answer, whatever it is."""
        self.count += 1
        with clock.frozen_at(when):
            return self.client.post(
                f"/api/v1/{path}",
                body,
                content_type="application/json",
                headers=self._headers(who, when) | {"Idempotency-Key": key or f"key-{self.count}"},
            )

    def get(self, who: str, path: str, when: datetime) -> Any:
        with clock.frozen_at(when):
            return self.client.get(f"/api/v1/{path}", headers=self._headers(who, when))

    def _headers(self, who: str, when: datetime) -> dict[str, str]:
        if who not in self.tokens:
            self.tokens[who] = make_token(self.cast.people[who], name="Система", now=when)
        return {"Authorization": f"Bearer {self.tokens[who]}"}

    def line(self, who: str, name: str, when: datetime, **body: Any) -> Any:
        """A line or an act of the case, which must be done; gives the answer's body."""
        kind = "lines" if name[:1].isdigit() else "acts"
        answer = self.post(who, f"cases/{self.number}/{kind}/{name}", when, **body)
        assert answer.status_code == 200, (name, answer.content.decode())
        return answer.json()

    @property
    def case(self) -> Case:
        return Case.objects.select_related("visit", "site", "request").get(number=self.number)

    @property
    def concern(self) -> Concern:
        return Concern.objects.get(order__visit=self.case.visit_id)


def call(caller: Caller) -> None:
    """Step 1."""
    at = moscow(2, 10)
    asked = {"text": WORDS, "plate": "А123ВС77", "customer": NAME, "phone": "+79161234567", "odometer_km": 88_430}
    answer = caller.post("smirnova", "requests", at, **asked, claims_comeback=True, source="phone").json()
    request, order = answer["subject"]["id"], RepairOrder.objects.get(number=answer["said"]["order_no"])
    caller.post("smirnova", f"requests/{request}/lines/1.2/nature", at, nature="NVH")
    confirmed = caller.post(
        "smirnova", f"requests/{request}/lines/1.1", at, reply="yes", original_order_id=order.pk
    ).json()
    caller.number = confirmed["subject"]["case"]
    people = Resource.objects.filter(person__username__in=("belov", "romanova", "kuznetsov"))
    ids = list(people.values_list("pk", flat=True))
    caller.line("smirnova", "book", at, starts_at=moscow(3, 10).isoformat(), resources=ids, minutes=45)
    caller.line("smirnova", "1.4", at)


def prepare(caller: Caller) -> None:
    """Step 2."""
    caller.line("smirnova", "2.1", moscow(2, 10, 5))
    order = caller.case.original_order_id
    caller.line("romanova", "2.2", moscow(2, 11), findings="Втулки рычага не смотрели", original_read=order)
    caller.line("belov", "2.3", moscow(2, 12), unknown=True, reason="До диагностики не определены")
    caller.line("belov", "2.4", moscow(2, 12))


def receive(caller: Caller) -> None:
    """Step 3."""
    at, manager = moscow(3, 10), caller.cast.people["romanova"].pk
    caller.line("belov", "3.1", at, place="Кабинет 2", at=at.isoformat(), manager_id=manager, odometer=88_440)
    caller.line("romanova", "confirm_presence", at)
    caller.line("belov", "3.2", at + timedelta(minutes=15), answers=card(), signed_by=NAME)
    caller.line(
        "kuznetsov",
        "3.3",
        at + timedelta(minutes=45),
        symptom="yes",
        **drive(at + timedelta(minutes=20), 88_440),
    )
    slot = {"starts_at": moscow(4, 18).isoformat(), "work_ends_at": moscow(4, 15).isoformat()}
    caller.line("smirnova", "3.4", at + timedelta(minutes=50), how="signed", works=["Диагностика подвески"], **slot)
    caller.line("smirnova", "3.5", at + timedelta(minutes=52), manager_id=manager)


def card() -> dict[str, list[str]]:
    """The first answer to each question that the card owes for a noise."""
    answers = {"words": [WORDS], "danger": ["no"], "symptom": ["noise"]}
    for question in owed(answers, "NVH"):
        answers.setdefault(question.code, [next(iter(question.options), "Две недели")])
    return answers


def drive(start: datetime, odometer: int) -> dict[str, Any]:
    """Twenty minutes, seven kilometres."""
    end = start + timedelta(minutes=20)
    distance = {"odometer_out": odometer, "odometer_in": odometer + 7}
    return {"started": start.isoformat(), "ended": end.isoformat()} | distance


def work(caller: Caller) -> None:
    """Step 4."""
    caller.line("sidorov", "4.1", moscow(4, 9), mechanic_id=caller.cast.people["orlov"].pk)
    caller.line("orlov", "punch_in", moscow(4, 9, 30))
    caller.line("kuznetsov", "4.2", moscow(4, 10), text="Люфт втулки рычага, меняем")
    caller.line("kuznetsov", "4.3", moscow(4, 10), status="found", text="К 18:00 успеваем")
    answer = {"cause": "Люфт втулки рычага", "correction": "Втулка заменена", "result": "fixed"}
    caller.line("orlov", "answer_concern", moscow(4, 12), concern_id=caller.concern.pk, **answer)
    caller.line("orlov", "punch_out", moscow(4, 12))
    caller.line("kuznetsov", "4.4", moscow(4, 13), symptom="no", **drive(moscow(4, 12, 15), 88_447))


def inspection(caller: Caller) -> dict[str, Any]:
    """Everything in order."""
    checklist = checklist_of(caller.case)
    values = {item.id: "90 Н·м" for item in checklist.items.values() if item.value}
    return {
        "edition": checklist.edition,
        "results": dict.fromkeys(checklist.items, "ok"),
        "values": values,
        "verdict": "pass",
    }


def check(caller: Caller) -> None:
    """Step 5."""
    owner = caller.cast.people["sidorov"].pk
    caller.line("laptev", "5.1", moscow(4, 14), **inspection(caller))
    caller.line("sidorov", "5.2", moscow(4, 14, 30), channel="phone", answer="agreed")
    register = {"cause": "D2", "verdict": "other_cause", "escape": "not_on_list", "owner_id": owner}
    caller.line("sidorov", "5.3", moscow(4, 15), **register)
    criterion = {"criterion": "За 90 дней ни одного возврата", "check_on": "2025-09-20"}
    measure = {"kind": "process", "text": "Втулки в лист осмотра", "owner_id": owner, "due": "2025-06-20"}
    caller.line("sidorov", "5.4", moscow(4, 15), **measure, **criterion)


def settle(caller: Caller) -> None:
    """Step 6."""
    caller.line("gromova", "6.1", moscow(4, 15, 30), accounts={}, labour_account="quality")
    caller.line("romanova", "6.2", moscow(4, 16), version=0, basis="rule", reason="Качество работ", **SHARES)


def talk(caller: Caller) -> None:
    """Step 7 up to the keys."""
    pk = caller.concern.pk
    caller.line("belov", "7.1", moscow(4, 18), concern_ids=[pk], to_whom=NAME, old_parts_shown=True)
    caller.line("belov", "7.2", moscow(4, 18), answers={str(pk): "fixed"}, said_by=NAME)
    caller.line("belov", "7.3", moscow(4, 18), answer="refused", reason="Проверит сама")
    caller.line("belov", "7.4", moscow(4, 18), to_whom=NAME)


KEYS = {"receiver": "customer", "signed": True, "odometer_km": 88_455}
CONTACT = {"channel": "phone", "answers": {"q1": "yes", "q3": "no", "q8": 9}}
STEPS: tuple[Callable[[Caller], None], ...] = (call, prepare, receive, work, check, settle, talk)


def until(caller: Caller, last: Callable[[Caller], None]) -> Caller:
    """The story up to and with a step."""
    for step in STEPS[: STEPS.index(last) + 1]:
        step(caller)
    return caller
