"""How grave a finding is: one order and one set of words for data, rules and cross-checks."""

from __future__ import annotations

from ntm_rules.errors import Severity


def test_the_gravest_stands_first() -> None:
    assert sorted([Severity.NOTE, Severity.WARNING, Severity.ERROR], key=lambda severity: severity.rank) == [
        "error",
        "warning",
        "info",
    ]


def test_each_severity_has_its_words_and_its_colour() -> None:
    said = [(one.words.render("vi"), one.words.render("en"), one.colour) for one in Severity]
    assert said == [("lỗi", "error", "red"), ("cảnh báo", "warning", "yellow"), ("lưu ý", "to note", "cyan")]


def test_a_file_names_a_severity_by_its_value() -> None:
    assert [f"{one}" for one in Severity] == ["error", "warning", "info"]
