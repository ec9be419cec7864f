"""`ntm rules diff A B`: words and effect, for people, programs and the changelog; exit status 0, 1 and 2."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ntm_rules.rulebook.loader import find_set
from tests.conftest import ILLUSTRATIVE, SAMPLES, Ntm

SET = "lai-chau-2026-2030"
DATA = SAMPLES / "lai-chau-2026.csv"
RULES = Path("08-moi-truong") / "rules.yaml"
OLD_WORDS = "chôn lấp trực tiếp ≤ 50% tổng lượng chất thải rắn phát sinh\n      text_en"


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """The set with one target moved by a ten-thousandth and one requirement's words changed."""
    folder = tmp_path / "ban-moi"
    shutil.copytree(find_set(SET), folder)
    text = (folder / RULES).read_text(encoding="utf-8")
    assert "at_least: 80\n" in text
    assert OLD_WORDS in text
    text = text.replace("at_least: 80\n", "at_least: 80.0001\n", 1)
    text = text.replace(OLD_WORDS, OLD_WORDS.replace("tổng lượng", "tổng khối lượng"), 1)
    (folder / RULES).write_text(text, encoding="utf-8")
    return folder


def record(ntm: Ntm, *arguments: str | Path, status: int = 1) -> dict[str, Any]:
    run = ntm("rules", "diff", *arguments, "--format", "json")
    assert run.returncode == status, run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def test_a_set_and_itself_differ_in_nothing(ntm: Ntm) -> None:
    run = ntm("rules", "diff", SET, SET)
    assert run.returncode == 0
    assert "Hai quy định nói như nhau và cho kết quả như nhau." in run.stdout
    found = record(ntm, SET, SET, status=0)
    assert (found["differs"], found["indicators"], found["others"], found["files_that_differ"]) == (False, [], [], [])
    assert found["probes"] == {"judged": 0, "indicators": 0, "same_rule": 48}


def test_old_and_new_stand_side_by_side_with_the_changed_words_marked(ntm: Ntm, edited: Path) -> None:
    run = ntm("rules", "diff", SET, edited)
    assert run.returncode == 1
    assert "lời văn thay đổi, kết quả cũng thay đổi" in run.stdout
    (target,) = (line for line in run.stdout.splitlines() if "Yêu cầu 8.1.b: Mức đạt chuẩn" in line)
    assert "≥ [-80-]%" in target
    assert "≥ {+80,0001+}%" in target
    assert "{+khối+} lượng" in run.stdout
    assert "Đạt → Chưa đạt:" in run.stdout
    assert "từ 01/01/2026 đến 31/12/2030" in run.stdout
    assert "800000/1000000" in run.stdout, "the example is a figure that both targets judge differently"
    assert "47 chỉ tiêu còn lại giống hệt nhau ở hai bên" in run.stdout


def test_for_programs_the_difference_is_whole(ntm: Ntm, edited: Path) -> None:
    found = record(ntm, SET, edited)
    (changed,) = found["indicators"]
    assert (changed["id"], changed["nature"], changed["wording"], changed["effect"]) == (
        "8.1",
        "wording_and_effect",
        True,
        True,
    )
    assert [(w["id"], w["field"]) for w in changed["words"]] == [("8.1.b", "target"), ("8.1.c", "text")]
    (effect,) = changed["effects"]
    assert effect["days_before"] == effect["days_after"] == ["2026-01-01", "2030-12-31"]
    assert {(t["before"], t["after"]) for t in effect["turns"]} == {("MET", "NOT_MET"), ("NO_DATA", "NOT_MET")}
    assert effect["requirements"] == ["8.1.b"]
    assert found["probes"]["judged"] == effect["probes"] == changed["probes"] > 0
    assert found["files_that_differ"] == ["08-moi-truong/rules.yaml"]
    assert found["data"] is None


def test_an_entry_for_the_changelog_in_both_languages_or_the_one_chosen(ntm: Ntm, edited: Path) -> None:
    both = ntm("rules", "diff", SET, edited, "--format", "markdown")
    assert both.returncode == 1
    heads = [line for line in both.stdout.splitlines() if line.startswith("### ")]
    assert heads == [
        f"### Quy định: `{SET}`, phiên bản 2026.1, chỉ tiêu 8.1, từ 01/01/2026 đến 31/12/2030",
        f"### Rules: `{SET}`, version 2026.1, indicators 8.1, from 01/01/2026 to 31/12/2030",
    ]
    assert "  - Tác động, từ 01/01/2026 đến 31/12/2030: " in both.stdout
    english = ntm("rules", "diff", SET, edited, "--format", "markdown", "--lang", "en")
    assert "### Quy định" not in english.stdout
    assert "- **8.1**: the law's words change, and so do verdicts.\n" in english.stdout
    assert "  - Requirement 8.1.b. Target: ≥ 80% → ≥ 80.0001%\n" in english.stdout
    assert "**khối** lượng" in english.stdout
    assert "  - Effect, from 01/01/2026 to 31/12/2030: the verdict differs in" in english.stdout


@pytest.mark.long
def test_what_it_does_to_figures_is_told_as_by_what_if(ntm: Ntm, edited: Path) -> None:
    run = ntm("rules", "diff", SET, edited, "--data", DATA)
    assert run.returncode == 1
    assert "Có kết quả thay đổi ở 1/36 xã." in run.stdout
    found = record(ntm, SET, edited, "--data", DATA)
    assert [c["commune"] for c in found["data"]["communes"]] == ["Mường Than"]
    entry = ntm("rules", "diff", SET, edited, "--data", DATA, "--format", "markdown", "--lang", "en").stdout
    assert "In the figures given, 36 communes: 1 fall, 0 newly fail, 0 rise, 0 change otherwise." in entry


@pytest.mark.long
def test_an_overlay_is_laid_on_the_set_and_its_invented_targets_are_said(ntm: Ntm) -> None:
    run = ntm("rules", "diff", SET, ILLUSTRATIVE)
    assert run.returncode == 1
    assert "MINH HỌA - KHÔNG PHẢI QUY ĐỊNH" in run.stdout
    assert "đổi kết quả mà không đổi lời văn" in run.stdout
    found = record(ntm, SET, ILLUSTRATIVE)
    assert found["illustrative"] is True
    assert {i["nature"] for i in found["indicators"]} == {"effect_only"}
    assert [i["id"] for i in found["indicators"]][:3] == ["1", "2.1", "2.2"]
    moved = [o["id"] for o in found["others"] if (o["kind"], o["field"]) == ("commune", "group")]
    assert moved == ["03390", "03595", "03598", "03618"]
    entry = ntm("rules", "diff", SET, ILLUSTRATIVE, "--format", "markdown").stdout
    assert "**MINH HỌA - KHÔNG PHẢI QUY ĐỊNH" in entry
    assert "**ILLUSTRATIVE - NOT LAW" in entry


@pytest.mark.long
def test_an_overlay_that_loosens_a_stated_number_is_told(ntm: Ntm, tmp_path: Path) -> None:
    loose = tmp_path / "noi.yaml"
    loose.write_text(
        f"id: noi\napplies_to: {SET}\ntitle: {{vi: Thử, en: Trial}}\nillustrative: true\npromulgated: 2026-06-01\n"
        "effective: {from: 2027-01-01, to: 2028-12-31}\nset: {8.1.b: 75}\n",
        encoding="utf-8",
    )
    told = "Văn bản noi nới lỏng 8.1.b: từ ≥ 80 thành ≥ 75"
    run = ntm("rules", "diff", SET, loose)
    assert run.stdout.count(told) == 1
    assert "không có hiệu lực" not in run.stdout, "the days say so already"
    assert told in ntm("rules", "diff", SET, loose, "--format", "markdown").stdout
    assert record(ntm, SET, loose)["notices"] == ["Overlay noi loosens 8.1.b: from ≥ 80 to ≥ 75"]
    assert record(ntm, loose, SET)["notices"] == []


@pytest.mark.long
def test_two_days_and_one_day_alone(ntm: Ntm, tmp_path: Path) -> None:
    later = tmp_path / "sau.yaml"
    later.write_text(
        f"id: sau\napplies_to: {SET}\ntitle: {{vi: Thử, en: Trial}}\nillustrative: true\npromulgated: 2026-06-01\n"
        "effective: {from: 2027-01-01}\nset: {8.1.b: 85}\n",
        encoding="utf-8",
    )
    found = record(ntm, "2026-12-31", "01/01/2027", "--overlay", later)
    assert [i["id"] for i in found["indicators"]] == ["8.1"]
    assert [law["days_before"] + law["days_after"] for law in found["laws"]] == [
        ["2026-12-31", "2026-12-31", "2027-01-01", "2027-01-01"]
    ]
    assert record(ntm, SET, later, "--as-of", "2026-12-31", status=0)["differs"] is False
    (effect,) = record(ntm, SET, later)["indicators"][0]["effects"]
    assert effect["days_after"] == ["2027-01-01", "2030-12-31"]
    assert record(ntm, SET, later, "--known-on", "2026-05-31", status=0)["differs"] is False


def test_a_revision_of_the_repository_that_holds_the_set(ntm: Ntm, edited: Path) -> None:
    def git(*arguments: str) -> None:
        own = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", "-C", str(edited), *own, *arguments], check=True, capture_output=True)

    git("init", "-q")
    git("add", "-A")
    git("commit", "-q", "-m", "Bản đầu")
    text = (edited / RULES).read_text(encoding="utf-8")
    (edited / RULES).write_text(text.replace("at_least: 80.0001\n", "at_least: 80\n"), encoding="utf-8")
    run = ntm("rules", "diff", "git:HEAD", edited, "--criteria", edited, "--lang", "en")
    assert run.returncode == 1
    assert run.stdout.startswith("A: git:HEAD (")
    assert "a change of effect without wording" in run.stdout
    assert ntm("rules", "diff", "HEAD", "git:HEAD", "--criteria", edited).returncode == 0


REFUSED = [
    (("khong-co", SET), "«khong-co» không phải mã hay thư mục của bộ tiêu chí"),
    ((SET, "git:khong-co-dau"), "khong-co-dau"),
    ((SET, SET, "--as-of", "2035-01-01"), "01/01/2035"),
    ((SET, SET, "--as-of", "mai"), "--as-of"),
    ((SET, SET, "--format", "xml"), "text, json, markdown"),
    ((SET, SET, "--data", "khong-co.csv"), "khong-co.csv"),
    ((SET, SET, "--overlay", "khong-co.yaml"), "khong-co.yaml"),
    ((SET,), "B"),
]


@pytest.mark.parametrize(("arguments", "words"), REFUSED, ids=[" ".join(r[0]) for r in REFUSED])
def test_what_cannot_be_compared_is_refused_with_status_2(ntm: Ntm, arguments: tuple[str, ...], words: str) -> None:
    run = ntm("rules", "diff", *arguments)
    assert run.returncode == 2
    assert words in run.stderr
    assert "Traceback" not in run.stderr
