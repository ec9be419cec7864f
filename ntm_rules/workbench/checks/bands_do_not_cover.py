"""NTM102: classes by number of criteria overlap or leave a hole."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.names import HEADER
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every band that holds a number of criteria another one holds, and every number that none holds."""
    header = subject.header
    if header is None or not header.bands:
        return
    for i, band in enumerate(header.bands):
        for other in header.bands[:i]:
            if band.at_least <= other.at_most and other.at_least <= band.at_most:
                message = Message("{id} and {other} overlap", id=band.id, other=other.id)
                yield subject.at(HEADER, ("bands", i), message)
    for number in range(len(header.criteria) + 1):
        if not any(band.at_least <= number <= band.at_most for band in header.bands):
            yield subject.at(HEADER, ("bands",), Message("no band holds {number} criteria", number=number))


CHECK = Check(
    code="NTM102",
    severity=Severity.ERROR,
    title=N_("Classes by number of criteria overlap or leave a hole"),
    why=N_("A commune would fall into two classes of the provincial report, or into none."),
    mend=N_("Let the bands follow each other without gap from 0 to the number of criteria."),
    of_set=find,
)
