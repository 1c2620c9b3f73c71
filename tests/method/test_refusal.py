"""A refusal says which rule, what is missing and who can supply it."""

from __future__ import annotations

from comeback.method.refusal import Missing, Refused, bad_input, refuse


def test_a_refusal_reads_as_one_sentence():
    refusal = Refused("G7", Missing("5.1", "Check that the work conforms", ("quality_controller",)))
    assert str(refusal) == "G7: 5.1 Check that the work conforms"
    assert refusal.kind == "gate"


def test_a_line_refuses_by_its_own_rule():
    refusal = refuse("4.4", "The driver worked on this car.", by=("technical_expert",))
    assert (refusal.rule, refusal.missing[0].need, refusal.missing[0].by) == ("4.4", "4.4", ("technical_expert",))


def test_wrong_input_names_its_field():
    refusal = bad_input("3.2", "speed", "Not a number.")
    assert (refusal.kind, refusal.missing[0].field) == ("input", "speed")
