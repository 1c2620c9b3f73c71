"""The words of the lexicon compiled: which entries of one language fit a row of tokens, misspelt ones too."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA
from snowballstemmer import stemmer

from comeback.recognition.tokens import Token, tokens

STEMMERS = {"ru": "russian", "en": "english", "fr": "french"}
GAP = ".."
MAX_GAP = 3
_FUZZY_LENGTH = 5
_MAX_ENDING = 3


class Mention(NamedTuple):
    """An entry that was found: its section and code in the lexicon, and the numbers of the tokens it stands on."""

    section: str
    code: str
    at: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Pattern:
    section: str
    code: str
    items: tuple[str, ...]


class Table:
    """All entries of one language."""

    def __init__(self, language: str) -> None:
        self.stem = lru_cache(maxsize=50_000)(stemmer(STEMMERS[language]).stemWord)
        self._starting: dict[str, list[_Pattern]] = defaultdict(list)
        self._known: set[str] = set()
        self._misspelt: set[str] = set()
        self._keys: dict[str, tuple[str, ...]] = {}

    def add(self, section: str, code: str, words: str, *, slips: bool = True) -> None:
        """Add the words of one entry, separated by commas, as the README of the lexicon describes them.

        slips: whether a misspelt word may stand for them.
        """
        for phrase in words.split(","):
            items = tuple(self._items(phrase))
            if items:
                self._starting[items[0]].append(_Pattern(section, code, items))
                self._known.update(items)
                self._misspelt.update(items if slips else ())

    def find(self, words: list[Token]) -> list[Mention]:
        """Every entry that fits somewhere in the text; of one section the longest keep the tokens that they share."""
        keys = [self.keys(word) for word in words]
        mentions = []
        for start, here in enumerate(keys):
            for key in here:
                for pattern in self._starting.get(key, ()):
                    at = _follow(pattern.items, keys, words, start)
                    if at is not None:
                        mentions.append(Mention(pattern.section, pattern.code, at))
        return _longest_first(mentions)

    def keys(self, word: Token) -> tuple[str, ...]:
        """Which items of the lexicon a word answers to."""
        found = self._keys.get(word.written)
        if found is None:
            if len(self._keys) > 100_000:  # a long run meets endless names and numbers
                self._keys.clear()
            found = self._keys[word.written] = self._look_up(word) or self._nearest(word.folded)
        return found

    def _look_up(self, word: Token) -> tuple[str, ...]:
        text = word.folded
        keys = [f"^{word.written}", f"={text}", f"~{self.stem(text)}"]
        keys.extend(f"{text[:end]}*" for end in range(2, len(text) + 1))
        return tuple(key for key in keys if key in self._known)

    def _nearest(self, text: str) -> tuple[str, ...]:
        """The entry one slip of the finger away, if the word is long enough to tell."""
        if len(text) < _FUZZY_LENGTH or not text.isalpha():
            return ()
        stem = self.stem(text)
        for length in range(min(len(text) + 1, 12), _FUZZY_LENGTH - 1, -1):
            for sign, spelt in (("~", stem), ("*", text[:length])):
                choices = self._by_length.get((sign, length, text[0]), ())
                if choices and abs(len(spelt) - length) <= 1 and len(text) - length <= _MAX_ENDING:
                    best = process.extractOne(spelt, choices, scorer=OSA.distance, score_cutoff=1)
                    if best:
                        return (f"~{best[0]}" if sign == "~" else f"{best[0]}*",)
        return ()

    @cached_property
    def _by_length(self) -> dict[tuple[str, int, str], list[str]]:
        lengths: dict[tuple[str, int, str], list[str]] = defaultdict(list)
        for item in self._misspelt:
            if item.startswith("~"):
                lengths["~", len(item) - 1, item[1:2]].append(item[1:])
            elif item.endswith("*"):
                lengths["*", len(item) - 1, item[0]].append(item[:-1])
        return lengths

    def _items(self, phrase: str) -> Iterable[str]:
        for piece in phrase.replace("-", " ").replace("/", " ").split():
            if piece == GAP:
                yield GAP
                continue
            sign, star = piece[0] if piece[0] in "=^" else "", piece.endswith("*")
            for word in tokens(piece.strip("=^*")):
                if sign == "^":
                    yield f"^{word.written}"
                else:
                    yield f"{word.folded}*" if star else f"={word.folded}" if sign else f"~{self.stem(word.folded)}"


def _follow(
    items: tuple[str, ...], keys: list[tuple[str, ...]], words: list[Token], start: int
) -> tuple[int, ...] | None:
    at = [start]
    gap = False
    for item in items[1:]:
        if item == GAP:
            gap = True
            continue
        here = at[-1] + 1
        reach = range(here, min(here + (MAX_GAP + 1 if gap else 1), len(keys)))
        place = next((i for i in reach if item in keys[i] and words[i].clause == words[start].clause), None)
        if place is None:
            return None
        at.append(place)
        gap = False
    return tuple(at)


def _longest_first(mentions: list[Mention]) -> list[Mention]:
    taken: dict[str, set[int]] = defaultdict(set)
    kept = []
    for mention in sorted(mentions, key=lambda one: (-len(one.at), one.at[0] - one.at[-1], one.at)):
        mine = taken[mention.section]
        if not mine.intersection(mention.at):
            kept.append(mention)
            mine.update(mention.at)
        elif any(other.at == mention.at and other.section == mention.section for other in kept):
            kept.append(mention)  # two entries may share a word: a compressor is of the engine and of the climate
    return sorted(kept, key=lambda one: one.at)
