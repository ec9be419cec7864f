"""NTM004: a value of the wrong form.

Found while the files are read, in `rulebook`.
"""

from __future__ import annotations

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_
from ntm_rules.workbench.checks.core.check import Check

CHECK = Check(
    code="NTM004",
    severity=Severity.ERROR,
    title=N_("A value of the wrong form"),
    why=N_("A number or date read otherwise than it was meant changes who meets the standard."),
    mend=N_(
        "Write the value in the form the message names: numbers with a decimal point and without quotes, days as 2026-07-31, ids that look like numbers in quotes."
    ),
)
