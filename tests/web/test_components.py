"""The components say in words what they show in colour, and hold nothing that the page's policy forbids."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from comeback.config.places import ROOT
from comeback.config.translations import compile_all
from comeback.desk.states import STATES
from tests.web import gallery

SPRITE = ROOT / "comeback/web/static/web/vendor/icons/sprite.svg"
VOID = {"meta", "link", "input", "br", "img", "use", "path"}


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    compile_all()


@pytest.fixture(autouse=True)
def gallery_addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.web.gallery"


def page(language: str = "ru", address: str = "/") -> str:
    request = RequestFactory().get(address)
    request.user = AnonymousUser()
    view = {"/": gallery.gallery, "/line/": gallery.line}.get(address.partition("?")[0], gallery.sign_in)
    request.GET = request.GET.copy()
    request.GET["lang"] = language
    return view(request).content.decode()


def draw(source: str, language: str = "ru", **context: Any) -> str:
    with translation.override(language):
        text = engines["django"].from_string("{% load comeback %}" + source).render(context)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip().replace("\u00a0", " ")


class Outline(HTMLParser):
    """Tags, attributes and ids of a page; complains of tags that are not closed."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


PAGES = ["/", "/line/?missing=1", "/sign-in/?demo=1&wrong=1"]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["ru", "en", "fr"])
def test_nothing_inline_and_nothing_foreign(address: str, language: str) -> None:
    outline = Outline(page(language, address))
    assert outline.open == []
    assert not [name for name, _value in outline.attributes if name == "style" or name.startswith("on")]
    scripts = [attrs for tag, attrs in outline.tags if tag == "script"]
    assert all("src" in attrs or attrs.get("type") == "application/json" for attrs in scripts)
    assert not [tag for tag, _attrs in outline.tags if tag == "style"]
    loaded = [value for name, value in outline.attributes if name in ("src", "href", "action")]
    assert not [value for value in loaded if re.match(r"(?i)(https?:)?//|javascript:|data:", value)]


@pytest.mark.parametrize("address", PAGES)
def test_ids_are_unique_and_labels_lead_somewhere(address: str) -> None:
    outline = Outline(page("ru", address))
    ids = [value for name, value in outline.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    references = [
        value for name, value in outline.attributes if name in ("for", "form", "aria-labelledby", "aria-describedby")
    ]
    assert not [ref for value in references for ref in value.split() if ref not in ids]


def test_no_page_offers_two_main_headings() -> None:
    for address in PAGES:
        assert sum(tag == "h1" for tag, _attrs in Outline(page("ru", address)).tags) == 1, address


def test_every_button_and_link_has_a_name() -> None:
    source = page("ru", "/")
    for tag in re.findall(r"<(?:a|button)\b.*?</(?:a|button)>", source, re.DOTALL):
        said = re.search(r'aria-label="[^"]+"', tag) or re.sub(r"<[^>]+>", "", tag).strip()
        assert said, tag


@pytest.mark.parametrize("language", ["ru", "en", "fr"])
def test_each_state_has_its_own_icon_and_word(language: str) -> None:
    with translation.override(language):
        words = [str(state.word) for state in STATES.values()]
    assert len(set(words)) == len(STATES) == 9
    assert len({state.icon for state in STATES.values()}) == 9


def test_icons_are_all_in_the_sprite_and_listed_there() -> None:
    sprite = SPRITE.read_text(encoding="utf-8")
    present = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    assert sorted(present) == re.search(r"LICENSE.txt\): ([\w -]+) -->", sprite)[1].split()  # type: ignore[index]
    templates = [path.read_text(encoding="utf-8") for path in (ROOT / "comeback").rglob("templates/**/*.html")]
    used = {name for source in templates for name in re.findall(r'{% icon "([\w-]+)"', source)}
    assert used | {state.icon for state in STATES.values()} <= present


def test_vendored_files_carry_a_licence_and_load_nothing_from_elsewhere() -> None:
    vendor = SPRITE.parent.parent
    for folder in filter(Path.is_dir, vendor.iterdir()):
        assert (folder / "LICENSE.txt").exists(), folder
    css = (vendor / "tabler/tabler.min.css").read_text(encoding="utf-8")
    assert "sourceMappingURL" not in css
    assert not re.search(r"url\([\"']?https?:|@import", css)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ru", "Повторное обращение 1-й возврат · исходный ЗН-10234"),
        ("en", "Comeback 1st return · original order ЗН-10234"),
        ("fr", "Retour client 1er retour · OR d’origine ЗН-10234"),
    ],
)
def test_the_stamp_names_level_and_original_order(language: str, said: str) -> None:
    assert draw('{% stamp 1 "ЗН-10234" %}', language) == said


def test_the_small_stamp_counts_from_the_second_return() -> None:
    assert draw("{% stamp 2 small=True %}") == "2-й возврат"
    assert draw("{% stamp 1 small=True %}") == "Повторное обращение"


def test_a_clock_says_in_words_that_it_is_late() -> None:
    assert draw("{% clock due now %}", due=gallery.context()["over_at"], now=gallery.NOW) == "просрочено на −1 ч 05 м"
    assert draw("{% clock due now %}", due=None, now=gallery.NOW) == ""


def test_a_done_line_shows_who_and_when_in_place_of_a_button() -> None:
    row = gallery.rows()[0]
    row.action = {}
    assert draw('{% include "desk/line_row.html" %}', row=row, now=gallery.NOW, tz=gallery.MOSCOW) == (
        "4.1 Поручить работу тому же механику Сделано · Петров А. — ЗН-10234 Сидоров В. вт 24.11, 10:35"
    )


def test_a_closed_gate_names_what_is_missing_and_who_can_supply_it() -> None:
    said = draw('{% include "desk/gate.html" %}', **gallery.context())
    assert "Контроль качества: не хватает 2 из 6" in said
    assert "4.4 Тест-драйв" in said
    assert "Кузнецов Д. или Белов К." in said


def test_a_refusal_names_its_rule_and_says_that_nothing_is_lost() -> None:
    said = draw('{% include "desk/refusal.html" %}', **gallery.context())
    assert said.startswith("Пока нельзя: не всё готово G6")
    assert said.endswith("Всё, что вы ввели, сохранено.")


def test_what_was_typed_wrongly_is_shown_again() -> None:
    source = page("ru", "/")
    assert re.search(r'<input type="text" name="odometer" value="много"[^>]*aria-invalid="true"', source)
    assert 'inputmode="numeric"' in source


def test_choices_are_real_inputs_that_work_without_scripts() -> None:
    source = page("ru", "/")
    assert re.search(r'<label class="chip"[^>]*><input type="radio" name="noise" value="knock"[^>]*checked', source)
    assert re.search(r'<input type="checkbox" name="manoeuvres" value="bump"[^>]*checked', source)


def test_the_customers_words_are_escaped_and_quoted() -> None:
    said = engines["django"].from_string('{% include "desk/words.html" %}')
    with translation.override("ru"):
        source = said.render({"words": {"text": "<script>стук</script>", "meta": []}})
    assert "«&lt;script&gt;стук&lt;/script&gt;»" in source


def test_demo_people_are_offered_only_when_given() -> None:
    assert 'name="person" value="1"' in page("ru", "/sign-in/?demo=1")
    assert 'name="person"' not in page("ru", "/sign-in/")


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_pages_need_nothing_of_the_request(name: str) -> None:
    with translation.override("ru"):
        source = engines["django"].get_template(f"{name}.html").render()
    assert Outline(source).open == []
    assert "Открыть «Сегодня»" in source


def test_own_styles_define_both_themes_and_no_red_but_the_comebacks() -> None:
    css = (ROOT / "comeback/web/static/web/comeback.css").read_text(encoding="utf-8")
    light, dark = (re.search(rf"{theme}\] {{(.*?)}}", css, re.DOTALL)[1] for theme in ("light", "dark"))  # type: ignore[index]
    assert set(re.findall(r"--[\w-]+(?=:)", dark)) <= set(re.findall(r"--[\w-]+(?=:)", light))
    assert "#a31226" not in css.replace(light, "")
    assert settings.STATIC_URL
