"""What the writers of one form share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.forms.commune.filled import Filled
from ntm_rules.forms.commune.looks import Looks
from ntm_rules.forms.commune.placing import FormPlaces
from ntm_rules.forms.commune.worth import Verdicts, Worth
from ntm_rules.rulebook.criteria_set import ClassedTarget, Classing, CriteriaSet
from ntm_rules.rulebook.register import Commune
from ntm_rules.spreadsheet.entries import Lists


@dataclass(frozen=True, slots=True)
class OneForm:
    """One form: its law, what stands in it and where."""

    rules: CriteriaSet
    places: FormPlaces
    looks: Looks
    lists: Lists
    filled: Filled
    judged: Verdicts
    worth: Worth
    choices: Mapping[str, str]
    """Requirement -> the outermost choice that it is an alternative of."""
    law_hash: str
    commune: Commune | None
    """Whose form it is; None for a form in which the commune is chosen."""
    year: int
    words: Mapping[Verdict, str]
    """The five verdicts in the form's language."""

    @property
    def any_commune(self) -> bool:
        """Whether the commune is chosen in the form."""
        return self.commune is None

    def class_of(self, classing: Classing) -> str | None:
        """Return the commune's class in the register; None when it is not known, or chosen in the form."""
        return self.commune.class_by(classing.by) if self.commune else None

    @property
    def looked_up(self) -> tuple[Classing, ...]:
        """What targets differ by that follows from the commune chosen, beside its group."""
        return classings_looked_up(self.rules, self.commune)

    def in_order(self) -> list[str]:
        """Return the words of the verdicts in the order of their numbers."""
        return [self.words[verdict] for verdict in Verdict]


def classings_looked_up(rules: CriteriaSet, commune: Commune | None) -> tuple[Classing, ...]:
    """Return what targets differ by, beside the group, that follows from the commune chosen; nothing where one is given."""
    targets = (requirement.target for requirement in rules.requirements())
    found = {one.classing.by: one.classing for one in targets if isinstance(one, ClassedTarget)}
    return tuple(one for one in found.values() if not one.is_group and not one.is_answer and commune is None)
