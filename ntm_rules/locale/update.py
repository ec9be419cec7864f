"""Bring the Vietnamese catalogues up to date with the sentences in the code and in the book's templates.

Run as `python ntm_rules/locale/update.py`: extracts, keeps every translation that is still used,
writes ntm_rules.po and compiles both .mo files. Needs Babel. Prints the sentences that have no
Vietnamese yet.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

LOCALE = Path(__file__).resolve().parent
PACKAGE = LOCALE.parent
FOLDER = LOCALE / "vi" / "LC_MESSAGES"
KEYWORDS: dict[str, None] = {"_": None, "N_": None, "Message": None}
READERS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
"""How sentences are found, by the name of the file."""
STRICT = {"**.html": {"silent": "false"}}
"""A template with a mistake is an error, not a file without sentences."""


def sentences() -> list[str]:
    """Return every sentence that the package marks for translation, in the order of the code."""
    found = extract_from_dir(str(PACKAGE), READERS, STRICT, keywords=KEYWORDS)
    return list(
        dict.fromkeys(message for _file, _line, message, *_rest in found if isinstance(message, str) and message)
    )


def catalogue(name: str) -> Catalog:
    """Return the Vietnamese catalogue of a domain as it stands."""
    with (FOLDER / f"{name}.po").open("rb") as stream:
        return read_po(stream, locale="vi")


def updated() -> Catalog:
    """Return the catalogue of our own sentences: those of the code, with the Vietnamese there is."""
    known = {message.id: message.string for message in catalogue("ntm_rules") if message.id}
    fresh = Catalog(locale="vi", project="ntm-rules", fuzzy=False)
    fresh.creation_date = fresh.revision_date = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    for sentence in sentences():
        fresh.add(sentence, known.get(sentence, ""))
    return fresh


def main() -> int:
    """Write the catalogues; return how many sentences lack Vietnamese."""
    ours = updated()
    with (FOLDER / "ntm_rules.po").open("wb") as stream:
        write_po(stream, ours, width=120, omit_header=False)
    for name, content in (("ntm_rules", ours), ("messages", catalogue("messages"))):
        with (FOLDER / f"{name}.mo").open("wb") as stream:
            write_mo(stream, content)
    missing = [message.id for message in ours if message.id and not message.string]
    for sentence in missing:
        sys.stdout.write(f"no Vietnamese yet: {sentence}\n")
    return len(missing)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
