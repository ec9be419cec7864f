"""An old appraisal runs again as it stood: `--known-on` with everything that came later lying beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ntm
from tests.rulebook.tiny import FILES, RULES_2, Tiny

K = "2026-09-15"
"""The day of the appraisal."""
DATA = """\
commune_code,commune,year,measure,value
03400,Một,2025,income,50
03400,Một,2026,income,"53,5"
03400,Một,2026,debt,4
03400,Một,2026,roads_share,85
03400,Một,2026,clinics,2
03400,Một,2026,party_grade,Khá
03402,Hai,2025,income,40
03402,Hai,2026,income,41
03402,Hai,2026,debt,9
03402,Hai,2026,roads_share,79
03402,Hai,2026,clinics,2
03402,Hai,2026,party_grade,Tốt
"""
OVERLAY_A = """\
id: qd-a
applies_to: tiny
title: {vi: Quyết định A, en: Decision A}
document: {number: A/QĐ, date: 2026-09-15, issuer: UBND tỉnh, title: {vi: A, en: A}}
promulgated: 2026-09-15
effective: {from: 2026-01-01}
set:
  DK.1: {value: 5, article: Điều 1}
  1.1.c.ii: {standard: in-force}
groups:
  "03402": {group: nhom-2, source: Phụ lục A}
"""
OVERLAY_B = """\
id: qd-b
applies_to: tiny
title: {vi: Quyết định B, en: Decision B}
document: {number: B/QĐ, date: 2026-11-20, issuer: UBND tỉnh, title: {vi: B, en: B}}
promulgated: 2026-11-20
effective: {from: 2026-07-01}
set:
  DK.1: {value: 3, article: Điều 1}
  1.1.b: 90
groups:
  "03402": {group: nhom-1, source: Phụ lục B}
"""
SAME = ("verdicts.csv", "gaps.csv", "summary.csv", "problems.csv")


@pytest.fixture
def place(tmp_path: Path) -> Tiny:
    tiny = Tiny(tmp_path / "set")
    for name, content in FILES.items():
        tiny.write(name, content)
    (tmp_path / "data.csv").write_text(DATA, encoding="utf-8")
    for name, content in (("a.yaml", OVERLAY_A), ("b.yaml", OVERLAY_B)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tiny


def judged(ntm: Ntm, place: Tiny, out: str, *more: str) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The result tables of a run under these further arguments, and its record."""
    home = place.folder.parent
    arguments = [str(home / word) if word.endswith(".yaml") else word for word in more]
    run = ntm("batch", home / "data.csv", "--criteria", place.folder, "--out", home / out, *arguments)
    assert run.returncode == 0, run.stderr
    record = json.loads((home / out / "run.json").read_text(encoding="utf-8"))
    return {name: (home / out / name).read_bytes() for name in SAME}, record["evaluated"][0]


ALL = ("--overlay", "a.yaml", "--overlay", "b.yaml")


def test_an_appraisal_runs_again_byte_for_byte_after_a_retroactive_amendment(ntm: Ntm, place: Tiny) -> None:
    then, old = judged(ntm, place, "then", "--overlay", "a.yaml")
    again, record = judged(ntm, place, "again", *ALL, "--known-on", K)
    assert again == then
    differing = {key for key in old if old[key] != record[key]}
    assert differing == {"known_on", "notices", "standing"}
    days = {found["standing"].pop("overdue_counted_to") for found in (old, record)}
    assert K in days, "overdue is counted to the day of what is known"
    for found in (old, record):
        for document in found["standing"]["awaited"]:
            del document["days_overdue"]
    assert old["standing"] == record["standing"]
    assert record["resolved_sha256"] == old["resolved_sha256"]
    assert record["notices"][0] == "Overlay qd-b, promulgated 20/11/2026, was not known on 15/9/2026 and is left out"


def test_without_the_day_the_amendment_counts(ntm: Ntm, place: Tiny) -> None:
    then, old = judged(ntm, place, "then", "--overlay", "a.yaml")
    today, record = judged(ntm, place, "today", *ALL)
    assert verdict(then, "03400", "DK.1") == ("MET", "5")
    assert verdict(today, "03400", "DK.1") == ("NOT_MET", "3")
    assert verdict(then, "03400", "1.1.b") == ("MET", "80")
    assert verdict(today, "03400", "1.1.b") == ("NOT_MET", "90")
    assert verdict(then, "03402", "1.2") == ("MET", "2"), "group 2 by decision A"
    assert verdict(today, "03402", "1.2") == ("NOT_MET", "3"), "group 1 by decision B"
    assert (old["overlays"], record["overlays"]) == (["qd-a"], ["qd-a", "qd-b"])
    assert record["resolved_sha256"] != old["resolved_sha256"]


def test_the_day_before_the_first_decision_is_the_set_alone(ntm: Ntm, place: Tiny) -> None:
    alone, _ = judged(ntm, place, "alone")
    before, record = judged(ntm, place, "before", *ALL, "--known-on", "14/9/2026")
    assert (before, record["overlays"]) == (alone, [])


def test_a_dated_value_written_into_the_set_later_leaves_an_old_appraisal_as_it_was(ntm: Ntm, place: Tiny) -> None:
    then, old = judged(ntm, place, "then")
    later = "    - {from: 2026-01-01, value: 2, promulgated: 2026-11-01, source: {document: decree}}\n"
    place.change(RULES_2, "    - {from: 2027", f"{later}    - {{from: 2027")
    again, record = judged(ntm, place, "again", "--known-on", K)
    today, _ = judged(ntm, place, "today")
    assert (again, record["resolved_sha256"]) == (then, old["resolved_sha256"])
    assert (verdict(then, "03402", "2.2"), verdict(today, "03402", "2.2")) == (("NOT_MET", "7"), ("MET", "2"))


@pytest.mark.parametrize("day", ["2999-12-31", "31/12/2026"])
def test_a_day_after_everything_is_as_none(ntm: Ntm, place: Tiny, day: str) -> None:
    today, unasked = judged(ntm, place, "today", *ALL)
    later, record = judged(ntm, place, "later", *ALL, "--known-on", day)
    assert (later, record["resolved_sha256"]) == (today, unasked["resolved_sha256"])
    assert record["notices"] == unasked["notices"]


def test_one_commune_and_the_rules_shown_are_those_known_on_the_day(ntm: Ntm, place: Tiny) -> None:
    home = place.folder.parent
    law = ["--criteria", place.folder, "--overlay", home / "a.yaml", "--overlay", home / "b.yaml"]
    asked = ["assess", home / "data.csv", "--commune", "03400", "--explain", "1.1.b", *law]
    assert "từ 90% trở lên" in ntm(*asked).stdout
    then = " ".join(ntm(*asked, "--known-on", K).stdout.split())
    assert "từ 80% trở lên" in then
    assert "qd-b ban hành ngày 20/11/2026, đến ngày 15/9/2026 chưa có nên không áp dụng" in then
    shown = ntm("rules", "show", "DK.1", *law, "--known-on", K, "--format", "json").stdout
    assert json.loads(shown)["indicator"]["condition"]["target"]["value"] == "5"


def test_the_rules_shown_name_what_a_target_replaced_the_latest_first(ntm: Ntm, place: Tiny) -> None:
    home = place.folder.parent
    law = ["--criteria", place.folder, "--overlay", home / "a.yaml", "--overlay", home / "b.yaml"]
    roads = [line.strip() for line in ntm("rules", "show", "1.1", *law).stdout.splitlines()]
    at = roads.index("Tỷ lệ đường đạt chuẩn: ≥ 90%")
    assert roads[at + 2] == "Thay cho: ≥ 80% (1/KH, Phụ lục III, dòng 1.1)"
    debt = [line.strip() for line in ntm("rules", "show", "DK.1", *law).stdout.splitlines()]
    at = debt.index("Nợ đọng: ≤ 3 triệu đồng")
    assert debt[at + 2 : at + 4] == [
        "Thay cho: ≤ 5 triệu đồng (A/QĐ, Điều 1, 15/9/2026)",
        "Thay cho: chưa quy định (Bộ tiêu chí của tỉnh (Sở A tham mưu, hạn 31/7/2026))",
    ]


def test_one_overlay_given_twice_is_refused_and_equal_names_are_recorded_apart(ntm: Ntm, place: Tiny) -> None:
    home = place.folder.parent
    (home / "other").mkdir()
    (home / "other" / "a.yaml").write_text(OVERLAY_B, encoding="utf-8")
    run = ntm("rules", "show", "--criteria", place.folder, "--overlay", home / "a.yaml", "--overlay", home / "a.yaml")
    assert (run.returncode, "Văn bản qd-a được đưa vào hai lần" in run.stderr) == (2, True)
    judged(ntm, place, "out", "--overlay", "a.yaml", "--overlay", "other/a.yaml")
    record = json.loads((home / "out" / "run.json").read_text(encoding="utf-8"))
    assert list(record["overlays"]) == [str(home / "a.yaml"), str(home / "other" / "a.yaml")]


def verdict(tables: dict[str, bytes], commune: str, requirement: str) -> tuple[str, str]:
    """A requirement's verdict and its target."""
    lines = [line.split(",") for line in tables["verdicts.csv"].decode("utf-8-sig").splitlines()]
    header = lines[0]
    (row,) = [
        dict(zip(header, line, strict=False))
        for line in lines
        if line[0] == commune and line[3] == "requirement" and line[4] == requirement
    ]
    return row["verdict"], row["target"]
