"""NTM015: a scale that is not defined."""

from __future__ import annotations

from tests.workbench.checks.clean import MEASURES, Checked

CODE = "NTM015"


def test_a_scale_that_is_not_defined_is_found(checked: Checked) -> None:
    line = checked.change(MEASURES, "scale: xep-loai", "scale: xep-loia")
    assert checked.found(CODE) == [(MEASURES, line, "[9].scale", "“xep-loia” is not defined; did you mean “xep-loai”?")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    assert checked.found(CODE) == []
