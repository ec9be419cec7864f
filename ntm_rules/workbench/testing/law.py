"""The law a test is under: a day, what was known, overlays and suppositions, resolved once for all tests alike."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ntm_rules.i18n import Message
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.loader import LoadedSet, load_overlay
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.rule_tests import RuleTest
from ntm_rules.rulebook.yaml_reader import Place, YamlFile

SUPPOSED = "suppose"
"""The key of a test's own targets, and the id of the overlay that carries them."""


@dataclass(slots=True)
class Laws:
    """The sets in force that tests are under; each is resolved once."""

    loaded: LoadedSet
    laid: tuple[Overlay, ...] = ()
    """Overlays that every test is under, beside its own."""
    province: str | None = None
    """Of a set of several provinces the one whose communes every test is about."""
    _overlays: dict[Path, Overlay] = field(default_factory=dict)
    _resolved: dict[str, CriteriaSet] = field(default_factory=dict)

    def year(self, test: RuleTest) -> int:
        """Return the year that a test judges."""
        return test.year or (test.as_of.year if test.as_of else self.loaded.first_year)

    def plain(self) -> CriteriaSet:
        """Return the set by itself, at the end of the first year in which anything is in force."""
        if _PLAIN not in self._resolved:
            first = self.loaded.first_year
            self._resolved[_PLAIN] = resolve(
                self.loaded, as_of=dt.date(first, 12, 31), overlays=self.laid, province=self.province
            )
        return self._resolved[_PLAIN]

    def overlay(self, path: Path) -> Overlay:
        """Return an overlay read from its file.

        Raises:
            RulebookError: every mistake in it.
        """
        if path not in self._overlays:
            self._overlays[path] = load_overlay(path)
        return self._overlays[path]

    def of(self, test: RuleTest, file: YamlFile, number: int) -> CriteriaSet:
        """Return the law of a test.

        Raises:
            NtmError: overlays or suppositions that do not fit the set, or nothing in force on the day.
        """
        as_of = test.as_of or dt.date(self.year(test), 12, 31)
        key = _law_key(test, as_of)
        if key not in self._resolved:
            own = [self.overlay(self.loaded.folder / name) for name in test.overlays]
            given = {overlay.id for overlay in own}
            overlays = [*(overlay for overlay in self.laid if overlay.id not in given), *own]
            if test.suppose:
                overlays.append(self._supposed(test, as_of, overlays, file, number))
            self._resolved[key] = resolve(
                self.loaded, as_of=as_of, overlays=overlays, known_on=test.known_on, province=self.province
            )
        return self._resolved[key]

    def _supposed(
        self, test: RuleTest, as_of: dt.date, overlays: Sequence[Overlay], file: YamlFile, number: int
    ) -> Overlay:
        """Return what a test supposes as an overlay that lies over all others and says that it is no one's law."""
        title = Message("Supposed for a test; no one's law")
        lines: dict[Place, int] = {("set", id_): file.line((number, SUPPOSED, id_)) for id_ in test.suppose}
        promulgated = test.known_on or max([as_of, *(overlay.promulgated for overlay in overlays)])
        supposed = Overlay.supposing(
            SUPPOSED, self.loaded.header.id, title, test.suppose, promulgation=promulgated, from_=as_of
        )
        return supposed.written_in(file.name, lines)


_PLAIN = ""


def _law_key(test: RuleTest, as_of: dt.date) -> str:
    supposed = test.model_dump(mode="json", include={"suppose"})
    return json.dumps([str(as_of), str(test.known_on), test.overlays, supposed], sort_keys=True)
