"""What two laws ask for differently of things taken together: how many parts must be met, what meets a criterion or the set."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.i18n import Message, _
from ntm_rules.rulebook.criteria_set import Combination, CriteriaSet
from ntm_rules.wording.standards import asked_words, meets_words
from ntm_rules.wording.titles import criterion_title


def counted_differently(before: CriteriaSet, after: CriteriaSet) -> Iterator[Message]:
    """Yield a note for each combination, criterion or standard that both laws have and that more or fewer would meet."""
    was, now = _combinations(before), _combinations(after)
    for id_, node in now.items():
        if id_ in was and (was[id_].op, was[id_].needed) != (node.op, node.needed):
            yield _note(id_, _parts_words(was[id_]), _parts_words(node))
    for criterion in after.criteria:
        known = before.criterion_by_id.get(criterion.id)
        if known is not None and known.standard != criterion.standard:
            yield from _noted(
                criterion_title(criterion), _criterion_words(before, known.id), _criterion_words(after, criterion.id)
            )
    if before.standard != after.standard:
        yield from _noted(meets_words(after), _standard_words(before), _standard_words(after))


def _note(what: object, before: str, after: str) -> Message:
    return Message("{what}, met when: before, {before}; after, {after}", what=str(what), before=before, after=after)


def _noted(what: object, before: str, after: str) -> Iterator[Message]:
    if before != after:
        yield _note(what, before, after)


def _combinations(rules: CriteriaSet) -> dict[str, Combination]:
    return {node.id: node for node in rules.nodes() if isinstance(node, Combination)}


def _parts_words(node: Combination) -> str:
    if node.op == "all":
        return _("every part that applies")
    return _("at least {k} of {n} parts", k=node.needed or 1, n=len(node.children))


def _criterion_words(rules: CriteriaSet, id_: str) -> str:
    standard = rules.criterion_by_id[id_].standard
    return asked_words(rules, standard, within=id_) if standard else _("every indicator that applies")


def _standard_words(rules: CriteriaSet) -> str:
    return asked_words(rules, rules.standard) if rules.standard else _("every criterion that applies")
