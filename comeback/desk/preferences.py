"""Choosing language and theme: kept with the person, and in cookies for the sign-in page of this device."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

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


def _chosen(request: HttpRequest) -> dict[str, str]:
    known = {"language": [code for code, _name in settings.LANGUAGES], "theme": THEMES}
    return {name: request.POST[name] for name, values in known.items() if request.POST.get(name) in values}


def _back(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else "/"
