"""The order of rows is the documented one, whatever the order in which figures were handed in; and what gaps.csv leaves out."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

from tests.conftest import ILLUSTRATIVE, Ntm
from tests.other_set.conftest import LAW
from tests.report.generated import reports

TABLES = (
    *("verdicts.csv", "gaps.csv", "summary.csv", "handing-in.csv", "nearest.csv"),
    *("owed.csv", "agencies.csv", "two-years.csv", "cross-checks.csv"),
)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, ntm: Ntm) -> Path:
    """One run of figures as they come, and one of the same figures shuffled."""
    out = tmp_path_factory.mktemp("order")
    data = reports(out / "data.csv", seed=41)
    head, *lines = data.read_text(encoding="utf-8").splitlines()
    ntm("batch", data, "--overlay", ILLUSTRATIVE, "-o", out / "kq")
    random.Random(1).shuffle(lines)
    data.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    ntm("batch", data, "--overlay", ILLUSTRATIVE, "-o", out / "shuffled")
    return out


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in TABLES if name not in ("cross-checks.csv", "handing-in.csv")])
def test_the_order_in_which_figures_come_changes_no_table(out: Path, name: str) -> None:
    assert (out / "kq" / name).read_bytes() == (out / "shuffled" / name).read_bytes()


def test_rows_stand_by_commune_and_then_as_the_law_has_them(out: Path) -> None:
    law = [row["id"] for row in table(out / "kq" / "verdicts.csv") if row["commune_code"] == "03390"]
    law = list(dict.fromkeys(law))
    for name in ("verdicts.csv", "gaps.csv", "summary.csv", "handing-in.csv", "owed.csv", "cross-checks.csv"):
        codes = [row["commune_code"] for row in table(out / "kq" / name)]
        assert codes == sorted(codes), name
    owed = table(out / "kq" / "owed.csv")
    places = [(row["commune_code"], law.index(row["id"])) for row in owed]
    assert places == sorted(places)
    assert law.index("DK.1") > max(law.index(row["id"]) for row in owed if not row["id"].startswith("DK."))


def test_communes_and_agencies_stand_by_their_places(out: Path) -> None:
    nearest = [(int(row["place"]), row["commune_code"]) for row in table(out / "kq" / "nearest.csv")]
    assert nearest == sorted(nearest)
    agencies = table(out / "kq" / "agencies.csv")
    keys = [(-int(row["not_met"]), -int(row["without_figures"]), row["agency"]) for row in agencies]
    assert keys == sorted(keys)
    assert [row["place_by_number"] for row in agencies] == [str(n) for n in range(1, len(agencies) + 1)]


FOREST = "90030,Bãi Cát,2032"
ANSWERS = {"has_coast": "Có", "coastal_forest_area": "12,4", "forest_guarded": "Không", "fishing_boats": "1"}


@pytest.mark.parametrize(
    ("change", "ids"),
    [
        ({"sea_wall_ruling": "Không đạt"}, ["A-01-dien-tich", "A-01-tau-tuan", "A-01-nguoi-giu", "A-01-ke"]),
        ({"sea_wall_ruling": "Đạt"}, []),  # the other alternative is met
        ({"sea_wall_ruling": "Chưa có kết luận"}, []),  # the other alternative may still settle it
        ({"sea_wall_ruling": "Không đạt", "coastal_forest_area": "13"}, ["A-01-tau-tuan", "A-01-nguoi-giu", "A-01-ke"]),
        ({"sea_wall_ruling": "Không đạt", "fishing_boats": ""}, ["A-01-ke", "A-01-dien-tich"]),  # a part is not known
    ],
)
def test_what_gaps_leave_out_below_an_or(ntm: Ntm, tmp_path: Path, change: dict[str, str], ids: list[str]) -> None:
    figures = {**ANSWERS, **change}
    lines = [f'{FOREST},{measure},"{value}"' for measure, value in figures.items() if value]
    data = tmp_path / "data.csv"
    data.write_text("\n".join(["commune_code,commune,year,measure,value", *lines]) + "\n", encoding="utf-8")
    ntm("batch", data, *LAW, "-o", tmp_path / "kq")
    assert [row["id"] for row in table(tmp_path / "kq" / "gaps.csv") if row["id"].startswith("A-01")] == ids
