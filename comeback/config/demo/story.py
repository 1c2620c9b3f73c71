"""One comeback told through the real commands, at the times at which it happened.

Each step is a method that does its lines as the people would; a story stops where it is left.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from comeback.cases.acting import Actor
from comeback.cases.commands import Command, Subject
from comeback.cases.messages import mark_read
from comeback.cases.models import Case, Message
from comeback.cases.opening import open_request
from comeback.cases.perform import perform
from comeback.diary.models import Resource, ResourceKind
from comeback.recognition.normalise import plate_key
from comeback.registers.models import Person, Plate, Site
from comeback.steps.s3_reception.card import owed
from comeback.steps.s5_quality.queries import checklist_of
from comeback.visits.models import Concern, RepairOrder

QUARTER = timedelta(minutes=15)
EXPERT_NEEDED = ("SAFETY", "NVH", "DRIVE", "ELEC_INT", "LAMP", "LEAK", "CLIMATE_MM", "BODY")
DRIVE_NEEDED = ("NVH", "DRIVE", "ELEC_INT", "LAMP", "LEAK", "CLIMATE_MM")


@dataclass(frozen=True, kw_only=True)
class Plot:
    """What a story is about. original: number of the earlier order; found, corrected: cause and remedy this time."""

    plate: str
    words: str
    nature: str
    found: str
    corrected: str
    cause: str = "D2"
    part: str = ""
    part_price: int = 0


@dataclass
class Story:
    """Who does what at this site, and the case as it grows."""

    site: Site
    plot: Plot
    people: dict[str, Person] = field(default_factory=dict)
    case: Case | None = None
    _count: int = 0

    def __post_init__(self) -> None:
        self.people = {person.username: person for person in Person.objects.filter(site=self.site)}

    def do(self, who: str, when: datetime, name: str, subject: Subject | None = None, /, **arguments: Any) -> Any:
        """One command by one person at one moment; gives what the action gave."""
        self._count += 1
        key = f"demo-{self.plot.plate}-{self._count}-{when.timestamp():.0f}"
        actor = Actor(self.people[who], self.site)
        outcome = perform(Command(name, subject or self.the_case, arguments), actor=actor, now=when, key=key)
        return outcome.results[0]

    @property
    def the_case(self) -> Case:
        assert self.case
        return Case.objects.select_related("site", "vehicle", "customer", "visit", "request").get(pk=self.case.pk)

    def call(self, at: datetime, arrives: datetime) -> None:
        """Step 1: the customer calls, the comeback is recognised, the reception is booked."""
        vehicle = Plate.objects.select_related("vehicle").get(key=plate_key(self.plot.plate)).vehicle
        order = RepairOrder.objects.filter(visit__vehicle=vehicle).order_by("-opened_at").first()
        owner = vehicle.ownerships.select_related("customer").latest("pk").customer
        actor = Actor(self.people["smirnova"], self.site)
        request = open_request(
            site=self.site,
            actor=actor,
            now=at,
            vehicle=vehicle,
            customer=owner,
            searched=self.plot.plate,
            odometer_km=order.odometer_km + 430 if order and order.odometer_km else None,
            claims_comeback=True,
        )
        self.do("smirnova", at, "1.2", request, text=self.plot.words, said_by=owner.name)
        self.do("smirnova", at, "1.2/nature", request, nature=self.plot.nature)
        self.case = self.do("smirnova", at, "1.1", request, reply="yes", original_order_id=order and order.pk)
        self.do("smirnova", at, "book", starts_at=arrives, resources=self._needed(), minutes=45)
        if self.plot.nature in EXPERT_NEEDED:
            self.do("smirnova", at, "1.3", expert_id=self.people["kuznetsov"].pk)
        if self.plot.nature in DRIVE_NEEDED:
            self.do("smirnova", at, "1.4")

    def _needed(self) -> list[int]:
        usernames = ["belov", "romanova", *(["kuznetsov"] if self.plot.nature in EXPERT_NEEDED else [])]
        persons = Resource.objects.filter(person__username__in=usernames).values_list("pk", flat=True)
        bay = Resource.objects.filter(site=self.site, kind=ResourceKind.BAY).order_by("name").first()
        return [*persons, *([bay.pk] if bay else [])]

    def inform(self, at: datetime) -> None:
        """2.1: the manager learns when the customer arrives."""
        self.do("smirnova", at, "2.1")

    def prepare(self, at: datetime) -> None:
        """Step 2: dossier, parts, order with the stamp."""
        self.inform(at)
        order = self.the_case.original_order
        self.do(
            "romanova",
            at + QUARTER,
            "2.2",
            findings="Прошлый раз проверяли не все узлы",
            hypothesis=self.plot.found,
            instruction="Проверить до разборки вместе с клиентом",
            original_read=order.pk if order else None,
        )
        self.do("belov", at + 2 * QUARTER, "2.3", unknown=True, reason="До диагностики части не определены")
        self.do("belov", at + 2 * QUARTER, "2.4")

    def receive(self, at: datetime, delivery: datetime) -> None:
        """Step 3: the customer is received with the manager, the card is filled, the time of hand-over is offered."""
        odometer = self.the_case.request.odometer_km
        self.do("belov", at, "3.1", place="Кабинет 2", at=at, manager_id=self.people["romanova"].pk, odometer=odometer)
        if self.plot.nature not in ("DOC",):
            answers = self._card()
            self.do("belov", at + QUARTER, "3.2", answers=answers, signed_by=self._customer())
        if self.plot.nature in DRIVE_NEEDED:
            self.do(
                "kuznetsov",
                at + 3 * QUARTER,
                "3.3",
                started=at + QUARTER,
                ended=at + 2 * QUARTER,
                symptom="yes",
                odometer_out=odometer,
                odometer_in=odometer + 6 if odometer else None,
                remarks="Воспроизводится на неровностях",
            )
        self.do(
            "smirnova",
            at + 3 * QUARTER,
            "3.4",
            starts_at=delivery,
            work_ends_at=delivery - timedelta(hours=3),
            how="signed",
            works=["Диагностика", "Устранение причины"],
        )
        self.do("smirnova", at + 3 * QUARTER, "3.5", manager_id=self.people["romanova"].pk)
        self.do("romanova", at + 4 * QUARTER, "confirm_presence")

    def _card(self) -> dict[str, list[str]]:
        """The card answered as far as it must be: the first answer that each question offers."""
        answers: dict[str, list[str]] = {"words": [self.plot.words], "danger": ["no"]}
        for question in owed(answers, self.plot.nature):
            answers.setdefault(question.code, [next(iter(question.options), "Около двух недель")])
        for question in owed(answers, self.plot.nature):
            answers.setdefault(question.code, [next(iter(question.options), "Около двух недель")])
        return answers

    def _customer(self) -> str:
        customer = self.the_case.customer
        return customer.name if customer else "Клиент"

    def assign(self, at: datetime) -> None:
        """4.1 and the first punch: the same mechanic."""
        self.do("sidorov", at, "4.1", mechanic_id=self.people["petrov"].pk)
        self.do("petrov", at + QUARTER, "punch_in")

    def report(self, at: datetime) -> None:
        """4.2 and 4.3: the expert controls the work and tells the manager."""
        self.do("kuznetsov", at, "4.2", text=f"{self.plot.found}. Согласовано: {self.plot.corrected.lower()}")
        self.do("kuznetsov", at, "4.3", status="found", text=f"{self.plot.found}, успеваем к обещанному времени")

    def read(self, at: datetime) -> None:
        """The people concerned open what was written to them."""
        for message in Message.objects.filter(case=self.case, read_at=None):
            mark_read(message, now=at)

    def finish(self, at: datetime) -> None:
        """The concerns are answered, the mechanic punches out."""
        for concern in Concern.objects.filter(order__visit=self.the_case.visit):
            self.do(
                "petrov",
                at,
                "answer_concern",
                concern_id=concern.pk,
                cause=self.plot.found,
                correction=self.plot.corrected,
                result="fixed",
            )
        self.do("petrov", at, "punch_out")

    def drive(self, at: datetime) -> None:
        """4.4: the expert drives the car after the work; for standing natures the static check."""
        odometer = self.the_case.request.odometer_km or 0
        static = self.plot.nature in ("BODY", "DOC")
        distance = {} if static else {"odometer_out": odometer + 6, "odometer_in": odometer + 12}
        self.do(
            "kuznetsov",
            at + 2 * QUARTER,
            "4.4",
            started=at,
            ended=at + QUARTER,
            symptom="no",
            static=static,
            **distance,
        )

    def check(self, at: datetime) -> None:
        """Step 5: quality check, hand-over confirmed, case registered, measure defined."""
        checklist = checklist_of(self.the_case)
        results = {item.id: "ok" for item in checklist.items.values()}
        values = {item.id: "92 Нм" for item in checklist.items.values() if item.value}
        self.do(
            "laptev", at, "5.1", edition=checklist.edition, results=results, values=values, verdict="pass", minutes=20
        )
        self.do("sidorov", at + QUARTER, "5.2", channel="phone", answer="agreed")
        entry = {"cause": self.plot.cause, "verdict": "same_cause", "owner_id": self.people["sidorov"].pk}
        self.do("sidorov", at + 2 * QUARTER, "5.3", escape="not_on_list", why="Проверяли один узел", **entry)
        day = at.astimezone(self.site.zoneinfo).date()
        self.do(
            "sidorov",
            at + 2 * QUARTER,
            "5.4",
            kind="process",
            text="Добавить втулки рычага в лист осмотра подвески",
            owner_id=self.people["sidorov"].pk,
            due=day + timedelta(days=14),
            criterion="За 90 дней ни одного возврата с той же причиной",
            check_on=day + timedelta(days=104),
        )

    def settle(self, at: datetime) -> None:
        """Step 6: the costs on their accounts, the policy decided."""
        if self.plot.part:
            self.do(
                "orlova",
                at,
                "6.1/add",
                kind="parts",
                description=self.plot.part,
                quantity=Decimal(1),
                unit=self.plot.part_price,
                account="warranty_part",
            )
        self.do("orlova", at + QUARTER, "6.1", accounts={}, labour_account="quality")
        shares = {"maker": Decimal(0), "dealer": Decimal(100), "supplier": Decimal(0), "customer": Decimal(0)}
        self.do("romanova", at + 2 * QUARTER, "6.2", version=0, basis="rule", reason="Качество наших работ", **shares)

    def hand_over(self, at: datetime) -> None:
        """Step 7: explained, cured, driven if wanted, list of works, keys."""
        concerns = list(Concern.objects.filter(order__visit=self.the_case.visit).values_list("pk", flat=True))
        name = self._customer()
        self.do("belov", at, "7.1", concern_ids=concerns, to_whom=name, old_parts_shown=True)
        self.do("belov", at, "7.2", answers=dict.fromkeys(concerns, "fixed"), said_by=name)
        if self.plot.nature not in ("BODY", "MAINT", "DOC"):
            self.do("belov", at, "7.3", answer="refused", reason="Проверит сам по дороге домой")
        self.do("belov", at, "7.4", to_whom=name)
        odometer = (self.the_case.request.odometer_km or 0) + 14
        self.do("belov", at + QUARTER, "hand_over", receiver="customer", signed=True, odometer_km=odometer)

    def contact(self, at: datetime) -> None:
        """Step 8: the manager calls; the customer is content."""
        answers = {"q1": "yes", "q2": "yes", "q3": "no", "q4": 9, "q5": "yes", "q6": "yes", "q8": 9}
        self.do("romanova", at, "8.1", at=at, channel="phone", answers=answers)

    def close(self, at: datetime) -> None:
        """The costs are posted, the case is closed."""
        self.do("orlova", at, "post_costs")
        self.do("romanova", at + QUARTER, "close")
