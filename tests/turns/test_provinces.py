"""Several provinces under one national set: each province's decisions hold for its own communes."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from typer.main import get_command

from ntm_rules.cli.app import app
from ntm_rules.errors import NtmError
from ntm_rules.rulebook.loader import load_overlay, load_set
from ntm_rules.rulebook.provinces import province_of
from tests.conftest import Ntm
from tests.turns.conftest import TURNS

NATION = TURNS.with_name("quoc-gia-2026-2030")
BOTH = ("--overlay", NATION / "muc" / "suoi-vang.overlay.yaml", "--overlay", NATION / "muc" / "bien-bac.overlay.yaml")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """In each province a commune with an income of 40 and everything else met; in one of them another without figures."""
    rows = ["commune_code,year,measure,value"]
    for code in ("93010", "94010"):
        rows += [f"{code},2026,c{n}_complies,Có" for n in range(1, 20) if n != 10]
        rows.append(f"{code},2026,income,40")
    rows.append("93020,2026,c1_complies,Không")
    path = tmp_path / "so-lieu.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def summary(folder: Path) -> dict[str, tuple[str, str]]:
    with (folder / "summary.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {row["commune_code"]: (row["province"], row["meets_every_criterion"]) for row in csv.DictReader(stream)}


def test_one_batch_judges_each_province_by_its_own_decisions(ntm: Ntm, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = ntm("batch", data, "--criteria", NATION, *BOTH, "--out", out)
    assert result.returncode in (0, 3), result.stdout + result.stderr
    assert summary(out / "suoi-vang") == {"93010": ("suoi-vang", "MET"), "93020": ("suoi-vang", "NOT_MET")}
    assert summary(out / "bien-bac") == {"94010": ("bien-bac", "NOT_MET")}


def test_a_province_may_be_named_as_it_is_called(ntm: Ntm, data: Path, tmp_path: Path) -> None:
    by_id, by_name = tmp_path / "ma", tmp_path / "ten"
    for out, province in ((by_id, "suoi-vang"), (by_name, "tinh suoi vang")):
        result = ntm("batch", data, "--criteria", NATION, *BOTH, "--province", province, "--out", out)
        assert result.returncode in (0, 3), result.stdout + result.stderr
    assert summary(by_name) == summary(by_id) == {"93010": ("suoi-vang", "MET"), "93020": ("suoi-vang", "NOT_MET")}


def test_a_register_that_names_provinces_is_one_that_gives_their_ids(tmp_path: Path) -> None:
    written = load_set(NATION)
    named = tmp_path / NATION.name
    shutil.copytree(NATION, named)
    register = named / "communes.csv"
    text = register.read_text(encoding="utf-8")
    for one in written.header.provinces:
        text = text.replace(f",{one.id}\n", f",{str(one.name).upper()}\n")
    assert text != register.read_text(encoding="utf-8")
    register.write_text(text, encoding="utf-8")
    assert [*load_set(named).communes] == [*written.communes]


def test_a_name_that_two_provinces_have_is_asked_back_with_their_ids() -> None:
    written = load_set(NATION)
    first, *others = written.header.provinces
    twin = first.model_copy(update={"id": "hai"})
    alike = replace(written, header=written.header.model_copy(update={"provinces": (first, twin, *others)}))
    with pytest.raises(NtmError) as refused:
        province_of(alike, [], str(first.name))
    assert f"hãy ghi mã: {first.id}, hai" in refused.value.messages[0].render("vi")
    assert province_of(alike, [], "hai") == "hai"


def beside(folder: Path) -> dict[str, tuple[str, ...]]:
    with (folder / "provinces.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    keys = ("communes", "reported", "meeting", "band.dat-19", "criteria_met", "criteria_applicable", "owing")
    return {row["province"]: tuple(row[key] for key in keys) for row in rows}


def test_provinces_stand_beside_each_other_each_under_its_own_decisions(ntm: Ntm, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = ntm("batch", data, "--criteria", NATION, *BOTH, "--out", out)
    assert beside(out) == {
        "suoi-vang": ("3", "2", "1", "1", "19", "38", "1"),
        "bien-bac": ("2", "1", "0", "0", "18", "19", "0"),
    }
    assert "Các tỉnh cạnh nhau" in " ".join(result.stdout.split())
    page = (out / "cac-tinh.html").read_text(encoding="utf-8")
    assert page.index("Tỉnh Suối Vàng") < page.index("Tỉnh Biển Bạc")
    from openpyxl import load_workbook

    sheet = load_workbook(out / "cac-tinh.xlsx").worksheets[0]
    assert [row[0] for row in sheet.iter_rows(values_only=True)][-2:] == [
        "Tỉnh Suối Vàng (giả định)",
        "Tỉnh Biển Bạc (giả định)",
    ]
    again = ntm("batch", data, "--criteria", NATION, *BOTH, "--out", out)
    assert again.returncode in (0, 3), again.stdout + again.stderr


def test_judged_together_they_stand_in_the_results_and_on_the_first_page(ntm: Ntm, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ntm("batch", data, "--criteria", NATION, "--out", out)
    assert {province: row[:3] for province, row in beside(out).items()} == {
        "suoi-vang": ("3", "2", "0"),
        "bien-bac": ("2", "1", "0"),
    }
    from openpyxl import load_workbook

    assert "Theo tỉnh" in load_workbook(out / "ket-qua.xlsx").sheetnames
    ntm("report", "html", data, "--criteria", NATION, "--out", tmp_path / "site")
    assert "Các tỉnh cạnh nhau" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    one = tmp_path / "one"
    ntm("batch", data, "--criteria", NATION, "--province", "suoi-vang", "--out", one)
    assert not (one / "provinces.csv").exists()


def test_without_decisions_of_provinces_all_are_judged_together(ntm: Ntm, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = ntm("batch", data, "--criteria", NATION, "--out", out)
    assert result.returncode in (0, 3), result.stdout + result.stderr
    assert summary(out) == {
        "93010": ("suoi-vang", "NO_TARGET"),
        "93020": ("suoi-vang", "NOT_MET"),
        "94010": ("bien-bac", "NO_TARGET"),
    }


def test_a_decision_of_one_province_looks_at_its_communes_alone(ntm: Ntm, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert ntm("batch", data, "--criteria", NATION, *BOTH[:2], "--out", out).returncode in (0, 3)
    assert set(summary(out)) == {"93010", "93020"}
    assert ntm("batch", data, "--criteria", NATION, *BOTH, "--province", "bien-bac", "--out", out / "b").returncode in (
        0,
        3,
    )
    assert set(summary(out / "b")) == {"94010"}
    run = json.loads((out / "b" / "run.json").read_text(encoding="utf-8"))
    assert "muc-suoi-vang" not in json.dumps(run["law"] if "law" in run else run.get("overlays", ""))


def test_its_paper_is_headed_by_it(ntm: Ntm, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "tinh"
    result = ntm("report", "province", data, "--criteria", NATION, *BOTH, "--province", "suoi-vang", "--out", out)
    assert result.returncode in (0, 3), result.stdout + result.stderr
    from docx import Document

    paper = Document(str(out / "bao-cao-tong-hop.docx"))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*cells, *(paragraph.text for paragraph in paper.paragraphs)])
    assert "Suối Vàng" in text
    assert "Cả nước" not in text


def test_a_province_may_have_its_results_summed_up_by_an_agency_of_its_own(
    ntm: Ntm, data: Path, tmp_path: Path
) -> None:
    from docx import Document

    changed = tmp_path / "bo"
    shutil.copytree(NATION, changed)
    header = changed / "criteria-set.yaml"
    own = ", reporting: {by: so-noi-vu-suoi-vang, source: {document: quyet-dinh-1, article: Điều 4}}}"
    text = header.read_text(encoding="utf-8")
    name = "en: Suối Vàng Province (invented)}}"
    assert name in text
    header.write_text(text.replace(name, name[:-1] + own, 1), encoding="utf-8")
    agencies = changed / "agencies.yaml"
    added = "- {id: so-noi-vu-suoi-vang, name: {vi: Sở Nội vụ Suối Vàng (giả định), en: Home Affairs (invented)}}\n"
    agencies.write_text(agencies.read_text(encoding="utf-8") + added, encoding="utf-8")
    heads = {}
    for province in ("suoi-vang", "bien-bac"):
        out = tmp_path / province
        made = ntm("report", "province", data, "--criteria", changed, *BOTH, "--province", province, "--out", out)
        assert made.returncode in (0, 3), made.stdout + made.stderr
        paper = Document(str(out / "bao-cao-tong-hop.docx"))
        heads[province] = "\n".join(cell.text for row in paper.tables[0].rows for cell in row.cells)
    assert "SỞ NỘI VỤ SUỐI VÀNG" in heads["suoi-vang"].upper()
    assert "SUỐI VÀNG" not in heads["bien-bac"].upper()


def test_several_provinces_at_once_are_asked_which(ntm: Ntm, data: Path) -> None:
    result = ntm("assess", data, "--criteria", NATION, *BOTH, "--commune", "93010")
    assert result.returncode == 2
    assert "--province" in " ".join((result.stdout + result.stderr).split())
    judged = ntm("assess", data, "--criteria", NATION, *BOTH, "--commune", "93010", "--province", "suoi-vang")
    assert judged.returncode in (0, 3)
    assert "Đạt chuẩn: Đạt" in " ".join(judged.stdout.split())
    unknown = ntm("assess", data, "--criteria", NATION, "--commune", "93010", "--province", "suoi-vag")
    assert "suoi-vang" in " ".join((unknown.stdout + unknown.stderr).split())


def test_decisions_of_two_provinces_are_checked_and_previewed_beside_each_other(ntm: Ntm, data: Path) -> None:
    files = [path for path in BOTH if path != "--overlay"]
    checked = ntm("rules", "check", *files, "--criteria", NATION)
    assert checked.returncode in (0, 1), checked.stderr
    assert "--province" not in checked.stdout + checked.stderr
    asked = ("whatif", data, "--criteria", NATION, *BOTH)
    assert "--province" in " ".join(ntm(*asked).stderr.split())
    assert ntm(*asked, "--province", "suoi-vang").returncode == 0
    history = ("rules", "history", "10", "--criteria", NATION, *BOTH)
    assert "--province" in " ".join(ntm(*history).stderr.split())
    assert ntm(*history, "--province", "suoi-vang").returncode == 0


def test_a_decision_is_compared_with_the_set_though_the_whole_has_a_standard_of_its_own(ntm: Ntm) -> None:
    overlay = NATION / "muc" / "suoi-vang.overlay.yaml"
    compared = ntm("rules", "diff", NATION, overlay, "--criteria", NATION, "--province", "suoi-vang")
    assert compared.returncode == 1, compared.stderr
    assert "Số phép thử đã xét theo cả hai quy định" in compared.stdout


@pytest.mark.long
def test_tests_are_drafted_for_a_set_that_asks_for_another(ntm: Ntm) -> None:
    drafted = ntm("rules", "test", TURNS.with_name("nang-cao-2026-2030"), "--draft")
    assert "Traceback" not in drafted.stderr
    assert drafted.returncode == 0, drafted.stderr


def test_a_province_that_is_not_named_is_told_in_the_register(ntm: Ntm, tmp_path: Path) -> None:
    changed = tmp_path / "sua"
    shutil.copytree(NATION, changed)
    register = changed / "communes.csv"
    register.write_text(register.read_text(encoding="utf-8").replace(",bien-bac", ",bien-bak", 1), encoding="utf-8")
    result = ntm("rules", "check", changed, "--as-of", "2026-12-31", "--select", "NTM006")
    assert result.returncode == 1
    assert "xã 94010: tỉnh “bien-bak” không có trong `provinces`" in " ".join(result.stdout.split())


# --- one province, of every command --------------------------------------------------------------


def test_every_command_that_reads_law_or_figures_takes_one_province() -> None:
    waiting, without = [("", get_command(app))], []
    while waiting:
        name, command = waiting.pop()
        waiting += [(f"{name} {own}".strip(), one) for own, one in getattr(command, "commands", {}).items()]
        spelt = {option for parameter in command.params for option in parameter.opts}
        if "--criteria" in spelt and "--of-province" not in spelt:
            without.append(name)
    assert without == ["rules check"]  # which looks at every province


def test_listings_and_forms_are_of_the_communes_of_one_province(ntm: Ntm, tmp_path: Path) -> None:
    listed = json.loads(ntm("communes", "--criteria", NATION, "--province", "bien-bac", "--format", "json").stdout)
    assert {commune["code"][:2] for commune in listed["communes"]} == {"94"}
    forms = tmp_path / "phieu"
    asked = ("template", "--criteria", NATION, "--of-province", "bien-bac", "--all", "--year", "2026", "-o", forms)
    result = ntm(*asked)
    assert result.returncode == 0, result.stderr
    assert {path.name[:2] for path in forms.glob("*.xlsx")} == {"94"}
    assert ntm("communes", "--criteria", NATION, "--province", "bien-bak").returncode == 2


def test_a_decision_drafted_for_one_province_names_it_and_its_communes_alone(ntm: Ntm, tmp_path: Path) -> None:
    result = ntm("rules", "overlay", "new", "--criteria", NATION, "--province", "bien-bac")
    assert "\nprovince: bien-bac\n" in result.stdout
    filled = tmp_path / "sua.xlsx"
    own = NATION / "muc" / "bien-bac.overlay.yaml"
    result = ntm("rules", "overlay", "new", "--criteria", NATION, "--from", own, "-o", filled)
    assert result.returncode == 0, result.stderr
    again = tmp_path / "lai.overlay.yaml"
    result = ntm("rules", "overlay", "fill", filled, "--criteria", NATION, "-o", again)
    assert result.returncode == 0, result.stderr
    assert load_overlay(again).province == "bien-bac"


def test_tests_of_rules_are_run_under_the_decisions_of_one_province(ntm: Ntm, tmp_path: Path) -> None:
    tests = tmp_path / "tests.yaml"
    tests.write_text('- {name: bốn mươi, of: "10.1", given: {income: 40}, expect: {verdict: MET}}\n', encoding="utf-8")
    asked = ("rules", "test", tests, "--criteria", NATION, *BOTH, "--engine", "reference")
    assert ntm(*asked, "--province", "suoi-vang").returncode == 0
    assert ntm(*asked, "--province", "bien-bac").returncode == 1
    refused = ntm(*asked)
    assert (refused.returncode, "--province" in refused.stderr) == (2, True)


def test_a_history_by_one_provinces_decision_says_whose_law_it_tells(ntm: Ntm) -> None:
    of_one = ("--criteria", NATION, "--overlay", NATION / "muc" / "bien-bac.overlay.yaml")
    said = "Văn bản muc-bien-bac chỉ áp dụng cho Tỉnh Biển Bạc (giả định): chỉ xét xã của tỉnh này"
    for command in (("history", "10.1"), ("show", "10.1")):
        assert said in " ".join(ntm("rules", *command, *of_one).stdout.split())
