"""Addresses: sign-in, the API, then each floor and room. What is public says so (LoginRequiredMiddleware)."""

from importlib import import_module

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from comeback.config.places import present
from comeback.desk import demo

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/login/", demo.LoginPage.as_view(), name="account_login"),
    path("accounts/demo/", demo.sign_in, name="demo_sign_in"),
    path("accounts/", include("allauth.urls")),
]
if present("comeback.config.api"):
    urlpatterns.append(path("api/v1/", import_module("comeback.config.api").urls))

_rooms = [f"comeback.steps.{room}" for room in settings.ROOMS]
for _app in ["comeback.library", *_rooms, "comeback.web", "comeback.desk"]:  # the desk last: it serves any line or act
    if _app in settings.INSTALLED_APPS and present(f"{_app}.urls"):
        urlpatterns.append(path("", include(f"{_app}.urls")))
