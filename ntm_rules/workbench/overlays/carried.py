"""What an overlay holds beside targets and groups, which no form has cells for: kept as written, and given back so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.models import DEFINITIONS, Overlay, PendingAgain
from ntm_rules.rulebook.yaml_text import flow

BLOCKS = ("add", "repeal", "replace", "change", "standard", "reference_figures", *DEFINITIONS)
"""Keys of an overlay that are carried whole, line by line."""
_ID, _TITLE_VI, _TITLE_EN, _TEXT, _ENTRY, _LINE = "id", "title.vi", "title.en", "file", "entry:", "line:"
_PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class Carried:
    """What the file of an overlay says that its form does not hold."""

    id: str
    title_vi: str
    title_en: str
    text_file: str = ""
    """Path of the document's words."""
    entries: Mapping[str, str] = field(default_factory=dict)
    """Id -> its entry under `set`, as YAML, where that is no value a cell can hold."""
    lines: tuple[str, ...] = ()
    """The lines of everything else, as they stand in the file."""
    province: str = ""
    """The one whose communes alone it is for; empty for one of all."""

    def facts(self) -> Iterator[tuple[str, str]]:
        """Yield it as names and values, for the hidden sheet of a form."""
        yield from ((_ID, self.id), (_TITLE_VI, self.title_vi), (_TITLE_EN, self.title_en), (_TEXT, self.text_file))
        if self.province:
            yield _PROVINCE, self.province
        yield from ((_ENTRY + id_, text) for id_, text in self.entries.items())
        yield from ((f"{_LINE}{number}", line) for number, line in enumerate(self.lines, 1))


def carried(overlay: Overlay, text: str, in_cells: Collection[str]) -> Carried:
    """Return what of an overlay's file (`text`) a form does not hold; `in_cells`: the ids whose entries stand in its cells."""
    dumped = overlay.model_dump(by_alias=True, exclude_none=True)["set"]
    entries = {id_: flow(dumped[id_]) for id_ in overlay.set if id_ not in in_cells}
    file = overlay.document.file if overlay.document else None
    lines = tuple(_blocks(overlay, text.splitlines()))
    named = overlay.id, overlay.title.vi, overlay.title.en
    return Carried(*named, file or "", entries, lines, overlay.province or "")


def _blocks(overlay: Overlay, lines: list[str]) -> Iterator[str]:
    starts = {str(place[0]): line for place, line in overlay.lines.items() if len(place) == 1}
    for key in BLOCKS:
        if key not in starts:
            continue
        end = min((line for line in starts.values() if line > starts[key]), default=len(lines) + 1)
        block = lines[starts[key] - 1 : end - 1]
        while block and (not block[-1].strip() or block[-1].startswith("#")):
            block.pop()  # what stands above the next key belongs to that
        yield from block


def read_carried(facts: Mapping[str, str]) -> Carried | None:
    """Return what the hidden sheet of a form says that it does not hold; None where it was made from no overlay."""
    if _ID not in facts:
        return None
    numbered = sorted((int(name.removeprefix(_LINE)), line) for name, line in facts.items() if name.startswith(_LINE))
    return Carried(
        facts[_ID],
        facts.get(_TITLE_VI, ""),
        facts.get(_TITLE_EN, ""),
        facts.get(_TEXT, ""),
        {name.removeprefix(_ENTRY): text for name, text in facts.items() if name.startswith(_ENTRY)},
        tuple(line for _number, line in numbered),
        facts.get(_PROVINCE, ""),
    )


_ACTS = {
    "add": N_("adds {id}"),
    "repeal": N_("repeals {id}"),
    "replace": N_("replaces {id}"),
    "change": N_("changes {id}: {fields}"),
}


def acts(overlay: Overlay, in_cells: Collection[str]) -> Iterator[Message]:
    """Yield what an overlay does that a form has no cells for, in words; `in_cells`: the ids whose entries have some."""
    yield from (Message(_ACTS["add"], id=added.id) for added in overlay.add)
    yield from (Message(_ACTS["repeal"], id=id_) for id_ in overlay.repeal)
    yield from (Message(_ACTS["replace"], id=id_) for id_ in overlay.replace)
    for id_, change in overlay.change.items():
        yield Message(_ACTS["change"], id=id_, fields=", ".join(change.fields))
    if overlay.standard is not None:
        fields = [*overlay.standard.fields, *(f"criteria {id_}" for id_ in overlay.standard.criteria or ())]
        yield Message("changes what meets the standard: {fields}", fields=", ".join(fields))
    for id_, entry in overlay.set.items():
        if isinstance(entry, PendingAgain):
            yield Message("{id} waits again on {decision}", id=id_, decision=entry.pending.decision)
        elif id_ not in in_cells:
            yield Message("sets {id} by class of communes", id=id_)
    for key in DEFINITIONS:
        ids = ", ".join(one.id for one in getattr(overlay, key))
        if ids:
            yield Message("defines under `{key}`: {ids}", key=key, ids=ids)
