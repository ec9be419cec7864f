"""A set amended twice in mid-year by decisions in its own folder: the law of each day, on every command that tells of it."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from ntm_rules.evaluation.engines import ENGINES
from ntm_rules.rulebook.loader import LoadedSet, load_set
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.rule_tests import find_files
from ntm_rules.workbench.comparing.history import history
from ntm_rules.workbench.testing.cases import read_cases
from ntm_rules.workbench.testing.coverage import laws
from ntm_rules.workbench.testing.drafts import draft
from ntm_rules.workbench.testing.points import points
from ntm_rules.workbench.testing.runner import run
from tests.conftest import Ntm

AMENDED = Path(__file__).with_name("criteria") / "sua-doi-2026-2030"
FIRST, SECOND = dt.date(2027, 7, 1), dt.date(2028, 4, 1)
ONE_DAY = dt.timedelta(days=1)
FIGURES = """\
commune_code,year,measure,value,numerator,denominator
91110,2027,clean_water_share,,80,100
91110,2027,waste_team_exists,Có,,
91110,2027,waste_collected_share,,60,100
91110,2027,green_roads,3,,
91110,2027,clinics,2,,
91110,2027,market_exists,Không,,
91110,2027,training_days,5,,
91110,2027,poor_households_share,,4,100
91110,2027,is_border_commune,Không,,
"""


@pytest.fixture(scope="module")
def loaded() -> LoadedSet:
    return load_set(AMENDED)


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    path = tmp_path / "so-lieu.csv"
    path.write_text(FIGURES, encoding="utf-8")
    return path


def said(result: CompletedProcess[str]) -> str:
    assert result.returncode in (0, 1, 3), result.stdout + result.stderr
    return " ".join(result.stdout.split())


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_says_of_each_day_what_was_worked_out_by_hand(loaded: LoadedSet, engine: str) -> None:
    problem = ENGINES[engine].unusable()
    if problem is not None:
        pytest.skip(problem.render("en"))
    outcomes = run(read_cases(loaded, find_files(loaded.folder, loaded.header)), engine)
    days = {outcome.case.test.as_of for outcome in outcomes}
    assert {FIRST - ONE_DAY, FIRST, SECOND - ONE_DAY, SECOND} <= days
    assert [(o.case.test.name, o.differences) for o in outcomes if not o.passed] == []


def test_a_checker_finds_nothing_in_the_set_nor_in_its_amendments(ntm: Ntm) -> None:
    result = ntm("rules", "check", AMENDED, "--as-of", "2028-12-31", "--strict")
    assert result.returncode == 0, result.stdout
    assert not [path for path in AMENDED.rglob("*.yaml") if "ntm: ignore" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize(
    ("day", "ids"),
    [
        (dt.date(2026, 6, 30), ["1.1", "1.2", "1.3", "1.4"]),
        (dt.date(2026, 7, 1), ["1.1", "1.2", "1.3", "1.4", "1.5"]),
        (FIRST - ONE_DAY, ["1.1", "1.2", "1.3", "1.4", "1.5"]),
        (FIRST, ["1.1", "1.2", "1.3", "1.5", "1.6"]),
        (SECOND, ["1.1", "1.2", "1.3", "1.5", "1.6"]),
    ],
)
def test_what_is_in_force_on_the_day_counts(loaded: LoadedSet, day: dt.date, ids: list[str]) -> None:
    assert [indicator.id for indicator in resolve(loaded, as_of=day).indicators()] == ids


def test_what_had_not_been_promulgated_does_not_count(loaded: LoadedSet) -> None:
    known = resolve(loaded, as_of=SECOND, known_on=dt.date(2028, 3, 19))
    assert known.overlays == ("10-qd-ubnd-2027",)
    assert known.requirement_by_id["1.3"].lead == "so-b"


def test_every_point_of_every_day_can_be_drafted_for(loaded: LoadedSet) -> None:
    in_force = list(laws(loaded))
    assert {FIRST, SECOND} <= {rules.as_of for rules in in_force}
    _drafted, left = draft(loaded, in_force, points(in_force))
    assert left == []


# --- the history -------------------------------------------------------------------------------


def test_a_history_has_a_span_for_each_thing_the_law_has_said(loaded: LoadedSet) -> None:
    spans = history(loaded, "1.3")
    assert [(span.from_, span.to) for span in spans] == [
        (dt.date(2026, 1, 1), FIRST - ONE_DAY),
        (FIRST, SECOND - ONE_DAY),
        (SECOND, dt.date(2030, 12, 31)),
    ]
    assert [span.indicator and span.indicator.lead for span in spans] == ["so-a", "so-b", "so-c"]
    assert [[(turn.id, turn.amendment.kind) for turn in span.turns] for span in spans] == [
        [],
        [("1.3", "changed")],
        [("1.3", "changed")],
    ]


def test_a_history_says_from_when_something_is_there_and_until_when(loaded: LoadedSet) -> None:
    assert [span.indicator is not None for span in history(loaded, "1.6")] == [False, True, True]
    assert [span.indicator is not None for span in history(loaded, "1.4")] == [True, False]
    assert [turn.amendment.kind for turn in history(loaded, "1.4")[1].turns] == ["repealed"]
    assert [[turn.amendment.kind for turn in span.turns] for span in history(loaded, "1.5")] == [
        [],
        [],
        ["pending"],
        ["set"],
    ]


def test_a_history_as_it_was_known_then_ends_with_what_was_known(loaded: LoadedSet) -> None:
    assert [span.from_ for span in history(loaded, "1.3", known_on=FIRST)] == [dt.date(2026, 1, 1), FIRST]


def test_the_command_tells_the_history_on_screen_and_as_json(ntm: Ntm) -> None:
    words = said(ntm("rules", "history", "1.3", "--criteria", AMENDED))
    assert "Từ ngày 01/7/2027 đến ngày 31/3/2028" in words
    assert (
        "1.3: Sửa đổi theo Điều 6, 10/QĐ-UBND, có hiệu lực từ ngày 01/7/2027: cơ quan chủ trì (trước: Sở A)." in words
    )
    told = json.loads(ntm("rules", "history", "1.1.b", "--criteria", AMENDED, "--format", "json").stdout)
    assert [(span["from"], span["in_force"]) for span in told["spans"]] == [
        ("2026-01-01", True),
        ("2027-07-01", True),
        ("2028-04-01", False),
    ]
    assert told["spans"][2]["turns"][-1]["source"]["document"] == "20/QĐ-UBND"


def test_an_id_that_nothing_ever_had_is_told_with_the_nearest(ntm: Ntm) -> None:
    result = ntm("rules", "history", "1.7", "--criteria", AMENDED)
    assert result.returncode == 2
    assert "1.7" in result.stderr


# --- what says by which document ---------------------------------------------------------------


def test_the_rules_are_shown_with_what_was_done_to_them(ntm: Ntm) -> None:
    words = said(ntm("rules", "show", "1.1", "--criteria", AMENDED, "--as-of", SECOND))
    assert "1.1.c: Bổ sung theo Điều 1, 20/QĐ-UBND" in words
    assert "1.1.b: Bãi bỏ theo Điều 2, 20/QĐ-UBND" in words
    assert "1.1.a: Sửa đổi theo Điều 4, 10/QĐ-UBND" in words
    assert "(trước: ≥ 80)" in words
    assert "1.4 bị bãi bỏ theo 10/QĐ-UBND từ ngày 01/7/2027" in words


def test_an_explanation_says_what_was_done_to_the_rule(ntm: Ntm, figures: Path) -> None:
    asked = ("explain", figures, "--criteria", AMENDED, "--commune", "91110", "--indicator", "1.1", "--as-of", FIRST)
    assert "1.1.b: Thay thế theo Điều 3, 10/QĐ-UBND, có hiệu lực từ ngày 01/7/2027." in said(ntm(*asked))
    (indicator,) = json.loads(ntm(*asked, "--format", "json").stdout)["indicators"]
    assert [(done["id"], done["kind"], done["source"]["place"]) for done in indicator["amended"]] == [
        ("1.1", "changed", "Điều 4"),
        ("1.1.a", "changed", "Điều 4"),
        ("1.1.b", "replaced", "Điều 3"),
    ]


def test_figures_of_every_day_are_read_and_those_of_the_day_judged(ntm: Ntm, figures: Path) -> None:
    before = said(ntm("assess", figures, "--criteria", AMENDED, "--commune", "91110", "--as-of", FIRST - ONE_DAY))
    after = said(ntm("assess", figures, "--criteria", AMENDED, "--commune", "91110", "--as-of", FIRST))
    assert "1.4" in before
    assert "1.6" not in before
    assert "thu gom" in after


def test_the_book_tells_of_amendments_in_force_and_to_come(ntm: Ntm, tmp_path: Path) -> None:
    said(ntm("rules", "book", "--criteria", AMENDED, "--as-of", FIRST, "-o", tmp_path / "sach"))
    page = next(path for path in (tmp_path / "sach").rglob("*.html") if "1-3" in path.name or "1.3" in path.name)
    text = page.read_text(encoding="utf-8")
    assert "Sửa đổi theo Điều 6, 10/QĐ-UBND" in text
    assert text.count("Một văn bản ban hành sau sửa đổi 1.3") == 2


def test_a_comparison_tells_what_an_amendment_does(ntm: Ntm, tmp_path: Path) -> None:
    bare = tmp_path / "goc"
    shutil.copytree(AMENDED, bare, ignore=shutil.ignore_patterns("amendments"))
    result = ntm("rules", "diff", bare, AMENDED)
    words = said(result)
    assert result.returncode == 1
    for id_ in ("1.1.a", "1.1.b", "1.1.c", "1.2", "1.3", "1.4", "1.5", "1.6"):
        assert id_ in words
    assert "không có hiệu lực vào ngày" not in words  # the days of each amendment stand beside what it changes
    entry = ntm("rules", "diff", bare, AMENDED, "--format", "markdown")
    assert "1.6" in entry.stdout
    assert (
        "Mức đạt chuẩn: ~~Có~~ → **từ 01/01/2026 đến 30/6/2027: Có; từ 01/7/2027 đến 31/3/2028: ≥ 70%**" in entry.stdout
    )
    repealed = entry.stdout[entry.stdout.index("- **1.4**") : entry.stdout.index("- **1.5**")]
    assert repealed.count("Hiệu lực") == 1


# --- decisions beside the set ------------------------------------------------------------------


@pytest.fixture
def beside(tmp_path: Path) -> tuple[Path, Path]:
    """The set without its amendments, and a folder with these."""
    bare, later = tmp_path / "goc", tmp_path / "sau"
    shutil.copytree(AMENDED, bare, ignore=shutil.ignore_patterns("amendments"))
    shutil.copytree(AMENDED / "amendments", later)
    return bare, later


def test_tests_beside_overlays_are_run_under_them(ntm: Ntm, beside: tuple[Path, Path]) -> None:
    bare, later = beside
    overlays = [part for name in ("10", "20") for part in ("--overlay", later / f"{name}-qd-ubnd.yaml")]
    words = said(ntm("rules", "test", "--criteria", bare, *overlays))
    assert "25 trên 25 phép thử đúng như mong đợi" in words
    alone = ntm("rules", "test", "--criteria", bare, *overlays[:2])
    assert alone.returncode in (1, 2)


@pytest.mark.long
def test_overlays_are_checked_like_the_rules_of_a_set_and_together(ntm: Ntm, beside: tuple[Path, Path]) -> None:
    bare, later = beside
    files = [later / "10-qd-ubnd.yaml", later / "20-qd-ubnd.yaml"]
    result = ntm("rules", "check", "--criteria", bare, *files, "--strict")
    assert result.returncode == 0, result.stdout
    text = files[0].read_text(encoding="utf-8")
    files[0].write_text(text.replace("text: Tỷ lệ hộ nghèo dưới 5%", "text: Tỷ lệ hộ nghèo dưới 7%"), encoding="utf-8")
    words = said(ntm("rules", "check", "--criteria", bare, *files))
    assert "NTM041" in words
    assert "NTM054" in words
    assert "add[1].indicator.text" in words


def test_a_set_that_says_it_is_illustrative_is_told_so_everywhere(ntm: Ntm, figures: Path, tmp_path: Path) -> None:
    marked = tmp_path / "bo"
    shutil.copytree(AMENDED, marked)
    header = marked / "criteria-set.yaml"
    header.write_text("illustrative: true\n" + header.read_text(encoding="utf-8"), encoding="utf-8")
    warning = "MINH HỌA - KHÔNG PHẢI QUY ĐỊNH"
    assert warning in said(ntm("rules", "show", "--criteria", marked))
    assert warning in said(ntm("assess", figures, "--criteria", marked, "--commune", "91110"))
    out = tmp_path / "out"
    assert warning in said(ntm("batch", figures, "--criteria", marked, "--out", out))
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["illustrative_rules"] is True
