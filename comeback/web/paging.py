"""Numbers in addresses: whatever stands there, a page is shown."""

from __future__ import annotations

from django.http import HttpRequest

LAST_PAGE = 10_000


def number_in(request: HttpRequest, name: str, *, most: int) -> int:
    """A number from 1 to most in the address, else 0."""
    asked = request.GET.get(name, "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
    return number if number <= most else 0
