"""A later decision adds a whole criterion and changes what meets the standard and the bands, from a day on."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from ntm_rules.errors import NtmError
from ntm_rules.report.comparison.together import counted_differently
from ntm_rules.rulebook.loader import LoadedSet, load_overlay, load_set
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.workbench.comparing.history import history
from tests.conftest import Ntm
from tests.turns.conftest import TURNS

NATION = TURNS.with_name("quoc-gia-2026-2030")
AMENDMENT = Path(__file__).parent / "overlays" / "tieu-chi-moi.overlay.yaml"
BEFORE, AFTER = dt.date(2028, 2, 29), dt.date(2028, 3, 1)


@pytest.fixture(scope="module")
def nation() -> LoadedSet:
    return load_set(NATION)


def words(text: str) -> str:
    return " ".join(text.split())


def test_from_its_day_there_is_a_criterion_more_and_another_standard(nation: LoadedSet) -> None:
    amendment = load_overlay(AMENDMENT)
    was, now = (resolve(nation, as_of=day, overlays=[amendment]) for day in (BEFORE, AFTER))
    assert ([one.id for one in was.criteria][-2:], [one.id for one in now.criteria][-2:]) == (
        ["18", "19"],
        ["19", "20"],
    )
    assert was.standard is not None
    assert now.standard is not None
    counted = [next(leaf for leaf in rules.leaves() if leaf.at_least) for rules in (was.standard, now.standard)]
    assert [(leaf.at_least, len(leaf.parts)) for leaf in counted] == [(15, 19), (16, 20)]
    assert [band.id for band in now.bands] == ["dat-20", "duoi-20"]
    assert now.amended.keys() == {"20", now.id}
    assert not was.amended
    assert [one.kind for one in now.indicator_by_id["20.1"].amended] == ["added"]


def test_its_history_is_told_of_the_set_and_of_the_criterion(nation: LoadedSet) -> None:
    amendment = load_overlay(AMENDMENT)
    spans = history(nation, nation.header.id, [amendment])
    assert [(span.from_, [turn.amendment.fields for turn in span.turns]) for span in spans] == [
        (dt.date(2026, 1, 1), []),
        (AFTER, [("meets", "meets_when", "bands")]),
    ]
    assert [(span.from_, span.whole) for span in history(nation, "20", [amendment])] == [
        (dt.date(2026, 1, 1), False),
        (AFTER, True),
    ]


def test_the_commands_say_it(ntm: Ntm) -> None:
    shown = words(ntm("rules", "show", "--criteria", NATION, "--overlay", AMENDMENT, "--as-of", "2028-12-31").stdout)
    assert "ít nhất 16/20 tiêu chí; đạt các tiêu chí 1, 5, 10, 20" in shown
    assert "Tiêu chí 20: Bổ sung theo Điều 1, 20/2028/QĐ-TTg, có hiệu lực từ ngày 01/3/2028." in shown
    assert "Sửa đổi theo Điều 2, 20/2028/QĐ-TTg" in shown
    told = words(ntm("rules", "history", "quoc-gia-2026-2030", "--criteria", NATION, "--overlay", AMENDMENT).stdout)
    assert "thế nào là đạt chuẩn; khi nào đạt; các mức phân loại" in told
    law = ("--criteria", NATION, "--overlay", AMENDMENT, "--as-of", "2028-12-31", "--format", "json")
    described = json.loads(ntm("rules", "show", *law).stdout)
    assert [(one["id"], one["kind"]) for one in described["amended"]] == [
        ("quoc-gia-2026-2030", "changed"),
        ("20", "added"),
    ] or [(one["id"], one["kind"]) for one in described["amended"]] == [
        ("20", "added"),
        ("quoc-gia-2026-2030", "changed"),
    ]


def test_a_comparison_and_the_book_tell_it(ntm: Ntm, tmp_path: Path) -> None:
    compared = words(ntm("rules", "diff", NATION, AMENDMENT, "--as-of", "2028-12-31").stdout)
    assert "Tiêu chí 20: Thêm" in compared
    assert "Mức dat-20: Thêm" in compared
    made = ntm(
        "rules", "book", "--criteria", NATION, "--overlay", AMENDMENT, "--as-of", "2028-12-31", "--out", tmp_path / "so"
    )
    assert made.returncode == 0, made.stdout + made.stderr
    assert "Sửa đổi theo Điều 2, 20/2028/QĐ-TTg" in (tmp_path / "so" / "index.html").read_text(encoding="utf-8")


def test_the_workbook_of_the_decision_gives_back_what_it_has_no_cells_for(ntm: Ntm, tmp_path: Path) -> None:
    form, back = tmp_path / "phieu.xlsx", tmp_path / "ra.yaml"
    told = words(ntm("rules", "overlay", "new", "--criteria", NATION, "--from", AMENDMENT, "-o", form).stdout)
    assert "bổ sung 20" in told
    assert "sửa quy định về đạt chuẩn: meets, meets_when, bands" in told
    assert ntm("rules", "overlay", "fill", form, "--criteria", NATION, "-o", back).returncode == 0
    first, again = load_overlay(AMENDMENT), load_overlay(back)
    assert (again.standard, again.add, again.measures) == (first.standard, first.add, first.measures)


def overlay(**said: object) -> Overlay:
    written = {
        "id": "qd-khac",
        "applies_to": "quoc-gia-2026-2030",
        "title": {"vi": "Khác", "en": "Other"},
        "illustrative": True,
        "promulgated": dt.date(2028, 1, 10),
        "effective": {"from": AFTER},
        **said,
    }
    return Overlay.model_validate(written)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"meets_when": {"criteria": {"at_least": 15, "including": ["21"]}}}, "“21” is not defined"),
        ({"meets_when": {"criteria": {"at_least": 25}}}, "only 20 are counted, fewer than are needed"),
        ({"criteria": {"99": {"indicators": {"at_least": 1}}}}, "“99” is not defined"),
        ({"criteria": {"1": {"criteria": {"at_least": 1}}}}, "`criteria` belongs to the set's own `meets_when`"),
        ({"meets_when": {"criteria": {"at_least": 17}}}, "are of one day"),
    ],
)
def test_slips_and_contradictions_are_told(nation: LoadedSet, said: dict[str, object], told: str) -> None:
    with pytest.raises(NtmError) as refused:
        resolve(nation, as_of=dt.date(2028, 12, 31), overlays=[load_overlay(AMENDMENT), overlay(standard=said)])
    assert told in " ".join(message.render("en") for message in refused.value.messages)


def test_a_criterion_alone_may_be_met_otherwise_and_the_set_by_every_criterion_again(nation: LoadedSet) -> None:
    said = {"criteria": {"1": {"indicators": {"at_least": 1}}}, "meets_when": {"criteria": {}}}
    rules = resolve(nation, as_of=AFTER, overlays=[overlay(standard=said)])
    assert rules.criterion_by_id["1"].standard is not None
    assert rules.standard is not None
    assert rules.standard.op == "all"


def test_what_a_decision_would_do_tells_how_many_must_be_met_before_and_after(nation: LoadedSet) -> None:
    laws = [resolve(nation, as_of=dt.date(2028, 12, 31), overlays=laid) for laid in ([], [load_overlay(AMENDMENT)])]
    told = [note.render("vi") for note in counted_differently(*laws)]
    assert len(told) == 1
    assert "trước là tất cả: ít nhất 15/19 tiêu chí" in told[0]
    assert "sau là tất cả: ít nhất 16/20 tiêu chí" in told[0]


def test_more_parts_that_must_be_met_are_told_and_a_part_more_is_none_of_it() -> None:
    turns = load_set(TURNS)
    laid = Overlay.model_validate(
        {
            "id": "ba-phan", "applies_to": turns.header.id, "title": {"vi": "B", "en": "B"}, "illustrative": True,
            "promulgated": dt.date(2026, 1, 10), "effective": {"from": dt.date(2026, 2, 1)},
            "change": {"1.4": {"needed": 3}},
        }
    )  # fmt: skip
    was, now = (resolve(turns, as_of=dt.date(2026, 12, 31), overlays=one) for one in ([], [laid]))
    assert [note.render("vi") for note in counted_differently(was, now)] == [
        "1.4, đạt khi: trước là ít nhất 2 trong 3 nội dung; sau là ít nhất 3 trong 3 nội dung"
    ]


def test_a_standard_that_names_what_a_decision_repeals_is_told_to_go_on_without_it(nation: LoadedSet) -> None:
    rules = resolve(nation, as_of=AFTER, overlays=[overlay(repeal={"5": {"article": "Điều 1"}})])
    assert [notice.render("en") for notice in rules.notices if "`standard`" in notice.render("en")] == [
        "What meets quoc-gia-2026-2030 names 5, which overlay qd-khac repeals: it counts no more; a decision says under "
        "`standard` what meets it now"
    ]
