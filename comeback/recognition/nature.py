"""The nature of a fault, proposed from the words: it drives every conditional line of the method."""

from collections.abc import Iterable

from comeback.recognition.dossier import PastWork, Wish
from comeback.recognition.lexicon import Lexicon

GRAVEST_FIRST = ("SAFETY", "LEAK", "DRIVE", "LAMP", "ELEC_INT", "NVH", "CLIMATE_MM", "BODY", "MAINT", "DOC")
_PAPERS = ("papers", "price")


def propose_nature(wish: Wish, earlier: PastWork | None, lexicon: Lexicon) -> str:
    """The nature code (requirements 3.0.2), or an empty string when nothing tells; one tap changes it."""
    if wish.danger:
        return "SAFETY"
    named = wish.subject
    if natures := _natures(named.symptoms, lexicon, generic=False):
        return _gravest(natures)
    if any(cue in wish.heard.cues for cue in _PAPERS) and not named.symptoms:
        return "DOC"
    if named.named:
        return _gravest(lexicon.terms["systems"][system].nature for system in named.named)
    if natures := _natures(named.symptoms, lexicon, generic=True):
        return _gravest(natures)
    if earlier is not None:
        felt = _natures(earlier.subject.symptoms, lexicon, generic=True)
        return _gravest(felt or (lexicon.terms["systems"][system].nature for system in earlier.subject.systems))
    return ""


def _natures(symptoms: Iterable[str], lexicon: Lexicon, *, generic: bool) -> list[str]:
    terms = (lexicon.terms["symptoms"][symptom] for symptom in symptoms)
    return [term.nature for term in terms if generic or not term.generic]


def _gravest(natures: Iterable[str]) -> str:
    return min(natures, key=GRAVEST_FIRST.index, default="")
