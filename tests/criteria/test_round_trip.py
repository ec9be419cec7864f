"""Nothing is lost between a file and its model: file to model to file to model gives the same model."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import TypeAdapter
from ruamel.yaml import YAML
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import SafeRepresenter

from ntm_rules.rulebook.model_checking import check
from ntm_rules.rulebook.models import Agency, IndicatorWritten, Measure, Overlay, SetHeader
from ntm_rules.rulebook.register_file import COLUMNS, MAP_COLUMNS, read_register
from ntm_rules.rulebook.yaml_reader import read_yaml
from tests.criteria.plan import FOLDER, SET

SAMPLES = Path(__file__).parents[2] / "samples"
RULES = [*(c.rules for c in SET.header.criteria), SET.header.conditions or ""]
FILES: list[tuple[Path, TypeAdapter[object]]] = [
    (FOLDER / "criteria-set.yaml", TypeAdapter(SetHeader)),
    (FOLDER / "agencies.yaml", TypeAdapter(tuple[Agency, ...])),
    (FOLDER / "measures.yaml", TypeAdapter(tuple[Measure, ...])),
    *((FOLDER / name, TypeAdapter(tuple[IndicatorWritten, ...])) for name in RULES),
    (SAMPLES / "minh-hoa.overlay.yaml", TypeAdapter(Overlay)),
]


def decimal_node(representer: SafeRepresenter, number: Decimal) -> ScalarNode:
    kind = "int" if number == number.to_integral_value() else "float"
    return representer.represent_scalar(f"tag:yaml.org,2002:{kind}", format(number, "f"))


@pytest.mark.parametrize(("path", "shape"), FILES, ids=[f"{p.parent.name}/{p.name}" for p, _ in FILES])
def test_a_yaml_file_survives_the_round_trip(path: Path, shape: TypeAdapter[object], tmp_path: Path) -> None:
    model = check(read_yaml(path), shape)
    yaml = YAML(typ="safe", pure=True)
    yaml.allow_unicode = True
    yaml.representer.add_representer(Decimal, decimal_node)
    copy = tmp_path / path.name
    with copy.open("w", encoding="utf-8") as stream:
        yaml.dump(shape.dump_python(model, by_alias=True, exclude_unset=True), stream)
    assert check(read_yaml(copy), shape) == model


def test_the_register_survives_the_round_trip(tmp_path: Path) -> None:
    copy = tmp_path / "communes.csv"
    with copy.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([*COLUMNS, *MAP_COLUMNS])
        for unit in SET.communes:
            writer.writerow(
                [
                    *(unit.code, unit.name, unit.type, unit.valid_from.isoformat()),
                    *(";".join(unit.predecessor_codes), ";".join(unit.predecessor_names)),
                    *(unit.group or "", unit.group_source, unit.source),
                    *(unit.tile or ("", "")),
                ]
            )
    assert list(read_register(copy, SET.header.commune_type)) == list(SET.communes)
