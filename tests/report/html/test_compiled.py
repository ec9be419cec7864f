"""Compiled templates are kept beside them, taken only for the very same source, and never stand in the way."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader
from jinja2.compiler import CodeGenerator

from ntm_rules.report.html.compiled import CompiledTemplates


@pytest.fixture(autouse=True)
def keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where Python keeps what it compiles."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The names of the templates compiled so far."""
    found: list[str | None] = []
    compiling = CodeGenerator.visit_Template

    def seen(self: CodeGenerator, *arguments: object, **named: object) -> None:
        found.append(self.name)
        compiling(self, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(CodeGenerator, "visit_Template", seen)
    return found


def drawn(folder: Path, source: str = "{{ n }} xã") -> str:
    """One template of a folder, filled in by an environment of its own."""
    (folder / "a.html").write_text(source, encoding="utf-8")
    return (
        Environment(loader=FileSystemLoader(folder), bytecode_cache=CompiledTemplates(folder))
        .get_template("a.html")
        .render(n=36)
    )


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("__pycache__/*"))


def test_a_template_is_compiled_once(tmp_path: Path, compiled: list[str | None]) -> None:
    assert [drawn(tmp_path), drawn(tmp_path)] == ["36 xã"] * 2
    assert compiled == ["a.html"]
    assert [one.suffix for one in kept(tmp_path)] == [".pyc"]


def test_another_source_is_compiled_anew(tmp_path: Path, compiled: list[str | None]) -> None:
    assert [drawn(tmp_path), drawn(tmp_path, "{{ n }} phường")] == ["36 xã", "36 phường"]
    assert compiled == ["a.html"] * 2


@pytest.mark.parametrize("left", [0, 5, 30, 45, 200])
def test_what_is_kept_only_in_part_is_compiled_anew(tmp_path: Path, compiled: list[str | None], left: int) -> None:
    drawn(tmp_path)
    (file,) = kept(tmp_path)
    file.write_bytes(file.read_bytes()[:left])
    assert drawn(tmp_path) == "36 xã"
    assert compiled == ["a.html"] * 2


def test_where_nothing_can_be_kept_pages_are_drawn_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").write_text("a file where the folder would be")
    assert drawn(tmp_path) == "36 xã"


def test_nothing_is_kept_where_python_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert drawn(tmp_path) == "36 xã"
    assert kept(tmp_path) == []


def test_where_python_keeps_what_it_compiles_in_another_folder_so_are_templates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates, prefix = tmp_path / "templates", tmp_path / "elsewhere"
    templates.mkdir()
    monkeypatch.setattr(sys, "pycache_prefix", str(prefix))
    assert drawn(templates) == "36 xã"
    assert kept(templates) == []
    assert len(list(prefix.rglob("*.pyc"))) == 1
