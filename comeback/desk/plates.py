"""Number plates as they stand on the car: Russian with its region apart, French and British with their spaces."""

from __future__ import annotations

import re
from typing import NamedTuple

LATIN_TO_CYRILLIC = str.maketrans("ABEKMHOPCTYX", "АВЕКМНОРСТУХ")
RUSSIAN = re.compile(r"([АВЕКМНОРСТУХ])(\d{3})([АВЕКМНОРСТУХ]{2})(\d{2,3})")
RUSSIAN_TAXI_OR_TRAILER = re.compile(r"([АВЕКМНОРСТУХ]{2})(\d{3,4})(\d{2,3})")
FRENCH = re.compile(r"([A-Z]{2})(\d{3})([A-Z]{2})")
BRITISH = re.compile(r"([A-Z]{2}\d{2})([A-Z]{3})")


class Plate(NamedTuple):
    """number: as on the plate, with its spaces; region: of a Russian plate; country: RU, FR, GB or empty."""

    number: str
    region: str
    country: str


def split_plate(text: str) -> Plate:
    """Read a plate written in any way (`а123вс77`, `A123BC 77`, `ab-123-cd`); an unknown form is shown as it came."""
    bare = re.sub(r"[\s\-_.]", "", text).upper()
    return _russian(bare.translate(LATIN_TO_CYRILLIC)) or _western(bare) or Plate(text.strip().upper(), "", "")


def _russian(bare: str) -> Plate | None:
    if match := RUSSIAN.fullmatch(bare):
        letter, digits, letters, region = match.groups()
        return Plate(f"{letter} {digits} {letters}", region, "RU")
    if match := RUSSIAN_TAXI_OR_TRAILER.fullmatch(bare):
        letters, digits, region = match.groups()
        return Plate(f"{letters} {digits}", region, "RU")
    return None


def _western(bare: str) -> Plate | None:
    if match := FRENCH.fullmatch(bare):
        return Plate("-".join(match.groups()), "", "FR")
    if match := BRITISH.fullmatch(bare):
        return Plate(" ".join(match.groups()), "", "GB")
    return None
