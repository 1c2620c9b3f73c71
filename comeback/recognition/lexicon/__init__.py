"""The words of the trade as data, read once and compiled. How they are written: README.md in this folder."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from comeback.recognition.patterns import Table

LANGUAGES = ("ru", "en", "fr")
_MISSPELT_CUES = frozenset({"again", "same_as_before", "not_fixed", "after_work", "you_did", "maintenance"})


@dataclass(frozen=True, slots=True)
class Term:
    """What the lexicon says of one system, part, symptom, place or kind of work."""

    code: str
    names: Mapping[str, str]
    genders: Mapping[str, str]
    nature: str = ""
    family: str = ""
    kind: str = ""
    generic: bool = False
    danger: bool = False
    grave: bool = False
    system: str = ""
    systems: frozenset[str] = frozenset()
    touches: frozenset[str] = frozenset()
    likely: frozenset[str] = frozenset()
    at: tuple[tuple[str, str], ...] = ()
    lasts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Everything that recognition knows of words: `terms` by section and code, tables of words by language."""

    terms: Mapping[str, Mapping[str, Term]]
    tables: Mapping[str, Table]
    trouble_codes: Mapping[str, str]

    def system_of_code(self, trouble_code: str) -> str | None:
        """The system of a trouble code: the longest beginning that is known decides."""
        beginnings = (trouble_code[:length] for length in range(len(trouble_code), 0, -1))
        return next((self.trouble_codes[start] for start in beginnings if start in self.trouble_codes), None)


@cache
def load() -> Lexicon:
    """The lexicon that comes with the package; read once (about a tenth of a second), then kept."""
    tables = {language: Table(language) for language in LANGUAGES}
    terms: dict[str, dict[str, Term]] = {}
    for section, code, entry in _entries():
        terms.setdefault(section, {})[code] = _term(code, entry)
        for language in LANGUAGES:
            words = entry.get(language, "")
            slips = section != "cues" or code in _MISSPELT_CUES
            tables[language].add(_space(section, code), code, words.rpartition(";")[2], slips=slips)
    return Lexicon(terms, tables, _read("codes.yaml"))


def _space(section: str, code: str) -> str:
    """Entries of one space take words from each other; cues and systems do not mind sharing."""
    return f"{section}:{code}" if section in {"cues", "systems", "work"} else section


def _entries() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for code, system in _read("parts.yaml").items():
        yield "systems", code, {**system, "systems": system["neighbours"]}
        for part, entry in system["parts"].items():
            yield "parts", part, {**entry, "system": code}
    for section in ("symptoms", "places", "conditions", "cues", "work"):
        for code, entry in _read(f"{section}.yaml").items():
            yield section, code, entry
    yield "danger", "danger", _read("danger.yaml")


def _term(code: str, entry: Mapping[str, Any]) -> Term:
    names = entry.get("name") or {lang: entry[lang].partition(";")[0] for lang in LANGUAGES if ";" in entry[lang]}
    parted = {language: name.partition("/") for language, name in names.items()}
    return Term(
        code=code,
        names={language: name for language, (name, _, _) in parted.items()},
        genders={language: gender for language, (_, _, gender) in parted.items()},
        nature=entry.get("nature", ""),
        family=entry.get("family", ""),
        kind=entry.get("kind", ""),
        generic=entry.get("generic", False),
        danger=entry.get("danger", False),
        grave=entry.get("grave", False),
        system=entry.get("system", ""),
        systems=frozenset(entry.get("systems", ())),
        touches=frozenset(entry.get("touches", ())),
        likely=frozenset(entry.get("likely", ())),
        at=tuple(entry.get("at", {}).items()),
        lasts=tuple(entry.get("lasts", {}).items()),
    )


def _read(name: str) -> dict[str, Any]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: dict[str, Any] = yaml.load(text, Loader=loader)
    return content
