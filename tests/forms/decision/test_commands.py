"""`ntm rules overlay new` and `fill` from the command line: what they write, say and refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from ntm_rules.rulebook.loader import load_overlay
from ntm_rules.rulebook.schema import schema_text
from tests.conftest import Ntm
from tests.forms.decision.conftest import HEAD, Sheets


def test_new_fill_and_show_in_a_row(ntm: Ntm, tmp_path: Path) -> None:
    form, overlay = tmp_path / "qd.xlsx", tmp_path / "qd.overlay.yaml"
    made = ntm("rules", "overlay", "new", "-o", form)
    assert made.returncode == 0
    assert f"ntm rules overlay fill {form} -o {overlay}" in made.stdout
    form.write_bytes(
        Sheets(form.read_bytes())
        .fill({**HEAD, "3.1": "8,5", "3.1/article": "Điều 2", "6.2": 0.95, "6.2/article": "Điều 3"})
        .data()
    )
    done = ntm("rules", "overlay", "fill", form, "-o", overlay)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "Văn bản: 99/QĐ-UBND, ngày 15 tháng 8 năm 2026, UBND tỉnh A; có hiệu lực từ ngày 01 tháng 9 năm 2026",
        f"Đã ghi: {overlay}",
        "Đã điền 2 mức:",
        "  3.1  ≥ 8,5% (Điều 2): Tốc độ tăng thu nhập bình quân đầu người",
        "  6.2  ≥ 0,95% (Điều 3): Tỷ lệ hộ có nhà ở kiên cố",
        "Còn chờ (19):",
        "  1, 2.1.e, 2.2.b, 2.4, 2.5, 2.6.b, 3.8, 4.1, 4.2, 6.1, 6.3, 6.4, 7.2, 8.2, 8.3: Bộ tiêu chí về xã nông thôn mới giai"
        " đoạn 2026 - 2030 của tỉnh Lai Châu (Quyết định của UBND tỉnh) (hạn 31/7/2026)",
        "  DK.1, DK.2.a, DK.2.b, DK.3: Quy định điều kiện, trình tự, thủ tục xét, công nhận xã đạt chuẩn nông thôn mới"
        " giai đoạn 2026 - 2030 (thay Quyết định số 18/2022/QĐ-TTg)",
        "Nên xem lại:",
        "  trang tính «Mức đạt chuẩn», ô H16: 0,95 được hiểu là 0,95%; nếu là 95% thì ghi 95",
        "Bước tiếp theo:",
        f"  ntm rules check {overlay}",
        f"  ntm whatif DỮ-LIỆU --overlay {overlay} --out THƯ-MỤC",
    ]
    shown = ntm("rules", "show", "3.1", "--overlay", overlay)
    assert "≥ 8,5%" in shown.stdout
    schema = json.loads((tmp_path / "overlay.schema.json").read_text(encoding="utf-8"))
    assert overlay.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=overlay.schema.json\n")
    Draft7Validator.check_schema(schema)


def test_without_a_file_the_overlay_is_printed(ntm: Ntm) -> None:
    printed = ntm("rules", "overlay", "new", "--decision", "quy-dinh-cong-nhan-2026-2030", "--lang", "en")
    assert printed.returncode == 0
    assert "  #DK.3: {standard: in-force, article: }" in printed.stdout.splitlines()
    assert "3.1" not in printed.stdout
    assert "# - Awaited: quy-dinh-cong-nhan-2026-2030" in printed.stdout


@pytest.mark.parametrize("name", ["qd.yaml", "qd.xlsx"])
def test_no_file_is_overwritten_unless_asked(ntm: Ntm, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("mine", encoding="utf-8")
    refused = ntm("rules", "overlay", "new", "-o", path)
    assert refused.returncode == 2
    assert refused.stderr.splitlines() == [
        f"{path} đã có, không ghi đè",
        "Đặt tên tệp khác, hoặc thêm --force để thay.",
    ]
    assert path.read_text(encoding="utf-8") == "mine"
    assert ntm("rules", "overlay", "new", "-o", path, "--force").returncode == 0
    assert path.read_bytes() != b"mine"


def test_fill_overwrites_no_file_and_leaves_none_when_it_refuses(ntm: Ntm, tmp_path: Path) -> None:
    form, overlay = tmp_path / "qd.xlsx", tmp_path / "qd.yaml"
    ntm("rules", "overlay", "new", "-o", form)
    empty = ntm("rules", "overlay", "fill", form, "-o", overlay)
    assert (empty.returncode, empty.stderr.splitlines()[0]) == (2, "qd.xlsx: chưa điền gì nên không có gì để ghi")
    form.write_bytes(Sheets(form.read_bytes()).fill({**HEAD, "3.1": 8}).data())
    refused = ntm("rules", "overlay", "fill", form, "-o", overlay)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == (
        "trang tính «Mức đạt chuẩn», ô L11: yêu cầu 3.1 có mức mà chưa ghi điều, khoản."
        " Ghi điều, khoản hoặc phụ lục của văn bản nêu mức này.\n"
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["qd.xlsx"]
    overlay.write_text("mine", encoding="utf-8")
    assert ntm("rules", "overlay", "fill", form, "-o", overlay).returncode == 2
    assert overlay.read_text(encoding="utf-8") == "mine"


def test_loosening_is_told_and_a_trial_says_so(ntm: Ntm, tmp_path: Path) -> None:
    form, overlay = tmp_path / "thu.xlsx", tmp_path / "thu.yaml"
    ntm("rules", "overlay", "new", "-o", form)
    sheets = Sheets(form.read_bytes()).fill(
        {"illustrative": "Có", "from": "1/1/2026", "3.1/text": "", "3.1/id": "8.1.b"}
    )
    sheet = sheets.sheet("ntm:id")
    sheet.cell(sheets.row(sheet, "ntm:id", "8.1.b"), sheets.column(sheet, "ntm:everywhere")).value = 70
    form.write_bytes(sheets.data())
    done = ntm("rules", "overlay", "fill", form, "-o", overlay, "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "ILLUSTRATIVE - NOT LAW: some targets are invented for demonstration" in done.stdout
    assert "It loosens what was stated before:\n  Overlay minh-hoa loosens 8.1.b: from ≥ 80 to ≥ 70" in done.stdout
    assert load_overlay(overlay).illustrative


def test_another_file_called_like_the_schema_is_left_alone(ntm: Ntm, tmp_path: Path) -> None:
    schema = tmp_path / "overlay.schema.json"
    for theirs in ("{}", "[", '{"title": "ours"}'):
        schema.write_text(theirs, encoding="utf-8")
        done = ntm("rules", "overlay", "new", "-o", tmp_path / "a.yaml", "--force")
        assert done.returncode == 0
        assert "là tệp khác nên được giữ nguyên" in done.stdout
        assert schema.read_text(encoding="utf-8") == theirs
    old = json.loads(schema_text("overlay")) | {"required": []}
    schema.write_text(json.dumps(old), encoding="utf-8")
    assert ntm("rules", "overlay", "new", "-o", tmp_path / "a.yaml", "--force").returncode == 0
    assert schema.read_text(encoding="utf-8") == schema_text("overlay")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("new", "-o", "a.txt"), "-o: ghi tên tệp kết thúc bằng .yaml hoặc .xlsx"),
        (("new", "--decision", "bo-tieu-chi"), "«bo-tieu-chi» không phải văn bản mà bộ này đang chờ"),
        (("fill", "khong-co.xlsx", "-o", "a.yaml"), "không có tệp này: khong-co.xlsx"),
        (("fill", "khong-co.xlsx", "-o", "a.txt"), "-o: ghi tên tệp kết thúc bằng .yaml"),
        (("fill", "khong-co.xlsx"), "--out"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(ntm: Ntm, arguments: tuple[str, ...], said: str) -> None:
    refused = ntm("rules", "overlay", *arguments)
    assert refused.returncode == 2
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr
