"""What the writers of one form share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.forms.commune.filled import Filled
from ntm_rules.forms.commune.looks import Looks
from ntm_rules.forms.commune.placing import Places
from ntm_rules.forms.commune.worth import Verdicts, Worth
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.spreadsheet.entries import Lists


@dataclass(frozen=True, slots=True)
class Context:
    """One form: its law, what stands in it and where."""

    rules: CriteriaSet
    places: Places
    looks: Looks
    lists: Lists
    filled: Filled
    judged: Verdicts
    worth: Worth
    choices: Mapping[str, str]
    """Requirement -> the outermost choice that it is an alternative of."""
    law_hash: str
    group: str | None
    """The commune's group; None when it is not known."""
    any_commune: bool
    """True for a form in which the commune is chosen."""
    year: int
    words: Mapping[Verdict, str]
    """The five verdicts in the form's language."""

    def in_order(self) -> list[str]:
        """Return the words of the verdicts in the order of their numbers."""
        return [self.words[verdict] for verdict in Verdict]
