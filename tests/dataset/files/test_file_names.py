"""A file whose name carries the code or the whole name of another commune than it holds is told, and not taken."""

from __future__ import annotations

import pytest

from tests.dataset.conftest import Read, codes, only
from tests.dataset.rows.test_headers import SIMPLE, table

FORM = table(*SIMPLE, ("Mã số liệu", "Giá trị"), ("club_count", 7))
TABLE = "commune_code;year;club_count\n03394;2026;7\n"


@pytest.mark.parametrize(
    "name",
    [
        "03405-ta-leng-2026.xlsx",
        "phieu 03405.xlsx",
        "sub/03405_2026 (1).xlsx",
        "03405.csv",
        "3405.csv",
        "Ta Leng.xlsx",
        "Tả Lèng.csv",
        "sub/phieu_TA-LENG_2026 (nop lai).xlsx",
        "TaLeng2026.xlsx",
        "xa Tả Lèng.xlsx",
    ],
)
def test_a_file_named_after_another_commune_is_told_and_not_taken(read: Read, name: str) -> None:
    (read.folder / "sub").mkdir()
    (read.folder / name).write_bytes(TABLE.encode() if name.endswith("csv") else FORM)
    dataset = read()
    problem = only(dataset)
    assert (problem.code, problem.severity, problem.commune_code, problem.value) == (
        "file-of-another-commune",
        "error",
        "03394",
        "03405 Tả Lèng",
    )
    assert not dataset.records


@pytest.mark.parametrize(
    "name",
    [
        "03394-sin-suoi-ho-2026.xlsx",
        "phieu.xlsx",
        "99999.xlsx",
        "2026-03394-thay-03405.xlsx",
        "cv0340512.xlsx",
        "3394.xlsx",
        "Sin Suoi Ho (Ta Leng gui nham).xlsx",
        "03394 Ta Leng.xlsx",
        "Ta Leng, Ta Tong.xlsx",
        "Leng.xlsx",
        "Ta Lengs.xlsx",
        "huyen Ta Leng.xlsx",
        "khu Ta Leng.csv",
        "thi tran Ta Leng.xlsx",
        "Ta Leng cu.xlsx",
        "tong hop Ta Leng.csv",
        "Then Sin.xlsx",
        "Then Sin - Ta Leng.xlsx",
    ],
)
def test_any_other_name_is_as_good_as_another(read: Read, name: str) -> None:
    (read.folder / name).write_bytes(TABLE.encode() if name.endswith("csv") else FORM)
    assert not read().problems


def test_a_folder_and_a_file_of_several_communes_may_be_called_as_they_like(read: Read) -> None:
    (read.folder / "03405").mkdir()
    (read.folder / "03405" / "a.xlsx").write_bytes(FORM)
    (read.folder / "03463.csv").write_text(TABLE + "03405;2026;5\n")
    (read.folder / "Ta Tong.csv").write_text(TABLE + "03405;2026;5\n\n")
    assert codes(read()) == ["repeated"] * 3
