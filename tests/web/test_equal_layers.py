"""All 36 communes at every layer: verdicts, gaps, pages and papers are those of `ntm batch` and its like on the exported figures."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ntm_rules.appraisal.layers import Layer
from ntm_rules.evaluation.verdicts import Verdict
from tests.web.conftest import Practice, SignedIn
from tests.web.test_equal import what_comes_out

pytestmark = pytest.mark.long  # every commune at every layer
LAYERS = [Layer.SELF, Layer.AGENCY]


def judged_in_the_web(practice: Practice, layer: Layer) -> dict[str, Any]:
    """Return what the figures of every commune come to in the application; of agencies, once all of them are confirmed."""
    from ntm_rules.web.findings import appraised
    from ntm_rules.web.views.standings import all_stood

    found = {}
    for one in all_stood(practice.round):
        if layer is Layer.SELF:
            found[one.dossier.commune] = one.judged
        elif (standing := appraised(one.law, one.dossier, one.figures)).items and standing.done:
            found[one.dossier.commune] = standing.confirmed
    return found


def exported(signed_in: SignedIn, practice: Practice, layer: Layer, folder: Path) -> Path:
    """Return the figures of a layer as the standing office takes them out, under the name that pages tell."""
    from ntm_rules.web.overviews import FILES

    table = folder / f"{FILES[layer]}-{practice.round.year}.csv"
    table.write_bytes(signed_in("thuong-truc").get(f"/dot/{practice.round.pk}/lop/{layer.value}.csv").content)
    return table


@pytest.mark.parametrize("layer", LAYERS)
def test_verdicts_reasons_and_gaps_are_those_of_batch(
    practice: Practice, signed_in: SignedIn, tmp_path: Path, layer: Layer
) -> None:
    """Of batch, the verdict of every node; of `ntm assess`, the reason and the gap of every requirement as well."""
    from ntm_rules.evaluation.batch import evaluate
    from ntm_rules.runs.one_commune import report_in
    from ntm_rules.runs.reading import NothingEvaluated, YearsRead, read_years

    table = exported(signed_in, practice, layer, tmp_path)
    read = read_years(practice.law.rulebook, [table], [practice.round.year])
    assert isinstance(read, YearsRead)
    batch = evaluate(practice.law.rules, read.dataset.records, years=[practice.round.year])
    rows = {code: at for at, code in enumerate(batch.records.codes)}
    communes, nodes = 0, 0
    for commune, judged in judged_in_the_web(practice, layer).items():
        if commune not in rows:
            assert not judged.says_something, commune
            continue
        communes += 1
        for column, node in enumerate(batch.table):
            found = judged.find(node.id) if node.level != "commune" else judged.result
            if found is not None and found.level == node.level:
                nodes += 1
                assert Verdict(int(batch.verdicts[column, rows[commune]])) is found.verdict, (commune, node.id)
        report = report_in(practice.law.rulebook, table, commune, practice.round.year)
        assert not isinstance(report, NothingEvaluated)
        assert what_comes_out(report.rules, report.facts) == what_comes_out(judged.rules, judged.facts), commune
    assert (communes, nodes > 50 * communes) == (len(rows), True)
    assert communes > (20 if layer is Layer.SELF else 6)


@pytest.mark.parametrize("layer", LAYERS)
def test_every_page_of_a_layer_is_the_commands(
    practice: Practice, signed_in: SignedIn, tmp_path: Path, layer: Layer
) -> None:
    from django.utils import timezone

    from ntm_rules.report.site.pages import render_site
    from ntm_rules.runs.reading import YearsRead, read_years
    from ntm_rules.runs.site import site_contents

    inputs = [exported(signed_in, practice, layer, tmp_path)]
    read = read_years(practice.law.rulebook, inputs, [practice.round.year])
    assert isinstance(read, YearsRead)
    files = render_site(replace(site_contents(read), day=timezone.localdate()))
    client, compared = signed_in("thuong-truc"), 0
    for file, content in files.items():
        if not file.endswith(".html"):
            continue
        shown = client.get(f"/dot/{practice.round.pk}/ket-qua/{layer.value}/{file}")
        assert shown.status_code == 200, file
        own = re.sub(r"<li[^>]*><a[^>]*>←.*?</li>\s*", "", shown.content.decode(), flags=re.DOTALL)
        assert " ".join(own.split()) == " ".join(content.decode().split()), file
        compared += 1
    assert compared > 60


def test_the_summary_of_every_commune_says_what_both_layers_come_to(
    practice: Practice, signed_in: SignedIn, tmp_path: Path
) -> None:
    """Criterion by criterion, against the verdicts of the exported figures; a layer that is not complete says nothing."""
    import docx

    from ntm_rules.evaluation.batch import evaluate
    from ntm_rules.runs.reading import YearsRead, read_years

    verdicts: dict[Layer, dict[str, list[str]]] = {}
    for layer in LAYERS:
        table = exported(signed_in, practice, layer, tmp_path)
        read = read_years(practice.law.rulebook, [table], [practice.round.year])
        assert isinstance(read, YearsRead)
        batch = evaluate(practice.law.rules, read.dataset.records, years=[practice.round.year])
        criteria = [at for at, node in enumerate(batch.table) if node.level == "criterion"]
        verdicts[layer] = {
            code: [str(Verdict(int(batch.verdicts[column, at])).label) for column in criteria]
            for at, code in enumerate(batch.records.codes)
        }
    client, papers = signed_in("thu-ky"), 0
    for dossier in practice.round.dossiers.all():
        answer = client.get(f"/ho-so/{dossier.pk}/van-ban/tong-hop.docx")
        if answer.status_code == 404:
            continue
        papers += 1
        tables = docx.Document(io.BytesIO(answer.content)).tables
        rows = [[cell.text for cell in row.cells] for one in tables for row in one.rows]
        said = {row[0].partition(".")[0]: row for row in rows if re.match(r"\d+\. ", row[0])}
        assert len(said) == 10
        for layer, column in ((Layer.SELF, 1), (Layer.AGENCY, 2)):
            shown = [said[str(number)][column] for number in range(1, 11)]
            assert shown == verdicts[layer][dossier.commune], (dossier.commune, layer)
    assert papers >= 6
