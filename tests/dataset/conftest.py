"""A small questionnaire with a measure of every kind, and a register of four units."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from ntm_rules.dataset.questionnaire import Questionnaire
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
    Commune("03405", "Tả Lèng", "xa", MERGED, ("03405",), ("Giang Ma", "Tả Lèng")),
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
