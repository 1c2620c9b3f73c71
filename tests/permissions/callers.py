"""Who knocks: every function at the case's own site, at another site, and lent from there to this case; strangers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.test import Client

from comeback.cases.models import Case, JournalEntry, Lent, Request
from comeback.cases.opening import open_request
from comeback.desk.tokens import make_token
from comeback.registers.models import Function, Person
from tests.cast import Cast, engage, moscow, set_the_stage
from tests.steps.s4_repair.stage import received

NOW = moscow(2, 12)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OWN, OTHER, LENT, NOBODY, UNSIGNED = "own site", "other site", "lent", "no function", "not signed in"


@dataclass(frozen=True)
class Caller:
    """One who knocks. where: his relation to the case; function: the one he holds (there, or lent)."""

    where: str
    function: str
    client: Client
    token: str = ""

    @property
    def signed_in(self) -> bool:
        return self.where != UNSIGNED

    def knows(self, scope: str) -> bool:
        """Whether he may know of the subject: the site's own people, and for the case whoever is lent to it."""
        return self.where == OWN or (self.where == LENT and scope == "case")

    def __str__(self) -> str:
        return f"{self.function} ({self.where})" if self.function else self.where


@dataclass(frozen=True)
class Stage:
    """The prepared case, a request that is no case yet, and everybody."""

    cast: Cast
    case: Case
    request: Request
    callers: tuple[Caller, ...]


def prepare() -> Stage:
    """One case in the workshop of the Moscow site, on Monday, 2 June 2025, noon."""
    cast = set_the_stage()
    case = received(cast)
    request = open_request(site=cast.msk, actor=cast.actor("smirnova"), now=NOW, vehicle=None, customer=None)
    return Stage(cast, case, request, tuple(_callers(cast, case)))


def _callers(cast: Cast, case: Case) -> Iterator[Caller]:
    for function in Function.values:
        yield _signed_in(OWN, function, engage(f"own_{function}", f"Свой {function}", cast.msk, function))
        yield _signed_in(OTHER, function, engage(f"other_{function}", f"Чужой {function}", cast.spb, function))
        lent = engage(f"lent_{function}", f"Одолжен {function}", cast.spb, function)
        Lent.objects.create(case=case, person=lent, function=function, since=NOW, by=cast.people["romanova"])
        yield _signed_in(LENT, function, lent)
    yield _signed_in(NOBODY, "", cast.people["stranger"])
    yield Caller(UNSIGNED, "", Client(raise_request_exception=False), "")


def _signed_in(where: str, function: str, person: Person) -> Caller:
    client = Client(raise_request_exception=False)
    client.force_login(person, backend=BACKEND)
    return Caller(where, function, client, make_token(person, name="test", now=NOW))


def some(callers: Iterable[Caller], door: int, allowed: Collection[str], *, refused: int | None = 1) -> list[Caller]:
    """For each door one who may and so many who may not (None: all), others at the next door."""
    asked = list(callers)
    fitting = [it for it in asked if it.function in allowed]
    others = [it for it in asked if it.function not in allowed]
    turned = others[door % len(others) :] + others[: door % len(others)] if others else []
    return [*([fitting[door % len(fitting)]] if fitting else []), *turned[:refused]]


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is rolled back; commands may be durable in it, as in a test case of its own."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        yield
        transaction.set_rollback(True)


def journalled() -> int:
    """How many entries the journal has."""
    return JournalEntry.objects.count()
