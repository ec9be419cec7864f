"""What a form says of itself, held against the set that reads it: read as it is, read with care, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ntm_rules.dataset.places import Log, Where
from ntm_rules.dataset.records import Reported
from ntm_rules.dataset.rows.form_facts import FORMAT, FormFacts
from ntm_rules.dataset.rows.headers import Vocabulary


@dataclass(slots=True)
class FormContext:
    """A form that is read: its facts, and what has come to mean something else since it was made."""

    facts: FormFacts
    changed: frozenset[str] = frozenset()
    """Measures whose figures are not taken: kind, unit or grades are others now."""
    carried: Mapping[str, Reported] = field(default_factory=dict)
    """Last year's figures that the form carries."""
    commune: str = ""
    """Code of the commune that its first sheet says; empty until one has."""
    told: set[tuple[str, str]] = field(default_factory=set)
    """(code, value) of what has been said of commune and year: each sheet repeats it, one message is enough."""


def form_context(facts: FormFacts, vocabulary: Vocabulary, where: Where, log: Log) -> FormContext | None:
    """Return how a form is read; None, with the reason noted, when it cannot be mapped to this set at all."""
    questionnaire = vocabulary.questionnaire
    if facts.format != FORMAT:
        log.add("form-format-unknown", where, value=facts.format)
        return None
    if questionnaire.set and facts.set and facts.set != questionnaire.set:
        log.add("form-of-another-set", where, value=facts.set, set=questionnaire.set)
        return None
    still_asked = sum(name in facts.signatures for name in questionnaire.measures)
    gone = len(facts.signatures) - still_asked
    changed = changed_measures(facts, vocabulary)
    another_version = bool(questionnaire.version) and facts.version != questionnaire.version
    new = len(questionnaire.measures) - still_asked if another_version else 0
    if gone or changed or new:
        log.add(
            "form-old",
            where,
            value=facts.version,
            version=questionnaire.version,
            changed=len(changed),
            gone=gone,
            new=new,
        )
    return FormContext(facts, changed, _carried(facts, vocabulary, changed))


def changed_measures(facts: FormFacts, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the measures of a form that have come to mean something else since it was made."""
    now = vocabulary.signatures
    return frozenset(name for name, meant in facts.signatures.items() if now.get(name, meant) != meant)


def _carried(facts: FormFacts, vocabulary: Vocabulary, changed: frozenset[str]) -> dict[str, Reported]:
    found: dict[str, Reported] = {}
    for name, (value, numerator, denominator, document) in facts.previous.items():
        figure = vocabulary.figures.get(name)
        if figure is None or name in changed:
            continue
        core, faults = figure.read(value, numerator, denominator)
        if core is not None and not faults:
            found[name] = Reported(core[0], core[1], core[2], core[3], document, core[4])
    return found
