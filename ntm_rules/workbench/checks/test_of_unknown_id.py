"""NTM082: a test names what the set does not have."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_
from ntm_rules.rulebook.other_sets import BEHIND
from ntm_rules.rulebook.problem_codes import DUPLICATE_ID
from ntm_rules.rulebook.rule_tests import RuleTest
from ntm_rules.rulebook.value_faults import not_defined
from ntm_rules.rulebook.yaml_reader import Place, RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every id of a rule, measure or group in a test that the set does not define."""
    criteria = [c.id for c in subject.header.criteria] if subject.header else []
    rules = {*criteria, *(at.node.id for at in subject.nodes)}
    asking = {at.node.id for at in subject.nodes if at.node.set_met is not None}
    whole = {subject.header.id} if subject.header else set()
    doubled = any(problem.code == DUPLICATE_ID for problem in subject.draft.problems)
    groups = {g.id for g in subject.header.groups} if subject.header else set()
    for file, tests in subject.tests.items():
        for i, test in enumerate(tests):
            named: list[tuple[Place, str, Collection[str]]] = []
            if test.of not in whole:
                named.append(((i, "of"), test.of, rules))
            parts = (id_ for id_ in test.expect.parts if id_.split(BEHIND)[0] not in asking or BEHIND not in id_)
            named += [((i, "expect", "parts", id_), id_, rules) for id_ in parts]
            named += [((i, "suppose", id_), id_, rules) for id_ in test.suppose]
            named += [(place, id_, subject.reported) for place, id_ in _figures(i, test)]
            named += [((i, "group"), test.group, groups)] if test.group else []
            for place, id_, known in named:
                # an id used twice stands where another is meant: the test may well be right
                if id_ not in known and not (doubled and known is rules):
                    yield subject.at(file, place, not_defined(id_, known))


def _figures(i: int, test: RuleTest) -> Iterator[tuple[Place, str]]:
    """Yield the figures that a test gives, of the commune in any year and of its hamlets, each with its place."""
    yield from (((i, "given", id_), id_) for id_ in test.given)
    yield from (((i, "before", id_), id_) for id_ in test.before)
    yield from (((i, "earlier", n, "given", id_), id_) for n, year in enumerate(test.earlier) for id_ in year.given)
    yield from (((i, "hamlets", name, id_), id_) for name, given in test.hamlets.items() for id_ in given)


CHECK = Check(
    code="NTM082",
    severity=Severity.ERROR,
    title=N_("A test names what the set does not have"),
    why=N_("The test holds nothing, and the rule it was meant for stands untested."),
    mend=N_("Correct the id in the test."),
    of_set=find,
    needs_all_files=True,
)
