"""`ntm rules show` and `ntm measures`: every value a requirement has had or will have, every node, every id whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ntm_rules.rulebook.criteria_set import CriteriaSet
from tests.conftest import Ntm
from tests.rulebook.conftest import tiny as tiny
from tests.rulebook.tiny import CONDITIONS, HEADER, OVERLAY, RULES_1, RULES_2, Tiny

LATER = OVERLAY.replace("{from: 2026-01-01, to: 2027-12-31}", "{from: 2028-01-01}").replace(
    "DK.1: {value: 0, article: Điều 3}", "1.1.b: {value: 85, article: Điều 3}"
)


@pytest.fixture
def folder(tiny: Tiny) -> Path:
    """The tiny set on disk, with words for its nested part."""
    tiny.change(
        RULES_1,
        "    - id: 1.1.c\n",
        "    - id: 1.1.c\n      text: rác chôn lấp ít hoặc an toàn\n      text_en: Waste\n",
    )
    return tiny.folder


def shown(ntm: Ntm, folder: Path, *arguments: str | Path) -> list[str]:
    run = ntm("rules", "show", "--criteria", folder, *arguments)
    assert (run.returncode, run.stderr) == (0, "")
    return [line.rstrip() for line in run.stdout.splitlines()]


# --- values over time --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "held", "statuses"),
    [
        ("2026-12-31", "≥ 7%", ("đang áp dụng", "chưa có hiệu lực")),
        ("2027-01-01", "Nhóm 1: ≥ 9%; Nhóm 2: ≥ 8%", ("hết hiệu lực", "đang áp dụng")),
    ],
)
def test_every_dated_value_is_listed_and_the_one_that_holds_is_named(
    ntm: Ntm, folder: Path, day: str, held: str, statuses: tuple[str, str]
) -> None:
    lines = shown(ntm, folder, "2.2", "--as-of", day)
    at = lines.index(f"   Thu nhập: {held}")
    written = "{2}/{1}/{0}".format(*day.split("-"))
    assert lines[at + 1 : at + 4] == [
        f"   Các mức theo thời gian (ngày {written}):",
        f"      ≥ 7%, từ 01/01/2026 đến 31/12/2026, ban hành ngày 01/12/2025: {statuses[0]}",
        "      Nhóm 1: ≥ 9%; Nhóm 2: ≥ 8%, từ 01/01/2027 đến 31/12/2028, ban hành ngày 01/6/2026: " + statuses[1],
    ]


def test_a_value_that_holds_alone_is_not_listed_again(ntm: Ntm, folder: Path) -> None:
    assert not [line for line in shown(ntm, folder, "1") if "theo thời gian" in line]


def test_an_overlay_of_a_later_day_is_listed_beside_what_holds_today(ntm: Ntm, folder: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "later.yaml"
    overlay.write_text(LATER, encoding="utf-8")
    lines = shown(ntm, folder, "1.1.b", "--overlay", overlay, "--as-of", "2026-12-31")
    assert "         Tỷ lệ đường đạt chuẩn: ≥ 80%" in lines
    assert (
        "            ≥ 85%, từ 01/01/2028 đến khi có văn bản mới, ban hành ngày 01/8/2026,"
        " văn bản cụ thể hóa decision-9: chưa có hiệu lực" in lines
    )


# --- nodes -------------------------------------------------------------------------------------


def test_a_nested_part_is_shown_with_its_id_and_words_and_found_by_its_id(ntm: Ntm, folder: Path) -> None:
    lines = shown(ntm, folder, "1.1.c")
    at = lines.index("      1.1.c  rác chôn lấp ít hoặc an toàn")
    assert lines[at + 1] == "         một trong các nội dung:"
    assert lines[at + 2].startswith("            1.1.c.i  ")


def test_an_id_nearly_that_of_a_nested_part_is_offered_it(ntm: Ntm, folder: Path) -> None:
    run = ntm("rules", "show", "1.1.cc", "--criteria", folder)
    assert run.returncode == 2
    assert "“1.1.c”" in run.stderr


@pytest.mark.parametrize("chosen", [(), ("DK.1",)])
def test_further_conditions_stand_under_their_heading(ntm: Ntm, folder: Path, chosen: tuple[str, ...]) -> None:
    lines = shown(ntm, folder, *chosen)
    at = lines.index("DK.1  Không có nợ đọng")
    assert lines[at - 1] == "Điều kiện khác để xét công nhận"


def test_a_set_without_further_conditions_has_no_heading_of_them(ntm: Ntm, tiny: Tiny) -> None:
    tiny.change(HEADER, f"conditions: {CONDITIONS}\n", "")
    assert "Điều kiện khác để xét công nhận" not in shown(ntm, tiny.folder)


def test_a_note_of_an_indicator_with_one_requirement_is_said_once(ntm: Ntm, tiny: Tiny) -> None:
    tiny.change(RULES_2, "  graded: party_grade\n", "  note: {vi: Đọc kỹ, en: Read}\n  graded: party_grade\n")
    assert shown(ntm, tiny.folder, "2.1").count("   Ghi chú: Đọc kỹ") == 1


@pytest.mark.parametrize("command", ["show", "book"])
def test_the_day_shown_without_as_of_is_the_one_the_help_names(ntm: Ntm, folder: Path, command: str) -> None:
    said = " ".join(re.sub(r"[│|]", " ", ntm("rules", command, "--help").stdout).split())
    assert "ngày 31/12 của năm đầu thời kỳ" in said
    assert "năm đánh giá" not in said


# --- measures ----------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", ["60", "80", "200"])
def test_ids_and_grades_are_never_cut_into_a_file_however_narrow_the_screen(
    ntm: Ntm, lai_chau: CriteriaSet, columns: str
) -> None:
    listed = ntm("measures", COLUMNS=columns).stdout
    for measure in lai_chau.measures.values():
        assert measure.id in listed
        assert measure.label.vi in listed
    assert "…" not in listed
    for scale in lai_chau.scales.values():
        places = [listed.index(f"{grade.label.vi} ({grade.id})") for grade in scale.grades]
        assert places == sorted(places)


def test_on_a_narrow_screen_ids_are_folded_not_cut(ntm: Ntm, folder: Path) -> None:
    listed = ntm("measures", "--criteria", folder, COLUMNS="40", FORCE_COLOR="1", TTY_COMPATIBLE="1").stdout
    plain = re.sub(r"\x1b\[[0-9;]*m", "", listed)
    assert max(map(len, plain.splitlines())) <= 40
    first = "".join(line.split("│")[1].strip() for line in plain.splitlines() if line.startswith("│"))
    assert "landfill_exists" in first


@pytest.mark.parametrize("command", [("rules", "show"), ("measures",), ("rules", "test", "--draft")])
def test_a_set_with_nothing_in_force_in_its_first_year_is_shown_for_the_first_that_has_something(
    ntm: Ntm, tiny: Tiny, command: tuple[str, ...]
) -> None:
    for name in (RULES_1, RULES_2, CONDITIONS):
        text = (tiny.folder / name).read_text(encoding="utf-8")
        tiny.write(name, text.replace("years: {from: 2026,", "years: {from: 2027,"))
    done = (
        ntm(*command, "--criteria", tiny.folder) if command[1:] != ("test", "--draft") else ntm(*command, tiny.folder)
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "1.1" in done.stdout
    asked = ntm("rules", "show", "--criteria", tiny.folder, "--as-of", "2026-12-31")
    assert (asked.returncode, asked.stderr.strip()) == (
        2,
        "Không có chỉ tiêu nào của bộ tiêu chí có hiệu lực trong năm 2026; sớm nhất là năm 2027",
    )
