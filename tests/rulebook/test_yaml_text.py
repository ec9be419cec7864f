"""Text written as YAML is read back as the same text, by our reader and by another."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from ntm_rules.dataset.cells.texts import tidy
from ntm_rules.rulebook.yaml_reader import read_yaml
from ntm_rules.rulebook.yaml_text import WIDTH, comment, id_key, scalar

WORDS = st.sampled_from(
    [
        "no",
        "Yes",
        "on",
        "y",
        "roads_share",
        "A-01.b_c",
        "null",
        "~",
        "true",
        "8.1",
        "1e3",
        "0x1F",
        "2026-01-01",
        "a: b",
        "a #b",
        "- a",
        "",
    ]
)
TEXTS = WORDS | st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=30).map(tidy)


@given(text=TEXTS, other=TEXTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_text_is_read_back_as_it_was(tmp_path: Path, text: str, other: str) -> None:
    import unicodedata

    path = tmp_path / "a.yaml"
    lines = f"alone: {scalar(text)}\ninside: {{a: {scalar(text)}, b: {scalar(other)}}}\n"
    path.write_text(lines, encoding="utf-8")
    here, there = (unicodedata.normalize("NFC", t) for t in (text, other))
    assert read_yaml(path).data == {"alone": here, "inside": {"a": here, "b": there}}
    assert YAML(typ="safe", pure=True).load(lines) == {"alone": text, "inside": {"a": text, "b": other}}


@given(id_=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]*", fullmatch=True) | st.sampled_from(["8.1", "1e3", "0x1F", "no"]))
def test_an_id_is_a_key_and_a_text_for_every_reader(id_: str) -> None:
    assert YAML(typ="safe", pure=True).load(f"{id_key(id_)}: {id_key(id_)}") == {id_: id_}


@pytest.mark.parametrize("text", ["a", "x " * 300, "một\nhai: ba"])
def test_a_comment_stays_a_comment_on_every_line(text: str) -> None:
    lines = list(comment(text, "  ", "  "))
    assert all(line.startswith("  # ") and len(line) <= WIDTH for line in lines)
    assert " ".join(" ".join(line.removeprefix("  # ").split()) for line in lines) == " ".join(text.split())
