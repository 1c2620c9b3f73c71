"""Messages in the app: written in the command's transaction, sent from the outbox after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from comeback.cases.models import Case, Message, Outbox
from comeback.registers.models import Person, Site

AT_ONCE = 500  # messages sent in one transaction
WORDING: dict[str, Any] = {}


def word(code: str, sentence: Any) -> None:
    """Give a message code its sentence (lazily translated, with %(name)s for the params)."""
    WORDING[code] = sentence


def wording_of(message: Message) -> str:
    """The message in the reader's language: its sentence, and what a person added."""
    # a params that an older edition wrote may lack a word of today's sentence; the page must not break for it
    params = defaultdict(lambda: "…", message.params)
    sentence = str(WORDING[message.code]) % params if message.code in WORDING else ""
    return " ".join(part for part in (sentence, message.text) if part)


def tell(
    people: Iterable[Person],
    *,
    site: Site,
    code: str,
    now: datetime,
    case: Case | None = None,
    line: str = "",
    sender: Person | None = None,
    function: str = "",
    params: dict[str, Any] | None = None,
    text: str = "",
    told: bool = False,
) -> list[Message]:
    """Write a message to each person and queue it. Method 2.1, 4.3.

    code names the sentence; told: it was also said in person.
    """
    messages = Message.objects.bulk_create(
        Message(
            site=site,
            case=case,
            line=line,
            to=person,
            sender=sender,
            function=function,
            code=code,
            params=params or {},
            text=text,
            written_at=now,
            told_at=now if told else None,
        )
        for person in people
    )
    Outbox.objects.bulk_create(Outbox(message=message, queued_at=now) for message in messages)
    return messages


def send_queued(now: datetime) -> int:
    """Send what waits in the outbox; runs after each command and in the worker. Returns how many left."""
    waiting = Outbox.objects.filter(left_at=None, channel="app").order_by("pk")
    if not waiting.exists():
        return 0
    with transaction.atomic():  # two senders at once take different messages, and never wait for each other
        taken = list(waiting.select_for_update(skip_locked=True).values_list("pk", "message")[:AT_ONCE])
        Message.objects.filter(pk__in=[message for _, message in taken], sent_at=None).update(sent_at=now)
        return Outbox.objects.filter(pk__in=[row for row, _ in taken]).update(left_at=now)


def mark_read(message: Message, *, now: datetime) -> None:
    """The receiver opened it; the first time counts."""
    Message.objects.filter(pk=message.pk, read_at=None).update(read_at=now)
