"""From what was filled in to the overlay's file: readable YAML, loaded again and laid on the set before it counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from ntm_rules.errors import NtmError
from ntm_rules.exact import plain
from ntm_rules.i18n import N_, Message, _
from ntm_rules.rulebook.criteria_set import DEFAULT
from ntm_rules.rulebook.loader import LoadedSet, load_overlay
from ntm_rules.rulebook.models import BY_GROUP, CellWritten, Overlay, PendingTarget
from ntm_rules.rulebook.pending import TargetPlace, days_of
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.schema import modeline, schema_file
from ntm_rules.rulebook.yaml_text import comment, id_key, scalar
from ntm_rules.spelling import plain_words
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.targets_to_fill import criterion_words, direction_words, place_measure_words
from ntm_rules.wording.titles import numbered_title
from ntm_rules.workbench.overlays.filled import ByClass, DocumentFilled, FilledOverlay, GroupFilled, TargetFilled

INDENT = "  "
_TITLE = N_("Targets of {number}")
_TRIAL = N_("Invented targets (illustrative - not law)")


@dataclass(frozen=True, slots=True)
class Composed:
    """An overlay that was written, loaded and laid on its set."""

    overlay: Overlay
    loosens: tuple[Message, ...]
    """What the set says of numbers that the overlay loosens, in any year."""


def compose(loaded: LoadedSet, overlay: FilledOverlay, province: str | None = None) -> str:
    """Return the overlay as YAML, with the words of each requirement above its entry; `province`: whose alone it is."""
    return (
        "\n".join(
            [
                *_top(overlay),
                *_head(loaded, overlay, province),
                *_set(loaded, overlay),
                *_groups(overlay),
                *_kept(overlay),
            ]
        )
        + "\n"
    )


def write_overlay(path: Path, text: str, loaded: LoadedSet, earlier: Sequence[Overlay] = ()) -> Composed:
    """Write an overlay's text to a file once it has been loaded and laid on every year of the set.

    `earlier`: the decisions in force before it, over which it is laid.

    Raises:
        NtmError: an earlier decision has the same id.
        RulebookError: it does not load, or does not fit the set; nothing is written then.
    """
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        overlay = load_overlay(beside)
        if any(overlay.id == one.id for one in earlier):
            raise NtmError(
                Message("the earlier decision and this one have the same id {id}", id=overlay.id),
                Message("Check the number of the document; name with --overlay only the decisions before it."),
            )
        loosens = _loosened(loaded, overlay, earlier)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return Composed(overlay, loosens)


def slug(text: str) -> str:
    """Return a text as an id: ASCII letters and digits joined by hyphens.

    >>> slug("99/QĐ-UBND")
    '99-qd-ubnd'
    """
    return "-".join(plain_words(text))


def _loosened(loaded: LoadedSet, overlay: Overlay, earlier: Sequence[Overlay]) -> tuple[Message, ...]:
    found: dict[Message, None] = {}
    for day in dict.fromkeys((*days_of(loaded), *_first_days(loaded, overlay))):
        if any(indicator.holds_on(day) for indicator in loaded.indicators()):
            before = set(resolve(loaded, as_of=day, overlays=earlier).notices)
            rules = resolve(loaded, as_of=day, overlays=[*earlier, overlay])
            if overlay.id in rules.overlays:
                found |= dict.fromkeys(notice for notice in rules.notices if notice not in before)
    return tuple(found)


def _first_days(loaded: LoadedSet, overlay: Overlay) -> Iterator[dt.date]:
    """Yield the first day on which set and overlay are both in force, and the overlay's last."""
    period = loaded.header.period
    yield max(overlay.effective.from_, dt.date(period.from_, 1, 1))
    if overlay.effective.to is not None:
        yield min(overlay.effective.to, dt.date(period.to, 12, 31))


def _top(filled: FilledOverlay) -> Iterator[str]:
    if filled.document.illustrative:
        yield "# MINH HỌA - KHÔNG PHẢI QUY ĐỊNH / ILLUSTRATIVE - NOT LAW"
    yield modeline(schema_file("overlay"))
    yield from comment(
        _(
            "{count} targets, {groups} groups of communes; {pending} targets still wait.",
            count=len(filled.targets),
            groups=len(filled.groups),
            pending=len(filled.pending),
        )
    )


def _head(loaded: LoadedSet, filled: FilledOverlay, province: str | None) -> Iterator[str]:
    document = filled.document
    named = document.is_named
    title = Message(_TITLE, number=document.number) if named else Message(_TRIAL)
    kept = filled.carried
    yield f"id: {id_key(kept.id if kept else overlay_id(document))}"
    yield f"applies_to: {id_key(loaded.header.id)}"
    if own := province or (kept.province if kept else ""):
        yield f"province: {id_key(own)}"
    vi, en = (kept.title_vi, kept.title_en) if kept else (title.render("vi"), title.render("en"))
    yield from ("title:", f"{INDENT}vi: {scalar(vi)}", f"{INDENT}en: {scalar(en)}")
    if document.illustrative:
        yield "illustrative: true"
    if named and document.date:
        yield "document:"
        yield f"{INDENT}number: {scalar(document.number)}"
        yield f"{INDENT}date: {document.date.isoformat()}"
        yield f"{INDENT}issuer: {scalar(document.issuer)}"
        yield f"{INDENT}title:"
        yield f"{INDENT * 2}vi: {scalar(document.title)}"
        yield f"{INDENT * 2}en: {scalar(document.title_en or document.title)}"
        if kept and kept.text_file:
            yield f"{INDENT}file: {scalar(kept.text_file)}"
    yield f"promulgated: {document.promulgated.isoformat()}"
    until = f", to: {document.to.isoformat()}" if document.to else ""
    yield f"effective: {{from: {document.from_.isoformat()}{until}}}"


def overlay_id(document: DocumentFilled) -> str:
    """Return the overlay's id: the document's number, with its year where the number does not hold it."""
    if not document.is_named:
        return "minh-hoa"
    name, year = slug(document.number), str((document.date or document.promulgated).year)
    return name if year in name.split("-") else f"{name}-{year}".lstrip("-")


def _set(loaded: LoadedSet, filled: FilledOverlay) -> Iterator[str]:
    entries = filled.carried.entries if filled.carried else {}
    if not filled.targets and not entries:
        return
    yield ""
    yield "set:"
    under = ""
    for i, target in enumerate(filled.targets):
        criterion = criterion_words(loaded, target.place)
        if criterion != under:
            under = criterion
            yield from ([""] if i else [])
            yield f"{INDENT}# ===== {criterion} ====="
        yield ""
        yield from _entry(loaded, target)
    done = {target.place.requirement.id for target in filled.targets}
    yield from (f"{INDENT}{id_key(id_)}: {entry}" for id_, entry in entries.items() if id_ not in done)


def _kept(filled: FilledOverlay) -> Iterator[str]:
    """Yield what the form was made from and does not hold, as it was written."""
    if filled.carried and filled.carried.lines:
        yield from ("", *filled.carried.lines)


def _entry(loaded: LoadedSet, target: TargetFilled) -> Iterator[str]:
    place = target.place
    yield from comment(numbered_title(place.requirement), INDENT, INDENT)
    yield from comment(f"- {place_measure_words(place)}: {direction_words(place)}", INDENT, INDENT)
    yield from comment(
        "- " + _("Lead agency: {agency}", agency=agency_name(loaded, place.requirement.lead)), INDENT, INDENT
    )
    if target.note:
        yield from comment("- " + _("Note: {text}", text=target.note), INDENT, INDENT)
    key, value = id_key(place.requirement.id), target.value
    article = f", article: {scalar(target.article)}" if target.article else ""
    if value is None:
        yield f"{INDENT}{key}: {{standard: in-force{article}}}"
        return
    if isinstance(value, str):
        written = id_key(value)
    elif isinstance(value, ByClass):
        written = _by_class(value)
    elif isinstance(value, Mapping):
        written = "{" + ", ".join(f"{id_key(group)}: {_number(place, number)}" for group, number in value.items()) + "}"
        if (
            place.classing is not None and not place.classing.is_group
        ):  # the short form would name classes of another kind
            written = f"{{by: {BY_GROUP}, values: {written}}}"
    else:
        written = _number(place, value)
    yield f"{INDENT}{key}: {{value: {written}{article}}}"


def _by_class(value: ByClass) -> str:
    """Return some classes alone, of a target that differs so already; else by what they are told apart, and all of them."""
    cells = {class_: f"{id_key(class_)}: {_cell(cell)}" for class_, cell in value.cells.items()}
    if value.is_part:
        return "{" + ", ".join(cells.values()) + "}"
    values = ", ".join(cell for class_, cell in cells.items() if class_ != DEFAULT)
    rest = f", {cells[DEFAULT]}" if DEFAULT in cells else ""
    return f"{{by: {id_key(value.by)}, values: {{{values}}}{rest}}}"


def _cell(cell: CellWritten) -> str:
    if isinstance(cell, PendingTarget):
        return f"{{pending: {{decision: {id_key(cell.pending.decision)}}}}}"
    if isinstance(cell, Decimal):
        return plain(cell)
    return cell.isoformat() if isinstance(cell, dt.date) else id_key(cell)


def _number(place: TargetPlace, value: Decimal) -> str:
    """Return a number, or a day, as an overlay writes it."""
    return dt.date.fromordinal(int(value)).isoformat() if place.measure.traits.dated else plain(value)


def _groups(filled: FilledOverlay) -> Iterator[str]:
    if not filled.groups:
        return
    yield from ("", "groups:")
    for assigned in filled.groups:
        yield f"{INDENT}# {assigned.commune.name}"
        source = scalar(_ground(assigned, filled.document))
        yield f'{INDENT}"{assigned.commune.code}": {{group: {id_key(assigned.group)}, source: {source}}}'


def _ground(assigned: GroupFilled, document: DocumentFilled) -> str:
    """Return the place with the document's number, which a reader of the group sees alone."""
    if not document.is_named:
        return assigned.source or Message(_TRIAL).render("vi")
    number = document.number
    return assigned.source if number in assigned.source else f"{assigned.source}, {number}"
