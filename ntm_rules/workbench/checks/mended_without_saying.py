"""NTM044: the text mends the print without saying so."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.printed_source import evident, first_difference, squeezed
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every indicator whose text is its row's but for signs, quotes, case or page breaks."""
    for at in subject.nodes:
        source = subject.source_text(at.source.document)
        cells = source.row(at.source.annex, at.source.row) if source and at.source.row else None
        words = squeezed(at.printed)
        if at.parent is not None or cells is None or words in cells:
            continue
        same = next((cell for cell in cells if evident(cell) == evident(words)), None)
        if same is not None:
            printed, written = first_difference(same, words)
            message = Message(
                "row {row} prints “{printed}”, here stands “{written}”",
                row=at.source.row,
                printed=printed,
                written=written,
            )
            yield subject.at(at.file, (*at.place, "text"), message)


CHECK = Check(
    code="NTM044",
    severity=Severity.WARNING,
    title=N_("The text mends the print without saying so"),
    why=N_("Print and reading must stand side by side, or a council cannot see what was decided by the author."),
    mend=N_("Copy the print into `text` and move your words to `reading`."),
    of_set=find,
)
