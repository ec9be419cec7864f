"""YAML 1.2 for people who are not programmers: nothing guessed, nothing dropped, every mistake by line."""

from __future__ import annotations

import datetime as dt
import time
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from ntm_rules.i18n import Message
from ntm_rules.rulebook.loader import find_set, load_set
from ntm_rules.rulebook.model_checking import check
from ntm_rules.rulebook.models import Agency, IndicatorWritten, Overlay, Text
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.yaml_reader import DEEPEST, RulebookError, key_path, read_yaml
from tests.rulebook.tiny import AGENCIES, Tiny, said


def read(tmp_path: Path, content: str | bytes) -> object:
    path = tmp_path / "rules.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_yaml(path).data


def problems(tmp_path: Path, content: str | bytes, shape: object = None) -> list[str]:
    path = tmp_path / "rules.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(RulebookError) as refused:
        check(read_yaml(path), TypeAdapter(shape))
    return said(refused.value)


# --- what a value is ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("80", 80),
        ("-3", -3),
        ("+80", 80),
        ("007", 7),
        ("79.95", Decimal("79.95")),
        ("0.1000", Decimal("0.1000")),
        (".5", Decimal("0.5")),
        ("5.", Decimal(5)),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("2026-07-31", dt.date(2026, 7, 31)),
    ],
)
def test_a_bare_word_is_a_number_a_day_true_false_or_nothing(tmp_path: Path, written: str, value: object) -> None:
    read_value = read(tmp_path, f"a: {written}")["a"]  # type: ignore[index]
    assert (read_value, type(read_value)) == (value, type(value))


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "Không", "y", "n", "No"])
def test_yes_and_no_are_text(tmp_path: Path, word: str) -> None:
    assert read(tmp_path, f"a: {word}") == {"a": word}


@pytest.mark.parametrize(
    "word", ["1e3", "1E3", "1.5e-3", "1_000", "0x1F", "0o17", ".inf", ".nan", "12:30", "8,5", "1.234.5"]
)
def test_no_number_is_guessed_from_exponents_separators_and_other_notations(tmp_path: Path, word: str) -> None:
    assert read(tmp_path, f"a: {word}") == {"a": word}


@pytest.mark.parametrize("word", ['"80"', "'80'", '"true"', '"2026-07-31"', "|-\n  80", ">-\n  80"])
def test_what_is_quoted_or_in_a_block_is_text(tmp_path: Path, word: str) -> None:
    read_value = read(tmp_path, f"a: {word}")
    assert read_value == {"a": word.strip("|->'\" \n")}


def test_a_decimal_keeps_every_digit(tmp_path: Path) -> None:
    assert read(tmp_path, "a: 0.1234567890123456789012345678901234567890") == {
        "a": Decimal("0.1234567890123456789012345678901234567890")
    }


def test_keys_are_text_whatever_they_look_like(tmp_path: Path) -> None:
    assert read(tmp_path, "1: a\n03394: b\nno: c\n2026-01-01: d\n") == {
        "1": "a",
        "03394": "b",
        "no": "c",
        "2026-01-01": "d",
    }


def test_text_and_keys_become_nfc(tmp_path: Path) -> None:
    apart = unicodedata.normalize("NFD", "chỉ tiêu: Quy hoạch\nquoted: 'đường xã'\n")
    assert apart != unicodedata.normalize("NFC", apart)
    assert read(tmp_path, apart) == {"chỉ tiêu": "Quy hoạch", "quoted": "đường xã"}


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbfa: 1") == {"a": 1}


# --- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", ["rules.yaml, line 3, a: this key stands here twice (first on line 1)"]),
        (
            "a: 1\na: 2\na: 3\n",
            [
                "rules.yaml, line 2, a: this key stands here twice (first on line 1)",
                "rules.yaml, line 3, a: this key stands here twice (first on line 1)",
            ],
        ),
        (
            unicodedata.normalize("NFC", "xã: 1\n") + unicodedata.normalize("NFD", "xã: 2\n"),
            ["rules.yaml, line 2, xã: this key stands here twice (first on line 1)"],
        ),
        (
            "- {x: 1}\n- y: [1, {z: 1,\n  z: 2}]\n",
            ["rules.yaml, line 3, [2].y[2].z: this key stands here twice (first on line 2)"],
        ),
        (
            "a: 2026-02-30\n",
            ["rules.yaml, line 1, a: “2026-02-30” is written as a day should be, but the calendar has no such day"],
        ),
        ("? [a, b]\n: 1\n", ["rules.yaml, line 1: “?” cannot be read as a value here"]),
        (
            "a: &one {x: 1}\nb: *one\n",
            [
                "rules.yaml, line 1: anchors and aliases are not allowed in rule files",
                "rules.yaml, line 2: anchors and aliases are not allowed in rule files",
            ],
        ),
        ("a: &unused 1\n", ["rules.yaml, line 1: anchors and aliases are not allowed in rule files"]),
        (
            "a: &a [*a]\n",
            ["rules.yaml, line 1: anchors and aliases are not allowed in rule files"] * 2,
        ),
        ("a: 1\nb: !percent 80\n", ["rules.yaml, line 2: tags (!) are not allowed in rule files"]),
        ("a: !!str 80\n", ["rules.yaml, line 1: tags (!) are not allowed in rule files"]),
        ("a: !!python/object/apply:os.system [ls]\n", ["rules.yaml, line 1: tags (!) are not allowed in rule files"]),
        ("a: !set {x: 1}\n", ["rules.yaml, line 1: tags (!) are not allowed in rule files"]),
        ("a: 1\n---\nb: 2\n", ["rules.yaml, line 2: not valid YAML (but found another document)"]),
        ("a: 1\nb: c: d\n", ["rules.yaml, line 2: not valid YAML (mapping values are not allowed in this context)"]),
        ("a: 1\n\tb: 2\n", ["rules.yaml, line 2: not valid YAML (found a tab character that violates indentation)"]),
        (
            "a: 'open\n",
            ["rules.yaml, line 2: not valid YAML (found unexpected end of stream; what is cut short begins on line 1)"],
        ),
        (
            "a: \x00\n",
            [
                "rules.yaml, line 1: not valid YAML (it breaks the rules of YAML; the system says: unacceptable character #x0000: control characters are not allowed)"
            ],
        ),
        (
            "a: đ".encode("utf-16"),
            ["rules.yaml, line 1: the file is not UTF-8 text; save it again as UTF-8"],
        ),
        (
            "a: Xã".encode("latin-1"),
            ["rules.yaml, line 1: the file is not UTF-8 text; save it again as UTF-8"],
        ),
    ],
)
def test_what_rule_files_do_without_is_refused_by_line(
    tmp_path: Path, content: str | bytes, expected: list[str]
) -> None:
    assert problems(tmp_path, content) == expected


@pytest.mark.parametrize(
    "bomb",
    ["[" * 300_000, "{a: " * 300_000, "- " * 300_000, "? " * 300_000, "".join(" " * i + "a:\n" for i in range(60))],
)
def test_endless_nesting_is_refused_before_it_is_followed(tmp_path: Path, bomb: str) -> None:
    found = problems(tmp_path, bomb)
    assert [line.partition(": ")[2] for line in found] == ["brackets are nested too deeply"]


def test_nesting_as_deep_as_any_rule_needs_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, "[" * DEEPEST + "]" * DEEPEST)


def test_brackets_in_text_do_not_count_as_nesting(tmp_path: Path) -> None:
    assert read(tmp_path, f'a: "{"[" * 99}"') == {"a": "[" * 99}


def test_a_number_too_long_to_read_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, f"a: {'9' * 5000}")
    assert found == f"rules.yaml, line 1, a: “{'9' * 200}” cannot be read as a value here"


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(RulebookError) as refused:
        read_yaml(tmp_path / "gone.yaml")
    assert said(refused.value) == ["gone.yaml, line 1: the file cannot be read (there is no such file)"]


def test_several_mistakes_of_a_file_are_said_together(tmp_path: Path) -> None:
    assert problems(tmp_path, "a: 1\na: 2\nb: 2026-13-01\n") == [
        "rules.yaml, line 2, a: this key stands here twice (first on line 1)",
        "rules.yaml, line 3, b: “2026-13-01” is written as a day should be, but the calendar has no such day",
    ]


@pytest.mark.parametrize("content", ["", "\n", "# only a comment\n"])
def test_an_empty_file_lacks_every_key_it_needs(tmp_path: Path, content: str) -> None:
    assert problems(tmp_path, content, Text) == [
        "rules.yaml, line 1: “vi” is missing",
        "rules.yaml, line 1: “en” is missing",
    ]


# --- a file against its model ------------------------------------------------------------------

INDICATOR = """\
- id: "1"
  text: Một
  text_en: One
  source: {document: plan}
  lead: so-a
  cooperating: []
  years: {from: 2026, to: 2030}
  measure: m
  at_least: 80
"""


def test_a_comma_that_cuts_a_text_in_two_is_named_as_what_it_is(tiny: Tiny) -> None:
    line = tiny.change(AGENCIES, "{vi: Sở A, en: Department A}", "{vi: Sở A, B và C, en: Department A}")
    assert tiny.problems() == [
        f"agencies.yaml, line {line}, [1].name.B và C: “B và C” was read as a key; "
        "a text that holds a comma goes in quotes. Allowed keys: vi, en"
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "text_en: One",
            "text_eng: One",
            [
                "line 1, [1]: “text_en” is missing",
                "line 3, [1].text_eng: unknown key; did you mean “text_en”? Allowed: id, text, reading, text_en, lead, "
                "cooperating, source, note, all, any, some, needed, applies_if, applies_unless, measure, taken, rounded_to, at_least, at_most, more_than, less_than, day, no_earlier_than, no_later_than, within, attested, answer, ruling, graded, set_met, each_hamlet, hamlets, "
                "standard, years, in_force, points",
            ],
        ),
        (
            "years: {from: 2026, to: 2030}",
            "yeers: {from: 2026, to: 2030}",
            [
                "line 1, [1]: “years” is missing",
                "line 7, [1].yeers: unknown key; did you mean “years”? Allowed: id, text, reading, text_en, lead, "
                "cooperating, source, note, all, any, some, needed, applies_if, applies_unless, measure, taken, rounded_to, at_least, at_most, more_than, less_than, day, no_earlier_than, no_later_than, within, attested, answer, ruling, graded, set_met, each_hamlet, hamlets, "
                "standard, years, in_force, points",
            ],
        ),
        (
            "{document: plan}",
            "{document: plan, pp: 3}",
            ["line 4, [1].source.pp: unknown key. Allowed: document, annex, row, article, note"],
        ),
        (
            "{from: 2026,",
            "{from_: 2026,",
            [
                "line 7, [1].years: “from” is missing",
                "line 7, [1].years.from_: unknown key; did you mean “from”? Allowed: from, to",
            ],
        ),
        (
            "at_least: 80",
            "at_least: {pending: {decison: awaited}}",
            [
                "line 9, [1].at_least.pending: “decision” is missing",
                "line 9, [1].at_least.pending.decison: unknown key; did you mean “decision”? Allowed: decision, note",
            ],
        ),
        (
            "at_least: 80",
            "at_least: {pending: {decision: awaited}, until: 2026}",
            ["line 9, [1].at_least.until: unknown key. Allowed: pending"],
        ),
        (
            "at_least: 80",
            "at_least:\n    - {from: 2026-01-01, value: 1, promulgated: 2026-01-01, source: {document: plan}, form: 1}",
            ["line 10, [1].at_least[1].form: unknown key; did you mean “from”? Allowed: from, to, value, source, promulgated"],
        ),
        ("text: Một", "text: 11", ['line 2, [1].text: text is expected, and 11 without quotes is none; write "11"']),
        ("at_least: 80", "at_least: [80]", [
            "line 9, [1].at_least[1]: a list holds dated values, [{from: 2026-01-01, value: 80, source: {document: "
            "ke-hoach}, promulgated: 2025-12-15}]; one number stands alone, such as 80"
        ]),
        ("lead: so-a", "lead: [so-a, so-b]", [
            "line 5, [1].lead: one text is expected, such as so-noi-vu, and here stands [so-a, so-b]"
        ]),
        ("cooperating: []", "cooperating: so-b", ["line 6, [1].cooperating: a list is expected, such as [so-b]"]),
        (
            "source: {document: plan}",
            "source: plan",
            [
                "line 4, [1].source: keys with values are expected, such as "
                '{document: ke-hoach, annex: III, row: "8.1"}'
            ],
        ),
        (
            "years: {from: 2026, to: 2030}",
            "years: 2021-2025",
            ["line 7, [1].years: keys with values are expected, such as {from: 2021, to: 2025}"],
        ),
        (
            "text_en: One",
            "text_en: One\n  note: Ghi chú",
            ["line 4, [1].note: keys with values are expected, such as {vi: Ghi chú, en: \"...\"}"],
        ),
        (
            "from: 2026",
            'from: "2026"',
            ["line 7, [1].years.from: “2026” in quotes is a text; take the quotation marks off"],
        ),
        ("from: 2026", "from: 2026.0", ["line 7, [1].years.from: “2026.0” is not a number; write 2026"]),
        ("from: 2026", "from: sau", ["line 7, [1].years.from: “sau” is not a whole number; write one such as 2026"]),
        ("to: 2030", "to: 2025", ["line 7, [1].years: `to` lies before `from`"]),
        ('id: "1"', "id: chỉ tiêu 1", [
            "line 1, [1].id: “chỉ tiêu 1” is no id: letters without marks, digits and . _ - without spaces, "
            "such as chi-tieu-1"
        ]),
        ("lead: so-a", "lead: Sở A", [
            "line 5, [1].lead: “Sở A” is no id: letters without marks, digits and . _ - without spaces, such as so-a"
        ]),
        ("measure: m", "measure: Some__Measure", [
            "line 8, [1].measure: “Some__Measure” is no id of a measure: small letters without marks and digits, "
            "words joined by _, such as some_measure"
        ]),
        ("at_least: 80", "at_least: 80.12345", ["line 9, [1].at_least: 80.12345 has more than 4 decimals"]),
        (
            "at_least: 80",
            "at_least: 80.0000000000000000000000000000001",
            ["line 9, [1].at_least: 80.0000000000000000000000000000001 has more than 4 decimals"],
        ),
        (
            "at_least: 80",
            "at_least: 100000000",
            ["line 9, [1].at_least: 100000000 is too large; less than 100000000 is expected"],
        ),
        ("at_least: 80", "at_least: true", ["line 9, [1].at_least: “true” is not a number; write one such as 80, 80.5"]),
        ("at_least: 80", "at_least: 80%", ["line 9, [1].at_least: “80%” is not a number; write 80"]),
        ("at_least: 80", "at_least: 8,5", ["line 9, [1].at_least: “8,5” is not a number; write 8.5"]),
        ("at_least: 80", "at_least: ≥ 80", ["line 9, [1].at_least: “≥ 80” is not a number; write 80"]),
        ("at_least: 80", "at_least: Rất tốt", [
            "line 9, [1].at_least: “Rất tốt” is neither a number, such as 80 or 80.5, nor the id of a grade, such as rat-tot"
        ]),
        ("measure: m\n  at_least: 80", "graded: m\n  at_least: Khá", [
            "line 9, [1].at_least: “Khá” is no id: letters without marks, digits and . _ - without spaces, such as kha"
        ]),
        ("at_least: 80", "at_least: {nhom-1: 8%}", [
            "line 9, [1].at_least.nhom-1: “8%” is not a number; write 8"
        ]),
        ("at_least: 80", "at_least: {nhom-1: 8, from: 2026-01-01}", [
            "line 9, [1].at_least.from: a value for some days stands in a list of dated values: "
            "[{from: 2026-01-01, value: 80, source: {document: ke-hoach}, promulgated: 2025-12-15}]"
        ]),
        ("at_least: 80", "at_least: {nhom 1: 5}", [
            "line 9, [1].at_least.nhom 1: “nhom 1” is no id: letters without marks, digits and . _ - without spaces, "
            "such as nhom-1"
        ]),
        ("at_least: 80", "at_least: []", ["line 9, [1].at_least: the list has too few items"]),
        (
            "measure: m\n  at_least: 80",
            "all:\n    - {id: a, attested: x, lead: 5}",
            [
                "line 9, [1].all[1].lead: "
                'text is expected, and 5 without quotes is none; write "5"'
            ],
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line_its_key_and_its_mend(
    tmp_path: Path, old: str, new: str, expected: list[str]
) -> None:
    content = INDICATOR.replace(old, new)
    assert content != INDICATOR
    assert problems(tmp_path, content, tuple[IndicatorWritten, ...]) == [f"rules.yaml, {line}" for line in expected]


def test_a_number_may_end_in_zeros_beyond_the_fourth_decimal(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(INDICATOR.replace("at_least: 80", "at_least: 80.500000"), encoding="utf-8")
    (indicator,) = check(read_yaml(path), TypeAdapter(tuple[IndicatorWritten, ...]))
    assert indicator.at_least == Decimal("80.5")


NO_DAY = "“{}” is not a date (write {})"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("0", NO_DAY.format("0", "2025-07-01")),
        ("86400", NO_DAY.format("86400", "2025-07-01")),
        ("20260731", NO_DAY.format("20260731", "2025-07-01")),
        ('"2026-07-31"', "“2026-07-31” in quotes is a text; take the quotation marks off"),
        ("31/7/2026", NO_DAY.format("31/7/2026", "2026-07-31")),
    ],
)
def test_a_day_is_written_as_a_day_and_never_computed_from_a_number(tmp_path: Path, day: str, expected: str) -> None:
    overlay = f"""\
id: o
applies_to: s
title: {{vi: x, en: y}}
illustrative: true
promulgated: {day}
effective: {{from: 2026-01-01}}
"""
    assert problems(tmp_path, overlay, Overlay) == [f"rules.yaml, line 5, promulgated: {expected}"]


NO_DAY_OF_A_RULE = "“{}” is no day as rules state one; write year-month-day without quotes: {}"


@pytest.mark.parametrize(
    ("said", "key", "expected"),
    [
        ("no_earlier_than: 01/03/2026", "", NO_DAY_OF_A_RULE.format("01/03/2026", "2026-03-01")),
        ("no_later_than: {a: 2026-03-01, b: 31/12/2026}", ".b", NO_DAY_OF_A_RULE.format("31/12/2026", "2026-12-31")),
        ("no_later_than: trước tháng 5", "", NO_DAY_OF_A_RULE.format("trước tháng 5", "2025-12-31")),
        ("within: {years: 51}", ".years", "at most 50 is expected"),
        ("within: {months: 601}", ".months", "at most 600 is expected"),
        ("within: {days: 18251}", ".days", "at most 18250 is expected"),
    ],
)
def test_a_day_of_a_rule_is_told_how_it_is_written_and_a_time_how_long_it_may_be(
    tmp_path: Path, said: str, key: str, expected: str
) -> None:
    content = INDICATOR.replace("measure: share\n", "").replace("at_least: 80", f"day: opened_on\n  {said}")
    at = content.splitlines().index(f"  {said}") + 1
    name = said.partition(":")[0]
    assert problems(tmp_path, content, tuple[IndicatorWritten, ...]) == [
        f"rules.yaml, line {at}, [1].{name}{key}: {expected}"
    ]


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("at_least: {reference: x, year: next_year}", "at_least.year"),
        ("at_least: 1\n  taken: {level_of: last_year}", "taken.level_of"),
    ],
)
def test_a_year_that_is_none_is_told_which_words_there_are_and_that_a_year_of_the_calendar_will_do(
    tmp_path: Path, said: str, key: str
) -> None:
    (line,) = problems(tmp_path, INDICATOR.replace("at_least: 80", said), tuple[IndicatorWritten, ...])
    assert f"[1].{key}: choose one of: this_year, year_before, or write a year such as 2025" in line


def test_years_of_a_law_are_years_of_the_calendar_of_our_time(tmp_path: Path) -> None:
    (line,) = problems(tmp_path, INDICATOR.replace("to: 2030", "to: 20300"), tuple[IndicatorWritten, ...])
    assert line.endswith("[1].years.to: at most 2100 is expected")


@pytest.mark.parametrize("word", ["yes", "no", "1", '"true"'])
def test_only_true_and_false_answer_a_yes_or_no_key(tmp_path: Path, word: str) -> None:
    overlay = f"""\
id: o
applies_to: s
title: {{vi: x, en: y}}
illustrative: {word}
promulgated: 2026-01-01
effective: {{from: 2026-01-01}}
"""
    assert problems(tmp_path, overlay, Overlay) == ["rules.yaml, line 4, illustrative: true or false is expected"]


def test_an_entry_of_an_overlay_offers_the_keys_of_its_own_form(tmp_path: Path) -> None:
    overlay = """\
id: o
applies_to: s
title: {vi: x, en: y}
illustrative: true
promulgated: 2026-01-01
effective: {from: 2026-01-01}
set:
  "1": {value: 5, articel: Điều 1}
  "2": {standard: in-forse}
"""
    assert problems(tmp_path, overlay, Overlay) == [
        "rules.yaml, line 8, set.1.articel: unknown key; did you mean “article”? Allowed: value, article",
        "rules.yaml, line 9, set.2.standard: choose one of: in-force",
    ]


def test_an_entry_of_an_overlay_is_told_where_its_article_belongs(tmp_path: Path) -> None:
    overlay = """\
id: o
applies_to: s
title: {vi: x, en: y}
illustrative: true
promulgated: 2026-01-01
effective: {from: 2026-01-01}
set:
  "1": {nhom-1: 5, article: Điều 1}
  "2": {pending: {decision: awaited}}
  "3": [5]
"""
    assert problems(tmp_path, overlay, Overlay) == [
        "rules.yaml, line 8, set.1.article: the article stands beside `value`, groups and all: "
        "{value: {nhom-1: 80, nhom-2: 75}, article: Điều 1}",
        "rules.yaml, line 10, set.3: “[5]” is not a number; write one such as 80, 80.5",
    ]


def test_problems_stand_in_the_order_of_the_lines(tmp_path: Path) -> None:
    content = INDICATOR.replace("at_least: 80", "at_least: 1.23456").replace("lead: so-a", "lead: 1")
    lines = [
        int(line.split("line ")[1].split(",")[0]) for line in problems(tmp_path, content, tuple[IndicatorWritten, ...])
    ]
    assert lines == [5, 9]


# --- saying it ---------------------------------------------------------------------------------


def test_a_place_is_written_the_way_a_person_would_look_for_it() -> None:
    assert key_path(("criteria", 0, "source", "row")) == "criteria[1].source.row"
    assert key_path((1, "all", 2)) == "[2].all[3]"
    assert key_path(()) == ""


def test_a_problem_is_one_line_in_vietnamese_and_in_english(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text("a: 1\na: 2\n", encoding="utf-8")
    with pytest.raises(RulebookError) as refused:
        read_yaml(path, name="01/rules.yaml")
    (problem,) = refused.value.problems
    assert (problem.file, problem.line, problem.key) == ("01/rules.yaml", 2, "a")
    assert problem.message == Message("this key stands here twice (first on line {line})", line=1)
    assert str(refused.value) == "01/rules.yaml, dòng 2, a: khóa này ghi hai lần (lần đầu ở dòng 1)"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("a:\n\tb: 2\n", "dấu cách"),
        ('- {x: "một, y: hai}\n- z: 1\n', "phần bị hỏng bắt đầu từ dòng 1"),
        ("a: [1, 2\nb: 3\n", "thiếu dấu phẩy hoặc dấu đóng ]"),
        ("- a: 1\n b: 2\n", "thụt dòng"),
    ],
)
def test_a_broken_file_is_told_in_vietnamese_words(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RulebookError) as refused:
        read_yaml(path)
    (problem,) = refused.value.problems
    said = problem.message.render("vi")
    assert told in said
    assert not any(word in said for word in ("found", "expected", "token", "context"))


# --- files made to take long -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("".join(f"k{n}: 1\n" for n in range(60_000)), 50_000),
        ("a: 1\n" * 60_000, 50_000),
        ("{" + "a: 1, " * 60_000 + "}", 1),
        (("- " * 49 + "x\n") * 3000, 2041),
        ("- 1\n" * 110_000, 100_000),
    ],
    ids=["keys", "one key", "one key in braces", "lists in lists", "a list"],
)
def test_more_keys_and_values_than_rules_have_are_refused_at_once(tmp_path: Path, text: str, line: int) -> None:
    began = time.monotonic()
    (found,) = problems(tmp_path, text)
    assert found == f"rules.yaml, line {line}: the file holds more than 100000 keys and values; split it"
    assert time.monotonic() - began < 5


def test_a_file_larger_than_rules_are_is_refused(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, "# " + "x" * (4 << 20))
    assert found == "rules.yaml, line 1: the file cannot be read (larger than 4 MB)"


def test_a_long_run_of_dashes_is_nested_too_deeply(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, "- " * 100_000 + "x")
    assert found == "rules.yaml, line 1: brackets are nested too deeply"


def test_of_very_many_mistakes_the_first_are_told_and_how_many_more_there_are(tmp_path: Path) -> None:
    found = problems(tmp_path, "a: 1\n" * 3000)
    assert len(found) == 1001
    assert found[0] == "rules.yaml, line 2, a: this key stands here twice (first on line 1)"
    assert found[-1] == "rules.yaml, line 1002: and 1999 more mistakes in this file"


def test_many_unknown_keys_are_told_in_seconds(tmp_path: Path) -> None:
    path = tmp_path / "agencies.yaml"
    path.write_text("".join(f"- {{id: a{n}, titel: x}}\n" for n in range(3000)), encoding="utf-8")
    began = time.monotonic()
    with pytest.raises(RulebookError) as refused:
        check(read_yaml(path), TypeAdapter(tuple[Agency, ...]))
    assert len(refused.value.problems) == 1001
    assert time.monotonic() - began < 10


def test_what_is_read_again_is_what_stands_in_the_file_though_it_was_used_in_between(tmp_path: Path) -> None:
    loaded = load_set(find_set("lai-chau-2026-2030"))
    resolve(loaded, as_of=dt.date(2026, 12, 31))
    for path in sorted(loaded.folder.rglob("*.yaml")):
        fresh = tmp_path / "fresh.yaml"
        fresh.write_bytes(path.read_bytes())
        again, anew = (
            read_yaml(path, name=path.relative_to(loaded.folder).as_posix()),
            read_yaml(fresh, name="another name"),
        )
        assert (again.data, again.lines) == (anew.data, anew.lines), path
        fresh.write_text("a: 1\n")
        assert read_yaml(fresh, name="another name").data == {"a": 1}
