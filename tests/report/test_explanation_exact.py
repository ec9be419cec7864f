"""What `explain` calls exact is exact: every decimal as it was written, and no figure ever as a float."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.dataset.cells.numbers import from_text, value_units
from ntm_rules.dataset.cells.typed import typed_fraction
from ntm_rules.dataset.records import Reported, State
from ntm_rules.exact import vietnamese
from tests.conftest import Ntm
from tests.other_set.conftest import LAW

HEAD = "commune_code,commune,year,measure,value,numerator,denominator"


def node(ntm: Ntm, data: Path, indicator: str, *law: str | Path, commune: str = "03430") -> Any:
    """The requirement asked for, out of the JSON; a float anywhere is refused."""

    def refuse(text: str) -> float:
        raise AssertionError(f"a float: {text}")

    asked = ("--commune", commune, "--indicator", indicator, "--format", "json")
    done = ntm("explain", data, *asked, *law)
    assert done.returncode in (0, 3), done.stderr
    return json.loads(done.stdout, parse_float=refuse)["indicators"][0]["node"]


def lai_chau(tmp_path: Path, value: str = "", numerator: str = "", denominator: str = "") -> Path:
    path = tmp_path / "so-lieu.csv"
    cells = [f'"{cell}"' for cell in (value, numerator, denominator)]
    row = f"03430,Khun Há,2026,household_waste_treated_share,{','.join(cells)}"
    path.write_text(f"{HEAD}\n{row}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        (("79,999999999999",), "79.999999999999"),
        (("33,3333333333333333333333333333333333",), "33.3333333333333333333333333333333333"),
        (("", "1000", "3000"), "100/3"),
        (("", "333333333", "999999998"), "16666666650/499999999"),
        (("12,3456789 %",), "12.3456789"),
        (("79,9999999",), "79.9999999"),
        (("79,9999995",), "79.9999995"),
    ],
)
def test_a_share_is_told_with_every_decimal(ntm: Ntm, tmp_path: Path, cells: tuple[str, ...], value: str) -> None:
    found = node(ntm, lai_chau(tmp_path, *cells), "8.1.b")
    assert found["reported"]["value"] == found["compared"]["exact"] == value
    assert found["verdict"] == "NOT_MET"
    assert Fraction(found["gap"]["shortfall"]) >= 80 - Fraction(value), "rounded up"


def test_an_amount_is_told_with_every_decimal_from_a_table_of_decimals_too(ntm: Ntm, tmp_path: Path) -> None:
    from decimal import Decimal

    columns = {
        "commune_code": ["90020"],
        "commune": ["Núi Gió"],
        "year": [2032],
        "measure": ["fresh_water_per_head"],
        "value": [Decimal("19.999123456789")],
    }
    pq.write_table(pa.table(columns), tmp_path / "so-lieu.parquet")
    found = node(ntm, tmp_path / "so-lieu.parquet", "A-02", *LAW, commune="90020")
    assert found["reported"]["value"] == found["compared"]["exact"] == "19.999123456789"


def test_a_figure_with_its_unit_and_a_very_small_one_keep_their_decimals(ntm: Ntm, tmp_path: Path) -> None:
    path = tmp_path / "so-lieu.csv"
    path.write_text(f'{HEAD}\n90020,Núi Gió,2032,fresh_water_per_head,"0,000000001234 m³/người",,\n', encoding="utf-8")
    assert node(ntm, path, "A-02", *LAW, commune="90020")["reported"]["value"] == "0.000000001234"
    assert typed_fraction(Reported(State.PRESENT, 5, written="1e-07")) == Fraction(1, 10**7)


@given(st.decimals(-(10**9), 10**9, places=14, allow_nan=False))
def test_whatever_is_typed_comes_back_exactly(number: Any) -> None:
    text = vietnamese(number).replace(".", "")
    reported = Reported(State.PRESENT, value_units(from_text(text)), written=text)
    assert typed_fraction(reported) == Fraction(number)


def test_a_figure_that_no_reader_made_is_what_is_held() -> None:
    assert typed_fraction(Reported(State.PRESENT, 799999995)) == Fraction(799999995, 10**7)
    assert typed_fraction(Reported(State.PRESENT, 799999995, written="3,1")) == Fraction(799999995, 10**7)


def test_a_figure_that_is_held_as_unclear_is_a_state_of_the_schema(ntm: Ntm, tmp_path: Path) -> None:
    import jsonschema

    from ntm_rules.report.explanation.as_json import schema

    asked = ("--commune", "03430", "--indicator", "8.1", "--format", "json")
    found = json.loads(ntm("explain", lai_chau(tmp_path, "0,62"), *asked).stdout)
    assert found["indicators"][0]["node"]["children"][1]["reported"]["state"] == "unclear"
    jsonschema.validate(found, schema())
