"""NTM045: a printed slip has no reading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet

_TYPESETTING = re.compile(r"\\[a-z%]+|\$|\ufffd", re.IGNORECASE)


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every text with signs of typesetting, or of a lost character, and no reading."""
    for at in subject.nodes:
        slip = _TYPESETTING.search(at.node.text or "")
        if slip and not at.node.reading:
            message = Message("“{sign}” stands in the text, and no reading says what is meant", sign=slip[0])
            yield subject.at(at.file, (*at.place, "text"), message)


CHECK = Check(
    code="NTM045",
    severity=Severity.WARNING,
    title=N_("A printed slip has no reading"),
    why=N_("Officers and residents would be shown signs of typesetting instead of the law's words."),
    mend=N_("Write what is plainly meant into `reading`."),
    of_set=find,
)
