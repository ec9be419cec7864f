"""NTM095: a scale that no measure uses."""

from __future__ import annotations

from tests.workbench.checks.clean import HEADER, Checked

CODE = "NTM095"


def test_a_scale_that_no_measure_uses_is_found(checked: Checked) -> None:
    line = checked.change(
        HEADER,
        "bands:",
        "  - id: sao\n    title: {vi: Sao, en: Stars}\n    grades: [{id: mot, label: {vi: Một, en: One}}, {id: hai, label: {vi: Hai, en: Two}}]\nbands:",
    )
    assert checked.found(CODE) == [(HEADER, line, "scales[2].id", "nothing uses sao")]
