"""Text to tokens: words folded for comparing, with the clause that each stands in."""

import re
from typing import NamedTuple

from comeback.recognition.normalise import fold

_PIECES = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*|[,.;:!?()\n—]|\s-\s")
_FRENCH_ELISIONS = frozenset(("l", "d", "n", "s", "j", "c", "m", "t", "qu"))
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_FRENCH_ACCENT = re.compile(r"[éèêëàâçîïôûùœ]", re.IGNORECASE)
_ENGLISH = """
    the is my on and after has it to of for with again you not in when at from been since had was this that your i its
    just still will would fit please same over off up by are
    a an there theres be as or so but can could get got me we our isnt wont doesnt
"""
_FRENCH = """
    le la les de du des un une est et pas je mon ma depuis que qui sur avec pour au aux en dans l d c s ne ca se on vous
    votre apres chez sans mes n j il elle encore a revenu toujours
"""
_WORDS_OF = {"en": frozenset(_ENGLISH.split()), "fr": frozenset(_FRENCH.split())}


class Token(NamedTuple):
    """A word as written, folded, and the number of its clause."""

    written: str
    folded: str
    clause: int


def tokens(text: str) -> list[Token]:
    """The words of a text. Apostrophes join English words and part French ones."""
    found: list[Token] = []
    clause = 0
    for piece in _PIECES.findall(text):
        if not piece[0].isalnum():
            clause += 1
            continue
        found.extend(Token(word, fold(word), clause) for word in _parts(piece))
    return found


def languages(text: str, words: list[Token]) -> tuple[str, ...]:
    """Which languages the text may be in; two when short words of neither tell."""
    if _CYRILLIC.search(text):
        return ("ru",)
    english = sum(word.folded in _WORDS_OF["en"] for word in words)
    french = sum(word.folded in _WORDS_OF["fr"] for word in words) + 2 * bool(_FRENCH_ACCENT.search(text))
    if english > french:
        return ("en",)
    return ("fr",) if french > english else ("en", "fr")


def _parts(piece: str) -> list[str]:
    head, *rest = re.split(r"['’`]", piece)
    if not rest:
        return [head]
    if head.casefold() in _FRENCH_ELISIONS:
        return [head.casefold(), *_parts("'".join(rest))]
    return ["".join((head, *rest))]
