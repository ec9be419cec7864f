"""NTM096: a `default` under which no commune falls."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.classings import classings
from ntm_rules.rulebook.criteria_set import DEFAULT, Classing
from ntm_rules.rulebook.models import BY_GROUP, ClassedValue, ValueWritten
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every `default` beside which each class is named, where no commune of the register is of none."""
    header = subject.header
    if header is None:
        return
    scales = {scale.id: scale for scale in header.scales}
    known = classings(
        header.groups, header.commune_types, header.classifications, subject.measures.values(), scales, header.provinces
    )
    for at in subject.leaves:
        for place, value, _source in at.target.values() if at.target else ():
            by, named = _default(value)
            classing = known.get(by)
            if classing and named.issuperset(classing.classes) and not _left(subject, classing):
                message = Message("every class of {by} is named, so the default is that of no commune", by=by)
                yield subject.at(at.file, (*place, DEFAULT), message)


def _default(value: ValueWritten) -> tuple[str, set[str]]:
    """Return by what a target with a default differs, and the classes named beside it; "" where it has none."""
    if isinstance(value, ClassedValue) and value.default is not None:
        return value.by, set(value.values)
    return (BY_GROUP, set(value) - {DEFAULT}) if isinstance(value, dict) and DEFAULT in value else ("", set())


def _left(subject: CheckedSet, classing: Classing) -> bool:
    """Tell whether some commune is of no class at all and takes the default."""
    communes = subject.draft.communes
    if not classing.takes_rest or communes is None:
        return False
    return any(commune.class_by(classing.by) is None for commune in communes.within())


CHECK = Check(
    code="NTM096",
    severity=Severity.WARNING,
    title=N_("A default that is no commune's"),
    why=N_(
        "The law's “the others” means somebody; a class may have been named by mistake, or its communes not classed."
    ),
    mend=N_("Take the default out, or the class that belongs to the others."),
    of_set=find,
    needs_all_files=True,
)
