"""NTM006: the register of communes has a mistake."""

from __future__ import annotations

from tests.rulebook.tiny import COMMUNES
from tests.workbench.checks.clean import Checked

CODE = "NTM006"


def test_a_group_without_its_source_is_found(checked: Checked) -> None:
    line = checked.change(COMMUNES, "nhom-1,danh sách 1", "nhom-1,")
    assert checked.found(CODE) == [(COMMUNES, line, "group_source", "commune 03400: a group needs its source")]


def test_a_group_with_its_source_is_none(checked: Checked) -> None:
    checked.change(COMMUNES, "03402,Xã Hai,xa,2025-07-01,,,,", "03402,Xã Hai,xa,2025-07-01,,,nhom-2,danh sách 2")
    assert checked.found(CODE) == []
