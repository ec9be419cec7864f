"""Sentences about a road map: what can be reached, what it rests on, what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from ntm_rules.exact import ceil_to, nearest_to
from ntm_rules.i18n import _
from ntm_rules.plan.aims import Aim
from ntm_rules.plan.effort import SCALE
from ntm_rules.plan.needed import counts_points, every_part
from ntm_rules.plan.road_map import LeftOut, Outside, Planned, RoadMap, RoadScope
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.effort import GapEffort
from ntm_rules.rulebook.kinds import KINDS
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.standards import asked_words
from ntm_rules.wording.values import number

MOST_NAMED = 10
"""Communes named in one sentence."""


def effort(thousandths: int) -> Decimal:
    """Return an effort as it is shown.

    >>> effort(16291), effort(2000)
    (Decimal('16.291'), Decimal('2'))
    """
    shown = Decimal(thousandths) / SCALE
    return shown.to_integral_value() if shown == shown.to_integral_value() else shown.normalize()


def effort_words(thousandths: int) -> str:
    """Return an effort in the reader's language."""
    return number(effort(thousandths))


def percent_words(share: Fraction) -> str:
    """Return a share in percent, as tables show it."""
    return f"{number(nearest_to(share * 100, 1))}%"


def aims_words(aims: Sequence[Aim]) -> str:
    """Return aims in one phrase."""
    return "; ".join(_("{n} communes by {year}", n=aim.communes, year=aim.year) for aim in aims)


def names(communes: Sequence[Planned]) -> str:
    """Return the names of communes, the first of very many."""
    said = ", ".join(one.name for one in communes[:MOST_NAMED])
    more = len(communes) - MOST_NAMED
    return said if more <= 0 else _("{names} and {n} more", names=said, n=more)


def scope_words(road: RoadMap) -> str:
    """Return what the map leaves out of account; empty where it is nothing."""
    if road.scope is RoadScope.WHOLE:
        return ""
    waiting = [one.waiting for one in road.communes] or [0]
    least, most = min(waiting), max(waiting)
    return _(
        "As far as can be judged today: {n} requirements of each commune wait for a target that no document in force fixes; "
        "they are left out of account, and no commune on this map is thereby up to the standard.",
        n=str(least) if least == most else _("{least} to {most}", least=least, most=most),
    )


def headline(road: RoadMap) -> list[str]:
    """Return what is said first: which aims are reached, with how much work, and why others are not."""
    lines = [scope_words(road)] if road.scope is RoadScope.JUDGED else []
    lines += _standard_words(road.evaluation.rules)
    if road.choice is not None:
        said = {"aims": aims_words(road.aims), "effort": effort_words(road.choice.effort), "unit": road.model.unit}
        lines.append(
            _("{aims}: can be reached with {effort} units of work (1 unit is {unit}).", **said)
            if road.scope is RoadScope.WHOLE
            else _("{aims}: what can be judged today takes {effort} units of work (1 unit is {unit}).", **said)
        )
        lines.append(proof_words(road.choice.gap))
    return lines + list(_missed(road))


def proof_words(gap: Fraction) -> str:
    """Return how far the choice may be from the best."""
    if not gap:
        return _("No choice with less work exists (proven).")
    return _(
        "A choice with at most {share} less work may exist.", share=f"{number(ceil_to(gap * 100, 3).normalize())}%"
    )


def _missed(road: RoadMap) -> Iterator[str]:
    if not road.missed or road.shortage is None:
        return
    yield _("{aims}: cannot be reached.", aims=aims_words(road.missed))
    most = max(aim.communes for aim in road.missed)
    if most > len(road.communes):
        yield _(
            "Only {n} communes can be planned for; the other {outside} stand outside (a figure, a conclusion or a target is "
            "lacking, or nothing was handed in): what is owed comes first.",
            n=len(road.communes),
            outside=len(road.outside),
        )
    first = len(road.asked) - len(road.missed)
    for at, aim in list(enumerate(road.asked))[first:]:
        lacking = road.shortage.lacking[:, at].tolist()
        yield _(
            "With what agencies can do, {n} communes can be done by {year}.", n=road.shortage.most[at], year=aim.year
        )
        for agency, short in zip(road.agencies, lacking, strict=True):
            if short:
                can = road.problem.by(aim.year)[list(road.agencies).index(agency)]
                yield _(
                    "{agency} would have to do {short} units more by {year} than the {can} it can do.",
                    agency=agency_name(road.evaluation.rules, agency),
                    short=effort_words(short),
                    year=aim.year,
                    can=effort_words(int(can)),
                )


def assumptions(road: RoadMap) -> list[str]:
    """Return what the map rests on: the model's own words, the capacity, and how each kind of gap is counted."""
    model = road.model
    return [
        str(model.note),
        *(_gap_words(gap) for gap in model.gaps),
        _(
            "Capacity of each agency: {each} units a year. {why}",
            each=number(model.capacity.each),
            why=model.capacity.why,
        ),
        *(
            _(
                "Capacity of {agency}: {each} units a year{years}. {why}",
                agency=agency_name(road.evaluation.rules, own.agency),
                each=number(own.each),
                years=f" ({own.years.from_}-{own.years.to})" if own.years else "",
                why=own.why,
            )
            for own in model.capacity.agencies
        ),
        *(
            _("Counted {times} times: {ids}. {why}", times=number(one.times), ids=", ".join(one.ids), why=one.why)
            for one in model.requirements
        ),
        _("Of the alternatives of an “or” the one that takes the least is counted."),
        *_standard_words(road.evaluation.rules),
    ]


def _standard_words(rules: CriteriaSet) -> Iterator[str]:
    """Yield what is planned for where a set, or a criterion, has a standard of its own."""
    if every_part(rules):
        yield _(
            "What meets the standard is counted in points; the map plans for every part of what is counted so, which may be "
            "more than the standard asks."
        )
    if rules.standard is not None and not counts_points(rules.standard):
        yield _(
            "Planned for is the standard of the set ({asked}): of what it does not need, that which takes the most is left out.",
            asked=asked_words(rules, rules.standard),
        )


def _gap_words(gap: GapEffort) -> str:
    kinds = ", ".join(_(KINDS[kind].several) for kind in gap.kinds)
    if gap.by == "requirement":
        return _(
            "{kinds}: {each} units for each requirement not met. {why}", kinds=kinds, each=number(gap.each), why=gap.why
        )
    return _(
        "{kinds}: {each} units for a whole target, less by what is there already, at least {least}. {why}",
        kinds=kinds,
        each=number(gap.each),
        least=number(gap.least or 0),
        why=gap.why,
    )


def changes(road: RoadMap) -> list[str]:
    """Return what would change the choice: who cannot be left out, who could come in, what the tries say."""
    if road.choice is None:
        return []
    lines = []
    needed = [one for one in road.chosen if one.cost is None]
    if needed:
        lines.append(_("Without any one of these the aims cannot be reached: {names}.", names=names(needed)))
    ready = [one for one in road.runners_up if one.cost is not None]
    lines += [
        _("{name} could be taken in for {cost} units more.", name=one.name, cost=effort_words(one.cost or 0))
        for one in ready[:3]
    ]
    never = [one for one in road.runners_up if one.cost is None]
    if never:
        lines.append(
            _("Cannot be taken in, as some agency could not do the work in time: {names}.", names=names(never))
        )
    lines.append(tries_words(road))
    return lines


def tries_words(road: RoadMap) -> str:
    """Return what became of the choice when every number was moved by chance."""
    stability = road.model.stability
    said = {"runs": stability.runs, "percent": stability.percent}
    if not road.tries:
        return _(
            "In none of {runs} tries with every number moved by up to {percent}% could the aims be reached.", **said
        )
    always = [one for one in road.chosen if one.kept == 1]
    return _(
        "In {tries} of {runs} tries with every number moved by up to {percent}% the aims could be reached; {n} of the "
        "{chosen} communes chosen were chosen in every one of them.",
        **said,
        tries=road.tries,
        n=len(always),
        chosen=len(road.chosen),
    )


def busiest_words(road: RoadMap, most: int = 3) -> list[str]:
    """Return the agencies that come nearest to what they can do."""
    last = road.aims[-1].year
    return [
        _(
            "{agency}: {share} of what it can do by {year}",
            agency=agency_name(road.evaluation.rules, road.agencies[at]),
            share=percent_words(road.load(at, last)),
            year=last,
        )
        for at in road.busiest[:most]
    ]


def outside_words(one: LeftOut) -> str:
    """Return why a commune stands outside."""
    return {
        Outside.NO_REPORT: _("nothing usable was handed in"),
        Outside.NO_DATA: _("figures, conclusions or its group are lacking"),
        Outside.NO_TARGET: _("targets are not fixed yet"),
        Outside.TOO_FEW: _("too few parts of a choice apply to it"),
    }[one.why]


def outside_in_all(road: RoadMap) -> list[str]:
    """Return who stands outside, a sentence for each reason; behind each name how much it lacks."""
    lines = []
    for why in Outside:
        those = [left for left in road.outside if left.why is why]
        if those:
            said = ", ".join(f"{left.commune.name} ({left.owed + left.waiting})" for left in those)
            lines.append(
                _(
                    "Outside the map, {n} communes, as {why}: {names}.",
                    n=len(those),
                    why=outside_words(those[0]),
                    names=said,
                )
            )
    return lines


def done_head(road: RoadMap) -> str:
    """Return what the year by which a commune is done is called."""
    return _("Done by the end of") if road.scope is RoadScope.WHOLE else _("What can be judged is done by the end of")


def done_words(road: RoadMap, one: Planned) -> str:
    """Return by when a commune is done."""
    if not one.chosen:
        return _("not chosen")
    if not one.already:
        return str(one.year)
    return _("nothing left to do") if road.scope is RoadScope.WHOLE else _("met, as far as can be judged")
