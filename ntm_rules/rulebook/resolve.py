"""From what is written to what is in force: one `CriteriaSet` for a date, with overlays applied.

Two dates matter: when a value is in force (`as_of`) and when it had become known (`known_on`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message, written_day
from ntm_rules.rulebook.amending import Version, amended
from ntm_rules.rulebook.borrowed import Borrowed
from ntm_rules.rulebook.criteria_set import (
    Amendment,
    AwaitedTarget,
    ClassedTarget,
    Classing,
    Combination,
    Comparator,
    CriteriaSet,
    Criterion,
    Gate,
    Hamlets,
    Indicator,
    KnownTarget,
    Node,
    Provenance,
    Requirement,
    Target,
    known_target,
)
from ntm_rules.rulebook.derived import Derived
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import (
    BY_GROUP,
    ClassedValue,
    DatedValue,
    DerivedValue,
    IndicatorWritten,
    InForce,
    Measure,
    NodeWritten,
    Overlay,
    PendingAgain,
    PendingTarget,
    SetTarget,
    Source,
    TargetWritten,
    ValueWritten,
    Years,
)
from ntm_rules.rulebook.notices import (
    holds,
    issued_after,
    left_out_because,
    named_and_repealed,
    narrowed_by,
    of_another_province,
)
from ntm_rules.rulebook.over_time import every
from ntm_rules.rulebook.overlay_names import check_overlays
from ntm_rules.rulebook.overlay_notices import Asks, OverlayNotices
from ntm_rules.rulebook.precedence import (
    UNDATED,
    Laid,
    Rank,
    grouped,
    in_order,
    rank_of,
    stated_rank,
    target_contradictions,
)
from ntm_rules.rulebook.problem_codes import UNFIT_VALUE
from ntm_rules.rulebook.provinces import looked_at, province_of
from ntm_rules.rulebook.rewriting import provenance
from ntm_rules.rulebook.standards import standard_of
from ntm_rules.rulebook.typesetting import PAGE_BREAK
from ntm_rules.rulebook.yaml_reader import RulebookError, RuleProblem

YES, NO = Decimal(1), Decimal(0)
"""The favourable answer of an attestation or ruling, as a target."""


def resolve(
    loaded: LoadedSet,
    *,
    as_of: dt.date,
    overlays: Sequence[Overlay] = (),
    known_on: dt.date | None = None,
    province: str | None = None,
) -> CriteriaSet:
    """Return the set in force on `as_of` as known on `known_on` (None: as known today).

    The set's own amendments are laid on like overlays. Overlays in force are laid on in order of promulgation, the later over the earlier; among those
    of one day, the one in force later; a dated value of the set has its place among them. The order in
    which they are given never counts. One that loosens a number stated before it is named in `notices`,
    and so is one that is left out, because it is not in force or was not known yet.
    Indicators not in force in the year are left out and named there too; a criterion without any is left out.
    `province`: the one whose communes are looked at and whose overlays hold beside those of all; None: all, or the one
    that every overlay of one province names.

    Raises:
        NtmError: no indicator of the set is in force in the year.
        RulebookError: an overlay for another set, or with unknown ids or unfit values; or two of
            one day that fix one target, or a commune's group, differently.
    """
    of_others = [
        overlay for overlay in overlays if overlay.applies_to in {one.header.id for one in loaded.every_quoted()}
    ]
    overlays = every(loaded, [overlay for overlay in overlays if overlay not in of_others])
    check_overlays(loaded, overlays)
    names = {one.id: one.name for one in loaded.header.provinces}
    asked, province = province, province_of(loaded, overlays, province)
    left_out = {
        id(overlay): why
        for overlay in overlays
        if (why := left_out_because(overlay, as_of, known_on) or of_another_province(overlay, province, names))
    }
    effective = in_order(o for o in overlays if id(o) not in left_out)
    builder = Builder(loaded, as_of, known_on, effective)
    builder.of_others, builder.province = of_others, province
    loaded, header = builder.loaded, builder.loaded.header
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
    criteria = tuple(
        replace(criterion, standard=standard_of(written.meets_when, (criterion,), criterion.id))
        for criterion, written in zip(built, header.criteria, strict=True)
        if criterion.indicators
    )
    if not criteria:
        if builder.amended.repealed:
            raise RulebookError([_nothing_left(effective, as_of)])
        raise NtmError(nothing_in_force(loaded, as_of.year))
    conditions = builder.indicators("", loaded.conditions)
    communes, contradictions = grouped({c.code: c for c in loaded.communes}, effective)
    if builder.contradictions or contradictions:
        raise RulebookError([*builder.contradictions, *contradictions])
    return CriteriaSet(
        id=header.id,
        version=header.version,
        title=header.title,
        province=names[province] if province else header.province,
        provinces=names,
        period=header.period,
        as_of=as_of,
        overlays=(
            *(overlay.id for overlay in effective),
            *(id_ for one in builder.others.values() for id_ in one.overlays),
        ),
        illustrative=header.illustrative
        or any(overlay.illustrative for overlay in effective)
        or any(other.illustrative for other in builder.others.values()),
        criteria=criteria,
        conditions=conditions,
        measures=loaded.measures,
        scales=loaded.scales,
        agencies=builder.borrowed.agencies,
        groups={group.id: group for group in header.groups},
        classifications={one.id: one for one in header.classifications},
        classings=builder.classings,
        decisions=builder.borrowed.decisions,
        documents=builder.borrowed.documents,
        bands=header.bands,
        meets=header.meets,
        communes=looked_at(loaded.communes.replaced(communes), province).on(as_of),
        notices=(
            *dict.fromkeys(left_out.values()),
            *(narrowed_by(effective, names) if asked is None else ()),
            *issued_after(header.documents, (*header.legal_basis, *builder.quoted), known_on),
            *builder.notices,
            *named_and_repealed(header, builder.amended.repealed, [one.id for one in criteria]),
            *dict.fromkeys(builder.borrowed.notices),
        ),
        known_on=known_on,
        recognition=loaded.header.recognition,
        standard=standard_of(header.meets_when, criteria),
        repealed=builder.amended.repealed,
        amended={id_: tuple(done) for id_, done in builder.amended.whole.items()},
        reference_figures=loaded.reference_figures,
        cross_checks=loaded.cross_checks,
    )


def _nothing_left(overlays: Sequence[Overlay], day: dt.date) -> RuleProblem:
    """Say where decisions have repealed all that was in force."""
    last = [overlay for overlay in overlays if overlay.repeal or overlay.replace][-1]
    place = ("repeal" if last.repeal else "replace",)
    file, line = last.written_at(place)
    message = Message("of the criteria nothing is left in force on {day}", day=written_day(day))
    return RuleProblem(file or last.id, line, place[0], message, UNFIT_VALUE)


def outside_period(period: Years, years: str) -> Message:
    """Say that a set covers no such years."""
    return Message(
        "The criteria set covers {first} to {last}; it cannot judge {years}",
        first=period.from_,
        last=period.to,
        years=years,
    )


def nothing_in_force(loaded: LoadedSet, year: int) -> Message:
    """Say that a set cannot judge a year: it is outside the period, or no criterion has an indicator in force."""
    period, years = loaded.header.period, loaded.years_in_force
    if year not in period:
        return outside_period(period, str(year))
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


class Builder:
    """Builds resolved nodes for one date and one stack of overlays."""

    def __init__(self, loaded: LoadedSet, as_of: dt.date, known_on: dt.date | None, overlays: list[Overlay]) -> None:
        self.amended = amended(loaded, overlays)
        self.loaded = self.amended.loaded
        self.classings = self.loaded.classings
        self.as_of = as_of
        self.known_on = known_on
        self.overlays = overlays
        self.notices: list[Message] = [*self.amended.notices]
        self.overlay_notices = OverlayNotices(self.loaded)
        self.contradictions: list[RuleProblem] = [*self.amended.problems]
        self.province: str | None = None
        self.of_others: list[Overlay] = []
        """Overlays of the other sets that the rules ask for."""
        self.others: dict[str, CriteriaSet] = {}
        self.borrowed = Borrowed(
            dict(self.loaded.agencies),
            {document.id: document for document in self.loaded.header.documents},
            {decision.id: decision for decision in self.loaded.header.decisions},
            frozenset(group.id for group in self.loaded.header.groups),
            self.classings,
        )
        self.quoted: list[str] = []
        """Documents whose words or undated numbers were taken."""
        self.derived = Derived(self)

    def indicators(self, criterion: str, indicators: tuple[IndicatorWritten, ...]) -> tuple[Indicator, ...]:
        built = []
        for indicator in indicators:
            if not indicator.holds_on(self.as_of):
                self.notices.append(_not_in_force(indicator, self.as_of))
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
                    in_force=indicator.in_force,
                    amended=self.done_to(indicator.id),
                )
            )
        return tuple(built)

    def node(
        self, node: NodeWritten, parent: NodeWritten, indicator: IndicatorWritten, gates: tuple[Gate, ...] = ()
    ) -> Node:
        text = _words(node) or _words(parent)
        inherited = inheriting(node, parent, indicator)
        lead, text_en = inherited.lead or indicator.lead, inherited.text_en or indicator.text_en
        gates = (*gates, *_gates(node))
        if node.parts:
            built = tuple(self.node(child, inherited, indicator, gates) for child in node.parts)
            return Combination(
                op=node.op,
                children=built,
                id=node.id,
                text=text,
                text_en=text_en,
                note=node.note,
                needed=node.needed or 0,
                amended=self.done_to(node.id),
            )
        if node.set_met is not None:
            whole = Combination("all", (), node.id, text, text_en, node.note, amended=self.done_to(node.id))
            try:
                return self.borrowed.of(self.other(node.set_met.set), node.set_met, whole, gates)
            except NtmError as error:
                said = {"id": node.id, "set": node.set_met.set, "reason": error.messages[0]}
                raise NtmError(Message("{id} asks for set {set}: {reason}", **said), *error.messages[1:]) from error
        self.quoted.append((inherited.source or indicator.source).document)
        asks = self.check(inherited)
        measure, comparator, _stated = asks
        answer = NO if node.answer == "no" else YES
        lineage = self.overlaid(inherited, asks)
        self.derived.check(node.id, measure, node.how_taken, lineage[-1])
        return Requirement(
            id=node.id,
            text=text,
            text_en=text_en,
            lead=lead,
            cooperating=inherited.cooperating or (),
            source=inherited.source or indicator.source,
            measure=measure,
            comparator=comparator,
            target=lineage[-1],
            gates=tuple(dict.fromkeys(gates)),
            note=node.note,
            printed=inherited.text or "",
            answer=int(answer),
            taken=node.how_taken,
            replaced=lineage[:-1],
            amended=self.done_to(node.id),
            hamlets=self.hamlets(node, inherited, indicator),
        )

    def hamlets(self, node: NodeWritten, above: NodeWritten, indicator: IndicatorWritten) -> Hamlets | None:
        """Return what each hamlet must meet; None where a requirement is of the commune alone."""
        if node.each_hamlet is None:
            return None
        return Hamlets(self.node(node.each_hamlet, above, indicator), node.hamlets or "")

    def other(self, id_: str) -> CriteriaSet:
        """Return another set that is asked for, as it is in force on the same day and known on the same."""
        if id_ not in self.others:
            other = self.loaded.others.get(id_) or self.loaded.quoted.get(id_)
            if other is None:  # a later decision asks for it, which the set itself does not
                raise NtmError(
                    Message("no set “{set}” is at hand: neither with the program nor beside this one", set=id_)
                )
            theirs = {other.header.id, *(one.header.id for one in other.every_quoted())}
            overlays = [overlay for overlay in self.of_others if overlay.applies_to in theirs]
            same = self.province if self.province in {one.id for one in other.header.provinces} else None
            self.others[id_] = resolve(
                other, as_of=self.as_of, overlays=overlays, known_on=self.known_on, province=same
            )
        return self.others[id_]

    def done_to(self, id_: str) -> tuple[Amendment, ...]:
        """Return what later decisions did to an indicator or a part."""
        return tuple(self.amended.amendments.get(id_, ()))

    def check(self, node: NodeWritten) -> Asks:
        """Return the measure that a requirement reads, the comparison and the target, as it states them itself."""
        source = self.provenance(node.source)
        answer = node.attested or node.ruling
        if answer:
            if node.standard:
                pending = node.standard.pending
                return (
                    answer,
                    Comparator.EQUALS,
                    AwaitedTarget(pending.decision, "standard_pending", pending.note),
                )
            return answer, Comparator.EQUALS, KnownTarget(source, NO if node.answer == "no" else YES)
        measure = self.loaded.measures[node.reported or ""]
        if node.within is not None:
            first, last = node.within.before(self.as_of), self.as_of
            comparator, day = (Comparator.AT_MOST, last) if node.is_last else (Comparator.AT_LEAST, first)
            return measure.id, comparator, KnownTarget(source, Decimal(day.toordinal()), within=node.within)
        ((key, target),) = node.bounds.items()
        return measure.id, Comparator(key), self.target(target, measure, source)

    def target(self, target: TargetWritten, measure: Measure, source: Provenance) -> Target:
        if isinstance(target, PendingTarget):
            return AwaitedTarget(target.pending.decision, note=target.pending.note)
        if isinstance(target, tuple):
            return self.dated(target, measure)
        return self.known(target, measure.id, source)

    def known(self, value: ValueWritten, measure: str, source: Provenance, under: Target | None = None) -> Target:
        """Return a written value as a target; what names classes, and not by what, is by what `under` is by.

        `measure`: what it is held against; empty for a reference figure.
        """
        if isinstance(value, DerivedValue):
            return self.derived.target(value, source)
        if isinstance(value, ClassedValue):
            classing: Classing | None = self.classings[value.by]
        elif isinstance(under, ClassedTarget):
            classing = under.classing
        else:
            classing = self.classings[BY_GROUP]
        scale = self.loaded.scale_of(measure) if measure else None
        return known_target(value, scale, source, classing)

    def dated(self, values: tuple[DatedValue, ...], measure: Measure) -> Target:
        known = [v for v in values if self.known_on is None or v.promulgated <= self.known_on]
        holding = [v for v in known if holds(v.from_, v.to, self.as_of)]
        if not holding:
            return AwaitedTarget(decision="", reason="no_value_in_force")
        value = max(holding, key=lambda v: (v.promulgated, v.from_))
        stands = self.provenance(value.source)
        source = replace(stands, from_=value.from_, to=value.to, promulgated=value.promulgated)
        return self.known(value.value, measure.id, source)

    def overlaid(self, node: NodeWritten, asks: Asks) -> tuple[Target, ...]:
        """Return the target stated and every one laid over it, or under it; the last is in force.

        What is older than the comparison in force belongs to it only where it was asked in the same way.
        """
        id_, judged = node.id, (*asks[:2], node.how_taken)
        versions = self.amended.versions.get(id_) or [Version(UNDATED, None, node)]
        last = versions[-1]
        stated: list[Laid] = []
        ways: list[tuple[Rank, object]] = []
        before: tuple[Version, Asks] | None = None
        for version in versions:
            if version.node.parts or not version.node.reported:
                ways.append((version.rank, None))
                continue
            measure, comparator, target = asks if version is last else self.check(self.placed(version.node, node))
            rank = stated_rank(target) if version is last else UNDATED
            if version.overlay is not None:
                rank, target = version.rank, _said_by(version.overlay, target, version.article)
            way = (measure, comparator, version.node.how_taken)
            ways.append((version.rank, way))
            if before is not None:
                now = measure, comparator, target
                self.notices += self.overlay_notices.of_comparison(id_, before[1], now, version.overlay)
            before = version, (measure, comparator, target)
            if way == judged:
                stated.append(Laid(rank, target, target, version.overlay))
        set_: list[Laid] = []
        for overlay in self.overlays:  # each on those before it, of which it may change some classes alone
            if id_ in overlay.set and _way(ways, rank_of(overlay)) == judged:
                set_.append(self.set_target(overlay, node, asks, [*stated, *set_]))
        own = [one for one in stated if one.overlay is None]
        self.contradictions += target_contradictions(id_, sorted([*own, *set_], key=_rank))
        laid = sorted([*stated, *set_], key=_rank)
        self.notices += self.overlay_notices.of_order(id_, laid, asks[1], asks[0])
        return tuple(one.whole for one in laid)

    def placed(self, node: NodeWritten, now: NodeWritten) -> NodeWritten:
        """Return a node as it once was, with the source of what stands there now where it states none."""
        return node if node.source else node.model_copy(update={"source": now.source})

    def set_target(self, overlay: Overlay, node: NodeWritten, asks: Asks, entries: Sequence[Laid]) -> Laid:
        """Return the target that an overlay sets for a requirement, over what is laid already."""
        entry, measure, rank = overlay.set[node.id], asks[0], rank_of(overlay)
        article = entry.article if isinstance(entry, SetTarget | InForce | PendingAgain) else None
        source = provenance(overlay, article)
        if isinstance(entry, PendingAgain):
            reason = "standard_pending" if asks[1] is Comparator.EQUALS else "target_pending"
            again = AwaitedTarget(entry.pending.decision, reason, entry.pending.note, source)
            return Laid(rank, again, again, overlay)
        if isinstance(entry, InForce):
            known = KnownTarget(source, NO if node.answer == "no" else YES)
            return Laid(rank, known, known, overlay)
        value, under = entry.value if isinstance(entry, SetTarget) else entry, below(entries, rank)
        own = self.known(value, measure, source, under)
        whole = own.over(under) if isinstance(value, dict) and isinstance(own, ClassedTarget) else own
        return Laid(rank, own, whole, overlay)

    def provenance(self, source: Source | None) -> Provenance:
        return Provenance(
            document=source.document if source else "",
            article=" ".join(part for part in (source.annex, source.row, source.article) if part) if source else "",
            source=source,
        )


def inheriting(node: NodeWritten, parent: NodeWritten, indicator: IndicatorWritten) -> NodeWritten:
    """Return a part with the words, agencies and source of what it is a part of, where it states none of its own."""
    return node.model_copy(
        update={
            "lead": node.lead or parent.lead or indicator.lead,
            "cooperating": node.cooperating or parent.cooperating or indicator.cooperating,
            "source": node.source or parent.source or indicator.source,
            "text": node.text or parent.text,
            "reading": node.reading if node.text else parent.reading,
            "text_en": node.text_en or parent.text_en or indicator.text_en,
        }
    )


def below(entries: Sequence[Laid], rank: Rank) -> Target:
    """Return what lies under an overlay of a rank among those laid already; the set's own value where that outranks it."""
    lower = [one for one in sorted(entries, key=lambda one: one.rank) if one.rank <= rank]
    return (lower or entries)[-1].whole


def _rank(laid: Laid) -> Rank:
    return laid.rank


def _way(ways: Sequence[tuple[Rank, object]], rank: Rank) -> object:
    """Return how a requirement judged when something of a rank was said of it."""
    return [way for since, way in ways if since <= rank or since == ways[0][0]][-1]


def _said_by(overlay: Overlay, target: Target, article: str) -> Target:
    """Return a target that a decision states, with where it stands."""
    source = provenance(overlay, article)
    if not isinstance(target, ClassedTarget):
        return replace(target, provenance=source)
    cells = {class_: replace(cell, provenance=source) for class_, cell in target.cells.items()}
    return ClassedTarget(target.classing, cells, target.rest and replace(target.rest, provenance=source))


def _not_in_force(indicator: IndicatorWritten, day: dt.date) -> Message:
    if day.year not in indicator.years:
        return Message("Indicator {id} is not in force in {year}", id=indicator.id, year=day.year)
    return Message("Indicator {id} is not in force on {day}", id=indicator.id, day=written_day(day))


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


def _words(written: NodeWritten) -> str:
    return written.reading or (written.text or "").replace(f" {PAGE_BREAK} ", " ")
