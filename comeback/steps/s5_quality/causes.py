"""Causes, escape causes and technical verdicts of the register (causes.yaml), read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from comeback.method.sheet import Text

FILE = Path(__file__).with_name("causes.yaml")


@dataclass(frozen=True)
class Taxonomy:
    """groups: headings by letter; causes: by code ("I1"), their group is the first letter."""

    groups: dict[str, Text]
    causes: dict[str, Text]
    escapes: dict[str, Text]
    verdicts: dict[str, Text]


@cache
def taxonomy() -> Taxonomy:
    """The causes that can be chosen."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return Taxonomy(
        groups={it["group"]: Text(**it["text"]) for it in raw["groups"]},
        causes={code: Text(**text) for it in raw["groups"] for code, text in it["causes"].items()},
        escapes={code: Text(**text) for code, text in raw["escapes"].items()},
        verdicts={code: Text(**text) for code, text in raw["verdicts"].items()},
    )
