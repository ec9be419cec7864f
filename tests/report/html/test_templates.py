"""Templates draw and work nothing out: what they may call is a short list, and no address is written into them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest
from jinja2 import nodes

from ntm_rules.report.html.templating import templates

REPORT = Path(__file__).parents[3] / "ntm_rules" / "report"
PAGES = ("ntm_rules.report.site", "ntm_rules.report.book")
WEB = REPORT.parent / "web"
FILES = sorted((*REPORT.rglob("*.html"), *WEB.rglob("*.html")))
WORDS = {"_", "vi", "day", "number"}
"""What writes words as the reader's language does."""
WORKED_OUT = (
    nodes.Assign,
    nodes.AssignBlock,
    nodes.BinExpr,
    nodes.Concat,
    nodes.Dict,
    nodes.Getitem,
    nodes.Slice,
    nodes.UnaryExpr,
)
"""Nodes that derive something. Whether something is there, and which of a few kinds it is, may be asked."""
LOGIC = (nodes.And, nodes.Or, nodes.Not)


def plain(compared: nodes.Compare) -> bool:
    """Tell whether it is asked which of a few kinds something is."""
    return [one.op for one in compared.ops] in (["eq"], ["ne"]) and isinstance(compared.ops[0].expr, nodes.Const)


def faults(source: str, in_forms: Collection[str] = ()) -> Iterator[str]:
    """Yield what a template works out, by line; `in_forms`: how it may compare an option with what was chosen."""
    tree = templates(PAGES[0]).parse(source)
    drawn = {
        name if isinstance(name, str) else name[1] for one in tree.find_all(nodes.FromImport) for name in one.names
    }
    drawn |= {macro.name for macro in tree.find_all(nodes.Macro)}
    for call in tree.find_all(nodes.Call):
        match call.node:
            case nodes.Name(name=name) if name in WORDS | drawn | {"caller", "super"}:
                pass
            case nodes.Getattr(node=nodes.Name(name="links"), attr="to"):
                pass
            case _:
                yield f"{call.lineno}: a call"
    yield from (f"{used.lineno}: filter {used.name}" for used in tree.find_all(nodes.Filter))
    for test in tree.find_all(nodes.Test):
        if test.name != "none":
            yield f"{test.lineno}: test {test.name}"
    for compared in tree.find_all(nodes.Compare):
        if not (plain(compared) or compared.ops[0].op in in_forms):
            yield f"{compared.lineno}: a comparison"
    for kind in WORKED_OUT:
        for node in tree.find_all(kind):
            if not isinstance(node, LOGIC):
                yield f"{node.lineno}: {kind.__name__}"
    for found in re.finditer(r"""(?:href|src)=["'](?!#|\{\{)""", source):
        yield f"{source.count(chr(10), 0, found.start()) + 1}: an address"


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(REPORT.parent)))
def test_a_template_draws_and_works_nothing_out(file: Path) -> None:
    in_forms = ("eq", "in", "notin") if file.is_relative_to(WEB) else ()
    assert list(faults(file.read_text(encoding="utf-8"), in_forms)) == []


@pytest.mark.parametrize(
    "source",
    [
        "{{ site.explanations(record) }}",
        "{{ agency.name() }}",
        "{{ problems | selectattr('severity') | list }}",
        "{% set criterion = rules.criteria %}",
        "{{ 100 * n / total }}",
        "{{ n ~ '/' ~ total }}",
        "{{ gaps[:3] }}",
        "{{ groups[group] }}",
        "{% if n > 3 %}{% endif %}",
        "{% if one is defined %}{% endif %}",
        '<a href="index.html">x</a>',
        '<a href="co-quan.html#{{ anchor }}">x</a>',
    ],
)
def test_what_works_something_out_is_found(source: str) -> None:
    assert list(faults(source))


def test_there_are_templates() -> None:
    assert {file.parent.name for file in FILES} == {"components", "html", "templates"}


@pytest.mark.parametrize("package", PAGES)
def test_every_template_can_be_loaded_with_the_components_it_names(package: str) -> None:
    environment = templates(package)
    for name in environment.list_templates(extensions=["html"]):
        environment.get_template(name)


WRITTEN_BY_HAND = {
    "report/html/components/table.html": "the component itself",
    "report/book/templates/text.html": "a table of the printed text",
    "web/templates/conclude.html": "a form",
    "web/templates/criterion.html": "a form",
    "web/templates/ticks.html": "a form",
    "web/templates/handed_in.html": "a form",
}
"""Templates that write the tags of a table, and why."""


def test_tables_are_drawn_by_the_one_component() -> None:
    package = REPORT.parent
    writing = {
        file.relative_to(package).as_posix()
        for file in package.rglob("templates/*.html")
        if "<table" in file.read_text(encoding="utf-8")
    }
    assert writing | {"report/html/components/table.html"} == WRITTEN_BY_HAND.keys()
