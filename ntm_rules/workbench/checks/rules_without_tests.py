"""NTM081: a file of rules has no tests beside it."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.rule_tests import tests_beside
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every file of rules without a file of tests beside it."""
    for name, _owner, indicators in subject.rule_files:
        beside = tests_beside(name)
        if indicators and beside and beside not in subject.tests:
            yield subject.at(name, (min(indicators),), Message("{file} does not exist", file=beside))
    for overlay in subject.overlays:
        name = overlay.written_at(())[0]
        if overlay.amends and name in subject.draft.files and tests_beside(name) not in subject.tests:
            yield subject.at(name, (), Message("{file} does not exist", file=tests_beside(name)))


CHECK = Check(
    code="NTM081",
    severity=Severity.WARNING,
    title=N_("A file of rules has no tests beside it"),
    why=N_("Nothing shows that the rules say what the document says."),
    mend=N_("Write tests.yaml beside the rules: docs/rule-tests.md."),
    of_set=find,
)
