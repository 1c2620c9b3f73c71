"""The rules of edition 1: who, on what evidence, by when; gates, natures, acts. Changing one is a new edition."""

from __future__ import annotations

import pytest

from comeback.method.loading import load

SHEET = load()
ASM, REC, SA, TE = "after_sales_manager", "reception_lead", "service_advisor", "technical_expert"
MEC, FOR, QC, BIL = "mechanic", "foreman", "quality_controller", "billing_clerk"
SHORT = {"ASM": ASM, "REC": REC, "SA": SA, "TE": TE, "MEC": MEC, "FOR": FOR, "QC": QC, "BIL": BIL}

LINES = """
1.1 REC,SA,ASM  comeback_decided
1.2 REC,SA      words_taken
1.3 REC,SA      expert_reserved
1.4 REC,SA,TE   joint_drive_planned
1.5 -           offered_in_time
2.1 REC,SA      manager_informed               2 hours before reception_booked
2.2 ASM         dossier_reviewed               2 hours before reception_booked
2.3 SA          parts_checked                  2 hours before reception_booked
2.4 SA,REC      order_stamped                  0 hours before reception_booked
3.1 SA,ASM      received_with_manager          1 hours after reception_booked
3.2 SA          fault_card_signed              1 hours after received_with_manager
3.3 TE          driven_with_customer           2 hours after received_with_manager
3.4 REC,SA      delivery_offered               1 hours after received_with_manager
3.5 REC,SA      manager_reserved_for_delivery  2 hours after received_with_manager
4.1 FOR         mechanic_assigned              2 working hours after received_with_manager
4.2 TE          work_supervised                2 working hours after work_begun
4.3 TE          manager_told_of_progress       2 working hours after work_begun
4.4 TE          road_tested_after_work         2 working hours after work_finished
5.1 QC          quality_passed                 2 working hours after work_finished
5.2 FOR,SA,REC  delivery_confirmed             2 working hours after quality_passed
5.3 FOR,QC      case_registered                1 working days after quality_passed
5.4 FOR,QC      measures_defined               1 working days after quality_passed
5.5 -           quality_passed
6.1 BIL,FOR,SA  costs_assigned                 1 hours before delivery_offered
6.2 ASM,SA      policy_applied                 1 hours before delivery_offered
7.1 SA,ASM      work_explained                 1 hours after delivery_offered
7.2 SA,ASM      cure_confirmed                 1 hours after delivery_offered
7.3 SA,TE       drive_offered                  1 hours after delivery_offered
7.4 SA,ASM      document_explained             1 hours after delivery_offered
8.1 ASM         customer_contacted             48 hours after handed_over
9.1 ASM         month_signed
9.2 ASM         month_signed
9.3 ASM         month_signed
"""
GATES = """
G1  original_linked                                                     >
G2  reception_booked words_taken 1.3 1.4                                > 2.1
G3  2.1 2.2 2.3 2.4                                                     >
G4  3.1 3.2 3.3 3.4 3.5 works_agreed                                    > 4.1                          ! ASM
G5  1.1 original_linked 4.1 G3 safety_cleared                           > punch_in                     ! ASM
G6  concerns_answered time_punched 4.2 4.3 4.4                          > 5.1                          ! ASM
G7  5.1                                                                 > 5.2 7.1 7.2 7.3 7.4 hand_over
G8  G7 5.2 5.3 5.4 6.1 6.2                                              > 7.1 7.2 7.4                  ! ASM
G9  G8 7.1 7.2 7.3 7.4                                                  > hand_over
G10 handed_over 8.1 costs_posted escape_cause_named criteria_set        > close
"""
NATURES = """
             1.3 1.4 3.2 3.3 3.5 7.3
SAFETY        О   О   О   О   О   О
NVH           О   О   О   О   Р   О
DRIVE         О   О   О   О   Р   О
ELEC_INT      О   Р   О   Р   Р   Р
LAMP          О   Р   О   Р   Н   Р
LEAK          Р   Р   О   Р   Н   Р
CLIMATE_MM    Р   Р   О   Р   Н   Р
BODY          Р   Н   Р   Н   Р   Н
MAINT         Н   Н   Р   Н   Р   Н
DOC           Н   Н   Н   Н   О   Н
"""
ACTS = """
book REC,SA
rebook REC,SA
reject REC,ASM
withdraw ASM
confirm_presence ASM
punch_in MEC
punch_out MEC
answer_concern MEC
release TE
hand_over SA,ASM
post_costs BIL
close ASM
sign ASM
restate ASM
"""
MATRIX = {
    ASM: {2, 3, 4, 6, 7, 8, 9},
    REC: {1, 2, 3},
    SA: {2, 3, 6, 7},
    TE: {3, 4, 7},
    MEC: {4},
    FOR: {4, 5, 6},
    QC: {5},
    BIL: {6},
}


def rows(table: str) -> list[list[str]]:
    return [row.split() for row in table.split("\n") if row.strip()]


def functions(words: str) -> tuple[str, ...]:
    return tuple(SHORT[code] for code in words.split(",") if code in SHORT)


@pytest.mark.parametrize(("line", "who", "fact", "due"), [(a, b, c, " ".join(d)) for a, b, c, *d in rows(LINES)])
def test_a_line_names_who_may_do_it_on_what_evidence_by_when(line, who, fact, due):
    found = SHEET.lines[line]
    assert SHEET.allowed(line) == functions(who)
    assert found.done == fact
    assert spoken(found.due) == due


def spoken(due) -> str:
    if due is None:
        return ""
    span, word = (due.within, "after") if due.after else (due.by, "before")
    return f"{span.amount} {span.unit} {word} {due.after or due.before}"


def test_only_the_foreman_and_the_manager_may_pass_a_line_on():
    passed_on = {line.id: line.delegate_to for line in SHEET.lines.values() if line.delegate_to}
    assert passed_on == {"5.2": (SA, REC), "6.2": (SA,)}


@pytest.mark.parametrize("row", [row for row in GATES.split("\n") if row])
def test_a_gate_needs_guards_and_may_be_overridden_as_agreed(row):
    asked, _, then = row.partition(">")
    guards, _, override = then.partition("!")
    id_, *needs = asked.split()
    gate = SHEET.gates[id_]
    assert gate.needs == tuple(needs)
    assert gate.guards == tuple(guards.split())
    assert gate.override == functions(override.strip())


def test_the_quality_gate_has_no_override():
    assert SHEET.gates["G7"].override == ()


@pytest.mark.parametrize("row", rows(NATURES)[1:])
def test_a_nature_of_comeback_decides_every_conditional_line(row):
    code, *marks = row
    words = {"О": "must", "Р": "recommended", "Н": "no"}
    columns = rows(NATURES)[0]
    assert SHEET.natures[code].needs == {line: words[mark] for line, mark in zip(columns, marks, strict=True)}


def test_conditional_lines_are_those_that_the_sheet_makes_conditional():
    conditional = [line.id for line in SHEET.lines.values() if line.by_nature]
    assert conditional == ["1.3", "1.4", "3.2", "3.3", "3.5", "7.3"]


@pytest.mark.parametrize(("act", "who"), rows(ACTS))
def test_an_act_names_who_may_do_it(act, who):
    assert SHEET.allowed(act) == functions(who)


def test_no_act_is_left_out():
    assert list(SHEET.acts) == [name for name, _ in rows(ACTS)]


@pytest.mark.parametrize("function", MATRIX)
def test_the_function_column_is_the_printed_one(function):
    assert {step.id for step in SHEET.steps.values() if function in step.functions} == MATRIX[function]


def test_lines_belong_to_a_request_a_case_or_a_month():
    scopes = {line.id: line.scope for line in SHEET.lines.values() if line.scope != "case"}
    assert scopes == {"1.1": "request", "1.2": "request", "9.1": "month", "9.2": "month", "9.3": "month"}
    assert [line.id for line in SHEET.lines_of("month")] == ["9.1", "9.2", "9.3"]


def test_rules_and_indicators_are_marked_as_such():
    kinds = {line.id: line.kind for line in SHEET.lines.values() if line.kind != "act"}
    assert kinds == {"1.5": "rule", "5.5": "rule", "9.1": "indicator", "9.2": "indicator", "9.3": "indicator"}


def test_every_fact_of_a_line_names_the_line_and_who_can_supply_it():
    for line in SHEET.lines.values():
        if line.kind == "act":
            assert SHEET.facts[line.done].line == line.id
            assert SHEET.facts[line.done].by == line.by
