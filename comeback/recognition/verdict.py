"""What recognition answers: a score with its reasons, a verdict, the earlier order, and what to ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Verdict = Literal["comeback", "ask", "new"]
Value = str | int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of the score: a code with plain values, so that any language can say it, and its points (may be 0)."""

    code: str
    points: int = 0
    params: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier order with the points that it gathers; the points of its reasons add up to the score."""

    order_no: str
    concern: str
    vehicle: str
    score: int
    reasons: tuple[Reason, ...]
    matched: bool


@dataclass(frozen=True, slots=True)
class Recognition:
    """The answer. The points of the reasons add up to the score; the score decides the verdict.

    order_no, concern: the earlier work it points to, empty if none. nature: proposed code (SAFETY, NVH ... DOC).
    question: for `ask`, the one question that would decide it. candidates: best first.
    """

    score: int
    verdict: Verdict
    order_no: str
    concern: str
    reasons: tuple[Reason, ...]
    nature: str
    safety: bool
    systems: tuple[str, ...]
    symptoms: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    question: Reason | None
    edition: int
