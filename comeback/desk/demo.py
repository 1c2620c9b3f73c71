"""The demo's sign-in page: its invented people with one click, from this machine only."""

from __future__ import annotations

import ipaddress
from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from comeback.desk.models import DemoPerson
from comeback.registers.models import Function, Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


def offer(person: Person) -> None:
    """Let the demo's page offer this invented person; called when the demo is loaded."""
    DemoPerson.objects.create(person=person)


def people_for(request: HttpRequest) -> list[dict[str, Any]]:
    """The demo's people with their functions, for a request that comes from this machine; nobody for any other."""
    if not _from_this_machine(request):
        return []
    order = list(Function.values)
    rows = DemoPerson.objects.filter(person__is_active=True).select_related("person").order_by("pk")
    return [
        {"id": row.person_id, "name": row.person.name, "function": Function(min(held, key=order.index)).label}
        for row in rows.prefetch_related("person__functions")
        if (held := [it.function for it in row.person.functions.all()])
    ]


@login_not_required
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people. 404 for everybody else, from everywhere else, and without the demo."""
    wanted = request.POST.get("person", "")
    if not any(str(person["id"]) == wanted for person in people_for(request)):
        raise Http404
    login(request, Person.objects.get(pk=wanted), backend=BACKEND)
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(address if address and safe else "/")


class LoginPage(LoginView):
    """allauth's sign-in page; beneath it the demo's people."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"demo_people": people_for(self.request)}


def _from_this_machine(request: HttpRequest) -> bool:
    """Client and address are this machine's own, and nothing suggests that somebody else's request is passed on."""
    if settings.HOSTS or settings.TLS or any(request.META.get(name) for name in FORWARDED):
        return False
    try:
        client = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    host = request.get_host()
    return client.is_loopback and (host if host.endswith("]") else host.rpartition(":")[0] or host) in LOOPBACK_HOSTS
