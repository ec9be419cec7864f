"""The note on a question: what to mind, the evidence expected, the law's words and where they stand."""

from __future__ import annotations

from ntm_rules.forms.commune.questions import Question
from ntm_rules.i18n import _
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.sources import place_words


def question_note(rules: CriteriaSet, question: Question) -> str:
    """Return the note on one question, a line for each thing it says."""
    measure, requirement = question.measure, question.requirement
    lines: list[str] = []
    if question.only_if is not None:
        asked = str(rules.measures[question.only_if].label)
        lines.append(_("Only if there is any: answer “{question}” first.", question=asked))
    if measure.note is not None:
        lines.append(_("Note: {note}", note=str(measure.note)))
    lines.append(_("Evidence: {evidence}", evidence=str(measure.evidence)))
    if requirement is not None:
        lines.append(_("Text: {text}", text=str(requirement.words)))
        document = rules.documents.get(requirement.source.document)
        if document is not None:
            name = document.number or str(document.title)
            place = place_words(requirement.source)
            lines.append(_("Source: {source}", source=f"{name}, {place}" if place else name))
        lines.append(_("Lead agency: {agency}", agency=agency_name(rules, requirement.lead)))
    return "\n".join(lines)
