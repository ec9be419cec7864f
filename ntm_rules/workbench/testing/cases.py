"""Files of tests -> cases: each test with the law it is under and what is known of its commune, all checked.

Everything that is wrong in any file is told at once, by file, line and key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from ntm_rules.dataset.records import CommuneYear, Reported
from ntm_rules.errors import NtmError, nearest
from ntm_rules.evaluation.reference import Facts
from ntm_rules.evaluation.verdicts import Reason
from ntm_rules.i18n import Message
from ntm_rules.rulebook.criteria_set import (
    CriteriaSet,
    Criterion,
    Indicator,
    Node,
    Requirement,
    leaves,
    walk,
)
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import BY_PROVINCE, BY_TYPE, Overlay
from ntm_rules.rulebook.over_time import ever
from ntm_rules.rulebook.rule_tests import Given, RuleTest, read_tests
from ntm_rules.rulebook.value_faults import not_defined
from ntm_rules.rulebook.yaml_reader import Place, RulebookError, RuleProblem, YamlFile
from ntm_rules.workbench.testing.given import read_given
from ntm_rules.workbench.testing.law import SUPPOSED, Laws


@dataclass(frozen=True, slots=True)
class Tested:
    """What a test judges."""

    id: str
    level: str
    """`indicator`, `requirement` (any node below an indicator, or a further condition), `criterion` or `commune`."""
    owner: Indicator | Criterion | None
    """The indicator or further condition it stands in, or the criterion it is; None for the commune as a whole."""
    node: Node | None
    """None for a criterion and the commune."""
    below: Mapping[str, str]
    """Id of each node that may be named in `parts` -> its level."""
    requirements: tuple[Requirement, ...]

    @property
    def requirement(self) -> Requirement | None:
        """The single requirement it is, or None."""
        return self.node if isinstance(self.node, Requirement) else None


@dataclass(frozen=True, slots=True)
class Case:
    """One test, ready to run."""

    file: str
    line: int
    test: RuleTest
    rules: CriteriaSet
    facts: Facts
    tested: Tested


def read_cases(
    loaded: LoadedSet,
    files: Iterable[tuple[Path, str]],
    overlays: Sequence[Overlay] = (),
    province: str | None = None,
) -> list[Case]:
    """Read and check tests; `files` are paths with the names to use in messages, `overlays` what every test is under.

    `province`: of a set of several the one whose communes every test is about.

    Raises:
        RulebookError: every mistake in every file.
    """
    laws = Laws(loaded, tuple(overlays), province)
    problems: list[RuleProblem] = []
    cases: list[Case] = []
    for path, name in files:
        own = not Path(name).is_absolute() and path == loaded.folder / name
        read = read_tests(path, name, loaded.folder if own else None)
        problems += read.problems
        if read.file is None:
            continue
        for number, test in enumerate(read.tests):
            reader = _Reader(laws, read.file, number, test)
            case = reader.case(f"{len(cases) + 1:05d}")
            problems += reader.problems
            if case is not None:
                cases.append(case)
        problems += _named_twice(read.file, read.tests)
    if problems:
        raise RulebookError(list(dict.fromkeys(problems)))  # an overlay's mistakes once, however many tests use it
    return cases


def case_of(laws: Laws, file: YamlFile, number: int, test: RuleTest) -> Case | None:
    """Return one test as a case by itself; None where something is wrong with it."""
    return _Reader(laws, file, number, test).case("00001")


def _named_twice(file: YamlFile, tests: Sequence[RuleTest]) -> Iterator[RuleProblem]:
    first: dict[tuple[str, str], int] = {}
    for number, test in enumerate(tests):
        named = (test.of, test.name)
        if named in first:
            line = file.line((first[named],))
            yield file.problem((number, "name"), Message("a test of this name stands on line {line}", line=line))
        first.setdefault(named, number)


class _Reader:
    """Reads one test, collecting what is wrong with it."""

    def __init__(self, laws: Laws, file: YamlFile, number: int, test: RuleTest) -> None:
        self.laws = laws
        self.file = file
        self.number = number
        self.test = test
        self.problems: list[RuleProblem] = []

    def case(self, code: str) -> Case | None:
        """Return the test as a case about a commune of this code; None where something is wrong."""
        rules = self.law() or self.laws.plain()  # where its own law is wrong, the rest is still checked
        tested = find(rules, self.test.of)
        if tested is None:
            self.not_found(rules)
            return None
        year = self.laws.year(self.test)
        asked = [m for r in tested.requirements for m in r.asked]
        read = {
            (r.measure, one) for r in tested.requirements for one in r.taken.of(rules.measures[r.measure]).years(year)
        }
        values = self.figures(("given",), self.test.given, rules, asked)
        last = self.figures(("before",), self.test.before, rules, _of_year(read, year - 1))
        earlier: dict[int, dict[str, Reported]] = {}
        for i, one in enumerate(self.test.earlier):
            place = ("earlier", i, "given")
            earlier[one.year] = self.figures(place, one.given, rules, _of_year(read, one.year))
            if one.year >= year - 1:
                message = Message(
                    "{year} is not before {last}; write its figures under `before` or `given`",
                    year=one.year,
                    last=year - 1,
                )
                self._problem(("earlier", i, "year"), message)
        if self.test.group is not None and self.test.group not in rules.groups:
            self._unknown(("group",), self.test.group, rules.groups)
        for by, class_ in self.test.classes.items():
            known = {
                one: each.classes for one, each in rules.classings.items() if not (each.is_answer or each.is_group)
            }
            if by not in known:
                self._unknown(("classes", by), by, known)
            elif class_ not in known[by]:
                self._unknown(("classes", by), class_, known[by])
        self.expectation(tested, rules)
        previous = CommuneYear(code, code, year - 1, last) if last else None
        others = {then: CommuneYear(code, code, then, figures) for then, figures in earlier.items()}
        own = {BY_PROVINCE: self.laws.province} if self.laws.province else {}
        classes = {BY_TYPE: rules.communes.applies_to, **own, **self.test.classes}
        of_hamlets = [m for r in tested.requirements if r.hamlets is not None for m in r.hamlets.asked]
        hamlets = {
            name: CommuneYear(code, name, year, self.figures(("hamlets", name), given, rules, of_hamlets))
            for name, given in self.test.hamlets.items()
        }
        if self.problems:
            return None
        report = CommuneYear(code, code, year, values, hamlets=hamlets)
        facts = Facts(report, previous, self.test.group, others, classes)
        return Case(self.file.name, self.file.line((self.number,)), self.test, rules, facts, tested)

    def not_found(self, rules: CriteriaSet) -> None:
        """Tell that what the test is about is not there: at all, or not under its law."""
        loaded = self.laws.loaded
        known = {node.id for node in ever(loaded, self.laws.laid).nodes()} | {*loaded.rules, loaded.header.id}
        if self.test.of in known:
            message = Message("{id} is not in force in {year}", id=self.test.of, year=rules.as_of.year)
            self._problem(("of",), message)
        else:
            self._unknown(("of",), self.test.of, sorted(known))

    def law(self) -> CriteriaSet | None:
        """Return the law of the test; None where its date, overlays or suppositions are wrong."""
        period = self.laws.loaded.header.period
        for key, year in (("as_of", self.test.as_of.year if self.test.as_of else None), ("year", self.test.year)):
            if year is not None and year not in period:
                outside = Message(
                    "outside the period of the set, {first} to {last}", first=period.from_, last=period.to
                )
                self._problem((key,), outside)
        for i, name in enumerate(self.test.overlays):
            self.overlay(("overlays", i), self.laws.loaded.folder / name, name)
        if self.problems:
            return None
        try:
            return self.laws.of(self.test, self.file, self.number)
        except RulebookError as error:
            for problem in error.problems:
                supposed = problem.file == self.file.name
                key = problem.key.replace("set", f"[{self.number + 1}].{SUPPOSED}", 1) if supposed else problem.key
                self.problems.append(RuleProblem(problem.file, problem.line, key, problem.message))
        except NtmError as error:
            for message in error.messages:
                self._problem(("as_of",), message)
        return None

    def overlay(self, place: Place, path: Path, name: str) -> None:
        if path.is_file():
            try:
                self.laws.overlay(path)
            except RulebookError as error:
                self.problems += error.problems
            return
        there = sorted(path.parent.glob("*.yaml")) if path.parent.is_dir() else []
        closest = nearest(path.name, [other.name for other in there])
        self._problem(
            place,
            Message("there is no file “{name}”; did you mean “{nearest}”?", name=name, nearest=closest)
            if closest
            else Message("there is no file “{name}”", name=name),
        )

    def figures(
        self, key: Place, given: Mapping[str, Given], rules: CriteriaSet, measures: Sequence[str]
    ) -> dict[str, Reported]:
        """Return the figures given under a key, each read as a commune's file would be."""
        found: dict[str, Reported] = {}
        for id_, value in given.items():
            place: Place = (*key, id_)
            if id_ not in rules.measures:
                self._unknown(place, id_, rules.measures)
                continue
            if id_ not in measures:
                self._problem(place, self._not_asked(key, measures))
                continue
            measure = rules.measures[id_]
            try:
                found[id_] = read_given(measure, rules.scales.get(measure.scale or ""), value)
            except NtmError as error:
                for message in error.messages:
                    self._problem(place, message)
        return found

    def _not_asked(self, key: Place, asked: Sequence[str]) -> Message:
        read = ", ".join(dict.fromkeys(asked)) or "-"
        if key[0] != "given":
            return Message("{of} reads no earlier year of this; it reads: {read}", of=self.test.of, read=read)
        return Message("{of} does not read this; it reads: {read}", of=self.test.of, read=read)

    def expectation(self, tested: Tested, rules: CriteriaSet) -> None:
        """Check that what is expected can be said of what is tested."""
        expect = self.test.expect
        if expect.reason is not None:
            known = {reason.value: reason for reason in Reason}
            reason = known.get(expect.reason)
            if reason is None:
                self._unknown(("expect", "reason"), expect.reason, known)
            elif reason.verdict.name != expect.verdict:
                message = Message("{reason} is a reason of {verdict}", reason=reason.value, verdict=reason.verdict.name)
                self._problem(("expect", "reason"), message)
        for key in ("shortfall", "quantity"):
            if getattr(expect, key) is None:
                continue
            if tested.requirement is None:
                self._problem(("expect", key), Message("a gap belongs to a single requirement; test that"))
            elif expect.verdict != "NOT_MET":
                self._problem(("expect", key), Message("only what is not met has a gap"))
        leads = {requirement.lead for requirement in tested.requirements}
        if expect.lead is not None and len(leads) > 1:
            message = Message("{of} has several lead agencies; test its parts", of=self.test.of)
            self._problem(("expect", "lead"), message)
        agencies = rules.agencies
        if expect.lead is not None and expect.lead not in agencies:
            self._unknown(("expect", "lead"), expect.lead, agencies)
        for id_ in expect.parts:
            if id_ not in tested.below:
                self._unknown(("expect", "parts", id_), id_, tested.below)

    def _unknown(self, place: Place, id_: str, known: Iterable[str]) -> None:
        self._problem(place, not_defined(id_, known))

    def _problem(self, place: Place, message: Message) -> None:
        self.problems.append(self.file.problem((self.number, *place), message))


def _of_year(read: Set[tuple[str, int]], year: int) -> list[str]:
    """Return the measures of which figures of a year are read."""
    return sorted(measure for measure, one in read if one == year)


def find(rules: CriteriaSet, id_: str) -> Tested | None:
    """Return what an id names: an indicator, a node below one, a further condition, a criterion, or by the set's id the
    commune as a whole; None: nothing."""
    part = rules.parts.get(id_)
    if part is None:
        criterion = rules.criterion_by_id.get(id_)
        if criterion is None:
            return _commune(rules) if id_ == rules.id else None
        return _criterion(criterion)
    below = {inner.id: "requirement" for inner in walk(part.node) if inner.id != id_}
    top = part.indicator.id == id_ and bool(part.indicator.criterion)
    level = "indicator" if top else "requirement"
    return Tested(id_, level, part.indicator, part.node, below, tuple(leaves(part.node)))


def _criterion(criterion: Criterion) -> Tested:
    below = {node.id: "requirement" for i in criterion.indicators for node in walk(i.condition)}
    below |= {indicator.id: "indicator" for indicator in criterion.indicators}
    requirements = tuple(r for indicator in criterion.indicators for r in indicator.requirements())
    return Tested(criterion.id, "criterion", criterion, None, below, requirements)


def _commune(rules: CriteriaSet) -> Tested:
    criteria = [_criterion(criterion) for criterion in rules.criteria]
    below = {id_: level for one in criteria for id_, level in one.below.items()}
    # where an indicator has its criterion's id, the criterion, which is what a standard counts
    below |= {criterion.id: "criterion" for criterion in rules.criteria}
    return Tested(rules.id, "commune", None, None, below, tuple(r for one in criteria for r in one.requirements))
