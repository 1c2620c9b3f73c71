"""How a change of settings is kept: site locked, entry in the site's stream, a row for what must be derived anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import transaction

from comeback.cases import journal
from comeback.cases.acting import Actor
from comeback.cases.models import Changed
from comeback.cases.seals import stream_of
from comeback.registers.models import ADMINISTRATOR, Site

Content = dict[str, Any]


@contextmanager
def kept(
    site: Site,
    command: str,
    *,
    actor: Actor,
    now: datetime,
    said: Mapping[str, Any],
    refs: Mapping[str, Any] | None = None,
) -> Iterator[None]:
    """One transaction for one form: the change inside, then its entry. said: what was typed, without secrets."""
    with transaction.atomic():
        Site.objects.select_for_update().get(pk=site.pk)
        yield
        journal.append(
            stream_of(site),
            command=command,
            at=now,
            now=now,
            site=site,
            actor=actor.using(ADMINISTRATOR),
            content=dict(said),
            refs=dict(refs or {}),
        )


def derive_anew(site: Site, why: str, now: datetime) -> None:
    """Progress of the site's open subjects rests on what was changed: the worker derives them."""
    Changed.objects.create(site=site, why=why, at=now)


def site_date(site: Site, now: datetime) -> date:
    """Today at the site."""
    return now.astimezone(site.zoneinfo).date()
