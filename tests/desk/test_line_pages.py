"""The page of a line: what it still lacks, what was typed, who may, in the time of the site."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils.html import escape

from comeback.cases.models import Decision, Ending, FaultCard, GateOverride, JournalEntry, StoredPrint, Words
from comeback.desk.screens import SCREENS
from comeback.registers import clock
from comeback.registers.models import Deputising, FunctionHeld
from tests.cases.stage import just_opened
from tests.cast import engage, moscow, set_the_stage
from tests.steps.s4_repair import stage

NOW = moscow(2, 12)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
REASON = "Эксперт в отпуске до пятницы"


@pytest.fixture
def cast(database):
    with clock.frozen_at(NOW):
        yield set_the_stage()


@pytest.fixture
def case(cast):
    return just_opened(cast)


def signed_in(cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.people[who], backend=BACKEND)
    return client


def words_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def decide(client: Client, case, **typed: str) -> Any:
    given = {"key": "k1", "needed": "no", "reason": REASON} | typed
    return client.post(f"/cases/{case.number}/1.3/decision/", given)


def test_a_line_is_done_and_its_case_shown(case, cast):
    response = decide(signed_in(cast, "smirnova"), case)
    assert (response.status_code, response["Location"]) == (302, f"/cases/{case.number}/")
    assert Decision.objects.get().function == "reception_lead"


def test_what_was_typed_is_kept_after_a_refusal_with_the_rule(case, cast):
    response = decide(signed_in(cast, "smirnova"), case, reason="нет и всё")
    page = words_of(response)
    assert response.status_code == 422
    assert "нет и всё</textarea>" in page
    assert '<span class="rule-id push"' in page
    assert ">1.3</span>" in page
    assert 'value="k1"' in page  # the same key: sent anew, it is still one command
    assert not Decision.objects.exists()


def test_what_was_typed_is_kept_when_it_is_another_function_and_says_whose(case, cast):
    response = decide(signed_in(cast, "orlov"), case)
    page = words_of(response)
    assert response.status_code == 403
    assert f"{REASON}</textarea>" in page
    assert "Руководитель приёма" in page or "приём" in page.lower()
    assert not JournalEntry.objects.exists()


def test_a_form_sent_empty_is_a_refusal_and_not_a_fresh_page(case, cast):
    assert signed_in(cast, "smirnova").post(f"/cases/{case.number}/1.3/decision/", {}).status_code == 422


def test_a_form_sent_twice_is_done_once(case, cast):
    client = signed_in(cast, "smirnova")
    assert [decide(client, case).status_code for _ in range(2)] == [302, 302]
    assert Decision.objects.count() == 1


def test_a_key_in_the_address_is_never_taken_over(case, cast):
    page = words_of(signed_in(cast, "smirnova").get(f"/cases/{case.number}/1.3/decision/?key=chosen&reason=Потому"))
    assert 'value="chosen"' not in page
    assert "Потому" in page


def test_a_blocked_line_shows_what_is_missing_and_who_supplies_it(cast):
    case = stage.received(cast, number=1)
    response = signed_in(cast, "laptev").get(f"/cases/{case.number}/5.1/")
    page = words_of(response)
    assert response.status_code == 200
    assert 'id="not-yet"' in page
    for need in ("4.2", "4.3", "4.4"):
        assert f"<b>{need}</b>" in page
    assert "Технический консультант" in page
    assert 'aria-disabled="true" aria-describedby="not-yet"' in page


def test_a_gate_is_opened_with_a_reason_by_whom_the_sheet_names(cast):
    case = stage.received(cast, number=1)
    client = signed_in(cast, "romanova")
    page = words_of(client.get(f"/cases/{case.number}/G6/override/"))
    assert "<h2>Работы выполнены</h2>" in page
    response = client.post(f"/cases/{case.number}/G6/override/", {"key": "k", "reason": "Клиент ждёт у стойки"})
    assert response.status_code == 302
    assert GateOverride.objects.get(gate="G6").by == cast.people["romanova"]


@pytest.mark.parametrize("name", ["G7/override", "G1/override", "4.1/decision", "decision", "override", "9.9", "fly",
                                  "1.3/close", "G6/decision", "sign"])  # fmt: skip
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_the_sheet_does_not_have_is_not_found(case, cast, name, method):
    response = getattr(signed_in(cast, "romanova"), method)(f"/cases/{case.number}/{name}/", {"key": "k"})
    assert response.status_code == 404


@pytest.mark.parametrize("name", ["4.4", "close", "1.3/decision", "punch_in"])
def test_a_line_of_the_case_is_not_found_at_a_request(case, cast, name):
    assert signed_in(cast, "romanova").get(f"/requests/{case.request_id}/{name}/").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/months/MSK/2025-13/sign/", "/months/MSK/0000-01/sign/", "/months/XXX/2025-06/sign/",
     "/requests/99999999999999999999/1.1/", "/requests/0/1.2/"],
)  # fmt: skip
def test_an_address_of_nothing_is_not_found(case, cast, address):
    assert signed_in(cast, "romanova").get(address).status_code == 404


@pytest.mark.parametrize("page", ["", "1.3/decision/", "4.4/", "journal/", "8.1/"])
def test_a_colleague_of_another_site_does_not_learn_that_the_case_exists(case, cast, page):
    known, unknown = (
        signed_in(cast, "nevsky").get(f"/cases/{number}/{page}") for number in (case.number, "MSK-2025-9999")
    )
    assert known.status_code == unknown.status_code == 404
    assert _plain(known, case.number) == _plain(unknown, "MSK-2025-9999")


def _plain(response: Any, number: str) -> str:
    return re.sub(r'"[^"]{64}"', '""', response.content.decode().replace(number, ""))


def test_a_request_of_another_site_is_not_found(case, cast):
    assert signed_in(cast, "nevsky").get(f"/requests/{case.request_id}/1.2/").status_code == 404


def test_whoever_is_not_signed_in_is_sent_to_the_sign_in_page(case):
    response = Client().get(f"/cases/{case.number}/4.4/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_moments_are_typed_and_shown_in_the_time_of_the_site_of_the_case(cast):
    """Yekaterinburg is two hours ahead of Moscow, and the manager signed in from there deputises in Moscow."""
    cast.msk.zone = "Asia/Yekaterinburg"
    cast.msk.save(update_fields=["zone"])
    case = stage.assigned(stage.received(cast, number=1), cast, "petrov")
    stage.do(case, cast, "punch_in", "petrov", moscow(2, 11))
    typed = {"key": "k", "text": "Люфт втулки", "at": "2025-06-02T13:30"}
    response = signed_in(cast, "kuznetsov").post(f"/cases/{case.number}/4.2/", typed)
    assert response.status_code == 302, words_of(response)
    assert JournalEntry.objects.get(command="4.2").at == datetime(2025, 6, 2, 8, 30, tzinfo=UTC)


def test_a_deputy_reads_the_clock_of_the_case_and_not_that_of_his_own_site(cast):
    cast.spb.zone = "Asia/Vladivostok"
    cast.spb.save(update_fields=["zone"])
    expert = engage("far", "Дальний Э. Э.", cast.spb, "technical_expert")
    Deputising.objects.create(
        deputy=expert, absent=cast.people["kuznetsov"], site=cast.msk, function="technical_expert",
        since=NOW.date(), until=NOW.date(),
    )  # fmt: skip
    cast.people["far"] = expert
    case = stage.assigned(stage.received(cast, number=1), cast, "petrov")
    stage.do(case, cast, "punch_in", "petrov", moscow(2, 11))
    typed = {"key": "k", "text": "Люфт втулки", "at": "2025-06-02T11:30"}
    assert signed_in(cast, "far").post(f"/cases/{case.number}/4.2/", typed).status_code == 302
    assert JournalEntry.objects.get(command="4.2").at == moscow(2, 11, 30)


def test_a_closed_case_takes_nothing_and_says_so(case, cast):
    Ending.objects.create(case=case, kind="closed", at=NOW, by=cast.people["romanova"], function="after_sales_manager")
    response = decide(signed_in(cast, "smirnova"), case)
    assert response.status_code == 409
    assert ">G10</span>" in words_of(response)


def test_whoever_lost_his_function_today_is_told_to_ask(case, cast):
    FunctionHeld.objects.filter(person=cast.people["smirnova"]).update(until=moscow(1, 12).date())
    response = decide(signed_in(cast, "smirnova"), case)
    assert response.status_code == 403
    assert not Decision.objects.exists()


def test_words_are_shown_as_they_were_said_and_never_run(case, cast):
    script = "<script>alert(1)</script>"
    Words.objects.create(request=case.request, text=script, at=NOW, by=cast.people["smirnova"])
    page = signed_in(cast, "smirnova").get(f"/cases/{case.number}/").content.decode()
    assert script not in page
    assert escape(script) in page


@pytest.mark.parametrize("name", sorted(SCREENS))
def test_no_page_of_a_line_tells_the_mechanic_who_the_customer_is(cast, name):
    case = stage.assigned(stage.received(cast), cast)
    name = name.replace("decision", "1.3/decision").replace("override", "G6/override")
    Words.objects.create(request=case.request, text="Опять", said_by="Иванов Пётр", at=NOW, by=cast.people["smirnova"])
    FaultCard.objects.create(
        case=case, part=1, version=1, written_at=NOW, written_by=cast.people["belov"], signed_at=NOW,
        signed_by="Иванова Мария Петровна",
    )  # fmt: skip
    response = signed_in(cast, "orlov").get(f"/cases/{case.number}/{name}/")
    assert response.status_code in (200, 404)
    for personal in ("Иванов", "9161234567"):
        assert personal not in response.content.decode()


@pytest.mark.parametrize(("who", "status"), [("belov", 200), ("orlov", 404), ("nevsky", 404)])
def test_the_printed_order_is_not_for_the_mechanic(case, cast, who, status):
    kept = StoredPrint(case=case, kind="repair_order", language="ru", sha256="0" * 64, at=NOW, by=cast.people["belov"])
    kept.file.save("order.pdf", ContentFile(b"%PDF-"))
    client = signed_in(cast, who)
    assert client.get(f"/cases/{case.number}/prints/order/").status_code == status
    assert client.get(f"/cases/{case.number}/prints/order/?edition=²").status_code == status
