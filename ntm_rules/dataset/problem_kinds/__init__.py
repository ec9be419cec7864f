"""The table of problems: code -> severity, sentence, mend; a module for what they are about."""

from __future__ import annotations

from ntm_rules.dataset.problem_kinds import figures, files, forms, rows, tables, workbooks
from ntm_rules.dataset.problem_kinds.kind import ProblemKind

KINDS: dict[str, ProblemKind] = {
    code: kind for part in (files, workbooks, forms, tables, rows, figures) for code, kind in part.KINDS.items()
}
