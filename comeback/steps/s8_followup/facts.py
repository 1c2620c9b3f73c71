"""What is so in step 8: customer_contacted, contact_attempted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from comeback.cases.facts import evidence
from comeback.cases.windows import FactsOf, latest
from comeback.method.engine import Fact
from comeback.steps.s8_followup.models import Attempt, Contact, Unreachable


def case_facts(ids: Iterable[int]) -> FactsOf:
    """customer_contacted by a contact, an objection, or the end of the tries; its value is the outcome.

    It happened when the customer was first reached; the outcome is that of the last contact.
    """
    wanted = list(ids)
    return latest([*_unreachable(wanted), *_attempts(wanted), *_contacts(wanted)])


def _unreachable(ids: list[int]) -> Iterator[tuple[int, Fact]]:
    for row in Unreachable.objects.filter(case_id__in=ids).select_related("by"):
        yield row.case_id, evidence(row, "customer_contacted", value="unreachable", where="8.1/")


def _attempts(ids: list[int]) -> Iterator[tuple[int, Fact]]:
    """The first attempt (K5a), and the first objection."""
    for row in Attempt.objects.filter(case_id__in=ids).order_by("-at", "-pk").select_related("by"):
        yield row.case_id, evidence(row, "contact_attempted", where="8.1/")
        if row.result == "objects":
            yield row.case_id, evidence(row, "customer_contacted", value="objects", where="8.1/", note=row.note)


def _contacts(ids: list[int]) -> Iterator[tuple[int, Fact]]:
    first: dict[int, Fact] = {}
    for row in Contact.objects.filter(case_id__in=ids).order_by("pk").select_related("by"):
        found = first.setdefault(row.case_id, evidence(row, "customer_contacted", where="8.1/"))
        yield row.case_id, replace(found, value=row.outcome, note=str(row.get_outcome_display()))
