"""NTM044: the text mends the print without saying so."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_1, Checked

CODE = "NTM044"


def test_the_text_mends_the_print_without_saying_so_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "text: Số trạm y tế $\\geq 2$", "text: Số trạm y tế ≥ 2")
    assert checked.found(CODE) == [
        (RULES_1, line, "[2].text", "row 1.2 prints “Số trạm y tế $\\geq 2$”, here stands “Số trạm y tế ≥ 2”")
    ]
