"""NTM111: an overlay, or an entry of it, changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.criteria_set import changed_classes
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.overlays import CheckedOverlay


def find(subject: CheckedOverlay) -> Iterator[RuleProblem]:
    """Yield an overlay that is empty or never in force, and every entry that leaves all as it was."""
    overlay, period = subject.overlay, subject.loaded.header.period
    if not overlay.set and not overlay.groups and not overlay.amends:
        yield subject.at((), Message("it sets, adds, repeals, replaces and changes nothing"))
        return
    if not subject.days:
        message = Message("it is in force on no day of {first}-{last}", first=period.from_, last=period.to)
        yield subject.at(("effective",), message)
        return
    laws = [(subject.before(day), subject.after(day)) for day in subject.days]
    for id_ in overlay.set:
        pairs = [(b.requirement_by_id.get(id_), a.requirement_by_id.get(id_)) for b, a in laws]
        if not any(old and new and changed_classes(old.target, new.target) for old, new in pairs):
            yield subject.at(("set", id_), Message("{id} is so without it", id=id_))
    for code, assigned in overlay.groups.items():
        if subject.loaded.communes[code].group == assigned.group:
            yield subject.at(("groups", code), Message("{id} is so without it", id=code))


CHECK = Check(
    code="NTM111",
    severity=Severity.WARNING,
    title=N_("An overlay, or an entry of it, changes nothing"),
    why=N_("Its author believes that a decision counts, and it does not."),
    mend=N_("Correct the days or the values, or take the entry out."),
    of_overlay=find,
)
