"""`ntm rules schema`: the JSON Schemas of the files a person writes, printed or written to a folder."""

from __future__ import annotations

from pathlib import Path

import typer

from ntm_rules.i18n import _
from ntm_rules.rulebook.schema import modeline, schema_file, schema_text, write_schemas


def run_schema(kind: str | None, out: Path | None) -> int:
    """Print the schema of one kind of file, or write all of them to a folder; return the exit status.

    Raises:
        typer.BadParameter: neither a kind nor a folder, or both.
    """
    if (kind is None) == (out is None):
        raise typer.BadParameter(_("say either --kind KIND or --out FOLDER"), param_hint="--kind / --out")
    if kind is not None:
        typer.echo(schema_text(kind), nl=False)
        return 0
    assert out is not None
    for path in write_schemas(out):
        typer.echo(_("Written: {file}", file=path))
    typer.echo(_("In the first line of a rule file: {line}", line=modeline(f"{out.name}/{schema_file('rules')}")))
    return 0
