"""The list of hamlets of a dossier: named, renamed, removed; each a version of its name like any figure."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from ntm_rules.appraisal.entries import Entry
from ntm_rules.appraisal.hamlets import SIGN, kept_under, parted
from ntm_rules.dataset.cells.texts import key
from ntm_rules.web.laws import Opened
from ntm_rules.web.models import Dossier, Figure, Person
from ntm_rules.web.reading import reported_in
from ntm_rules.web.saving import Saved, Saving, save


def numbers_by_name(dossier: Dossier) -> dict[str, int]:
    """Return the number of every hamlet that there is or was, by the key of the name that it bears or bore last."""
    rows = Figure.objects.filter(dossier=dossier, measure__startswith=SIGN).order_by("pk")
    last: dict[int, tuple[str, bool]] = {}
    for kept, name in rows.values_list("measure", "value"):
        number = parted(kept)[1]
        last[number] = (name, True) if name else (last[number][0], False)
    gone_first = sorted(last.items(), key=lambda one: one[1][1])
    return {key(name): number for number, (name, _there) in gone_first}


def add_hamlets(law: Opened, dossier: Dossier, person: Person, names: Sequence[str]) -> dict[str, Saved]:
    """Name hamlets; one that was removed comes back with its figures. Returns what became of each name."""
    figures, numbers = reported_in(law, dossier).figures, numbers_by_name(dossier)
    savings: dict[str, Saving] = {}
    for name in names:
        number = numbers.setdefault(key(name), max(numbers.values(), default=0) + 1)
        kept = kept_under("", number)
        standing = figures.get(kept)
        if standing is not None and standing.entry:
            continue
        savings[name] = Saving(kept, Entry(name), standing.version if standing else 0, secrets.token_hex(16))
    done, _figures = save(law, dossier.pk, person, list(savings.values()))
    return {name: done[saving.measure] for name, saving in savings.items()}


def remove_hamlet(law: Opened, dossier: Dossier, person: Person, number: int, base: int) -> Saved:
    """Take a hamlet out of the list; its figures stay in the records and count no more."""
    kept = kept_under("", number)
    done, _figures = save(law, dossier.pk, person, [Saving(kept, Entry(), base, secrets.token_hex(16))], removing=True)
    return done[kept]
