"""The points of one earlier order (requirements 3.5). The points of the reasons add up to the score."""

from dataclasses import dataclass
from datetime import datetime

from comeback.recognition.dossier import PastWork, Wish
from comeback.recognition.evidence import evidence
from comeback.recognition.intent import claim_of, comes_as_planned, is_vague, only_a_wish, visit_reasons
from comeback.recognition.lexicon import Lexicon
from comeback.recognition.match import Match, best_match, other_side
from comeback.recognition.places import name_of
from comeback.recognition.verdict import Candidate, Reason, Value
from comeback.recognition.weights import Weights
from comeback.recognition.words import hear_again


@dataclass(frozen=True, slots=True)
class Weighed:
    """An earlier order with its points."""

    work: PastWork
    match: Match | None
    days: int
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> int:
        """The sum of the points."""
        return sum(reason.points for reason in self.reasons)

    def candidate(self) -> Candidate:
        """What is shown of it."""
        order = self.work.order
        return Candidate(
            order.order_no, order.concern, order.vehicle, self.score, self.reasons, matched=self.match is not None
        )


def days_since(order_ended: datetime, now: datetime) -> int:
    """Calendar days from the hand-over to `now`, in the time zone of `now`."""
    if order_ended.tzinfo is not None and now.tzinfo is not None:
        order_ended = order_ended.astimezone(now.tzinfo)
    return (now.date() - order_ended.date()).days


def weigh(wish: Wish, work: PastWork, *, meant: bool, now: datetime, weights: Weights, lexicon: Lexicon) -> Weighed:
    """The points of one order. `meant`: the repair that "то же самое" points to, where nothing else is said."""
    days = days_since(work.order.ended, now)
    match = _match(wish, work, weights, lexicon, meant=meant)
    reasons = [_match_reason(match, wish, work, days, lexicon)] if match else []
    reasons += _distance(wish, work, days, weights, matched=match is not None)
    reasons += _how_it_ended(work, weights)
    reasons += _against(wish, work, days, weights, lexicon, matched=match is not None)
    if not any(reason.points < 0 for reason in reasons):
        reasons += evidence(match, wish, work, days, sum(reason.points for reason in reasons), weights)
    reasons += _claim(wish, reasons, weights)
    reasons += _still_asked(match, days, reasons, weights)
    return Weighed(work, match, days, tuple(reasons))


def _match(wish: Wish, work: PastWork, weights: Weights, lexicon: Lexicon, *, meant: bool) -> Match | None:
    if is_vague(wish):
        return Match("same_as_before", weights.match["same_as_before"], "") if meant else None
    return best_match(wish, work, weights, lexicon)


def _match_reason(match: Match, wish: Wish, work: PastWork, days: int, lexicon: Lexicon) -> Reason:
    params: dict[str, Value] = {
        "order_no": work.order.order_no,
        "work": work.title,
        "days": days,
        "shared": match.shared,
        "place": name_of(wish.subject.where, lexicon) if work.subject.where else "",
    }
    driven = _driven(wish, work)
    if driven is not None and driven >= 0:
        params["km"] = driven
    return Reason(match.code, match.points, params)


def _distance(wish: Wish, work: PastWork, days: int, weights: Weights, *, matched: bool) -> list[Reason]:
    """Days and kilometres since; half of both when nothing matches."""
    reasons = []
    if points := weights.for_days(days):
        reasons.append(Reason("days", points, {"days": days}))
    driven = _driven(wish, work)
    if driven is not None and driven < 0:
        reasons.append(Reason("odometer_less", 0, {"km": -driven}))
    elif driven is not None and (points := weights.for_kilometres(driven)):
        reasons.append(Reason("km", points, {"km": driven}))
    total = sum(reason.points for reason in reasons)
    if not matched and total:
        reasons.append(Reason("no_match", total // 2 - total))
    return reasons


def _how_it_ended(work: PastWork, weights: Weights) -> list[Reason]:
    order = work.order
    reasons = []
    if points := weights.follow_up.get(order.follow_up, 0):
        reasons.append(Reason(f"follow_up_{order.follow_up}", points, {"order_no": order.order_no}))
    if points := weights.earlier_result.get(order.result, 0):
        reasons.append(Reason(f"result_{order.result}", points, {"order_no": order.order_no}))
    return reasons


def _against(
    wish: Wish, work: PastWork, days: int, weights: Weights, lexicon: Lexicon, *, matched: bool
) -> list[Reason]:
    order_no = work.order.order_no
    reasons = []
    if comes_as_planned(wish, planned_then=work.planned):
        reasons.append(Reason("planned", weights.planned, {"order_no": order_no}))
    if matched and other_side(wish, work, lexicon):
        reasons.append(Reason("other_side", weights.other_side, {"order_no": order_no}))
    if _refused_then(wish, work, lexicon):
        reasons.append(Reason("refused", weights.refused, {"order_no": order_no, "work": work.order.refused_work}))
    if matched and not claim_of(wish) and (part := _worn_out(wish, work, days, lexicon)):
        reasons.append(Reason("worn_out", weights.worn_out, {"shared": part, "days": days}))
    reasons += [Reason(f"cue_{cue}", weights.cues[cue], {"words": wish.heard.cues[cue]}) for cue in visit_reasons(wish)]
    if only_a_wish(wish) and not any(reason.points < 0 for reason in reasons):
        reasons.append(Reason("no_complaint", weights.no_complaint, {"words": wish.heard.cues["wish"]}))
    return reasons


def _worn_out(wish: Wish, work: PastWork, days: int, lexicon: Lexicon) -> str:
    """The part that has lasted as long as it should, if the request is about one."""
    reached = {"days": days, "km": _driven(wish, work) or 0}
    for part in sorted(wish.subject.parts & work.subject.parts):
        if any(reached[unit] >= limit for unit, limit in lexicon.terms["parts"][part].lasts):
            return part
    return ""


def _refused_then(wish: Wish, work: PastWork, lexicon: Lexicon) -> bool:
    if not work.order.refused_work:
        return False
    refused = hear_again(work.order.refused_work, lexicon)
    systems = refused.systems.union(lexicon.terms["parts"][part].system for part in refused.parts)
    return bool(refused.parts & wish.subject.parts or systems & wish.subject.systems)


def _claim(wish: Wish, reasons: list[Reason], weights: Weights) -> list[Reason]:
    claim = claim_of(wish)
    if claim is None:
        return []
    planned = any(reason.code == "planned" for reason in reasons)
    if planned and not (claim.outright or wish.subject.symptoms):
        return []  # "блок всё ещё едет?"
    score = sum(reason.points for reason in reasons)
    room = weights.claim if claim.outright else min(weights.claim, max(0, weights.again_up_to - score))
    said = Reason("claim", room, {"words": claim.words})
    if planned or score + room >= weights.claim_floor:
        return [said]
    return [said, Reason("claim_floor", weights.claim_floor - score - room)]


def _still_asked(match: Match | None, days: int, reasons: list[Reason], weights: Weights) -> list[Reason]:
    """A little over a year later the very same fault is asked about: works are answered for up to two years."""
    if match is None or match.points < weights.match["same_part"]:
        return []
    if not weights.look_back_days < days <= weights.just_beyond_days or any(one.points < 0 for one in reasons):
        return []
    missing = weights.verdicts["ask"] - sum(reason.points for reason in reasons)
    return [Reason("just_beyond", missing, {"days": days})] if missing > 0 else []


def _driven(wish: Wish, work: PastWork) -> int | None:
    now, then = wish.request.odometer_km, work.order.odometer_km
    return None if now is None or then is None else now - then
