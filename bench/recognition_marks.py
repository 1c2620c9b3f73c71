"""Invented cars and callers for the labelled bookings, made from the booking's number: the same on every machine."""

import hashlib
from dataclasses import dataclass

LANGUAGES = {"R": "ru", "E": "en", "F": "fr"}

_SITES = {"ru": ("msk-yug", "msk-sever"), "en": ("leeds", "hull"), "fr": ("lyon-3", "bron")}
_NAMES = {
    "ru": ("Соколова Инна", "Греков Артём", "Чижов Лев", "Мельник Оксана", "Рыжов Степан", "Юдина Вера"),
    "en": ("Holly Marsden", "Greg Thwaite", "Priya Nair", "Owen Bassett", "Fay Lockwood", "Neil Cragg"),
    "fr": ("Maud Verdier", "Karim Besson", "Lise Fontanel", "Hugo Mercadal", "Inès Roussey", "Paul Granger"),
}
_LETTERS = {"ru": "АВЕКМНОРСТУХ", "en": "ABCDEFGHJKLMNPRSTUVWXY", "fr": "ABCDEFGHJKLMNPQRSTVWXYZ"}
_VIN_SIGNS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
_TO_LATIN = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")


@dataclass(frozen=True)
class Car:
    """A car with its keeper."""

    site: str
    vin: str
    plate: str
    customer: str
    phone: str
    odometer_km: int

    def columns(self) -> dict[str, object]:
        """As the columns of the exchange files."""
        return {"vin": self.vin, "plate": self.plate, "customer": self.customer, "phone": self.phone}


def car_of(booking_no: str) -> Car:
    """The car of a booking as the history knows it."""
    language, dice = LANGUAGES[booking_no[0]], _dice(booking_no)
    return Car(
        site=_SITES[language][dice[0] % 2],
        vin="VF7" + "".join(_VIN_SIGNS[one % len(_VIN_SIGNS)] for one in dice[1:9]) + f"{dice[9] * 3911 % 10**6:06}",
        plate=_plate(language, dice[10:]),
        customer=_NAMES[language][dice[20] % len(_NAMES[language])],
        phone=_phone(language, int(booking_no[1:])),
        odometer_km=60_000 + dice[21] * 613,
    )


def asked_by(booking_no: str, said: dict[str, str]) -> dict[str, object]:
    """What the caller gives: by the options of the booking, else some of his marks as people give them."""
    car, dice = car_of(booking_no), _dice(booking_no)
    given = {**car.columns(), "site": car.site, "odometer_km": car.odometer_km, "customer": car.customer.split()[0]}
    if said.get("km") == "?" or (not said and dice[22] % 4 == 0):
        given["odometer_km"] = ""
    if said.get("by") == "spouse":
        return given | {"vin": "", "customer": "Alex", "phone": _phone(LANGUAGES[booking_no[0]], 900)}
    if said.get("by") == "new_owner":
        return given | {"plate": "", "customer": "Robin", "phone": _phone(LANGUAGES[booking_no[0]], 901)}
    if "plate" in said:
        return given | {"vin": "", "plate": _PLATES[said["plate"]](car.plate)}
    if said.get("vin") == "tail":
        return given | {"vin": car.vin[-7:], "plate": "", "phone": ""}
    return given | _usual_marks(car, dice[23])


def _usual_marks(car: Car, die: int) -> dict[str, object]:
    whole: tuple[dict[str, object], ...] = (
        {},
        {"vin": "", "phone": ""},
        {"vin": "", "plate": ""},
        {"vin": car.vin.lower(), "plate": ""},
        {"vin": "", "plate": _lookalike(car.plate).replace("-", " ").lower()},
    )
    return whole[die % len(whole)]


def _plate(language: str, dice: bytes) -> str:
    letters = [_LETTERS[language][one % len(_LETTERS[language])] for one in dice]
    if language == "ru":
        return f"{letters[0]}{dice[1] * 3 % 1000:03}{letters[2]}{letters[3]}{(77, 178, 799)[dice[4] % 3]}"
    if language == "en":
        return f"{letters[0]}{letters[1]}{60 + dice[2] % 14} {''.join(letters[3:6])}"
    return f"{letters[0]}{letters[1]}-{dice[2] * 3 % 1000:03}-{letters[3]}{letters[4]}"


def _phone(language: str, number: int) -> str:
    """Numbers of fiction: +7 900 000, 07700 900, 06 39 98."""
    if language == "ru":
        return f"+7 900 000-{number // 100:02}-{number % 100:02}"
    if language == "en":
        return f"07700 900{number % 1000:03}"
    return f"06 39 98 {number // 100:02} {number % 100:02}"


def _lookalike(plate: str) -> str:
    return plate.translate(_TO_LATIN)


def _short(plate: str) -> str:
    """What is said of a plate when not all of it is: without the region, or without the last letters."""
    return plate[:6] if plate[-1].isdigit() else plate[:-3].rstrip(" -")


def _slip(plate: str) -> str:
    """The first two signs of the number change places, or one is mistyped where they are alike."""
    return plate[0] + plate[2] + plate[1] + plate[3:] if plate[1] != plate[2] else plate[0] + "8" + plate[2:]


_PLATES = {"lookalike": _lookalike, "short": _short, "slip": _slip}


def _dice(booking_no: str) -> bytes:
    return hashlib.sha256(f"car of {booking_no}".encode()).digest()
