"""The phone guide: what to ask for each nature of request, one tap an answer. Method 1.2.

Everything is optional, and "don't know" is a complete answer. Codes are kept with the words (`Words.answers`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

EDITION = "1"
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Question:
    """One question and what is mostly answered to it, by code."""

    code: str
    text: str | Promise
    options: Mapping[str, str | Promise]


_DONT_KNOW = pgettext_lazy("phone guide", "Don't know")


def _question(code: str, text: Promise, **options: Promise) -> Question:
    return Question(code, text, {**options, UNKNOWN: _DONT_KNOW})


QUESTIONS = {
    question.code: question
    for question in (
        _question(
            "where",
            pgettext_lazy("phone guide", "Where?"),
            front_left=pgettext_lazy("phone guide", "Front left"),
            front_right=pgettext_lazy("phone guide", "Front right"),
            rear=pgettext_lazy("phone guide", "Rear"),
            cabin=pgettext_lazy("phone guide", "Cabin"),
            bonnet=pgettext_lazy("phone guide", "Under the bonnet"),
        ),
        _question(
            "when",
            pgettext_lazy("phone guide", "When?"),
            bump=pgettext_lazy("phone guide", "Bump"),
            turn=pgettext_lazy("phone guide", "Turning"),
            accelerate=pgettext_lazy("phone guide", "Accelerating"),
            brake=pgettext_lazy("phone guide", "Braking"),
            idle=pgettext_lazy("phone guide", "Standing"),
        ),
        _question(
            "speed",
            pgettext_lazy("phone guide", "Speed?"),
            to_20=pgettext_lazy("phone guide", "to 20"),
            from_20=pgettext_lazy("phone guide", "20–40"),
            from_40=pgettext_lazy("phone guide", "40–60"),
            from_60=pgettext_lazy("phone guide", "60+"),
            any=pgettext_lazy("phone guide", "Any"),
        ),
        _question(
            "engine",
            pgettext_lazy("phone guide", "Engine?"),
            cold=pgettext_lazy("phone guide", "Cold"),
            warm=pgettext_lazy("phone guide", "Warm"),
            any=pgettext_lazy("phone guide", "No matter"),
        ),
        _question(
            "often",
            pgettext_lazy("phone guide", "How often?"),
            always=pgettext_lazy("phone guide", "Always"),
            sometimes=pgettext_lazy("phone guide", "Now and then"),
            once=pgettext_lazy("phone guide", "It was once"),
        ),
        _question(
            "since",
            pgettext_lazy("phone guide", "Since when?"),
            right_after=pgettext_lazy("phone guide", "Right after the repair"),
            later=pgettext_lazy("phone guide", "Later"),
            before=pgettext_lazy("phone guide", "Before it already"),
        ),
        _question(
            "shows",
            pgettext_lazy("phone guide", "Who shows it?"),
            caller=pgettext_lazy("phone guide", "Who calls"),
            other=pgettext_lazy("phone guide", "Another driver"),
            nobody=pgettext_lazy("phone guide", "Nobody"),
        ),
        _question(
            "drivable",
            pgettext_lazy("phone guide", "Does it go?"),
            yes=pgettext_lazy("phone guide", "Goes"),
            no=pgettext_lazy("phone guide", "Does not go"),
        ),
        _question(
            "lamp",
            pgettext_lazy("phone guide", "Which lamp?"),
            engine=pgettext_lazy("phone guide", "Engine"),
            brakes=pgettext_lazy("phone guide", "Brakes, ABS"),
            airbag=pgettext_lazy("phone guide", "Airbag"),
            battery=pgettext_lazy("phone guide", "Battery"),
            service=pgettext_lazy("phone guide", "Service"),
            other=pgettext_lazy("phone guide", "Another"),
        ),
        _question(
            "colour",
            pgettext_lazy("phone guide", "Colour?"),
            red=pgettext_lazy("phone guide", "Red"),
            yellow=pgettext_lazy("phone guide", "Yellow"),
            blinks=pgettext_lazy("phone guide", "Blinks"),
        ),
        _question(
            "fluid",
            pgettext_lazy("phone guide", "What comes out?"),
            oil=pgettext_lazy("phone guide", "Oil"),
            coolant=pgettext_lazy("phone guide", "Coolant"),
            fuel=pgettext_lazy("phone guide", "Fuel"),
            smoke=pgettext_lazy("phone guide", "Smoke"),
            smell=pgettext_lazy("phone guide", "Only a smell"),
        ),
        _question(
            "weather",
            pgettext_lazy("phone guide", "Weather?"),
            rain=pgettext_lazy("phone guide", "Rain, after washing"),
            frost=pgettext_lazy("phone guide", "Frost"),
            heat=pgettext_lazy("phone guide", "Heat"),
            any=pgettext_lazy("phone guide", "No matter"),
        ),
        _question(
            "missed",
            pgettext_lazy("phone guide", "What is wrong?"),
            forgotten=pgettext_lazy("phone guide", "Forgotten"),
            dirt=pgettext_lazy("phone guide", "Dirty"),
            lamp=pgettext_lazy("phone guide", "Service lamp"),
            settings=pgettext_lazy("phone guide", "Settings lost"),
            damage=pgettext_lazy("phone guide", "Damaged"),
        ),
        _question(
            "paper",
            pgettext_lazy("phone guide", "Which document?"),
            invoice=pgettext_lazy("phone guide", "Invoice, sum"),
            order=pgettext_lazy("phone guide", "Repair order"),
            book=pgettext_lazy("phone guide", "Service record"),
            promise=pgettext_lazy("phone guide", "A promise"),
        ),
    )
}

OF_NATURE: Mapping[str, tuple[str, ...]] = {
    "SAFETY": ("drivable", "when", "lamp", "often", "since"),
    "NVH": ("where", "when", "speed", "engine", "since", "shows"),
    "DRIVE": ("when", "speed", "engine", "often", "since", "shows", "drivable"),
    "ELEC_INT": ("often", "weather", "engine", "since", "shows", "drivable"),
    "LAMP": ("lamp", "colour", "often", "since", "drivable"),
    "LEAK": ("fluid", "where", "engine", "since", "drivable"),
    "CLIMATE_MM": ("often", "weather", "engine", "since", "shows"),
    "BODY": ("where", "weather", "since", "shows"),
    "MAINT": ("missed", "since", "drivable"),
    "DOC": ("paper",),
}
NATURES: Mapping[str, Promise] = {  # short names, for one tap; the sheet has the full ones
    "SAFETY": pgettext_lazy("nature", "Safety"),
    "NVH": pgettext_lazy("nature", "Noise, vibration"),
    "DRIVE": pgettext_lazy("nature", "Driving, gearbox"),
    "ELEC_INT": pgettext_lazy("nature", "Electrics"),
    "LAMP": pgettext_lazy("nature", "Lamp, code"),
    "LEAK": pgettext_lazy("nature", "Leak, smell"),
    "CLIMATE_MM": pgettext_lazy("nature", "Climate, media"),
    "BODY": pgettext_lazy("nature", "Body"),
    "MAINT": pgettext_lazy("nature", "Maintenance"),
    "DOC": pgettext_lazy("nature", "Documents"),
}
TOW = ("tow", "courtesy_car")  # offered when the car is not to be driven; kept among the answers


def questions_for(nature: str) -> list[Question]:
    """What to ask for a nature; nothing while it is not known."""
    return [QUESTIONS[code] for code in OF_NATURE.get(nature, ())]
