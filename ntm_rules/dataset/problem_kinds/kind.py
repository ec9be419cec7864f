"""What a kind of problem is: its severity, its sentence and its mends, all ids of the catalogue."""

from __future__ import annotations

from typing import NamedTuple

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_

ERROR, WARNING = Severity.ERROR, Severity.WARNING


class ProblemKind(NamedTuple):
    """One kind of problem, in words."""

    severity: Severity
    sentence: str
    mend: str
    mend_with_nearest: str = ""
    """The mend when a near match is known (`{nearest}`)."""
    mend_on_paper: str = ""
    """The mend in what an office signs, where the other names a command of the program."""


COMPOSE = N_("Type it again with a Unicode keyboard, or convert it with Unikey (Ctrl+Shift+F6), then save.")
SAVE_XLSX = N_("Open it in Excel and save it as “Excel Workbook (*.xlsx)”.")
