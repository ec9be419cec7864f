"""How a comparison is written: marked words, an entry for the changelog, a workbook, rows for programs."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.i18n import current_language, use_language
from ntm_rules.report.comparison import workbook
from ntm_rules.report.comparison.changelog import changelog_entry
from ntm_rules.report.comparison.law_words import NATURE_WORDS
from ntm_rules.report.comparison.marks import ADDED, REMOVED, marked, shown
from ntm_rules.report.comparison.record import what_if_record
from ntm_rules.report.comparison.words import LawAndOverlays, WhatIf, by_agency, by_node, totals, what_if
from ntm_rules.report.csv_files import write_csv
from ntm_rules.report.tables.comparison import changes_for_programs
from ntm_rules.rulebook.criteria_set import Comparator, CriteriaSet, Criterion, KnownTarget
from ntm_rules.rulebook.facts import KINDS, facts_of
from ntm_rules.wording.law_fields import FIELD_WORDS, KIND_WORDS
from ntm_rules.workbench.comparing.changes import Comparison
from ntm_rules.workbench.comparing.lawdiff import Nature, diff_laws
from ntm_rules.workbench.comparing.sides import LawSide
from tests.rulebook.tiny import RULES_1, RULES_2, Tiny
from tests.strategies import PROVENANCE, SOURCE, YEAR, criteria_set, indicator, measure, requirement
from tests.workbench.comparing.conftest import tiny_in

# --- marked words ------------------------------------------------------------------------------

texts = st.lists(st.sampled_from(["đạt", "≥", "80%", "80,5", "hộ", ";", ",", "chôn lấp"]), max_size=12).map(" ".join)


@given(texts, texts)
def test_marked_stretches_put_together_are_the_texts_again(before: str, after: str) -> None:
    left, right = marked(before, after)
    assert "".join(piece.text for piece in left) == before
    assert "".join(piece.text for piece in right) == after
    assert "".join(shown(left, ("", ""))) == before
    if before == after:
        assert not any(piece.changed for piece in (*left, *right))
    same = ["".join(piece.text for piece in side if not piece.changed) for side in (left, right)]
    assert same[0].split() == same[1].split(), "what is not marked stands on both sides"


@pytest.mark.parametrize(
    ("before", "after", "left", "right"),
    [
        ("đạt ≥ 80%", "đạt ≥ 80,0001%", "đạt ≥ [-80-]%", "đạt ≥ {+80,0001+}%"),
        ("tổng lượng rác", "tổng khối lượng rác", "tổng lượng rác", "tổng {+khối+} lượng rác"),
        ("hộ có nhà kiên cố", "hộ có nhà bán kiên cố,", "hộ có nhà kiên cố", "hộ có nhà {+bán+} kiên cố{+,+}"),
        ("không có", "mới hoàn toàn khác hẳn", "[-không có-]", "{+mới hoàn toàn khác hẳn+}"),
        ("", "mới", "", "{+mới+}"),
    ],
)
def test_the_words_that_differ_are_marked(before: str, after: str, left: str, right: str) -> None:
    one, other = marked(before, after)
    assert (shown(one, REMOVED), shown(other, ADDED)) == (left, right)


# --- names -------------------------------------------------------------------------------------


def test_every_kind_field_and_nature_has_its_name(filled: CriteriaSet) -> None:
    assert set(KIND_WORDS) == set(KINDS)
    assert set(NATURE_WORDS) == set(Nature)
    used = {field for facts in facts_of(filled).values() for field in facts}
    assert used <= set(FIELD_WORDS), "a field that nothing names would be shown by its key"


# --- a changelog entry -------------------------------------------------------------------------


@pytest.fixture
def two(tmp_path: Path) -> tuple[Tiny, Tiny]:
    return tiny_in(tmp_path / "mot"), tiny_in(tmp_path / "hai")


def entry(two: tuple[Tiny, Tiny]) -> str:
    before, after = (LawSide(name, tiny.load()) for name, tiny in zip(("cũ", "mới"), two, strict=True))
    return changelog_entry(diff_laws(before, after), None, ["en"])


def test_an_entry_names_indicators_dates_words_and_effect(two: tuple[Tiny, Tiny]) -> None:
    two[1].change(
        RULES_2,
        "from: 2027-01-01, to: 2028-12-31, value: {nhom-1: 9",
        "from: 2027-01-01, to: 2028-12-31, value: {nhom-1: 9.5",
    )
    two[1].change(RULES_1, "text_en: Number of clinics", "text_en: Number of working clinics")
    lines = entry(two).splitlines()
    assert lines[0] == "### Rules: `tiny`, version 1, indicators 1.2, 2.2, from 01/01/2026 to 31/12/2030"
    assert "- A: cũ. B: mới." in lines
    assert "- **1.2**: a change of wording without effect." in lines
    assert "  - English text: Number of clinics → Number of working clinics" in lines
    assert "- **2.2**: a change of effect without wording: the law's words are the same, verdicts are not." in lines
    (effect,) = (line for line in lines if line.startswith("  - Effect"))
    assert effect.startswith("  - Effect, from 01/01/2027 to 31/12/2028: the verdict differs in ")
    assert "Met → Not met: " in effect
    (target,) = (line for line in lines if line.startswith("  - Target: "))
    assert "from 01/01/2027 to 31/12/2028: Group 1: ≥ " in target
    assert "**9.5**" in target


def test_an_entry_escapes_what_markdown_would_take(two: tuple[Tiny, Tiny]) -> None:
    two[1].change(RULES_1, "text_en: Number of clinics", 'text_en: "*Number* of [clinics](x) <b>_a_</b>"')
    (line,) = (line for line in entry(two).splitlines() if "English text" in line)
    assert r"\*Number\* of \[clinics](x) \<b>\_a\_\</b>" in line


def test_the_language_in_force_is_left_as_it_was(two: tuple[Tiny, Tiny]) -> None:
    use_language("vi")
    before, after = (LawSide(name, tiny.load()) for name, tiny in zip(("a", "b"), two, strict=True))
    both = changelog_entry(diff_laws(before, after), None)
    assert re.findall("^- (?:Hai quy định|The two laws).*$", both, re.MULTILINE) == [
        "- Hai quy định nói như nhau và cho kết quả như nhau.",
        "- The two laws say and do the same.",
    ]
    assert current_language() == "vi"


# --- a workbook and rows -----------------------------------------------------------------------


def report(bar: str, *values: int, name: str = "xã") -> WhatIf:
    """One indicator at least 50 against at least `bar`, over communes reporting `values`."""

    def law(target: str) -> LawAndOverlays:
        condition = requirement("1.1", "m", Comparator.AT_LEAST, KnownTarget(PROVENANCE, everywhere=Decimal(target)))
        only = Criterion(id="1", title="1", title_en="1", source=SOURCE, indicators=(indicator("1.1", condition),))
        return LawAndOverlays(criteria_set((only,), {"m": measure("m", "amount")}), ())

    records = [
        CommuneYear(f"{i:05d}", f"{name} {i}", YEAR, {"m": Reported(State.PRESENT, value * 10**7)})
        for i, value in enumerate(values)
    ]
    before, after = law("50"), law(bar)
    judged = [evaluate(side.rules, records, years=[YEAR]) for side in (before, after)]
    return what_if(before, after, Comparison(*judged), warnings=["MINH HỌA: bịa"], inputs=[("a.csv", "0" * 64)])


def test_counts_by_node_agency_and_in_all() -> None:
    found = report("60", 40, 55, 58, 70)
    assert [(t.before, t.after) for t in totals(found)][-1] == (3, 1)
    assert [(change.level, change.id, tuple(n)) for change, n in by_node(found)] == [
        ("commune", "", (2, 0, 0, 0)),
        ("criterion", "1", (2, 0, 0, 0)),
        ("indicator", "1.1", (2, 0, 0, 0)),
    ]
    assert [(name, tuple(n)) for name, n in by_agency(found)] == [("Sở A", (2, 0, 0, 0))]


def test_figures_stand_on_the_rows_of_requirements_alone() -> None:
    changes = changes_for_programs(report("60", 55).comparison)
    rows = {row[3]: SimpleNamespace(**dict(zip(changes.keys, row, strict=True))) for row in changes.codes()}
    assert set(rows) == {"commune", "criterion", "indicator", "requirement"}
    of = rows["requirement"]
    assert (of.actual_before, of.target_before, of.shortfall_before) == ("55", "50", "")
    assert (of.actual_after, of.target_after, of.shortfall_after, of.quantity_after) == ("55", "60", "5", "5")
    assert (of.before, of.after, of.direction, of.reason_before, of.reason_after) == (
        "MET",
        "NOT_MET",
        "loss",
        "reached",
        "below_target",
    )
    assert rows["indicator"].target_after == ""
    assert rows["commune"].id == "test-set"


def test_a_name_that_a_spreadsheet_would_run_is_written_as_text(tmp_path: Path) -> None:
    found = report("60", 55, name="=1+1")
    changes = changes_for_programs(found.comparison)
    write_csv(tmp_path / "changes.csv", changes.keys, changes.codes())
    rows = csv.DictReader(io.StringIO((tmp_path / "changes.csv").read_text(encoding="utf-8-sig")))
    assert {row["commune"] for row in rows} == {"'=1+1 0"}
    workbook.write_changes(tmp_path / "thay-doi.xlsx", found)
    cells = [c for s in openpyxl.load_workbook(tmp_path / "thay-doi.xlsx") for row in s.iter_rows() for c in row]
    assert {c.data_type for c in cells if str(c.value).startswith("=1+1")} == {"s"}


def test_beyond_so_many_changes_the_sheet_says_where_the_rest_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    workbook.write_changes(tmp_path / "thay-doi.xlsx", report("60", 55, 56, 57))
    sheet = openpyxl.load_workbook(tmp_path / "thay-doi.xlsx")["Thay đổi"]
    assert sheet["A3"].value == "4 thay đổi đầu tiên trong 9 thay đổi; đủ tất cả ở changes.csv."
    assert sheet.max_row == 3 + 1 + 4


def test_a_workbook_without_changes_says_so_and_why(tmp_path: Path) -> None:
    found = report("50", 55)
    workbook.write_changes(tmp_path / "thay-doi.xlsx", found)
    book = openpyxl.load_workbook(tmp_path / "thay-doi.xlsx")
    said = [str(c.value) for row in book["Tổng hợp"].iter_rows() for c in row if c.value]
    assert "Không có kết quả nào thay đổi ở xã nào." in said
    assert "Hai quy định yêu cầu như nhau ở mọi nội dung." in said
    assert "MINH HỌA: bịa" in said


def test_without_a_commune_that_both_laws_judge_everything_is_still_written(tmp_path: Path) -> None:
    found = report("60")
    workbook.write_changes(tmp_path / "thay-doi.xlsx", found)
    assert [(t.before, t.after) for t in totals(found)] == [(0, 0), (0, 0)]
    assert what_if_record(found)["communes_compared"] == 0


def test_a_workbook_in_english_holds_no_vietnamese_of_ours(tmp_path: Path) -> None:
    use_language("en")
    workbook.write_changes(tmp_path / "thay-doi.xlsx", report("60", 55, name="commune"))
    book = openpyxl.load_workbook(tmp_path / "thay-doi.xlsx")
    assert book.sheetnames == ["Summary", "By commune", "Changes", "About"]
    words = " ".join(str(c.value) for s in book for row in s.iter_rows() for c in row if c.value)
    assert not re.search(
        "[ạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉọỏốồổỗộớờởỡợụủứừửữự]", words.replace("MINH HỌA: bịa", "").replace("Sở A", "")
    )
