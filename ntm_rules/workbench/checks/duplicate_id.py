"""NTM017: an id is used twice.

Found while the files are read, in `rulebook`.
"""

from __future__ import annotations

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_
from ntm_rules.workbench.checks.core.check import Check

CHECK = Check(
    code="NTM017",
    severity=Severity.ERROR,
    title=N_("An id is used twice"),
    why=N_("Overlays and tests name rules by id; with two of one id nobody knows which is meant."),
    mend=N_("Give one of the two another id."),
)
