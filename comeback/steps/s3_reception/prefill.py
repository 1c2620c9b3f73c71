"""What the call already knows of the fault card: words and guide answers of 1.2, so that nothing is typed twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from comeback.cases.models import Case, FaultCard, NatureChoice, Words

# guide question of 1.2 -> its answer -> answers of the card
FROM_GUIDE: Mapping[str, Mapping[str, Mapping[str, list[str]]]] = {
    "where": {
        "front_left": {"place": ["front_left"]},
        "front_right": {"place": ["front_right"]},
        "rear": {"place": ["rear_left", "rear_right"]},
        "cabin": {"place": ["cabin"]},
        "bonnet": {"place": ["bonnet"]},
    },
    "when": {
        "bump": {"manoeuvre": ["bump"]},
        "turn": {"manoeuvre": ["turn_left", "turn_right"]},
        "accelerate": {"manoeuvre": ["accelerate"]},
        "brake": {"manoeuvre": ["brake"]},
        "idle": {"manoeuvre": ["idle"]},
    },
    "speed": {code: {"speed": [code]} for code in ("to_20", "from_20", "from_40", "from_60", "any")},
    "engine": {code: {"engine": [code]} for code in ("cold", "warm", "any")},
    "often": {"always": {"frequency": ["always"]}, "sometimes": {"frequency": ["sometimes"]}},
    "since": {
        "right_after": {"first": ["after_repair"]},
        "later": {"first": ["later"]},
        "before": {"first": ["before"]},
    },
    "lamp": {
        code: {"symptom": ["lamp"], "lamp": [code]}
        for code in ("engine", "brakes", "airbag", "battery", "service", "other")
    },
    "fluid": {
        **{code: {"symptom": ["leak"]} for code in ("oil", "coolant", "fuel")},
        "smoke": {"symptom": ["smoke"]},
        "smell": {"symptom": ["smell"]},
    },
    "weather": {
        "rain": {"weather": ["wet"]},
        "frost": {"weather": ["frost"]},
        "heat": {"weather": ["heat"]},
    },
    "shows": {"caller": {"can_show": ["yes"]}, "other": {"can_show": ["yes"]}, "nobody": {"can_show": ["no"]}},
}


def latest_card(case: Case) -> FaultCard | None:
    """The latest version of part 1, signed or not."""
    return FaultCard.objects.filter(case=case, part=1).order_by("-version").first()


def nature_of(case: Case) -> str:
    """The nature that counts; empty while none is chosen."""
    chosen = NatureChoice.objects.filter(request=case.request_id).order_by("-pk").first()
    return chosen.nature if chosen else ""


def is_dangerous(case: Case) -> bool:
    """Words of danger were heard, in the call or at the desk."""
    return NatureChoice.objects.filter(request=case.request_id, danger=True).exists()


def known_answers(case: Case) -> dict[str, list[str]]:
    """Answers to start from: those of the latest version, else what the call gave."""
    card = latest_card(case)
    if card:
        return dict(card.answers)
    return from_call(Words.objects.filter(request=case.request_id).order_by("pk"))


def from_call(entries: Iterable[Words]) -> dict[str, list[str]]:
    """Words of all calls, and their guide answers in the card's codes; a later call wins."""
    found: dict[str, list[str]] = {}
    texts: list[str] = []
    for entry in entries:
        texts.append(entry.text.strip())
        for question, answer in entry.answers.items():
            found |= FROM_GUIDE.get(question, {}).get(answer, {}) if isinstance(answer, str) else {}
    return {"words": ["\n".join(texts)], **found} if texts else found
