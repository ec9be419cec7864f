"""NTM001: a file cannot be read."""

from __future__ import annotations

from tests.workbench.checks.clean import AGENCIES, Checked

CODE = "NTM001"


def test_a_file_cannot_be_read_is_found(checked: Checked) -> None:
    line = checked.change(AGENCIES, "{id: so-b,", "{id: so-b,,")
    [(file, at, key, said)] = checked.found(CODE)
    assert (file, at, key, said.partition(" (")[0]) == (AGENCIES, line, "", "not valid YAML")


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    assert checked.found(CODE) == []
