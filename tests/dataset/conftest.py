"""A small questionnaire with a measure of every kind, and a register of four units."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import Dataset, Reported
from ntm_rules.rulebook.models import Counted, Grade, Measure, Range, Scale, Text, Years
from ntm_rules.rulebook.register import Commune, Register

MERGED = dt.date(2025, 7, 1)
PERCENT = Text(vi="%", en="%")
HOUSEHOLDS = Counted(
    numerator=Text(vi="Số hộ", en="Households"),
    denominator=Text(vi="Tổng số hộ", en="All households"),
    unit=Text(vi="hộ", en="households"),
)
KILOMETRES = Counted(
    numerator=Text(vi="Số km", en="Kilometres"),
    denominator=Text(vi="Tổng số km", en="All kilometres"),
    unit=Text(vi="km", en="km"),
    decimals=2,
)


def measure(id: str, kind: str, vi: str, en: str, **more: object) -> Measure:
    fields: dict[str, object] = {
        "id": id,
        "kind": kind,
        "label": Text(vi=vi, en=en),
        "unit": PERCENT,
        "evidence": Text(vi="Báo cáo", en="Report"),
    }
    if kind in ("share", "growth", "count", "amount"):
        fields["sense"] = "higher"
    return Measure.model_validate(fields | more)


MEASURES = [
    measure("water_share", "share", "Tỷ lệ hộ dùng nước sạch", "Households with clean water", counted=HOUSEHOLDS),
    measure(
        "canal_share",
        "share",
        "Tỷ lệ kênh mương kiên cố",
        "Lined canals",
        counted=KILOMETRES,
        zero_denominator="not_applicable",
    ),
    measure(
        "income_growth",
        "growth",
        "Thu nhập bình quân đầu người",
        "Income per head",
        unit=Text(vi="triệu đồng", en="million dong"),
    ),
    measure(
        "balance",
        "amount",
        "Cân đối",
        "Balance",
        unit=Text(vi="triệu đồng", en="million dong"),
        range=Range(min=Decimal(-10), max=Decimal(1000)),
    ),
    measure("club_count", "count", "Số câu lạc bộ", "Clubs", unit=Text(vi="câu lạc bộ", en="clubs")),
    measure("plan_published", "attestation", "Quy hoạch đã công bố", "Plan published", unit=Text(vi="", en="")),
    measure("school_ruling", "ruling", "Trường đạt chuẩn", "School standard", unit=Text(vi="", en="")),
    measure(
        "digital_grade",
        "grade",
        "Mức độ chuyển đổi số",
        "Digital grade",
        unit=Text(vi="", en=""),
        scale="levels",
    ),
]
LEVELS = Scale(
    id="levels",
    title=Text(vi="Mức", en="Level"),
    grades=(
        Grade(id="yeu", label=Text(vi="Yếu", en="Weak")),
        Grade(id="kha", label=Text(vi="Khá", en="Fair")),
        Grade(id="tot", label=Text(vi="Tốt", en="Good")),
    ),
)
COMMUNES = [
    Commune("03388", "Đoàn Kết", "phuong", MERGED),
    Commune("03394", "Sin Suối Hồ", "xa", MERGED, ("03394",), ("Thèn Sin", "Sin Suối Hồ", "Nậm Xe")),
    Commune("03405", "Tả Lèng", "xa", MERGED, ("03405", "03394", "03406"), ("Giang Ma", "Tả Lèng", "Nậm Xe")),
    Commune("03463", "Tà Tổng", "xa", dt.date(2012, 11, 2)),
]


@pytest.fixture(scope="session")
def questionnaire() -> Questionnaire:
    return Questionnaire(
        measures={m.id: m for m in MEASURES},
        scales={"levels": LEVELS},
        communes=Register(COMMUNES, "xa"),
        years=Years.model_validate({"from": 2024, "to": 2030}),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder to put inputs into."""
    place = tmp_path / "vào"
    place.mkdir()
    return place


class Read:
    """Writes inputs into a folder and reads them; remembers the last `Dataset`."""

    def __init__(self, folder: Path, questionnaire: Questionnaire) -> None:
        self.folder = folder
        self.questionnaire = questionnaire

    def __call__(self, **files: bytes | str) -> Dataset:
        """Read the whole folder after writing `name_ext=content` ("a_csv" is a.csv)."""
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            (self.folder / name.replace("_", ".")).write_bytes(data)
        return read_dataset([self.folder], self.questionnaire)

    def long(self, *rows: str) -> Dataset:
        """Read one long CSV of these rows, separated by semicolons."""
        return self(a_csv="\n".join((LONG, *rows)) + "\n")

    def cell(self, measure: str, value: str = "", numerator: str = "", denominator: str = "") -> Dataset:
        """Read one figure of Sin Suối Hồ for 2026, given as text."""
        return self.long(f"03394;Sin Suối Hồ;2026;{measure};{value};{numerator};{denominator};;")

    def form(self, *rows: Sequence[object], edit: Callable[[Any], None] | None = None) -> Dataset:
        """Read a form of Sin Suối Hồ for 2026 with rows of (measure, value, numerator, denominator)."""
        workbook = openpyxl.Workbook()
        sheet = workbook.active
        assert sheet is not None
        sheet.title = "Số liệu 2026"
        for row in (("Mã xã", "03394"), ("Xã", "Sin Suối Hồ"), ("Năm", 2026), (), FORM, *rows):
            sheet.append(list(row))
        if edit is not None:
            edit(workbook)
        stream = io.BytesIO()
        workbook.save(stream)
        return self(a_xlsx=stream.getvalue())


LONG = "commune_code;commune;year;measure;value;numerator;denominator;source_document;note"
FORM = ("Mã số liệu", "Giá trị", "Tử số", "Mẫu số", "Văn bản, minh chứng", "Ghi chú")
FIRST = 6
"""The first row under the header of `Read.form`."""


@pytest.fixture
def read(folder: Path, questionnaire: Questionnaire) -> Read:
    return Read(folder, questionnaire)


def codes(dataset: Dataset) -> list[str]:
    """The codes of all problems, in order."""
    return [problem.code for problem in dataset.problems]


def only(dataset: Dataset) -> Problem:
    """The one problem of a dataset."""
    assert len(dataset.problems) == 1, [str(p.message()) for p in dataset.problems]
    return dataset.problems[0]


def reported(dataset: Dataset, measure: str, code: str = "03394", year: int = 2026) -> Reported:
    """What a commune reported for a measure."""
    record = dataset.record(code, year)
    assert record is not None, [p.message().render("en") for p in dataset.problems]
    return record.get(measure)
