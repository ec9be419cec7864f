"""The tests beside the rules, as the book shows them."""

from __future__ import annotations

import pytest

from ntm_rules.i18n import use_language
from ntm_rules.rulebook.yaml_reader import RulebookError
from tests.report.book.conftest import make_book
from tests.report.pages.html_pages import read_page
from tests.rulebook.tiny import Tiny

TESTS_1 = """\
- name: 79,99% chưa đạt <b>
  of: 1.1.b
  given: {roads_share: {numerator: 79.99, denominator: 100}}
  expect: {verdict: NOT_MET, reason: below_target, shortfall: 0.01, quantity: 0.01, lead: so-a}
- name: nhóm chưa rõ
  of: "1.2"
  as_of: 2027-06-30
  known_on: 2027-01-01
  given: {clinics: 2}
  expect: {verdict: NO_DATA, reason: group_unknown}
- name: một phần
  of: "1.1"
  group: nhom-2
  suppose: {1.1.b: 90, "1.2": {nhom-1: 3, nhom-2: 1}, "2.1": tot, 1.1.c.ii: {standard: in-force}}
  given: {roads_share: {state: invalid, written: "1.234"}, plan_approved: true, safe: Đạt}
  expect: {verdict: NO_DATA, parts: {1.1.a: MET}}
- name: cả tiêu chí
  of: "1"
  expect: {verdict: NO_DATA}
"""
TESTS_2 = """\
- name: tăng 7%
  of: "2.2"
  year: 2026
  given: {income: 107}
  before: {income: 100}
  expect: {verdict: MET}
- name: không báo cáo
  of: "2.2"
  given: {income: {state: conflicting}}
  expect: {verdict: NO_DATA}
"""


@pytest.fixture
def tested(tiny: Tiny) -> Tiny:
    tiny.write("01/tests.yaml", TESTS_1)
    tiny.write("02/tests.yaml", TESTS_2)
    return tiny


def cases(tiny: Tiny, page: str, language: str = "vi") -> list[list[str]]:
    """The rows of the table of tests of a page, cell by cell."""
    use_language(None)
    root = read_page(make_book(tiny.load(), language=language)[page])
    [table] = [t for t in root.all("table") if any(c.words in ("Trường hợp", "Case") for c in t.all("th"))]
    return [[cell.words for cell in row.children] for row in table.all("tr")[1:]]


def test_an_indicator_shows_its_tests_and_those_of_its_parts(tested: Tiny) -> None:
    assert cases(tested, "chi-tieu-1-1.html") == [
        [
            "một phần 1.1",
            "Nhóm 2 giả định mức đạt của 1.1.b: 90% giả định mức đạt của 1.2: Nhóm 1: 3 trạm; Nhóm 2: 1 trạm "
            "giả định mức đạt của 2.1: Tốt giả định mức đạt của 1.1.c.ii: đang có hiệu lực "
            "Tỷ lệ đường đạt chuẩn: “1.234”, không dùng được "
            "Có quy hoạch: Có An toàn: Đạt",
            "? Chưa có số liệu 1.1.a: Đạt",
        ],
        [
            "79,99% chưa đạt <b> 1.1.b",
            "Tỷ lệ đường đạt chuẩn: 79,99 / 100 km",
            "C Chưa đạt thấp hơn mức đạt chuẩn; khoảng cách 0,01%; cần thêm hoặc bớt 0,01 km; Cơ quan chủ trì: Sở A",
        ],
    ]


def test_growth_shows_the_year_before_and_conflicts_are_said_in_words(tested: Tiny) -> None:
    assert cases(tested, "chi-tieu-2-2.html", "en") == [
        ["tăng 7% 2.2", "year 2026 Income: 107 million the year before: 100 million", "M Met"],
        ["không báo cáo 2.2", "Income: reported twice and differently", "? No data yet"],
    ]


def test_days_of_the_law_and_of_knowledge_are_shown(tested: Tiny) -> None:
    [[_name, given, _expected]] = cases(tested, "chi-tieu-1-2.html")
    assert given == "quy định ngày 30/6/2027 theo văn bản đã ban hành đến ngày 01/01/2027 Trạm y tế: 2 trạm"


def test_tests_of_a_criterion_stand_on_its_page(tested: Tiny) -> None:
    assert cases(tested, "tieu-chi-1.html") == [["cả tiêu chí 1", "không báo cáo gì", "? Chưa có số liệu"]]


def test_a_rule_without_tests_says_so(tested: Tiny) -> None:
    page = read_page(make_book(tested.load())["chi-tieu-2-1.html"])
    assert "Chưa có phép thử nào kèm theo quy tắc này." in page.words


def test_a_broken_file_of_tests_is_named_by_file_and_line(tested: Tiny) -> None:
    tested.write("01/tests.yaml", TESTS_1 + "- {name: x, of: '1.1', given: {}, expect: {verdict: PASSED}}\n")
    tested.write("02/tests.yaml", "- {}\n")
    with pytest.raises(RulebookError) as refused:
        make_book(tested.load())
    assert {(problem.file, problem.line) for problem in refused.value.problems} == {
        ("01/tests.yaml", 20),
        ("02/tests.yaml", 1),
    }
