"""The rule author's commands on the second set: each does its work where nothing is as in Lai Châu."""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest

from ntm_rules.rulebook.yaml_reader import read_yaml
from tests.conftest import Ntm
from tests.other_set.conftest import AMENDMENT, DATA, LAW, SET
from tests.other_set.test_commands import LAI_CHAU_WORDS


def told(ntm: Ntm, *arguments: str | Path, status: int = 0) -> dict[str, Any]:
    """What a command prints as JSON."""
    done = ntm(*arguments, "--format", "json")
    assert done.returncode == status, done.stderr or done.stdout
    found: dict[str, Any] = json.loads(done.stdout)
    return found


# --- explain -----------------------------------------------------------------------------------


def test_explain_shows_every_node_of_a_deep_tree_with_its_verdict(ntm: Ntm) -> None:
    explained = told(ntm, "explain", DATA, *LAW, "--commune", "90030", "--indicator", "A-01")
    (indicator,) = explained["indicators"]

    def verdicts(node: dict[str, Any]) -> dict[str, str]:
        found = {node["id"]: node["verdict"]}
        for child in node.get("children", node.get("parts", ())):
            found |= verdicts(child)
        return found

    assert verdicts(indicator["node"]) | {"A-01": indicator["verdict"]} == {
        "A-01": "MET",
        "A-01-rung-hay-ke": "MET",
        "A-01-rung": "NOT_MET",
        "A-01-dien-tich": "NOT_MET",
        "A-01-giu": "MET",
        "A-01-nguoi-giu": "MET",
        "A-01-tau-tuan": "NO_DATA",
        "A-01-ke": "MET",
    }
    assert explained["commune"]["type"] == "dac-khu"


def test_explain_names_the_figures_that_would_settle_an_indicator(ntm: Ntm) -> None:
    explained = told(ntm, "explain", DATA, *LAW, "--commune", "90040", "--indicator", "A-02")
    settling = explained["indicators"][0]["settling"]
    assert [item["kind"] for item in settling["items"]] == ["group"], "the region is what is not known"
    text = ntm("explain", DATA, *LAW, "--commune", "90040", "--indicator", "A-02").stdout
    assert "Đặc khu Đảo Xa (90040)" in text
    assert not LAI_CHAU_WORDS.search(text)


# --- whatif, diff ------------------------------------------------------------------------------


def test_whatif_tells_which_zones_an_amendment_flips_in_both_directions(ntm: Ntm, tmp_path: Path) -> None:
    flips = told(ntm, "whatif", DATA, *LAW, "--overlay", AMENDMENT)
    changed = {(c["commune_code"], c["id"]): (c["before"], c["after"]) for c in flips["changes"]}
    assert {key: verdicts for key, verdicts in changed.items() if key[1] in ("A-02", "B-02", "B-03", "B-04")} == {
        ("90010", "A-02"): ("MET", "NOT_MET"),
        ("90010", "B-02"): ("NOT_MET", "MET"),
        ("90010", "B-04"): ("NO_TARGET", "MET"),
        ("90030", "B-03"): ("MET", "NOT_MET"),
        ("90040", "A-02"): ("NO_DATA", "NOT_MET"),
    }
    assert [(r["commune_code"], r["after"]) for r in flips["regrouped"]] == [("90040", "hai-dao")]
    ntm("whatif", DATA, *LAW, "--overlay", AMENDMENT, "--out", tmp_path)
    (book,) = tmp_path.glob("*.xlsx")
    words = [str(c) for sheet in openpyxl.load_workbook(book) for row in sheet.iter_rows(values_only=True) for c in row]
    assert any("m³/người" in word for word in words)
    assert not [word for word in words if LAI_CHAU_WORDS.search(word)]


def test_diff_tells_what_an_amendment_changes_in_words_and_in_outcome(ntm: Ntm) -> None:
    found = told(ntm, "rules", "diff", "--criteria", SET, "2031-12-31", "2033-01-01", status=1)
    touched = {indicator["id"]: indicator["effect"] for indicator in found["indicators"]}
    assert touched["B-01"] is True, "150 until 2032, 180 from 2033"
    assert "B-04" in touched, "in force from 2032"
    assert "A-02" not in touched


def test_a_change_of_points_is_a_change_without_effect(ntm: Ntm, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(SET, other)
    rules = other / "a-dat-nuoc" / "rules.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("points: 30", "points: 35"), encoding="utf-8")
    found = told(ntm, "rules", "diff", SET, other, "--as-of", "2032-12-31", status=1)
    (indicator,) = found["indicators"]
    assert (indicator["id"], indicator["effect"]) == ("A-01", False)
    assert "35" in ntm("rules", "diff", SET, other, "--as-of", "2032-12-31").stdout


# --- test, schema, book ------------------------------------------------------------------------


def test_the_set_s_own_tests_pass_on_every_engine_here_and_a_wrong_target_fails_them(ntm: Ntm, tmp_path: Path) -> None:
    ran = told(ntm, "rules", "test", SET, "--engine", "all")
    assert ran["passed"] is True
    assert sum(len(tested["tests"]) for tested in ran["sets"]) == 13
    wrong = tmp_path / "criteria" / SET.name
    shutil.copytree(SET, wrong)
    shutil.copy(AMENDMENT, tmp_path)
    rules = wrong / "a-dat-nuoc" / "rules.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("hai-dao: 15.25", "hai-dao: 15"), encoding="utf-8")
    failed = told(ntm, "rules", "test", wrong, status=1)
    names = [test["name"] for tested in failed["sets"] for test in tested["tests"] if not test["passed"]]
    assert names == ["hải đảo 15,2499 m³"]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("set", "criteria-set.yaml"),
        ("agencies", "agencies.yaml"),
        ("measures", "measures.yaml"),
        ("rules", "a-dat-nuoc/rules.yaml"),
        ("rules", "b-kinh-te/rules.yaml"),
        ("tests", "b-kinh-te/tests.yaml"),
        ("overlay", "../../amendment.overlay.yaml"),
    ],
)
def test_every_file_of_the_set_fits_its_schema(ntm: Ntm, kind: str, name: str) -> None:
    schema = json.loads(ntm("rules", "schema", "--kind", kind).stdout)
    written = json.loads(json.dumps(read_yaml(SET / name).data, default=str))
    validator = jsonschema.validators.validator_for(schema)
    numbers = validator.TYPE_CHECKER.redefine("number", lambda _checker, value: _is_number(value))
    errors = list(jsonschema.validators.extend(validator, type_checker=numbers)(schema).iter_errors(_numbers(written)))
    assert errors == []


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _numbers(value: Any) -> Any:
    """JSON has no decimals of its own: what reads as one was one in the YAML."""
    if isinstance(value, dict):
        return {key: _numbers(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_numbers(inner) for inner in value]
    return float(value) if isinstance(value, str) and re.fullmatch(r"-?\d+\.\d+", value) else value


def test_the_book_is_of_this_set_alone(ntm: Ntm, tmp_path: Path) -> None:
    done = ntm("rules", "book", *LAW, "--as-of", "2032-12-31", "-o", tmp_path / "sach")
    assert done.returncode == 0, done.stderr
    pages = {path.name: unescape(path.read_text(encoding="utf-8")) for path in (tmp_path / "sach").glob("*.html")}
    assert {"index.html", "chi-tieu-a-01.html", "chi-tieu-b-04.html"} <= set(pages)
    for name, page in pages.items():
        words = re.sub(r"<[^>]*>", " ", page)
        found = re.search(r"Lai Châu|5434|nhom-\d|Nhóm \d|\bDK\.\d|45 chỉ tiêu|10 tiêu chí", words)
        assert found is None, f"{name}: {found}"
    assert "m³/người" in pages["chi-tieu-a-02.html"]
    assert "Vùng cao" in pages["chi-tieu-a-02.html"]


# --- overlay new, overlay fill -----------------------------------------------------------------


def test_an_overlay_is_filled_in_through_a_workbook_with_a_column_for_every_region(ntm: Ntm, tmp_path: Path) -> None:
    form, filled = tmp_path / "moi.xlsx", tmp_path / "moi.overlay.yaml"
    done = ntm("rules", "overlay", "new", *LAW, "-o", form)
    assert (done.returncode, "B-04" in done.stdout) == (0, True), done.stderr
    book = openpyxl.load_workbook(form)
    entries = {"number": "12/QĐ", "date": "01/02/2032", "issuer": "Bộ", "title": "Quy chế", "from": "01/01/2032"}
    targets = {"group:vung-cao": 1, "group:vung-thap": 2, "group:hai-dao": "2,5", "article": "Điều 4"}
    for sheet in book:
        for row in sheet.iter_rows():
            field = str(row[-1].value or "").removeprefix("ntm:")
            if field in entries:
                row[1].value = entries[field]
            if row[0].value == "B-04":
                marks = {str(cell.value).removeprefix("ntm:"): cell.column for cell in sheet[row[0].row - 1]}
                for mark, value in targets.items():
                    sheet.cell(row[0].row, marks[mark]).value = value
    book.save(form)
    done = ntm("rules", "overlay", "fill", form, *LAW, "-o", filled)
    assert done.returncode == 0, done.stdout + done.stderr
    shown = told(ntm, "rules", "show", "B-04", *LAW, "--overlay", filled, "--as-of", "2032-12-31")
    target = shown["indicator"]["condition"]["target"]
    assert target["by_group"] == {"vung-cao": "1", "vung-thap": "2", "hai-dao": "2.5"}
    assert (target["source"]["document"], target["source"]["place"]) == ("12/QĐ", "Điều 4")


# --- check -------------------------------------------------------------------------------------


def found(ntm: Ntm, *arguments: str | Path, status: int = 0) -> list[tuple[str, str, int]]:
    """What `ntm rules check` finds: file, code, line."""
    done = ntm("rules", "check", *arguments, "--as-of", "2032-12-31", "--format", "sarif")
    assert done.returncode == status, done.stdout + done.stderr
    (run,) = json.loads(done.stdout)["runs"]
    places = [(result, result["locations"][0]["physicalLocation"]) for result in run["results"]]
    return [
        (Path(place["artifactLocation"]["uri"]).name, result["ruleId"], place["region"]["startLine"])
        for result, place in places
    ]


def test_the_set_has_no_errors_and_a_wrong_direction_is_found(ntm: Ntm, tmp_path: Path) -> None:
    sound = found(ntm, SET)
    assert {code for _file, code, _line in sound} == {"NTM067", "NTM073"}, "0 ha is always met; one part alone"
    other = tmp_path / "criteria" / SET.name
    shutil.copytree(SET, other)
    shutil.copy(AMENDMENT, tmp_path)
    rules = other / "b-kinh-te" / "rules.yaml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("at_most: 7.125", "at_least: 7.125"), encoding="utf-8")
    line = text[: text.index("at_most: 7.125")].count("\n") + 1
    wrong = found(ntm, other, "--strict", status=1)
    new = {finding for finding in wrong if finding not in sound}
    assert new == {("rules.yaml", "NTM055", line), ("rules.yaml", "NTM064", line)}, "against the words and the sense"


def test_the_amendment_is_found_to_loosen_a_number(ntm: Ntm) -> None:
    codes = {code for _file, code, _line in found(ntm, AMENDMENT, "--criteria", SET)}
    assert "NTM110" in codes
