"""What a text says: symptoms, parts, places, cues. The customer's words and the workshop's are read alike."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from comeback.recognition.lexicon import Lexicon
from comeback.recognition.patterns import Mention, Table
from comeback.recognition.tokens import Token, languages, tokens

TROUBLE_CODE = re.compile(r"\b[PCBU][0-3][0-9A-F]{3}\b", re.IGNORECASE)


_LONG_ENOUGH = 4
_NO_CONTENT = frozenset({"cues:filler", "places", "conditions"})
_OF_PAPER_TOO = frozenset({"lamp", "lamp_engine", "left_out"})
_NOT = frozenset({"не", "not", "hasnt", "havent", "isnt", "never", "didnt", "doesnt", "pas", "jamais"})


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard in a text, as codes of the lexicon. `cues` keep the words as they were written.

    unlisted, content: stems of the words that the lexicon does not know, and of all that are no filler; for finding
    the same words in another text.
    length: how many words were said. question: whether it ends in a question mark.
    """

    symptoms: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    systems: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    earlier_places: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    work: frozenset[str] = frozenset()
    cues: Mapping[str, str] = field(default_factory=dict)
    danger: tuple[str, ...] = ()
    trouble_codes: frozenset[str] = frozenset()
    unlisted: frozenset[str] = frozenset()
    content: frozenset[str] = frozenset()
    length: int = 0
    question: bool = False

    def names_something(self) -> bool:
        """Whether a fault or a place in the car was named at all."""
        return bool(self.symptoms or self.parts or self.systems or self.trouble_codes)


def hear(text: str, lexicon: Lexicon) -> Heard:
    """Read one text. Symptoms that are said to be gone are left out; places of earlier work are kept apart."""
    words = tokens(text)
    spoken = languages(text, words)
    mentions = [one for language in spoken for one in lexicon.tables[language].find(words)]
    by_section: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_section.setdefault(mention.section.partition(":")[0], []).append(mention)
    cues = by_section.get("cues", [])
    symptoms = [one for one in by_section.get("symptoms", ()) if not _is_gone(one, cues, words)]
    symptoms = [one for one in symptoms if not _is_of_paper(one, cues, words)]
    lamps = {place for one in symptoms if lexicon.terms["symptoms"][one.code].family == "lamp" for place in one.at}
    if any(lexicon.terms["symptoms"][one.code].family == "lamp" and one.code != "lamp" for one in symptoms):
        symptoms = [one for one in symptoms if one.code != "lamp"]  # it was said which one
    dangerous = [one for one in symptoms if lexicon.terms["symptoms"][one.code].danger]
    earlier = _earlier_clauses(cues, symptoms, words)
    pulled = {place for one in symptoms if one.code == "pull_aside" for place in one.at}
    places = [one for one in by_section.get("places", []) if pulled.isdisjoint(one.at)]
    return Heard(
        symptoms=_codes(symptoms),
        parts=_codes(one for one in by_section.get("parts", ()) if not lamps.issuperset(one.at)),
        systems=_codes(one for one in by_section.get("systems", ()) if not lamps.issuperset(one.at)),
        places=_codes(one for one in places if _clause(one, words) not in earlier),
        earlier_places=_codes(one for one in places if _clause(one, words) in earlier),
        conditions=_codes(by_section.get("conditions", ())),
        work=_codes(by_section.get("work", ())),
        cues={one.code: _written(one, words) for one in reversed(cues)} | _persists(cues, words),
        danger=tuple(dict.fromkeys(_written(one, words) for one in (*by_section.get("danger", ()), *dangerous))),
        trouble_codes=frozenset(code.upper() for code in TROUBLE_CODE.findall(text)),
        unlisted=_stems(words, mentions, lexicon.tables[spoken[0]]),
        content=_stems(words, (one for one in mentions if one.section in _NO_CONTENT), lexicon.tables[spoken[0]]),
        length=len(words),
        question=text.rstrip(" )!.").endswith("?"),
    )


@lru_cache(maxsize=20_000)
def hear_again(text: str, lexicon: Lexicon) -> Heard:
    """As `hear`, remembering: a workshop writes the same lines over and over."""
    return hear(text, lexicon)


def _is_gone(symptom: Mention, cues: Iterable[Mention], words: list[Token]) -> bool:
    for cue in cues:
        if set(cue.at) & set(symptom.at) or _clause(cue, words) != _clause(symptom, words):
            continue
        if cue.code == "negation" and 0 < symptom.at[0] - cue.at[-1] <= 2 and not _negates(cue, cues):
            return True
        if cue.code == "ceased" and not _negated(cue, words) and not _came_back(cue, cues):
            return True
    return _is_gone_in_french(symptom, words)


def _is_of_paper(symptom: Mention, cues: Iterable[Mention], words: list[Token]) -> bool:
    """ "Ошибка в счёте" is no lamp on the dashboard, "забыли отметку" nothing left in the car."""
    clauses = {_clause(cue, words) for cue in cues if cue.code in {"price", "papers"}}
    return symptom.code in _OF_PAPER_TOO and _clause(symptom, words) in clauses


def _is_gone_in_french(symptom: Mention, words: list[Token]) -> bool:
    """ "Ne grince plus": the verb stands between the two words of its negation."""
    before, after = symptom.at[0] - 1, symptom.at[-1] + 1
    return (
        before >= 0
        and words[before].folded in {"ne", "n"}
        and after < len(words)
        and words[after].folded in {"plus", "pas"}
    )


def _persists(cues: Iterable[Mention], words: list[Token]) -> dict[str, str]:
    """ "Не перестало стучать", "hasn't stopped": what has not ceased is still there."""
    still = [_written(one, words) for one in cues if one.code == "ceased" and _negated(one, words)]
    return {"again": still[0]} if still else {}


def _came_back(ceased: Mention, cues: Iterable[Mention]) -> bool:
    """ "Пропал на неделю и опять": what is said afterwards counts."""
    return any(one.code in {"again", "not_fixed", "same_as_before"} and one.at[0] > ceased.at[-1] for one in cues)


def _negates(negation: Mention, cues: Iterable[Mention]) -> bool:
    """Whether the negation is taken up by "перестало", "stopped" rather than by the symptom after it."""
    return any(one.code == "ceased" and 0 <= one.at[0] - negation.at[-1] <= 1 for one in cues)


def _stems(words: list[Token], left_out: Iterable[Mention], table: Table) -> frozenset[str]:
    known = {place for one in left_out for place in one.at}
    return frozenset(
        stem
        for place, word in enumerate(words)
        if place not in known and word.folded.isalpha() and len(stem := table.stem(word.folded)) >= _LONG_ENOUGH
    )


def _negated(cue: Mention, words: list[Token]) -> bool:
    before = cue.at[0] - 1
    return before >= 0 and words[before].folded in _NOT


def _earlier_clauses(cues: Iterable[Mention], symptoms: Iterable[Mention], words: list[Token]) -> set[int]:
    """Clauses that tell of work in the past and of no fault of today."""
    past = {_clause(cue, words) for cue in cues if cue.code == "past_work"}
    return past - {_clause(symptom, words) for symptom in symptoms}


def _clause(mention: Mention, words: list[Token]) -> int:
    return words[mention.at[0]].clause


def _written(mention: Mention, words: list[Token]) -> str:
    return " ".join(word.written for word in words[mention.at[0] : mention.at[-1] + 1])


def _codes(mentions: Iterable[Mention]) -> frozenset[str]:
    return frozenset(mention.code for mention in mentions)
