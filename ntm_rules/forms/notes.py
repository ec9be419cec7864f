"""The note on a question: the law's words, where they stand, the evidence expected, and what to mind."""

from __future__ import annotations

from ntm_rules.forms.questions import Question
from ntm_rules.i18n import _, current_language
from ntm_rules.report.wording import agency_name, place_words, requirement_words
from ntm_rules.rulebook.criteria_set import CriteriaSet


def question_note(rules: CriteriaSet, question: Question) -> str:
    """Return the note on one question, a line for each thing it says."""
    language, measure, requirement = current_language(), question.measure, question.requirement
    lines: list[str] = []
    if requirement is not None:
        lines.append(_("Text: {text}", text=requirement.printed or requirement_words(requirement)))
        document = rules.documents.get(requirement.source.document)
        if document is not None:
            name = document.number or document.title.in_language(language)
            place = place_words(requirement.source)
            lines.append(_("Source: {source}", source=f"{name}, {place}" if place else name))
        lines.append(_("Lead agency: {agency}", agency=agency_name(rules, requirement.lead)))
    if question.only_if is not None:
        asked = rules.measures[question.only_if].label.in_language(language)
        lines.append(_("Only if there is any: answer “{question}” first.", question=asked))
    lines.append(_("Evidence: {evidence}", evidence=measure.evidence.in_language(language)))
    for note in (requirement.note if requirement else None, measure.note):
        if note is not None:
            lines.append(_("Note: {note}", note=note.in_language(language)))
    return "\n".join(lines)
