"""NTM041: the text is not the source's."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.models import Source
from ntm_rules.rulebook.names import HEADER
from ntm_rules.rulebook.printed_source import BREAK, OMISSION, evident, first_difference, squeezed
from ntm_rules.rulebook.yaml_reader import Place, RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every indicator and criterion whose words do not stand in their source, with the first difference."""
    for i, criterion in enumerate(subject.header.criteria if subject.header else ()):
        yield from _differs(subject, HEADER, ("criteria", i, "title"), criterion.title, criterion.source)
    for at in subject.nodes:
        if at.parent is None:
            yield from _differs(subject, at.file, (*at.place, "text"), at.printed, at.source)


def _differs(subject: CheckedSet, file: str, place: Place, words: str, source: Source) -> Iterator[RuleProblem]:
    text = subject.source_text(source.document)
    if text is None:
        return
    words = squeezed(words)
    cells = text.row(source.annex, source.row) if source.row else None
    if cells is None:
        if not source.row and not all(squeezed(part) in text.prose for part in _parts(words)):
            message = Message("these words do not stand in {document}", document=source.document)
            yield subject.at(file, place, message)
        return
    if words in cells or evident(words) in [evident(cell) for cell in cells]:
        return  # the same words, or the same but for their print, of which another check speaks
    nearest = max(cells, key=lambda cell: SequenceMatcher(None, cell, words, autojunk=False).quick_ratio())
    printed, written = first_difference(nearest, words)
    message = Message(
        "row {row} prints “{printed}”, here stands “{written}”", row=source.row, printed=printed, written=written
    )
    yield subject.at(file, place, message)


def _parts(words: str) -> list[str]:
    return [part for broken in words.split(BREAK) for part in broken.split(OMISSION)]


CHECK = Check(
    code="NTM041",
    severity=Severity.ERROR,
    title=N_("The text is not the source's"),
    why=N_("Communes would be judged by words that no document says."),
    mend=N_("Copy the words from the source exactly as printed, slips and all; put what is meant into `reading`."),
    of_set=find,
)
