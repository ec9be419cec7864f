"""`ntm explain`: which commune, which indicator, which data, which engine; text and JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from ntm_rules.report.explanation.as_json import schema
from ntm_rules.rulebook.loader import find_set, load_set
from ntm_rules.wording.communes import full_name
from tests.conftest import ILLUSTRATIVE, ROOT, SAMPLE, SAMPLES, Ntm

BINH_LU = SAMPLE / "03390-binh-lu.xlsx"
KHUN_HA = SAMPLE / "03430-khun-ha.xlsx"
LONG = SAMPLES / "lai-chau-2026.csv"
WASTE = ("--commune", "03430", "--indicator", "8.1")


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("data", [[KHUN_HA], [KHUN_HA, BINH_LU], [LONG]])
def test_any_input_of_a_batch_can_be_explained(ntm: Ntm, data: list[Path]) -> None:
    run = ntm("explain", *data, *WASTE)
    assert run.returncode == 0, "the planted mistake of this commune touches another indicator"
    assert "GIẢI TRÌNH KẾT QUẢ CHỈ TIÊU 8.1" in run.stdout
    assert "còn thiếu 30,37 điểm %, tức 378,071 tấn." in run.stdout


def test_a_paragraph_stays_on_one_line_when_it_is_piped(ntm: Ntm) -> None:
    run = ntm("explain", KHUN_HA, *WASTE, COLUMNS="40")
    assert "8.1: CHƯA ĐẠT, vì có nội dung chưa đạt. Nội dung quyết định kết quả: 8.1.a, 8.1.b." in run.stdout


def test_problems_that_touch_the_figures_are_shown_and_end_with_3(ntm: Ntm) -> None:
    run = ntm("explain", KHUN_HA, "--commune", "03430", "--indicator", "6.2")
    assert run.returncode == 3
    assert "Vấn đề về số liệu liên quan" in run.stdout
    assert "ô E79" in run.stdout


def test_the_json_is_nothing_but_valid_json(ntm: Ntm) -> None:
    for arguments in (
        (KHUN_HA, *WASTE),
        (KHUN_HA, "--commune", "03430", "--indicator", "6.2"),
        (BINH_LU, "--commune", "03390", "--indicator", "6", "--overlay", ILLUSTRATIVE),
        (BINH_LU, "--commune", "03390", "--indicator", "DK.2"),
    ):
        run = ntm("explain", *arguments, "--format", "json")
        found = json.loads(run.stdout)
        jsonschema.validate(found, schema(), cls=jsonschema.Draft202012Validator)
        assert found["asked"] == arguments[arguments.index("--indicator") + 1]
        assert found["data"]["inputs"][0]["name"] == arguments[0].name  # type: ignore[union-attr]
        assert run.stderr == ""


def test_the_json_is_the_same_in_either_language(ntm: Ntm) -> None:
    runs = [ntm("explain", KHUN_HA, *WASTE, "--format", "json", "--lang", lang).stdout for lang in ("vi", "en")]
    assert runs[0] == runs[1]


def test_the_dates_and_the_overlay_stand_in_the_json(ntm: Ntm) -> None:
    dates = ("--as-of", "2026-11-30", "--known-on", "01/9/2026")
    run = ntm("explain", KHUN_HA, *WASTE, *dates, "--overlay", ILLUSTRATIVE, "--format", "json")
    law = json.loads(run.stdout)["set"]
    assert (law["as_of"], law["known_on"], law["overlays"]) == ("2026-11-30", "2026-09-01", ["minh-hoa"])
    assert law["illustrative"] is True
    assert law["overlay_files"][0]["name"] == ILLUSTRATIVE.name


@pytest.mark.parametrize("name", ["03390", "3390", "Bình Lư", "xã bình lư", " Bình  Lư "])
def test_a_commune_is_named_by_code_or_by_name(ntm: Ntm, name: str) -> None:
    run = ntm("explain", BINH_LU, "--commune", name, "--indicator", "2.3")
    assert "Xã Bình Lư (03390)" in run.stdout


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Bình Lưu", "Có phải ý bạn là “03390 Bình Lư”?"),
        ("03391", "Có phải ý bạn là “03390 Bình Lư”?"),
    ],
)
def test_an_unknown_commune_offers_the_nearest_and_is_not_guessed(ntm: Ntm, name: str, said: str) -> None:
    run = ntm("explain", BINH_LU, "--commune", name, "--indicator", "2.3")
    assert (run.returncode, run.stdout) == (2, "")
    assert f"Không có xã {name} trong danh mục xã" in run.stderr
    assert said in run.stderr


def test_what_the_data_does_not_hold_is_said(ntm: Ntm, tmp_path: Path) -> None:
    other = ntm("explain", BINH_LU, *WASTE)
    assert (other.returncode, other.stderr.strip()) == (2, "Không có số liệu của 03430 Khun Há trong dữ liệu này")
    year = ntm("explain", KHUN_HA, *WASTE, "--year", "2027")
    assert (year.returncode, year.stdout) == (2, "")
    assert "Không có số liệu của 03430 Khun Há năm 2027; có số liệu năm 2026." in year.stderr
    outside = ntm("explain", KHUN_HA, *WASTE, "--year", "2031")
    assert "Bộ tiêu chí áp dụng từ 2026 đến 2030" in outside.stderr
    (tmp_path / "hong.xlsx").write_bytes(b"PK\x03\x04broken")
    broken = ntm("explain", tmp_path, *WASTE, "--format", "json")
    assert (broken.returncode, broken.stdout) == (2, "")
    assert "hong.xlsx" in broken.stderr
    missing = ntm("explain", "khong-co", *WASTE)
    assert (missing.returncode, missing.stderr.strip()) == (2, "Không có tệp hoặc thư mục khong-co")


def test_of_a_form_of_one_commune_none_need_be_named(ntm: Ntm) -> None:
    named = ntm("explain", BINH_LU, "--commune", "03390", "--indicator", "2.3")
    run = ntm("explain", BINH_LU, "--indicator", "2.3")
    assert (run.returncode, run.stdout) == (named.returncode, named.stdout)


def test_of_data_of_several_communes_one_must_be_named(ntm: Ntm) -> None:
    run = ntm("explain", SAMPLE, "--indicator", "2.3")
    assert run.returncode == 2
    assert "Dữ liệu có 36 xã; hãy chọn một xã bằng --commune: 03390 Bình Lư" in squeezed(run.stderr)


def test_where_nothing_was_read_of_any_commune_the_problems_say_why(ntm: Ntm, tmp_path: Path) -> None:
    (tmp_path / "phieu.xlsx").write_bytes(b"not a workbook")
    run = ntm("explain", tmp_path / "phieu.xlsx", "--indicator", "2.3")
    assert run.returncode == 2
    assert "Không đánh giá được" in run.stderr


def test_an_unknown_indicator_offers_the_nearest(ntm: Ntm) -> None:
    run = ntm("explain", BINH_LU, "--commune", "03390", "--indicator", "DK.11")
    assert run.returncode == 2
    assert "Không có chỉ tiêu DK.11" in run.stderr
    assert "Có phải ý bạn là “DK.1”?" in run.stderr


def test_english_is_complete_beside_vietnamese(ntm: Ntm) -> None:
    said = ntm("explain", KHUN_HA, *WASTE, "--lang", "en").stdout
    assert "Required: 80% or more: not met, short by 30.37 percentage points, in tonnes: 378.071." in said
    assert "8.1: NOT MET, since a part is not met. What decides: 8.1.a, 8.1.b." in said


@pytest.mark.parametrize(
    ("lang", "words"), [("vi", "Mã kết thúc: 0 đã giải trình"), ("en", "Exit status: 0 explained")]
)
def test_the_help_is_enough_to_work_from(ntm_process: Ntm, lang: str, words: str) -> None:
    said = squeezed(ntm_process("explain", "--help", NTM_LANG=lang).stdout)
    for option in ("--commune", "--indicator", "--year", "--overlay", "--as-of", "--known-on", "--engine", "--format"):
        assert option in said
    assert words in said
    assert "ntm explain samples/lai-chau-2026 --commune 03430 --indicator 8.1" in said


# --- engines -----------------------------------------------------------------------------------


def test_an_unknown_engine_is_named_with_those_there_are(ntm: Ntm) -> None:
    for command in (("explain", KHUN_HA, *WASTE), ("assess", KHUN_HA)):
        run = ntm(*command, "--engine", "referenc")
        assert run.returncode == 2
        assert "referenc" in run.stderr
        assert "reference" in run.stderr.replace("referenc”", "")
        assert "Traceback" not in run.stderr


def test_another_engine_explains_alike(ntm: Ntm) -> None:
    runs = [json.loads(ntm("explain", KHUN_HA, *WASTE, "--engine", e, "--format", "json").stdout) for e in ENGINES]
    for found in runs[1:]:
        assert found["indicators"] == runs[0]["indicators"]
        assert found["engine"] != "reference"


ENGINES = ("reference", "columnar")


def test_without_durable_rules_the_command_says_what_to_install(ntm: Ntm, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("durable", "durable_rules_engine"):
        monkeypatch.setitem(sys.modules, module, None)  # importing it fails, as where it is not installed
    for command in (("explain", KHUN_HA, *WASTE), ("assess", KHUN_HA)):
        run = ntm(*command, "--engine", "durable")
        assert run.returncode == 2
        assert "durable" in run.stderr
        assert "Traceback" not in run.stderr


@pytest.mark.usefixtures("durable")
def test_durable_shows_the_rules_that_fired_for_the_indicator(ntm: Ntm) -> None:
    text = ntm("explain", KHUN_HA, *WASTE, "--engine", "durable")
    assert text.returncode == 0
    assert "Các luật đã kích hoạt, theo thứ tự (bộ máy durable)" in text.stdout
    found = json.loads(ntm("explain", KHUN_HA, *WASTE, "--engine", "durable", "--format", "json").stdout)
    jsonschema.validate(found, schema(), cls=jsonschema.Draft202012Validator)
    concluded = [firing["concluded"] for firing in found["trace"]]
    assert {c["id"] for c in concluded} == {"8.1"}
    assert (concluded[-1]["verdict"], concluded[-1]["up_to"]) == ("NOT_MET", None)
    assert ntm("assess", BINH_LU, "--engine", "durable").stdout == ntm("assess", BINH_LU).stdout


def test_explaining_imports_neither_pandas_nor_numpy() -> None:
    code = (
        "import sys\n"
        "from ntm_rules.__main__ import main\n"
        "try:\n    main(['explain', sys.argv[1], '--commune', '03390', '--indicator', '8.1', '--format', 'json'])\n"
        "except SystemExit:\n    pass\n"
        "loaded = {'pandas', 'numpy', 'pyarrow', 'openpyxl', 'jsonschema'} & set(sys.modules)\n"
        "sys.exit(f'imported {loaded}' if loaded else 0)\n"
    )
    run = subprocess.run([sys.executable, "-c", code, str(BINH_LU)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_the_page_names_every_key_of_the_schema() -> None:
    page = (ROOT / "docs" / "explanation-json.md").read_text(encoding="utf-8")

    def keys(part: object) -> set[str]:
        if isinstance(part, list):
            return {key for each in part for key in keys(each)}
        if not isinstance(part, dict):
            return set()
        own = set(part["properties"]) if isinstance(part.get("properties"), dict) else set()
        return own | {key for each in part.values() for key in keys(each)}

    assert sorted(key for key in keys(schema()) if f"`{key}`" not in page) == []


def test_a_ward_is_told_to_lie_outside_the_criteria(ntm: Ntm) -> None:
    ward = next(unit for unit in load_set(find_set()).communes.outside())
    run = ntm("explain", LONG, "--commune", ward.code, "--indicator", "8.1")
    assert run.returncode == 2
    assert squeezed(run.stderr) == (
        f"{full_name(ward)} ({ward.code}) ngoài phạm vi bộ tiêu chí này nên không được đánh giá"
    )


def test_a_loosened_target_is_told_where_it_judges_and_nowhere_else(ntm: Ntm, tmp_path: Path) -> None:
    loose = tmp_path / "noi.yaml"
    loose.write_text(
        "id: noi\napplies_to: lai-chau-2026-2030\ntitle: {vi: Thử, en: Trial}\nillustrative: true\n"
        "promulgated: 2026-06-01\neffective: {from: 2026-06-01}\nset: {8.1.b: 75}\n",
        encoding="utf-8",
    )
    told = "Văn bản noi nới lỏng 8.1.b"
    for asked, is_told in (("8.1", True), ("8.1.b", True), ("8", True), ("8.1.a", False), ("6.2", False), ("6", False)):
        run = ntm("explain", KHUN_HA, "--commune", "03430", "--indicator", asked, "--overlay", loose)
        assert (asked, told in run.stdout) == (asked, is_told)
