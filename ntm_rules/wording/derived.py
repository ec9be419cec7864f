"""What a target is taken from, in words: "110% of 45 million dong, the target of 4.1"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from ntm_rules.i18n import _
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Basis,
    Cell,
    ClassedTarget,
    CriteriaSet,
    KnownTarget,
    NotAsked,
    Requirement,
    Target,
    basis_of,
)
from ntm_rules.rulebook.models import DerivedValue
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.sources import document_name, origin_words
from ntm_rules.wording.values import as_difference, number, unit_of, with_unit

PERCENT = Decimal(100)


def basis_of_cell(cell: Cell | None) -> Basis | None:
    """Return what the target of a class is taken from; None where it is taken from nothing."""
    return cell.basis if isinstance(cell, KnownTarget | AwaitedTarget) else None


def basis_words(rules: CriteriaSet, requirement: Requirement, basis: Basis) -> str:
    """Return what a target is taken from, with the number it was, as far as that is known, and where that stands."""
    unit = unit_of(rules.measures[requirement.measure], requirement.taken)
    name = _named(basis)
    if basis.value is not None:
        amount = with_unit(basis.value, unit)
        name = _("{amount} ({name})", amount=amount, name=name)
    words = name
    if basis.times != 1:
        words = _("{percent}% of {base}", percent=number(basis.times * PERCENT), base=name)
    if basis.plus > 0:
        words = _("{base} plus {more}", base=words, more=as_difference(basis.plus, unit))
    elif basis.plus < 0:
        words = _("{base} less {fewer}", base=words, fewer=as_difference(-basis.plus, unit))
    of_a_decision = basis.provenance is not None and basis.provenance.overlay is not None
    source = _stands(rules, basis) if basis.is_reference or of_a_decision else ""
    return f"{words}, {source}" if source else words


def _named(basis: Basis) -> str:
    """Return what the thing is called that a target is taken from."""
    if basis.year is not None:
        label = str(basis.label or basis.of)
        return _("{label} in {year}", label=label, year=basis.year) if basis.year else label
    if basis.set:
        return _("the target of {id} in {set}", id=basis.of, set=str(basis.label or basis.set))
    return _("the target of {id}", id=basis.of)


def _stands(rules: CriteriaSet, basis: Basis) -> str:
    source = basis.provenance
    if source is None:
        return ""
    overlay = _("overlay {overlay}", overlay=source.overlay) if source.overlay else ""
    document = "" if source.document == source.overlay else document_name(rules, source.document)
    return ", ".join(part for part in (overlay, document, origin_words(source), on_day(source.promulgated)) if part)


def missing_words(rules: CriteriaSet, basis: Basis) -> str:
    """Return which reference figure is not at hand, of which year, and who has it."""
    said = {"figure": str(basis.label or basis.of), "year": basis.year}
    holder = agency_name(rules, basis.held_by) if basis.held_by else str(basis.held_by_text or "")
    if holder:
        return _("There is no figure of {year}: {figure}; {holder} has it", **said, holder=holder)
    return _("There is no figure of {year}: {figure}", **said)


def derived_words(rules: CriteriaSet, value: DerivedValue) -> str:
    """Return what a written target is taken from, without its numbers."""
    basis = basis_of(value)
    figure = rules.reference_figures.get(value.reference or "")
    name = str(figure.label) if figure else _named(basis)
    words = _("{percent}% of {base}", percent=number(basis.times * PERCENT), base=name) if basis.times != 1 else name
    if basis.plus > 0:
        return _("{base} plus {more}", base=words, more=number(basis.plus))
    return _("{base} less {fewer}", base=words, fewer=number(-basis.plus)) if basis.plus < 0 else words


def bases(rules: CriteriaSet, requirement: Requirement, target: Target | Cell | None = None) -> list[str]:
    """Return in words what a target is taken from, each once, with the classes where they differ; and what is missing."""
    target = requirement.target if target is None else target
    if not isinstance(target, ClassedTarget):
        basis = basis_of_cell(target)
        return [] if basis is None or isinstance(target, NotAsked) else [_line(rules, requirement, basis, target)]
    lines: dict[str, list[str]] = {}
    for class_, cell in target.each():
        basis = basis_of_cell(cell)
        if basis is not None:
            lines.setdefault(_line(rules, requirement, basis, cell), []).append(str(target.title(class_)))
    alone = len(lines) == 1
    return [line if alone else f"{', '.join(classes)}: {line}" for line, classes in lines.items()]


def _line(rules: CriteriaSet, requirement: Requirement, basis: Basis, cell: Cell) -> str:
    if isinstance(cell, AwaitedTarget) and basis.is_reference and not cell.decision and basis.year:
        return missing_words(rules, basis)
    return _("Taken from: {basis}", basis=basis_words(rules, requirement, basis))


def basis_alone(rules: CriteriaSet, requirement: Requirement, cell: AwaitedTarget) -> str:
    """Return what a target that is not worked out is taken from, with its comparison; empty where it is taken from nothing."""
    if cell.basis is None or cell.decision:
        return ""
    figure = rules.reference_figures.get(cell.basis.of) if cell.basis.is_reference else None
    label = figure.label if figure else cell.basis.label
    basis = replace(cell.basis, value=None, provenance=None, label=label)
    return f"{requirement.comparator.sign} {basis_words(rules, requirement, basis)}"
