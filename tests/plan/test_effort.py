"""What is to be done is counted once, for the agency that leads it, by the cheapest way; what is not known is never counted."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import ceil

from hypothesis import given, settings

from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.evaluation.gaps import UNITS, units_of
from ntm_rules.evaluation.verdicts import SOME, Verdict
from ntm_rules.plan.effort import SCALE, efforts_of
from ntm_rules.rulebook.effort import EffortModel, RequirementEffort
from tests.examples import examples
from tests.strategies import YEAR, Case, cases, without_standards

MODEL = EffortModel.model_validate(
    {
        "note": {"vi": "Giả định", "en": "Assumed"},
        "unit": {"vi": "một yêu cầu", "en": "one requirement"},
        "gaps": [
            {
                "kinds": ("share", "growth", "count", "amount"),
                "by": "shortfall",
                "each": 2,
                "least": 1,
                "why": {"vi": "-", "en": "-"},
            },
            {
                "kinds": ("attestation", "ruling", "grade", "date"),
                "by": "requirement",
                "each": 3,
                "why": {"vi": "-", "en": "-"},
            },
        ],
        "capacity": {"each": 5, "why": {"vi": "-", "en": "-"}},
    }
)


class Plain:
    """The same of one record, by recursion: who leads how much, how many are owed, how many wait, whether too few apply."""

    def __init__(self, evaluation: Evaluation, record: int) -> None:
        self.evaluation, self.record = evaluation, record
        self.owed = self.waiting = 0
        self.too_few = False
        self.work: Counter[str] = Counter()
        for start in (*evaluation.level("indicator"), *evaluation.level("recognition")):
            self.take(start)

    def verdict(self, at: int) -> Verdict:
        return self.evaluation.verdict(at, self.record)

    def effort(self, at: int) -> int:
        requirement = self.evaluation.requirement(at)
        if not self.evaluation.rules.measures[requirement.measure].traits.quantity:
            return 3 * SCALE
        gap = self.evaluation.gap(at, self.record)
        assert gap is not None
        return max(ceil(Fraction(units_of(gap.closeness), UNITS) * 2 * SCALE), SCALE)

    def cost(self, at: int) -> tuple[bool, int]:
        """Return whether a node waits for something, and what is to be done below it."""
        verdict, row = self.verdict(at), self.evaluation.table[at]
        if verdict in (Verdict.MET, Verdict.NOT_APPLICABLE):
            return False, 0
        if not row.children:
            return verdict is not Verdict.NOT_MET, self.effort(at) if verdict is Verdict.NOT_MET else 0
        chosen, lacking = self.chosen(at)
        costs = [self.cost(child) for child in chosen]
        return lacking or any(waits for waits, _effort in costs), sum(effort for _waits, effort in costs)

    def chosen(self, at: int) -> tuple[list[int], bool]:
        row, whole = self.evaluation.table[at], self.verdict(at)
        open_ = [c for c in row.children if self.verdict(c) not in (Verdict.MET, Verdict.NOT_APPLICABLE)]
        if row.op == "all":
            return open_, False
        met = sum(self.verdict(child) is Verdict.MET for child in row.children)
        needed = max(0, (row.needed if row.op == SOME else 1) - met)

        def order(child: int) -> tuple[int, int]:
            waits, effort = self.cost(child)
            passed_over = whole is not Verdict.NOT_MET and self.verdict(child) is not whole
            return waits + 2 * passed_over, effort

        return sorted(open_, key=order)[:needed], len(open_) < needed

    def take(self, at: int) -> None:
        verdict, row = self.verdict(at), self.evaluation.table[at]
        if verdict in (Verdict.MET, Verdict.NOT_APPLICABLE):
            return
        if row.children:
            chosen, lacking = self.chosen(at)
            self.too_few |= lacking
            for child in chosen:
                self.take(child)
        elif verdict is Verdict.NOT_MET:
            self.work[self.evaluation.requirement(at).lead] += self.effort(at)
        elif verdict is Verdict.NO_DATA:
            self.owed += 1
        else:
            self.waiting += 1


@settings(max_examples=examples(150))
@given(cases().map(without_standards))
def test_columns_say_what_recursion_says_of_each_commune(case: Case) -> None:
    evaluation = evaluate(case.rules, case.records, years=[YEAR])
    found = efforts_of(evaluation, MODEL)
    for record in range(len(evaluation.records)):
        plain = Plain(evaluation, record)
        of_agency = dict(zip(found.agencies, found.matrix[record].tolist(), strict=True))
        assert {agency: effort for agency, effort in of_agency.items() if effort} == plain.work
        assert (int(found.owed[record]), int(found.waiting[record])) == (plain.owed, plain.waiting)
        assert bool(found.too_few[record]) is plain.too_few
        assert sum(effort for _requirement, effort in found.work_in(record)) == int(found.total[record])


def test_a_commune_that_meets_everything_has_nothing_to_do(illustrated: Evaluation, model: EffortModel) -> None:
    found = efforts_of(illustrated, model)
    whole = illustrated.level("commune")[0]
    met = [illustrated.verdict(whole, record) is Verdict.MET for record in range(len(illustrated.records))]
    free = (found.total == 0) & (found.owed == 0) & (found.waiting == 0)
    assert free.tolist() == met


def test_a_heavier_requirement_takes_so_many_times_more(illustrated: Evaluation, model: EffortModel) -> None:
    before = efforts_of(illustrated, model)
    row = next(at for at, here in before.taken.items() if here.any())
    id_, lead = illustrated.requirement(row).id, illustrated.requirement(row).lead
    three_times = RequirementEffort.model_validate({"ids": (id_,), "times": 3, "why": {"vi": "-", "en": "-"}})
    heavier = model.model_copy(update={"requirements": (three_times,)})
    after = efforts_of(illustrated, heavier)
    here = before.taken[row]
    assert (after.of_row[row][here] >= 3 * before.of_row[row][here] - 3).all()
    at = before.agencies.index(lead)
    assert (after.matrix[here][:, at] > before.matrix[here][:, at]).all()
    assert (after.matrix[~here] == before.matrix[~here]).all()
