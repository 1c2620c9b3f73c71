"""Whatever happens in whatever order: no gate opens early, nothing is refused without saying why."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from comeback.method.engine import Facts
from comeback.method.loading import load
from tests.method.story import GATES, NAMES, WHOLE, also, passages, standing, void

SHEET = load()
CONDITIONAL = [line.id for line in SHEET.lines.values() if line.by_nature]
OVERRIDES = also(*(f"override_{gate}" for gate in GATES))
DECISIONS = also(*(f"decided_{line}" for line in CONDITIONAL), value=False)
natures = st.sampled_from(list(SHEET.natures)).map(lambda code: also("nature", value=code))
some_facts = st.sets(st.sampled_from(NAMES))
some_overrides = st.dictionaries(st.sampled_from(list(OVERRIDES)), st.none(), max_size=2)
EXAMPLES = settings(max_examples=60, deadline=None)


@st.composite
def cases(draw: st.DrawFn) -> Facts:
    """Any subset of the story, some of it void, with any nature, decisions, passages and overrides."""
    facts = {name: WHOLE[name] for name in draw(some_facts)}
    facts |= draw(natures) if "nature" in facts else {}
    facts = void(facts, *(name for name in draw(some_facts) if name in facts and draw(st.booleans())))
    for extras in (DECISIONS, passages(), OVERRIDES):
        facts |= {name: extras[name] for name in draw(st.sets(st.sampled_from(list(extras)), max_size=4))}
    return facts


def holds(facts: Facts, name: str) -> bool:
    return name in facts and not facts[name].void


def not_needed(facts: Facts, line: str) -> bool:
    """A conditional line that a decision, or the rule for the nature, says no to."""
    if line not in CONDITIONAL or holds(facts, f"decided_{line}"):
        return line in CONDITIONAL
    return holds(facts, "nature") and SHEET.natures[facts["nature"].value].needs[line] == "no"


def without_evidence(facts: Facts, gate: str) -> list[str]:
    """Lines and facts that a gate needs, and the gates that it needs in turn, which no fact speaks for."""
    lacking = []
    for need in SHEET.gates[gate].needs:
        if need in SHEET.gates:
            lacking += [] if overridden(facts, need) else without_evidence(facts, need)
        elif need in SHEET.lines:
            if not holds(facts, SHEET.lines[need].done) and not not_needed(facts, need):
                lacking.append(need)
        elif not holds(facts, need):
            lacking.append(need)
    return lacking


def overridden(facts: Facts, gate: str) -> bool:
    return bool(SHEET.gates[gate].override) and holds(facts, f"override_{gate}")


@EXAMPLES
@given(order=st.permutations(NAMES), overrides=some_overrides)
def test_no_order_of_events_opens_a_gate_before_all_that_it_needs_is_there(order, overrides):
    facts = {name: OVERRIDES[name] for name in overrides}
    for name in order:
        facts[name] = WHOLE[name]
        for gate, found in standing(facts).gates.items():
            if found.state != "closed" and not overridden(facts, gate):
                assert without_evidence(facts, gate) == []


@EXAMPLES
@given(order=st.permutations(NAMES))
def test_in_whatever_order_it_was_told_the_whole_story_ends_with_every_gate_open(order):
    told = standing({name: WHOLE[name] for name in order})
    assert {found.state for found in told.gates.values()} == {"open"}


@EXAMPLES
@given(facts=cases(), order=st.randoms())
def test_progress_depends_on_the_facts_and_not_on_their_order(facts, order):
    shuffled = list(facts.items())
    order.shuffle(shuffled)
    assert standing(dict(shuffled)) == standing(facts)


@EXAMPLES
@given(facts=cases())
def test_every_refusal_names_what_is_missing_and_who_supplies_it(facts):
    told = standing(facts)
    refusals = [*told.blocked.values(), *(found.missing for found in told.gates.values() if found.state == "closed")]
    for missing in refusals:
        assert missing
        for item in missing:
            assert item.text.ru
            assert item.text.en
            assert item.text.fr
            assert item.by


@EXAMPLES
@given(facts=cases())
def test_a_closed_gate_blocks_all_that_it_guards_and_an_open_one_nothing(facts):
    told = standing(facts)
    closed = {name for found in told.gates.values() if found.state == "closed" for name in found.gate.guards}
    waiting = {line.id for line in SHEET.lines.values() if not all(holds(facts, name) for name in line.after)}
    assert set(told.blocked) == closed | (waiting & set(told.lines))


@EXAMPLES
@given(facts=cases(), name=st.sampled_from([name for name in NAMES if name != "nature"]))
def test_one_more_thing_done_never_closes_an_open_gate(facts, name):
    before = standing(facts)
    after = standing({**facts, name: WHOLE[name]})
    for gate, found in before.gates.items():
        assert found.state == "closed" or after.gates[gate].state != "closed"


@EXAMPLES
@given(facts=cases(), gate=st.sampled_from(GATES))
def test_a_recorded_passage_never_opens_what_lacks_its_evidence(facts, gate):
    facts = {name: fact for name, fact in facts.items() if name != "handed_over"}
    before = standing(facts).gates[gate].state
    after = standing({**facts, **also(f"passed_{gate}")}).gates[gate].state
    assert (before == "closed") == (after == "closed")


@EXAMPLES
@given(wrong=st.sets(st.sampled_from(NAMES)))
def test_after_hand_over_no_void_fact_closes_a_passed_gate(wrong):
    told = standing(void(WHOLE, *wrong) | passages())
    assert {found.state for found in told.gates.values()} == {"passed"}
    assert [found.gate.id for found in told.alarms] == [gate for gate in GATES if told.gates[gate].missing]


@EXAMPLES
@given(wrong=st.sets(st.sampled_from(NAMES), min_size=1))
def test_what_is_void_is_never_counted_as_done(wrong):
    told = standing(void(WHOLE, *wrong))
    assert not [item.line.id for item in told.lines.values() if item.state == "done" and item.line.done in wrong]


@EXAMPLES
@given(facts=cases(), day=st.integers(23, 30), hour=st.integers(0, 23))
def test_only_what_can_be_done_now_is_overdue_and_only_after_its_deadline(facts, day, hour):
    now = f"{day} {hour:02}:00"
    for item in standing(facts, now).lines.values():
        if item.overdue:
            assert item.state in ("due", "void", "decision")
            assert item.due_at is not None


@EXAMPLES
@given(facts=cases())
def test_time_alone_changes_deadlines_and_no_state(facts):
    early, late = standing(facts, "23 00:00"), standing(facts, "30 23:00")
    assert early.gates == late.gates
    assert [item.state for item in early.lines.values()] == [item.state for item in late.lines.values()]
    assert {id_ for id_, item in early.lines.items() if item.overdue} <= {
        id_ for id_, item in late.lines.items() if item.overdue
    }
