"""From what is written to what is in force: one `CriteriaSet` for a date, with overlays applied.

Two dates matter: when a value is in force (`as_of`) and when it had become known (`known_on`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from ntm_rules.errors import NtmError, nearest
from ntm_rules.i18n import Message, Numerals, Parts
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Cell,
    ClassedTarget,
    Classing,
    Combination,
    Comparator,
    CriteriaSet,
    Criterion,
    Gate,
    Indicator,
    KnownTarget,
    Node,
    NotAsked,
    Provenance,
    Requirement,
    Target,
    changed_classes,
    known_target,
    leaves,
    loosened,
    named,
    named_classes,
)
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import (
    BY_GROUP,
    RECOGNITION,
    ClassedValue,
    DatedValue,
    IndicatorWritten,
    InForce,
    Measure,
    NodeWritten,
    Overlay,
    PendingTarget,
    SetTarget,
    Source,
    TargetWritten,
    ValueWritten,
)
from ntm_rules.rulebook.names import cells_of, not_defined, unknown_group, value_faults
from ntm_rules.rulebook.notices import holds, issued_after, left_out_because
from ntm_rules.rulebook.precedence import Laid, Rank, grouped, in_order, rank_of, stated_rank, target_contradictions
from ntm_rules.rulebook.problem_codes import OTHER_SET, OVERLAY_UNKNOWN_ID, UNFIT_VALUE, UNKNOWN_DECISION, UNKNOWN_GROUP
from ntm_rules.rulebook.yaml_reader import Place, RulebookError, RuleProblem, key_path

YES, NO = Decimal(1), Decimal(0)
"""The favourable answer of an attestation or ruling, as a target."""
PAGE_BREAK = "⏎"
"""Stands in a printed text where the source's cell is split over two pages."""


def resolve(
    loaded: LoadedSet,
    *,
    as_of: dt.date,
    overlays: Sequence[Overlay] = (),
    known_on: dt.date | None = None,
) -> CriteriaSet:
    """Return the set in force on `as_of` as known on `known_on` (None: as known today).

    Overlays in force are laid on in order of promulgation, the later over the earlier; among those
    of one day, the one in force later; a dated value of the set has its place among them. The order in
    which they are given never counts. One that loosens a number stated before it is named in `notices`,
    and so is one that is left out, because it is not in force or was not known yet.
    Indicators not in force in the year are left out and named there too; a criterion without any is left out.

    Raises:
        NtmError: no indicator of the set is in force in the year.
        RulebookError: an overlay for another set, or with unknown ids or unfit values; or two of
            one day that fix one target, or a commune's group, differently.
    """
    _check_overlays(loaded, overlays)
    left_out = {id(overlay): why for overlay in overlays if (why := left_out_because(overlay, as_of, known_on))}
    effective = in_order(o for o in overlays if id(o) not in left_out)
    builder = _Builder(loaded, as_of, known_on, effective)
    header = loaded.header
    built = (
        Criterion(
            id=written.id,
            title=written.title,
            title_en=written.title_en,
            source=written.source,
            indicators=builder.indicators(written.id, loaded.rules[written.id]),
        )
        for written in header.criteria
    )
    criteria = tuple(criterion for criterion in built if criterion.indicators)
    if not criteria:
        raise NtmError(nothing_in_force(loaded, as_of.year))
    conditions = builder.indicators("", loaded.conditions)
    communes, contradictions = grouped({c.code: c for c in loaded.communes}, effective)
    if builder.contradictions or contradictions:
        raise RulebookError([*builder.contradictions, *contradictions])
    return CriteriaSet(
        id=header.id,
        version=header.version,
        title=header.title,
        province=header.province,
        period=header.period,
        as_of=as_of,
        overlays=tuple(overlay.id for overlay in effective),
        illustrative=any(overlay.illustrative for overlay in effective),
        criteria=criteria,
        conditions=conditions,
        measures=loaded.measures,
        scales=loaded.scales,
        agencies=loaded.agencies,
        groups={group.id: group for group in header.groups},
        classifications={one.id: one for one in header.classifications},
        classings=builder.classings,
        decisions={decision.id: decision for decision in header.decisions},
        documents={document.id: document for document in header.documents},
        bands=header.bands,
        meets=header.meets,
        communes=loaded.communes.replaced(communes),
        notices=(
            *dict.fromkeys(left_out.values()),
            *issued_after(header.documents, (*header.legal_basis, *builder.quoted), known_on),
            *builder.notices,
        ),
        known_on=known_on,
        recognition=_recognition(loaded),
        cross_checks=loaded.cross_checks,
    )


def nothing_in_force(loaded: LoadedSet, year: int) -> Message:
    """Say that a set cannot judge a year: it is outside the period, or no criterion has an indicator in force."""
    period, years = loaded.header.period, loaded.years_in_force
    if year not in period:
        return Message(
            "The criteria set covers {first} to {last}; it cannot judge {years}",
            first=period.from_,
            last=period.to,
            years=year,
        )
    if not years:
        return Message(
            "No indicator of the criteria is in force in any year from {first} to {last}",
            first=period.from_,
            last=period.to,
        )
    if year < years[0]:
        return Message(
            "No indicator of the criteria is in force in {year}; the first year in which one is: {first}",
            year=year,
            first=years[0],
        )
    listed = ", ".join(map(str, years))
    return Message(
        "No indicator of the criteria is in force in {year}; the years in which one is: {years}",
        year=year,
        years=listed,
    )


class _Builder:
    """Builds resolved nodes for one date and one stack of overlays."""

    def __init__(self, loaded: LoadedSet, as_of: dt.date, known_on: dt.date | None, overlays: list[Overlay]) -> None:
        self.loaded = loaded
        self.classings = loaded.classings
        self.as_of = as_of
        self.known_on = known_on
        self.overlays = overlays
        self.notices: list[Message] = []
        self.contradictions: list[RuleProblem] = []
        self.quoted: list[str] = []
        """Documents whose words or undated numbers were taken."""

    def indicators(self, criterion: str, written: tuple[IndicatorWritten, ...]) -> tuple[Indicator, ...]:
        built = []
        for indicator in written:
            if self.as_of.year not in indicator.years:
                self.notices.append(
                    Message("Indicator {id} is not in force in {year}", id=indicator.id, year=self.as_of.year)
                )
                continue
            text = _words(indicator)
            built.append(
                Indicator(
                    id=indicator.id,
                    criterion=criterion,
                    text=text,
                    text_en=indicator.text_en,
                    printed=indicator.text,
                    lead=indicator.lead,
                    cooperating=indicator.cooperating,
                    source=indicator.source,
                    years=indicator.years,
                    condition=self.node(indicator, indicator, indicator),
                    note=indicator.note,
                    points=indicator.points,
                )
            )
        return tuple(built)

    def node(
        self, written: NodeWritten, parent: NodeWritten, indicator: IndicatorWritten, gates: tuple[Gate, ...] = ()
    ) -> Node:
        lead = written.lead or parent.lead or indicator.lead
        text = _words(written) or _words(parent)
        text_en = written.text_en or parent.text_en or indicator.text_en
        inherited = written.model_copy(
            update={
                "lead": lead,
                "cooperating": written.cooperating or parent.cooperating or indicator.cooperating,
                "source": written.source or parent.source or indicator.source,
                "text": written.text or parent.text,
                "reading": written.reading if written.text else parent.reading,
                "text_en": text_en,
            }
        )
        gates = (*gates, *_gates(written))
        if written.parts:
            built = tuple(self.node(child, inherited, indicator, gates) for child in written.parts)
            return Combination(
                op=written.op,
                children=built,
                id=written.id,
                text=text,
                text_en=text_en,
                note=written.note,
                needed=written.needed or 0,
            )
        self.quoted.append((inherited.source or indicator.source).document)
        measure, comparator, stated = self.check(inherited)
        answer = NO if written.answer == "no" else YES
        lineage = self.overlaid(written.id, stated, comparator, measure, answer)
        return Requirement(
            id=written.id,
            text=text,
            text_en=text_en,
            lead=lead,
            cooperating=inherited.cooperating or (),
            source=inherited.source or indicator.source,
            measure=measure,
            comparator=comparator,
            target=lineage[-1],
            gates=tuple(dict.fromkeys(gates)),
            note=written.note,
            printed=inherited.text or "",
            answer=int(answer),
            replaced=lineage[:-1],
        )

    def check(self, written: NodeWritten) -> tuple[str, Comparator, Target]:
        source = self.provenance(written.source)
        answer = written.attested or written.ruling
        if answer:
            if written.standard:
                pending = written.standard.pending
                return (
                    answer,
                    Comparator.EQUALS,
                    AwaitedTarget(pending.decision, "standard_pending", pending.note),
                )
            return answer, Comparator.EQUALS, KnownTarget(source, NO if written.answer == "no" else YES)
        measure = self.loaded.measures[written.reported or ""]
        ((key, target),) = written.bounds.items()
        return measure.id, Comparator(key), self.target(target, measure, source)

    def target(self, written: TargetWritten, measure: Measure, source: Provenance) -> Target:
        if isinstance(written, PendingTarget):
            return AwaitedTarget(written.pending.decision, note=written.pending.note)
        if isinstance(written, tuple):
            return self.dated(written, measure)
        return self.known(written, measure.id, source)

    def known(self, value: ValueWritten, measure: str, source: Provenance, under: Target | None = None) -> Target:
        """Return a written value as a target; what names classes, and not by what, is by what `under` is by."""
        if isinstance(value, ClassedValue):
            classing: Classing | None = self.classings[value.by]
        elif isinstance(under, ClassedTarget):
            classing = under.classing
        else:
            classing = self.classings[BY_GROUP]
        return known_target(value, self.loaded.scale_of(measure), source, classing)

    def dated(self, values: tuple[DatedValue, ...], measure: Measure) -> Target:
        known = [v for v in values if self.known_on is None or v.promulgated <= self.known_on]
        holding = [v for v in known if holds(v.from_, v.to, self.as_of)]
        if not holding:
            return AwaitedTarget(decision="", reason="no_value_in_force")
        value = max(holding, key=lambda v: (v.promulgated, v.from_))
        stands = self.provenance(value.source)
        source = replace(stands, from_=value.from_, to=value.to, promulgated=value.promulgated)
        return self.known(value.value, measure.id, source)

    def overlaid(
        self, id_: str, target: Target, comparator: Comparator, measure: str, answer: Decimal
    ) -> tuple[Target, ...]:
        """Return the target stated and every one laid over it, or under it; the last is in force."""
        laid: list[Laid] = [Laid(stated_rank(target), target, target, None)]
        for overlay in self.overlays:
            entry = overlay.set.get(id_)
            if entry is None:
                continue
            source = Provenance(
                document=overlay.document.number if overlay.document else overlay.id,
                article=(entry.article or "") if isinstance(entry, SetTarget | InForce) else "",
                overlay=overlay.id,
                illustrative=overlay.illustrative,
                from_=overlay.effective.from_,
                to=overlay.effective.to,
                promulgated=overlay.promulgated,
            )
            if isinstance(entry, InForce):
                own: Target = KnownTarget(source, answer)
                laid.append(Laid(rank_of(overlay), own, own, overlay))
                continue
            value = entry.value if isinstance(entry, SetTarget) else entry
            under = below(laid, rank_of(overlay))
            own = self.known(value, measure, source, under)
            whole = own.over(under) if isinstance(value, dict) and isinstance(own, ClassedTarget) else own
            laid.append(Laid(rank_of(overlay), own, whole, overlay))
        laid.sort(key=lambda one: one.rank)
        self.contradictions += target_contradictions(id_, laid)
        self.tell_order(id_, laid, comparator, measure)
        return tuple(one.whole for one in laid)

    def tell_order(self, id_: str, laid: Sequence[Laid], comparator: Comparator, measure: str) -> None:
        """Add a notice for each overlay that loosens what held before it, and for each that the set's own value outranks."""
        for before, after in pairwise(laid):
            if before.rank == after.rank:  # neither lies over the other
                continue
            if after.overlay is None:
                assert before.overlay is not None
                self.notices.append(
                    Message(
                        "Overlay {overlay} sets {id}, but the set's own value was promulgated later and holds",
                        overlay=before.overlay.id,
                        id=id_,
                    )
                )
            elif loosened(before.whole, after.whole, comparator):
                changed = changed_classes(before.whole, after.whole)
                classes = None if changed == named_classes(before.whole, after.whole) else changed
                self.notices.append(
                    Message(
                        "Overlay {overlay} loosens {id}: from {sign} {before} to {sign} {after}",
                        overlay=after.overlay.id,
                        id=id_,
                        sign=comparator.sign,
                        before=self.shown(before.whole, measure, classes),
                        after=self.shown(after.whole, measure, classes),
                    )
                )

    def shown(self, target: Target, measure: str, classes: Sequence[str | None] | None) -> Message:
        """Return what a target is, of some classes or (None) as it stands."""
        if classes is None and isinstance(target, KnownTarget):
            return self.value(target, measure)
        classing = target.classing if isinstance(target, ClassedTarget) else self.classings[BY_GROUP]
        said = ((class_, named(target, class_)) for class_ in classes or named_classes(target))
        return Parts(
            *(
                Message("{value} ({group})", value=self.value(cell, measure), group=classing.title(class_))
                for class_, cell in said
                if cell is not None
            )
        )

    def value(self, cell: Cell, measure: str) -> Message:
        """Return what the target of a class is."""
        if not isinstance(cell, KnownTarget):
            return Message("not applicable") if isinstance(cell, NotAsked) else Message("not yet fixed")
        scale = self.loaded.scale_of(measure)
        return Parts(scale.grades[int(cell.everywhere)].label) if scale else Numerals(cell.everywhere)

    def provenance(self, source: Source | None) -> Provenance:
        return Provenance(
            document=source.document if source else "",
            article=" ".join(part for part in (source.annex, source.row, source.article) if part) if source else "",
            source=source,
        )


def below(laid: Sequence[Laid], rank: Rank) -> Target:
    """Return what lies under an overlay of a rank among those laid already; the set's own value where that outranks it."""
    lower = [one for one in sorted(laid, key=lambda one: one.rank) if one.rank <= rank]
    return (lower or laid)[-1].whole


_OPPOSITE = {
    Comparator.AT_LEAST: Comparator.LESS_THAN,
    Comparator.MORE_THAN: Comparator.AT_MOST,
    Comparator.AT_MOST: Comparator.MORE_THAN,
    Comparator.LESS_THAN: Comparator.AT_LEAST,
}


def _gates(written: NodeWritten) -> Iterator[Gate]:
    for key, gate in written.gates.items():
        unless = key == "applies_unless"
        if isinstance(gate, str):
            yield Gate(gate, bar=NO if unless else YES)
        else:
            ((bound, number),) = gate.bounds.items()
            yield Gate(gate.measure, _OPPOSITE[Comparator(bound)] if unless else Comparator(bound), number)


def _recognition(loaded: LoadedSet) -> str | None:
    if loaded.header.recognition is not None:
        return loaded.header.recognition
    usual = loaded.measures.get(RECOGNITION)
    return RECOGNITION if usual is not None and usual.traits.concluded else None


def _words(written: NodeWritten) -> str:
    return written.reading or (written.text or "").replace(f" {PAGE_BREAK} ", " ")


def _unknown_commune(code: str, loaded: LoadedSet) -> Message:
    by_code = {commune.code: commune for commune in loaded.communes if commune.type == loaded.header.commune_type}
    closest = nearest(code, by_code)
    if closest is None:
        return Message("“{code}” is no commune code of the set, and none is close to it", code=code)
    return Message(
        "“{code}” is no commune code of the set; did you mean {nearest} ({name})?",
        code=code,
        nearest=closest,
        name=by_code[closest].name,
    )


def _unknown_requirement(id_: str, loaded: LoadedSet, requirements: Mapping[str, Requirement]) -> Message:
    parts = next((node.requirements() for node in loaded.nodes() if node.id == id_), None)
    if parts is not None:
        listed = ", ".join(part.id for part in parts)
        return Message("“{id}” has parts, and a target belongs to one of them: {parts}", id=id_, parts=listed)
    waiting = [name for name, one in requirements.items() if isinstance(one.target, AwaitedTarget)]
    closest = nearest(id_, waiting) or nearest(id_, requirements)
    if closest is None:
        return Message("“{id}” is not defined", id=id_)
    return Message("“{id}” is not defined; did you mean “{nearest}”?", id=id_, nearest=closest)


def _check_overlays(loaded: LoadedSet, overlays: Sequence[Overlay]) -> None:
    problems: list[RuleProblem] = []
    probe = _Builder(loaded, dt.date.max, None, [])
    requirements: dict[str, Requirement] = {}
    for written in loaded.every_indicator():
        requirements |= {r.id: r for r in leaves(probe.node(written, written, written))}
    groups = [group.id for group in loaded.header.groups]
    decisions, classings = [decision.id for decision in loaded.header.decisions], loaded.classings
    classed = {id_: classings[by] for id_, by in loaded.classed_by(overlays).items() if by in classings}
    for overlay in overlays:

        def complain(code: str, place: Place, message: Message, overlay: Overlay = overlay) -> None:
            file, line = overlay.written_at(place)
            problems.append(RuleProblem(file or overlay.id, line, key_path(place), message, code))

        if overlay.applies_to != loaded.header.id:
            complain(OTHER_SET, ("applies_to",), Message("this overlay is for set {set}", set=overlay.applies_to))
        for id_, entry in overlay.set.items():
            requirement = requirements.get(id_)
            if requirement is None:
                complain(OVERLAY_UNKNOWN_ID, ("set", id_), _unknown_requirement(id_, loaded, requirements))
                continue
            takes_number = requirement.comparator is not Comparator.EQUALS
            if isinstance(entry, InForce):
                if takes_number:
                    complain(
                        UNFIT_VALUE,
                        ("set", id_),
                        Message("a number is needed for measure {measure}", measure=requirement.measure),
                    )
                continue
            if not takes_number:
                message = Message("this requirement has no number; only `standard: in-force` fits")
                complain(UNFIT_VALUE, ("set", id_), message)
                continue
            value = entry.value if isinstance(entry, SetTarget) else entry
            measure, under = loaded.measures[requirement.measure], classed.get(id_)
            for code, message in value_faults(value, measure, classings, loaded.scales, under):
                complain(code, ("set", id_), message)
            for place, cell in cells_of(value, ("set", id_)):
                if isinstance(cell, PendingTarget) and cell.pending.decision not in decisions:
                    complain(UNKNOWN_DECISION, place, not_defined(cell.pending.decision, decisions))
        for code, assigned in overlay.groups.items():
            if code not in loaded.communes:
                complain(OVERLAY_UNKNOWN_ID, ("groups", code), _unknown_commune(code, loaded))
            if assigned.group not in groups:
                complain(UNKNOWN_GROUP, ("groups", code), unknown_group(assigned.group, groups))
    if problems:
        raise RulebookError(problems)
