"""A commented overlay with every pending target to fill: what `ntm rules overlay new` writes as YAML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ntm_rules.i18n import _
from ntm_rules.rulebook.criteria_set import DEFAULT
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.pending import REPLACING, TargetPlace
from ntm_rules.rulebook.register import Commune
from ntm_rules.rulebook.schema import modeline, schema_file
from ntm_rules.rulebook.yaml_text import comment, id_key
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.targets_to_fill import (
    awaits_words,
    criterion_words,
    direction_words,
    grade_labels,
    note_words,
    pending_due_words,
    place_measure_words,
)
from ntm_rules.wording.titles import numbered_title

INDENT = "  "


def draft(
    loaded: LoadedSet,
    blanks: Sequence[TargetPlace],
    file: str = "overlay.yaml",
    targets: Sequence[TargetPlace] = (),
    options: str = "",
    overlay_options: str = "",
    province: str | None = None,
) -> str:
    """Return the text of an overlay in which nothing is filled in yet; `file` is what it will be called.

    `targets`: what the earlier decisions fix, offered apart for an amendment; `options`: what the commands printed
    in it need besides the file, as it follows them; `overlay_options`: what `whatif` needs to lay it over those decisions;
    `province`: the one whose communes alone it is for.

    No number stands in it, and it does not load until its head and one entry are filled in.
    """
    return (
        "\n".join(
            [
                *_top(loaded, file, options, overlay_options),
                *_head(loaded, province),
                *_targets(loaded, blanks),
                *_replaced(loaded, targets),
                *_groups(loaded),
            ]
        )
        + "\n"
    )


def unknown_communes(loaded: LoadedSet) -> tuple[Commune, ...]:
    """Return the communes of the set whose group is not known."""
    if not loaded.header.groups:
        return ()
    return tuple(c for c in loaded.communes.within() if not c.group)


def _top(loaded: LoadedSet, file: str, options: str, laid: str) -> Iterator[str]:
    yield modeline(schema_file("overlay"))
    title = str(loaded.header.title)
    yield from comment(_("Overlay to: {title}", title=title))
    yield "#"
    for step in (
        _("1. Fill in the head below, as the document prints it. Invent nothing: what it does not say stays as it is."),
        _(
            "2. For each requirement that the document fixes, remove the # of ONE of its lines and fill it in:"
            " one value for all communes, or one per group. Numbers with a decimal point: 79.95."
        ),
    ):
        yield from comment(step, follow="   ")
    for step, command in (
        (_("3. Check:"), f"ntm rules check {file}{options}"),
        (_("4. See whom it changes:"), f"ntm whatif {_('DATA')}{options}{laid} --overlay {file} --out {_('FOLDER')}"),
    ):
        yield from (f"# {step}", f"#    {command}")  # a command stays on one line, to be copied


def _head(loaded: LoadedSet, province: str | None) -> Iterator[str]:
    yield ""
    yield from comment(_("Id of this overlay: ASCII letters, digits, hyphens; for example number and year."))
    yield "id:"
    yield f"applies_to: {id_key(loaded.header.id)}"
    if province is not None:
        yield f"province: {id_key(province)}"
    yield from comment(_("Title shown in results, in Vietnamese and English."))
    yield from ("title:", f"{INDENT}vi:", f"{INDENT}en:")
    yield from comment(_("The document as printed: number; date (year-month-day); issuing body; title."))
    yield from ("document:", *(f"{INDENT}{key}:" for key in ("number", "date", "issuer")))
    yield from (f"{INDENT}title:", f"{INDENT * 2}vi:", f"{INDENT * 2}en:")
    yield from comment(_("The day it was promulgated."))
    yield "promulgated:"
    yield from comment(_("First day in force; last day only where the document states one."))
    yield from ("effective:", f"{INDENT}from:", f"{INDENT}#to:")


def _targets(loaded: LoadedSet, blanks: Sequence[TargetPlace]) -> Iterator[str]:
    yield ""
    yield "set:"
    yield from comment(_("Decisions awaited:"), INDENT)
    for decision in dict.fromkeys(place.pending.decision for place in blanks if place.pending):
        yield from comment(f"- {decision}: {pending_due_words(loaded, decision)}", INDENT, INDENT)
    under = ""
    for place in blanks:
        yield ""
        criterion = criterion_words(loaded, place)
        if criterion != under:
            under = criterion
            yield from (f"{INDENT}# ===== {criterion} =====", "")
        yield from _one(loaded, place)


def _replaced(loaded: LoadedSet, fixed: Sequence[TargetPlace]) -> Iterator[str]:
    if not fixed:
        return
    yield ""
    yield from comment(f"===== {_(REPLACING)} =====", INDENT)
    for place in fixed:
        yield ""
        yield from _one(loaded, place)


def _one(loaded: LoadedSet, place: TargetPlace) -> Iterator[str]:
    requirement, pending = place.requirement, place.pending
    yield from comment(numbered_title(requirement), INDENT, INDENT)
    facts = [
        f"{place_measure_words(place)}: {direction_words(place)}",
        _("Lead agency: {agency}", agency=agency_name(loaded, place.requirement.lead)),
    ]
    if pending is not None:
        facts.append(_("Awaited: {decision}", decision=pending.decision))
    if place.fixed is not None:
        facts.append(awaits_words(loaded, place))
    if notes := note_words(place):
        facts.append(_("Note: {text}", text=notes))
    for fact in facts:
        yield from comment(f"- {fact}", INDENT, INDENT)
    key = id_key(requirement.id)
    if place.form == "standard":
        yield f"{INDENT}#{key}: {{standard: in-force, article: }}"
        return
    if place.form == "grade":
        offered = "; ".join(f"{id_} ({label})" for id_, label in grade_labels(loaded, place).items())
        yield from comment(_("- Grades: {grades}", grades=offered), INDENT, INDENT)
    yield f"{INDENT}#{key}: {{value: , article: }}"
    if place.classing is not None and not place.classing.is_group:
        classes = ", ".join(f"{id_key(class_)}: " for class_ in (*place.classing.classes, DEFAULT))
        yield f"{INDENT}#{key}: {{value: {{{classes}}}, article: }}"
    elif place.form == "number" and loaded.header.groups:
        groups = ", ".join(f"{id_key(group.id)}: " for group in loaded.header.groups)
        yield f"{INDENT}#{key}: {{value: {{{groups}}}, article: }}"


def _groups(loaded: LoadedSet) -> Iterator[str]:
    if not loaded.header.groups:
        return
    yield ""
    offered = "; ".join(f"{group.id} ({group.title!s})" for group in loaded.header.groups)
    unknown = unknown_communes(loaded)
    yield from comment(
        _("Groups of communes, only where the document assigns them. Groups: {groups}.", groups=offered),
    )
    yield from comment(
        _("{count} communes are of unknown group; another commune may be added by its code.", count=len(unknown))
        + " "
        + _("Remove the # of “groups:” and of the lines that are filled in.")
    )
    yield "#groups:"
    for commune in unknown:
        yield f'{INDENT}#"{commune.code}": {{group: , source: }}  # {commune.name}'
