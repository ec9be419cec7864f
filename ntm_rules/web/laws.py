"""The law that a round pinned: its files put away byte for byte, and opened again as they were."""

from __future__ import annotations

import hashlib
import io
import threading
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from contextvars import copy_context
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db.models import QuerySet

from ntm_rules.appraisal.entries import Entry
from ntm_rules.appraisal.findings import Item, owners
from ntm_rules.appraisal.hamlets import kept_under, measure_of, parted
from ntm_rules.appraisal.judging import Judged
from ntm_rules.dataset.records import CommuneYear
from ntm_rules.dataset.rows.headers import Vocabulary
from ntm_rules.errors import NtmError
from ntm_rules.forms.commune.questions import FormSection, sections
from ntm_rules.i18n import Message, call_rows_below
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.describe import resolved_hash
from ntm_rules.rulebook.procedures import PROCEDURE, Procedure, read_procedure
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.reading import read
from ntm_rules.runs.rulebook import Rulebook, open_rulebook
from ntm_rules.standing.one_commune import Reaches
from ntm_rules.web.kept import Kept, ReportSoFar
from ntm_rules.web.models import Dossier, Law, Overlay, Round
from ntm_rules.wording.communes import units_below

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time that every file of a pinned set bears, so that the same files are the same bytes."""
_opening = threading.Lock()
_alike: dict[tuple[object, ...], Opened] = {}
"""What a round pinned -> the law opened, for every round that pinned the same."""
_MOST_OPEN = 8


@dataclass(frozen=True)
class Opened:
    """The law of a round, ready to read figures and to judge them."""

    rulebook: Rulebook
    rules: CriteriaSet
    year: int
    before: Sequence[CommuneYear]
    """What was reported for the years before."""
    as_pinned: bool
    """The rules come to what they came to when they were pinned."""

    @cached_property
    def judged(self) -> dict[tuple[str, frozenset[tuple[str, Entry]]], Judged]:
        """What was judged lately: commune and figures -> what they come to (`reading.judged_of`)."""
        return {}

    @cached_property
    def reported(self) -> Kept[ReportSoFar]:
        """What dossiers have reported so far (`reading.reported_of`)."""
        return Kept()

    @cached_property
    def items(self) -> Kept[Mapping[str, Item]]:
        """What acts of agencies on dossiers come to (`findings.items_of_round`)."""
        return Kept()

    @cached_property
    def reaches(self) -> Reaches:
        """What the law lets be judged, worked out once for communes of a kind."""
        return {}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the readers."""
        return Vocabulary(self.rulebook.questionnaire())

    @cached_property
    def owners(self) -> Mapping[str, str]:
        """Measure -> the agency that appraises it."""
        return owners(self.rules, self.procedure.comment_measures)

    def owner_of(self, key: str) -> str | None:
        """Return the agency that appraises a figure, of the commune or of a hamlet; None: nobody does."""
        return self.owners.get(measure_of(key))

    @cached_property
    def procedure(self) -> Procedure:
        """How the province appraises."""
        return read_procedure(self.rulebook.loaded.folder)

    @cached_property
    def sections(self) -> tuple[FormSection, ...]:
        """What is asked, in the order of the law."""
        loaded = self.rulebook.written(self.rules)
        return sections(self.rules, loaded.conditional, loaded.beside_the_rules)

    @cached_property
    def section_of(self) -> Mapping[str, FormSection]:
        """Measure -> the section of the form that asks for it."""
        found = {
            question.measure.id: section for section in reversed(self.sections) for question in section.questions()
        }
        for section in reversed(self.sections):
            found |= dict.fromkeys(self.of_hamlets(section), section)
        return found

    def of_hamlets(self, section: FormSection) -> tuple[str, ...]:
        """Return the measures of each hamlet that a section asks for, those left out that one before it asks for."""
        return next(asked for each, asked in self._of_hamlets if each is section)

    @cached_property
    def _of_hamlets(self) -> list[tuple[FormSection, tuple[str, ...]]]:
        found, before = [], set[str]()
        for section in self.sections:
            counting = [one.hamlets for question in section.questions() for one in question.requirements if one.hamlets]
            asked = dict.fromkeys(m for hamlets in counting for m in hamlets.asked if m not in before)
            before |= asked.keys()
            found.append((section, tuple(asked)))
        return found

    def kept_in(self, section: FormSection, hamlets: Iterable[int]) -> list[str]:
        """Return what the figures that a section asks for are kept under: of the hamlets that there are, those of each."""
        numbers = sorted(hamlets)
        found = [question.measure.id for question in section.questions()]
        return found + [kept_under(measure, number) for number in numbers for measure in self.of_hamlets(section)]

    def section_with(self, key: str) -> FormSection | None:
        """Return the section that asks for a figure, of the commune or of a hamlet; the first with hamlets for a name."""
        measure, number = parted(key)
        if number and not measure:
            return next((section for section in self.sections if self.of_hamlets(section)), None)
        of_hamlets = measure in self.rules.measures and self.rules.measures[measure].of_hamlets
        return self.section_of.get(measure) if of_hamlets is bool(number) else None


def pinned(folder: Path, names: Mapping[str, object]) -> bytes:
    """Return files of a set's folder as one ZIP, the same bytes for the same files."""
    made = io.BytesIO()
    kept = sorted({*names, *([PROCEDURE] if (folder / PROCEDURE).exists() else [])})
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in kept:
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), (folder / name).read_bytes(), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def law_of(rulebook: Rulebook) -> Law:
    """Return the pinned files of a set, put away once."""
    loaded = rulebook.loaded
    files = pinned(loaded.folder, loaded.files)
    law, _made = Law.objects.get_or_create(
        sha256=hashlib.sha256(files).hexdigest(),
        defaults={"files": files, "set_id": loaded.header.id, "version": loaded.header.version},
    )
    found: Law = law
    return found


def opened_apart(asked: LawAsked) -> Rulebook:
    """Open a rulebook whose words for what stands below communes are not those of the page that needs it."""
    return copy_context().run(open_rulebook, asked)


def law_in_force(one: Round, pin: int | None = None) -> Opened:
    """Return the law that a round pinned last, or a version of it.

    Raises:
        NtmError: what was put away is not what was pinned.
    """
    pin = pin or one.pinned_id
    return _opened(one.pk, pin, *(("", "") if pin else (one.law.sha256, one.rules_sha256)))


def law_of_page(one: Round) -> Opened:
    """Return the law of the round that a page is of, which from here on calls what stands below communes as that does."""
    law = law_in_force(one)
    call_rows_below(units_below(law.rules.communes))
    return law


def law_of_dossier(dossier: Dossier) -> Opened:
    """Return the law under which a dossier is judged: the round's, or the one under which it was decided."""
    return law_in_force(dossier.round, dossier.pinned_id)


def overlays_of(one: Round, pin: int | None) -> QuerySet[Overlay]:
    """Return the later decisions of a version of a round's law; of None, and of the first, those it was opened with."""
    first = one.pins.order_by("pk").values_list("pk", flat=True).first()
    found: QuerySet[Overlay] = one.overlays.filter(pin=None if pin == first else pin)
    return found


def forget() -> None:
    """Open every law anew when it is next asked for."""
    _opened.cache_clear()
    _alike.clear()


@lru_cache(maxsize=128)
def _opened(round_: int, pin: int | None, _law: str, _rules: str) -> Opened:
    """Return the law of a round; rounds that pinned the same, over the same year before, have it in common."""
    with _opening:
        one = Round.objects.select_related("law").get(pk=round_)
        version = one.pins.select_related("law").get(pk=pin) if pin is not None else one
        rules_sha256, laid_on = version.rules_sha256, list(overlays_of(one, pin))
        before_sha256 = hashlib.sha256(bytes(one.before)).hexdigest() if one.before else ""
        same = (
            version.law.sha256, rules_sha256, one.year, before_sha256, Path(one.before_name).suffix.lower(),
            *((overlay.place, overlay.sha256) for overlay in laid_on),
        )  # fmt: skip
        if same in _alike:
            return _alike[same]
        overlays = [
            _put(
                settings.NTM.laws / overlay.sha256 / f"{overlay.place}.overlay.yaml",
                bytes(overlay.content),
                overlay.sha256,
            )
            for overlay in laid_on
        ]
        rulebook = opened_apart(LawAsked(str(laid_out(version.law)), overlays))
        rules = rulebook.for_year(one.year)
        before: Sequence[CommuneYear] = ()
        if one.before:
            path = settings.NTM.laws / before_sha256 / f"before{Path(one.before_name).suffix.lower()}"
            before = tuple(read(rulebook, [_put(path, bytes(one.before), before_sha256)]).records)
        opened = Opened(rulebook, rules, one.year, before, resolved_hash(rules) == rules_sha256)
        while len(_alike) >= _MOST_OPEN:
            del _alike[next(iter(_alike))]
        _alike[same] = opened
        return opened


def laid_out(law: Law) -> Path:
    """Return the folder of a pinned set, written anew where it is not there."""
    files = bytes(law.files)
    if hashlib.sha256(files).hexdigest() != law.sha256:
        raise NtmError(
            Message("The pinned law {law} is not what was pinned: its files have another hash.", law=str(law))
        )
    folder: Path = settings.NTM.laws / law.sha256 / "set"
    with zipfile.ZipFile(io.BytesIO(files)) as archive:
        for entry in archive.infolist():
            parts = PurePosixPath(entry.filename).parts
            if not parts or ".." in parts or PurePosixPath(entry.filename).is_absolute():
                raise NtmError(Message("The pinned law {law} names a file outside itself.", law=str(law)))
            content = archive.read(entry)
            _put(folder.joinpath(*parts), content, hashlib.sha256(content).hexdigest())
    return folder


def _put(path: Path, content: bytes, sha256: str) -> Path:
    """Write a file whole unless it stands there as it is."""
    if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.tmp")
        fresh.write_bytes(content)
        fresh.replace(path)
    return path
