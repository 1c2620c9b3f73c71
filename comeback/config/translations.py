"""`comeback translations check|update|compile`: each app keeps complete Russian and French catalogues of its words.

Works without GNU gettext: Django's `templatize` and Babel (a test package) find the words, polib does the rest.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import polib

from comeback.config.places import ROOT

# What a language's plural needs; the rule itself must be gettext's expression.
PLURALS = {
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "fr": "nplurals=2; plural=(n > 1);",
}
FORMS = {"ru": 3, "fr": 2}
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sdf]|\{\w*\}")

Key = tuple[str | None, str]  # context, msgid
Word = tuple[str, str]  # plural or "", where it was found


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do."""
    parser.add_argument("what", choices=["check", "update", "compile"])
    parser.add_argument("apps", nargs="*", help="folders of apps, such as comeback/desk (all)")


def run(options: argparse.Namespace) -> int:
    """Check lists every fault and fails; update adds what is missing, to be translated; compile writes .mo files."""
    if options.what == "compile":
        compile_all()
        return 0
    apps = [ROOT / name for name in options.apps] or own_apps()
    if options.what == "update":
        for app in apps:
            update(app)
        return 0
    faults = [fault for app in apps for fault in check(app)]
    print(*faults, sep="\n", end="\n" if faults else "")
    print(f"{len(apps)} apps, {len(PLURALS)} languages, {len(faults)} faults", file=sys.stderr)
    return 1 if faults else 0


def compile_all() -> None:
    """Write each catalogue's .mo beside it, whole or not at all; fuzzy entries are left out."""
    for source in sorted((ROOT / "comeback").rglob("locale/*/LC_MESSAGES/django.po")):
        draft = source.with_suffix(".mo.new")
        polib.pofile(str(source)).save_as_mofile(str(draft))
        draft.replace(source.with_suffix(".mo"))


def own_apps() -> list[Path]:
    """Folders of the apps whose words we answer for."""
    return sorted(path.parent for path in (ROOT / "comeback").rglob("apps.py"))


def check(app: Path) -> Iterator[str]:
    """Every fault of an app's catalogues, one sentence each."""
    words = extract(app)
    for language in PLURALS if words else []:
        path = catalogue(app, language)
        if not path.exists():
            yield f"{path.relative_to(ROOT)}: missing, {len(words)} words untranslated"
            continue
        book = polib.pofile(str(path))
        entries = {(entry.msgctxt, entry.msgid): entry for entry in book if not entry.obsolete}
        faults = [f"{_quote(key)} missing ({words[key][1]})" for key in words if key not in entries]
        faults += [f"{_quote(key)} no longer used" for key in entries if key not in words]
        faults += [f"{entry.msgid!r} obsolete" for entry in book.obsolete_entries()]
        faults += [
            f"{_quote(key)} {fault}"
            for key in entries
            if key in words
            for fault in _faults(entries[key], words[key][0], language)
        ]
        yield from (f"{path.relative_to(ROOT)}: {fault}" for fault in faults)


def update(app: Path) -> None:
    """Add missing words (empty), drop unused ones, keep the rest; sorted, so that two people's additions merge."""
    words = extract(app)
    for language, rule in PLURALS.items() if words else []:
        path = catalogue(app, language)
        old: dict[Key, polib.POEntry] = {(entry.msgctxt, entry.msgid): entry for entry in _book(path)}
        book = polib.POFile(wrapwidth=120)
        book.metadata = {"Language": language, "Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": rule}
        for key in sorted(words, key=lambda key: (key[1], key[0] or "")):
            book.append(_entry(key, words[key][0], old.get(key), language))
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(str(path))


def extract(app: Path) -> dict[Key, Word]:
    """All words of an app's Python files and templates."""
    from babel.messages.extract import extract as babel_extract

    found: dict[Key, Word] = {}
    for path, source in _sources(app):
        for line, message, _comments, context in babel_extract("python", BytesIO(source.encode()), KEYWORDS):
            singular, plural = message if isinstance(message, tuple) else (message, "")
            where = f"{path.relative_to(ROOT)}:{line}"
            known = found.get((context, singular), ("", where))
            found[context, singular] = (plural or known[0], known[1])
    return found


def catalogue(app: Path, language: str) -> Path:
    """Where an app keeps the words of a language."""
    return app / "locale" / language / "LC_MESSAGES" / "django.po"


def _book(path: Path) -> Iterable[polib.POEntry]:
    return polib.pofile(str(path)) if path.exists() else []


def _sources(app: Path) -> Iterable[tuple[Path, str]]:
    from django.utils.translation.template import templatize

    for path in sorted(app.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, path.read_text("utf-8")
    for path in sorted(path for path in (app / "templates").rglob("*") if path.suffix in {".html", ".txt"}):
        # In brackets, because a page's indentation is not Python's.
        yield path, f"({templatize(path.read_text('utf-8'), origin=str(path))})"


def _entry(key: Key, plural: str, old: polib.POEntry | None, language: str) -> polib.POEntry:
    entry = polib.POEntry(msgctxt=key[0], msgid=key[1])
    if plural:
        forms = old.msgstr_plural if old and old.msgstr_plural else {}
        entry.msgid_plural = plural
        entry.msgstr_plural = {number: forms.get(number, "") for number in range(FORMS[language])}
    else:
        entry.msgstr = old.msgstr if old else ""
    entry.flags = list(old.flags) if old else []
    entry.tcomment = old.tcomment if old else ""
    return entry


def _faults(entry: polib.POEntry, plural: str, language: str) -> Iterator[str]:
    if entry.fuzzy:
        yield "fuzzy"
    if bool(plural) != bool(entry.msgid_plural):
        yield "plural in one place, not in the other"
        return
    texts = [entry.msgstr_plural.get(number, "") for number in range(FORMS[language])] if plural else [entry.msgstr]
    if not all(texts):
        yield "not translated"
    wanted = set(PLACEHOLDER.findall(entry.msgid))
    allowed = wanted | set(PLACEHOLDER.findall(plural))
    for text in filter(None, texts):
        present = set(PLACEHOLDER.findall(text))
        if present - allowed or (not plural and present != wanted):
            yield f"placeholders differ: {sorted(present)} for {sorted(allowed)}"


def _quote(key: Key) -> str:
    return f"{key[1]!r}" + (f" (context {key[0]!r})" if key[0] else "")
