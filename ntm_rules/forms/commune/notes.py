"""The note on a question: what to mind, the evidence expected, the law's words and where they stand."""

from __future__ import annotations

from ntm_rules.forms.commune.gates import exceptions_before, exceptions_behind
from ntm_rules.forms.commune.questions import Question
from ntm_rules.i18n import _
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.sources import place_words


def question_note(rules: CriteriaSet, question: Question) -> str:
    """Return the note on one question, a line for each thing it says."""
    measure = question.measure
    lines: list[str] = []
    if question.only_if is not None:
        asked = str(rules.measures[question.only_if].label)
        lines.append(_("Only if there is any: answer “{question}” first.", question=asked))
    lines += exceptions_before(rules, question)
    if question.is_gate:
        lines += exceptions_behind(rules, measure)
    if measure.note is not None:
        lines.append(_("Note: {note}", note=str(measure.note)))
    lines.append(_("Evidence: {evidence}", evidence=str(measure.evidence)))
    for one in question.requirements:
        lines.append(_("Text: {text}", text=str(one.words)))
        document = rules.documents.get(one.source.document)
        if document is not None:
            name = document.number or str(document.title)
            place = place_words(one.source)
            lines.append(_("Source: {source}", source=f"{name}, {place}" if place else name))
        lines.append(_("Lead agency: {agency}", agency=agency_name(rules, one.lead)))
    return "\n".join(dict.fromkeys(lines))
