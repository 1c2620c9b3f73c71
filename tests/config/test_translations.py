"""Words are found in Python and templates, and a catalogue that lacks one is no catalogue."""

from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from comeback.config import translations

PAGE = """{% load i18n %}
    <h1>{% translate "Quality check" %}</h1>
  <p>{% blocktranslate trimmed count n=cars %}
      {{ n }} car is (not
      ready{% plural %}{{ n }} cars are not ready{% endblocktranslate %}</p>
<a title='{% translate "Hand over" context "button" %}'>it's "quoted</a>
"""


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    folder = tmp_path / "comeback" / "app"
    (folder / "templates").mkdir(parents=True)
    (folder / "templates" / "page.html").write_text(PAGE)
    (folder / "forms.py").write_text("from x import gettext as _\nLABEL = _('Odometer, %(unit)s')\nNO = f'{1}'\n")
    return folder


@pytest.fixture
def change(app: Path) -> Callable[..., list[str]]:
    """Completes both catalogues, changes the Russian one and returns the faults that are then found."""

    def complete(edit: Callable[[polib.POFile], object]) -> list[str]:
        translations.update(app)
        for language in translations.PLURALS:
            path = str(translations.catalogue(app, language))
            book = polib.pofile(path)
            for entry in book:
                entry.msgstr = "" if entry.msgid_plural else entry.msgid
                entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, entry.msgid)
            if language == "ru":
                edit(book)
            book.save(path)
        return list(translations.check(app))

    return complete


def word(book: polib.POFile, msgid: str) -> polib.POEntry:
    return next(entry for entry in book if entry.msgid == msgid)


def test_words_are_found_in_python_and_templates(app: Path) -> None:
    found = {key: plural for key, (plural, _) in translations.extract(app).items()}
    assert found == {
        (None, "Quality check"): "",
        (None, "%(n)s car is (not ready"): "%(n)s cars are not ready",
        ("button", "Hand over"): "",
        (None, "Odometer, %(unit)s"): "",
    }


def test_an_app_without_catalogues_is_incomplete_in_both_languages(app: Path) -> None:
    assert len(list(translations.check(app))) == 2


def test_update_adds_words_to_be_translated_and_check_demands_them(app: Path) -> None:
    translations.update(app)
    assert sum("not translated" in fault for fault in translations.check(app)) == 8


def test_complete_catalogues_have_no_fault(change: Callable[..., list[str]]) -> None:
    assert change(lambda book: None) == []


def spoil_placeholder(book: polib.POFile) -> None:
    word(book, "Odometer, %(unit)s").msgstr = "Пробег, %(единица)s"


def mark_fuzzy(book: polib.POFile) -> None:
    word(book, "Quality check").flags.append("fuzzy")


def add_unused(book: polib.POFile) -> None:
    book.append(polib.POEntry(msgid="Grease gun", msgstr="Шприц"))


def keep_obsolete(book: polib.POFile) -> None:
    book.append(polib.POEntry(msgid="Grease gun", msgstr="Шприц", obsolete=True))


def lose_a_plural(book: polib.POFile) -> None:
    word(book, "%(n)s car is (not ready").msgstr_plural[2] = ""


@pytest.mark.parametrize(
    ("edit", "complaint"),
    [
        (spoil_placeholder, "placeholders differ"),
        (mark_fuzzy, "fuzzy"),
        (add_unused, "no longer used"),
        (keep_obsolete, "obsolete"),
        (lose_a_plural, "not translated"),
    ],
)
def test_a_fault_in_a_catalogue_is_named(
    change: Callable[..., list[str]], edit: Callable[[polib.POFile], object], complaint: str
) -> None:
    (fault,) = change(edit)
    assert complaint in fault
    assert fault.startswith("comeback/app/locale/ru/LC_MESSAGES/django.po: ")


def test_update_keeps_translations_and_drops_unused_words(app: Path, change: Callable[..., list[str]]) -> None:
    change(add_unused)
    translations.update(app)
    assert list(translations.check(app)) == []


def test_catalogues_are_compiled_without_gettext(app: Path, change: Callable[..., list[str]]) -> None:
    change(lambda book: None)
    translations.compile_all()
    compiled = polib.mofile(str(translations.catalogue(app, "ru").with_suffix(".mo")))
    assert len(compiled) == 4
