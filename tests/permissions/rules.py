"""Who may see which page. A page of a line or an act follows the sheet; every other one has its rule here.

A URL pattern without a rule fails the test: whoever adds a page says here whom it is for.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from comeback.registers.models import ADMINISTRATOR, Function
from tests.permissions.callers import NOBODY, OWN, UNSIGNED, Caller

OK, MOVED, DENIED, UNKNOWN, NOT_SO = 200, 302, 403, 404, 405
EVERY = tuple(Function.values)
BOOKERS = ("reception_lead", "service_advisor")


@dataclass(frozen=True)
class Rule:
    """functions: whom the page is for, of those who hold any; scope: the subject one must know of, if it has one.

    get, post: the answers of those (405 where there is no such method); data: what is posted; where: filled into the
    address. open: also for people who are not signed in.
    """

    functions: tuple[str, ...] = EVERY
    scope: str = ""
    get: frozenset[int] = frozenset({OK})
    post: frozenset[int] = frozenset({NOT_SO})
    data: dict[str, str] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)
    open: bool = False
    whoever: bool = False

    def concerns(self, caller: Caller) -> bool:
        """A page without a subject is his own site's: it is the same question at any site."""
        return bool(self.scope) or caller.where in (OWN, NOBODY, UNSIGNED)

    def expected(self, method: str, caller: Caller) -> frozenset[int]:
        """The answers that a caller may get. What one may not know of is not there."""
        fitting = self.get if method == "get" else self.post
        if fitting == {NOT_SO}:
            return frozenset({MOVED if caller.where == UNSIGNED and not self.open else NOT_SO})
        if self.open or (self.whoever and caller.signed_in):
            return fitting
        if caller.where == UNSIGNED:
            return frozenset({MOVED})
        if caller.where == NOBODY:
            return frozenset({DENIED})
        if self.scope and not caller.knows(self.scope):
            return frozenset({UNKNOWN})
        return fitting if caller.function in self.functions else frozenset({DENIED})


def answers(*statuses: int) -> frozenset[int]:
    return frozenset(statuses)


NEVER = answers(NOT_SO)
GONE = answers(UNKNOWN)
ADMINISTRATORS = (ADMINISTRATOR,)
PLANNERS = (*BOOKERS, "after_sales_manager", "technical_expert", "foreman")
CALLERS_OF_CUSTOMERS = (*BOOKERS, "after_sales_manager")

RULES = {
    # the shell
    "today": Rule(),
    "cases": Rule(),
    "method": Rule(whoever=True),
    "case": Rule(scope="case"),
    "case_journal": Rule(scope="case"),
    "request": Rule(scope="request"),
    "read_message": Rule(get=NEVER, post=GONE, where={"pk": "0"}),
    "preferences": Rule(open=True, get=NEVER, post=answers(MOVED)),
    # steps
    "booking": Rule(BOOKERS, post=answers(OK)),
    "booking_found": Rule(BOOKERS),
    "booking_panels": Rule(BOOKERS, get=NEVER, post=answers(OK)),
    "diary": Rule(PLANNERS),
    "order_print": Rule(scope="case", get=GONE),
    "works_print": Rule(scope="case", get=GONE),
    "card_check": Rule(scope="case", get=NEVER, post=answers(OK)),
    "contacts": Rule(CALLERS_OF_CUSTOMERS),
    "indicators": Rule(),
    "control_table": Rule(),
    "month": Rule(scope="month"),
    "month_cases": Rule(scope="month"),
    "month_sheet": Rule(scope="month"),
    # settings
    "setup": Rule(open=True, get=GONE, post=GONE),
    "settings": Rule(ADMINISTRATORS),
    "settings_add_site": Rule(ADMINISTRATORS, post=answers(422), data={"name": ""}),
    "settings_site": Rule(ADMINISTRATORS),
    "settings_site_change": Rule(ADMINISTRATORS, get=NEVER, post=answers(422), where={"what": "resource"}),
    "settings_add_person": Rule(ADMINISTRATORS, post=answers(422), data={"name": ""}),
    "settings_person": Rule(ADMINISTRATORS, get=answers(OK, UNKNOWN)),
    "settings_person_change": Rule(ADMINISTRATORS, get=NEVER, post=answers(422, UNKNOWN), where={"what": "details"}),
    # signing in
    "account_login": Rule(open=True, get=answers(OK, MOVED), post=answers(OK, MOVED)),
    "demo_sign_in": Rule(open=True, get=NEVER, post=GONE),
    "openapi-json": Rule(open=True, post=answers(OK)),
    "api-root": Rule(open=True, get=GONE, post=GONE),
}
# allauth's own pages: whoever is signed in keeps his own account there, in any function; these are for strangers too.
ACCOUNTS_FOR_STRANGERS = {
    "account_signup", "account_inactive", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "account_confirm_email",
    "account_email_verification_sent", "account_confirm_login_code", "mfa_authenticate", "mfa_login_webauthn",
    "account_logout",
}  # fmt: skip
# Served for any line or act of a subject: see `test_lines.py`.
GENERIC = {"case_line", "case_line_act", "request_line", "request_line_act", "month_line"}
