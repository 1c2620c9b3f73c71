"""The journal: streams of chained entries, their salted digests, and the check that nothing was changed."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from comeback.cases.acting import Actor
from comeback.cases.models import JournalDetail, JournalEntry
from comeback.registers.models import Site

START = "0" * 64


def append(
    stream: str,
    *,
    command: str,
    at: datetime,
    now: datetime,
    site: Site | None,
    actor: Actor | None = None,
    content: dict[str, Any] | None = None,
    refs: dict[str, Any] | None = None,
) -> JournalEntry:
    """Add an entry to a stream; call with the subject locked. content: the words, kept apart so as to be erasable."""
    last = JournalEntry.objects.filter(stream=stream).order_by("-number").first()
    salt = secrets.token_hex(16)
    content = json.loads(canonical(content or {}))
    entry = JournalEntry(
        stream=stream,
        number=last.number + 1 if last else 1,
        at=at.astimezone(UTC),
        recorded_at=now.astimezone(UTC),
        site=site,
        person_id=actor.person.pk if actor else None,
        function=actor.function if actor else "",
        command=command,
        refs=json.loads(canonical(refs or {})),
        digest=digest_of(salt, content),
        previous=last.hash if last else START,
    )
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    JournalDetail.objects.create(entry=entry, salt=salt, content=content)
    return entry


def hash_of(entry: JournalEntry) -> str:
    """SHA-256 over everything an entry says and the hash of the one before it."""
    parts = [
        entry.stream,
        entry.number,
        entry.at.isoformat(),
        entry.recorded_at.isoformat(),
        entry.site_id,
        entry.person_id,
        entry.function,
        entry.command,
        entry.refs,
        entry.digest,
        entry.previous,
    ]
    return hashlib.sha256(canonical(parts).encode()).hexdigest()


def digest_of(salt: str, content: Any) -> str:
    """Salted digest of the words of an entry."""
    return hashlib.sha256(f"{salt}{canonical(content)}".encode()).hexdigest()


def canonical(value: Any) -> str:
    """One JSON text for equal values."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, cls=DjangoJSONEncoder)


def breaks() -> Iterator[str]:
    """Every place where a chain does not hold, as `stream number`: changed, missing or out of order."""
    previous: JournalEntry | None = None
    for entry in JournalEntry.objects.order_by("stream", "number").select_related("detail").iterator(chunk_size=2000):
        before = previous if previous and previous.stream == entry.stream else None
        expected = (before.number + 1, before.hash) if before else (1, START)
        if (entry.number, entry.previous) != expected or not _holds(entry):
            yield f"{entry.stream} {entry.number}"
        previous = entry


def _holds(entry: JournalEntry) -> bool:
    """The entry says what it said when it was written; so do its words, unless they were erased."""
    detail = getattr(entry, "detail", None)
    return entry.hash == hash_of(entry) and (detail is None or entry.digest == digest_of(detail.salt, detail.content))
