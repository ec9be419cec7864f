"""How grave a finding is, one order and one set of words; and why a system refuses something, in the reader's language."""

from __future__ import annotations

import errno
import zipfile

import pytest

from ntm_rules.errors import Severity, system_reason


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


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "ổ đĩa đã đầy"),
        (OSError(errno.ENAMETOOLONG, "File name too long"), "tên quá dài"),
        (OSError(errno.EBADMSG, "Bad message"), "không thực hiện được; hệ thống báo: Bad message"),
        (
            zipfile.BadZipFile("File is not a zip file"),
            "có phần không còn nguyên vẹn; hệ thống báo: File is not a zip file",
        ),
        (ValueError(), "không thực hiện được; hệ thống báo: ValueError"),
    ],
)
def test_what_a_system_refuses_is_said_in_vietnamese_and_its_own_words_are_a_detail(
    error: Exception, said: str
) -> None:
    assert system_reason(error).render("vi") == said


def test_a_file_that_another_program_has_open_is_not_called_forbidden() -> None:
    error = PermissionError(errno.EACCES, "The process cannot access the file")
    error.winerror = 32  # type: ignore[attr-defined] # Windows alone sets it
    assert "đang mở" in system_reason(error).render("vi")
