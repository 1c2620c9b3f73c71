"""Past orders and requests, read: their words as codes of the lexicon."""

from collections.abc import Iterable
from dataclasses import dataclass

from comeback.recognition.lexicon import Lexicon
from comeback.recognition.past import PastOrder, Request
from comeback.recognition.places import Corner, corner
from comeback.recognition.words import Heard, hear, hear_again

_PLAIN_LABOUR_WORDS = 1
_GRAVE = frozenset({"leak", "stuck", "dead", "broken", "loose", "faulty", "brake", "steer", "belt"})


@dataclass(frozen=True, slots=True)
class Subject:
    """What a request or an order is about. `named` systems come from parts and names, not from symptoms alone;
    `likely` ones are those where such a noise or shake often comes from."""

    symptoms: frozenset[str]
    parts: frozenset[str]
    named: frozenset[str]
    systems: frozenset[str]
    where: Corner
    trouble_codes: frozenset[str]
    conditions: frozenset[str]
    likely: frozenset[str]
    unlisted: frozenset[str]
    content: frozenset[str]


@dataclass(frozen=True, slots=True)
class PastWork:
    """An order as recognition sees it."""

    order: PastOrder
    subject: Subject
    touched: frozenset[str]
    routine: bool
    planned: bool
    title: str


@dataclass(frozen=True, slots=True)
class Wish:
    """A request as recognition sees it: what it is about, how it was said, whether the car should stand still."""

    request: Request
    subject: Subject
    heard: Heard
    danger: bool = False


def read_request(request: Request, lexicon: Lexicon) -> Wish:
    """Read the customer's words, and add what the receptionist chose."""
    heard = hear(request.text, lexicon)
    subject = _subject([heard], request.symptoms, request.systems, request.dtc, heard.places, lexicon)
    return Wish(request, subject, heard, danger=bool(heard.danger) or _is_grave(subject, lexicon))


def _is_grave(subject: Subject, lexicon: Lexicon) -> bool:
    """Something in the brakes, the steering, the belts or the traction battery that is more than a noise."""
    named = any(lexicon.terms["systems"][system].grave for system in subject.named)
    return named and any(lexicon.terms["symptoms"][code].family in _GRAVE for code in subject.symptoms)


def read_order(order: PastOrder, lexicon: Lexicon) -> PastWork:
    """Read the complaint and the work of an order."""
    complaint = hear_again(order.complaint, lexicon)
    work = [hear_again(text, lexicon) for text in _work_texts(order)]
    both = [complaint, *work]
    places = frozenset(place for one in both for place in one.places)
    subject = _subject(both, order.symptoms, order.systems, order.dtc, places, lexicon)
    kinds = frozenset(kind for one in both for kind in one.work)
    return PastWork(
        order=order,
        subject=subject,
        touched=_touched(subject.parts, kinds, lexicon),
        routine=_is_routine(order, complaint, work, lexicon),
        planned=order.planned_return or any(lexicon.terms["work"][kind].kind == "planned" for kind in kinds),
        title=_title(order),
    )


def _subject(
    heard: Iterable[Heard],
    symptoms: Iterable[str],
    systems: Iterable[str],
    codes: Iterable[str],
    places: Iterable[str],
    lexicon: Lexicon,
) -> Subject:
    heard = list(heard)
    parts = frozenset(part for one in heard for part in one.parts)
    felt = frozenset(symptoms).union(*(one.symptoms for one in heard)) & lexicon.terms["symptoms"].keys()
    quoted = frozenset(codes).union(*(one.trouble_codes for one in heard))
    by_code = {lexicon.system_of_code(code) for code in quoted} - {None}
    named = frozenset(systems).union(*(one.systems for one in heard), (str(code) for code in by_code))
    named = named.union(lexicon.terms["parts"][part].system for part in parts)
    implied = frozenset[str]().union(*(lexicon.terms["symptoms"][code].systems for code in felt))
    return Subject(
        symptoms=felt,
        parts=parts,
        named=named,
        systems=named | implied,
        where=corner(places, lexicon),
        trouble_codes=quoted,
        conditions=frozenset[str]().union(*(one.conditions for one in heard)),
        likely=frozenset[str]().union(*(lexicon.terms["symptoms"][code].likely for code in felt)),
        unlisted=frozenset[str]().union(*(one.unlisted for one in heard)),
        content=frozenset[str]().union(*(one.content for one in heard)),
    )


def _work_texts(order: PastOrder) -> list[str]:
    texts = [line.description for line in order.lines]
    return [text for text in (*texts, order.correction, order.cause) if text]


def _touched(parts: Iterable[str], kinds: Iterable[str], lexicon: Lexicon) -> frozenset[str]:
    by_parts = (lexicon.terms["parts"][part].touches for part in parts)
    by_kinds = (lexicon.terms["work"][kind].touches for kind in kinds)
    return frozenset[str]().union(*by_parts, *by_kinds)


def _is_routine(order: PastOrder, complaint: Heard, work: Iterable[Heard], lexicon: Lexicon) -> bool:
    """No fault was to be cured: every text that says something says service, tyres, washing and the like."""
    if complaint.symptoms or order.symptoms or order.dtc:
        return False
    texts = [one for one in (complaint, *work) if one.work or one.names_something()]
    kinds = lexicon.terms["work"]
    return bool(texts) and all(any(kinds[kind].kind == "routine" for kind in one.work) for one in texts)


def _title(order: PastOrder) -> str:
    """What was done, in the words of the order: "замена стоек стабилизатора", "Замена: рейка рулевая"."""
    labour = [line.description for line in order.lines if line.kind != "part" and line.description]
    parts = [line.description for line in order.lines if line.kind == "part" and line.description]
    if labour and (len(labour[0].split()) > _PLAIN_LABOUR_WORDS or not parts):
        return labour[0]
    return ": ".join(labour[:1] + parts[:1]) or order.complaint
