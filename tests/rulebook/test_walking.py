"""The law as written can be walked: every node once, in the order written, each where it stands in its file."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.rulebook.models import NodeWritten
from ntm_rules.rulebook.yaml_reader import read_yaml
from tests.rulebook.tiny import CONDITIONS, RULES_1, RULES_2, Tiny

WRITTEN = (
    *("1.1", "1.1.a", "1.1.b", "1.1.c", "1.1.c.i", "1.1.c.ii", "1.2"),
    *("2.1", "2.2", "2.3", "DK.1"),
)

REQUIREMENTS = st.sampled_from(({"measure": "clinics", "at_least": 1}, {"attested": "safe"}, {"ruling": "safe"}))
TREES: st.SearchStrategy[dict[str, Any]] = st.recursive(
    REQUIREMENTS,
    lambda parts: st.builds(
        lambda key, below: {key: below}, st.sampled_from(("all", "any")), st.lists(parts, min_size=1, max_size=4)
    ),
)


def numbered(tree: dict[str, Any], id_: str = "0") -> dict[str, Any]:
    """Return a tree with the way to each node as its id: "0.2.1" is the second part of the third."""
    below = {
        key: [numbered(part, f"{id_}.{i}") for i, part in enumerate(tree[key])] for key in ("all", "any") if key in tree
    }
    return {**tree, "id": id_, **below}


def ids_in(data: object) -> list[str]:
    """Return every id of a tree as data, in the order written, found without the models."""
    if isinstance(data, list):
        return [id_ for one in data for id_ in ids_in(one)]
    if not isinstance(data, dict):
        return []
    return [*([data["id"]] if "id" in data else []), *(id_ for value in data.values() for id_ in ids_in(value))]


@given(TREES)
def test_a_walk_visits_every_node_once_parents_first_in_the_order_written(tree: dict[str, Any]) -> None:
    walked = [node.id for node in NodeWritten.model_validate(numbered(tree)).walk()]
    assert walked == ids_in(numbered(tree))
    assert len(walked) == len(set(walked))


@given(TREES)
def test_every_node_stands_at_the_place_that_leads_to_it_in_the_file(tree: dict[str, Any]) -> None:
    data = numbered(tree)
    for place, node in NodeWritten.model_validate(data).placed((7,)):
        found: Any = data
        for step in place[1:]:
            found = found[step]
        depth = node.id.count(".")
        assert (place[0], len(place), found["id"]) == (7, 1 + 2 * depth, node.id)


@given(TREES)
def test_the_requirements_are_the_nodes_that_take_nothing_together(tree: dict[str, Any]) -> None:
    whole = NodeWritten.model_validate(numbered(tree))
    requirements = [node.id for node in whole.requirements()]
    assert requirements == [node.id for node in whole.walk() if node.reported]
    assert requirements == [node.id for node in whole.walk() if not node.parts]


def test_a_set_lists_its_indicators_with_and_without_the_conditions_and_all_nodes(tiny: Tiny) -> None:
    loaded = tiny.load()
    assert [i.id for i in loaded.indicators()] == ["1.1", "1.2", "2.1", "2.2", "2.3"]
    assert [i.id for i in loaded.every_indicator()] == ["1.1", "1.2", "2.1", "2.2", "2.3", "DK.1"]
    assert tuple(node.id for node in loaded.nodes()) == WRITTEN


def test_no_node_of_a_set_is_left_out(tiny: Tiny) -> None:
    loaded = tiny.load()
    files = [read_yaml(loaded.folder / name).data for name in (RULES_1, RULES_2, CONDITIONS)]
    assert tuple(ids_in(files)) == WRITTEN


def test_a_node_says_what_it_reads_and_its_dated_values(tiny: Tiny) -> None:
    nodes = {node.id: node for node in tiny.load().nodes()}
    assert {id_: node.reported for id_, node in nodes.items() if id_.startswith("1.1")} == {
        "1.1": None,
        "1.1.a": "plan_approved",
        "1.1.b": "roads_share",
        "1.1.c": None,
        "1.1.c.i": "landfill_share",
        "1.1.c.ii": "safe",
    }
    assert nodes["2.1"].reported == "party_grade"
    assert [value.from_.year for value in nodes["2.2"].dated] == [2026, 2027]
    assert [node.id for node in nodes.values() if node.dated] == ["2.2"]
