"""How a request fits one earlier order: the strongest of the ways in which it can (requirements 3.5)."""

from collections.abc import Iterator
from typing import NamedTuple

from comeback.recognition.dossier import PastWork, Subject, Wish
from comeback.recognition.lexicon import Lexicon, Term
from comeback.recognition.places import apart, corner
from comeback.recognition.weights import Weights

SAID_OF_WORK = ("after_work", "you_did")


class Match(NamedTuple):
    """The way in which they fit, its points, and what they share (codes of the lexicon, or a trouble code)."""

    code: str
    points: int
    shared: str


def best_match(wish: Wish, work: PastWork, weights: Weights, lexicon: Lexicon) -> Match | None:
    """The match with the most points, or None."""
    found = [Match(code, weights.match[code], shared) for code, shared in _matches(wish, work, lexicon)]
    return max(found, key=lambda match: match.points, default=None)


def other_side(wish: Wish, work: PastWork, lexicon: Lexicon) -> bool:
    """Whether the customer speaks of another corner of the car than that order."""
    earlier = corner(wish.heard.earlier_places, lexicon)
    if earlier and apart(earlier, wish.subject.where):
        return True
    return apart(wish.subject.where, work.subject.where) or "other_side" in wish.heard.cues


def side_not_named(wish: Wish, work: PastWork) -> bool:
    """Whether that order was on one side and the customer does not say which he means."""
    return "side" in work.subject.where and "side" not in wish.subject.where


def lamp_not_named(subject: Subject) -> bool:
    """Whether a lamp is all that was said."""
    return subject.symptoms == {"lamp"} and not subject.parts and subject.named <= {"lighting"}


def _matches(wish: Wish, work: PastWork, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    asked, done = wish.subject, work.subject
    if code := next(iter(sorted(asked.trouble_codes & done.trouble_codes)), ""):
        yield "same_dtc", code
    yield from _by_symptom(asked, done, lexicon)
    if not work.routine:
        yield from _by_part(wish, work)
    touched = (asked.parts | asked.systems | asked.symptoms) & work.touched
    if touched:
        yield "touched", min(touched)
    elif any(cue in wish.heard.cues for cue in SAID_OF_WORK):
        near = _near(asked, done, lexicon)
        yield ("touched", min(near)) if near else ("after_work", "")


def _by_symptom(asked: Subject, done: Subject, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    terms = lexicon.terms["symptoms"]
    together = bool(asked.parts & done.parts) or bool(asked.systems & done.systems)
    open_ended = not asked.named or not done.named
    for symptom in sorted(asked.symptoms & done.symptoms):
        if together or (open_ended and not terms[symptom].generic):
            yield "same_symptom", symptom
        elif _near(asked, done, lexicon):
            yield "kin_symptom", symptom
    for symptom in sorted(asked.symptoms - done.symptoms):
        kin = [other for other in done.symptoms if _mixed_up(terms[other], terms[symptom])]
        loose = open_ended and any(terms[code].generic for code in (symptom, *kin))
        if kin and (together or loose):
            yield "kin_symptom", symptom


def _mixed_up(one: Term, other: Term) -> bool:
    """Whether people mix the two up; not two lamps that have a name."""
    return one.family == other.family and (one.family != "lamp" or one.generic or other.generic)


def _by_part(wish: Wish, work: PastWork) -> Iterator[tuple[str, str]]:
    asked, done = wish.subject, work.subject
    codes = {line.code for line in work.order.lines if line.code}
    if ordered := codes.intersection(wish.request.part_codes):
        yield "same_part", min(ordered)
    if parts := asked.parts & done.parts:
        yield "same_part", min(parts)
    if systems := asked.systems & done.systems:
        yield "same_system", min(systems)
    if likely := asked.likely & done.named if not asked.named else None:
        yield "likely_system", min(likely)
    if words := asked.unlisted & done.content:
        yield "same_words", min(words)


def _near(asked: Subject, done: Subject, lexicon: Lexicon) -> frozenset[str]:
    around = frozenset[str]().union(*(lexicon.terms["systems"][system].systems for system in done.systems))
    return asked.systems & (around | done.systems)
