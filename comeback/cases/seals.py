"""Each day the heads of all streams of a site are sealed into the site's own stream: a cut-off tail shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from comeback.cases import journal
from comeback.cases.models import JournalEntry
from comeback.registers.models import Site

SEAL = "seal"
LONGEST_COMMAND = timedelta(hours=1)  # an entry bears the time at which its command began, and is seen when it ended


def stream_of(site: Site) -> str:
    """The site's own stream."""
    return f"site:{site.pk}"


def seal(site: Site, now: datetime) -> JournalEntry | None:
    """Seal the heads of the streams that grew since the last seal; None when nothing was written since."""
    with transaction.atomic():
        Site.objects.select_for_update(no_key=True).get(pk=site.pk)
        last = JournalEntry.objects.filter(stream=stream_of(site), command=SEAL).order_by("-number").first()
        heads = _heads(site, now, last)
        if not heads:
            return None
        return journal.append(stream_of(site), command=SEAL, at=now, now=now, site=site, refs={"heads": heads})


def _heads(site: Site, now: datetime, last: JournalEntry | None) -> dict[str, list[Any]]:
    """Number and hash of the last entry of each stream that grew, the site's own stream apart."""
    grown = JournalEntry.objects.filter(site=site, recorded_at__lte=now).exclude(stream=stream_of(site))
    if last:
        grown = grown.filter(recorded_at__gt=last.recorded_at - LONGEST_COMMAND)
    numbers = dict(grown.values_list("stream").annotate(Max("number")))
    rows = JournalEntry.objects.filter(stream__in=numbers, number__in=set(numbers.values()))
    heads = {row.stream: [row.number, row.hash] for row in rows if numbers[row.stream] == row.number}
    sealed = last.refs["heads"] if last else {}
    return {stream: head for stream, head in heads.items() if sealed.get(stream) != head}


def broken() -> Iterator[str]:
    """Sealed heads that the journal no longer holds, as `stream number`."""
    for entry in JournalEntry.objects.filter(command=SEAL).order_by("pk").iterator(chunk_size=100):
        heads = entry.refs["heads"]
        found = JournalEntry.objects.filter(stream__in=heads).values_list("stream", "number", "hash")
        standing = {(stream, number): hash_ for stream, number, hash_ in found}
        for stream, (number, hash_) in heads.items():
            if standing.get((stream, number)) != hash_:
                yield f"{stream} {number}"
