"""Owed is owed everywhere: the same figures and conclusions in every output, also below what has failed already."""

from __future__ import annotations

import csv
import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from tests.conftest import ILLUSTRATIVE, Ntm
from tests.report.generated import reports

pytestmark = pytest.mark.long

Owed = Counter[tuple[str, str]]
"""(commune, requirement), each as often as it is listed."""


@dataclass(frozen=True)
class Outputs:
    """The folder of everything written from one data set, and how to ask for more."""

    out: Path
    data: Path
    law: tuple[str | Path, ...]
    ntm: Ntm

    def table(self, name: str) -> list[dict[str, str]]:
        with (self.out / "kq" / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def lacking(self, lack: str) -> Owed:
        """All that is lacking in reports that can be used."""
        rows = [row for row in self.table("owed.csv") if row["commune_code"] not in self.unusable]
        return Counter((row["commune_code"], row["id"]) for row in rows if row["lack"] == lack)

    @property
    def unusable(self) -> set[str]:
        return {row["commune_code"] for row in self.table("summary.csv") if row["usable_report"] == "no"}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory, ntm: Ntm) -> Outputs:
    out = tmp_path_factory.mktemp("owed")
    data = reports(out / "data.csv", seed=7)
    law: tuple[str | Path, ...] = ("--overlay", ILLUSTRATIVE)
    assert ntm("batch", data, *law, "-o", out / "kq").returncode in (0, 3)
    for name, more in (("agency", ("--all",)), ("letters", ("--all",)), ("html", ()), ("province", ())):
        assert ntm("report", name, data, *law, *more, "-o", out / name).returncode in (0, 3)
    return Outputs(out, data, law, ntm)


def test_there_is_something_to_find(outputs: Outputs) -> None:
    rows = outputs.table("owed.csv")
    assert any(row["decides"] == "no" and row["lack"] == "figure" for row in rows), "below what has failed"
    assert any(row["id"].startswith("DK.") for row in rows), "for a further condition"
    assert outputs.lacking("ruling")


def test_the_tables_count_what_the_list_holds(outputs: Outputs) -> None:
    for lack, column in (("figure", "figures_owed"), ("ruling", "rulings_awaited")):
        listed = Counter(code for code, _id in outputs.lacking(lack).elements())
        for name in ("summary.csv", "nearest.csv"):
            counted = {row["commune_code"]: int(row[column]) for row in outputs.table(name)}
            usable = counted.items() - {(code, n) for code, n in counted.items() if code in outputs.unusable}
            assert {code: n for code, n in usable if n} == listed, name
        rows = [row for row in outputs.table("owed.csv") if row["commune_code"] not in outputs.unusable]
        by_agency = Counter(row["lead_agency"] for row in rows if row["lack"] == lack)
        asked = {row["agency"]: int(row[column]) for row in outputs.table("agencies.csv")}
        assert {agency: n for agency, n in asked.items() if n} == by_agency


def test_a_report_of_which_nothing_can_be_used_owes_everything_and_is_told_once(outputs: Outputs) -> None:
    (code,) = outputs.unusable
    owed = [row for row in outputs.table("owed.csv") if row["commune_code"] == code]
    (summary,) = (row for row in outputs.table("summary.csv") if row["commune_code"] == code)
    assert len(owed) == int(summary["figures_owed"]) > 70
    sheet = openpyxl.load_workbook(outputs.out / "kq" / "ket-qua.xlsx")["Khoảng cách"]
    (row,) = (row for row in sheet.iter_rows(values_only=True) if row[0] == code)
    assert (row[5], "data.csv" in row[12]) == ("Nộp phiếu nhưng chưa dùng được", True)


def test_the_workbook_lists_them(outputs: Outputs) -> None:
    sheet = openpyxl.load_workbook(outputs.out / "kq" / "ket-qua.xlsx")["Khoảng cách"]
    rows = list(sheet.iter_rows(values_only=True))
    assert Counter((row[0], row[3]) for row in rows if row[5] == "Chưa có số liệu") == outputs.lacking("figure")
    assert Counter((row[0], row[3]) for row in rows if row[5] == "Chờ kết luận") == outputs.lacking("ruling")


def test_the_agencies_workbooks_list_them(outputs: Outputs) -> None:
    for lack, sheet in (("figure", "Số liệu còn thiếu"), ("ruling", "Chờ kết luận")):
        found: Owed = Counter()
        for path in (outputs.out / "agency").glob("*.xlsx"):
            book = openpyxl.load_workbook(path)
            if sheet in book.sheetnames:
                rows = book[sheet].iter_rows(min_row=2, values_only=True)
                found += Counter((row[2], row[0]) for row in rows if str(row[2]).isdigit())
        assert found == outputs.lacking(lack), sheet


def test_the_agencies_papers_name_the_communes(outputs: Outputs) -> None:
    names = {row["commune"]: row["commune_code"] for row in outputs.table("summary.csv")}
    found: dict[str, Owed] = {"chưa có số liệu": Counter(), "còn chờ": Counter()}
    for path in (outputs.out / "agency").glob("*.docx"):
        for paragraph in Document(str(path)).paragraphs:
            said = paragraph.text.replace("\u00a0", " ")
            match = re.match(r"- (\S+), (chưa có số liệu|còn chờ): .* \((\d+) xã\): (.*)\.$", said)
            if match:
                communes = match[4].split(", ")
                assert len(communes) == int(match[3])
                found[match[2]].update((names[name], match[1]) for name in communes)
    assert found["chưa có số liệu"] == outputs.lacking("figure")
    assert found["còn chờ"] == outputs.lacking("ruling")


def test_letters_to_communes_ask_for_them_and_the_list_of_those_who_handed_in_counts_them(outputs: Outputs) -> None:
    found: Owed = Counter()
    for path in (outputs.out / "letters").glob("xa-*.docx"):
        for table in Document(str(path)).tables:
            head, *rows = ([cell.text for cell in row.cells] for row in table.rows)
            if len(head) > 1 and head[1] == "Số liệu, nội dung còn thiếu":
                found.update((path.stem.removeprefix("xa-"), row[0]) for row in rows)
    assert found == outputs.lacking("figure")
    (sheet,) = openpyxl.load_workbook(outputs.out / "letters" / "theo-doi-nop.xlsx").worksheets
    rows = [row for row in sheet.iter_rows(values_only=True) if str(row[0]).isdigit()]
    listed = Counter(code for code, _id in found.elements())
    assert {row[0]: int(row[6]) for row in rows if row[6] and int(row[6])} == listed


def test_letters_to_agencies_ask_for_them(outputs: Outputs) -> None:
    figures: Counter[str] = Counter()
    rulings: Counter[str] = Counter()
    for path in (outputs.out / "letters").glob("co-quan-*.docx"):
        for table in Document(str(path)).tables:
            head, *rows = ([cell.text for cell in row.cells] for row in table.rows)
            if "Các xã" in head[-1] or len(head) == 4:
                title = " ".join(head).lower()
                for row in rows:
                    if row[2].isdigit() and "kết luận" in title:
                        rulings[row[0]] += int(row[2])
                    elif row[2].isdigit() and "số liệu" in title:
                        figures[row[0]] += int(row[2])
    assert figures == Counter(id_ for _code, id_ in outputs.lacking("figure").elements())
    assert rulings == Counter(id_ for _code, id_ in outputs.lacking("ruling").elements())


def test_pages_of_communes_list_them_and_the_sheet_for_a_leader_counts_them(outputs: Outputs) -> None:
    figures: Owed = Counter()
    for path in (outputs.out / "html").glob("don-vi-*.html"):
        text = path.read_text(encoding="utf-8")
        code = path.stem.removeprefix("don-vi-")
        figures.update((code, id_) for id_ in _listed(text, "Số liệu còn thiếu"))
    assert figures == outputs.lacking("figure")
    sheet = _words((outputs.out / "html" / "mot-trang.html").read_text(encoding="utf-8"))
    totals = re.search(r"Các xã còn ([\d.]+) yêu cầu thiếu số liệu", sheet)
    assert totals
    assert int(totals[1].replace(".", "")) == outputs.lacking("figure").total()
    rulings = re.search(r"Cơ quan có thẩm quyền còn ([\d.]+) kết luận", sheet)
    assert rulings
    assert int(rulings[1]) == outputs.lacking("ruling").total()


def _listed(text: str, heading: str) -> Iterator[str]:
    section = re.search(rf"<h2[^>]*>{heading}</h2>(.*?)(?:<h[23]|$)", text, re.DOTALL)
    yield from re.findall(r"<li><b><a[^>]*>([^<]+)</a></b>", section[1]) if section else ()


def _words(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def most_lacking(outputs: Outputs) -> Iterable[str]:
    """A few communes: those that owe most, and those that owe for a further condition."""
    owed = outputs.lacking("figure")
    most = [code for code, _n in Counter(code for code, _id in owed).most_common(2)]
    further = [code for code, id_ in owed if id_.startswith("DK.")][:2]
    return sorted({*most, *further})


def test_the_screen_and_the_paper_of_a_commune_list_them(outputs: Outputs, tmp_path: Path) -> None:
    for code in most_lacking(outputs):
        expected = Counter(id_ for of, id_ in outputs.lacking("figure").elements() if of == code)
        done = outputs.ntm("assess", outputs.data, "--commune", code, *outputs.law)
        section = re.search(r"Yêu cầu thiếu số liệu \((\d+)\)(.*?)└", done.stdout, re.DOTALL)
        assert section
        assert int(section[1]) == expected.total()
        assert Counter(re.findall(r"^│ (\S+) ", section[2], re.MULTILINE)) == expected
        paper = tmp_path / f"{code}.docx"
        outputs.ntm("report", "self-assessment", outputs.data, "--commune", code, *outputs.law, "-o", paper)
        assert Counter(_of_section(paper, "SỐ LIỆU CÒN THIẾU")) == expected


def _of_section(paper: Path, title: str) -> Iterator[str]:
    inside = False
    for paragraph in Document(str(paper)).paragraphs:
        if paragraph.style and paragraph.style.name.startswith("Heading"):
            inside = title in paragraph.text
        elif paragraph.text.startswith("Không phải do xã thiếu"):
            inside = False
        elif inside and (match := re.match(r"- (\S+)\. ", paragraph.text)):
            yield match[1]


def test_the_paper_of_the_province_counts_them(outputs: Outputs) -> None:
    paper = Document(str(outputs.out / "province" / "bao-cao-tong-hop.docx"))
    for lack, start in (("figure", "- Xã còn thiếu số liệu"), ("ruling", "- Xã đang chờ kết luận")):
        (line,) = (p.text for p in paper.paragraphs if p.text.startswith(start))
        counted = Counter({name: int(n) for name, n in re.findall(r"([^,:]+?) \((\d+)\)", line.partition("):")[2])})
        names = {row["commune_code"]: row["commune"] for row in outputs.table("summary.csv")}
        listed = Counter(names[code] for code, _id in outputs.lacking(lack).elements())
        assert Counter({name.strip(): n for name, n in counted.items()}) == listed


def test_what_waits_for_a_conclusion_is_told_wherever_those_without_data_are_counted(
    outputs: Outputs, tmp_path: Path
) -> None:
    """An indicator whose only lack is a body's conclusion is no missing figure of the commune."""
    waiting = {row["commune_code"]: int(row["indicators_ruling_awaited"]) for row in outputs.table("summary.csv")}
    (code, n) = max(waiting.items(), key=lambda item: item[1])
    assert n > 0
    told = r"Trong số chưa có số liệu có (\d+) lượt không phải xã còn nợ số liệu"
    paper = tmp_path / "xa.docx"
    outputs.ntm("report", "self-assessment", outputs.data, "--commune", code, *outputs.law, "-o", paper)
    assert re.findall(told, _text(paper)) == [str(n)]
    assert re.search(told, _text(outputs.out / "province" / "bao-cao-tong-hop.docx"))
    led = {row["agency"]: int(row["ruling_awaited"]) for row in outputs.table("agencies.csv")}
    for agency, count in led.items():
        book = openpyxl.load_workbook(outputs.out / "agency" / f"{agency}.xlsx")
        rows = list(book["Tổng hợp"].iter_rows(values_only=True))
        head = next(row for row in rows if row[0] == "Chỉ tiêu")
        at = head.index("Trong số chưa có số liệu: chờ kết luận")
        indicators = [row for row in rows if re.match(r"\d", str(row[0]))]
        assert sum(int(str(row[at])) for row in indicators) == count, agency
        totals = [int(found) for found in re.findall(told, _text(outputs.out / "agency" / f"{agency}.docx"))]
        assert bool(totals) == any(row[at] for row in rows[rows.index(head) + 1 :]), agency


def test_pages_tell_it_where_they_count_criteria_and_indicators(outputs: Outputs) -> None:
    summary = [row for row in outputs.table("summary.csv") if row["usable_report"] == "yes"]
    for page, column in (("index.html", "criteria_ruling_awaited"), ("chi-tieu.html", "indicators_ruling_awaited")):
        n = sum(int(row[column]) for row in summary)
        words = _words((outputs.out / "html" / page).read_text(encoding="utf-8"))
        assert f"Trong số chưa có số liệu có {n} lượt không phải xã còn nợ số liệu" in words, page


def _text(paper: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(paper)).paragraphs)


def test_the_picture_of_the_province_counts_the_usable_reports_alone(outputs: Outputs) -> None:
    paper = Document(str(outputs.out / "province" / "bao-cao-tong-hop.docx"))
    said = [shape._inline.docPr.get("descr") or "" for shape in paper.inline_shapes]
    usable = sum(row["usable_report"] == "yes" for row in outputs.table("summary.csv"))
    assert any(f"(trên tổng số {usable})" in words for words in said), said
    assert not any(f"(trên tổng số {usable + 1})" in words for words in said), said
