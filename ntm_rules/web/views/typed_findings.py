"""What was typed on an agency's page of one commune: findings and a request in one form, so that neither loses the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.http import QueryDict

from ntm_rules.appraisal.entries import CELLS, Entry, entry_of
from ntm_rules.appraisal.findings import LONGEST_REASON, PROPOSALS, Act, Item


class Typed(NamedTuple):
    """What was typed of one item."""

    act: str
    """Empty: none is chosen."""
    entry: Entry
    reason: str
    seen: int

    @property
    def proposed(self) -> Entry:
        """What is proposed: a figure only where it is the agency's own."""
        return self.entry if self.act == Act.OWN.value else Entry(document=self.entry.document)

    def is_unsent(self, item: Item) -> bool:
        """Tell whether it says more than what stands."""
        standing = item.proposal
        if standing is None:
            return bool(self.act or self.entry or self.reason)
        words = (self.entry, self.reason) != (standing.entry, standing.reason)
        return words or (bool(self.act) and self.act != standing.act.value)


class Request(NamedTuple):
    """What was typed of a request to the commune."""

    items: Mapping[str, int] = {}
    """Ticked figure -> the last act seen."""
    cause: str = ""
    reason: str = ""
    due: str = ""

    @property
    def is_begun(self) -> bool:
        """Whether anything of it was typed; its day stands there from the first."""
        return bool(self.items or self.cause or self.reason.strip())


class KeptFindings(NamedTuple):
    """What a page shows again, for it was not taken, and why."""

    typed: Mapping[str, Typed] = {}
    refused: Mapping[str, Sequence[str]] = {}
    request: Request = Request()
    wrong: Sequence[str] = ()


NOTHING_KEPT = KeptFindings()


def typed_on(form: QueryDict, measure: str) -> Typed | None:
    """Return what was typed on an item; None where nothing of it was sent."""
    chosen = form.get(f"{measure}:act")
    if chosen is None:
        return None
    cells = {name: form.get(f"{measure}:{name}", "") for name in CELLS}
    reason = form.get(f"{measure}:reason", "").strip()[: LONGEST_REASON + 1]
    return Typed(
        chosen if chosen in PROPOSALS else "", entry_of(cells), reason, _number(form.get(f"{measure}:seen", ""))
    )


def request_typed(form: QueryDict) -> Request:
    """Return what was typed of a request."""
    items = {}
    for name in form.getlist("item")[:500]:
        measure, _colon, seen = name.rpartition(":")
        if _number(seen) >= 0:
            items[measure] = int(seen)
    return Request(items, form.get("cause", ""), form.get("reason", "")[: LONGEST_REASON + 1], form.get("due", ""))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else -1
