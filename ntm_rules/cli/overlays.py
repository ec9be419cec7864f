"""`ntm rules overlay new` and `ntm rules overlay fill`: from a decision to an overlay that the program reads."""

from __future__ import annotations

import datetime as dt
import os
import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import typer

from ntm_rules.errors import NtmError
from ntm_rules.forms.decision.filling import read_filled
from ntm_rules.forms.decision.held import held_ids
from ntm_rules.forms.decision.workbook import form
from ntm_rules.i18n import Message, _
from ntm_rules.report.whole_files import file_written
from ntm_rules.rulebook.amending import defined
from ntm_rules.rulebook.criteria_set import ClassedTarget, Provenance
from ntm_rules.rulebook.loader import LoadedSet, load_overlay
from ntm_rules.rulebook.pending import fixed_places, pending_places, places
from ntm_rules.rulebook.provinces import looked_at, province_of
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.schema import is_schema, schema_file, schema_text
from ntm_rules.rulebook.targets import known_target
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.outputs import not_over, not_what_is_read
from ntm_rules.runs.rulebook import Rulebook, open_rulebook
from ntm_rules.visible import visible
from ntm_rules.wording.phrases import clipped
from ntm_rules.wording.targets_to_fill import (
    class_words,
    direction_words,
    grade_labels,
    made_from_words,
    number_words,
    pending_due_words,
)
from ntm_rules.workbench.overlays.carried import acts, carried
from ntm_rules.workbench.overlays.composing import compose, write_overlay
from ntm_rules.workbench.overlays.drafting import draft
from ntm_rules.workbench.overlays.filled import ByClass, FilledOverlay, TargetFilled

KEPT = Message("What the workbook has no cells for is kept and given back unchanged:")
WORKBOOK = ".xlsx"
YAML_FILES = (".yaml", ".yml")
_PLAIN = re.compile(r"[\w@%+=:,./\\-]+" if os.name != "posix" else r"[\w@%+=:,./-]+")
"""What no shell takes for anything but letters of a name; Vietnamese letters too."""
LONGEST = 60
"""How much of a requirement's text a line on the screen shows."""


def run_new(
    law: LawAsked, out: Path | None, *, decision: str | None, force: bool, made_from: Path | None = None
) -> int:
    """Write, or print, an overlay to fill, the overlays of the law being in force; return the exit status.

    `made_from`: the file of an overlay that the workbook is filled in with.

    Raises:
        NtmError: nothing is pending, the decision is unknown, or the file stands there already.
        typer.BadParameter: the file is neither YAML nor a workbook.
    """
    book, earlier = _of_its_province(open_rulebook(law)), law.overlays
    loaded, before = defined(book.loaded, book.overlays), book.overlays
    blanks, fixed = pending_places(loaded, decision, before), fixed_places(loaded, before)
    if made_from is not None:
        return _again(book, law, out, made_from, force)
    if not blanks and not fixed:
        raise NtmError(
            Message("Every target of the set {set} is fixed; there is nothing to fill", set=loaded.header.id)
        )
    named, of = _named(law.criteria), _province(law)
    if out is None:
        typer.echo(
            draft(
                loaded,
                blanks,
                targets=fixed,
                options=named,
                overlay_options=of + _laid(earlier),
                province=book.province,
            ),
            nl=False,
        )
        return 0
    if out.suffix.lower() not in (WORKBOOK, *YAML_FILES):
        raise typer.BadParameter(_("write a name that ends in .yaml or .xlsx"), param_hint="-o")
    not_over(out, force)
    not_what_is_read(out, earlier)
    typer.echo(_("{count} targets to fill: {ids}", count=len(blanks), ids=_ids(p.requirement.id for p in blanks)))
    if fixed:
        ids = _ids(p.requirement.id for p in fixed)
        typer.echo(_("{count} targets that earlier decisions fix, to replace: {ids}", count=len(fixed), ids=ids))
    if out.suffix.lower() == WORKBOOK:
        result = out.with_suffix(".overlay.yaml")
        options = named + of + "".join(f" --overlay {_q(path)}" for path in earlier)
        guided = f"ntm rules overlay fill {_q(out.name)}{options} -o {_q(result.name)}"
        classed = tuple(places(loaded, before).values()) if decision is None else (*blanks, *fixed)
        file_written(out, form(loaded, blanks, fixed, before, guided, with_classes=classed))
        typer.echo(_("Written: {file}", file=out))
        command = f"ntm rules overlay fill {_q(out)}{options} -o {_q(result)}"
        typer.echo(_("When it is filled in: {command}", command=command))
        return 0
    file_written(out, draft(loaded, blanks, _q(out.name), fixed, named, of + _laid(earlier), book.province).encode())
    typer.echo(_("Written: {file}", file=out))
    _schema_beside(out)
    typer.echo(_("When it is filled in: {command}", command=f"ntm rules check {_q(out)}{named}"))
    return 0


def _again(book: Rulebook, law: LawAsked, out: Path | None, made_from: Path, force: bool) -> int:
    """Write a workbook filled in with an overlay that there is already; return the exit status."""
    if out is None or out.suffix.lower() != WORKBOOK:
        raise typer.BadParameter(_("write a name that ends in .xlsx"), param_hint="-o")
    not_over(out, force)
    not_what_is_read(out, [made_from, *law.overlays])
    overlay = load_overlay(made_from)
    resolve(book.loaded, as_of=dt.date(book.loaded.first_year, 12, 31), overlays=[*book.overlays, overlay])
    loaded, before = defined(book.loaded, [*book.overlays, overlay]), book.overlays
    known = places(loaded, before)
    blanks = pending_places(loaded, None, before)
    waiting = {place.requirement.id for place in blanks}
    ids = [id_ for id_, place in known.items() if id_ not in waiting and (place.fixed or id_ in overlay.set)]
    fixed = [known[id_] for id_ in ids]
    held = held_ids(loaded, known, overlay)
    kept = carried(overlay, made_from.read_text(encoding="utf-8"), held)
    options = _named(law.criteria) + _province(law) + "".join(f" --overlay {_q(path)}" for path in law.overlays)
    command = f"ntm rules overlay fill {_q(out.name)}{options} -o {_q(out.with_suffix('.overlay.yaml').name)}"
    file_written(out, form(loaded, blanks, fixed, before, command, (overlay, kept), tuple(known.values())))
    typer.echo(_("Written: {file}", file=out))
    _list(
        KEPT.render(),
        [str(act) for act in acts(overlay, held)],
        "yellow",
    )
    typer.echo(_("When it is filled in: {command}", command=command))
    return 0


def run_fill(law: LawAsked, workbook: Path, out: Path, *, force: bool) -> int:
    """Turn a filled workbook into an overlay and say what it does; return the exit status.

    Raises:
        NtmError: the workbook has mistakes or nothing in it, or the file stands there already.
        typer.BadParameter: the file to write is not YAML.
    """
    if out.suffix.lower() not in YAML_FILES:
        raise typer.BadParameter(_("write a name that ends in .yaml"), param_hint="-o")
    earlier = law.overlays
    not_over(out, force)
    not_what_is_read(out, [workbook, *earlier])
    if not workbook.is_file():
        raise NtmError(Message("there is no such file: {file}", file=workbook))
    book = _of_its_province(open_rulebook(law))
    loaded, before = defined(book.loaded, book.overlays), book.overlays
    filled = read_filled(workbook.read_bytes(), workbook.name, loaded, before)
    done = write_overlay(out, compose(loaded, filled, book.province), loaded, before)
    document = filled.document
    words = made_from_words(document.number, document.date, document.issuer, document.from_, document.to)
    typer.secho(words, bold=True)
    typer.echo(_("Written: {file}", file=out))
    _schema_beside(out)
    if filled.document.illustrative:
        typer.secho(_("ILLUSTRATIVE - NOT LAW: some targets are invented for demonstration"), fg="magenta", bold=True)
    for line in _told(loaded, filled):
        typer.echo(line)
    if filled.carried is not None:
        kept = filled.carried.entries.keys() - {target.place.requirement.id for target in filled.targets}
        held = done.overlay.set.keys() - kept
        _list(KEPT.render(), [str(act) for act in acts(done.overlay, held)], "yellow")
    _list(_("It loosens what was stated before:"), [str(notice) for notice in done.loosens], "yellow")
    _list(_("Worth a second look:"), [str(doubt) for doubt in filled.doubts], "yellow")
    typer.echo(_("Next:"))
    named = _named(law.criteria)
    typer.echo(visible(f"  ntm rules check {_q(out)}{named}"))
    typer.echo(
        visible(
            f"  ntm whatif {_('DATA')}{named}{_province(law)}{_laid(earlier)} --overlay {_q(out)} --out {_('FOLDER')}"
        )
    )
    return 0


def _of_its_province(book: Rulebook) -> Rulebook:
    """Return what there is for a decision of one province: its communes, and the decisions that hold for them.

    Raises:
        NtmError: the set names no such province, or earlier decisions are of several and none is named.
    """
    if province_of(book.loaded, book.overlays, book.province) is None or book.province is None:
        return book
    loaded = replace(book.loaded, communes=looked_at(book.loaded.communes, book.province))
    overlays = tuple(one for one in book.overlays if one.province in (None, book.province))
    return replace(book, loaded=loaded, overlays=overlays)


def _province(law: LawAsked) -> str:
    """Return the option that names the province, where one was named, as it follows a command."""
    return f" --province {_q(law.province)}" if law.province else ""


def _laid(earlier: Sequence[Path]) -> str:
    """Write what lays a later overlay over the earlier ones, in a command that compares before and after."""
    return "".join(f" {option} {_q(path)}" for option in ("--against", "--overlay") for path in earlier)


def _told(loaded: LoadedSet, filled: FilledOverlay) -> Iterator[str]:
    if filled.targets:
        yield _("Fills {count} targets:", count=len(filled.targets))
        for target in filled.targets:
            article = f" ({target.article})" if target.article else ""
            yield f"  {target.place.requirement.id}  {_value(loaded, target)}{article}: {clipped(str(target.place.requirement.words), LONGEST)}"
    if filled.groups:
        yield _("Groups of {count} communes:", count=len(filled.groups))
        titles = {group.id: str(group.title) for group in loaded.header.groups}
        for assigned in filled.groups:
            source = f" ({assigned.source})" if assigned.source else ""
            yield f"  {assigned.commune.code} {assigned.commune.name}: {titles[assigned.group]}{source}"
    if not filled.pending:
        yield _("Nothing waits any more.")
        return
    yield _("Still waiting ({count}):", count=len(filled.pending))
    by_decision: dict[str, list[str]] = {}
    for place in filled.pending:
        if place.pending is not None:
            by_decision.setdefault(place.pending.decision, []).append(place.requirement.id)
    for decision, ids in by_decision.items():
        yield f"  {_ids(ids)}: {pending_due_words(loaded, decision)}"


def _value(loaded: LoadedSet, target: TargetFilled) -> str:
    place, value = target.place, target.value
    if value is None:
        return direction_words(place)
    if isinstance(value, str):
        return f"≥ {grade_labels(loaded, place).get(value, value)}"
    if isinstance(value, ByClass):
        classing, scale = loaded.classings[value.by], loaded.scale_of(place.measure.id)
        stated = known_target(dict(value.cells), scale, Provenance(""), classing)
        assert isinstance(stated, ClassedTarget)
        return class_words(loaded, place, stated)
    return number_words(loaded, place, value)


def _schema_beside(out: Path) -> None:
    """Write the schema that the overlay's first line names beside it, unless another file has that name."""
    path, text = out.with_name(schema_file("overlay")), schema_text("overlay")
    if path.exists() and not is_schema(path, "overlay"):
        typer.echo(_("{file} is another file and was left as it is; editors will not know the overlay", file=path))
        return
    file_written(path, text.encode())


def _list(title: str, lines: list[str], colour: str) -> None:
    if lines:
        typer.secho(title, fg=colour, bold=True)
        for line in lines:
            typer.secho(f"  {line}", fg=colour)


def _ids(ids: Iterator[str] | list[str]) -> str:
    return ", ".join(ids)


def _named(criteria: str | None) -> str:
    """Return the option that names the set, where one was named, as it follows a command."""
    return f" --criteria {_q(criteria)}" if criteria else ""


def _q(path: Path | str) -> str:
    """Write a path as the command line of this system takes it."""
    text = str(path)
    if _PLAIN.fullmatch(text):
        return text
    return shlex.quote(text) if os.name == "posix" else f'"{text}"'
