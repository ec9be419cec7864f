"""Sentences about how the province stands: the headline, what is awaited and for how long, how communes are ordered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import ceil_to
from ntm_rules.i18n import _
from ntm_rules.rulebook.criteria_set import ClassedTarget, CriteriaSet, Requirement
from ntm_rules.rulebook.standards import Standard
from ntm_rules.standing.values import Handed, Lack, Lacking, LevelCounts, Move, Order, body_of
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.communes import class_title, group_title
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.gaps import owed_words
from ntm_rules.wording.standards import asked_words, left_words
from ntm_rules.wording.values import number

if TYPE_CHECKING:
    from ntm_rules.standing.ceiling import Ceiling
    from ntm_rules.standing.handing_in import HandedIn
    from ntm_rules.standing.recognition import Recognised, RecognitionDecision
    from ntm_rules.standing.years import YearComparison


DISTANCE_DECIMALS = 4
"""Of total distances wherever they are shown, rounded up; orders rest on the exact ones."""


def headline(rules: CriteriaSet, ceiling: Ceiling) -> list[str]:
    """Return what stands first everywhere: what can be judged, the most that can be met, and how many are there.

    Where groups differ, a further sentence for each.
    """
    lines = [
        _(
            "{whole}/{total} criteria can be judged whole; the most that a commune can meet today is {highest}/{total}: "
            "{reached} of {reported} communes with a usable report have it",
            whole=span(ceiling.whole),
            highest=span(ceiling.highest),
            total=ceiling.total,
            reached=ceiling.reached,
            reported=ceiling.reported,
        )
    ]
    if not ceiling.alike:
        lines += [
            _(
                "{group} ({n} communes): {whole}/{total} criteria can be judged whole; the most is {highest}/{total}",
                group=group_title(rules, one.group),
                n=one.communes,
                whole=span(one.whole),
                highest=span(one.highest),
                total=ceiling.total,
            )
            for one in ceiling.by_group()
        ]
    if rules.standard is not None:
        lines.append(_standard_line(rules, rules.standard, ceiling))
    return lines


def _standard_line(rules: CriteriaSet, standard: Standard, ceiling: Ceiling) -> str:
    """Say how many communes meet a set's own standard, and where the law does not let it be met yet."""
    said = {"asked": asked_words(rules, standard), "n": ceiling.meeting, "reported": ceiling.reported}
    cannot = [group for group in ceiling.groups if not group.standard_attainable]
    if not cannot:
        return _("Standard of the set ({asked}): {n} of {reported} communes with a usable report meet it", **said)
    if len(cannot) == len(ceiling.groups):
        return _(
            "Standard of the set ({asked}): no commune can meet it before documents that are awaited are in force; "
            "{n} of {reported} communes with a usable report meet it",
            **said,
        )
    able = {group.group for group in ceiling.groups if group.standard_attainable}
    titles = dict.fromkeys((group_title(rules, group.group), group.group in able) for group in cannot)
    groups = ", ".join(_("{group} (some of them)", group=title) if partly else title for title, partly in titles)
    return _(
        "Standard of the set ({asked}): {n} of {reported} communes with a usable report meet it; before documents that "
        "are awaited are in force these cannot: {groups}",
        **said,
        groups=groups,
    )


def headline_of_commune(criteria: LevelCounts, indicators: LevelCounts) -> str:
    """Return the headline of one commune: met of what can be judged, beside met of all."""
    return _(
        "Criteria met: {met} of {judgeable} that can be judged whole today (of {total} that apply; the most today is "
        "{highest}). Indicators met: {i_met} of {i_judgeable} that can be judged (of {i_total} that apply).",
        met=criteria.met,
        judgeable=criteria.judgeable,
        total=criteria.applicable,
        highest=criteria.attainable,
        i_met=indicators.met,
        i_judgeable=indicators.judgeable,
        i_total=indicators.applicable,
    )


def span(numbers: tuple[int, int]) -> str:
    """Return the least and the most of something, or the one number that they are."""
    least, most = numbers
    return str(least) if least == most else f"{least}-{most}"


def order_words(order: Order, rules: CriteriaSet | None = None) -> str:
    """Return the rule by which communes are ordered, in words; by a standard of the set's own, where it has one."""
    standard = None if rules is None else rules.standard
    if order is Order.DISTANCE:
        if standard is not None:
            return _(
                "By the total distance of the nearest that would reach the standard, each relative to its target; then how "
                "many those are; then what is left to the standard."
            )
        return _(
            "By the total distance of all that is in the way, each relative to its target; then how many those are; then "
            "criteria left."
        )
    if standard is not None:
        return _(
            "By {left}: the fewest that would reach the standard, the nearest first; then requirements in their way (an “or” counts once), then their total distance relative to their targets. A "
            "figure owed or a conclusion awaited counts as a whole requirement, never as 0. What waits for the law alone "
            "stands beside and is not counted.",
            left=left_words(standard).lower(),
        )
    return _(
        "By criteria left (not met, or not judged for want of data), then requirements in the way (an “or” counts once), "
        "then their total distance relative to their targets. A figure owed or a conclusion awaited counts as a whole "
        "requirement, never as 0. Criteria that wait for the law alone stand beside and are not counted."
    )


def distance_shown(distance: Fraction) -> Decimal:
    """Return a total distance as every output shows it: rounded up, so that what is left is never said to be nothing.

    >>> distance_shown(Fraction(1, 30000)), distance_shown(Fraction(0))
    (Decimal('0.0001'), Decimal('0'))
    """
    return ceil_to(distance, DISTANCE_DECIMALS).normalize()


def handed_words(state: Handed) -> str:
    """Return what became of a commune's report."""
    return {
        Handed.USABLE: _("Usable report"),
        Handed.NOTHING_USABLE: _("Handed in, nothing usable yet"),
        Handed.NOTHING: _("Not handed in"),
    }[state]


def refused_words(one: HandedIn, most: int = 3) -> str:
    """Return why nothing of what a commune handed in can be used: file, place and problem of the first few."""
    told = []
    for problem in one.refusing[:most]:
        place = str(problem.place())
        where = f"{problem.file}, {place}" if place else problem.file
        told.append(f"{where}: {problem.message()}")
    if not told:
        return (
            _("no figure is filled in: {files}", files=", ".join(one.files))
            if one.files
            else _("no figure is filled in")
        )
    more = len(one.refusing) - len(told)
    return "; ".join(told) + (_(" (and {n} more)", n=more) if more > 0 else "")


def recognised_words(decision: RecognitionDecision) -> str:
    """Return whether a commune reports a decision of recognition."""
    return {True: _("Yes"), False: _("No"), None: _("not reported")}[decision.recognised]


def not_counted_words(unusable: Sequence[HandedIn]) -> str:
    """Say how many communes stand in rows of a table and in none of its counts; empty where there are none.

    They are those of whose form a record could be read, and nothing in it can be used.
    """
    n = sum(one.record is not None for one in unusable)
    return (
        _("{n} communes whose form could be read but holds nothing usable have a row and are in no count", n=n)
        if n
        else ""
    )


def why_words(one: HandedIn, most: int = 3) -> str:
    """Return why a commune has no usable report: what refuses it, or for which other year its files came; else empty."""
    if one.state is Handed.NOTHING_USABLE:
        return refused_words(one, most)
    return other_years_words(one) if one.state is Handed.NOTHING else ""


def other_years_words(one: HandedIn) -> str:
    """Return which files of a commune came for other years; empty where none did."""
    years: dict[int, list[str]] = {}
    for file, year in one.of_other_years:
        years.setdefault(year, []).append(file)
    return "; ".join(
        _("received {files}, which is of the year {year}", files=", ".join(files), year=year)
        for year, files in years.items()
    )


def files_words(one: HandedIn) -> str:
    """Return that a commune handed in several files for the year, and which; empty where it did not."""
    if len(one.files) < 2:
        return ""
    return _("this commune handed in {n} files: {files}", n=len(one.files), files=", ".join(one.files))


def counts_apart_words() -> str:
    """Say how the count of figures and that of requirements lacking figures differ."""
    return _(
        "Figures and answers are one count, requirements that lack them another: a requirement may read two answers, "
        "and one of an alternative that need not be met reads none."
    )


def lack_words(rules: CriteriaSet, requirement: Requirement, lack: Lack) -> str:
    """Return whose turn it is where a requirement cannot be judged: the commune's, a body's, or the province's."""
    if lack is Lack.RULING:
        return _("awaiting the conclusion of {body}", body=agency_name(rules, body_of(rules, requirement)))
    if lack is not Lack.GROUP:
        return _("figure owed")
    target = requirement.target
    if isinstance(target, ClassedTarget) and not target.classing.is_group:
        return _("awaiting the commune's class by “{title}”", title=class_title(rules, target.classing.by))
    return _("awaiting the commune's group")


def lacking_words(rules: CriteriaSet, one: Lacking) -> str:
    """Return which figure is owed and why it is not there, or who else is waited for."""
    if one.lack is Lack.FIGURE:
        return owed_words(rules, one.requirement, one.reason)
    return lack_words(rules, one.requirement, one.lack)


def class_awaited_words(rules: CriteriaSet) -> str:
    """Return what stands where a verdict waits for the commune's group, or its class in the register."""
    return _("Awaiting the commune's group or class") if differs_by_class(rules) else _("Awaiting the commune's group")


def differs_by_class(rules: CriteriaSet) -> bool:
    """Tell whether some target differs by a class that the register says, other than the group."""
    targets = (requirement.target for requirement in rules.requirements())
    classings = [target.classing for target in targets if isinstance(target, ClassedTarget)]
    return any(not one.is_group and not one.is_answer for one in classings)


def lack_label(lack: Lack, rules: CriteriaSet) -> str:
    """Return what stands in place of a verdict where nobody could judge: a class of its own for each whose turn it is."""
    return {
        Lack.RULING: _("Awaiting a conclusion"),
        Lack.GROUP: _("Group or class not named") if differs_by_class(rules) else _("Group not named"),
        Lack.FIGURE: _("No data yet"),
        Lack.NONE: "",
    }[lack]


def move_words(move: Move) -> str:
    """Return what became of a criterion or an indicator since the year before."""
    return {
        Move.ROSE: _("Now met"),
        Move.FELL: _("Was met, is not met now"),
        Move.UNKNOWN_NOW: _("Was met, cannot be judged now"),
    }[move]


def law_of_years_words(years: YearComparison) -> str:
    """Say by which law the two years were judged."""
    before, now = years.before.rules, years.now.rules
    days = {"before": on_day(before.as_of), "now": on_day(now.as_of)}
    if years.same_law:
        return _(
            "Each year is judged by its own law (in force on {before} and on {now}); the rules are the same in both.",
            **days,
        )
    return _(
        "Each year is judged by its own law (in force on {before} and on {now}); the rules of these indicators differ, so "
        "that a change may be the law's: {ids}",
        **days,
        ids=", ".join(sorted(years.law_changed)),
    )


def only_rulings_words(n: int) -> str:
    """Say how many of those counted as without data are no figure that a commune owes; empty where there are none."""
    return (
        _("Of those without data {n} are no figures owed by communes: they wait for a body's conclusion.", n=n)
        if n
        else ""
    )


def no_longer_words(one: Recognised) -> str:
    """Say what a recognised commune does not meet now."""
    parts = [
        _("criteria {ids}", ids=", ".join(one.criteria_not_met)) if one.criteria_not_met else "",
        _("conditions {ids}", ids=", ".join(one.conditions_not_met)) if one.conditions_not_met else "",
    ]
    unmet = "; ".join(part for part in parts if part)
    if one.document:
        return _(
            "{name}: recognised ({document}), does not meet now: {unmet}",
            name=one.name,
            document=one.document,
            unmet=unmet,
        )
    return _("{name}: recognised, does not meet now: {unmet}", name=one.name, unmet=unmet)


def met_of(counts: Mapping[Verdict, int]) -> str:
    """Return how many are met of those that apply ("3/5 đạt")."""
    of = sum(n for verdict, n in counts.items() if verdict is not Verdict.NOT_APPLICABLE)
    met = counts.get(Verdict.MET, 0)
    return _("{n}/{of} met", n=number(Decimal(met)), of=number(Decimal(of))) if of else _("none applies")
