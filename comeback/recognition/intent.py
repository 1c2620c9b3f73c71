"""Why the customer calls, as far as the words tell: a claim, a planned visit, a service, a quarrel about the price."""

from typing import NamedTuple

from comeback.recognition.dossier import Wish

OUTRIGHT = ("not_fixed", "same_as_before", "after_work", "you_did")
IN_PASSING = ("again", "soon_after")
WITHOUT_A_FAULT_TOO = frozenset({"not_fixed", "same_as_before"})
WITHOUT_A_FAULT = (
    "maintenance",
    "tyre_season",
    "recall",
    "ordered_part",
    "accessory",
    "price",
    "papers",
    "praise",
    "refused_then",
)
WHATEVER_IS_WRONG = ("recall", "papers", "price")
FROM_OUTSIDE = ("accident", "outside_damage", "wear")
EXPLAINED = (*FROM_OUTSIDE, "refused_then", "price", "papers")


_TOLD_AT_LENGTH = 4  # words


class Claim(NamedTuple):
    """That it is not the first time: in which words (none if he was asked), and whether he blames earlier work."""

    words: str
    outright: bool


def claim_of(wish: Wish) -> Claim | None:
    """How the customer says that it is not the first time; None when he does not.

    "Опять на шиномонтаж" is no claim, and "вы меняли колодки" is none either until something is wrong.
    """
    cues = wish.heard.cues
    said = [cue for cue in (*OUTRIGHT, *IN_PASSING) if cue in cues]
    if any(cue in cues for cue in EXPLAINED):  # "вы его красили" then only says which one it is
        said = [cue for cue in said if cue != "you_did"]
    if any(cue in cues for cue in FROM_OUTSIDE[:2]):  # "опять гвоздь"
        said = [cue for cue in said if cue not in IN_PASSING]
    if wish.request.claimed:
        return Claim(cues[said[0]] if said else "", outright=True)
    if not said or "other_car" in cues or _of_another_corner(wish):
        return None
    if WITHOUT_A_FAULT_TOO.isdisjoint(said) and not wish.subject.symptoms:
        if any(cue in cues for cue in WITHOUT_A_FAULT):
            return None
        if {"again", "after_work"}.isdisjoint(said) and not wish.heard.names_something():
            return None
    return Claim(cues[said[0]], outright=said[0] in OUTRIGHT)


def _of_another_corner(wish: Wish) -> bool:
    """ "Справа хруст, раньше слева меняли" tells of earlier work to say that this is not it."""
    return bool(wish.heard.earlier_places) and not wish.heard.earlier_places & wish.heard.places


def visit_reasons(wish: Wish) -> list[str]:
    """The cues that speak against a comeback, where no fault speaks louder."""
    cues = wish.heard.cues
    said = ["other_car"] if "other_car" in cues else []
    none_wrong = (
        WITHOUT_A_FAULT if not wish.subject.symptoms - {"faulty"} else WHATEVER_IS_WRONG if not claim_of(wish) else ()
    )
    said += [cue for cue in none_wrong if cue in cues and cue not in {"ordered_part", "refused_then"}]
    if "after_work" not in cues:
        said += [cue for cue in FROM_OUTSIDE if cue in cues]
    if "new_fault" in cues and not claim_of(wish):
        said.append("new_fault")
    return said


def only_a_wish(wish: Wish) -> bool:
    """Whether he asks for something and tells of nothing that is wrong: "сколько стоит плёнка на бампер"."""
    wrong = wish.subject.symptoms or wish.subject.trouble_codes or claim_of(wish)
    return "wish" in wish.heard.cues and not wrong


def tells_of_a_fault(wish: Wish) -> bool:
    """Whether something is wrong: in words that are known, or told at some length and asking for nothing.

    Who names what was repaired lately, and wants neither a price nor a part nor a paper, complains of it.
    """
    if wish.subject.symptoms or wish.subject.trouble_codes:
        return True
    told = wish.heard.length >= _TOLD_AT_LENGTH and not wish.heard.question
    return told and "wish" not in wish.heard.cues and not visit_reasons(wish)


def is_vague(wish: Wish) -> bool:
    """Whether the words point back without naming anything: "опять то же самое"."""
    named = wish.subject
    return not (named.symptoms or named.parts or named.named or named.trouble_codes)


def comes_as_planned(wish: Wish, *, planned_then: bool) -> bool:
    """Whether the car comes back for the part or campaign that was agreed."""
    asked_for = "ordered_part" in wish.heard.cues
    if wish.request.planned:
        return True
    if not planned_then:
        return asked_for and not wish.subject.symptoms
    claim = claim_of(wish)
    return asked_for or claim is None or not (claim.outright or wish.subject.symptoms)
