"""Which car is it? A VIN is certain; a full plate or a phone that leads to one car will do; several are asked for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import OSA

from comeback.recognition.normalise import (
    is_vin,
    name_words,
    normalise_vin,
    phone_key,
    plate_key,
    plate_without_region,
)

Certainty = Literal["certain", "likely", "several", "none"]
_VIN_TAIL = 7
_VIN_SLIPS = 2
_PHONE_SLIPS = 2
_PLATE_PART = 3


@dataclass(frozen=True, slots=True)
class Marks:
    """What somebody says of a car and of himself; each may be empty."""

    vin: str = ""
    plate: str = ""
    phone: str = ""
    customer: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The cars that fit, as keys of the garage, and how sure it is. Anything but `certain` is shown to be confirmed."""

    certainty: Certainty
    cars: tuple[str, ...] = ()


class Garage:
    """Cars by their marks. Each car has a key: its VIN, or what else told it first."""

    def __init__(self) -> None:
        self._vin_of: dict[str, str] = {}
        self._plate_of: dict[str, str] = {}
        self._by_tail: dict[str, set[str]] = defaultdict(set)
        self._by_plate: dict[str, set[str]] = defaultdict(set)
        self._by_short_plate: dict[str, set[str]] = defaultdict(set)
        self._by_phone: dict[str, set[str]] = defaultdict(set)
        self._phones_by_name: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)

    def add(self, marks: Marks) -> str:
        """Make a car known under these marks, and return its key."""
        vin, plate, phone = normalise_vin(marks.vin), plate_key(marks.plate), phone_key(marks.phone)
        car = vin or self._known_by_plate(plate) or (f"plate {plate}" if plate else f"phone {phone}")
        if vin:
            self._vin_of[car] = vin
            self._by_tail[vin[-_VIN_TAIL:]].add(car)
        if plate:
            self._plate_of[car] = plate
            self._by_plate[plate].add(car)
            self._by_short_plate[plate_without_region(plate) or plate].add(car)
        if phone:
            self._by_phone[phone].add(car)
            for word in name_words(marks.customer):
                self._phones_by_name[marks.site, word].add((phone, car))
        return car

    def find(self, marks: Marks) -> Found:
        """The cars that a caller may mean."""
        vin, plate, phone = normalise_vin(marks.vin), plate_key(marks.plate), phone_key(marks.phone)
        if vin in self._vin_of:
            return Found("certain", (vin,))
        if is_vin(vin):
            return self._mistyped_vin(vin, plate, phone)
        if len(vin) >= _VIN_TAIL and (cars := self._by_tail.get(vin[-_VIN_TAIL:])):
            return _answer(cars)
        if plate:
            return _answer(self._by_plate_or_part(plate, phone))
        return _answer(self._by_phone.get(phone, ()) or self._by_phone_and_name(marks, phone))

    def _known_by_plate(self, plate: str) -> str:
        cars = self._by_plate.get(plate, set()) if plate else set()
        return next(iter(cars)) if len(cars) == 1 else ""

    def _mistyped_vin(self, vin: str, plate: str, phone: str) -> Found:
        """A whole VIN that nobody has: one with a slip in it, or the plate of a car whose VIN was never noted."""
        near = self._by_tail.get(vin[-_VIN_TAIL:], set()) | self._by_phone.get(phone, set())
        near |= self._by_plate.get(plate, set()) if plate else set()
        return _answer(
            car
            for car in near
            if (car not in self._vin_of and car in self._by_plate.get(plate, ()))
            or (car in self._vin_of and OSA.distance(vin, self._vin_of[car]) <= _VIN_SLIPS)
        )

    def _by_plate_or_part(self, plate: str, phone: str) -> Iterable[str]:
        """The plate itself; else what is short of it, or one slip away and backed by the phone."""
        if cars := self._by_plate.get(plate):
            return cars
        short = plate_without_region(plate) or plate
        owned = self._by_phone.get(phone, set())
        if short == plate and (cars := self._by_short_plate.get(plate)):
            return cars & owned or cars
        return [car for car in owned if car not in self._plate_of or _is_like(plate, self._plate_of[car])]

    def _by_phone_and_name(self, marks: Marks, phone: str) -> Iterable[str]:
        """A number with a slip in it, under the same name at the same site."""
        named = (self._phones_by_name.get((marks.site, word), set()) for word in name_words(marks.customer))
        return {car for pairs in named for known, car in pairs if phone and OSA.distance(phone, known) <= _PHONE_SLIPS}


def _is_like(said: str, plate: str) -> bool:
    """A plate with a slip in it, or a part of one that is long enough to tell."""
    return OSA.distance(said, plate) <= 1 or (len(said) >= _PLATE_PART and said in plate)


def _answer(cars: Iterable[str]) -> Found:
    found = tuple(sorted(set(cars)))
    if not found:
        return Found("none")
    return Found("likely" if len(found) == 1 else "several", found)
