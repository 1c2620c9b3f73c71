"""The lexicon as data: complete in three languages, consistent, and big enough for the trade."""

from comeback.recognition import weights
from comeback.recognition.intent import FROM_OUTSIDE, IN_PASSING, OUTRIGHT, WITHOUT_A_FAULT
from comeback.recognition.lexicon import LANGUAGES, load

NATURES = {"SAFETY", "NVH", "DRIVE", "ELEC_INT", "LAMP", "LEAK", "CLIMATE_MM", "BODY", "MAINT", "DOC"}


def test_it_covers_the_trade() -> None:
    terms = load().terms
    assert len(terms["systems"]) >= 14
    assert len(terms["symptoms"]) >= 80
    assert len(terms["parts"]) >= 100


def test_every_term_has_a_name_in_each_language() -> None:
    for section in ("systems", "parts", "symptoms", "places", "conditions"):
        for term in load().terms[section].values():
            assert all(term.names.get(language) for language in LANGUAGES), term.code


def test_symptoms_have_a_gender_where_the_language_needs_one() -> None:
    for term in load().terms["symptoms"].values():
        assert term.genders["ru"] in {"m", "f", "n", "pl"}, term.code
        assert term.genders["fr"] in {"m", "f", "mpl", "fpl"}, term.code


def test_natures_are_those_of_the_method() -> None:
    for section in ("systems", "symptoms"):
        assert {term.nature for term in load().terms[section].values()} <= NATURES


def test_every_reference_leads_somewhere() -> None:
    terms = load().terms
    known = terms["systems"].keys() | terms["parts"].keys() | terms["symptoms"].keys()
    for section in ("systems", "parts", "symptoms", "work"):
        for term in terms[section].values():
            assert term.touches <= known, term.code
            assert term.systems <= terms["systems"].keys(), term.code
    assert set(load().trouble_codes.values()) <= terms["systems"].keys()


def test_no_code_means_two_things() -> None:
    terms = load().terms
    assert not terms["symptoms"].keys() & terms["parts"].keys()
    assert not terms["systems"].keys() & terms["symptoms"].keys()


def test_cues_that_the_rules_name_exist_and_have_their_points() -> None:
    cues = load().terms["cues"].keys()
    assert {*FROM_OUTSIDE, *IN_PASSING, *OUTRIGHT, *WITHOUT_A_FAULT} <= cues
    assert weights.load().cues.keys() <= cues
