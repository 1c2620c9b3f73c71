"""The API: every answer that is no is problem+json with rule, missing and who; every yes is given again for its key."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from comeback.cases.models import Case, Decision, JournalEntry
from comeback.desk.models import ApiToken
from comeback.desk.tokens import make_token, revoke_token
from comeback.registers import clock
from tests.cases.stage import just_opened
from tests.cast import Cast, engage, moscow, set_the_stage
from tests.steps.s4_repair import stage

NOW = moscow(2, 12)
DECISION = {"needed": False, "reason": "Эксперт в отпуске до пятницы"}


@dataclass
class Desk:
    """Knocks at the API for somebody of the cast."""

    cast: Cast
    case: Case

    def token(self, who: str) -> str:
        return make_token(self.cast.people[who], name="test", now=NOW)

    def get(self, path: str, who: str = "smirnova") -> Any:
        return Client().get(f"/api/v1{path}", HTTP_AUTHORIZATION=f"Bearer {self.token(who)}")

    def post(self, path: str, body: Any, who: str = "smirnova", key: str | None = "k1", raw: str = "") -> Any:
        headers = {"HTTP_AUTHORIZATION": f"Bearer {self.token(who)}"}
        if key is not None:
            headers["HTTP_IDEMPOTENCY_KEY"] = key
        text = raw or json.dumps(body)
        return Client().post(f"/api/v1{path}", text, content_type="application/json", **headers)

    def decide(self, **more: Any) -> Any:
        return self.post(f"/cases/{self.case.number}/lines/1.3/decision", more.pop("body", DECISION), **more)


@pytest.fixture
def desk(database):
    with clock.frozen_at(NOW):
        cast = set_the_stage()
        yield Desk(cast, just_opened(cast))


def problem(response: Any, status: int) -> dict[str, Any]:
    """The body of a refusal, which must be whole."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert body["title"]
    assert {"type", "rule", "missing", "who"} <= body.keys()
    return body


def test_a_case_is_given_with_each_line_and_gate(desk):
    body = desk.get(f"/cases/{desk.case.number}").json()
    assert (body["kind"], body["id"], body["site"], body["original_order"]) == (
        "case",
        "MSK-2025-0001",
        "MSK",
        "ЗН-1507",
    )
    assert [line["line"] for line in body["lines"]][:3] == ["1.1", "1.2", "1.3"]
    closed = next(gate for gate in body["gates"] if gate["gate"] == "G7")
    assert closed["state"] == "closed"
    assert all(item["who"] for item in closed["missing"])


def test_a_request_and_a_month_are_given_too(desk):
    assert desk.get(f"/requests/{desk.case.request_id}").json()["case"] == "MSK-2025-0001"
    body = desk.get("/sites/MSK/months/2025-06").json()
    assert (body["kind"], body["id"]) == ("month", "2025-06")
    assert {line["line"] for line in body["lines"]} == {"9.1", "9.2", "9.3"}


def test_a_line_is_done_and_the_subject_given_as_it_is_then(desk):
    body = desk.decide().json()
    assert body["replayed"] is False
    assert body["result"] == {"model": "cases.decision", "id": Decision.objects.get().pk}
    line = next(it for it in body["subject"]["lines"] if it["line"] == "1.3")
    assert line["state"] == "skip"


def test_the_same_key_gives_the_same_answer_again(desk):
    first, second = desk.decide().json(), desk.decide().json()
    assert second == first | {"replayed": True}
    assert Decision.objects.count() == JournalEntry.objects.count() == 1


def test_a_key_is_not_used_for_something_else(desk):
    desk.decide()
    body = problem(desk.decide(body=DECISION | {"reason": "Совсем другая причина"}), 422)
    assert body["rule"] == "key"


@pytest.mark.parametrize("key", [None, "", "k" * 101])
def test_a_key_is_asked_for(desk, key):
    assert problem(desk.decide(key=key), 422)["missing"]
    assert not Decision.objects.exists()


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer cb_wrong", "Basic cb_wrong"])
def test_without_a_valid_token_the_answer_is_401(desk, token):
    problem(Client().get(f"/api/v1/cases/{desk.case.number}", HTTP_AUTHORIZATION=token), 401)


def test_a_revoked_token_and_that_of_one_who_has_left_open_nothing(desk):
    text = desk.token("smirnova")
    headers = {"HTTP_AUTHORIZATION": f"Bearer {text}"}
    assert Client().get(f"/api/v1/cases/{desk.case.number}", **headers).status_code == 200
    smirnova = desk.cast.people["smirnova"]
    smirnova.is_active = False
    smirnova.save(update_fields=["is_active"])
    problem(Client().get(f"/api/v1/cases/{desk.case.number}", **headers), 401)
    smirnova.is_active = True
    smirnova.save(update_fields=["is_active"])
    revoke_token(ApiToken.objects.get(), now=NOW)
    problem(Client().get(f"/api/v1/cases/{desk.case.number}", **headers), 401)


def test_a_token_is_kept_as_a_digest_only(desk):
    text = desk.token("smirnova")
    kept = ApiToken.objects.values().get()
    assert text not in map(str, kept.values())


def test_another_function_is_refused_with_who_may(desk):
    body = problem(desk.decide(who="orlov"), 403)
    assert (body["rule"], body["who"]) == ("1.3", ["reception_lead", "service_advisor"])


def test_whoever_holds_no_function_is_refused(desk):
    problem(desk.decide(who="stranger"), 403)


@pytest.mark.parametrize("path", ["/cases/MSK-2025-0001", "/cases/MSK-2025-9999", "/requests/{request}", "/requests/0",
                                  "/requests/99999999999999999999999", "/sites/MSK/months/2025-06",
                                  "/sites/XXX/months/2025-06"])  # fmt: skip
def test_a_colleague_of_another_site_learns_nothing_not_even_that_it_exists(desk, path):
    body = problem(desk.get(path.format(request=desk.case.request_id), who="nevsky"), 404)
    assert body["rule"] == "unknown"


@pytest.mark.parametrize(
    "path",
    ["/cases/MSK-2025-0001/acts/fly", "/cases/MSK-2025-0001/lines/9.9", "/cases/MSK-2025-0001/gates/G7/override",
     "/cases/MSK-2025-0001/lines/4.1/decision", "/nothing", "/cases/MSK-2025-0001/acts/decision"],
)  # fmt: skip
def test_an_unknown_act_or_address_is_a_problem_too(desk, path):
    problem(desk.post(path, {}), 404)
    problem(Client().post(f"/api/v1{path}", "{}", content_type="application/json"), 401)


def test_a_closed_gate_is_refused_with_what_is_missing_and_who_supplies_it(desk):
    case = stage.received(desk.cast, number=1)
    stage.assigned(case, desk.cast, "petrov")
    body = problem(desk.post(f"/cases/{case.number}/lines/5.1", inspection(), who="laptev"), 409)
    assert body["rule"] == "G6"
    assert {"4.2", "4.3", "4.4"} <= {item["need"] for item in body["missing"]}
    assert all(item["text"] and item["who"] for item in body["missing"])
    assert set(body["who"]) == {who for item in body["missing"] for who in item["who"]}


def inspection() -> dict[str, Any]:
    """What the schema asks of an inspection at the least."""
    from comeback.config.api import api

    schema = api.get_openapi_schema()
    name = schema["paths"]["/api/v1/cases/{number}/lines/5.1"]["post"]["requestBody"]["content"]["application/json"]
    wanted = schema["components"]["schemas"][name["schema"]["$ref"].rpartition("/")[2]]
    empty = {"string": "x", "integer": 1, "boolean": True, "array": [], "object": {}}
    given: dict[str, Any] = {}
    for field in wanted.get("required", []):
        kind = wanted["properties"][field]
        given[field] = kind["enum"][0] if "enum" in kind else kind.get("const", empty.get(kind.get("type", ""), {}))
    return given


@pytest.mark.parametrize(
    "month", ["2025-13", "2025-00", "2025-1", "25-06", "2025", "june", "2025-06-01", "9999-12", "²²²²-06"]
)
def test_a_month_that_is_none_is_unreadable_input(desk, month):
    body = problem(desk.get(f"/sites/MSK/months/{month}"), 422)
    assert body["missing"][0]["field"] == "month"


def test_an_unknown_field_is_refused_by_its_name(desk):
    body = problem(desk.decide(body=DECISION | {"sigend": True}), 422)
    assert body["missing"][0]["field"] == "sigend"
    assert not Decision.objects.exists()


def test_a_field_left_out_is_refused_by_its_name(desk):
    body = problem(desk.decide(body={"reason": "Эксперт в отпуске"}), 422)
    assert body["missing"][0]["field"] == "needed"


@pytest.mark.parametrize("moment", ["2025-06-02T11:00:00", "вчера", "2025-06-02", None])
def test_a_moment_without_an_offset_is_refused(desk, moment):
    body = problem(desk.post(f"/cases/{desk.case.number}/acts/book", {"starts_at": moment, "resources": []}), 422)
    assert body["missing"][0]["field"] == "starts_at"


def test_words_with_a_zero_character_are_refused(desk):
    body = problem(desk.decide(body=DECISION | {"reason": "Эксперт\x00в отпуске"}), 422)
    assert body["missing"]
    assert not Decision.objects.exists()


@pytest.mark.parametrize("raw", ["{", "[1]", '"text"', "null", "ы"])
def test_a_body_that_cannot_be_read_is_refused(desk, raw):
    response = desk.decide(raw=raw)
    problem(response, 400 if raw in ("{", "ы") else 422)


def test_a_body_that_is_too_large_is_refused(desk, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 200
    problem(desk.decide(body=DECISION | {"reason": "ы" * 300}), 413)


def test_too_many_requests_are_refused_with_when_to_come_again(desk, monkeypatch):
    from comeback.desk.api import PER_PERSON

    monkeypatch.setattr(PER_PERSON, "num_requests", 2)
    assert [desk.get(f"/cases/{desk.case.number}").status_code for _ in range(2)] == [200, 200]
    response = desk.get(f"/cases/{desk.case.number}")
    problem(response, 429)
    assert int(response["Retry-After"]) > 0
    namesake = engage("smirnova2", "Смирнова О. В.", desk.cast.msk, "reception_lead")
    desk.cast.people["namesake"] = namesake
    assert desk.get(f"/cases/{desk.case.number}", who="namesake").status_code == 200


def test_a_method_that_is_not_there_is_a_problem_too(desk):
    response = Client().delete(
        f"/api/v1/cases/{desk.case.number}", HTTP_AUTHORIZATION=f"Bearer {desk.token('smirnova')}"
    )
    assert response.status_code == 405


def test_a_line_of_the_request_goes_on_under_the_number_of_its_case(desk):
    body = {"text": "И теперь ещё стучит справа"}
    refused = problem(desk.post(f"/requests/{desk.case.request_id}/lines/1.2", body), 409)
    assert desk.case.number in refused["missing"][0]["text"]
    assert desk.post(f"/cases/{desk.case.number}/lines/1.2", body).status_code == 200


def test_a_cookie_of_the_pages_opens_nothing(desk):
    client = Client()
    client.force_login(desk.cast.people["smirnova"], backend="allauth.account.auth_backends.AuthenticationBackend")
    problem(client.get(f"/api/v1/cases/{desk.case.number}"), 401)
