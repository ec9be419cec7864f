"""An amendment is laid over the earlier decisions: what still waits, what it replaces, and the commands that follow."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from ntm_rules.forms.decision.filling import read_filled
from ntm_rules.forms.decision.workbook import form
from ntm_rules.rulebook.loader import LoadedSet, load_overlay
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.pending import fixed_places, pending_places
from ntm_rules.workbench.overlays.composing import compose, write_overlay
from ntm_rules.workbench.overlays.drafting import draft
from tests.conftest import Ntm
from tests.forms.decision.conftest import HEAD, Fill, Sheets
from tests.rulebook.tiny import said as english

FIRST = {
    "7.2": 50,
    "7.2/article": "Điều 3",
    "6.1/nhom-1": 5,
    "6.1/nhom-2": 8,
    "6.1/nhom-3": "12,5",
    "6.1/article": "Điều 4",
}
LATER = {**HEAD, "number": "52/2026/QĐ-UBND", "date": "10/11/2026", "from": "1/12/2026"}


@pytest.fixture
def first(fill: Fill, loaded: LoadedSet, tmp_path: Path) -> Path:
    """An overlay file that fixes 6.1 and 7.2."""
    path = tmp_path / "qd99.overlay.yaml"
    write_overlay(path, compose(loaded, read_filled(fill(FIRST), "f.xlsx", loaded)), loaded)
    return path


@pytest.fixture
def earlier(first: Path) -> tuple[Overlay, ...]:
    return (load_overlay(first),)


def ids(places: tuple[object, ...]) -> list[str]:
    return [place.requirement.id for place in places]  # type: ignore[attr-defined]


def test_what_an_earlier_decision_fixes_waits_no_more(loaded: LoadedSet, earlier: tuple[Overlay, ...]) -> None:
    before, after = ids(pending_places(loaded)), ids(pending_places(loaded, overlays=earlier))
    assert [id_ for id_ in before if id_ not in after] == ["6.1", "7.2"] == ids(fixed_places(loaded, earlier))
    assert [id_ for id_ in after if id_ not in before] == []
    assert fixed_places(loaded, ()) == ()


def test_a_decision_that_ends_before_the_period_leaves_its_target_waiting(
    loaded: LoadedSet, first: Path, tmp_path: Path
) -> None:
    ends = tmp_path / "ends.yaml"
    ends.write_text(
        first.read_text(encoding="utf-8").replace("from: 2026-09-01", "from: 2026-09-01, to: 2028-06-30"),
        encoding="utf-8",
    )
    assert "7.2" in ids(pending_places(loaded, overlays=[load_overlay(ends)]))


def test_the_form_offers_what_is_fixed_apart_with_its_value_and_who_fixed_it(
    loaded: LoadedSet, earlier: tuple[Overlay, ...]
) -> None:
    blanks, fixed = pending_places(loaded, overlays=earlier), fixed_places(loaded, earlier)
    sheets = Sheets(form(loaded, blanks, fixed, earlier))
    sheet = sheets.sheet("ntm:id")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    heading = next(i for i, row in enumerate(rows) if row[1] == "Thay số đã có (ghi mã)")
    assert [row[0] for row in rows[:heading]] == ids(blanks)
    assert [(row[0], row[6]) for row in rows[heading + 1 :] if row[0]] == [
        ("6.1", "Hiện hành: Xã nhóm 1 ≤ 5%; Xã nhóm 2 ≤ 8%; Xã nhóm 3 ≤ 12,5% (Điều 4, 99/QĐ-UBND)"),
        ("7.2", "Hiện hành: ≥ 50% (Điều 3, 99/QĐ-UBND)"),
    ]
    assert sheets.cell("7.2").value is None
    free = [row for row in sheet.iter_rows(min_row=5 + heading + 3) if not row[0].protection.locked]
    assert len(free) == 5
    text = draft(loaded, blanks, targets=fixed)
    assert '# - Hiện hành: ≥ 50% (Điều 3, 99/QĐ-UBND)\n  #"7.2": {value: , article: }' in re.sub(
        r"\n  # - Ghi chú.*", "", text
    )


def test_loosening_and_what_waits_are_told_against_the_earlier_decision(
    loaded: LoadedSet, earlier: tuple[Overlay, ...], tmp_path: Path
) -> None:
    blank = form(loaded, pending_places(loaded, overlays=earlier), fixed_places(loaded, earlier), earlier)
    cells = {"7.2": 40, "7.2/article": "Điều 1", "6.2": 80, "6.2/article": "Điều 2"}
    filled = read_filled(Sheets(blank).fill({**LATER, **cells}).data(), "f.xlsx", loaded, earlier)
    assert [target.value for target in filled.targets] == [Decimal(80), Decimal(40)]
    left = [id_ for id_ in ids(pending_places(loaded)) if id_ not in ("6.1", "6.2", "7.2")]
    assert (ids(filled.pending), filled.doubts) == (left, ())
    done = write_overlay(tmp_path / "b.yaml", compose(loaded, filled), loaded, earlier)
    assert [notice.render("en") for notice in done.loosens] == [
        "Overlay 52-2026-qd-ubnd loosens 7.2: from ≥ 50 to ≥ 40"
    ]


def test_what_the_earlier_decision_itself_loosened_is_not_told_of_the_amendment(
    fill: Fill, loaded: LoadedSet, tmp_path: Path
) -> None:
    loose = {"3.1/id": "8.1.b", "3.1/text": None, "3.1": 70, "3.1/article": "Điều 1"}
    data = fill(dict(sorted(loose.items(), key=lambda item: item[0].endswith("/id"))))
    first = write_overlay(tmp_path / "a.yaml", compose(loaded, read_filled(data, "f.xlsx", loaded)), loaded)
    assert len(first.loosens) == 1
    later = fill({"6.2": 80, "6.2/article": "Điều 2"}, head=LATER)
    text = compose(loaded, read_filled(later, "f.xlsx", loaded, [first.overlay]))
    assert write_overlay(tmp_path / "b.yaml", text, loaded, [first.overlay]).loosens == ()


def test_a_form_read_without_the_decisions_it_was_made_over_is_told(
    loaded: LoadedSet, earlier: tuple[Overlay, ...]
) -> None:
    blank = form(loaded, pending_places(loaded, overlays=earlier), fixed_places(loaded, earlier), earlier)
    data = Sheets(blank).fill({**LATER, "6.2": 80, "6.2/article": "Điều 2"}).data()
    (doubt,) = read_filled(data, "f.xlsx", loaded).doubts
    assert doubt.render("en").startswith(
        "This form was made over the earlier decisions 99-qd-ubnd-2026, and is read over -;"
    )


def test_the_same_decision_is_not_laid_over_itself(
    fill: Fill, loaded: LoadedSet, earlier: tuple[Overlay, ...], tmp_path: Path
) -> None:
    text = compose(loaded, read_filled(fill(FIRST), "f.xlsx", loaded))
    with pytest.raises(Exception) as error:  # noqa: PT011 - its words are compared below
        write_overlay(tmp_path / "again.yaml", text, loaded, earlier)
    assert english(error.value)[0] == "the earlier decision and this one have the same id 99-qd-ubnd-2026"
    assert not (tmp_path / "again.yaml").exists()


def test_the_commands_name_the_earlier_decision(ntm: Ntm, first: Path, tmp_path: Path) -> None:
    blank, overlay = tmp_path / "qd52.xlsx", tmp_path / "qd52.overlay.yaml"
    made = ntm("rules", "overlay", "new", "--overlay", first, "-o", blank)
    assert made.returncode == 0, made.stderr
    assert "2 mức văn bản trước đã quy định, có thể thay: 6.1, 7.2" in made.stdout.splitlines()
    assert f"ntm rules overlay fill {blank} --overlay {first} -o {overlay}" in made.stdout
    blank.write_bytes(Sheets(blank.read_bytes()).fill({**LATER, "7.2": 40, "7.2/article": "Điều 1"}).data())
    done = ntm("rules", "overlay", "fill", blank, "--overlay", first, "-o", overlay)
    assert done.returncode == 0, done.stderr
    assert "  Văn bản 52-2026-qd-ubnd nới lỏng 7.2: từ ≥ 50 thành ≥ 40" in done.stdout.splitlines()
    assert f"  ntm whatif DỮ-LIỆU --against {first} --overlay {first} --overlay {overlay} --out THƯ-MỤC" in (
        done.stdout.splitlines()
    )
    printed = ntm("rules", "overlay", "new", "--overlay", first)
    assert f"#    ntm whatif DỮ-LIỆU --against {first} --overlay {first} --overlay overlay.yaml --out THƯ-MỤC" in (
        printed.stdout.splitlines()
    )
