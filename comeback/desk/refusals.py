"""A refusal as an answer: a sentence on the page with everything typed kept, or application/problem+json."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from comeback.method.refusal import Missing, Refused
from comeback.method.sheet import Text

STATUS = {"gate": 409, "changed": 409, "function": 403, "unknown": 404, "input": 422}


def sentence(item: Missing) -> str:
    """What is missing, in the reader's language."""
    text = item.text.in_language(get_language() or "ru") if isinstance(item.text, Text) else str(item.text)
    return text or item.need


def problem(refusal: Refused) -> dict[str, Any]:
    """The body of an application/problem+json answer: rule, missing, who."""
    return {
        "type": "about:blank",
        "title": "; ".join(sentence(item) for item in refusal.missing),
        "status": STATUS[refusal.kind],
        "rule": refusal.rule,
        "missing": [
            {"need": it.need, "text": sentence(it), "field": it.field, "who": list(it.by)} for it in refusal.missing
        ],
        "who": sorted({function for item in refusal.missing for function in item.by}),
    }


class RefusalMiddleware:
    """Turns a Refused that no form took back into a page (or JSON for the API)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        status = STATUS[exception.kind]
        if request.path.startswith("/api/"):
            return JsonResponse(problem(exception), status=status, content_type="application/problem+json")
        return render(request, "desk/refused.html", {"refusal": exception}, status=status)
