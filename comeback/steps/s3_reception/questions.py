"""The questions of the fault card, part 1: what is asked, and what is mostly answered. Method 3.2.

Codes are stored, labels translated. "Don't know" is a complete answer to every question. Decision 12.
"""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from comeback.steps.s3_reception.asking import ALL, CAR, FAULT, FELT, MOVING, OR_UNKNOWN, Question, many, one, text

WORDS = text("words", pgettext_lazy("fault card", "The customer's words"), ALL, must=ALL)
SYMPTOM = many(
    "symptom",
    pgettext_lazy("fault card", "Symptom"),
    CAR,
    {
        "noise": pgettext_lazy("fault card", "Noise"),
        "vibration": pgettext_lazy("fault card", "Vibration"),
        "jerks": pgettext_lazy("fault card", "Jerks"),
        "pulls": pgettext_lazy("fault card", "Pulls aside"),
        "brakes": pgettext_lazy("fault card", "Brakes"),
        "lamp": pgettext_lazy("fault card", "Warning lamp"),
        "leak": pgettext_lazy("fault card", "Leak"),
        "smell": pgettext_lazy("fault card", "Smell"),
        "smoke": pgettext_lazy("fault card", "Smoke"),
        "power_loss": pgettext_lazy("fault card", "No power"),
        "no_start": pgettext_lazy("fault card", "Does not start"),
        "stalls": pgettext_lazy("fault card", "Stalls"),
        "not_working": pgettext_lazy("fault card", "Does not work"),
        "electrics": pgettext_lazy("fault card", "Electrics"),
        "climate": pgettext_lazy("fault card", "Climate"),
        "multimedia": pgettext_lazy("fault card", "Multimedia"),
        "body": pgettext_lazy("fault card", "Body, paint"),
        "other": pgettext_lazy("fault card", "Other"),
    },
    must=CAR,
)
NOISE = many(
    "noise",
    pgettext_lazy("fault card", "What noise"),
    CAR,
    {
        "squeak": pgettext_lazy("fault card", "Squeak"),
        "knock": pgettext_lazy("fault card", "Knock"),
        "click": pgettext_lazy("fault card", "Click"),
        "hum": pgettext_lazy("fault card", "Hum"),
        "whistle": pgettext_lazy("fault card", "Whistle"),
        "rattle": pgettext_lazy("fault card", "Rattle"),
        "crackle": pgettext_lazy("fault card", "Crackle"),
        "howl": pgettext_lazy("fault card", "Howl"),
        "hiss": pgettext_lazy("fault card", "Hiss"),
        "grinding": pgettext_lazy("fault card", "Grinding"),
        **OR_UNKNOWN,
    },
    must=FELT,
    given="noise",
)
VIBRATION = many(
    "vibration",
    pgettext_lazy("fault card", "Where it vibrates"),
    CAR,
    {
        "wheel": pgettext_lazy("fault card", "Steering wheel"),
        "pedal": pgettext_lazy("fault card", "Pedal"),
        "floor": pgettext_lazy("fault card", "Floor"),
        "seat": pgettext_lazy("fault card", "Seat"),
        **OR_UNKNOWN,
    },
    given="vibration",
)
LAMP = many(
    "lamp",
    pgettext_lazy("fault card", "Which lamp"),
    CAR,
    {
        "engine": pgettext_lazy("fault card", "Engine"),
        "brakes": pgettext_lazy("fault card", "Brakes, ABS"),
        "airbag": pgettext_lazy("fault card", "Airbag"),
        "battery": pgettext_lazy("fault card", "Battery"),
        "oil": pgettext_lazy("fault card", "Oil"),
        "temperature": pgettext_lazy("fault card", "Temperature"),
        "service": pgettext_lazy("fault card", "Service"),
        "other": pgettext_lazy("fault card", "Other"),
        **OR_UNKNOWN,
    },
    must=frozenset({"LAMP"}),
    given="lamp",
)
FREQUENCY = one(
    "frequency",
    pgettext_lazy("fault card", "How often"),
    CAR,
    {
        "always": pgettext_lazy("fault card", "Always"),
        "on_condition": pgettext_lazy("fault card", "Under conditions"),
        "sometimes": pgettext_lazy("fault card", "Now and then"),
    },
    must=FAULT,
)
GROWS = one(
    "grows",
    pgettext_lazy("fault card", "Does it grow?"),
    FAULT,
    {"yes": pgettext_lazy("fault card", "Yes"), "no": pgettext_lazy("fault card", "No")},
)
PLACE = many(
    "place",
    pgettext_lazy("fault card", "Where on the car"),
    CAR,
    {
        "front_left": pgettext_lazy("fault card", "Front left"),
        "front_right": pgettext_lazy("fault card", "Front right"),
        "cabin": pgettext_lazy("fault card", "Cabin"),
        "rear_left": pgettext_lazy("fault card", "Rear left"),
        "rear_right": pgettext_lazy("fault card", "Rear right"),
        "bonnet": pgettext_lazy("fault card", "Under the bonnet"),
        "underbody": pgettext_lazy("fault card", "Underbody"),
        **OR_UNKNOWN,
    },
)
SPEED = many(
    "speed",
    pgettext_lazy("fault card", "Speed, km/h"),
    MOVING,
    {
        "standing": pgettext_lazy("fault card", "Standing"),
        "to_20": pgettext_lazy("fault card", "to 20"),
        "from_20": pgettext_lazy("fault card", "20–40"),
        "from_40": pgettext_lazy("fault card", "40–60"),
        "from_60": pgettext_lazy("fault card", "60–90"),
        "from_90": pgettext_lazy("fault card", "over 90"),
        "any": pgettext_lazy("fault card", "Any"),
        **OR_UNKNOWN,
    },
    must=FELT,
)
MANOEUVRE = many(
    "manoeuvre",
    pgettext_lazy("fault card", "Manoeuvre"),
    MOVING,
    {
        "bump": pgettext_lazy("fault card", "Bump"),
        "pull_away": pgettext_lazy("fault card", "Pulling away"),
        "accelerate": pgettext_lazy("fault card", "Accelerating"),
        "brake": pgettext_lazy("fault card", "Braking"),
        "turn_left": pgettext_lazy("fault card", "Turn left"),
        "turn_right": pgettext_lazy("fault card", "Turn right"),
        "steady": pgettext_lazy("fault card", "Steady speed"),
        "lift_off": pgettext_lazy("fault card", "Lifting off"),
        "start": pgettext_lazy("fault card", "Starting the engine"),
        "idle": pgettext_lazy("fault card", "Idling"),
        "wheel_standing": pgettext_lazy("fault card", "Steering at rest"),
        "uphill": pgettext_lazy("fault card", "Uphill"),
        "downhill": pgettext_lazy("fault card", "Downhill"),
        "reverse": pgettext_lazy("fault card", "Reverse"),
        "parking": pgettext_lazy("fault card", "Parking"),
        "closing": pgettext_lazy("fault card", "Closing a door"),
        **OR_UNKNOWN,
    },
    must=FELT,
)
ENGINE = one(
    "engine",
    pgettext_lazy("fault card", "Engine, battery"),
    FAULT,
    {
        "cold": pgettext_lazy("fault card", "Cold"),
        "stood_night": pgettext_lazy("fault card", "After a night"),
        "warm": pgettext_lazy("fault card", "Warm"),
        "any": pgettext_lazy("fault card", "No matter"),
    },
)
AFTER_DRIVE = one(
    "after_drive",
    pgettext_lazy("fault card", "After how long a drive"),
    FAULT,
    {
        "at_once": pgettext_lazy("fault card", "At once"),
        "after_10": pgettext_lazy("fault card", "After 10 minutes"),
        "after_30": pgettext_lazy("fault card", "After half an hour"),
        "any": pgettext_lazy("fault card", "No matter"),
    },
    more=True,
)
WEATHER = many(
    "weather",
    pgettext_lazy("fault card", "Road and weather"),
    CAR,
    {
        "dry": pgettext_lazy("fault card", "Dry"),
        "wet": pgettext_lazy("fault card", "Wet"),
        "frost": pgettext_lazy("fault card", "Frost"),
        "heat": pgettext_lazy("fault card", "Heat"),
        "ice": pgettext_lazy("fault card", "Ice, snow"),
        "wash": pgettext_lazy("fault card", "After washing"),
        "gravel": pgettext_lazy("fault card", "Gravel"),
        "town": pgettext_lazy("fault card", "Town"),
        "motorway": pgettext_lazy("fault card", "Motorway"),
        "hills": pgettext_lazy("fault card", "Hills"),
    },
)
FIRST = one(
    "first",
    pgettext_lazy("fault card", "First time"),
    CAR,
    {
        "after_repair": pgettext_lazy("fault card", "Right after the repair"),
        "later": pgettext_lazy("fault card", "Later"),
        "before": pgettext_lazy("fault card", "It was there before"),
    },
    must=CAR,
)
REVS = one(
    "revs",
    pgettext_lazy("fault card", "Engine speed"),
    MOVING,
    {
        "idle": pgettext_lazy("fault card", "Idle"),
        "low": pgettext_lazy("fault card", "Low"),
        "middle": pgettext_lazy("fault card", "Middle"),
        "high": pgettext_lazy("fault card", "High"),
        "any": pgettext_lazy("fault card", "No matter"),
    },
    more=True,
)
GEAR = many(
    "gear",
    pgettext_lazy("fault card", "Gear, mode"),
    MOVING,
    {code: code for code in ("P", "R", "N", "D", "M", "ECO", "SPORT")},
    more=True,
)
LOAD = many(
    "load",
    pgettext_lazy("fault card", "Load"),
    FAULT,
    {
        "passengers": pgettext_lazy("fault card", "Passengers"),
        "cargo": pgettext_lazy("fault card", "Cargo"),
        "trailer": pgettext_lazy("fault card", "Trailer"),
    },
    more=True,
)
CONSUMERS = many(
    "consumers",
    pgettext_lazy("fault card", "Switched on"),
    FAULT,
    {
        "climate": pgettext_lazy("fault card", "Climate"),
        "lights": pgettext_lazy("fault card", "Lights"),
        "heating": pgettext_lazy("fault card", "Heating"),
        "charging": pgettext_lazy("fault card", "Phone charging"),
    },
    more=True,
)
BEFORE = many(
    "before",
    pgettext_lazy("fault card", "What happened before"),
    CAR,
    {
        "refuel": pgettext_lazy("fault card", "Refuelling"),
        "accident": pgettext_lazy("fault card", "Accident, impact"),
        "jump_start": pgettext_lazy("fault card", "Jump start"),
        "retrofit": pgettext_lazy("fault card", "Retrofitted equipment"),
        "other_workshop": pgettext_lazy("fault card", "Another workshop"),
        "tyres": pgettext_lazy("fault card", "Tyres changed"),
    },
    more=True,
)
CAN_SHOW = one(
    "can_show",
    pgettext_lazy("fault card", "Can the customer show it?"),
    FAULT,
    {"yes": pgettext_lazy("fault card", "Yes"), "no": pgettext_lazy("fault card", "No")},
    more=True,
)
HELPED = text("helped", pgettext_lazy("fault card", "What the driver did, what helped"), CAR, more=True)
EXPECTATION = text("expectation", pgettext_lazy("fault card", "What the customer expects"), ALL, more=True)
DANGER = Question(
    code="danger",
    label=pgettext_lazy("fault card", "Dangerous to drive?"),
    kind="one",
    options={"no": pgettext_lazy("fault card", "No"), "yes": pgettext_lazy("fault card", "Yes")},
    where=CAR,
    must=CAR,
)

QUESTIONS = (
    WORDS, SYMPTOM, NOISE, VIBRATION, LAMP, FREQUENCY, GROWS, PLACE, SPEED, MANOEUVRE, ENGINE, WEATHER, FIRST,
    AFTER_DRIVE, REVS, GEAR, LOAD, CONSUMERS, BEFORE, CAN_SHOW, HELPED, EXPECTATION, DANGER,
)  # fmt: skip
