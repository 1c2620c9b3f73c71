"""Every component on one page, with invented data: rendered by tests, and served for looking at it.

`DJANGO_SETTINGS_MODULE=tests.web.gallery_settings python -m django runserver` shows it at `/`.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.utils import translation

from comeback.desk.preferences import preferences
from comeback.web.templatetags.shell import PersonShown

NOW = datetime(2026, 11, 24, 11, 35, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")


@dataclass
class Row:
    state: str
    no: str
    text: str
    note: str = ""
    url: str = ""
    by: str = ""
    at: datetime | None = None
    due_at: datetime | None = None
    plate: str = ""
    stamp_level: int = 0
    action: dict[str, Any] = field(default_factory=dict)


class CardForm(forms.Form):
    words = forms.CharField(
        label="Слова клиента", widget=forms.Textarea, help_text="Как сказал, без перевода на технический язык"
    )
    noise = forms.ChoiceField(
        label="Какой шум", choices=[("squeak", "Скрип"), ("knock", "Стук"), ("hum", "Гул")], widget=forms.RadioSelect
    )
    manoeuvres = forms.MultipleChoiceField(
        label="Манёвр",
        choices=[("bump", "Неровность"), ("brake", "Тормоз"), ("turn", "Поворот")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    odometer = forms.IntegerField(label="Пробег, км")
    account = forms.ChoiceField(label="Счёт", choices=[("warranty", "Гарантия изготовителя"), ("dealer", "Дилер")])
    started = forms.DateTimeField(label="Начало", required=False)
    unsafe = forms.BooleanField(label="Опасно ехать", required=False)
    photo = forms.FileField(label="Фото", required=False)


def rows() -> list[Row]:
    """One row for each state."""
    ago = NOW - timedelta(hours=4)
    return [
        Row("done", "4.1", "Поручить работу тому же механику", "Петров А. — ЗН-10234", "/4.1/", "Сидоров В.", ago),
        Row("overdue", "4.3", "Прочитать сообщение о ходе работ", "Кузнецов Д.: «Люфт втулки рычага, меняем»", "/4.3/",
            due_at=NOW - timedelta(minutes=35), plate="А123ВС77",
            action={"label": "Прочитать", "url": "/4.3/", "primary": True, "post": True}),
        Row("due", "6.2", "Решить, кто платит: 21 340 ₽", "Berlingo", "/6.2/", due_at=NOW + timedelta(minutes=70),
            plate="К702ОР197", action={"label": "Решить", "url": "/6.2/"}),
        Row("later", "3.1", "Быть на приёме: Громова Л. И.", "16:30, рывки АКП", "/3.1/", plate="Т418МК777",
            due_at=NOW + timedelta(hours=21), stamp_level=2, action={"label": "Открыть", "url": "/3.1/"}),
        Row("decision", "3.5", "Участие руководителя в выдаче", "решает приёмка", "/3.5/"),
        Row("locked", "5.1", "Проверить соответствие работ", "Лаптев Н. · после 4.4",
            action={"label": "Проверить", "blocked": True}),
        Row("skip", "3.3", "Тест-драйв с клиентом", "решила Романова И. · «по счёту»", by="Романова И.", at=ago),
        Row("void", "4.4", "Тест-драйв после работ", "круг 2", "/4.4/", due_at=NOW + timedelta(hours=1)),
        Row("rule", "1.5", "Приоритет в записи", "издание 3"),
    ]  # fmt: skip


def steps() -> list[dict[str, Any]]:
    """A rail with every state that a step can have."""
    states = ["done", "done", "overdue", "due", "void", "decision", "skip", "locked", "locked"]
    titles = ["Запись", "Подготовка", "Приёмка", "Работы", "Контроль", "К выдаче", "Выдача", "Контакт", "Показатели"]
    notes = [
        "23.11 10:05",
        "23.11 16:40",
        "просрочено 12 мин",
        "2 из 4",
        "круг 2",
        "решить 6.2",
        "",
        "48 ч",
        "ноябрь 2026",
    ]
    return [
        {"number": n, "title": title, "state": state, "note": note, "url": f"#{n}", "current": state == "due"}
        for n, (title, state, note) in enumerate(zip(titles, states, notes, strict=True), 1)
    ]


def context() -> dict[str, Any]:
    """Plain data for gallery.html."""
    typed = {"words": "Стучит спереди справа", "noise": "knock", "manoeuvres": ["bump"], "odometer": "много"}
    missing = [
        {"need": "4.3", "text": "Прочитать сообщение о ходе работ", "who": "вы"},
        {
            "need": "4.4",
            "text": "Тест-драйв: холодный двигатель, 20–40 км/ч",
            "who": ["Кузнецов Д.", "Белов К."],
            "url": "/4.4/",
        },
    ]
    return {
        "now": NOW, "tz": MOSCOW, "rows": rows(), "steps": steps(), "form": CardForm(typed), "plates": PLATES,
        "gate": {"title": "Контроль качества", "missing": missing, "needs": 6, "bypass_url": "/bypass/"},
        "open_gate": {"title": "Контроль качества", "open": True, "opened_by": "Лаптев Н.", "opened_at": NOW},
        "refusal": {"rule": "G6", "missing": missing},
        "words": {"text": "Стучит так же, особенно утром", "meta": ["Иванова М. П.", "телефон", "23.11 10:04"]},
        "facts": [{"label": "VIN", "value": "VF7UA5FS8EJ500123", "mono": True},
                  {"label": "Тогда", "value": "ЗН-10234", "url": "#", "red": True}, {"label": "Пусто", "value": ""}],
        "trail": [{"at": NOW, "text": "Согласована замена рычага, фото 3", "note": "4.2 · Кузнецов Д."},
                  {"title": "12 дней назад", "hit": True, "url": "#", "url_label": "ЗН-10234", "text": "Стук"}],
        "subject": {"plate": "А123ВС77", "vehicle": "Citroën C4 Picasso", "no": "ПО-MSK-2026-0147", "url": "#",
                    "title": "Стук спереди справа после замены стоек стабилизатора", "level": 1, "order_no": "ЗН-10234",
                    "stamped": True},
        "soon_at": NOW + timedelta(minutes=70), "over_at": NOW - timedelta(minutes=65),
        "ok_at": NOW + timedelta(hours=29),
    }  # fmt: skip


PLATES = ["А123ВС77", "K702OP197", "AB-123-CD", "AB12CDE", "1234 KM 7"]
MANAGER = PersonShown("Романова И.", "Citroën Север", ["Руководитель ППО", "Приёмка"], frozenset({"administrator"}))


def prepared(request: HttpRequest) -> HttpRequest:
    """The request of somebody who is signed in, without a database."""
    request.user = SimpleNamespace(is_authenticated=True)
    request.person_shown = MANAGER
    request.theme = request.GET.get("theme", "light")
    return request


def render(request: HttpRequest, name: str = "gallery.html") -> str:
    source = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return engines["django"].from_string(source).render(context(), prepared(request))


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    with translation.override(request.GET.get("lang", "ru")):
        return HttpResponse(render(request))


@login_not_required
def line(request: HttpRequest) -> HttpResponse:
    """A line's page, before anybody tried (`?missing=1`) or after a refusal."""
    with translation.override(request.GET.get("lang", "ru")):
        return HttpResponse(render_line(request))


def render_line(request: HttpRequest) -> str:
    shown = context() | {"line": LINE, "allowed": ["technical_expert"], "submit": "Записать тест-драйв", "back": "/"}
    if "missing" in request.GET:
        shown |= {"refusal": None, "missing": shown["refusal"]["missing"]}
    return engines["django"].get_template("desk/line_form.html").render(shown, prepared(request))


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page with and without the demo's people."""
    form = SignInForm({"login": "romanova"} if "wrong" in request.GET else None)
    shown = {"form": form, "demo_people": PEOPLE if "demo" in request.GET else [], "PASSKEY_LOGIN_ENABLED": True}
    request.theme = request.GET.get("theme", "light")
    with translation.override(request.GET.get("lang", "ru")):
        return HttpResponse(engines["django"].get_template("account/login.html").render(shown, request))


class SignInForm(forms.Form):
    login = forms.CharField(label="Имя или почта")
    password = forms.CharField(label="Пароль", widget=forms.PasswordInput)


PEOPLE = [
    {"id": n, "name": name, "function": function}
    for n, (name, function) in enumerate(
        [("Романова И.", "руководитель службы ПО"), ("Смирнова О.", "приёмка"), ("Кузнецов Д.", "технический эксперт")],
        1,
    )
]
LINE = SimpleNamespace(
    id="4.4",
    short="Тест-драйв после работ",
    text="Технический консультант проводит тест-драйв после выполнения работ.",
)

urlpatterns = [
    path("", gallery, name="today"),
    path("line/", line, name="booking"),
    path("sign-in/", sign_in, name="account_login"),
    path("preferences/", preferences, name="preferences"),
    *[path(f"{name}/", gallery, name=name) for name in (
        "cases", "control_table", "contacts", "indicators", "method", "settings", "search", "account_logout",
        "account_change_password", "mfa_index", "demo_sign_in", "mfa_login_webauthn",
    )],
]  # fmt: skip
