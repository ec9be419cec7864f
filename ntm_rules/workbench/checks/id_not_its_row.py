"""NTM032: an indicator is not numbered as its row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet

_NUMBERED = re.compile(r"\d+(\.\d+)*")


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every indicator numbered otherwise than the row it quotes, where both are numbers."""
    for at in subject.nodes:
        row = (at.source.row or "").rstrip(".)")
        both = _NUMBERED.fullmatch(at.node.id) and _NUMBERED.fullmatch(row)
        if at.parent is None and both and at.node.id != row:
            message = Message("{id} quotes row {row}", id=at.node.id, row=row)
            yield subject.at(at.file, (*at.place, "id"), message)


CHECK = Check(
    code="NTM032",
    severity=Severity.WARNING,
    title=N_("An indicator is not numbered as its row"),
    why=N_("Officers who look up the row in the document find another indicator's result under its number."),
    mend=N_("Correct the id or the row."),
    of_set=find,
)
