"""While there is no person, every page leads to the set-up."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from comeback.registers.models import Person

OPEN = ("/static/", "/preferences/", "/api/")


class SetupFirst:
    """Asks the database only for strangers: whoever is signed in is a person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = reverse("setup")
        elsewhere = request.path != address and not request.path.startswith(OPEN)
        if elsewhere and not request.user.is_authenticated and not Person.objects.exists():
            return HttpResponseRedirect(address)
        return self.get_response(request)
