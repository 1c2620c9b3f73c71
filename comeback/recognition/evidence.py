"""What speaks for a match besides it: the same corner, the same conditions, a second way in which they fit.

It fills a recent match up to the verdict and no further: requirements 3.5 count the match itself once.
"""

from collections.abc import Iterator

from comeback.recognition.dossier import PastWork, Wish
from comeback.recognition.intent import tells_of_a_fault
from comeback.recognition.match import Match
from comeback.recognition.places import apart
from comeback.recognition.verdict import Reason
from comeback.recognition.weights import Weights

_BY_WORK = frozenset({"same_part", "same_system", "touched"})
_BY_SYMPTOM = frozenset({"same_symptom", "kin_symptom", "same_dtc"})


def evidence(
    match: Match | None, wish: Wish, work: PastWork, days: int, score: int, weights: Weights
) -> Iterator[Reason]:
    """The reasons that lift a score towards the verdict comeback, each with the points that there is room for."""
    if match is None or match.code == "after_work" or days > weights.evidence_days:
        return
    room = weights.evidence_up_to - score
    for code in _found(match, wish, work, days, weights):
        points = min(weights.evidence[code], room)
        if points > 0:
            room -= points
            yield Reason(code, points, {"order_no": work.order.order_no, "days": days})


def _found(match: Match, wish: Wish, work: PastWork, days: int, weights: Weights) -> Iterator[str]:
    asked, done = wish.subject, work.subject
    if asked.where.items() & done.where.items() and not apart(asked.where, done.where):
        yield "same_place"
    if asked.conditions & done.conditions:
        yield "same_conditions"
    if match.code in _BY_SYMPTOM and (asked.parts & done.parts or asked.named & done.named):
        yield "same_part_too"
    if match.code in _BY_WORK and tells_of_a_fault(wish):
        yield "fault_in_it"
        if days <= weights.soon_days:
            yield "fault_soon"
        elif days <= weights.lately_days:
            yield "fault_lately"
