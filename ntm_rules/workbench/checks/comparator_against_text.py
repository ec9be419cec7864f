"""NTM055: the comparison is the other way round than in the text."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.exact import plain
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.stated_numbers import stated_numbers
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every target whose number the words state with another comparison."""
    for at in subject.leaves:
        for place, number in at.target.numbers() if at.target else ():
            said = {stated.comparator for stated in stated_numbers(at.words) if number in stated.values} - {""}
            if at.target and said and at.target.key not in said:
                message = Message(
                    "the text states {number} as {said}, the rule as {key}",
                    number=plain(number),
                    said=", ".join(sorted(said)),
                    key=at.target.key,
                )
                yield subject.at(at.file, place, message)


CHECK = Check(
    code="NTM055",
    severity=Severity.ERROR,
    title=N_("The comparison is the other way round than in the text"),
    why=N_("Communes that meet the law would fail, and those that break it would pass."),
    mend=N_(
        "Use at_least for ≥, tối thiểu, ít nhất, trở lên; at_most for ≤, tối đa, không quá, trở xuống; more_than for >, trên, hơn; less_than for <, dưới."
    ),
    of_set=find,
)
