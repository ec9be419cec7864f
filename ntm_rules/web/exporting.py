"""Everything taken out: a folder of CSV and JSON a round, beside its description."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from ntm_rules.errors import NtmError, system_reason
from ntm_rules.i18n import Message
from ntm_rules.report.csv_files import write_csv
from ntm_rules.web.backup import at_one_moment
from ntm_rules.web.extracts import COLLECTIONS, ROUNDS, ExtractColumn, rounds
from ntm_rules.web.models.rounds import rounds_with_law
from ntm_rules.web.openapi import document


def export(folder: Path) -> dict[str, int]:
    """Write all rounds into a new or empty folder, as they stand at one moment; return file -> rows.

    Raises:
        NtmError: the folder holds something, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NtmError(Message("{folder} is not empty; name a new folder for what is taken out", folder=folder))
    try:
        with at_one_moment():
            written = _put(folder, "rounds", ROUNDS, list(rounds()))
            for one in rounds_with_law().order_by("pk"):
                for collection in COLLECTIONS.values():
                    written |= _put(
                        folder / f"round-{one.pk}", collection.name, collection.columns, list(collection.rows(one, 0))
                    )
        (folder / "openapi.json").write_text(json.dumps(document(), ensure_ascii=False, indent=1), encoding="utf-8")
    except OSError as error:
        raise NtmError(
            Message("Cannot write into {folder}: {reason}", folder=folder, reason=system_reason(error))
        ) from error
    return written


def _put(folder: Path, name: str, columns: Sequence[ExtractColumn], rows: list[Sequence[object]]) -> dict[str, int]:
    names = [column.name for column in columns]
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(folder / f"{name}.csv", names, rows)
    said = [dict(zip(names, row, strict=True)) for row in rows]
    (folder / f"{name}.json").write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
    return {f"{folder.name}/{name}": len(rows)}
