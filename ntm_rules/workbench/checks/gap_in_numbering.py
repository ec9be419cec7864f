"""NTM031: the numbering has a gap."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet, NodeAt


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every id that comes after a number or letter that is left out among its siblings, and stands nowhere else.

    f, j, w and z are no letters of Vietnamese: a list may go on without them, and an id that is neither number nor
    letter (`dd` for đ) begins anew.
    """
    ids = {at.node.id for at in subject.nodes}
    siblings: dict[tuple[str, str], list[NodeAt]] = {}
    for at in subject.nodes:
        if at.parent is not None and at.parent.each_hamlet is not None and at.parent.each_hamlet.id == at.node.id:
            continue  # what each hamlet must meet is the only one there, and called what its author likes
        siblings.setdefault((at.file, at.parent.id if at.parent else ""), []).append(at)
    for together in siblings.values():
        roman = together[0].node.id.rpartition(".")[2] == "i"
        previous: tuple[str, int] | None = None
        unsure = False
        for at in together:
            stem, _dot, last = at.node.id.rpartition(".")
            place = ROMAN.get(last) if roman else _counted(last)
            if place is None:
                previous, unsure = None, True
                continue
            before = place - 1 if unsure else previous[1] if previous and previous[0] == stem else 0
            unsure = False
            between = (list(ROMAN)[i - 1] if roman else _written(i, last) for i in range(before + 1, place))
            steps = [step for step in between if step not in FOREIGN]
            absent = next((id_ for id_ in (f"{stem}.{s}" if stem else s for s in steps) if id_ not in ids), None)
            if absent is not None:
                message = Message("before {id} there is no {absent}", id=at.node.id, absent=absent)
                yield subject.at(at.file, (*at.place, "id"), message)
            previous = (stem, place)


ROMAN = {step: i for i, step in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"), 1)}
"""Steps of parts numbered i, ii, iii."""


FOREIGN = frozenset("fjwz")
"""Letters of English that Vietnamese lists pass over."""


def _counted(step: str) -> int | None:
    """Return which one a last step of an id is: “3” and “c” the third; None for any other."""
    if step.isascii() and step.isdigit():
        return int(step)
    return ord(step) - ord("a") + 1 if len(step) == 1 and "a" <= step <= "z" else None


def _written(number: int, like: str) -> str:
    return str(number) if like.isdigit() else chr(ord("a") + number - 1)


CHECK = Check(
    code="NTM031",
    severity=Severity.WARNING,
    title=N_("The numbering has a gap"),
    why=N_("A number left out is often an indicator forgotten: communes would be certified without it."),
    mend=N_("Add what is missing, or number on without a gap."),
    of_set=find,
    needs_all_files=True,
)
