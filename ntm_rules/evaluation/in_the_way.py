"""What stands in the way of something: the requirements that give a node its verdict, in one tree or over columns.

Only through nodes that have the verdict themselves: alternatives of an `any` that is met are left out, and so is what
is decided without them. With NO_DATA these are the figures that decide, with NO_TARGET the targets awaited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from ntm_rules.evaluation.verdicts import Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ntm_rules.evaluation.nodes import NodeRow

Node = TypeVar("Node")


def in_the_way(
    node: Node, verdict: Verdict, verdict_of: Callable[[Node], Verdict], parts_of: Callable[[Node], Sequence[Node]]
) -> Iterator[Node]:
    """Yield the requirements at or below a node of one commune that give it a verdict, in the order of its parts."""
    if verdict_of(node) is not verdict:
        return
    parts = parts_of(node)
    if not parts:
        yield node
    for part in parts:
        yield from in_the_way(part, verdict, verdict_of, parts_of)


def standing_in_the_way(
    table: Sequence[NodeRow], verdicts: NDArray[np.uint8], verdict: Verdict, starts: Sequence[int]
) -> NDArray[np.bool_]:
    """Return the same of the nodes that start in some rows, for all communes.

    Shape (nodes of the table, communes): true of every node through which one of those has the verdict, and below
    which therefore the requirements that are true are those in its way.
    """
    has: NDArray[np.bool_] = verdicts == verdict
    found: NDArray[np.bool_] = has & False
    waiting = list(starts)
    found[waiting] = has[waiting]
    while waiting:
        at = waiting.pop()
        for child in table[at].children:
            found[child] = found[at] & has[child]
            waiting.append(child)
    return found
