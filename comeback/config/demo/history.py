"""The demo's past: an exchange file of two years of visits, written for the day, and imported like anybody's."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from comeback.registers.models import Site, Vehicle
from comeback.visits.importing import import_visits

COLUMNS = (
    *("site", "order_no", "opened_at", "closed_at", "vin", "plate", "customer", "phone", "odometer_km", "mechanic"),
    *("complaint", "line_no", "kind", "code", "description", "quantity", "unit_price", "account"),
    *("cause", "correction", "result"),
)
MECHANIC = "Петров Андрей"


@dataclass(frozen=True)
class Car:
    """A car of the demo and whose it is; km driven a day."""

    plate: str
    vin: str
    owner: str
    phone: str
    model: str
    daily: int = 45


@dataclass(frozen=True)
class Job:
    """What a visit was about: words, what was found and done, and its lines (kind, code, text, quantity, price)."""

    words: str
    cause: str
    correction: str
    lines: tuple[tuple[str, str, str, str, str], ...]
    result: str = "fixed"


CARS = (
    Car("А123ВС77", "VF7UA5FS8EJ500123", "Иванова Мария Петровна", "+79000000101", "Citroën C4 Picasso", 75),
    Car("К702ОР197", "VF77J9HECDJ612077", "Ким Роман Валерьевич", "+79000000102", "Citroën Berlingo"),
    Car("М330ТУ77", "VF7SC9HR0CW541830", "Фёдоров Сергей Андреевич", "+79000000103", "Citroën C3"),
    Car("О909РС99", "VF7DDNFPBCJ553909", "ООО «Вектор»", "+79000000104", "Citroën Jumpy", 90),
    Car("Н214АМ77", "VF73A9HXKGJ502214", "Орехова Наталья Игоревна", "+79000000105", "Citroën C5 Aircross"),
    Car("Т418МК777", "VF7BF5GZKLJ604418", "Громов Лев Ильич", "+79000000106", "Citroën C5 Aircross"),
    Car("Е051НО50", "VF7SX5FS9FW560051", "Белкина Оксана Павловна", "+79000000107", "Citroën C3"),
    Car("В667КХ190", "VF7NC9HR8DY590667", "Тихонов Игорь Максимович", "+79000000108", "Citroën C4"),
    Car("С148ЕА77", "VF7YB3MFB12Z92148", "Давыдова Алла Юрьевна", "+79000000109", "Citroën C3", 60),
    Car("Х502ВВ750", "VF7LC5FWC8Y100502", "Соколов Пётр Егорович", "+79000000110", "Citroën C4"),
)
LINKS = Job(
    "Стук спереди справа на неровностях, на малой скорости",
    "Люфт стоек стабилизатора",
    "Заменены стойки стабилизатора, обе стороны",
    (("labour", "3310A", "Замена стоек стабилизатора, две стороны", "1.2", "3200.00"),
     ("part", "5087.64", "Стойка стабилизатора", "2", "1750.00")),
)  # fmt: skip
JOBS = (
    Job("Горит лампа ABS", "Обрыв провода датчика ABS, левое переднее колесо", "Заменён датчик ABS",
        (("labour", "4540B", "Замена датчика ABS переднего", "0.6", "3200.00"),
         ("part", "4545.K3", "Датчик ABS передний", "1", "4300.00"))),
    Job("Плохо греет печка", "Термостат не закрывается", "Заменён термостат",
        (("labour", "1250C", "Замена термостата", "1.4", "3200.00"), ("part", "1338.E8", "Термостат", "1", "3900.00"))),
    Job("Рывки при переключении со второй на третью", "Устаревшая программа АКП", "Обновлена программа АКП",
        (("labour", "2700P", "Обновление программы АКП", "0.8", "3200.00"),)),
    Job("Подтекает охлаждающая жидкость, запах под капотом", "Течь патрубка", "Заменён патрубок охлаждения",
        (("labour", "1230A", "Замена патрубка охлаждения", "1.1", "3200.00"),
         ("part", "1351.TP", "Патрубок радиатора", "1", "2600.00"))),
    Job("Скрип тормозов сзади", "Износ задних колодок", "Заменены задние колодки",
        (("labour", "4620A", "Замена задних тормозных колодок", "0.9", "3200.00"),
         ("part", "4254.67", "Колодки тормозные задние, комплект", "1", "5200.00"))),
    Job("Не закрывается стекло водителя", "Концевик стеклоподъёмника", "Заменён мотор стеклоподъёмника",
        (("labour", "8510A", "Замена мотора стеклоподъёмника", "0.7", "3200.00"),
         ("part", "9223.C1", "Мотор стеклоподъёмника левый", "1", "7800.00"))),
)  # fmt: skip
NAMES = ("Андреева Вера", "Борисов Олег", "Васильев Илья", "Гусева Анна", "Денисов Юрий", "Егорова Инна",
         "Жуков Артём", "Зайцева Дарья", "Ильин Максим", "Козлова Юлия",
         "Лебедев Денис", "Морозова Елена", "Никитин Павел")  # fmt: skip
MODELS = ("Citroën C3", "Citroën C4", "Citroën C4 Picasso", "Citroën C5 Aircross", "Citroën Berlingo", "Citroën Jumpy")
# of each car in turn: so many days ago, this job; it is with the same fault that the car comes back
FAULTS = (
    *((12, LINKS), (26, JOBS[0]), (17, JOBS[1]), (20, JOBS[2]), (21, JOBS[3])),
    *((12, JOBS[4]), (15, JOBS[5]), (18, JOBS[0]), (40, JOBS[1]), (60, JOBS[4])),
)
OTHERS = 72  # cars whose owners never had to come back
SERVICE = Job("ТО по регламенту", "", "Выполнено ТО",
    (("labour", "TO", "Регламентное техническое обслуживание", "1.5", "3200.00"),
     ("part", "1109.CK", "Фильтр масляный", "1", "900.00"),
     ("part", "OIL", "Масло моторное 5W-30, 4 л", "1", "4200.00")),
)  # fmt: skip
TYRES = Job("Сезонная смена шин", "", "Шины заменены", (("labour", "SHIN", "Сезонная смена шин", "1.0", "2400.00"),))


def import_the_past(site: Site, today: date, now: datetime) -> None:
    """Write the file for this day and import it. The first car was here twelve days ago with a knock."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "history.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(_rows(site, today))
        import_visits(path, site=site, now=now)
    for car in (*CARS, *_others()):  # the exchange file knows no models
        Vehicle.objects.filter(group=site.group, vin_key=car.vin).update(model=car.model)


def _rows(site: Site, today: date) -> Iterator[dict[str, str]]:
    visits = sorted(_visits(today), key=lambda visit: visit[0])
    for number, (day, car, job) in enumerate(visits, start=9000):
        for line_no, (kind, code, text, quantity, price) in enumerate(job.lines, start=1):
            yield {
                "site": site.code,
                "order_no": f"ЗН-{number}",
                "opened_at": f"{day} 09:{number % 60:02d}",
                "closed_at": f"{day} 17:{number % 60:02d}",
                "vin": car.vin,
                "plate": car.plate,
                "customer": car.owner,
                "phone": car.phone,
                "odometer_km": str(88_430 - (today - day).days * car.daily),
                "mechanic": MECHANIC,
                "complaint": job.words,
                "line_no": str(line_no),
                "kind": kind,
                "code": code,
                "description": text,
                "quantity": quantity,
                "unit_price": price,
                "account": "customer",
                "cause": job.cause,
                "correction": job.correction,
                "result": job.result,
            }


def _visits(today: date) -> Iterator[tuple[date, Car, Job]]:
    """A service each year, tyres, one fault; the first car its knock twelve days ago. Then the other cars."""
    chance = random.Random(2026)
    for car in _others():
        for _ in range(5):
            yield _before(today, chance.randrange(2, 150)), car, chance.choice((*JOBS, SERVICE, SERVICE, TYRES))
    for index, car in enumerate(CARS):
        for months in (20, 14, 8):
            yield _before(today, months * 30 + chance.randrange(25)), car, SERVICE if months != 14 else TYRES
        days, fault = FAULTS[index]
        yield _before(today, days), car, fault


def _others() -> Iterator[Car]:
    for number in range(OTHERS):
        plate = f"{'АВЕКМНОРСТУХ'[number % 12]}{number + 100}{'КМ' if number % 2 else 'ОТ'}77"
        owner = NAMES[number % len(NAMES)]
        yield Car(plate, f"VF7DEM{number:011d}", owner, f"+790000002{number:02d}", MODELS[number % len(MODELS)])


def _before(today: date, days: int) -> date:
    """So many days ago, moved off a Sunday."""
    day = today - timedelta(days=days)
    return day - timedelta(days=1) if day.weekday() == 6 else day
