"""The one door to durable-rules 2.0.28: symbols in, firings out, nothing left behind.

The library is old and careless with what it is given (`docs/engines.md` has each hazard, measured).
This module talks to its C extension directly, because the Python layer above it starts two timer
threads per host, swallows what an action raises and cannot delete a ruleset. What comes through here:

- facts are flat and hold symbols only (a letter, then letters, digits, `_` and spaces): no number,
  no text of a person;
- every fact brings its id, and `distinct_symbols` gives ids that the library's 32-bit hash tells apart;
- one session lives at a time in a process, behind a lock, and is deleted whatever happens;
- an answer of the library other than "taken" is raised, and so is whatever a conclusion raises.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from threading import Lock
from types import ModuleType

from ntm_rules.errors import NtmError, system_reason
from ntm_rules.i18n import Message

Symbols = Mapping[str, str]
"""One fact: property -> symbol; `id` names it within the session."""
Conclude = Callable[[str, Mapping[str, Symbols]], Symbols | None]
"""What a rule does when it fires: (rule, name -> fact that matched) -> the fact it adds, if any."""

LIBRARY = "durable_rules_engine"
TAKEN = 0
_SESSION = "commune"
_STATE_ID = f"sid-{_SESSION}"
"""Id of the fact that the library itself adds to a session."""
_READY: Mapping[str, object] = {"ready": {"all": [{"fact": {"kind": "ready"}}]}}
_FACT = re.compile(rf'{{"sid":"{_SESSION}"(,"(id|kind|verdict|after|up_to)":"[A-Za-z][A-Za-z0-9_ ]*"){{2,5}}}}')
_one_at_a_time = Lock()


class EngineFailure(NtmError):
    """The library did something else than what it was asked."""

    def __init__(self, what: str) -> None:
        super().__init__(
            Message(
                "The durable engine failed ({what}). No verdict of it was kept; "
                "judge with another engine, the verdicts are the same, and report this.",
                what=what,
            )
        )


def why_unusable() -> Message | None:
    """Return why the library cannot be used here and what to install; None where it works."""
    try:
        importlib.import_module(LIBRARY)
    except ImportError as error:
        return Message(
            "The engine “durable” cannot work here: durable-rules is missing or does not load ({error}; Python "
            "{version}). It ships as source only: with Python 3.11 or 3.12 and a C compiler, run "
            "pip install 'ntm-rules[durable]'. Nothing is lost without it: every engine gives the same verdicts.",
            error=system_reason(error),
            version=".".join(map(str, sys.version_info[:2])),
        )
    return None


class Ruleset:
    """Rules that live in the library for as long as the process does; make few."""

    def __init__(self, name: str, rules: Mapping[str, object]) -> None:
        problem = why_unusable()
        if problem is not None:
            raise NtmError(problem)
        self._library: ModuleType = importlib.import_module(LIBRARY)
        self._handle = self._library.create_ruleset(name, json.dumps({**rules, **_READY}))
        # The library reads a session's memory before writing it when a session ends in which no rule fired.
        # This one fires, and every later session takes its place in memory.
        self.run([{"id": "ready", "kind": "ready"}], lambda *_: None)

    def run(self, facts: Iterable[Symbols], conclude: Conclude) -> None:
        """Assert facts in a session of their own and fire rules until none is left; what they add is asserted too."""
        given = [_written(fact) for fact in facts]
        with _one_at_a_time:
            state: int | None = None
            try:
                state = self._assert(f"[{','.join(given)}]")
                started = self._library.start_action_for_state(self._handle, state)
                fired = started[1] if started else None
                while fired:
                    ((rule, matched),) = json.loads(fired).items()
                    added = conclude(rule, matched)
                    if added is not None:
                        self._assert(f"[{_written(added)}]")
                    fired = self._library.complete_and_start_action(self._handle, state)
            except self._library.error as error:
                raise EngineFailure(str(error)) from error
            finally:
                self._end(state)

    def _assert(self, facts: str) -> int:
        answer, state = self._library.assert_facts(self._handle, facts)
        if answer != TAKEN:
            raise EngineFailure(f"assert: {answer}")
        return int(state)

    def _end(self, state: int | None) -> None:
        if state is not None:
            self._library.abandon_action(self._handle, state)
        try:
            self._library.delete_state(self._handle, _SESSION)
        except self._library.error:
            if state is not None:
                raise


def _written(fact: Symbols) -> str:
    """Return a fact as the library reads it; raises ValueError for anything but symbols."""
    pairs = ",".join([f'"{name}":"{symbol}"' for name, symbol in fact.items()])
    written = f'{{"sid":"{_SESSION}",{pairs}}}'
    if "id" not in fact or not _FACT.fullmatch(written):
        raise ValueError(f"only symbols may enter the engine: {fact!r}")
    return written


def library_hash(text: str) -> int:
    """Return the 32 bits (FNV-1a) by which the library tells facts apart.

    >>> library_hash("10.31.a") == library_hash("9.89.ii")
    True
    """
    found = 2166136261
    for byte in text.encode("ascii"):
        found = (found ^ byte) * 16777619 & 0xFFFFFFFF
    return found


def distinct_symbols(candidates: Iterable[str]) -> Iterator[str]:
    """Yield the candidates that the library can tell from each other and from its own facts; skip the rest.

    >>> list(distinct_symbols(["n31782", "u121820", "n1"]))
    ['n31782', 'n1']
    """
    taken = {library_hash(_STATE_ID)}
    for candidate in candidates:
        bits = library_hash(candidate)
        if bits not in taken:
            taken.add(bits)
            yield candidate
