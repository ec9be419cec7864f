"""`ntm rules check`: what it checks, what it prints, how it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path

import pytest
import yaml

from ntm_rules.i18n import Message
from ntm_rules.workbench.checks.core.registry import all_checks
from tests.conftest import ILLUSTRATIVE, ROOT, Ntm
from tests.workbench.checks.clean import AS_OF, HEADER, OVERLAY_FILE, RULES_1, Checked, clean

DAY = ("--as-of", AS_OF.isoformat())


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checked:
    """The clean set in a folder with spaces and diacritics, in the current folder."""
    monkeypatch.chdir(tmp_path)
    return clean(Path("bộ tiêu chí"))


def test_a_clean_set_ends_well(ntm: Ntm, checked: Checked) -> None:
    done = ntm("rules", "check", checked.folder, *DAY, "--strict")
    assert (done.returncode, done.stdout, done.stderr) == (0, "tiny: không thấy lỗi nào.\n", "")


def test_a_finding_names_file_line_key_what_is_wrong_and_how_to_mend_it(ntm: Ntm, checked: Checked) -> None:
    line = checked.change(RULES_1, "at_least: 80", "at_least: 85")
    done = ntm("rules", "check", checked.folder, *DAY, "--select", "NTM053", "--lang", "en")
    assert done.returncode == 1
    assert f"bộ tiêu chí/{RULES_1}\n  NTM053 error  line {line}, [1].all[2].at_least\n" in done.stdout
    assert "A number that the source does not state: the text states no 85: “đường đạt chuẩn ≥ 80%”" in done.stdout
    assert "How to mend it: Write the number the text states" in done.stdout
    assert done.stdout.endswith("tiny: 1 errors, 0 warnings, 0 notes.\n")


def test_warnings_fail_only_when_strict_and_notes_never(ntm: Ntm, checked: Checked) -> None:
    checked.change(RULES_1, "id: 1.1.b", "id: 1.1.d")
    target = ("rules", "check", checked.folder, *DAY, "--select", "NTM031")
    assert [ntm(*target).returncode, ntm(*target, "--strict").returncode] == [0, 1]
    note = ("rules", "check", ILLUSTRATIVE, *DAY, "--strict")
    done = ntm(*note, "--format", "json")
    assert (done.returncode, json.loads(done.stdout)["summary"]) == (0, {"error": 0, "warning": 0, "note": 1})


def test_checks_can_be_chosen_and_left_out_by_code(ntm: Ntm, checked: Checked) -> None:
    checked.change(RULES_1, "at_least: 80", "at_most: 80")
    codes = {
        option: re.findall(r"NTM\d{3}", ntm("rules", "check", checked.folder, *DAY, *option).stdout)
        for option in (
            (),
            ("--select", "ntm064"),
            ("--ignore", "NTM064"),
            ("--select", "NTM055,NTM064", "--ignore", "NTM055"),
        )
    }
    assert list(codes.values()) == [["NTM055", "NTM064"], ["NTM064"], ["NTM055"], ["NTM064"]]


def test_a_file_of_a_set_stands_for_its_set_once(ntm: Ntm, checked: Checked) -> None:
    checked.change(RULES_1, "at_least: 80", "at_least: 85")
    files = [checked.folder / name for name in (HEADER, RULES_1, "communes.csv")]
    done = ntm("rules", "check", *files, *DAY, "--format", "json")
    assert [report["name"] for report in json.loads(done.stdout)["reports"]] == ["tiny"]


def test_an_overlay_is_checked_against_its_set_among_those_given(ntm: Ntm, checked: Checked) -> None:
    checked.overlay_report()
    overlay = checked.folder / OVERLAY_FILE
    alone = ntm("rules", "check", overlay, *DAY, "--lang", "en")
    assert (alone.returncode, "no set tiny that can be read is at hand" in alone.stdout) == (1, True)
    assert "Not run: NTM062" in alone.stdout
    beside = ntm("rules", "check", overlay, checked.folder, *DAY, "--strict")
    given = ntm("rules", "check", overlay, "--criteria", checked.folder, *DAY, "--strict")
    assert (beside.returncode, given.returncode) == (0, 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["khong-co"], "khong-co"),
        (["--select", "NTM54"], "NTM054"),
        (["--ignore", "E501"], "E501"),
        (["--explain", "NTM999"], "NTM999"),
        (["--format", "xml"], "text, json, sarif, github"),
        (["--as-of", "hôm qua"], "hôm qua"),
    ],
)
def test_what_cannot_be_run_ends_with_2_and_says_why(ntm: Ntm, arguments: list[str], said: str) -> None:
    done = ntm("rules", "check", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_set_that_cannot_be_read_is_a_finding_and_says_what_was_not_run(ntm: Ntm, checked: Checked) -> None:
    checked.change(RULES_1, "text:", "text: [")
    done = ntm("rules", "check", checked.folder, *DAY, "--lang", "en")
    assert done.returncode == 1
    assert "NTM001 error" in done.stdout
    assert re.search(r"Not run: NTM031, .*: 01/rules.yaml cannot be read whole", done.stdout)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_code_explains_itself_in_either_language(ntm: Ntm, language: str) -> None:
    check = all_checks()["NTM054"]
    said = " ".join(ntm("rules", "check", "--explain", "ntm054", "--lang", language).stdout.split())
    for sentence in (check.title, check.why, check.mend):
        assert Message(sentence).render(language) in said
    assert said.endswith({"vi": "# ntm: ignore NTM054 và lý do", "en": "# ntm: ignore NTM054 and the reason"}[language])


def test_a_code_of_reading_says_that_it_cannot_be_ignored(ntm: Ntm) -> None:
    assert ntm("rules", "check", "--explain", "NTM001").stdout.endswith("Không bỏ qua được.\n")


def test_the_list_names_every_code_with_its_title(ntm: Ntm) -> None:
    listed = ntm("rules", "check", "--list", "--lang", "en").stdout.splitlines()
    assert [line[:6] for line in listed] == list(all_checks())
    assert all(line.endswith(check.title) for line, check in zip(listed, all_checks().values(), strict=True))
    as_json = json.loads(ntm("rules", "check", "--list", "--format", "json").stdout)
    assert [entry["code"] for entry in as_json] == list(all_checks())


def test_json_says_everything_of_a_finding(ntm: Ntm, checked: Checked) -> None:
    line = checked.change(RULES_1, "at_least: 80", "at_least: 85")
    done = ntm("rules", "check", checked.folder, *DAY, "--select", "NTM053", "--format", "json", "--lang", "en")
    assert json.loads(done.stdout) == {
        "format": 1,
        "as_of": "2026-06-30",
        "reports": [
            {
                "name": "tiny",
                "findings": [
                    {
                        "code": "NTM053",
                        "severity": "error",
                        "file": f"bộ tiêu chí/{RULES_1}",
                        "line": line,
                        "key": "[1].all[2].at_least",
                        "title": "A number that the source does not state",
                        "message": "the text states no 85: “đường đạt chuẩn ≥ 80%”",
                        "mend": all_checks()["NTM053"].mend,
                    }
                ],
                "ignored": 0,
                "not_run": {},
            }
        ],
        "summary": {"error": 1, "warning": 0, "note": 0},
    }


def test_sarif_holds_by_the_rules_of_its_specification(ntm: Ntm, checked: Checked) -> None:
    """The properties that SARIF 2.1.0 requires of what is written here, and how they must agree."""
    line = checked.change(RULES_1, "at_least: 80", "at_least: 85")
    checked.change("02/rules.yaml", "text:", "text: [")
    log = json.loads(ntm("rules", "check", checked.folder, *DAY, "--format", "sarif").stdout)
    assert (set(log), log["version"]) == ({"$schema", "version", "runs"}, "2.1.0")
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "ntm rules check"
    assert [rule["id"] for rule in rules] == list(all_checks())
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    assert {result["ruleId"] for result in run["results"]} == {"NTM001", "NTM053", "NTM054"}
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"]
        [location] = result["locations"]
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[A-Za-z0-9%._~/-]+", uri)
        assert not uri.startswith("/")
        assert location["physicalLocation"]["region"]["startLine"] >= 1
    [number] = [result for result in run["results"] if result["ruleId"] == "NTM053"]
    assert number["locations"][0] == {
        "physicalLocation": {
            "artifactLocation": {"uri": "b%E1%BB%99%20ti%C3%AAu%20ch%C3%AD/01/rules.yaml"},
            "region": {"startLine": line},
        },
        "logicalLocations": [{"fullyQualifiedName": "[1].all[2].at_least"}],
    }
    [invocation] = run["invocations"]
    assert invocation["executionSuccessful"] is True
    for notification in invocation["toolExecutionNotifications"]:
        rule = notification["associatedRule"]
        assert rules[rule["index"]]["id"] == rule["id"]
        assert notification["message"]["text"]


def test_github_commands_are_escaped(ntm: Ntm, checked: Checked) -> None:
    checked.folder.rename("a,b:c%")
    moved = Checked(Path("a,b:c%"))
    line = moved.change(RULES_1, "at_least: 80", "at_least: 85")
    done = ntm("rules", "check", moved.folder, *DAY, "--select", "NTM053", "--format", "github", "--lang", "en")
    [command] = done.stdout.splitlines()
    assert command.startswith(
        f"::error file=a%2Cb%3Ac%25/01/rules.yaml,line={line},title=NTM053 A number that the source does not state::"
        "[1].all[2].at_least: the text states no 85: “đường đạt chuẩn ≥ 80%25”. "
    )


def test_the_hook_for_other_repositories_names_a_command_that_exists(ntm: Ntm) -> None:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (hook["id"], hook["entry"], hook["language"]) == ("ntm-rules-check", "ntm rules check", "python")
    assert hook["require_serial"] is True
    ours = ["criteria/x/criteria-set.yaml", "x/01/rules.yaml", "tests.yaml", "samples/a.overlay.yaml", "x/communes.csv"]
    assert all(re.search(hook["files"], name) for name in ours)
    assert not re.search(hook["files"], "docs/rules.md")
    local = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert "ntm-rules-check" in [h["id"] for repo in local["repos"] for h in repo["hooks"]]


def test_without_arguments_every_set_at_hand_is_checked(ntm: Ntm) -> None:
    done = ntm("rules", "check", "--as-of", "2026-07-31", "--format", "json")
    document = json.loads(done.stdout)
    assert [report["name"] for report in document["reports"]] == ["lai-chau-2026-2030"]
    assert (done.returncode, document["summary"]) == (0, {"error": 0, "warning": 0, "note": 0})


def test_it_works_from_a_copy_of_a_set_far_from_the_repository(ntm: Ntm, tmp_path: Path) -> None:
    copy = tmp_path / "xa" / "bo"
    shutil.copytree(ROOT / "criteria" / "lai-chau-2026-2030", copy)
    done = ntm("rules", "check", copy, "--as-of", "2026-08-01", "--format", "json")
    assert json.loads(done.stdout)["summary"] == {"error": 0, "warning": 1, "note": 0}


@pytest.mark.parametrize("format_", ["text", "json", "sarif", "github"])
@pytest.mark.parametrize("encoding", ["utf-16", "cp1258"])
def test_an_overlay_in_another_encoding_is_a_finding_in_every_format(
    ntm: Ntm, checked: Checked, encoding: str, format_: str
) -> None:
    path = checked.folder.parent / "khac.overlay.yaml"
    path.write_bytes("id: ngă\napplies_to: tiny\n".encode(encoding))
    done = ntm("rules", "check", path, "--criteria", checked.folder, *DAY, "--format", format_)
    assert (done.returncode, done.stderr) == (1, "")
    assert "NTM001" in done.stdout
    assert "tệp không phải văn bản UTF-8" in done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a file's name be any bytes")
@pytest.mark.parametrize("format_", ["text", "json", "sarif", "github"])
def test_a_file_name_that_is_not_utf8_is_told_in_every_format(ntm_process: Ntm, checked: Checked, format_: str) -> None:
    path = Path(os.fsdecode(os.fsencode(checked.folder.parent / "x") + b"\xff.overlay.yaml"))
    path.write_text("id: a\n", encoding="utf-8")
    done = ntm_process("rules", "check", path, "--criteria", checked.folder, *DAY, "--format", format_)
    assert (done.returncode, done.stderr) == (1, "")
    assert "NTM" in done.stdout
    if format_ == "sarif":
        found = json.loads(done.stdout)["runs"][0]["results"]
        places = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in found}
        assert {place.rpartition("/")[2] for place in places} == {"x%FF.overlay.yaml"}


@pytest.mark.parametrize("command", [("check",), ("show", "--criteria"), ("test",)])
def test_a_file_named_with_a_nul_is_told_with_the_character(
    ntm: Ntm, checked: Checked, command: tuple[str, ...]
) -> None:
    checked.change(HEADER, "01/rules.yaml", '"01/\\0.yaml"')
    done = ntm("rules", *command, checked.folder)
    assert done.returncode in (1, 2)
    assert "ký tự \\x00 không nhìn thấy được" in " ".join((done.stdout + done.stderr).split())


@pytest.mark.parametrize("name", ['""', "'.'", "./", "../tiny/x/rules.yaml", "/etc/rules.yaml", "C:/rules.yaml"])
@pytest.mark.parametrize("command", [("check",), ("show", "--criteria"), ("test",)])
def test_rules_in_no_file_or_outside_the_set_are_told(
    ntm: Ntm, checked: Checked, command: tuple[str, ...], name: str
) -> None:
    checked.change(HEADER, "01/rules.yaml", name)
    done = ntm("rules", *command, checked.folder)
    assert done.returncode in (1, 2)
    said = " ".join((done.stdout + done.stderr).split())
    assert "không phải tên một tệp của bộ tiêu chí" in said or "nằm ngoài thư mục của bộ tiêu chí" in said


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes by name are of Unix")
@pytest.mark.parametrize("command", [("check",), ("show", "--criteria"), ("test",)])
def test_rules_that_are_a_pipe_do_not_keep_anyone_waiting(ntm: Ntm, checked: Checked, command: tuple[str, ...]) -> None:
    (checked.folder / RULES_1).unlink()
    os.mkfifo(checked.folder / RULES_1)
    done = ntm("rules", *command, checked.folder)
    assert done.returncode in (1, 2)
    assert "không đọc được tệp (không phải là tệp thông thường)" in re.sub(r"\s+", " ", done.stdout + done.stderr)
