"""Is this request a comeback? The points of each earlier order of the car, and what follows from the best of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from comeback.recognition import lexicon as words_of_the_trade
from comeback.recognition import weights as points
from comeback.recognition.dossier import PastWork, Wish, read_order, read_request
from comeback.recognition.doubts import doubts, question
from comeback.recognition.intent import claim_of, is_vague, visit_reasons
from comeback.recognition.lexicon import Lexicon
from comeback.recognition.nature import propose_nature
from comeback.recognition.past import PastOrder, Request
from comeback.recognition.verdict import Reason, Recognition, Verdict
from comeback.recognition.weighing import Weighed, days_since, weigh
from comeback.recognition.weights import Weights

_SAYS_SOMETHING = 3  # words


def recognise(
    history: Sequence[PastOrder],
    request: Request,
    *,
    now: datetime,
    weights: Weights | None = None,
    lexicon: Lexicon | None = None,
) -> Recognition:
    """Method 1.1: whether the request is a comeback, to which earlier order, and why. A person decides.

    history: the orders of the car (of the cars, when several may be meant), in any order. now: the moment of the
    request, naive or aware as the times of the history are. weights, lexicon: another edition than the package's own.
    """
    weights = weights or points.load()
    lexicon = lexicon or words_of_the_trade.load()
    wish = read_request(request, lexicon)
    works = [read_order(order, lexicon) for order in history if _within_reach(order, now, weights)]
    meant = _repairs_meant(wish, works, weights)
    weighed = [weigh(wish, work, meant=work in meant[:1], now=now, weights=weights, lexicon=lexicon) for work in works]
    weighed.sort(key=_rank, reverse=True)
    return _conclude(wish, weighed, len(meant), weights, lexicon)


def _rank(one: Weighed) -> tuple[int, int, bool, datetime]:
    """Best first. Below zero all are alike, and the one that at least matches says why it is none."""
    fit = one.match.points if one.match else 0
    return max(one.score, 0), fit, not one.work.routine, one.work.order.ended


def _within_reach(order: PastOrder, now: datetime, weights: Weights) -> bool:
    return order.opened <= now and 0 <= days_since(order.ended, now) <= weights.reach_days


def _repairs_meant(wish: Wish, works: Iterable[PastWork], weights: Weights) -> list[PastWork]:
    """The repairs that words without a fault in them may point to, newest first: the newest, and those about then."""
    if not is_vague(wish) or claim_of(wish) is None:
        return []
    repairs = [work for work in works if not work.routine and not work.planned]
    newest = max((work.order.ended for work in repairs), default=None)
    same_time = [work for work in repairs if newest and (newest - work.order.ended).days <= weights.same_time_days]
    return sorted(same_time, key=lambda work: work.order.ended, reverse=True)


def _conclude(wish: Wish, weighed: list[Weighed], meant: int, weights: Weights, lexicon: Lexicon) -> Recognition:
    best = weighed[0] if weighed else None
    reasons = list(best.reasons) if best else _without_history(wish, weights)
    reasons += _not_understood(wish, weighed, sum(reason.points for reason in reasons), weights)
    several = len({one.work.order.vehicle for one in weighed}) > 1
    open_points = doubts(wish, best, meant=meant, several_cars=several, weights=weights)
    reasons += _doubted(reasons, open_points, weights)
    score = sum(reason.points for reason in reasons)
    verdict = _verdict(score, weights)
    shown = _pointed_to(weighed) if verdict != "new" else None
    return Recognition(
        score=score,
        verdict=verdict,
        order_no=shown.work.order.order_no if shown else "",
        concern=shown.work.order.concern if shown else "",
        reasons=tuple(reasons),
        nature=propose_nature(wish, shown.work if shown else None, lexicon),
        safety=wish.danger,
        systems=tuple(sorted(wish.subject.systems)),
        symptoms=tuple(sorted(wish.subject.symptoms)),
        candidates=tuple(one.candidate() for one in weighed),
        question=question(best, open_points) if verdict == "ask" else None,
        edition=weights.edition,
    )


def _without_history(wish: Wish, weights: Weights) -> list[Reason]:
    nothing = [Reason("no_history")]
    claim = claim_of(wish)
    if claim is None:
        return nothing
    missing = weights.claim_floor - weights.claim
    return [*nothing, Reason("claim", weights.claim, {"words": claim.words}), Reason("claim_floor", missing)]


def _not_understood(wish: Wish, weighed: Iterable[Weighed], score: int, weights: Weights) -> list[Reason]:
    """Something is said, nothing of it is known, and the car was repaired just now: better to ask."""
    missing = weights.verdicts["ask"] - score
    recent = [
        one for one in weighed if one.days <= weights.unclear_days and not one.work.routine and not one.work.planned
    ]
    unclear = not (wish.subject.named or wish.subject.systems) and wish.heard.length >= _SAYS_SOMETHING
    if missing <= 0 or not unclear or not recent or visit_reasons(wish) or "wish" in wish.heard.cues:
        return []
    if any(
        one.match or any(reason.points < 0 for reason in one.reasons if reason.code != "no_match") for one in recent
    ):
        return []
    return [Reason("not_understood", missing)]


def _doubted(reasons: Iterable[Reason], open_points: Sequence[Reason], weights: Weights) -> list[Reason]:
    """What is doubtful is asked, however many points it has: the score ends just below the verdict."""
    above = sum(reason.points for reason in reasons) - (weights.verdicts["comeback"] - 1)
    if not open_points or above <= 0:
        return []
    return [Reason(f"doubt_{open_points[0].code}", -above, open_points[0].params)]


def _pointed_to(weighed: Sequence[Weighed]) -> Weighed | None:
    """The best match; without one, the newest repair is the likeliest to be meant."""
    if not weighed or weighed[0].match:
        return weighed[0] if weighed else None
    repairs = [one for one in weighed if not one.work.routine]
    return max(repairs, key=lambda one: one.work.order.ended, default=None)


def _verdict(score: int, weights: Weights) -> Verdict:
    if score >= weights.verdicts["comeback"]:
        return "comeback"
    return "ask" if score >= weights.verdicts["ask"] else "new"
