"""The figures of a layer of a round as tables: of the dossiers that follow its law, and of those decided under an earlier one."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import NamedTuple

from django.utils import timezone

from ntm_rules.appraisal.entries import Entry
from ntm_rules.appraisal.hamlets import hamlets_in, kept_under
from ntm_rules.appraisal.layers import Layer
from ntm_rules.i18n import _
from ntm_rules.web.deciding import rows_of
from ntm_rules.web.findings import Appraised, comments_of_round, items_of_round
from ntm_rules.web.laws import law_in_force
from ntm_rules.web.models import Pin, Round
from ntm_rules.web.views.standings import all_stood
from ntm_rules.wording.dates import on_day

INVENTED = "Số liệu minh họa"
"""The note by which readers know invented figures."""


class LayerTable(NamedTuple):
    """A layer of the dossiers of a round that are judged by one version of the law."""

    layer: Layer
    pin: int | None = None
    """None: by the version that the round follows; else those that were decided under this one."""
    words: str = ""

    @property
    def name(self) -> str:
        """How addresses call it."""
        return self.layer.value if self.pin is None else f"{self.layer.value}-{self.pin}"


def layer_tables(one: Round) -> list[LayerTable]:
    """Return what tables of figures a round has: both layers, and again for each version under which dossiers were decided."""
    layers = (Layer.SELF, Layer.AGENCY)
    found = [LayerTable(layer, None, layer.words) for layer in layers]
    decided = one.dossiers.exclude(pinned=None).order_by().values("pinned")
    for pin in Pin.objects.filter(pk__in=decided).order_by("-pk"):
        since = on_day(timezone.localtime(pin.at).date())
        words = _("decided under the version of {day} ({rules})", day=since, rules=pin.rules_sha256[:12])
        found += [LayerTable(layer, pin.pk, f"{layer.words}, {words}") for layer in layers]
    return found


def layer_named(one: Round, name: str) -> LayerTable | None:
    """Return the table that an address names; None where there is none."""
    return next((table for table in layer_tables(one) if table.name == name), None)


def entries_of_layer(one: Round, table: LayerTable) -> dict[str, Mapping[str, Entry]]:
    """Return commune -> its figures of a layer; of agencies, the communes whose findings are all confirmed.

    Whether a commune has been recognised is what decisions on record say, in every layer, and no word of the commune's.
    """
    found: dict[str, Mapping[str, Entry]] = {}
    items, comments = items_of_round(one), comments_of_round(one)
    for each in all_stood(one):
        own = each.entries
        if each.dossier.pinned_id != table.pin:
            continue
        if table.layer is Layer.SELF:
            found[each.dossier.commune] = own
            continue
        standing = Appraised(each.law, each.dossier, own, items.get(each.dossier.pk, {}), comments.get(each.dossier.pk))
        if standing.items and standing.done:
            found[each.dossier.commune] = standing.entries()
    recognition = law_in_force(one, table.pin).rules.recognition
    if recognition is None:
        return found
    decided = {commune: Entry(answer, document=document) for commune, _year, _of, answer, document in rows_of(one.year)}
    for commune, said in found.items():
        kept = {of: entry for of, entry in said.items() if of != recognition}
        found[commune] = kept | ({recognition: decided[commune]} if commune in decided else {})
    return found


def table_of(one: Round, table: LayerTable) -> bytes:
    """Return the figures of a layer as a CSV table, a row for each; every row of invented ones says that they are."""
    return written_table(one, entries_of_layer(one, table), table.pin)


def written_table(one: Round, entries: Mapping[str, Mapping[str, Entry]], pin: int | None = None) -> bytes:
    """Return figures as a CSV table: those that a version of the round's law has."""
    law = law_in_force(one, pin)
    written = io.StringIO(newline="")
    rows = csv.writer(written)
    with_hamlets = bool(law.rules.hamlet_measures)
    head = ["measure", "value", "numerator", "denominator", "document", "note"]
    rows.writerow(["commune_code", "year", *(["hamlet"] if with_hamlets else []), *head])
    for commune, figures in entries.items():
        hamlets = hamlets_in(figures)
        for number, name in (*([(0, "")]), *hamlets.items()):
            whose = [name] if with_hamlets else []
            measures = [m for m, measure in law.rules.measures.items() if measure.of_hamlets is bool(number)]
            said = {m: figures.get(kept_under(m, number) if number else m, Entry()) for m in measures}
            silent = number and not any(
                said.values()
            )  # a hamlet that is listed counts, also where nothing is known of it
            for measure, entry in said.items():
                if entry.value or entry.numerator or entry.denominator or (silent and measure == measures[0]):
                    note = "; ".join(filter(None, [INVENTED if one.illustrative else "", plain(entry.note)]))
                    cells = [entry.value, entry.numerator, entry.denominator, plain(entry.document), note]
                    rows.writerow([commune, one.year, *whose, measure, *cells])
                if entry.previous:
                    note = INVENTED if one.illustrative else ""
                    rows.writerow([commune, one.year - 1, *whose, measure, entry.previous, "", "", "", note])
    return written.getvalue().encode("utf-8-sig")


def plain(words: str) -> str:
    """Return words that no spreadsheet takes for a formula."""
    return f"'{words}" if words[:1] in ("=", "+", "-", "@") else words
