"""Reports for tests that compare outputs: the sample's figures with some left out, answered no, or awaited, by a seed."""

from __future__ import annotations

import csv
import random
from pathlib import Path

from tests.conftest import SAMPLES

NO = {"Có": "Không", "Đạt": "Không đạt"}


def reports(path: Path, seed: int, *, left_out: float = 0.12, turned: float = 0.15) -> Path:
    """Write the sample as one table with every figure of its year dealt with at random.

    One commune hands in nothing, and one nothing that can be used.
    """
    dealer = random.Random(seed)
    table = SAMPLES / "lai-chau-2026.csv"
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = sorted({row["commune_code"] for row in rows})
    silent, unusable = dealer.sample(codes, 2)
    kept = []
    for row in rows:
        if row["commune_code"] == silent:
            continue
        if row["commune_code"] == unusable:
            row |= {"value": "xem báo cáo", "numerator": "", "denominator": ""}
        chance = dealer.random()
        if row["year"] == "2026" and chance < left_out:
            continue
        if row["year"] == "2026" and chance < left_out + turned:
            row["value"] = NO.get(row["value"], row["value"])
            if row["value"] == "Không đạt" and dealer.random() < 0.5:
                row["value"] = "Chưa có kết luận"
        kept.append(row)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(kept)
    return path
