"""Why the customer calls, as far as the words tell: a claim, a planned visit, a service, a quarrel about the price."""

from comeback.recognition.dossier import Wish

CLAIMS = ("again", "same_as_before", "not_fixed", "after_work", "you_did", "soon_after")
OUTRIGHT = frozenset({"same_as_before", "not_fixed"})
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
FROM_OUTSIDE = ("accident", "outside_damage", "wear")


def claim_words(wish: Wish) -> str | None:
    """The words by which the customer says that it is not the first time; None when he does not.

    "Опять на шиномонтаж" is no claim, and "вы меняли колодки" is none either until something is wrong.
    """
    if wish.request.claimed:
        return ""
    cues = wish.heard.cues
    said = [cue for cue in CLAIMS if cue in cues]
    if not said or "other_car" in cues:
        return None
    if OUTRIGHT.isdisjoint(said) and not wish.subject.symptoms:
        if any(cue in cues for cue in WITHOUT_A_FAULT):
            return None
        if said[0] not in ("again", "after_work") and not wish.heard.names_something():
            return None
    return cues[said[0]]


def visit_reasons(wish: Wish) -> list[str]:
    """The cues that speak against a comeback, where no fault speaks louder."""
    cues = wish.heard.cues
    said = ["other_car"] if "other_car" in cues else []
    if not wish.subject.symptoms:
        said += [cue for cue in WITHOUT_A_FAULT if cue in cues and cue != "ordered_part" and cue != "refused_then"]
    if "after_work" not in cues:
        said += [cue for cue in FROM_OUTSIDE if cue in cues]
    return said


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
    return asked_for or claim_words(wish) is None
