"""Reasons and questions as sentences in the reader's language."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from comeback.recognition import lexicon as words_of_the_trade
from comeback.recognition.lexicon import Term
from comeback.recognition.verdict import Reason, Recognition

_SAME = {
    "ru": {"m": "тот же", "f": "та же", "n": "то же", "pl": "те же"},
    "en": {"": "the same"},
    "fr": {"m": "le même", "f": "la même", "mpl": "les mêmes", "fpl": "les mêmes", "pl": "les mêmes"},
}
_DAYS = {"ru": ("день", "дня", "дней"), "en": ("day", "days"), "fr": ("jour", "jours")}
_KILOMETRES = {"ru": "км", "en": "km", "fr": "km"}
_SINCE = {
    "ru": ("{distance} после {order}{work}", "в день выдачи по {order}{work}", " и "),
    "en": ("{distance} after {order}{work}", "on the day of {order}{work}", " and "),
    "fr": ("{distance} après {order}{work}", "le jour de {order}{work}", " et "),
}
_ORDER = {"ru": "ЗН-{}", "en": "RO {}", "fr": "OR {}"}
_FOLDED_INTO_THE_MATCH = frozenset({"days", "km"})


def sentence(reason: Reason, language: str) -> str:
    """One reason or question in `ru`, `en` or `fr`."""
    return _templates()[reason.code][language].format_map(_words(reason, language)).strip()


def sentences(recognition: Recognition, language: str) -> list[str]:
    """All reasons, the strongest match first; days and kilometres are part of its sentence."""
    matched = any("work" in reason.params and "shared" in reason.params for reason in recognition.reasons)
    reasons = [one for one in recognition.reasons if not (matched and one.code in _FOLDED_INTO_THE_MATCH)]
    return [sentence(reason, language) for reason in reasons]


@cache
def _templates() -> Mapping[str, Mapping[str, str]]:
    text = files(__package__).joinpath("reasons.yaml").read_text(encoding="utf-8")
    content: dict[str, dict[str, str]] = yaml.safe_load(text)
    return content


def _words(reason: Reason, language: str) -> dict[str, str]:
    params = reason.params
    shared = str(params.get("shared", ""))
    name, gender = _name(shared, language)
    same = _SAME[language]
    return {
        **{key: str(value) for key, value in params.items()},
        "symptom": name,
        "part": name,
        "system": name,
        "same": same.get(gender) or next(iter(same.values())),
        "place": _place(str(params.get("place", "")), language),
        "days": _days(int(str(params["days"])), language) if "days" in params else "",
        "km": _kilometres(int(str(params["km"])), language) if "km" in params else "",
        "order": _order(str(params.get("order_no", "")), language),
        "since": _since(reason, language) if "order_no" in params and "days" in params else "",
    }


def _name(code: str, language: str) -> tuple[str, str]:
    term = _term(code)
    return (term.names[language], term.genders[language]) if term else (code, "")


def _term(code: str) -> Term | None:
    terms = words_of_the_trade.load().terms
    return next((terms[section][code] for section in ("symptoms", "parts", "systems") if code in terms[section]), None)


def _place(code: str, language: str) -> str:
    return f" {words_of_the_trade.load().terms['places'][code].names[language]}" if code else ""


def _since(reason: Reason, language: str) -> str:
    later, same_day, joint = _SINCE[language]
    days, km = int(str(reason.params["days"])), reason.params.get("km")
    distance = [_days(days, language)] if days else []
    distance += [_kilometres(int(str(km)), language)] if km is not None else []
    work = f" ({reason.params['work']})" if reason.params.get("work") else ""
    order = _order(str(reason.params["order_no"]), language)
    return (later if days else same_day).format(distance=joint.join(distance), order=order, work=work)


def _order(number: str, language: str) -> str:
    """The number as the workshop writes it; bare figures get the word of the language in front."""
    return _ORDER[language].format(number) if number.isdigit() else number


def _kilometres(count: int, language: str) -> str:
    return f"{count:,}".replace(",", "\u00a0") + f" {_KILOMETRES[language]}"


def _days(count: int, language: str) -> str:
    forms = _DAYS[language]
    if language != "ru":
        return f"{count} {forms[0] if count == 1 else forms[1]}"
    if count % 10 == 1 and count % 100 != 11:
        return f"{count} {forms[0]}"
    few = 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14
    return f"{count} {forms[1] if few else forms[2]}"
