"""NTM031: the numbering has a gap."""

from __future__ import annotations

from tests.workbench.checks.clean import MEASURES, RULES_1, RULES_2, Checked

CODE = "NTM031"


def test_the_numbering_has_a_gap_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "id: 1.1.b", "id: 1.1.d")
    assert checked.found(CODE) == [(RULES_1, line, "[1].all[2].id", "before 1.1.d there is no 1.1.b")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    checked.change(RULES_1, "id: 1.1.c.ii", "id: 1.1.c.b")
    assert checked.found(CODE) == []


LETTERS = """\
all:
{}"""


def _parts(letters: str) -> str:
    return LETTERS.format("".join(f"  - {{id: 2.4.{step}, attested: plan_approved}}\n" for step in letters.split()))


def test_letters_that_vietnamese_lists_pass_over_are_no_gap(checked: Checked) -> None:
    checked.add(_parts("a b c d dd e g h i k"))
    assert checked.found(CODE) == []


def test_a_letter_left_out_is_told_whatever_is_passed_over(checked: Checked) -> None:
    checked.add(_parts("a b c d e h"))
    assert [said for _file, _line, _key, said in checked.found(CODE)] == ["before 2.4.h there is no 2.4.g"]


def test_numbers_that_go_on_in_the_next_criterion_are_no_gap(checked: Checked) -> None:
    for name in (RULES_1, RULES_2):
        text = (checked.folder / name).read_text(encoding="utf-8")
        for old, new in (('"1.1"', '"1"'), ('"1.2"', '"2"'), ('"2.1"', '"3"'), ('"2.2"', '"4"'), ('"2.3"', '"5"')):
            text = text.replace(f"id: {old}", f"id: {new}")
        checked.write(name, text)
    assert [line for line in checked.found(CODE) if "." not in line[3]] == []


def test_what_each_hamlet_must_meet_is_no_step_of_a_list(checked: Checked) -> None:
    text = (checked.folder / MEASURES).read_text(encoding="utf-8")
    hall = "{id: hall, label: {vi: Nhà, en: Hall}, kind: attestation, per: hamlet, unit: {vi: Có, en: Yes}"
    checked.write(MEASURES, f"{text}- {hall}, evidence: {{vi: B, en: B}}}}\n")
    checked.add("measure: clinics\nat_least: 1\neach_hamlet: {id: 2.4.t, attested: hall}\n")
    assert checked.found(CODE) == checked.found("NTM004") == []
