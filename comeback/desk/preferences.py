"""A person's or device's own: language and theme (in cookies too, for the sign-in page), a forgotten password."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from comeback.desk.middleware import THEMES

YEAR = 365 * 24 * 3600


@login_not_required
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep `language` and `theme` where they are among the known ones, and go back to `next`."""
    chosen = _chosen(request)
    if request.user.is_authenticated and chosen:
        for name, value in chosen.items():
            setattr(request.user, name, value)
        request.user.save(update_fields=list(chosen))
    response = HttpResponseRedirect(_back(request))
    for name, value in chosen.items():
        cookie = settings.LANGUAGE_COOKIE_NAME if name == "language" else name
        response.set_cookie(cookie, value, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    return response


@login_not_required
@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    """Who forgot his password is told whom to ask: no mail leaves this server, so none is promised."""
    return render(request, "account/forgotten.html")


def _chosen(request: HttpRequest) -> dict[str, str]:
    known = {"language": [code for code, _name in settings.LANGUAGES], "theme": THEMES}
    return {name: request.POST[name] for name, values in known.items() if request.POST.get(name) in values}


def _back(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else "/"
