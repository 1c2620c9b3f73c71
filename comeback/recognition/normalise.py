"""One spelling for what identifies a car or a person, whoever typed it and on which keyboard."""

import re
import unicodedata
from functools import lru_cache

VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
PHONE_KEY_DIGITS = 9

_LOOKALIKES = str.maketrans("АВЕКМНОРСТУХІ", "ABEKMHOPCTYXI")
_VIN_LETTERS = str.maketrans("OQI", "001")
_PLATE_DIGITS = str.maketrans("OI", "01")
_RUSSIAN_PLATE = re.compile(r"[A-Z0][0-9]{3}[A-Z0]{2}(?:[0-9]{2,3})?")
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_LEGAL = "ооо оао зао пао ао ип ltd llc plc limited sarl sas sa eurl mr mrs ms mme m mlle"
_LEGAL_FORMS = frozenset(_LEGAL.split())


def normalise_vin(text: str) -> str:
    """A VIN in capitals and Latin letters; O, Q and I, which no VIN holds, are read as digits. May be incomplete."""
    return _capitals(text).translate(_VIN_LETTERS)


def is_vin(vin: str) -> bool:
    """Whether a normalised VIN is complete. The check digit is a North American rule and is not asked for."""
    return VIN.fullmatch(vin) is not None


def normalise_plate(text: str) -> str:
    """A plate in capitals without blanks and dashes, its Cyrillic look-alikes in Latin letters."""
    return _capitals(text)


def plate_key(text: str) -> str:
    """What two spellings of one plate share: as `normalise_plate`, and the letter O is the digit 0, I is 1."""
    return normalise_plate(text).translate(_PLATE_DIGITS)


def plate_without_region(key: str) -> str:
    """The six signs that callers say of a Russian plate, or an empty string for other plates."""
    return key[:6] if _RUSSIAN_PLATE.fullmatch(key) else ""


def normalise_phone(text: str, region: str) -> str | None:
    """A phone number as E.164; `region` (RU, FR, GB) is where a number without a country is at home.

    None when it cannot be a phone number.
    """
    return _e164(text.strip(), region.upper())


def phone_key(text: str) -> str:
    """What all spellings of one number share, with or without country or trunk prefix: its last nine digits."""
    return re.sub(r"\D", "", text)[-PHONE_KEY_DIGITS:]


def normalise_name(text: str) -> str:
    """A name for comparing: no case, no accents, ё as е, blanks single, word order kept."""
    return " ".join(name_words(text))


def name_words(text: str) -> tuple[str, ...]:
    """The words of a name that tell people apart: no initials, no legal forms."""
    words = _NOT_ALPHANUMERIC.split(fold(text))
    return tuple(word for word in words if len(word) > 1 and word not in _LEGAL_FORMS)


def fold(text: str) -> str:
    """Casefolded text, ё as е, accents taken off Latin letters only (й stays й)."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_FOLDED)


def _capitals(text: str) -> str:
    return _NOT_ALPHANUMERIC.sub("", unicodedata.normalize("NFKC", text).upper()).translate(_LOOKALIKES)


@lru_cache(maxsize=4096)
def _e164(text: str, region: str) -> str | None:
    import phonenumbers  # slow to load, and detection does without it

    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class _Folding(dict[int, str]):
    """Letters without their accents, each worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0]
        self[code] = base if "a" <= base <= "z" else letter
        return self[code]


_FOLDED = _Folding({ord("ё"): "е", ord("œ"): "oe", ord("æ"): "ae", ord("’"): "'"})
