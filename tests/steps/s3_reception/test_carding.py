"""3.2: the fault card, its versions and its signature."""

from __future__ import annotations

import pytest

from comeback.cases.deriving import progress_of
from comeback.cases.messages import wording_of
from comeback.cases.models import FaultCard, Message, NatureChoice, Words
from comeback.method.refusal import Refused
from comeback.steps.s3_reception.facts import case_facts
from comeback.steps.s3_reception.prefill import known_answers
from tests.cast import moscow
from tests.steps.s2_preparation.stage import CALLED, SAID, do

NOW = moscow(3, 9, 20)
WHOLE = {
    "words": [SAID],
    "symptom": ["noise"],
    "noise": ["squeak"],
    "first": ["after_repair"],
    "frequency": ["on_condition"],
    "speed": ["from_20"],
    "manoeuvre": ["bump"],
    "danger": ["no"],
}
DRAWN = "data:image/png;base64,iVBORw0KGgo="


def write(case, cast, answers=WHOLE, version=0, who="belov"):
    do(case, "3.2/write", cast, who, NOW, answers=answers, version=version)


def sign(case, cast, version=1, signed_by="Иванова М. П.", **more):
    do(case, "3.2/sign", cast, "belov", NOW, version=version, signed_by=signed_by, **more)


def signed(case):
    return case_facts([case.pk])[case.pk].get("fault_card_signed")


def test_the_card_is_filled_in_and_signed_in_one_press(received, cast):
    do(received, "3.2", cast, "belov", NOW, answers=WHOLE, signed_by="Иванова М. П.", strokes=DRAWN)
    card = FaultCard.objects.get()
    assert (card.version, card.signed_by, card.signed_at) == (1, "Иванова М. П.", NOW)
    assert card.signature.strokes == DRAWN
    assert signed(received).note == "версия 1, подпись: Иванова М. П."
    assert progress_of(received, NOW).lines["3.2"].state == "done"


def test_without_a_name_the_card_is_only_saved(received, cast):
    do(received, "3.2", cast, "belov", NOW, answers={"symptom": ["noise"]})
    assert FaultCard.objects.get().signed_at is None
    assert signed(received) is None


@pytest.mark.parametrize(
    "left_out", ["words", "symptom", "noise", "first", "frequency", "speed", "manoeuvre", "danger"]
)
def test_an_unanswered_question_of_this_nature_is_named_when_signing(received, cast, left_out):
    write(received, cast, {code: given for code, given in WHOLE.items() if code != left_out})
    with pytest.raises(Refused) as refused:
        sign(received, cast)
    assert left_out in [item.field for item in refused.value.missing]


def test_speed_is_not_asked_of_a_leak(received, cast):
    NatureChoice.objects.create(request=received.request, nature="LEAK", at=NOW)
    asked = {"words", "symptom", "first", "frequency", "danger"}
    write(received, cast, {code: WHOLE[code] for code in asked} | {"symptom": ["leak"]})
    sign(received, cast)
    assert signed(received)


def test_i_do_not_know_is_a_complete_answer(received, cast):
    answers = WHOLE | {code: ["unknown"] for code in ("noise", "first", "frequency", "speed", "manoeuvre")}
    write(received, cast, answers)
    sign(received, cast)
    assert signed(received)


def test_whoever_saw_an_older_version_is_told_so(received, cast):
    write(received, cast)
    with pytest.raises(Refused) as refused:
        write(received, cast, version=0)
    assert refused.value.kind == "changed"
    with pytest.raises(Refused):
        sign(received, cast, version=0)


def test_what_the_customer_adds_after_signing_is_the_next_version(received, cast):
    write(received, cast)
    sign(received, cast)
    write(received, cast, WHOLE | {"weather": ["frost"]}, version=1)
    first, second = FaultCard.objects.order_by("version")
    assert "weather" not in first.answers
    assert second.answers["weather"] == ["frost"]
    assert signed(received).value == 1


def test_a_signed_version_is_not_signed_again(received, cast):
    write(received, cast)
    sign(received, cast)
    with pytest.raises(Refused) as refused:
        sign(received, cast)
    assert refused.value.kind == "changed"


def test_an_empty_card_is_not_signed(received, cast):
    with pytest.raises(Refused):
        sign(received, cast, version=0)


@pytest.mark.parametrize("answers", [{"mood": ["bad"]}, {"noise": ["music"]}, {"first": ["later", "before"]}])
def test_an_answer_that_the_card_does_not_know_is_refused(received, cast, answers):
    with pytest.raises(Refused) as refused:
        write(received, cast, answers)
    assert refused.value.missing[0].field in answers


@pytest.mark.parametrize("strokes", ["javascript:alert(1)", "data:image/png;base64," + "A" * 200_000])
def test_a_drawing_that_is_no_small_picture_is_refused(received, cast, strokes):
    write(received, cast)
    with pytest.raises(Refused) as refused:
        sign(received, cast, strokes=strokes)
    assert refused.value.missing[0].field == "strokes"


def test_a_nameless_signature_is_refused(received, cast):
    write(received, cast)
    with pytest.raises(Refused):
        sign(received, cast, signed_by=" ")


def test_the_expert_is_told_when_the_card_is_signed(received, cast):
    write(received, cast)
    sign(received, cast)
    message = Message.objects.get(to=cast.people["kuznetsov"])
    assert wording_of(message) == f"{received}: клиент подписал карту неисправности."


def test_danger_makes_every_condition_a_must_and_is_told_at_once(received, cast):
    write(received, cast, WHOLE | {"danger": ["yes"]})
    lines = progress_of(received, NOW).lines
    assert lines["3.5"].need == "must"
    assert Message.objects.get(to=cast.people["kuznetsov"]).code == "card_danger"
    assert received.request.natures.latest("pk").nature == "NVH"


def test_danger_is_told_once(received, cast):
    write(received, cast, WHOLE | {"danger": ["yes"]})
    write(received, cast, WHOLE | {"danger": ["yes"]}, version=1)
    assert Message.objects.filter(code="card_danger").count() == 1


def test_the_reception_lead_does_not_write_the_card(received, cast):
    with pytest.raises(Refused) as refused:
        write(received, cast, who="smirnova")
    assert refused.value.kind == "function"


def test_what_the_call_gave_is_filled_in(received):
    guide = {"where": "front_right", "when": "bump", "speed": "from_20", "since": "right_after", "often": "once"}
    Words.objects.create(request=received.request, text="И слева тоже", answers=guide, at=CALLED)
    assert known_answers(received) == {
        "words": [f"{SAID}\nИ слева тоже"],
        "place": ["front_right"],
        "manoeuvre": ["bump"],
        "speed": ["from_20"],
        "first": ["after_repair"],
    }


def test_a_card_on_record_wins_over_the_call(received, cast):
    write(received, cast, {"words": ["Стучит"]})
    assert known_answers(received) == {"words": ["Стучит"]}
