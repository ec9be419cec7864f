"""Running checks over a set or an overlay: every finding at once, what was left out by comment, what could not run."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message, Parts
from ntm_rules.rulebook.draft import Draft, read_draft
from ntm_rules.rulebook.effort_file import read_effort
from ntm_rules.rulebook.loader import LoadedSet, load_overlay, load_set, other_sets
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.names import AGENCIES, HEADER, MEASURES, TESTS_FILE
from ntm_rules.rulebook.over_time import every, turning_days
from ntm_rules.rulebook.precedence import in_order, rank_of
from ntm_rules.rulebook.problem_codes import CONTRADICTION, OTHER_SET, UNFIT_VALUE
from ntm_rules.rulebook.provinces import named_provinces
from ntm_rules.rulebook.resolve import nothing_in_force, resolve
from ntm_rules.rulebook.rule_tests import read_tests, tests_beside
from ntm_rules.rulebook.text_files import Unreadable, read_text
from ntm_rules.rulebook.yaml_reader import Place, RulebookError, RuleProblem, YamlFile, key_path, read_yaml
from ntm_rules.workbench.checks.core.check import Check, RuleFinding
from ntm_rules.workbench.checks.core.ignoring import Ignore, ignores
from ntm_rules.workbench.checks.core.overlays import CheckedOverlay
from ntm_rules.workbench.checks.core.registry import all_checks
from ntm_rules.workbench.checks.core.sets import CheckedSet
from ntm_rules.workbench.checks.told_by_readers import CHECKS as TOLD

WITHOUT_REASON, UNUSED_IGNORE = TOLD["ignore_without_reason"], TOLD["unused_ignore"]


@dataclass(slots=True)
class CheckReport:
    """What came of checking one set or overlay."""

    name: str
    """Id of the set or overlay, or what it was called by where it could not be read."""
    folder: Path
    """What the files of findings are relative to."""
    findings: list[RuleFinding] = field(default_factory=list)
    ignored: int = 0
    """Findings left out by a comment with a reason."""
    not_run: dict[str, Message] = field(default_factory=dict)
    """Code -> why the check could not be run."""


def check_set(folder: Path, *, as_of: dt.date, codes: Collection[str] | None = None) -> CheckReport:
    """Check a criteria set's folder, as far as its files can be read; `codes` None: every check."""
    checks = _chosen(codes)
    draft = read_draft(folder)
    draft.problems += other_sets(draft)[2]
    loaded = None if draft.problems or draft.header is None else load_set(folder)
    unfit = list(_unfit(loaded, ())) if loaded is not None else []
    subject = CheckedSet(draft, as_of, None if unfit else loaded, tuple(draft.amendments.values()))
    report = CheckReport(draft.header.id if draft.header else folder.name, folder)
    assumed = list(_assumed(loaded)) if loaded is not None else []
    findings = _findings([*draft.problems, *unfit, *assumed, *subject.test_problems], checks)
    broken = [*draft.incomplete, *sorted({p.file for p in subject.test_problems})]
    for check in checks.values():
        if check.of_set is None:
            continue
        if draft.header is None or (check.needs_all_files and broken):
            missing = HEADER if draft.header is None else ", ".join(broken)
            report.not_run[check.code] = Message("{files} cannot be read whole", files=missing)
            continue
        findings += _found(check, check.of_set(subject))
    if subject.loaded is not None:
        for amendment in _amendments(subject.loaded, draft, as_of):
            findings += _of_amendment(amendment, checks)
    texts = {name: _text(folder / name) for name in draft.files}
    unsure = {problem.file for problem in draft.problems} | set(broken)
    everywhere = unsure & {HEADER, AGENCIES, MEASURES}
    _settle(report, findings, ignores(texts), checks, unsure=set(draft.files) if everywhere else unsure)
    return report


def _unfit(loaded: LoadedSet, overlays: Sequence[Overlay]) -> Iterable[RuleProblem]:
    """Yield what on any day on which the law turns keeps decisions from being laid on a set, each once."""
    if not every(loaded, overlays):
        return
    told: dict[RuleProblem, None] = {}
    for day in (dt.date(year, 12, 31) for year in loaded.years_in_force):
        told |= dict.fromkeys(_refused(loaded, day, overlays))
    for day in turning_days(loaded, overlays):
        told |= dict.fromkeys(_refused(loaded, day, overlays))
    yield from told


def _assumed(loaded: LoadedSet) -> Iterable[RuleProblem]:
    """Yield the mistakes in what a set assumes about efforts, which no rule needs and no loading reads."""
    try:
        read_effort(loaded)
    except RulebookError as error:
        yield from error.problems


def _refused(loaded: LoadedSet, day: dt.date, overlays: Sequence[Overlay]) -> Iterable[RuleProblem]:
    try:
        resolve(loaded, as_of=day, overlays=overlays)
    except RulebookError as error:
        yield from error.problems
    except NtmError as error:
        if error.messages != (nothing_in_force(loaded, day.year),):
            last = in_order(every(loaded, overlays))[-1]
            first, *more = error.messages
            yield replace(_where_spoken_of(last, first), message=Parts(first, *more))


def _where_spoken_of(overlay: Overlay, message: Message) -> RuleProblem:
    """Return what is said of a decision at the place that speaks of what the message names; else at its head."""
    named = {id_ for said in message.parameters.values() for id_ in str(said).split(" → ")}
    places = [(section, id_) for section in ("set", "replace", "change", "repeal") for id_ in getattr(overlay, section)]
    spoken = [place for place in places if place[1] in named]
    place: Place = spoken[0] if spoken else ("province",) if overlay.province in named else ()
    file, line = overlay.written_at(place)
    return RuleProblem(file or overlay.id, line, key_path(place), message, UNFIT_VALUE)


def _found(check: Check, problems: Iterable[RuleProblem]) -> list[RuleFinding]:
    """Return what a check finds; what it says again of a rule that a decision left as it was, once."""
    return [RuleFinding(check, replace(problem, code=check.code)) for problem in dict.fromkeys(problems)]


def _amendments(loaded: LoadedSet, draft: Draft, as_of: dt.date) -> Iterable[CheckedOverlay]:
    """Yield a set's own amendments, each on the set with those before it."""
    bare, own = replace(loaded, amendments=()), in_order(loaded.amendments)
    for i, overlay in enumerate(own):
        yield CheckedOverlay(overlay, draft.files[overlay.written_at(())[0]], bare, as_of, tuple(own[:i]))


def _of_amendment(subject: CheckedOverlay, checks: dict[str, Check]) -> Iterable[RuleFinding]:
    for check in checks.values():
        if check.of_overlay is not None and subject.years:
            yield from (RuleFinding(check, replace(problem, code=check.code)) for problem in check.of_overlay(subject))


def check_overlay(
    path: Path,
    sets: Sequence[Path],
    *,
    as_of: dt.date,
    codes: Collection[str] | None = None,
    together: Sequence[Path] = (),
) -> CheckReport:
    """Check an overlay's file against the one of `sets` (folders) that it applies to.

    Of the files of overlays looked at `together`, those that come before it are laid on first.
    """
    checks = _chosen(codes)
    report = CheckReport(path.stem, path.parent)
    name = path.name
    try:
        overlay = load_overlay(path)
    except RulebookError as error:
        findings = _findings([replace(problem, file=name) for problem in error.problems], checks)
        for check in checks.values():
            if check.of_overlay is not None:
                report.not_run[check.code] = Message("{files} cannot be read whole", files=name)
        _settle(report, findings, ignores({name: _text(path)}), checks)
        return report
    report.name = overlay.id
    file = read_yaml(path, name=name)
    findings = []
    loaded = _set_of(overlay.applies_to, sets)
    why = None if loaded else Message("no set {set} that can be read is at hand", set=overlay.applies_to)
    if loaded is not None:
        known = _earlier(overlay, path, together)  # of another province they never meet it
        earlier = tuple(one for one in known if one.province in (None, overlay.province))
        subject = CheckedOverlay(overlay, file, loaded, as_of, earlier)
        if not subject.years:
            why = Message("no indicator of {set} is in force in any year", set=overlay.applies_to)
        home = overlay.written_at(())[0]
        unfit = [problem for problem in _unfit(loaded, [*earlier, overlay]) if problem.file == home]
        if unfit:
            findings = _findings([replace(problem, file=name) for problem in unfit], checks)
            why = Message("{files} does not fit its set", files=name)
    for check in checks.values():
        if check.of_overlay is None:
            continue
        if why is not None:
            report.not_run[check.code] = why
            continue
        findings += [RuleFinding(check, replace(problem, code=check.code)) for problem in check.of_overlay(subject)]
    if loaded is not None and why is None and (overlay.amends or overlay.citation.file):
        findings += _of_its_rules(subject, path, checks)
    if loaded is None:
        message = Message("no set {set} that can be read is at hand", set=overlay.applies_to)
        findings += _findings([file.problem(("applies_to",), message, OTHER_SET)], checks)
    _settle(report, findings, ignores({name: _text(path)}), checks)
    return report


def _earlier(overlay: Overlay, path: Path, together: Sequence[Path]) -> tuple[Overlay, ...]:
    """Return the overlays of the same set among several files that come before one of them."""
    found: list[Overlay] = []
    for other in together:
        if other != path:
            with contextlib.suppress(RulebookError):  # told of in its own report
                found.append(load_overlay(other))
    before = (one for one in found if one.applies_to == overlay.applies_to and rank_of(one) < rank_of(overlay))
    return tuple(in_order(before))


def _of_its_rules(subject: CheckedOverlay, path: Path, checks: dict[str, Check]) -> Iterable[RuleFinding]:
    """Yield what the checks of a set find in the rules that an overlay writes."""
    draft, home = read_draft(subject.loaded.folder), subject.overlay.written_at(())[0]
    draft.files[home] = subject.file
    for overlay in subject.earlier:
        file = overlay.written_at(())[0]
        draft.files[file] = YamlFile(file, None, dict(overlay.lines))
    name = tests_beside(home)
    beside = path.with_name(TESTS_FILE)
    tests = (read_tests(beside, name),) if beside.is_file() else ()
    overlays = (*subject.loaded.amendments, *subject.earlier, subject.overlay)
    rules = CheckedSet(draft, subject.as_of, subject.loaded, overlays, tests)
    for check in checks.values():
        if check.of_set is not None:
            yield from (one for one in _found(check, check.of_set(rules)) if one.problem.file == subject.file.name)


def check_together(
    reports: Sequence[CheckReport], paths: Sequence[Path], sets: Sequence[Path], codes: Collection[str] | None = None
) -> None:
    """Add to the reports of overlays' files (`paths`, in the same order) where two of one day contradict each other."""
    checks = _chosen(codes)
    readable: list[tuple[CheckReport, Overlay]] = []
    for report, path in zip(reports, paths, strict=True):
        with contextlib.suppress(RulebookError):  # told of in its report
            readable.append((report, load_overlay(path)))
    for set_id in dict.fromkeys(overlay.applies_to for _report, overlay in readable):
        of_set = [(report, overlay) for report, overlay in readable if overlay.applies_to == set_id]
        loaded = _set_of(set_id, sets)
        if loaded is None or len(of_set) < 2:
            continue
        homes = {overlay.written_at(())[0]: report for report, overlay in of_set}
        contradictions = dict.fromkeys(_contradictions(loaded, [overlay for _report, overlay in of_set]))
        for problem in contradictions:
            report = homes[problem.file]
            report.findings += _findings([replace(problem, file=Path(problem.file).name)], checks)
            report.findings.sort(key=lambda finding: finding.order)


def _contradictions(loaded: LoadedSet, overlays: Sequence[Overlay]) -> Iterable[RuleProblem]:
    """Yield what contradicts on any day on which the law may change: each comes into force or ceases.

    Decisions of several provinces never meet: those of each are looked at with those of all.
    """
    provinces = named_provinces(overlays)
    if len(provinces) > 1:
        for province in provinces:
            yield from _contradictions(loaded, [one for one in overlays if one.province in (None, province)])
        return
    years = loaded.years_in_force
    starts = {overlay.effective.from_ for overlay in overlays} | {dt.date(year, 12, 31) for year in years}
    ends = {overlay.effective.to + dt.timedelta(days=1) for overlay in overlays if overlay.effective.to}
    for day in sorted(day for day in starts | ends if day.year in years):
        try:
            resolve(loaded, as_of=day, overlays=overlays)
        except RulebookError as error:
            yield from (problem for problem in error.problems if problem.code == CONTRADICTION)


def _chosen(codes: Collection[str] | None) -> dict[str, Check]:
    return {code: check for code, check in all_checks().items() if codes is None or code in codes}


def _findings(problems: Iterable[RuleProblem], checks: dict[str, Check]) -> list[RuleFinding]:
    return [RuleFinding(checks[problem.code], problem) for problem in problems if problem.code in checks]


def _set_of(id_: str, sets: Sequence[Path]) -> LoadedSet | None:
    for folder in sets:
        try:
            loaded = load_set(folder)
        except NtmError:
            continue
        if loaded.header.id == id_:
            return loaded
    return None


def _settle(
    report: CheckReport,
    findings: list[RuleFinding],
    comments: list[Ignore],
    checks: dict[str, Check],
    unsure: Collection[str] = (),
) -> None:
    """Leave out what comments with a reason cover, and tell of comments that cover nothing or give none.

    In the files that are `unsure`, what readers refuse may be what a comment is for: none is called useless.
    """
    used: set[tuple[Ignore, str]] = set()
    covering: dict[tuple[str, int, str], Ignore] = {
        (c.file, c.covers, code): c for c in comments if c.reason for code in c.codes
    }
    for finding in findings:
        problem = finding.problem
        comment = covering.get((problem.file, problem.line, finding.check.code))
        if comment is None or finding.check.told_by_reader:
            report.findings.append(finding)
            continue
        used.add((comment, finding.check.code))
        report.ignored += 1
    for comment in comments:
        skipped = all_checks() if comment.file in unsure else report.not_run
        report.findings += _of_comment(comment, used, checks, set(skipped))
    report.findings.sort(key=lambda finding: finding.order)


def _of_comment(
    comment: Ignore, used: set[tuple[Ignore, str]], checks: dict[str, Check], not_run: set[str]
) -> Iterable[RuleFinding]:
    def tell(check: Check, message: Message) -> Iterable[RuleFinding]:
        if check.code in checks:
            yield RuleFinding(check, RuleProblem(comment.file, comment.line, "", message, check.code))

    if not comment.codes:
        yield from tell(WITHOUT_REASON, Message("the comment names no code of a check"))
    elif not comment.reason:
        yield from tell(WITHOUT_REASON, Message("the comment gives no reason"))
    for code in comment.codes:
        known = all_checks().get(code)
        if known is None:
            yield from tell(WITHOUT_REASON, Message("there is no check {code}", code=code))
        elif known.told_by_reader:
            yield from tell(WITHOUT_REASON, Message("{code} cannot be ignored", code=code))
        elif comment.reason and code in checks and code not in not_run and (comment, code) not in used:
            yield from tell(UNUSED_IGNORE, Message("{code} finds nothing on the line this is written for", code=code))


def _text(path: Path) -> str:
    """Return a file's text, in which comments are looked for; of a file that cannot be read, nothing."""
    try:
        return read_text(path)
    except Unreadable:  # already told of
        return ""
