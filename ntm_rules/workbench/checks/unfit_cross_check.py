"""NTM024: a cross-check that cannot be carried out.

Found while the files are read, in `rulebook`.
"""

from __future__ import annotations

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_
from ntm_rules.workbench.checks.core.check import Check

CHECK = Check(
    code="NTM024",
    severity=Severity.ERROR,
    title=N_("A cross-check that cannot be carried out"),
    why=N_("Unlike things would be compared, or the finding would be told in words that nothing fills in."),
    mend=N_(
        "Compare only what is counted in one unit, and fill in only what docs/cross-checks.md lists for the condition."
    ),
)
