"""The law of a round pinned anew: looked at first with its effect, then pinned with a reason; nothing moves by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from ntm_rules.appraisal.entries import Entry
from ntm_rules.appraisal.findings import ItemState
from ntm_rules.appraisal.hamlets import hamlets_in, measure_of, of_those_there
from ntm_rules.appraisal.layers import Layer
from ntm_rules.appraisal.notes import WHY_OWED, note_faults
from ntm_rules.appraisal.states import State
from ntm_rules.appraisal.steps import LONGEST_NOTE, Asked, Condition, StepName
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.report.comparison.words import LawAndOverlays as Side
from ntm_rules.report.comparison.words import WhatIf, what_if
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.describe import resolved_hash
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import open_rulebook
from ntm_rules.web.appraising import lapse
from ntm_rules.web.closing import DECIDED, locked_round
from ntm_rules.web.council import is_closed
from ntm_rules.web.events import note
from ntm_rules.web.findings import Appraised, comments_of_round, items_of_round
from ntm_rules.web.laws import Opened, laid_out, law_in_force, law_of, overlays_of
from ntm_rules.web.models import Dossier, Figure, Overlay, Person, Pin, Repinning, Round
from ntm_rules.web.opening import decisions_to_read, refuse_long_ids, refuse_unfit, set_offered
from ntm_rules.web.reading import latest, read_of
from ntm_rules.web.stepping import take
from ntm_rules.wording.communes import full_name
from ntm_rules.wording.values import invented
from ntm_rules.workbench.comparing.changes import Comparison
from ntm_rules.workbench.comparing.laws import asked_differently

GOES_BACK = frozenset({State.APPRAISED, State.IN_COMMENT, State.BEFORE_COUNCIL, State.CONCLUDED})
"""States from which a dossier that the change touches goes back to the agencies."""


class LawWanted(NamedTuple):
    """A version of the law that somebody wants to look at for a round."""

    installed: bool
    """The criteria set as this program has it now; else as it was pinned."""
    keeps: frozenset[int] = frozenset()
    """Which of the later decisions laid on now stay."""
    overlays: Sequence[tuple[str, bytes]] = ()
    """Name and content of the files that come to them."""


def look_at(one: Round, by: Person, wanted: LawWanted) -> Pin:
    """Put a version of the law away, to be looked at with its effect; the round follows the one it has.

    Raises:
        NtmError: it cannot be read or judge the round, changes nothing, or makes another unit of a commune of the round.
    """
    refuse_unfit(wanted.overlays)
    kept = [row for row in overlays_of(one, one.pinned_id) if row.pk in wanted.keeps]
    files = [(row.name, bytes(row.content)) for row in kept] + list(wanted.overlays)
    with decisions_to_read(files) as paths:
        rulebook = open_rulebook(
            LawAsked(set_offered(one.law.set_id) if wanted.installed else str(laid_out(one.law)), paths)
        )
        rulebook.covers(one.year)
        rules = rulebook.for_year(one.year)
    refuse_long_ids(rules)
    _refuse_other_units(one, rules)
    with transaction.atomic():
        locked_round(one.pk)
        law, rules_sha256 = law_of(rulebook), resolved_hash(rules)
        if (law.pk, rules_sha256) == (one.law_id, one.rules_sha256):
            raise NtmError(
                Message("This version asks for the same as the one that the round follows: nothing would change.")
            )
        pin = Pin(round=one, law=law, rules_sha256=rules_sha256, by=by, at=timezone.now())
        pin.save(force_insert=True)
        first = 1 + max(one.overlays.values_list("place", flat=True), default=-1)
        sums = [hashlib.sha256(content).hexdigest() for _name, content in files]
        for place, ((name, content), sha256) in enumerate(zip(files, sums, strict=True), first):
            Overlay(round=one, pin=pin, place=place, name=name, sha256=sha256, content=content).save(force_insert=True)
        note("law-looked-at", by, round=one.pk, pin=pin.pk, law=law.sha256, rules=rules_sha256, overlays=sums)
    return pin


def _refuse_other_units(one: Round, rules: CriteriaSet) -> None:
    """Refuse a register in which a code of the round means another unit: what was reported is not of that one."""
    before = law_in_force(one).rules.communes
    changed = []
    for code in one.dossiers.values_list("commune", flat=True):
        was, now = before[code], rules.communes.get(code)
        if now is None or (now.name, now.valid_from) != (was.name, was.valid_from):
            changed.append(full_name(was))
    if changed:
        raise NtmError(
            Message(
                "Under this version the codes of these communes mean other units: {names}.", names=", ".join(changed)
            ),
            Message("Close this round and open another for the units that there are now."),
        )


class Touched(NamedTuple):
    """A dossier that a change of the law touches."""

    dossier: Dossier
    measures: frozenset[str]
    """What the law before or after asks of it for the requirements that change."""
    ends: tuple[str, ...]
    """Of them those on which findings stand, proposed or confirmed, that would count no more."""
    hamlets: Mapping[int, str]
    """Number -> name of those that there are."""

    @property
    def goes_back(self) -> bool:
        """Whether it goes back to the agencies."""
        return self.dossier.stands in GOES_BACK


class LawEffect(NamedTuple):
    """What pinning another version of the law does to a round."""

    layers: Mapping[Layer, WhatIf]
    """What changes in the verdicts of each layer that has something to judge."""
    touched: Sequence[Touched]
    kept: int
    """Dossiers that are decided and keep their law."""


def effect_of(one: Round, pin: Pin) -> LawEffect:
    """Return what pinning a version would do, over the figures as they stand."""
    before, after = law_in_force(one), law_in_force(one, pin.pk)
    standing = [each for each in _standing(one, before) if each.dossier.stands not in DECIDED]
    touched = list(_touched(standing, before, after))
    figures: dict[Layer, dict[str, Mapping[str, Entry]]] = {
        Layer.SELF: {each.dossier.commune: each.own for each in standing if each.own},
        Layer.AGENCY: {each.dossier.commune: each.entries() for each in standing if each.items and each.done},
    }
    layers = {layer: _compared(one, before, after, found) for layer, found in figures.items() if found}
    return LawEffect(layers, touched, one.dossiers.count() - len(standing))


def _standing(one: Round, law: Opened) -> list[Appraised]:
    items, comments = items_of_round(one), comments_of_round(one)
    figures: dict[int, dict[str, Entry]] = {}
    for figure in latest(Figure.objects.filter(dossier__round=one)):
        figures.setdefault(figure.dossier_id, {})[figure.measure] = figure.entry
    return [
        Appraised(
            law,
            dossier,
            of_those_there(figures.get(dossier.pk, {})),
            items.get(dossier.pk, {}),
            comments.get(dossier.pk),
        )
        for dossier in one.dossiers.select_related("round")
    ]


def _compared(one: Round, before: Opened, after: Opened, figures: Mapping[str, Mapping[str, Entry]]) -> WhatIf:
    """Judge the figures of a layer under both laws, as `ntm whatif` does."""
    from ntm_rules.evaluation.batch import evaluate

    judged = []
    for law in (before, after):
        records = [record for code, found in figures.items() for record in read_of(law, code, found).dataset.records]
        judged.append(evaluate(law.rules, records, years=[one.year]))
    rules = any(law.rules.illustrative for law in (before, after))
    return what_if(
        Side(before.rules, before.rulebook.overlays), Side(after.rules, after.rulebook.overlays), Comparison(*judged),
        warnings=invented(rules=rules, data=one.illustrative), inputs=(),
    )  # fmt: skip


def changed_measures(before: CriteriaSet, after: CriteriaSet) -> frozenset[str]:
    """Return the figures that a change of the law touches: those of requirements that it asks differently, and those it describes otherwise."""
    found = {
        measure
        for one in asked_differently(before, after)
        for side in (one.before, one.after)
        if side is not None
        for measure in (*side.asked, *(side.hamlets.asked if side.hamlets is not None else ()))
    }
    shared = set(before.measures) & set(after.measures)
    return frozenset(found | {measure for measure in shared if before.measures[measure] != after.measures[measure]})


def _touched(standing: Sequence[Appraised], before: Opened, after: Opened) -> Iterator[Touched]:
    changed = changed_measures(before.rules, after.rules)
    for each in standing:
        then = Appraised(after, each.dossier, each.own, each.items, each.comments)
        measures = {kept for kept in (*each.required, *then.required) if measure_of(kept) in changed}
        stands = (ItemState.PROPOSED, ItemState.CONFIRMED)
        if measures:
            ends = tuple(m for m in each.required if m in measures and each.item(m).state in stands)
            yield Touched(each.dossier, frozenset(measures), ends, hamlets_in(each.own))


def repin(one: Round, pin: Pin, by: Person, reason: str, version: int | None) -> LawEffect:
    """Let a round follow a version of the law that was looked at; `version`: the version that the person saw it follow.

    Findings on what the change touches count no more, and dossiers past the agencies that it touches go back to them for
    that alone. Dossiers that are decided keep the law under which they were.

    Raises:
        NtmError: the round is closed or follows another version by now, a session of the council is open, or no reason.
    """
    with transaction.atomic():
        locked = locked_round(one.pk)
        list(Dossier.objects.filter(round=one).order_by("pk").select_for_update())  # whoever writes has ended, or waits
        wrong = _refusals(locked, pin, reason, version)
        if wrong:
            raise NtmError(*wrong)
        effect = effect_of(locked, pin)
        before, after = law_in_force(locked), law_in_force(locked, pin.pk)
        last = locked.pinned or locked.pins.order_by("pk").first()
        assert last is not None, "every round has the version it was opened with"
        Repinning(round=locked, pin=pin, before=last, reason=reason.strip(), by=by, at=timezone.now()).save(
            force_insert=True
        )
        decided = locked.dossiers.filter(state__in=[state.value for state in DECIDED], pinned=None)
        decided.update(pinned=last)
        Round.objects.filter(pk=one.pk).update(pinned=pin, law=pin.law, rules_sha256=pin.rules_sha256)
        note(
            "repinned", by, round=one.pk, pin=pin.pk, before=last.pk, reason=reason.strip(),
            communes=[touched.dossier.commune for touched in effect.touched],
        )  # fmt: skip
        for touched in effect.touched:
            lapse(touched.dossier, before, by, touched.measures, reason)
            if touched.goes_back:
                asked = Asked(StepName.LAW_CHANGED, touched.dossier.version, note=reason.strip())
                take(after, touched.dossier.pk, by, asked, frozenset({Condition.LAW_PINNED_ANEW}))
    return effect


def _refusals(locked: Round, pin: Pin, reason: str, seen: int | None) -> list[Message]:
    wrong = []
    if locked.pinned_id != seen or pin.round_id != locked.pk or Repinning.objects.filter(pin=pin).exists():
        wrong.append(Message("The round follows another version by now; look at the effect again, then decide."))
    if any(not is_closed(session) for session in locked.sessions.all()):
        wrong.append(Message("A session of the council is open: close it first."))
    return wrong + note_faults(reason, LONGEST_NOTE // 2, WHY_OWED)
