"""API tokens: made once, shown once, kept as a digest. A token has 256 random bits, so a plain hash is enough."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from comeback.desk.models import ApiToken
from comeback.registers.models import Person


def make_token(person: Person, *, name: str, now: datetime) -> str:
    """A new token of a person; the text is given back this once."""
    text = f"cb_{secrets.token_urlsafe(32)}"
    ApiToken.objects.create(person=person, name=name, digest=_digest(text), made_at=now)
    return text


def person_of(text: str) -> Person | None:
    """Whose token it is; None when it is unknown, revoked, or the person has left."""
    token = ApiToken.objects.select_related("person").filter(digest=_digest(text), revoked_at=None).first()
    return token.person if token and token.person.is_active else None


def revoke_token(token: ApiToken, *, now: datetime) -> None:
    """From now on the token opens nothing."""
    token.revoked_at = now
    token.save(update_fields=["revoked_at"])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
