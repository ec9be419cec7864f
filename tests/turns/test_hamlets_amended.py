"""Later decisions and suppositions about what each hamlet must meet: targets, changes, parts added and repealed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ntm_rules.errors import NtmError
from ntm_rules.rulebook.criteria_set import KnownTarget, Requirement, leaves
from ntm_rules.rulebook.loader import load_overlay, load_set
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.workbench.comparing.supposing import suppose
from tests.conftest import Ntm
from tests.turns.test_hamlets import HAMLETS, LONG, data, words

HEAD = """\
id: qd-thon
applies_to: thon-ban-2026-2030
title: {vi: Quyết định sửa đổi (giả định), en: Amending decision (invented)}
document: {number: 9/QĐ-UBND, date: 2026-03-01, issuer: UBND tỉnh Ví Dụ, title: {vi: Quyết định (giả định), en: Decision (invented)}}
promulgated: 2026-03-01
effective: {from: 2026-03-10}
"""
SETS = """\
set:
  1.1.thon: {value: 60, article: Điều 2}
  1.3.thon.b.i: {value: 1, article: Điều 3}
"""
AMENDS = """\
change:
  1.1.thon: {article: Điều 1, more_than: 70}
repeal:
  1.3.thon.b.ii: {article: Điều 2}
add:
  - into: 1.3.thon
    article: Điều 3
    part: {id: 1.3.thon.c, text: có tổ tự quản, text_en: has a group, attested: hamlet_group}
replace:
  1.2.ap: {article: Điều 4, measure: hamlet_halls, at_least: 2}
measures:
  - {id: hamlet_group, per: hamlet, label: {vi: Thôn có tổ tự quản, en: The hamlet has a group}, kind: attestation,
     unit: {vi: Có / Không, en: Yes / No}, evidence: {vi: Danh sách, en: List}}
"""


def overlay(folder: Path, what: str) -> Path:
    path = folder / "qd-thon.overlay.yaml"
    path.write_text(HEAD + what, encoding="utf-8")
    return path


def each(folder: Path, what: str, id_: str) -> list[Requirement]:
    """What each hamlet must meet for a requirement, with a decision laid on."""
    loaded = load_set(HAMLETS)
    laid = load_overlay(overlay(folder, what))
    hamlets = resolve(loaded, as_of=dt.date(2026, 12, 31), overlays=[laid]).requirement_by_id[id_].hamlets
    assert hamlets is not None
    return list(leaves(hamlets.each))


def test_a_decision_sets_what_each_hamlet_must_reach(tmp_path: Path) -> None:
    (paved,) = each(tmp_path, SETS, "1.1")
    assert isinstance(paved.target, KnownTarget)
    assert (paved.target.everywhere, paved.target.provenance.overlay) == (60, "qd-thon")
    targets = {one.id: one.target for one in each(tmp_path, SETS, "1.3")}
    assert isinstance(targets["1.3.thon.b.i"], KnownTarget)


def test_a_decision_changes_replaces_repeals_and_adds_within_it(tmp_path: Path) -> None:
    (paved,), (halls,) = each(tmp_path, AMENDS, "1.1"), each(tmp_path, AMENDS, "1.2")
    assert (paved.comparator.value, paved.target.values()) == ("more_than", (70,))
    assert halls.target.values() == (2,)
    assert [one.id for one in each(tmp_path, AMENDS, "1.3")] == ["1.3.thon.a", "1.3.thon.b.i", "1.3.thon.c"]


def test_a_requirement_that_counts_hamlets_is_not_left_without_what_each_must_meet(tmp_path: Path) -> None:
    with pytest.raises(NtmError, match=r"1\.1 không còn nội dung nào; hãy bãi bỏ chính 1\.1"):
        each(tmp_path, "repeal: {1.1.thon: {article: Điều 1}}\n", "1.1")


def test_a_checker_sees_that_it_changes_something_and_loosens(ntm: Ntm, tmp_path: Path) -> None:
    result = ntm("rules", "check", HAMLETS, overlay(tmp_path, SETS), "--as-of", "2026-12-31")
    assert "NTM111" not in result.stdout
    assert "1.1.thon từ 70 thành 60" in " ".join(result.stdout.split())


def test_a_verdict_follows_and_says_so(ntm: Ntm, tmp_path: Path) -> None:
    path, laid = data(tmp_path, LONG), overlay(tmp_path, SETS)
    said = words(ntm("explain", path, "--criteria", HAMLETS, "--commune", "93010", "--indicator", "1.1"))
    assert "1.1: CHƯA ĐẠT" in said
    asked = ("--criteria", HAMLETS, "--overlay", laid, "--commune", "93010", "--indicator", "1.1")
    said = words(ntm("explain", path, *asked))
    assert "Thôn, bản đạt (3): Bản A; Bản B; Bản C." in said
    assert "1.1: CHƯA CÓ SỐ LIỆU" in said, "one of five is not listed, one has no figures"
    assert "nới lỏng 1.1.thon: từ ≥ 70 thành ≥ 60" in said


@pytest.mark.parametrize(
    ("text", "id_"), [("1.1=50", "1.1"), ("1.1.thon=60", "1.1.thon"), ("1.3.thon.b.i=1", "1.3.thon.b.i")]
)
def test_a_target_is_supposed_by_its_own_id(text: str, id_: str) -> None:
    day = dt.date(2026, 12, 31)
    found = suppose([text], load_set(HAMLETS), promulgation=day, from_=day)
    assert list(found.set) == [id_]


def test_what_if_names_the_target_of_hamlets_that_differs(ntm: Ntm, tmp_path: Path) -> None:
    path = data(tmp_path, LONG)
    said = words(ntm("whatif", path, "--criteria", HAMLETS, "--set", "1.1.thon=60", "--out", tmp_path / "out"))
    assert "1.1.thon ≥ 70% ≥ 60%" in said
    said = words(ntm("whatif", path, "--criteria", HAMLETS, "--set", "1.1.thon=75", "--out", tmp_path / "out2"))
    assert "1.1.thon: mức này xét từng thôn, bản; không xã nào vì thế mà đổi kết quả" in said


def test_a_decision_to_be_written_asks_for_the_targets_of_hamlets(ntm: Ntm) -> None:
    assert "#1.3.thon.b.i: {value: , article: }" in ntm("rules", "overlay", "new", "--criteria", HAMLETS).stdout
