"""What every answer carries: a policy that lets nothing foreign run; language, theme and clock of the person."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from comeback.registers.models import Person

Answer = Callable[[HttpRequest], HttpResponse]
THEMES = ("light", "dark")
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()",
}


class ContentSecurityPolicy:
    """Scripts, styles and forms of this server only, nothing inline; a view may loosen a header by setting it itself.

    `CSP_FORM_ACTION`: further addresses that a form may lead to, such as a sign-in server.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        allowed = " ".join(["'self'", *getattr(settings, "CSP_FORM_ACTION", [])])
        self.policy = "; ".join(f"{name} {value}" for name, value in (POLICY | {"form-action": allowed}).items())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class PersonPreferences:
    """Language and theme of who is signed in, and the clock of his site; a stranger's come from cookies and browser.

    Stands after AuthenticationMiddleware, so that LocaleMiddleware's guess is replaced by what the person chose.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Person):
            return self._as_person(request, request.user)
        theme = request.COOKIES.get("theme")
        _show(request, theme if theme in THEMES else THEMES[0])
        return self.get_response(request)

    def _as_person(self, request: HttpRequest, person: Person) -> HttpResponse:
        _show(request, person.theme)
        request.LANGUAGE_CODE = person.language
        translation.activate(person.language)
        with timezone.override(person.site.zoneinfo if person.site else None):
            response = self.get_response(request)
        response.headers["Content-Language"] = person.language
        return response


def _show(request: HttpRequest, theme: str) -> None:
    request.theme = theme  # type: ignore[attr-defined]  # read by the page frame
