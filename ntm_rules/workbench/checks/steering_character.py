"""NTM007: a character that cannot be seen steers the screen or turns text about.

Found while the files are read, in `rulebook`.
"""

from __future__ import annotations

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_
from ntm_rules.workbench.checks.core.check import Check

CHECK = Check(
    code="NTM007",
    severity=Severity.ERROR,
    title=N_("A character that steers the screen or turns text about"),
    why=N_("The text would read otherwise on a screen, on a page or in a paper than it is written."),
    mend=N_("Delete the character named; where the text was pasted from elsewhere, type that part again."),
)
