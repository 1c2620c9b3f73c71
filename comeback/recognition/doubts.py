"""What a person must still ask before anybody may call it a comeback, and the one question that decides it."""

from collections.abc import Sequence

from comeback.recognition.dossier import Wish
from comeback.recognition.intent import claim_of, tells_of_a_fault
from comeback.recognition.match import lamp_not_named, side_not_named
from comeback.recognition.verdict import Reason, Value
from comeback.recognition.weighing import Weighed
from comeback.recognition.weights import Weights

_BY_FAULT = frozenset({"same_symptom", "same_part", "kin_symptom", "same_system", "likely_system"})

_BY_NAME = frozenset({"same_part", "same_system", "same_words", "touched"})


def doubts(wish: Wish, best: Weighed | None, *, meant: int, several_cars: bool, weights: Weights) -> list[Reason]:
    """Open points, the gravest first; each is also the question that closes it. None without an earlier order."""
    if best is None:
        return []
    found = []
    if several_cars:
        found.append("which_car")
    if lamp_not_named(wish.subject):
        found.append("which_lamp")
    if meant > 1:
        found.append("which_repair")
    if best.match and best.match.code in _BY_FAULT and side_not_named(wish, best.work) and claim_of(wish) is None:
        found.append("which_side")
    if best.match and best.match.code in _BY_NAME and not (tells_of_a_fault(wish) or claim_of(wish)):
        found.append("what_is_wrong")
    if best.days > weights.look_back_days:
        found.append("long_ago")
    if best.match and best.match.code == "after_work":
        found.append("from_the_work")
    return [Reason(code, 0, _params(best)) for code in found]


def question(best: Weighed | None, open_points: Sequence[Reason]) -> Reason:
    """The question that would decide an `ask`."""
    if open_points:
        return open_points[0]
    if best is None:
        return Reason("which_earlier_visit")
    return Reason("same_fault" if best.match else "what_came_back", 0, _params(best))


def _params(best: Weighed) -> dict[str, Value]:
    return {"order_no": best.work.order.order_no, "work": best.work.title, "days": best.days}
