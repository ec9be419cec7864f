"""The composition table as rules that fire: what they conclude, from what, and in any order of the facts."""

from __future__ import annotations

import random
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_rules.dataset.records import CommuneYear, EarlierOf, Reported, State
from ntm_rules.evaluation import rete
from ntm_rules.evaluation.engines import judge_commune
from ntm_rules.evaluation.firing import Fact, Firing
from ntm_rules.evaluation.reference import Facts, evaluate_commune, facts_of
from ntm_rules.evaluation.rete import CONCLUDES, STEP, CompiledFacts, composition_rules
from ntm_rules.evaluation.verdicts import PRECEDENCE, Verdict, combine
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Combination,
    Comparator,
    CriteriaSet,
    Criterion,
    Requirement,
    Target,
)
from tests.examples import examples
from tests.strategies import PROVENANCE, SOURCE, Case, KnownTarget, cases, criteria_set, indicator, measure, requirement

pytestmark = pytest.mark.usefixtures("durable")


def test_the_ruleset_is_the_composition_table_and_nothing_else() -> None:
    """29 rules whatever the set: by operator and verdict, the ways in which parts come to it, and a step of a count."""
    rules = composition_rules()
    assert len(rules) == sum(3 * len(order) - 1 for order in PRECEDENCE.values()) + 1 == 29
    assert set(CONCLUDES.values()) == set(Verdict)
    assert set(rules) - set(CONCLUDES) == {STEP}
    for name in CONCLUDES:
        op, verdict, how = name.split(".")
        assert verdict in Verdict.__members__
        assert (op, how) in product(PRECEDENCE, ("only", "stands", "decides"))


def fired(op: str, verdicts: list[Verdict], order: random.Random) -> tuple[Verdict, int]:
    """Run the engine over the parts of one node, asserted in a random order: the verdict and how many rules fired."""
    kinds = [f"{op} only"] if len(verdicts) == 1 else [f"{op} so far", *[f"{op} next"] * (len(verdicts) - 1)]
    facts = []
    for at, (kind, verdict) in enumerate(zip(kinds, verdicts, strict=True)):
        link = {"only": {}, "far": {"up_to": f"n{at}"}, "next": {"after": f"n{at - 1}"}}[kind.split()[-1]]
        facts.append({"id": f"n{at}", "kind": kind, "verdict": verdict.name, **link})
    order.shuffle(facts)
    concluded: list[Verdict] = []

    def conclude(rule: str, matched: rete.Mapping[str, rete.Symbols]) -> rete.Symbols | None:
        concluded.append(CONCLUDES[rule])
        part = matched["part"]["id"]
        if part == f"n{len(verdicts) - 1}":
            return None
        return {"id": f"u{part}", "kind": f"{op} so far", "up_to": part, "verdict": CONCLUDES[rule].name}

    rete._ruleset().run(facts, conclude)
    return concluded[-1], len(concluded)


@pytest.mark.parametrize("op", ["all", "any"])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_every_combination_of_up_to_three_verdicts(op: str, size: int) -> None:
    order = random.Random(size)
    for verdicts in product(Verdict, repeat=size):
        assert fired(op, list(verdicts), order) == (combine(op, verdicts), max(1, size - 1))


@given(st.sampled_from(["all", "any"]), st.lists(st.sampled_from(Verdict), min_size=1, max_size=40), st.randoms())
def test_any_number_of_parts_asserted_in_any_order(op: str, verdicts: list[Verdict], order: random.Random) -> None:
    assert fired(op, verdicts, order) == (combine(op, verdicts), max(1, len(verdicts) - 1))


def nested() -> CriteriaSet:
    """1.1 is all of a, any of (b, c), d; 1.2 is a single requirement."""
    spec = measure("answer", "attestation")

    def leaf(id_: str, of: str) -> object:
        return requirement(id_, of, Comparator.EQUALS, KnownTarget(PROVENANCE, everywhere=1))  # type: ignore[arg-type]

    either = Combination("any", (leaf("1.1.b", "b"), leaf("1.1.c", "c")), "1.1.bc")  # type: ignore[arg-type]
    whole = Combination("all", (leaf("1.1.a", "a"), either, leaf("1.1.d", "d")), "1.1")  # type: ignore[arg-type]
    rows = (indicator("1.1", whole), indicator("1.2", leaf("1.2", "a")))  # type: ignore[arg-type]
    criterion = Criterion(id="1", title="1", title_en="1", source=SOURCE, indicators=rows)
    return criteria_set((criterion,), {name: spec.model_copy(update={"id": name}) for name in "abcd"})


def test_the_trace_says_which_rule_fired_from_which_facts() -> None:
    answers = {name: Reported(State.PRESENT, value) for name, value in {"a": 1, "b": 0, "d": 0}.items()}
    facts = Facts(CommuneYear("1", "xã", 2026, answers))
    judged = judge_commune("durable", nested(), facts)
    assert judged.result == evaluate_commune(nested(), facts)
    met, not_met, no_data = Verdict.MET, Verdict.NOT_MET, Verdict.NO_DATA
    a, b, c, d = (
        Fact("requirement", f"1.1.{name}", verdict)
        for name, verdict in zip("abcd", (met, not_met, no_data, not_met), strict=True)
    )
    either = Fact("requirement", "1.1.bc", no_data)
    so_far = Fact("indicator", "1.1", no_data, up_to="1.1.bc")
    first, second = Fact("indicator", "1.1", not_met), Fact("indicator", "1.2", met)
    criterion = Fact("criterion", "1", not_met)
    assert set(judged.trace) == {
        Firing("any.NO_DATA.decides", (b, c), either),
        Firing("all.NO_DATA.decides", (a, either), so_far),
        Firing("all.NOT_MET.decides", (so_far, d), first),
        Firing("all.MET.only", (Fact("requirement", "1.2", met),), second),
        Firing("all.NOT_MET.stands", (first, second), criterion),
        Firing("all.NOT_MET.only", (criterion,), Fact("commune", "test-set", not_met)),
    }
    assert [firing.words.render("en") for firing in judged.trace if firing.concluded == first] == [
        "indicator 1.1 up to 1.1.bc: No data yet; requirement 1.1.d: Not met → indicator 1.1: Not met"
    ]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_every_count_of_up_to_three_verdicts(size: int) -> None:
    for needed, verdicts in product(range(1, size + 1), product(Verdict, repeat=size)):
        parts = tuple(certain(f"1.1.{n}", f"m{n}", verdict) for n, verdict in enumerate(verdicts))
        condition = Combination("some", parts, "1.1", needed=needed)
        rules = criteria_set(
            (Criterion("1", "1", "1", SOURCE, (indicator("1.1", condition),)),),
            {f"m{n}": measure(f"m{n}", "share", not_applicable_at_zero=True) for n in range(size)},
        )
        report = {
            f"m{n}": Reported(State.NOTHING_TO_COUNT)
            if verdict is Verdict.NOT_APPLICABLE
            else Reported(State.PRESENT, 1, 2, counted=True)
            for n, verdict in enumerate(verdicts)
            if verdict is not Verdict.NO_DATA
        }
        judged = judge_commune("durable", rules, Facts(CommuneYear("1", "xã", 2026, report)))
        found = judged.result.find("indicator", "1.1")
        assert found is not None
        assert found.verdict is combine("some", verdicts, needed)
        assert [firing.rule for firing in judged.trace if firing.concluded.id == "1.1"] == [STEP] * size


def certain(id_: str, measure_: str, verdict: Verdict) -> Requirement:
    """A requirement that has this verdict when half of its share is there."""
    target: Target = KnownTarget(PROVENANCE, everywhere=Decimal(100 if verdict is Verdict.NOT_MET else 0))
    if verdict is Verdict.NO_TARGET:
        target = AwaitedTarget("awaited")
    return requirement(id_, measure_, Comparator.AT_LEAST, target)


@settings(max_examples=examples(100))
@given(cases())
def test_a_trace_rests_on_the_requirements_and_on_what_fired_before_and_reaches_every_node(case: Case) -> None:
    compiled = CompiledFacts(case.rules)
    by_key = {(record.code, record.year): record for record in case.records}
    earlier = EarlierOf(case.records, lambda code, year: by_key.get((code, year)))
    for record in case.records:
        group = case.rules.communes[record.code].group
        derived = compiled.derive(facts_of(record, earlier, group))
        known = {
            Fact(row.level, row.id, derived.verdicts[at])
            for at, row in enumerate(compiled.table)
            if row.level == "requirement" and not row.op
        }
        for firing in derived.trace:
            assert set(firing.because) <= known, "a rule fires only from what is known"
            assert firing.concluded not in known, "nothing is concluded twice"
            assert firing.concluded.verdict is CONCLUDES.get(firing.rule, firing.concluded.verdict)
            known.add(firing.concluded)
        whole = {fact for fact in known if not fact.up_to}
        assert whole == {Fact(row.level, row.id, derived.verdicts[at]) for at, row in enumerate(compiled.table)}


def test_no_trace_is_kept_unless_asked_for() -> None:
    facts = Facts(CommuneYear("1", "xã", 2026))
    compiled = CompiledFacts(nested())
    traced, plain = compiled.derive(facts), compiled.derive(facts, traced=False)
    assert (traced.verdicts, traced.reasons, len(traced.trace)) == (plain.verdicts, plain.reasons, 6)
    assert plain.trace == ()
