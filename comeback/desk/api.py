"""The API, generated from the registered actions: one operation for each line, act, condition and gate.

Only parses, calls one command and renders. Errors are application/problem+json.
"""

import re
from collections.abc import Callable
from datetime import date
from math import ceil
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import Header, NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.security import HttpBearer
from ninja.throttling import AuthRateThrottle

from comeback.cases.acting import Actor, functions_at
from comeback.cases.actions import decide_condition, override_gate
from comeback.cases.commands import ACTIONS, Action, Command, Registered, Subject
from comeback.cases.models import Case
from comeback.cases.naming import SHARED
from comeback.cases.perform import perform
from comeback.desk.acting import actor_for, case_of, month_of, request_of, sees_customers
from comeback.desk.refusals import problem
from comeback.desk.schemas import Done, Problem, SubjectState, body_of, state_of
from comeback.desk.tokens import person_of
from comeback.method import loading
from comeback.method.engine import COVERED
from comeback.method.refusal import Missing, Refused, bad_input
from comeback.method.sheet import Scope, Sheet
from comeback.registers import clock
from comeback.registers.models import Person

ERRORS = {
    400: Problem,
    401: Problem,
    403: Problem,
    404: Problem,
    409: Problem,
    413: Problem,
    422: Problem,
    429: Problem,
}
READ = {200: SubjectState, 401: Problem, 403: Problem, 404: Problem, 422: Problem, 429: Problem}
KEY: Any = Header(..., alias="Idempotency-Key", min_length=1, max_length=100)
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)


PROBLEM = "application/problem+json"


class Documented(NinjaAPI):
    """Says in its OpenAPI document that refusals are application/problem+json."""

    def get_openapi_schema(self, **options: Any) -> Any:
        document = super().get_openapi_schema(**options)
        for methods in document["paths"].values():
            for operation in methods.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400 and "content" in answer:
                        answer["content"] = {PROBLEM: next(iter(answer["content"].values()))}
        return document


class PerPerson(AuthRateThrottle):
    """A limit for each person; ninja's own tells people apart by their names."""

    def get_cache_key(self, request: HttpRequest) -> str:
        return self.cache_format % {"scope": self.scope, "ident": request.auth.pk}  # type: ignore[attr-defined]


PER_PERSON = PerPerson("600/m")


class Token(HttpBearer):
    """`Authorization: Bearer cb_…`"""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        return person_of(token)


def build(*rooms: Callable[[NinjaAPI], None]) -> NinjaAPI:
    """The API with an operation for every action that the rooms registered; rooms: what adds operations of its own."""
    api = Documented(
        title="Comeback",
        version="1",
        auth=Token(),
        docs_url=None,
        urls_namespace="api-1",
        throttle=[PER_PERSON],
    )
    _handle_errors(api)
    _add_subjects(api)
    for add in rooms:
        add(api)
    sheet = loading.load()
    for registered in sorted(ACTIONS.values(), key=lambda it: it.name):
        if registered.name not in SHARED:
            _add_action(api, sheet, registered)
    for line in sheet.lines.values():
        if line.by_nature:
            _add(api, "case", f"lines/{line.id}/decision", f"{line.id}/decision", decide_condition)
    for gate in sheet.gates.values():
        if gate.override:
            _add(api, "case", f"gates/{gate.id}/override", f"{gate.id}/override", override_gate)
    _answer_the_rest(api)
    return api


def _add_subjects(api: NinjaAPI) -> None:
    @api.get("/requests/{pk}", response=READ)
    def get_request(request: HttpRequest, pk: int) -> SubjectState:
        """A booking request with the progress of its lines."""
        return _state(request, _find(request, "request", pk=pk))

    @api.get("/cases/{number}", response=READ)
    def get_case(request: HttpRequest, number: str) -> SubjectState:
        """A case with the progress of each line and gate."""
        return _state(request, _find(request, "case", number=number))

    @api.get("/sites/{code}/months/{month}", response=READ)
    def get_month(request: HttpRequest, code: str, month: str) -> SubjectState:
        """A month (YYYY-MM) of a site with the progress of step 9."""
        return _state(request, _find(request, "month", code=code, month=month))


def _answer_the_rest(api: NinjaAPI) -> None:
    @api.api_operation(["GET", "POST", "PUT", "PATCH", "DELETE"], "/{path:rest}", include_in_schema=False)
    def unknown(request: HttpRequest, rest: str) -> None:
        """Any other address: refused like an unknown subject, to whoever has a token."""
        raise Refused(rest, Missing(rest, _("There is no such line or act.")), kind="unknown")


def _add_action(api: NinjaAPI, sheet: Sheet, registered: Registered) -> None:
    name, permit = registered.name, registered.permit
    kind = "lines" if permit in sheet.lines else "acts"
    scope = (sheet.lines.get(permit) or sheet.acts[permit]).scope
    for subject in PATHS:  # a line of the request goes on under the number of its case
        if scope in COVERED[subject] and subject in registered.kinds:
            _add(api, subject, f"{kind}/{name}", name, registered.action)


PATHS: dict[Scope, str] = {
    "request": "/requests/{pk}",
    "case": "/cases/{number}",
    "month": "/sites/{code}/months/{month}",
}


def _add(api: NinjaAPI, scope: Scope, tail: str, name: str, action: Action) -> None:
    body = body_of(action, name)
    summary = (action.__doc__ or "").strip().split("\n")[0]
    responses = {200: Done, **ERRORS}
    operation = {"request": _on_request, "case": _on_case, "month": _on_month}[scope](name, body)
    operation_id = f"{scope}_{tail}".replace("/", "_").replace(".", "_")
    api.post(f"{PATHS[scope]}/{tail}", response=responses, summary=summary, operation_id=operation_id)(operation)


def _on_request(name: str, body: Any) -> Any:
    def operation(request: HttpRequest, pk: int, payload: body, idempotency_key: str = KEY) -> Done:
        return _do(request, name, payload, idempotency_key, "request", pk=pk)

    return operation


def _on_case(name: str, body: Any) -> Any:
    def operation(request: HttpRequest, number: str, payload: body, idempotency_key: str = KEY) -> Done:
        return _do(request, name, payload, idempotency_key, "case", number=number)

    return operation


def _on_month(name: str, body: Any) -> Any:
    def operation(request: HttpRequest, code: str, month: str, payload: body, idempotency_key: str = KEY) -> Done:
        return _do(request, name, payload, idempotency_key, "month", code=code, month=month)

    return operation


def _do(request: HttpRequest, name: str, payload: Any, key: str, scope: str, **where: Any) -> Done:
    subject = _find(request, scope, **where)
    arguments = {field: getattr(payload, field) for field in payload.model_fields_set}
    now = clock.now()
    outcome = perform(Command(name, subject, arguments), actor=_actor(request), now=now, key=key)
    fresh = _find(request, scope, **where)
    return Done(result=outcome.refs[0], replayed=outcome.replayed, subject=_state(request, fresh))


def _state(request: HttpRequest, subject: Subject) -> SubjectState:
    now = clock.now()
    held = functions_at(_actor(request), subject.site, now, subject if isinstance(subject, Case) else None)
    return state_of(subject, now, personal=sees_customers(held))


def _find(request: HttpRequest, scope: str, **where: Any) -> Subject:
    actor, now = _actor(request), clock.now()
    if scope == "request":
        return request_of(where["pk"], actor, now)
    if scope == "case":
        return case_of(where["number"], actor, now)
    return month_of(where["code"], _first_day(where["month"]), actor, now)


def _first_day(month: str) -> date:
    if not MONTH.fullmatch(month):
        raise bad_input("month", "month", _("Write the month as 2026-11."))
    return date.fromisoformat(f"{month}-01")


def _actor(request: HttpRequest) -> Actor:
    return actor_for(request.auth)  # type: ignore[attr-defined]


# --- errors


def _handle_errors(api: NinjaAPI) -> None:
    @api.exception_handler(Refused)
    def refused(request: HttpRequest, error: Refused) -> HttpResponse:
        return _answer(problem(error))

    @api.exception_handler(ValidationError)
    def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
        found = [Missing(str(it["loc"][-1]), it["msg"], field=str(it["loc"][-1])) for it in error.errors]
        return _answer(problem(Refused("input", *found, kind="input")))

    @api.exception_handler(AuthenticationError)
    def unknown_caller(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return _answer(_plain(401, _("Send a valid token: Authorization: Bearer cb_…")))

    @api.exception_handler(Throttled)
    def too_often(request: HttpRequest, error: Throttled) -> HttpResponse:
        answer = _answer(_plain(429, _("Too many requests. Try again in a minute.")))
        answer.headers["Retry-After"] = str(ceil(error.wait or 60))
        return answer

    @api.exception_handler(RequestDataTooBig)
    def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
        return _answer(_plain(413, _("The request is too large.")))

    @api.exception_handler(HttpError)
    def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
        return _answer(_plain(error.status_code, str(error)))


def _plain(status: int, title: str) -> dict[str, Any]:
    return {"type": "about:blank", "title": title, "status": status, "rule": "", "missing": [], "who": []}


def _answer(body: dict[str, Any]) -> HttpResponse:
    return JsonResponse(body, status=body["status"], content_type=PROBLEM)
