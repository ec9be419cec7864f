"""What a check is: a stable code, how grave, its words, and a function that finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ntm_rules.errors import Severity
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.overlays import CheckedOverlay
from ntm_rules.workbench.checks.core.sets import CheckedSet

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
"""How a severity is named for programs and on the pages of the checks; SARIF has the same names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that is looked for. The words are sentences of the catalogue."""

    code: str
    """NTM and three digits; kept for good, never used for anything else."""
    severity: Severity
    title: str
    why: str
    """What it means for a commune."""
    mend: str
    of_set: Callable[[CheckedSet], Iterable[RuleProblem]] | None = None
    of_overlay: Callable[[CheckedOverlay], Iterable[RuleProblem]] | None = None
    needs_all_files: bool = False
    """True when a file that could not be read would make it speak falsely; then it is not run, and named."""

    @property
    def told_by_reader(self) -> bool:
        """Tell whether it is found without a function of its own (`told_by_readers`); such a finding cannot be ignored."""
        return self.of_set is None and self.of_overlay is None


@dataclass(frozen=True, slots=True)
class RuleFinding:
    """One thing found."""

    check: Check
    problem: RuleProblem

    @property
    def order(self) -> tuple[str, int, str, str]:
        """Where it stands among others: by file, line, code."""
        return self.problem.file, self.problem.line, self.check.code, self.problem.key
