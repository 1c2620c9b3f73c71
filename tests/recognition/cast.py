"""The car of the worked example (requirements 3.1): С4, ЗН-1507, скрип спереди, стойки стабилизатора."""

# ruff: noqa: DTZ001 (the files hold times of the site, without a zone)

from datetime import datetime, timedelta

from comeback.recognition import PastLine, PastOrder, Recognition, Request, recognise

NOW = datetime(2025, 6, 2, 10, 0)
ODOMETER_KM = 42_000
LINKS = (PastLine("labour", "5142", "Замена стоек стабилизатора"), PastLine("part", "508778", "Стойка стабилизатора"))


def past(days: int, km: int = 500, *, order_no: str = "ЗН-1507", **more: object) -> PastOrder:
    """An order handed over so many days and kilometres ago."""
    then = NOW - timedelta(days=days)
    facts = {"complaint": "скрип спереди", "lines": LINKS, "odometer_km": ODOMETER_KM - km, **more}
    return PastOrder(order_no, then, then, **facts)  # type: ignore[arg-type]


def ask(text: str, *history: PastOrder, **more: object) -> Recognition:
    """What recognition says of these words, today."""
    request = Request(text=text, **{"odometer_km": ODOMETER_KM, **more})  # type: ignore[arg-type]
    return recognise(history, request, now=NOW)


def codes(answer: Recognition) -> set[str]:
    """The codes of the reasons."""
    return {reason.code for reason in answer.reasons}
