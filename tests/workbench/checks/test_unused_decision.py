"""NTM093: a decision awaited on which nothing waits."""

from __future__ import annotations

from tests.workbench.checks.clean import HEADER, Checked

CODE = "NTM093"


def test_a_decision_awaited_on_which_nothing_waits_is_found(checked: Checked) -> None:
    line = checked.change(HEADER, "groups:", "  - {id: other, title: {vi: Khác, en: Other}, owed_by: so-a}\ngroups:")
    assert checked.found(CODE) == [(HEADER, line, "decisions[2].id", "nothing uses other")]


def test_a_decision_for_which_one_class_of_an_amendment_waits_is_used(checked: Checked) -> None:
    checked.change(HEADER, "groups:", "  - {id: other, title: {vi: Khác, en: Other}, owed_by: so-a}\ngroups:")
    checked.write(
        "amendments/mot.yaml",
        "id: mot\napplies_to: tiny\nillustrative: true\ntitle: {vi: Một, en: One}\npromulgated: 2026-03-01\n"
        'effective: {from: 2026-03-01}\nset:\n  "1.2": {nhom-1: {pending: {decision: other}}}\n',
    )
    assert checked.found(CODE) == []
