"""Addresses: sign-in, the API, then the rooms and the shell. What is public says so (LoginRequiredMiddleware)."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import module_has_submodule

from comeback import steps
from comeback.config import api
from comeback.desk import demo
from comeback.desk.preferences import forgotten

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/login/", demo.LoginPage.as_view(), name="account_login"),
    path("accounts/demo/", demo.sign_in, name="demo_sign_in"),
    path("accounts/password/reset/", forgotten, name="account_reset_password"),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", api.urls),
]
# rooms with pages of their own; the desk last: it serves any line or act
_rooms = [f"comeback.steps.{room}" for room in settings.ROOMS if module_has_submodule(steps, f"{room}.urls")]
urlpatterns += [path("", include(f"{app}.urls")) for app in (*_rooms, "comeback.web", "comeback.desk")]
