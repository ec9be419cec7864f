"""`ntm explain`, and `--explain` of `ntm assess`: why one commune has the verdict it has."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text as RichText

from ntm_rules import __version__
from ntm_rules.cli.console import Screen
from ntm_rules.cli.named import commune_named
from ntm_rules.cli.rulebook import Rulebook
from ntm_rules.cli.screen_parts import STYLES, say_years, show_problems, years_words
from ntm_rules.dataset.latest_year import latest_year
from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import CommuneYear, Dataset
from ntm_rules.errors import NtmError
from ntm_rules.evaluation.reference import Facts, Result, evaluate_commune, evaluate_conditions
from ntm_rules.i18n import Message, _
from ntm_rules.report.explanation import Explanation, subject_of
from ntm_rules.report.explanation.prose import paragraphs
from ntm_rules.report.wording import full_name
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.describe import resolved_hash
from ntm_rules.rulebook.register import Commune
from ntm_rules.visible import json_text

if TYPE_CHECKING:
    from ntm_rules.evaluation.firing import Firing

EXPLAINED, NOTHING_EVALUATED, WITH_PROBLEMS = 0, 2, 3
REFERENCE = "reference"
KIND_STYLES = {"title": "bold", "heading": "bold", "warning": "bold magenta"}


def run_explain(
    rulebook: Rulebook,
    data: Sequence[Path],
    *,
    commune: str | None,
    indicator: str,
    year: int | None,
    as_of: dt.date | None,
    engine: str = REFERENCE,
    as_json: bool = False,
) -> int:
    """Explain one indicator of one commune; return the exit status."""
    console = Screen()
    absent = [path for path in data if not path.exists()]
    if absent:
        raise NtmError(*(Message("There is no file or folder {path}", path=str(path)) for path in absent))
    named = None if commune is None else _within(rulebook, commune_named(rulebook.loaded.communes, commune))
    dataset = read_dataset(data, rulebook.questionnaire())
    unit = named if named is not None else _only_one(rulebook, dataset)
    record = _record(dataset, rulebook, unit, year) if unit is not None else None
    if record is None:
        errors = Screen(errors=True)
        show_problems(errors, dataset.problems)
        if year is not None and dataset.years():
            errors.print(years_words([year], dataset))
        errors.print(_("Nothing could be evaluated."), style="bold red")
        return NOTHING_EVALUATED
    said = Screen(errors=True)
    say_years(said, dataset, rulebook.period, [record.year])
    rules = rulebook.for_year(record.year, as_of)
    facts = facts_of(dataset, rules, record)
    found = explanation_of(rulebook, dataset, rules, facts, indicator, engine)
    if as_json:
        from ntm_rules.report.explanation.as_json import explanation_json

        sys.stdout.write(json_text(explanation_json(found)) + "\n")
    else:
        show_explanation(console, found)
    return WITH_PROBLEMS if found.touching() else EXPLAINED


def _within(rulebook: Rulebook, unit: Commune) -> Commune:
    """Return a unit that the set applies to.

    Raises:
        NtmError: it is of another type.
    """
    if unit.type != rulebook.loaded.communes.applies_to:
        raise NtmError(
            Message(
                "{unit} ({code}) is outside this set of criteria and is not judged by it",
                unit=full_name(unit),
                code=unit.code,
            )
        )
    return unit


def _only_one(rulebook: Rulebook, dataset: Dataset) -> Commune | None:
    """Return the one commune that the data holds; None where nothing was read of any.

    Raises:
        NtmError: the data holds several.
    """
    names = {record.code: record.name for record in dataset.records}
    if len(names) > 1:
        raise NtmError(
            Message(
                "The data holds {n} communes; choose one with --commune: {names}",
                n=len(names),
                names=", ".join(f"{code} {name}" for code, name in list(names.items())[:8])
                + (", …" if len(names) > 8 else ""),
            )
        )
    return next((rulebook.loaded.communes[code] for code in names), None)


def facts_of(dataset: Dataset, rules: CriteriaSet, record: CommuneYear) -> Facts:
    """Return what is known of a record's commune in its year."""
    return Facts(record, dataset.record(record.code, record.year - 1), rules.communes[record.code].group)


def judged(engine: str, rules: CriteriaSet, facts: Facts) -> tuple[Result, Result | None, tuple[Firing, ...] | None]:
    """Judge one commune with an engine; the trace is None for the reference, which fires no rules."""
    if engine == REFERENCE:  # at once, without the arrays that the other engines need
        return evaluate_commune(rules, facts), evaluate_conditions(rules, facts), None
    from ntm_rules.evaluation.engines import judge_commune

    judgement = judge_commune(engine, rules, facts)
    return judgement.result, judgement.conditions, judgement.trace


def explanation_of(
    rulebook: Rulebook, dataset: Dataset, rules: CriteriaSet, facts: Facts, id_: str, engine: str
) -> Explanation:
    """Return the explanation of what an id names, as `engine` judges it."""
    result, conditions, trace = judged(engine, rules, facts)
    return Explanation(
        rules=rules,
        rules_sha256=resolved_hash(rules),
        facts=facts,
        subject=subject_of(rules, facts, id_, result, conditions),
        engine=engine,
        program=__version__,
        inputs=dataset.inputs,
        overlay_files=rulebook.overlay_files,
        illustrative_data=dataset.illustrative,
        problems=dataset.problems,
        trace=trace,
    )


def show_explanation(console: Console, explanation: Explanation) -> None:
    """Print an explanation; to a file or a pipe one paragraph a line, for pasting."""
    first = True
    for paragraph in paragraphs(explanation):
        if paragraph.kind in ("title", "heading") and not first:
            console.print()
        first = False
        words = RichText(paragraph.words, style=KIND_STYLES.get(paragraph.kind, ""))
        if paragraph.verdict is not None and console.is_terminal:
            words = RichText.assemble((f"[{paragraph.verdict.letter}] ", STYLES[paragraph.verdict]), words)
        console.print(words, soft_wrap=not console.is_terminal)


def _record(dataset: Dataset, rulebook: Rulebook, unit: Commune, year: int | None) -> CommuneYear | None:
    """Return the commune's record of the year asked for, or of the latest; None when nothing at all was read.

    Raises:
        NtmError: the data holds other communes or years, but not these; the year is outside the set's; or none is asked
            for, and the latest year of the data is not the fullest.
    """
    period = rulebook.period
    if year is not None and year not in period:
        raise NtmError(
            Message(
                "The criteria set covers {first} to {last}; it cannot judge {years}",
                first=period.from_,
                last=period.to,
                years=year,
            )
        )
    own = [record for record in dataset.records if record.code == unit.code and not record.base_only]
    latest = latest_year(dataset, period) if year is None else year
    found = [record for record in own if record.year in period and year in (None, record.year)]
    if found:
        return next((record for record in found if record.year == latest), found[-1])
    if own:
        present = ", ".join(str(record.year) for record in own)
        asked = year if year is not None else f"{period.from_}-{period.to}"
        raise NtmError(
            Message(
                "There are no figures of {code} {commune} for {year}; there are for {present}.",
                code=unit.code,
                commune=unit.name,
                year=asked,
                present=present,
            )
        )
    if dataset.records:
        words = [Message("There are no figures of {code} {commune} in this data", code=unit.code, commune=unit.name)]
        if dataset.problems:
            words.append(Message("The data has {n} problems; ntm batch lists them", n=len(dataset.problems)))
        raise NtmError(*words)
    return None
