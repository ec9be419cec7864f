"""NTM025: two decisions of one day contradict each other.

Found while overlays are laid on a set, in `rulebook`.
"""

from __future__ import annotations

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_
from ntm_rules.workbench.checks.core.check import Check

CHECK = Check(
    code="NTM025",
    severity=Severity.ERROR,
    title=N_("Two decisions of one day contradict each other"),
    why=N_(
        "Which of them held would depend on the order in which they are given, and with it whether a commune meets the target."
    ),
    mend=N_("Correct the days or the value in one of them, or leave the one that does not hold out."),
)
