"""The `ntm` command: answers --version at once, settles the language, then hands over."""

from __future__ import annotations

import os
import sys

from ntm_rules import TYPE_CHECKING, __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

COLLECTED_AFTER = 250_000
"""So many new objects may stand before cycles are looked for: modules and the law are more than Python's own 700."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; exits with its status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == ["--version"]:
        sys.stdout.write(f"ntm-rules {__version__}\n")
        raise SystemExit(0)
    _start_quickly()
    try:
        _speak(_language_asked(given))
        from ntm_rules.cli.app import run

        status = run(given)
    except KeyboardInterrupt:  # stopped before the command could say so itself
        status = 130
    raise SystemExit(status)


def _start_quickly() -> None:
    """Leave out what takes a fifth of a short command: looking for cycles where there are none, and for plugins of pydantic.

    At its end Python would look for cycles once more, in memory that the system gets back whole anyhow.
    """
    import atexit
    import gc

    gc.set_threshold(COLLECTED_AFTER)
    atexit.register(gc.freeze)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def _language_asked(given: Sequence[str]) -> str | None:
    for i, argument in enumerate(given):
        if argument == "--lang" and i + 1 < len(given):
            return given[i + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return None


def _speak(language: str | None) -> None:
    """Set the language before anything is imported that words its help at import."""
    import gettext
    from pathlib import Path

    from ntm_rules.i18n import current_language, use_language

    use_language(language)
    settled = current_language()
    use_language(settled)  # so that no sentence looks it up in the environment again
    os.environ["LANGUAGE"] = settled
    gettext.bindtextdomain("messages", str(Path(__file__).with_name("locale")))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main()
