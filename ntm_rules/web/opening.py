"""Opening a round: its law pinned, a dossier for every commune."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from ntm_rules.appraisal.hamlets import MOST_HAMLETS, kept_under
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.describe import resolved_hash
from ntm_rules.rulebook.loader import available_sets
from ntm_rules.rulebook.register import Register
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.named import commune_within
from ntm_rules.runs.reading import read
from ntm_rules.runs.rulebook import Rulebook, open_rulebook
from ntm_rules.web.events import note
from ntm_rules.web.laws import law_of
from ntm_rules.web.models import Dossier, Overlay, Person, Pin, Round
from ntm_rules.web.scanning import scan

LARGEST_LAW = 2 << 20
LARGEST_BEFORE = 20 << 20
BEFORE = (".csv", ".xlsx", ".parquet")
MOST_NAMED = 5000
LONGEST_KEPT = 80
"""Characters under which a figure can be kept."""


class RoundAsked(NamedTuple):
    """A round that somebody wants to open."""

    title: str
    year: int
    set_id: str
    submit_by: dt.date
    appraise_by: dt.date | None = None
    illustrative: bool = False
    overlays: Sequence[tuple[str, bytes]] = ()
    """Name and content of each file of a later decision."""
    before: tuple[str, bytes] | None = None
    """A file with the figures of the year before."""
    communes: str = ""
    """Codes or names of the communes that take part, between commas, semicolons or lines; empty: all of the set."""


def open_round(person: Person, asked: RoundAsked) -> Round:
    """Open a round with a dossier for every commune that takes part.

    Raises:
        NtmError: no such set, a law or figures that cannot be read, a year outside the period, no such communes, or ids
            of measures that are too long.
    """
    rulebook, rules, communes = looked_through(asked)
    with transaction.atomic():
        one = Round(
            title=asked.title, year=asked.year, law=law_of(rulebook), rules_sha256=resolved_hash(rules),
            submit_by=asked.submit_by, appraise_by=asked.appraise_by, illustrative=asked.illustrative, opened_by=person,
            before_name=asked.before[0] if asked.before else "", before=asked.before[1] if asked.before else None,
        )  # fmt: skip
        one.save(force_insert=True)
        Pin(round=one, law=one.law, rules_sha256=one.rules_sha256, by=person, at=one.opened_at).save(force_insert=True)
        for place, (name, content) in enumerate(asked.overlays):
            sha256 = hashlib.sha256(content).hexdigest()
            Overlay(round=one, place=place, name=name, sha256=sha256, content=content).save(force_insert=True)
        Dossier.objects.bulk_create(Dossier(round=one, commune=code) for code in communes)
        note(
            "round", person, round=one.pk, title=one.title, year=one.year, law=one.law.sha256, rules=one.rules_sha256,
            overlays=[hashlib.sha256(content).hexdigest() for _name, content in asked.overlays], communes=communes,
            submit_by=asked.submit_by.isoformat(),
        )  # fmt: skip
    return one


def looked_through(asked: RoundAsked) -> tuple[Rulebook, CriteriaSet, list[str]]:
    """Return the law that a round would pin, that law in its year, and the codes of who takes part.

    Raises:
        NtmError: as `open_round`.
    """
    refuse_unfit([*asked.overlays], [asked.before] if asked.before else [])
    with decisions_to_read(asked.overlays) as paths:
        rulebook = open_rulebook(LawAsked(set_offered(asked.set_id) if asked.set_id else None, paths))
        rulebook.covers(asked.year)
        rules = rulebook.for_year(asked.year)
        refuse_long_ids(rules)
        communes = _taking_part(rules.communes, asked.communes)
    if asked.before:
        with tempfile.TemporaryDirectory(prefix="ntm-") as folder:
            _refuse_unreadable(rulebook, Path(folder), asked.before)
    return rulebook, rules, communes


@contextlib.contextmanager
def decisions_to_read(files: Sequence[tuple[str, bytes]]) -> Iterator[list[Path]]:
    """Lay files of later decisions out to be read; what is wrong in one is told by the name under which it was sent."""
    with tempfile.TemporaryDirectory(prefix="ntm-") as folder:
        names = {Path(folder) / f"{place}.overlay.yaml": name for place, (name, _content) in enumerate(files)}
        for path, (_name, content) in zip(names, files, strict=True):
            path.write_bytes(content)
        try:
            yield list(names)
        except NtmError as error:
            said = str(error)
            for path, name in names.items():
                said = said.replace(str(path), name)
            raise NtmError(*(Message("{words}", words=line) for line in said.split("\n"))) from error


def sets_offered() -> dict[str, Path]:
    """Return the criteria sets over which a round may be opened: those of the program, and those that the settings name."""
    return {**available_sets(), **{folder.name: folder for folder in settings.NTM.criteria}}


def set_offered(id_: str) -> str:
    """Return where a set is found as the program has it now; one that is not offered is found by its id or not at all."""
    return str(sets_offered().get(id_, id_))


def _taking_part(register: Register, asked: str) -> list[str]:
    """Return the codes of the communes of a round, by code.

    Raises:
        NtmError: everything asked for that is no commune of the set.
    """
    named = [one.strip() for one in re.split(r"[,;\n]", asked) if one.strip()]
    if not named:
        return [unit.code for unit in register.within()]
    found, wrong = set(), []
    for one in dict.fromkeys(named[:MOST_NAMED]):
        try:
            found.add(commune_within(register, one).code)
        except NtmError as error:
            reason = str(error).split("\n")[0]
            wrong.append(Message("{words}", words=reason if one in reason else f"{one}: {reason}"))
    if len(named) > MOST_NAMED:
        wrong.append(Message("No more than {most} communes can be named one by one.", most=MOST_NAMED))
    if wrong:
        raise NtmError(*wrong)
    return sorted(found)


def refuse_long_ids(rules: CriteriaSet) -> None:
    """Refuse a set whose measures have longer ids than figures can be kept under.

    Raises:
        NtmError: naming them.
    """
    longest = LONGEST_KEPT - len(kept_under("", 10 * MOST_HAMLETS))
    long = [measure for measure in rules.measures if len(measure) > longest]
    if long:
        raise NtmError(
            Message("Ids of measures longer than {most} characters: {names}", most=longest, names=", ".join(long)),
            Message("Give these measures shorter ids in the criteria set."),
        )


def refuse_unfit(overlays: Sequence[tuple[str, bytes]], before: Sequence[tuple[str, bytes]] = ()) -> None:
    """Refuse files that are larger than a decision or the figures of a year are, or that the scanner does not let pass.

    Raises:
        NtmError: naming them.
    """
    too_large = [name for name, content in overlays if len(content) > LARGEST_LAW]
    too_large += [name for name, content in before if len(content) > LARGEST_BEFORE]
    if too_large:
        raise NtmError(Message("Too large: {names}", names=", ".join(too_large)))
    for name, content in (*overlays, *before):
        scan(settings.NTM.scanner, content, name)


def _refuse_unreadable(rulebook: Rulebook, folder: Path, before: tuple[str, bytes]) -> None:
    name, content = before
    ending = Path(name).suffix.lower()
    if ending not in BEFORE:
        raise NtmError(Message("“{name}”: the figures of the year before come as CSV, Excel or Parquet.", name=name))
    path = folder / f"before{ending}"
    path.write_bytes(content)
    dataset = read(rulebook, [path])
    if not dataset.records:
        said = [Message("“{name}” holds no figures of a commune of this set.", name=name)]
        raise NtmError(*said, *(problem.message() for problem in dataset.problems[:5]))
