"""The API at /api/v1/, built when all rooms have registered their actions."""

from typing import Any

from comeback.desk.api import build
from comeback.steps.s1_booking.api import add_requests

api = build(add_requests)
urls: Any = api.urls  # made anew each time it is asked for
for _pattern in urls[0]:
    _pattern.callback.login_required = False  # the API asks for its own token; the sign-in page is for people
