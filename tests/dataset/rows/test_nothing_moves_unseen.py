"""Figures that moved, came back or stood in the wrong place are told, never judged."""

from __future__ import annotations

import pytest

from ntm_rules.dataset.records import State
from tests.dataset.conftest import Read, codes, only, reported

LONG = "commune_code,commune,year,measure,value,numerator,denominator,source_document,note"


@pytest.mark.parametrize(
    "text",
    [
        "commune_code,commune,year,measure,value,source_document\n03394,Sin Suối Hồ,2026,water_share,50,4\n",
        "commune_code,commune,year,water_share,note\n03394,Sin Suối Hồ,2026,50,4\n",
    ],
)
def test_a_comma_that_spills_into_words_is_refused(read: Read, text: str) -> None:
    dataset = read(a_csv=text)
    assert only(dataset).code == "words-are-digits"
    assert all("water_share" not in record.values for record in dataset.records)


@pytest.mark.parametrize(
    "header",
    [
        "file,sheet,cell,line,commune_code,commune,year,measure,value,code,severity,message,mend",
        "commune_code,commune,year,level,id,verdict,reason,actual,comparator,target",
        "commune_code,commune,year,group,band,meets_every_criterion",
    ],
)
def test_results_of_the_program_are_never_read_back_as_reports(read: Read, header: str) -> None:
    row = ",".join(["03394"] * len(header.split(",")))
    dataset = read(a_csv=f"{header}\n{row}\n")
    assert codes(dataset) == ["own-results"]
    assert not dataset.records


def test_a_second_table_below_the_first_is_not_read_under_the_first_header(read: Read) -> None:
    dataset = read(
        a_csv="commune_code,commune,year,water_share,note\n03394,Sin Suối Hồ,2026,80,\n\n"
        "commune_code,commune,year,canal_share,note\n03394,Sin Suối Hồ,2026,99,\n"
    )
    assert only(dataset).code == "second-table"
    assert reported(dataset, "water_share").value == 800_000_000
    assert "canal_share" not in dataset.records[0].values


def test_an_id_beside_another_measure_s_label_is_refused_in_tables_too(read: Read) -> None:
    label = read.questionnaire.measures["canal_share"].label.vi
    dataset = read(
        a_csv=f'commune_code,commune,year,measure,Số liệu,value\n03394,Sin Suối Hồ,2026,water_share,"{label}",95\n'
    )
    assert only(dataset).code == "measure-label-disagrees"
    assert not any(r.state is State.PRESENT for record in dataset.records for r in record.values.values())


@pytest.mark.parametrize(
    "text",
    [
        f'{LONG}\n03394,Sin Suối Hồ,2026,water_share,80,,,,"(Số liệu minh họa)"\n',
        "commune_code,commune,year,water_share,Tính chất số liệu\n03394,Sin Suối Hồ,2026,80,Số liệu minh họa\n",
        "Tính chất số liệu,Số liệu minh họa,,\ncommune_code,commune,year,water_share\n03394,Sin Suối Hồ,2026,80\n",
    ],
)
def test_invented_figures_are_known_as_such_wherever_it_is_said(read: Read, text: str) -> None:
    assert read(a_csv=text).illustrative
