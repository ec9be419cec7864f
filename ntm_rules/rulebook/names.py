"""Checking that every id a criteria set uses is defined, defined once, and of the right kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from ntm_rules.i18n import Message, Numerals
from ntm_rules.rulebook import models
from ntm_rules.rulebook.classings import classings
from ntm_rules.rulebook.kinds import (
    ATTESTATIONS,
    COUNTABLE,
    COUNTS,
    DATES,
    GRADES,
    HAMLETS_COUNTED,
    QUANTITIES,
    RULINGS,
)
from ntm_rules.rulebook.models import (
    EACH_HAMLET,
    REGISTERED,
    Agency,
    Classification,
    Decision,
    IndicatorWritten,
    Measure,
    NodeWritten,
    PartsNeeded,
    PendingTarget,
    SetHeader,
    StandardWritten,
    ValueWritten,
    Years,
)
from ntm_rules.rulebook.problem_codes import (
    DUPLICATE_ID,
    UNFIT_VALUE,
    UNKNOWN_AGENCY,
    UNKNOWN_DECISION,
    UNKNOWN_DOCUMENT,
    UNKNOWN_MEASURE,
    UNKNOWN_PART,
    UNKNOWN_SCALE,
    WRONG_KIND,
)
from ntm_rules.rulebook.register_file import COLUMNS, MAP_COLUMNS
from ntm_rules.rulebook.taken import AS_ITS_KIND, Over, Quantity, Taken
from ntm_rules.rulebook.value_faults import cells_of, not_defined, value_faults
from ntm_rules.rulebook.yaml_reader import Place, RuleProblem, YamlFile

HEADER = "criteria-set.yaml"
AGENCIES = "agencies.yaml"
MEASURES = "measures.yaml"
TESTS_FILE = "tests.yaml"
"""Name of the file of tests that stands beside a file of rules."""


_COMPARED = (("measure", QUANTITIES), ("graded", GRADES), ("day", DATES))
"""Forms of requirements that state a target, with the kinds of measures they hold against it."""


class Names:
    """Checks that every id used is defined, defined once, and of the right kind."""

    def __init__(
        self,
        header: SetHeader,
        agencies: Mapping[int, Agency],
        measures: Mapping[int, Measure],
        files: Mapping[str, YamlFile],
        incomplete: Iterable[str],
    ) -> None:
        """Look at what was read; of the files in `incomplete` it is not known what else they define."""
        self.problems: list[RuleProblem] = []
        self.header = header
        self.files = files
        self.incomplete = unsure = set(incomplete)
        self.agencies = None if AGENCIES in unsure else {agency.id for agency in agencies.values()}
        self.measure_ids = None if MEASURES in unsure else {measure.id for measure in measures.values()}
        self.measures = {measure.id: measure for measure in measures.values()}
        self.documents = {document.id for document in header.documents}
        self.decisions = {decision.id for decision in header.decisions}
        self.scales = {scale.id: scale for scale in header.scales}
        self.classings = classings(
            header.groups,
            header.commune_types,
            header.classifications,
            measures.values(),
            self.scales,
            header.provinces,
        )
        self.once(AGENCIES, {i: a.id for i, a in agencies.items()})
        self.once(MEASURES, {i: m.id for i, m in measures.items()})
        self._header()
        for i, measure in measures.items():
            self.measure_words(MEASURES, (i,), measure)

    def check(
        self, rules: Mapping[str, Mapping[int, IndicatorWritten]], conditions: Mapping[int, IndicatorWritten]
    ) -> None:
        """Check every rule file of the set."""
        seen: dict[str, tuple[str, int]] = {}
        counted: dict[str, str] = {}
        files = [(c.rules, rules[c.id]) for c in self.header.criteria]
        if self.header.conditions:
            files.append((self.header.conditions, conditions))
        for name, indicators in files:
            for i, indicator in indicators.items():
                read: set[Place] = set()
                for place, node in indicator.placed((i,)):
                    if node.id in seen:
                        file, line = seen[node.id]
                        message = Message(
                            "id {id} is already used in {file}, line {line}", id=node.id, file=file, line=line
                        )
                        self.problem(name, (*place, "id"), message, DUPLICATE_ID)
                    seen.setdefault(node.id, (name, self.files[name].line((*place, "id"))))
                    if place not in read:  # the ends of a range stand where it does
                        self.node(name, place, node)
                        self.hamlets(name, place, node, counted)
                        self.taken(name, place, node, indicator.years)
                    read.add(place)
        self._standards(rules)
        for i, condition in conditions.items():
            if condition.points is not None:
                message = Message("points belong to the indicators of criteria; a further condition has none")
                self.problem(self.header.conditions or "", (i, "points"), message, UNFIT_VALUE)

    def _header(self) -> None:
        header = self.header
        for key, ids in (
            ("documents", [d.id for d in header.documents]),
            ("decisions", [d.id for d in header.decisions]),
            ("groups", [g.id for g in header.groups]),
            ("commune_types", [t.id for t in header.commune_types]),
            ("classifications", [c.id for c in header.classifications]),
            ("provinces", [p.id for p in header.provinces]),
            ("scales", [s.id for s in header.scales]),
            ("bands", [b.id for b in header.bands]),
            ("criteria", [c.id for c in header.criteria]),
        ):
            self.once(HEADER, dict(enumerate(ids)), (key,))
        for i, scale in enumerate(header.scales):
            self.once(HEADER, dict(enumerate(grade.id for grade in scale.grades)), ("scales", i, "grades"))
        for i, one in enumerate(header.classifications):
            self._classification(i, one)
        if header.commune_types:
            types = {one.id: one for one in header.commune_types}
            self.known(HEADER, ("commune_type",), header.commune_type, types, UNFIT_VALUE)
        for i, basis in enumerate(header.legal_basis):
            self.known(HEADER, ("legal_basis", i), basis, self.documents, UNKNOWN_DOCUMENT)
        for i, decision in enumerate(header.decisions):
            self.decision(HEADER, ("decisions", i), decision)
        for i, criterion in enumerate(header.criteria):
            self.known(HEADER, ("criteria", i, "source"), criterion.source.document, self.documents, UNKNOWN_DOCUMENT)
        own = [(("provinces", i, "reporting"), one.reporting) for i, one in enumerate(header.provinces)]
        for place, reporting in ((("reporting",), header.reporting), *own):
            if reporting is not None:
                self.known(HEADER, (*place, "by"), reporting.by, self.agencies, UNKNOWN_AGENCY)
                document = reporting.source.document
                self.known(HEADER, (*place, "source"), document, self.documents, UNKNOWN_DOCUMENT)
        if header.recognition:
            self.measure(HEADER, ("recognition",), header.recognition, RULINGS)
        for i, group in enumerate(header.groups):
            if group.source:
                self.known(HEADER, ("groups", i, "source"), group.source.document, self.documents, UNKNOWN_DOCUMENT)

    def _classification(self, i: int, one: Classification) -> None:
        place: Place = ("classifications", i)
        self.once(HEADER, dict(enumerate(each.id for each in one.classes)), (*place, "classes"))
        if one.source:
            self.known(HEADER, (*place, "source"), one.source.document, self.documents, UNKNOWN_DOCUMENT)
        if one.id in (*REGISTERED, *COLUMNS, *MAP_COLUMNS):
            message = Message(
                "“{id}” is a column of communes.csv already; give the classification another id", id=one.id
            )
            self.problem(HEADER, (*place, "id"), message, DUPLICATE_ID)
        elif one.id in self.measures:
            message = Message("“{id}” is a measure already; give the classification another id", id=one.id)
            self.problem(HEADER, (*place, "id"), message, DUPLICATE_ID)

    def _standards(self, rules: Mapping[str, Mapping[int, IndicatorWritten]]) -> None:
        """Check what `meets_when` names, of the set and of each criterion."""
        header, files = self.header, {criterion.rules for criterion in self.header.criteria}
        below = {criterion.id: list(rules[criterion.id].values()) for criterion in header.criteria}
        everything = [indicator for own in below.values() for indicator in own]
        unsure = bool(files & self.incomplete)
        if header.meets_when is not None:
            self.standard(HEADER, ("meets_when",), header.meets_when, list(below), None if unsure else everything)
        for i, criterion in enumerate(header.criteria):
            if criterion.meets_when is not None:
                own = None if criterion.rules in self.incomplete else below[criterion.id]
                self.standard(HEADER, ("criteria", i, "meets_when"), criterion.meets_when, [], own)

    def standard(
        self,
        file: str,
        at: Place,
        standard: StandardWritten,
        criteria: Sequence[str],
        indicators: Sequence[IndicatorWritten] | None,
    ) -> None:
        """Check one; `indicators` are those it may name (None: not all could be read), `criteria` none within one."""
        for place, node in standard.placed(at):
            for key in ("criteria", "each_criterion"):
                if getattr(node, key) is not None and not criteria:
                    message = Message("`{key}` belongs to the set's own `meets_when`, not to a criterion's", key=key)
                    self.problem(file, (*place, key), message, UNFIT_VALUE)
            ids = None if indicators is None else [indicator.id for indicator in indicators]
            if node.criteria is not None and criteria:
                self._parts(file, (*place, "criteria"), node.criteria, criteria)
            if node.indicators is not None:
                self._parts(file, (*place, "indicators"), node.indicators, ids)
            if node.points is not None:
                known = None if ids is None else list(dict.fromkeys([*criteria, *ids]))
                for i, id_ in enumerate(node.points.of):
                    self.known(file, (*place, "points", "of", i), id_, known, UNKNOWN_PART)
            scored = node.points or (node.each_criterion and node.each_criterion.points)
            if scored and indicators is not None and not any(indicator.points for indicator in indicators):
                message = Message("points are counted, and no indicator has any: write `points` with the indicators")
                self.problem(file, place, message, UNFIT_VALUE)
            if node.points is not None and indicators is not None and not node.points.of:
                whole = sum(indicator.points or 0 for indicator in indicators)
                if whole and node.points.at_least is not None and node.points.at_least > whole:
                    message = Message("all indicators together have {whole} points", whole=Numerals(Decimal(whole)))
                    self.problem(file, (*place, "points", "at_least"), message, UNFIT_VALUE)

    def _parts(self, file: str, place: Place, written: PartsNeeded, known: Sequence[str] | None) -> None:
        for key in ("of", "including"):
            for i, id_ in enumerate(getattr(written, key)):
                among = known if key == "of" or not written.of else written.of
                self.known(file, (*place, key, i), id_, among, UNKNOWN_PART)
        there = written.of or known
        if there is not None and written.at_least is not None and written.at_least > len(there):
            message = Message("only {n} are counted, fewer than are needed", n=len(there))
            self.problem(file, (*place, "at_least"), message, UNFIT_VALUE)

    def measure_words(self, name: str, place: Place, measure: Measure) -> None:
        """Check the names that a measure uses."""
        if measure.scale:
            self.known(name, (*place, "scale"), measure.scale, self.scales, UNKNOWN_SCALE)
        if measure.attested_by:
            self.known(name, (*place, "attested_by"), measure.attested_by, self.agencies, UNKNOWN_AGENCY)

    def decision(self, name: str, place: Place, decision: Decision) -> None:
        """Check the names that a decision awaited uses."""
        if decision.owed_by:
            self.known(name, (*place, "owed_by"), decision.owed_by, self.agencies, UNKNOWN_AGENCY)
        if decision.source:
            self.known(name, (*place, "source"), decision.source.document, self.documents, UNKNOWN_DOCUMENT)

    def node(self, name: str, place: Place, node: NodeWritten) -> None:
        """Check every name that an indicator or a part uses itself, and that its targets fit their measures."""
        if node.lead:
            self.known(name, (*place, "lead"), node.lead, self.agencies, UNKNOWN_AGENCY)
        for i, agency in enumerate(node.cooperating or ()):
            self.known(name, (*place, "cooperating", i), agency, self.agencies, UNKNOWN_AGENCY)
        if node.source:
            self.known(name, (*place, "source", "document"), node.source.document, self.documents, UNKNOWN_DOCUMENT)
        for key, gate in node.gates.items():
            if isinstance(gate, str):
                self.measure(name, (*place, key), gate, ATTESTATIONS)
            else:
                self.measure(name, (*place, key, "measure"), gate.measure, COUNTABLE)
        if node.attested:
            self.measure(name, (*place, "attested"), node.attested, ATTESTATIONS)
        if node.within and node.day:
            self.measure(name, (*place, "day"), node.day, DATES)
        if node.ruling:
            self.measure(name, (*place, "ruling"), node.ruling, RULINGS)
        if node.standard:
            self.known(name, (*place, "standard"), node.standard.pending.decision, self.decisions, UNKNOWN_DECISION)
        for key, target in node.bounds.items():
            form, kinds = next((form, kinds) for form, kinds in _COMPARED if getattr(node, form))
            measure = self.measure(name, (*place, form), node.reported or "", kinds)
            if measure is not None:
                self._target(name, (*place, node.written_as(key)), target, measure, node.how_taken)

    def hamlets(self, name: str, place: Place, node: NodeWritten, counting: dict[str, str]) -> None:
        """Tell where figures of hamlets and of the commune are taken for each other.

        `counting`: the measures in which hamlets are counted, with the requirement that does.
        """
        inside = EACH_HAMLET in place
        for measure in (self.measures[id_] for id_ in node.asked if id_ in self.measures):
            if inside and not measure.of_hamlets:
                message = Message(
                    "measure {measure} is the commune's; within `each_hamlet` a measure has `per: hamlet`",
                    measure=measure.id,
                )
                self.problem(name, place, message, WRONG_KIND)
            elif inside and measure.traits.needs_year_before:
                message = Message(
                    "of {measure} the growth counts, and of hamlets no figures of the year before are held",
                    measure=measure.id,
                )
                self.problem(name, place, message, WRONG_KIND)
            elif not inside and measure.of_hamlets:
                message = Message(
                    "measure {measure} is each hamlet's (`per: hamlet`); it is read within `each_hamlet` alone",
                    measure=measure.id,
                )
                self.problem(name, place, message, WRONG_KIND)
        if node.hamlets:
            self.measure(name, (*place, "hamlets"), node.hamlets, COUNTS)
        if node.measure and (node.each_hamlet is not None or node.measure in counting):
            other = counting.setdefault(node.measure, node.id)
            if other != node.id:
                message = Message(
                    "{measure} is how many hamlets meet {id}; what else is counted needs a measure of its own",
                    measure=node.measure,
                    id=other,
                )
                self.problem(name, (*place, "measure"), message, WRONG_KIND)
        if node.each_hamlet is not None:
            self.measure(name, (*place, "measure"), node.measure or "", HAMLETS_COUNTED)

    def taken(self, name: str, place: Place, node: NodeWritten, years: Years) -> None:
        """Tell where figures of a measure cannot be taken as it is written."""
        measure = self.measures.get(node.reported or "")
        if node.taken is None or measure is None:
            return
        where, taken = (*place, "taken"), node.how_taken.of(measure)
        growth = measure.traits.needs_year_before and taken.quantity is Quantity.GROWTH
        if taken.over is Over.MEAN and growth:
            message = Message(
                "of {measure} the growth is held against the target; where the law means the levels, add level_of: this_year",
                measure=measure.id,
            )
            self.problem(name, (*where, "mean_of"), message, UNFIT_VALUE)
        if not measure.traits.quantity and (taken.compares_years or taken.over is Over.MEAN):
            message = Message(
                "measure {measure} is no number; only each_of and level_of can be taken of it", measure=measure.id
            )
            self.problem(name, where, message, WRONG_KIND)
        if taken.from_zero and not taken.divides:
            message = Message("`from_zero` belongs to a growth or a ratio")
            self.problem(name, (*where, "from_zero"), message, UNFIT_VALUE)
        latest = years.from_ - taken.count if taken.compares_years else years.from_
        if taken.since > latest:
            message = Message(
                "{year} is not before the first year that is taken, {first}; there is nothing to count from",
                year=taken.since,
                first=years.from_ - taken.count + 1,
            )
            self.problem(name, where, message, UNFIT_VALUE)

    def _target(
        self, name: str, place: Place, target: models.TargetWritten, measure: Measure, taken: Taken = AS_ITS_KIND
    ) -> None:
        if isinstance(target, PendingTarget):
            self.known(name, (*place, "pending", "decision"), target.pending.decision, self.decisions, UNKNOWN_DECISION)
            return
        values: list[tuple[Place, ValueWritten]] = []
        if isinstance(target, tuple):
            for i, dated in enumerate(target):
                self.known(name, (*place, i, "source"), dated.source.document, self.documents, UNKNOWN_DOCUMENT)
                values.append(((*place, i, "value"), dated.value))
        else:
            values.append((place, target))
        for where, value in values:
            for code, message in value_faults(value, measure, self.classings, self.scales, taken=taken):
                self.problem(name, where, message, code)
            for at, cell in cells_of(value, where):
                if isinstance(cell, PendingTarget):
                    decision = cell.pending.decision
                    self.known(name, (*at, "pending", "decision"), decision, self.decisions, UNKNOWN_DECISION)

    def measure(self, name: str, place: Place, id_: str, kinds: frozenset[str]) -> Measure | None:
        """Return a measure of one of some kinds; where there is none of that id or kind, a problem is told."""
        if not self.known(name, place, id_, self.measure_ids, UNKNOWN_MEASURE) or id_ not in self.measures:
            return None
        measure = self.measures[id_]
        if measure.kind not in kinds:
            message = Message(
                "measure {measure} is a {kind}; a {kinds} is needed here",
                measure=id_,
                kind=measure.kind,
                kinds=" / ".join(sorted(kinds)),
            )
            self.problem(name, place, message, WRONG_KIND)
            return None
        return measure

    def known(self, name: str, place: Place, id_: str, ids: Iterable[str] | None, code: str) -> bool:
        """Tell whether an id is defined; where its file could not be read whole (None), it is taken to be."""
        if ids is None or id_ in (ids := list(ids)):
            return True
        self.problem(name, place, not_defined(id_, ids), code)
        return False

    def once(self, name: str, ids: Mapping[int, str], place: Place = ()) -> None:
        """Tell of ids that stand in a file twice."""
        seen: dict[str, int] = {}
        for i, id_ in ids.items():
            if id_ in seen:
                message = Message("id {id} stands here twice (first on line {line})", id=id_, line=seen[id_])
                self.problem(name, (*place, i), message, DUPLICATE_ID)
            seen.setdefault(id_, self.files[name].line((*place, i)))

    def problem(self, name: str, place: Place, message: Message, code: str) -> None:
        """Tell of a mistake at a place of a file."""
        self.problems.append(self.files[name].problem(place, message, code))
