"""The points of the score as data; `load` reads the edition that comes with the package."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Weights:
    """One edition of the points. The names are explained in `weights.yaml`."""

    edition: int
    verdicts: Mapping[str, int]
    match: Mapping[str, int]
    days: Mapping[int, int]
    kilometres: Mapping[int, int]
    look_back_days: int
    just_beyond_days: int
    reach_days: int
    claim: int
    again_up_to: int
    claim_floor: int
    follow_up: Mapping[str, int]
    earlier_result: Mapping[str, int]
    planned: int
    other_side: int
    refused: int
    cues: Mapping[str, int]
    no_complaint: int
    worn_out: int
    evidence: Mapping[str, int]
    evidence_days: int
    evidence_up_to: int
    soon_days: int
    lately_days: int
    same_time_days: int
    unclear_days: int

    def for_days(self, days: int) -> int:
        """Points for the days since hand-over."""
        return _step(self.days, days)

    def for_kilometres(self, kilometres: int) -> int:
        """Points for the kilometres driven since."""
        return _step(self.kilometres, kilometres)


@cache
def load() -> Weights:
    """The edition in force."""
    return read(files(__package__).joinpath("weights.yaml").read_text(encoding="utf-8"))


def load_file(path: Path) -> Weights:
    """Another edition, for trying it on past requests."""
    return read(path.read_text(encoding="utf-8"))


def read(text: str) -> Weights:
    """An edition from its YAML; an unknown or missing name raises TypeError."""
    content: dict[str, Any] = yaml.safe_load(text)
    return Weights(**content)


def _step(steps: Mapping[int, int], value: int) -> int:
    return next((points for limit, points in sorted(steps.items()) if value <= limit), 0)
