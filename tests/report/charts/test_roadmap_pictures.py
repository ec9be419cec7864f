"""The pictures of a road map: every commune in its place, in the words of its state; boundaries by code, never as law."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from ntm_rules.errors import NtmError
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.i18n import in_language
from ntm_rules.plan.road_map import Aim, RoadMap, roadmap
from ntm_rules.report.charts.boundaries import boundaries_in
from ntm_rules.report.charts.roadmap import roadmap_map
from ntm_rules.report.charts.timeline import timeline
from ntm_rules.rulebook.effort_file import read_effort
from ntm_rules.rulebook.loader import LoadedSet
from tests.plan.conftest import dataset, illustrated, rulebook  # noqa: F401 - fixtures
from tests.report.charts.test_chart import SVG, texts

WARNINGS = ["SỐ LIỆU MINH HỌA: bịa ra"]


@pytest.fixture(scope="module")
def road(illustrated: Evaluation, loaded: LoadedSet) -> RoadMap:  # noqa: F811
    return roadmap(illustrated, read_effort(loaded), [Aim(10, 2030), Aim(11, 2035)], year=2026)


def test_the_years_name_every_commune_chosen_with_its_work(road: RoadMap) -> None:
    picture = timeline(road, WARNINGS)
    shown = texts(picture.svg())
    assert {one.name for one in road.chosen} <= set(shown)
    assert {"2027", "2035", "10 xã", "11 xã", "16,291", "không còn việc phải làm", "SỐ LIỆU MINH HỌA"} <= set(shown)
    assert "Nậm Mạ: 2031" in picture.alternative


def test_the_map_shows_every_unit_of_the_register_and_says_that_it_is_no_boundary(road: RoadMap) -> None:
    picture = roadmap_map(road, warnings=WARNINGS)
    assert picture is not None
    shown = texts(picture.svg())
    assert {unit.name for unit in road.evaluation.rules.communes} <= set(shown)
    assert "Sơ đồ minh họa, không có giá trị về địa giới." in shown
    assert shown.count("?") == len(road.outside)
    assert {"xong đến năm 2030", "xong đến năm 2035", "SỐ LIỆU MINH HỌA"} <= set(shown)


def test_pictures_are_whole_and_alike_for_alike_road_maps(road: RoadMap) -> None:
    for picture in (timeline(road), roadmap_map(road)):
        assert picture is not None
        root = ET.fromstring(picture.svg())
        width, height = float(root.attrib["width"]), float(root.attrib["height"])
        for mark in root.iter(f"{SVG}rect"):
            x, y = float(mark.get("x", 0)), float(mark.get("y", 0))
            assert 0 <= x <= x + float(mark.attrib["width"]) <= width
            assert 0 <= y <= y + float(mark.attrib["height"]) <= height
    assert timeline(road).svg() == timeline(road).svg()


# --- boundaries --------------------------------------------------------------------------------


def feature(code: object, west: float, key: str = "ma", kind: str = "Polygon") -> dict[str, Any]:
    ring = [[west, 22.0], [west + 1, 22.0], [west + 1, 23.0], [west, 23.0], [west, 22.0]]
    coordinates: Any = [ring] if kind == "Polygon" else [[ring]]
    return {"properties": {key: code, "ten": "x"}, "geometry": {"type": kind, "coordinates": coordinates}}


def geojson(*features: dict[str, Any]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def test_boundaries_are_found_by_code_whatever_the_property_is_called_and_without_their_zeros(road: RoadMap) -> None:
    text = geojson(feature("03390", 103), feature(3394, 104, kind="MultiPolygon"), feature("99999", 105))
    found = boundaries_in(text, "ranh.geojson", road.evaluation.rules.communes)
    assert set(found.shapes) == {"03390", "03394"}
    picture = roadmap_map(road, found)
    assert picture is not None
    shown = texts(picture.svg())
    assert {"Bình Lư", "Sin Suối Hồ", "Sơ đồ minh họa, không có giá trị về địa giới."} <= {
        *shown,
        *" ".join(shown).split("  "),
    } or any("Bình Lư" in words for words in shown)
    assert any(words.startswith("Không có trên sơ đồ: ") and "Tà Tổng" in words for words in shown)
    assert not any(words == "Tà Tổng" for words in shown)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is no GeoJSON"),
        ('{"features": 3}', "is no GeoJSON"),
        (geojson(), "no property of any feature holds a code"),
        (geojson(feature("Bình Lư", 103)), "no property of any feature holds a code"),
        (geojson(feature("03390", 103, kind="Point")), "Polygon or MultiPolygon"),
        (json.dumps({"features": [{"properties": {"ma": "03390"}, "geometry": None}]}), "Polygon or MultiPolygon"),
    ],
)
def test_a_file_that_holds_no_boundaries_is_refused_with_its_name(text: str, said: str, loaded: LoadedSet) -> None:
    with in_language("en"), pytest.raises(NtmError) as refused:
        boundaries_in(text, "ranh.geojson", loaded.communes)
    words = refused.value.messages[0].render("en")
    assert "ranh.geojson" in words
    assert said in words
