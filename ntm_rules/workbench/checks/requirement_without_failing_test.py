"""NTM080: no test shows the requirement failing."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.models import EACH_HAMLET
from ntm_rules.rulebook.rule_tests import tests_beside
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet

NOT_MET = "NOT_MET"


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every requirement, in a file with tests, that no test of the set expects to be NOT_MET."""
    tests = [test for read in subject.tests.values() for test in read]
    tested = {id_ for test in tests for id_ in (test.of, *test.expect.parts)}
    failing = {test.of for test in tests if test.expect.verdict == NOT_MET}
    failing |= {id_ for test in tests for id_, verdict in test.expect.parts.items() if verdict == NOT_MET}
    for at in subject.leaves:
        if EACH_HAMLET in at.place:
            continue  # a test is of a commune: of the requirement that counts the hamlets
        if at.node.id not in failing and tests_beside(at.file) in subject.tests:
            message = (
                Message("no test expects {id} to be NOT_MET", id=at.node.id)
                if at.node.id in tested
                else Message("no test names {id}", id=at.node.id)
            )
            yield subject.at(at.file, (*at.place, "id"), message)


CHECK = Check(
    code="NTM080",
    severity=Severity.WARNING,
    title=N_("No test shows the requirement failing"),
    why=N_("A requirement that has never been seen to fail may certify everyone unnoticed."),
    mend=N_(
        "Add a test of this id that expects NOT_MET, with a figure just below the target; a pending target can be supposed."
    ),
    of_set=find,
    needs_all_files=True,
)
