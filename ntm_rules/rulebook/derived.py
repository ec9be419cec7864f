"""Targets taken from other targets, of this set or another, and from reference figures: worked out exactly for one day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from ntm_rules.errors import NtmError
from ntm_rules.exact import TARGET_DECIMALS
from ntm_rules.i18n import N_, Message, Numerals
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Basis,
    ClassedTarget,
    KnownTarget,
    Provenance,
    Target,
    basis_of,
    derived_target,
)
from ntm_rules.rulebook.derived_names import ring_message
from ntm_rules.rulebook.models import LARGEST, DerivedValue, NodeWritten, ReferenceFigure, ReferenceValue
from ntm_rules.rulebook.other_sets import BEHIND
from ntm_rules.rulebook.precedence import UNDATED, Laid, figure_contradictions, rank_of
from ntm_rules.rulebook.problem_codes import UNFIT_VALUE
from ntm_rules.rulebook.rewriting import provenance
from ntm_rules.rulebook.taken import Taken, calendar_year, reading_year
from ntm_rules.rulebook.yaml_reader import RulebookError, RuleProblem, key_path

if TYPE_CHECKING:
    from ntm_rules.rulebook.resolve import Builder

NO_FIGURE = "no_reference_figure"
"""Why there is no target where the reference figure that it is taken from has no value of the year."""


class Derived:
    """Works out what the targets of a set, as it is built for a day, are taken from."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self._rules: dict[str, tuple[NodeWritten, bool]] | None = None
        self._targets: dict[str, Target] = {}
        self._figures: dict[tuple[str, int], Target] = {}
        self._chain: list[str] = []

    def target(self, value: DerivedValue, source: Provenance) -> Target:
        """Return the target that a value taken from something else comes to; `source`: where it stands that it is.

        Raises:
            NtmError: what it is taken from is taken from itself, or is not there.
        """
        if value.reference is not None:
            base, basis = self._reference(value)
        elif value.set is not None:
            base, basis = self._of_another(value)
        else:
            base, basis = self._own(value.of or ""), basis_of(value)
        return derived_target(base, basis, source)

    def check(self, id_: str, measure: str, taken: Taken, target: Target) -> None:
        """Tell of a target that came to what no target can be.

        Raises:
            NtmError: it has too many decimals, is too large, or is no share.
        """
        cells = [cell for _class, cell in target.each()] if isinstance(target, ClassedTarget) else [target]
        about = self.builder.loaded.measures[measure]
        of_a_part = about.traits.counted and not taken.of(about).compares_years
        for cell in cells:
            if not isinstance(cell, KnownTarget) or cell.basis is None:
                continue
            said = {"id": id_, "value": Numerals(cell.everywhere), "of": cell.basis.of}
            if cell.everywhere != round(cell.everywhere, TARGET_DECIMALS):
                words = N_(
                    "the target of {id}, taken from {of}, comes to {value}: more than {allowed} decimals; state it as a number"
                )
                raise NtmError(Message(words, **said, allowed=TARGET_DECIMALS))
            if abs(cell.everywhere) >= LARGEST:
                raise NtmError(Message("the target of {id}, taken from {of}, comes to {value}: too large", **said))
            if of_a_part and not 0 <= cell.everywhere <= about.whole_percent:
                words = N_("the target of {id}, taken from {of}, comes to {value}: a share lies between 0 and 100")
                raise NtmError(Message(words, **said))

    def _own(self, id_: str) -> Target:
        """Return the target in force of a requirement of this set."""
        if id_ in self._chain:
            raise NtmError(ring_message((*self._chain[self._chain.index(id_) :], id_)))
        if id_ not in self._targets:
            found = self._written.get(id_)
            if found is None or found[0].parts or not found[0].bounds:
                raise self._gone(id_)
            written, in_force = found
            builder = self.builder
            told, wrong = len(builder.notices), len(builder.contradictions)
            self._chain.append(id_)
            try:
                target = builder.overlaid(written, builder.check(written))[-1]
            finally:
                self._chain.pop()
            del builder.notices[told:], builder.contradictions[wrong:]  # told where the requirement itself is built
            self._targets[id_] = target if in_force else AwaitedTarget("", "no_value_in_force")
        return self._targets[id_]

    def _gone(self, id_: str) -> NtmError:
        """Return what is said where decisions leave nothing to take a target from, at the place of the last that does."""
        takers = [
            one for one, (node, _) in self._written.items() if any(v.of == id_ and not v.set for v in node.derived)
        ]
        message = Message(
            "the target of {takers} is taken from {id}, which has none of its own any more; change or repeal {takers} too",
            takers=", ".join(takers),
            id=id_,
        )
        for overlay in reversed(self.builder.overlays):
            acts = [("repeal", one) for one in overlay.repeal] + [("replace", one) for one in overlay.replace]
            for place in acts + [("change", one) for one in overlay.change]:
                if id_ == place[1] or id_.startswith(f"{place[1]}."):
                    file, line = overlay.written_at(place)
                    return RulebookError([RuleProblem(file or overlay.id, line, key_path(place), message, UNFIT_VALUE)])
        return NtmError(message)

    @property
    def _written(self) -> dict[str, tuple[NodeWritten, bool]]:
        """Id -> each requirement as it is written, with what it inherits, and whether it is in force."""
        if self._rules is None:
            from ntm_rules.rulebook.resolve import inheriting

            self._rules = {}
            for indicator in self.builder.loaded.every_indicator():
                parents: list[tuple[NodeWritten, NodeWritten]] = [(indicator, indicator)]
                while parents:
                    node, parent = parents.pop()
                    whole = inheriting(node, parent, indicator)
                    self._rules[node.id] = whole, indicator.holds_on(self.builder.as_of)
                    parents += [(part, whole) for part in node.parts]
        return self._rules

    def _of_another(self, value: DerivedValue) -> tuple[Target, Basis]:
        """Return the target of a requirement of another set, as this set takes it."""
        of, set_ = value.of or "", value.set or ""
        other = self.builder.other(set_)
        requirement = other.requirement_by_id.get(of)
        basis = replace(basis_of(value), label=other.title)
        if requirement is None:
            return AwaitedTarget("", "no_value_in_force"), basis
        try:
            return self.builder.borrowed.target_of(other, requirement.target), basis
        except NtmError as error:
            said = {"of": f"{set_}{BEHIND}{of}", "reason": error.messages[0]}
            raise NtmError(Message("no target can be taken from {of}: {reason}", **said)) from error

    def _reference(self, value: DerivedValue) -> tuple[Target, Basis]:
        """Return a reference figure of the year that counts, as a target would be."""
        figure = self.builder.loaded.reference_figures[value.reference or ""]
        year = calendar_year(reading_year(value.year or "this_year"), self.builder.as_of.year)
        basis = replace(
            basis_of(value),
            year=year,
            label=figure.label,
            unit=figure.unit,
            held_by=figure.held_by or "",
            held_by_text=figure.held_by_text,
        )
        if (figure.id, year) not in self._figures:
            self._figures[figure.id, year] = self._figure(figure, year)
        return self._figures[figure.id, year], basis

    def _figure(self, figure: ReferenceFigure, year: int) -> Target:
        """Return what holds of a figure in a year: what was told last, else what is awaited, else nothing."""
        builder, known_on = self.builder, self.builder.known_on
        laid: list[Laid] = []
        for told in figure.values:
            if told.year != year or (told.promulgated and known_on and told.promulgated > known_on):
                continue
            target = self._told(told)
            rank = (False, told.promulgated, dt.date.min) if told.promulgated else UNDATED
            laid.append(Laid(rank, target, target, None))
        for overlay in builder.overlays:
            for one in overlay.reference_figures.get(figure.id, ()):
                if one.year == year:
                    target = builder.known(one.value, "", provenance(overlay, one.article))
                    laid.append(Laid(rank_of(overlay), target, target, overlay))
        builder.contradictions += figure_contradictions(figure.id, laid)
        if not laid:
            return AwaitedTarget("", NO_FIGURE)
        return max(laid, key=lambda one: one.rank).whole

    def _told(self, told: ReferenceValue) -> Target:
        if told.pending is not None:
            return AwaitedTarget(told.pending.decision, note=told.pending.note)
        assert told.value is not None, "a figure is known or awaited"
        source = replace(self.builder.provenance(told.source), promulgated=told.promulgated)
        return self.builder.known(told.value, "", source)
