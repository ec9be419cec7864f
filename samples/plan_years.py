"""Three invented years for the province's plan: communes 2026-2028, the province's own figures, what was issued."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random

from invented import RECOGNITION, SEED, YEAR, Cell, Figures, Value

from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.exact import plain
from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.register import Commune

LAST = 2028
POVERTY, NEW_STANDARD = "multidimensional_poverty_rate", Decimal("1.35")
"""Poverty is counted otherwise from 2027: as many households more are poor by the new standard."""
NOTE = "Số liệu minh họa"
MERGED, ENDED, BEGAN = ("03439", "03442"), "2027-12-31", "2028-01-01"
"""Communes that an invented merger makes one, under the code of the first; their last day, the first of the new one."""
RECOGNISED = {"03390": 2027, "03595": 2028, "03598": 2028}
"""Commune -> from which year it reports a decision of recognition."""

SHARES: Mapping[str, tuple[int, tuple[int, ...]]] = {
    "provincial_poverty_rate": (112_000, (24_300, 20_900, 27_600, 24_100)),
    "commune_roads_hardened_share": (1_850, (1_480, 1_540, 1_610, 1_690)),
    "rural_population_clean_water_share": (398_000, (238_000, 249_000, 255_000, 260_000)),
    "households_grid_electricity_share": (112_000, (108_400, 109_100, 110_200, 111_050)),
    "rural_waste_collected_treated_share": (52_000, (29_100, 30_800, 30_200, 28_900)),
    "ethnic_commodity_farming_share": (71_000, (32_000, 37_200, 42_900, 48_300)),
    "trained_workers_share": (298_000, (181_500, 187_000, 192_700, 199_000)),
}
"""Figure -> what it is of, and the part in 2025, 2026, 2027 and 2028; all invented."""
NUMBERS: Mapping[str, tuple[str | int | None, ...]] = {
    "rural_income_per_capita": ("33,4", "36,1", "38,9", "41,2"),
    "communes_in_special_difficulty": (None, 32, 29, 25),
    "villages_in_special_difficulty": (548, 520, 505, 496),
    "cooperatives": (388, 399, 410, 431),
    "farm_cooperatives": (205, 214, 229, 252),
    "tea_area": (9_120, 9_310, 9_540, 9_820),
    "commercial_rice_area": (3_040, 3_110, 3_260, 3_390),
    "fruit_tree_area": (7_420, 7_480, 7_455, 7_430),
    "cinnamon_area": (10_900, 11_150, 11_420, 11_500),
    "macadamia_area": (6_050, 6_420, 6_800, 7_150),
    "fish_cage_volume": (112_000, 126_000, 139_500, 151_000),
    "ocop_products": (168, 176, 185, 193),
    "community_tourism_products": (None, None, 9, 12),
    "community_tourism_sites": (8, 10, 13, 15),
    "workers_trained_in_year": (None, 4_850, 4_520, 4_760),
    "contract_workers_abroad_since_2026": (None, 240, 510, 800),
    "contract_workers_abroad_in_year": (None, 240, 270, 290),
}
INCOMES = (("20,1", "64,0"), ("22,0", "68,5"), ("24,3", "73,0"), ("26,9", "78,0"))
"""Of ethnic minorities, and of the country, in million dong a person a year."""
TRAINED: Mapping[str, tuple[tuple[int, int], ...]] = {
    "provincial_officials_trained_share": ((180, 180), (186, 186), (190, 190)),
    "commune_officials_trained_share": ((1_010, 1_080), (1_040, 1_085), (1_052, 1_090)),
    "village_heads_trained_share": ((3_900, 4_700), (4_450, 4_690), (4_680, 4_680)),
}
"""Of 2026, 2027 and 2028."""
ANSWERS = {"resettled_points_settled": ("Không", "Không", "Có"), "science_and_digital_applied": ("Không", "Có", "Có")}
ISSUED = (
    ("nguyen-tac-phan-bo-von", "", "", "000/NQ-HĐND (minh họa)", "30/7/2026"),
    ("ke-hoach-dau-tu-cong-trung-han", "", "", "000/NQ-HĐND (minh họa)", "31/7/2026"),
    ("muc-ho-tro-phat-trien-san-xuat", "", "", "000/NQ-HĐND (minh họa)", "15/9/2026"),
    ("danh-muc-du-an-dac-thu", "", "", "000/QĐ-UBND (minh họa)", "28/7/2026"),
    ("quy-trinh-bao-tri-mau", "", "", "000/QĐ-UBND (minh họa)", "20/8/2026"),
    ("ke-hoach-giai-doan", "", "", "000/KH-UBND (minh họa)", "18/7/2026"),
    ("ke-hoach-dau-tu-cong-hang-nam", "2027", "", "000/NQ-HĐND (minh họa)", "20/3/2027"),
    ("ke-hoach-hang-nam", "2027", "", "000/KH-UBND (minh họa)", "25/3/2027"),
    ("ke-hoach-cua-so-nganh", "", "Sở Y tế", "000/KH-SYT (minh họa)", "01/10/2026"),
)
"""What was issued; the province's criteria are not among it, so that the decision is overdue."""


def write_plan_years(
    folder: Path, figures: Figures, communes: Mapping[str, Commune], questionnaire: Questionnaire
) -> None:
    """Write the three files, and two of a merger."""
    folder.mkdir(parents=True, exist_ok=True)
    known = {key: cells for key, cells in figures.items() if key[1] == YEAR}
    for code, year in list(known):
        for later in range(year + 1, LAST + 1):
            known[code, later] = _a_year_on(code, later, known[code, later - 1], questionnaire)
    growing = [name for name, measure in questionnaire.measures.items() if measure.traits.needs_year_before]
    for (code, year), cells in figures.items():
        if year == YEAR - 1:
            known[code, year] = {name: cells[name] for name in (POVERTY, *growing) if name in cells}
    _write(folder / "xa-2026-2028.csv", *_wide(known, communes, questionnaire))
    still = {key: cells for key, cells in known.items() if key != (MERGED[1], LAST)}
    _write(folder / "xa-2026-2028-sap-xep.csv", *_wide(still, communes, questionnaire))
    _write(
        folder / "tinh-2025-2028.csv",
        ["Tên đơn vị hành chính", "Năm", "Mã số liệu", "Giá trị", "Tử số", "Mẫu số", "Ghi chú"],
        _province(),
    )
    _write(folder / "da-ban-hanh.csv", ["Mã văn bản", "Năm", "Cơ quan", "Số, ký hiệu", "Ngày ban hành"], ISSUED)


def write_merged_register(folder: Path, register: Path) -> None:
    """Write a set's communes.csv as an invented merger would leave it."""
    with register.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        columns, rows = [*(reader.fieldnames or ()), "valid_to"], list(reader)
    old = [row for row in rows if row["code"] in MERGED]
    for row in old:
        row["valid_to"] = ENDED
    names = ";".join(row["name"] for row in old)
    place = {"map_row": "", "map_column": "", "valid_from": BEGAN, "valid_to": "", "source": NOTE}
    rows.append({**old[0], **place, "predecessor_codes": ";".join(MERGED), "predecessor_names": names})
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (folder / "danh-muc-sap-xep.csv").write_bytes(text.getvalue().encode("utf-8"))


def _a_year_on(code: str, year: int, cells: Mapping[str, Cell], asked: Questionnaire) -> dict[str, Cell]:
    """Return what a commune might report a year later: a little better, now and then a little worse."""
    rng = Random(f"{SEED}-{code}-{year}")
    found = {name: _moved(asked.measures[name], cell, year, rng) for name, cell in cells.items()}
    if year >= RECOGNISED.get(code, LAST + 1):
        found[RECOGNITION] = Cell("Đạt")
    return found


def _moved(measure: Measure, cell: Cell, year: int, rng: Random) -> Cell:
    step = Decimal(rng.randint(-2, 18)) / 100
    if isinstance(cell.value, bool):
        return Cell(cell.value or rng.random() < 0.25)
    if isinstance(cell.numerator, int | Decimal) and isinstance(cell.denominator, int | Decimal):
        whole, part = Decimal(cell.denominator), Decimal(cell.numerator)
        part = part * (1 - step) if measure.sense == "lower" else part + (whole - part) * step
        if measure.id == POVERTY and year == 2027:
            part *= NEW_STANDARD
        assert measure.counted is not None
        part = min(_rounded(part, measure.counted.decimals), whole)
        return Cell(None, int(part) if measure.counted.decimals == 0 else part, cell.denominator)
    if cell.value == "Không đạt":
        return Cell("Đạt" if rng.random() < 0.4 else cell.value)
    if isinstance(cell.value, Decimal):
        if measure.traits.in_percent and not measure.traits.needs_year_before:
            return Cell(_rounded(cell.value + (100 - cell.value) * step, 2))
        return Cell(_rounded(cell.value * (1 + step / 2), 2))
    return Cell(cell.value, cell.numerator, cell.denominator)


def _rounded(number: Decimal, decimals: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _wide(
    figures: Figures, communes: Mapping[str, Commune], asked: Questionnaire
) -> tuple[list[str], list[list[Value]]]:
    parts = {"": "value", "__numerator": "numerator", "__denominator": "denominator"}
    columns = [
        (name, part, suffix)
        for name in asked.measures
        for suffix, part in parts.items()
        if any(getattr(cells[name], part) not in (None, "") for cells in figures.values() if name in cells)
    ]
    rows = [
        [code, communes[code].name, year, *(getattr(cells.get(name, Cell()), part) for name, part, _s in columns), NOTE]
        for (code, year), cells in sorted(figures.items())
    ]
    return ["commune_code", "commune", "year", *(name + suffix for name, _part, suffix in columns), "note"], rows


def _province() -> list[list[Value]]:
    rows: list[list[Value]] = []

    def add(year: int, figure: str, value: Value = None, above: Value = None, below: Value = None) -> None:
        rows.append(["Lai Châu", year, figure, value, above, below, NOTE])

    for at, year in enumerate(range(YEAR - 1, LAST + 1)):
        for figure, (whole, parts) in SHARES.items():
            add(year, figure, None, parts[at], whole)
        add(year, "ethnic_minority_income_share", None, *INCOMES[at])
        for figure, values in NUMBERS.items():
            if values[at] is not None:
                add(year, figure, values[at])
        if at:
            for figure, pairs in TRAINED.items():
                add(year, figure, None, *pairs[at - 1])
            for figure, said in ANSWERS.items():
                add(year, figure, said[at - 1])
    return rows


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "Có" if value else "Không"
    return plain(value).replace(".", ",") if isinstance(value, Decimal) else "" if value is None else str(value)


def _write(path: Path, header: Iterable[str], rows: Iterable[Iterable[Value]]) -> None:
    """Write a table as Vietnamese Excel opens it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_text(value) for value in row] for row in rows)
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
