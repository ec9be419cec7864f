"""Writes every runnable input of this folder, all figures invented: `uv run python samples/generate.py`.

The same bytes come out every time. With a folder as argument, everything is written there instead.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
from invented import YEAR, Cell, Figures, Value, invent
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from plan_years import write_merged_register, write_plan_years

from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.exact import plain
from ntm_rules.forms.commune.filled import Answer, DocumentRow, Filled
from ntm_rules.forms.commune.making import FormMaker
from ntm_rules.forms.commune.naming import slug
from ntm_rules.office_files import without_times
from ntm_rules.rulebook.loader import find_set, load_set
from ntm_rules.rulebook.models import Years
from ntm_rules.rulebook.register import Commune
from ntm_rules.rulebook.resolve import resolve

NAME = "lai-chau-2026"
NOTE = "Số liệu minh họa"
ILLUSTRATIVE = "Số liệu minh họa, không phải số liệu thật"
LONG = ("commune_code", "commune", "year", "measure", "value", "numerator", "denominator", "source_document", "note")
PARTS = {"": "value", "__numerator": "numerator", "__denominator": "denominator", "__document": "document"}
"""What follows a measure's id in a column of a wide table, and the part of a cell that stands there."""

NAMED = re.compile(r".*?[Ss]ố (?P<number>000/\S+) ngày (?P<day>[\d/]+)(?:, (?P<issuer>.+?))? \(minh họa\)")
"""How the invented documents are named in words."""

MISTAKES: Mapping[tuple[str, int], Mapping[str, Cell]] = {
    ("03430", YEAR): {"solid_houses_share": Cell(None, "1.234", 1870)},
    ("03613", YEAR): {
        "village_roads_hardened_share": Cell(None, Decimal("96.5"), Decimal("58.2")),
        "education_standard_ruling": Cell("Cơ bản đạt"),
    },
    ("03508", YEAR): {
        "households_clean_water_share": Cell(Decimal("23.28"), 623, 1930),
        "online_procedures_share": Cell("120%"),
    },
}
"""Honest mistakes, in the communes' workbooks alone."""


def main(folder: Path) -> None:
    """Write all inputs into a folder."""
    loaded = load_set(find_set())
    period = loaded.header.period
    questionnaire = Questionnaire(
        measures=loaded.measures,
        scales={scale.id: scale for scale in loaded.header.scales},
        communes=loaded.communes,
        years=Years.model_validate({"from": period.from_ - 1, "to": period.to}),
    )
    figures = invent(questionnaire)
    communes = {commune.code: commune for commune in loaded.communes.within()}
    header, rows = wide(figures, communes, questionnaire)
    write_forms(folder / NAME, figures, FormMaker(loaded, resolve(loaded, as_of=dt.date(YEAR, 12, 31)), YEAR))
    write_csv(folder / f"{NAME}.csv", LONG, long(figures, communes), delimiter=",", encoding="utf-8")
    write_csv(folder / f"{NAME}-rong.csv", header, rows, delimiter=";", encoding="utf-8-sig")
    write_parquet(folder / f"{NAME}.parquet", long(figures, communes))
    write_province_workbook(folder / f"{NAME}-tinh.xlsx", header, rows, questionnaire)
    write_plan_years(folder / "ke-hoach", figures, communes, questionnaire)
    write_merged_register(folder / "ke-hoach", loaded.folder / "communes.csv")


def write_forms(folder: Path, figures: Figures, maker: FormMaker) -> None:
    """Write every commune's form, filled in, mistakes included."""
    folder.mkdir(parents=True, exist_ok=True)
    for commune in maker.rules.communes.within():
        cells = {**figures.get((commune.code, YEAR), {}), **MISTAKES.get((commune.code, YEAR), {})}
        filled = Filled(
            answers={measure: answer(cell) for measure, cell in cells.items()},
            previous={measure: answer(cell) for measure, cell in figures.get((commune.code, YEAR - 1), {}).items()},
            documents=[document(measure, cell.document) for measure, cell in cells.items() if cell.document],
            illustrative=ILLUSTRATIVE,
        )
        (folder / f"{commune.code}-{slug(commune.name)}.xlsx").write_bytes(maker.form(commune, filled))


def document(measure: str, text: str) -> DocumentRow:
    """Return a document named in words as the form's sheet of evidence lists it."""
    named = NAMED.fullmatch(text)
    assert named is not None, text
    return DocumentRow(measure, f"{named['number']} (minh họa)", named["day"], named["issuer"] or "")


def answer(cell: Cell) -> Answer:
    """Return a figure as it is typed into a form."""
    parts = (stated(part) for part in (cell.value, cell.numerator, cell.denominator))
    value, numerator, denominator = ("" if part is None else part for part in parts)
    return Answer(value, numerator, denominator)


def long(figures: Figures, communes: Mapping[str, Commune]) -> Iterator[tuple[Value, ...]]:
    """Yield one row for each figure."""
    for (code, year), cells in sorted(figures.items()):
        for measure, cell in cells.items():
            value, numerator, denominator, document = cell
            yield code, communes[code].name, year, measure, stated(value), numerator, denominator, document, NOTE


def wide(
    figures: Figures, communes: Mapping[str, Commune], questionnaire: Questionnaire
) -> tuple[list[str], list[list[Value]]]:
    """Return a header and one row for each commune and year; a column that would stay empty is left out."""
    columns = [
        (measure, part, suffix)
        for measure in questionnaire.measures
        for suffix, part in PARTS.items()
        if any(getattr(cells[measure], part) not in (None, "") for cells in figures.values() if measure in cells)
    ]
    rows = [
        [
            *(code, communes[code].name, year),
            *(stated(getattr(cells.get(measure, Cell()), part)) for measure, part, _ in columns),
            NOTE,
        ]
        for (code, year), cells in sorted(figures.items())
    ]
    return ["commune_code", "commune", "year", *(m + suffix for m, _, suffix in columns), "note"], rows


def stated(value: Value) -> Value:
    """Return an answer in words; anything else as it is."""
    return ("Có" if value else "Không") if isinstance(value, bool) else value


def vietnamese(value: Value) -> str:
    """Return a figure as Vietnamese text, without marks between thousands."""
    return plain(value).replace(".", ",") if isinstance(value, Decimal) else "" if value is None else str(value)


def write_csv(
    path: Path, header: Iterable[str], rows: Iterable[Iterable[Value]], *, delimiter: str, encoding: str
) -> None:
    """Write a table as text, numbers the Vietnamese way."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([vietnamese(value) for value in row] for row in rows)
    path.write_bytes(text.getvalue().encode(encoding))


def write_parquet(path: Path, rows: Iterable[tuple[Value, ...]]) -> None:
    """Write the long table as Parquet: values as text, for answers stand among them; counts as decimals."""
    frame = pd.DataFrame(rows, columns=LONG).astype({"year": "int32"})
    frame["value"] = frame["value"].map(vietnamese)
    kinds = dict.fromkeys(LONG, pa.string()) | {"year": pa.int32()}
    kinds |= dict.fromkeys(("numerator", "denominator"), pa.decimal128(12, 3))
    frame.to_parquet(path, engine="pyarrow", index=False, compression="zstd", schema=pa.schema(list(kinds.items())))


def write_province_workbook(
    path: Path, header: list[str], rows: Iterable[list[Value]], questionnaire: Questionnaire
) -> None:
    """Write the wide table as a workbook: what a column means stands above its name."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Tổng hợp"
    workbook.properties.creator = "ntm-rules"
    sheet.cell(1, 1, "TỔNG HỢP SỐ LIỆU CÁC XÃ (SỐ LIỆU MINH HỌA, KHÔNG PHẢI SỐ LIỆU THẬT)").font = Font(bold=True)
    names = {"__numerator": "Tử số", "__denominator": "Mẫu số", "__document": "Văn bản"}
    for column, title in enumerate(header, start=1):
        measure, mark, part = title.partition("__")
        spec = questionnaire.measures.get(measure)
        if spec is not None:
            label = f"{spec.label.vi} - {names[mark + part]}" if part else f"{spec.label.vi} ({spec.unit.vi})"
            sheet.cell(3, column, label).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(4, column, title).font = Font(bold=True)
        sheet.column_dimensions[sheet.cell(4, column).column_letter].width = 20
    sheet.row_dimensions[3].height = 90
    sheet.freeze_panes = "D5"
    for row, values in enumerate(rows, start=5):
        for column, value in enumerate(values, start=1):
            if value not in (None, ""):
                sheet.cell(row, column, number(value))
    stream = io.BytesIO()
    workbook.save(stream)
    path.write_bytes(without_times(stream.getvalue()))


def number(value: Value) -> Value:
    """Return a decimal as the number a spreadsheet holds."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
