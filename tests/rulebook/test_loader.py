"""A folder of files becomes a set, or every mistake in it is said at once, by file, line and key."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from ntm_rules.rulebook import loader
from ntm_rules.rulebook.loader import SetNotFound, available_sets, find_set, load_overlay
from ntm_rules.rulebook.procedures import PROCEDURE
from ntm_rules.rulebook.yaml_reader import RulebookError
from tests.rulebook.tiny import (
    AGENCIES,
    COMMUNES,
    CONDITIONS,
    FILES,
    HEADER,
    MEASURES,
    OVERLAY,
    RULES_1,
    RULES_2,
    Tiny,
    said,
)


def test_a_correct_set_is_read_whole(tiny: Tiny) -> None:
    loaded = tiny.load()
    assert loaded.header.id == "tiny"
    assert list(loaded.agencies) == ["so-a", "so-b", "ubnd-xa"]
    assert len(loaded.measures) == 9
    assert {c: [i.id for i in rules] for c, rules in loaded.rules.items()} == {
        "1": ["1.1", "1.2"],
        "2": ["2.1", "2.2", "2.3"],
    }
    assert [i.id for i in loaded.conditions] == ["DK.1"]
    assert [c.code for c in loaded.communes] == ["03400", "03402", "03404"]


def test_it_remembers_the_bytes_of_every_file_that_verdicts_may_rest_on(tiny: Tiny) -> None:
    law = {name: text for name, text in FILES.items() if name != PROCEDURE}
    assert tiny.load().files == {name: hashlib.sha256(text.encode()).hexdigest() for name, text in law.items()}


def test_a_set_may_do_without_further_conditions(tiny: Tiny) -> None:
    tiny.change(HEADER, "conditions: conditions/rules.yaml\n", "")
    loaded = tiny.load()
    assert (loaded.conditions, CONDITIONS in loaded.files) == ((), False)


# --- unknown names -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (RULES_1, "lead: so-a", "lead: so-aa", "[1].lead: “so-aa” is not defined; did you mean “so-a”?"),
        (RULES_1, "lead: so-b\n      any", "lead: xyz\n      any", "[1].all[3].lead: “xyz” is not defined"),
        (
            RULES_1,
            "cooperating: [ubnd-xa]",
            "cooperating: [so-b, ubnd-x]",
            "[1].cooperating[2]: “ubnd-x” is not defined; did you mean “ubnd-xa”?",
        ),
        (
            RULES_1,
            "text: Có quy hoạch\n",
            "cooperating: [cac-so]\n",
            "[1].all[1].cooperating[1]: “cac-so” is not defined",
        ),
        (
            RULES_1,
            "source: {document: plan, annex",
            "source: {document: plans, annex",
            "[1].source.document: “plans” is not defined; did you mean “plan”?",
        ),
        (
            RULES_1,
            "attested: plan_approved",
            "attested: plan_aproved",
            "[1].all[1].attested: “plan_aproved” is not defined; did you mean “plan_approved”?",
        ),
        (
            RULES_1,
            "measure: roads_share",
            "measure: road_share",
            "[1].all[2].measure: “road_share” is not defined; did you mean “roads_share”?",
        ),
        (
            RULES_1,
            "applies_if: landfill_exists",
            "applies_if: landfil_exists",
            "[1].all[3].any[1].applies_if: “landfil_exists” is not defined; did you mean “landfill_exists”?",
        ),
        (RULES_1, "ruling: safe", "ruling: save", "[1].all[3].any[2].ruling: “save” is not defined; did you mean “safe”?"),
        (
            RULES_1,
            "standard: {pending: {decision: awaited}}",
            "standard: {pending: {decision: awaitd}}",
            "[1].all[3].any[2].standard: “awaitd” is not defined; did you mean “awaited”?",
        ),
        (
            RULES_2,
            "graded: party_grade",
            "graded: party_grades",
            "[1].graded: “party_grades” is not defined; did you mean “party_grade”?",
        ),
        (
            RULES_2,
            "decision: awaited",
            "decision: waited",
            "[3].at_least.pending.decision: “waited” is not defined; did you mean “awaited”?",
        ),
        (
            RULES_2,
            "source: {document: decree, article: Điều 1}",
            "source: {document: decrees, article: Điều 1}",
            "[2].at_least[1].source: “decrees” is not defined; did you mean “decree”?",
        ),
        (CONDITIONS, "measure: debt", "measure: debts", "[1].measure: “debts” is not defined; did you mean “debt”?"),
        (MEASURES, "attested_by: so-a", "attested_by: so-c", "[6].attested_by: “so-c” is not defined; did you mean “so-b”?"),
        (
            MEASURES,
            "scale: xep-loai",
            "scale: xep-loi",
            "[9].scale: “xep-loi” is not defined; did you mean “xep-loai”?",
        ),
        (
            HEADER,
            "legal_basis: [plan]",
            "legal_basis: [plan, decre]",
            "legal_basis[2]: “decre” is not defined; did you mean “decree”?",
        ),
        (HEADER, "owed_by: so-a", "owed_by: so-", "decisions[1].owed_by: “so-” is not defined; did you mean “so-b”?"),
        (
            HEADER,
            "owed_by: so-a",
            "owed_by: so-a, source: {document: law}",
            "decisions[1].source: “law” is not defined",
        ),
        (
            HEADER,
            "conditions: conditions/rules.yaml",
            "reporting: {by: so-aa, source: {document: plan}}\nconditions: conditions/rules.yaml",
            "reporting.by: “so-aa” is not defined; did you mean “so-a”?",
        ),
        (
            HEADER,
            "conditions: conditions/rules.yaml",
            "reporting: {by: so-a, source: {document: plans}}\nconditions: conditions/rules.yaml",
            "reporting.source: “plans” is not defined; did you mean “plan”?",
        ),
        (
            HEADER,
            "source: {document: decree}",
            "source: {document: decre}",
            "groups[2].source: “decre” is not defined; did you mean “decree”?",
        ),
        (
            HEADER,
            'source: {document: plan, row: "2"}',
            'source: {document: pan, row: "2"}',
            "criteria[2].source: “pan” is not defined; did you mean “plan”?",
        ),
    ],
)  # fmt: skip
def test_an_unknown_name_is_named_with_its_nearest(tiny: Tiny, file: str, old: str, new: str, expected: str) -> None:
    line = tiny.change(file, old, new)
    assert tiny.problems() == [f"{file}, line {line}, {expected}"]


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("saef", "recognition: “saef” is not defined; did you mean “safe”?"),
        ("roads_share", "recognition: measure roads_share is a share; a ruling is needed here"),
    ],
)
def test_what_reports_recognition_is_a_ruling_of_the_set(tiny: Tiny, named: str, expected: str) -> None:
    line = tiny.change(HEADER, "bands:", f"recognition: {named}\nbands:")
    assert tiny.problems() == [f"{HEADER}, line {line}, {expected}"]


def test_a_ruling_reports_recognition_where_the_set_names_it_whatever_it_is_called(tiny: Tiny) -> None:
    assert tiny.resolve().recognition is None
    for file in tiny.folder.rglob("*.yaml"):
        file.write_text(file.read_text(encoding="utf-8").replace("safe", "recognition_decision"), encoding="utf-8")
    assert tiny.resolve().recognition is None
    tiny.change(HEADER, "bands:", "recognition: recognition_decision\nbands:")
    assert tiny.resolve().recognition == "recognition_decision"


# --- ids ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            RULES_1,
            "id: 1.1.c.ii",
            "id: 1.1.a",
            "[1].all[3].any[2].id: id 1.1.a is already used in 01/rules.yaml, line {first}",
        ),
        (RULES_1, 'id: "1.2"', 'id: "1.1"', "[2].id: id 1.1 is already used in 01/rules.yaml, line {first}"),
        (RULES_2, 'id: "2.1"', "id: 1.1.b", "[1].id: id 1.1.b is already used in 01/rules.yaml, line {first}"),
        (CONDITIONS, "id: DK.1", 'id: "2.3"', "[1].id: id 2.3 is already used in 02/rules.yaml, line {first}"),
        (AGENCIES, "id: so-b", "id: so-a", "[2]: id so-a stands here twice (first on line {first})"),
        (
            MEASURES,
            "- id: landfill_share",
            "- id: roads_share",
            "[2]: id roads_share stands here twice (first on line {first})",
        ),
        (HEADER, "id: decree", "id: plan", "documents[2]: id plan stands here twice (first on line {first})"),
        (HEADER, "id: nhom-2", "id: nhom-1", "groups[2]: id nhom-1 stands here twice (first on line {first})"),
        (HEADER, "id: chua", "id: du", "bands[2]: id du stands here twice (first on line {first})"),
        (HEADER, "id: tot,", "id: kha,", "scales[1].grades[3]: id kha stands here twice (first on line {first})"),
        (HEADER, '{id: "2"', '{id: "1"', "criteria[2]: id 1 stands here twice (first on line {first})"),
    ],
)
def test_an_id_used_twice_is_named_where_it_stands_again_and_where_it_stood_first(
    tiny: Tiny, file: str, old: str, new: str, expected: str
) -> None:
    first_file = expected.partition("used in ")[2].partition(",")[0] or file
    key = new.removeprefix("- ").removeprefix("{").removesuffix(",")
    written = (tiny.folder / first_file).read_text(encoding="utf-8").splitlines()
    first = next(i for i, line in enumerate(written, 1) if key in line)
    line = tiny.change(file, old, new)
    assert f"{file}, line {line}, {expected.format(first=first)}" in tiny.problems()


def test_an_indicator_may_bear_the_id_of_its_criterion(tiny: Tiny) -> None:
    tiny.change(RULES_1, 'id: "1.2"', 'id: "1"')
    assert [i.id for i in tiny.load().rules["1"]] == ["1.1", "1"]


# --- kinds and targets -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            RULES_1,
            "attested: plan_approved",
            "attested: safe",
            "[1].all[1].attested: measure safe is a ruling; a attestation is needed here",
        ),
        (
            RULES_1,
            "applies_if: landfill_exists",
            "applies_if: clinics",
            "[1].all[3].any[1].applies_if: measure clinics is a count; a attestation is needed here",
        ),
        (
            RULES_1,
            "ruling: safe",
            "ruling: plan_approved",
            "[1].all[3].any[2].ruling: measure plan_approved is a attestation; a ruling is needed here",
        ),
        (
            RULES_1,
            "measure: roads_share",
            "measure: plan_approved",
            "[1].all[2].measure: measure plan_approved is a attestation; "
            "a amount / count / growth / share is needed here",
        ),
        (
            RULES_2,
            "graded: party_grade",
            "graded: clinics",
            "[1].graded: measure clinics is a count; a grade is needed here",
        ),
    ],
)
def test_a_measure_of_the_wrong_kind_is_refused(tiny: Tiny, file: str, old: str, new: str, expected: str) -> None:
    line = tiny.change(file, old, new)
    assert tiny.problems() == [f"{file}, line {line}, {expected}"]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (RULES_1, "at_least: {nhom-1: 3, nhom-2: 2}", "at_least: {nhom-1: 3}", "[2].at_least: no value for group nhom-2"),
        (
            RULES_1,
            "at_least: {nhom-1: 3, nhom-2: 2}",
            "at_least: {nhom-1: 3, nhom-2: 2, nhom-9: 1}",
            "[2].at_least: “nhom-9” is not defined; did you mean “nhom-2”?",
        ),
        (
            RULES_1,
            "at_least: {nhom-1: 3, nhom-2: 2}",
            "at_least: {nhom-1: 3, nhom-2: 2, khac: 1}",
            "[2].at_least: unknown group khac; there are: nhom-1, nhom-2",
        ),
        (RULES_1, "at_least: 80", "at_least: 100.0001", "[1].all[2].at_least: a share's target lies between 0 and 100, and 100.0001 does not; a percentage that may pass 100 is an `amount` in %"),
        (RULES_1, "at_most: 50.5", "at_most: -1", "[1].all[3].any[1].at_most: a share's target lies between 0 and 100, and -1 does not"),
        (
            RULES_1,
            "at_least: 80",
            "at_least: {nhom-1: 101, nhom-2: 5}",
            "[1].all[2].at_least: group nhom-1: a share's target lies between 0 and 100, and 101 does not; a percentage that may pass 100 is an `amount` in %",
        ),
        (
            RULES_1,
            "at_least: 80",
            'at_least: "80"',
            "[1].all[2].at_least: “80” in quotes is a text; take the quotation marks off",
        ),
        (RULES_1, "at_least: 80", "at_least: 8e1", "[1].all[2].at_least: a number is needed for measure roads_share, and 8e1 is none; write one such as 80, 80.5"),
        (
            RULES_2,
            "at_least: kha",
            "at_least: xuat-sac",
            "[1].at_least: “xuat-sac” is not a grade of the scale: trung-binh, kha, tot",
        ),
        (RULES_2, "at_least: kha", "at_least: 2", "[1].at_least: “2” is not a grade of the scale: trung-binh, kha, tot"),
        (
            RULES_2,
            "{nhom-1: 9, nhom-2: 8}",
            "{nhom-2: 8}",
            "[2].at_least[2].value: no value for group nhom-1",
        ),
    ],
)  # fmt: skip
def test_a_target_that_does_not_fit_its_measure_is_refused(
    tiny: Tiny, file: str, old: str, new: str, expected: str
) -> None:
    line = tiny.change(file, old, new)
    assert tiny.problems() == [f"{file}, line {line}, {expected}"]


@pytest.mark.parametrize("target", ["0", "100", "100.0000"])
def test_a_share_may_have_to_be_nothing_or_all(tiny: Tiny, target: str) -> None:
    tiny.change(RULES_1, "at_least: 80", f"at_least: {target}")
    assert tiny.load()


def test_a_growth_may_have_a_target_above_100_or_below_0(tiny: Tiny) -> None:
    tiny.change(RULES_2, "value: 7", "value: 250")
    tiny.change(RULES_2, "{nhom-1: 9, nhom-2: 8}", "{nhom-1: -1, nhom-2: 8}")
    assert tiny.load()


# --- files -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(FILES.keys() - {PROCEDURE}))
def test_a_missing_file_is_named(tiny: Tiny, name: str) -> None:
    (tiny.folder / name).unlink()
    header = FILES[HEADER].splitlines()
    named = [i for i, line in enumerate(header, 1) if f": {name}" in line]
    (said,) = tiny.problems()
    if named:  # a file of rules is named by the header, on a line that can be mended
        assert said.startswith(f"{HEADER}, line {named[0]}, ")
        offered = "; did you mean “" if name.endswith("rules.yaml") else ""  # another file of rules is near
        assert f": there is no file {name}{offered}" in said
    else:
        assert said == f"{name}, line 1: the file cannot be read (there is no such file)"


def test_a_file_of_rules_misspelt_in_the_header_is_told_there_with_the_nearest(tiny: Tiny) -> None:
    line = tiny.change(HEADER, "conditions: conditions/rules.yaml", "conditions: condition/rules.yaml")
    assert tiny.problems() == [
        f"{HEADER}, line {line}, conditions: there is no file condition/rules.yaml; "
        "did you mean “conditions/rules.yaml”?"
    ]


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_that_is_not_utf_8_is_named(tiny: Tiny, name: str) -> None:
    tiny.write(name, FILES[name].replace("Hạ tầng", "H").encode("utf-16"))
    assert tiny.problems() == [f"{name}, line 1: the file is not UTF-8 text; save it again as UTF-8"]


@pytest.mark.parametrize("name", [AGENCIES, MEASURES, RULES_1, CONDITIONS])
def test_an_empty_file_of_a_list_says_that_a_list_is_expected(tiny: Tiny, name: str) -> None:
    tiny.write(name, "")
    assert tiny.problems() == [f"{name}, line 1: a list is expected"]


def test_a_criterion_without_any_rule_is_refused(tiny: Tiny) -> None:
    tiny.write(RULES_1, "[]")
    assert tiny.problems() == ["01/rules.yaml, line 1: the list has too few items"]


def test_mistakes_of_several_files_are_said_together(tiny: Tiny) -> None:
    agencies = tiny.change(AGENCIES, "name: {vi: Sở B, en: Department B}", "name: {vi: Sở B}")
    measures = tiny.change(MEASURES, "kind: share", "kind: shore")
    rules_1 = tiny.change(RULES_1, "text_en: Roads", "text-en: Roads")
    rules_2 = tiny.change(RULES_2, "at_least: kha", "at_least: [kha")
    communes = tiny.change(COMMUNES, "03402,Xã Hai,xa,2025-07-01", "03402,Xã Hai,xa,1/7/2025")
    allowed = (
        "id, text, reading, text_en, lead, cooperating, source, note, all, any, some, needed, applies_if, applies_unless, measure, taken, "
        "rounded_to, at_least, "
        "at_most, more_than, less_than, day, no_earlier_than, no_later_than, within, attested, answer, ruling, graded, set_met, each_hamlet, hamlets, standard"
    )
    assert tiny.problems() == [
        f"agencies.yaml, line {agencies}, [2].name: “en” is missing",
        f"measures.yaml, line {measures}, [1].kind: choose one of: share, growth, count, amount, attestation, "
        "ruling, date, grade",
        f"01/rules.yaml, line {rules_1}, [1].all[2].text-en: unknown key; did you mean “text_en”? Allowed: {allowed}",
        f"02/rules.yaml, line {rules_2 + 1}: not valid YAML (did not find expected ',' or ']'; "
        f"what is cut short begins on line {rules_2})",
        f"communes.csv, line {communes}, valid_from: “1/7/2025” is not a date (write 2025-07-01)",
    ]


def test_wrong_names_in_several_files_are_said_together(tiny: Tiny) -> None:
    tiny.change(MEASURES, "scale: xep-loai", "scale: khac")
    tiny.change(RULES_1, "lead: so-a", "lead: khac")
    tiny.change(RULES_2, "graded: party_grade", "graded: khac")
    tiny.change(CONDITIONS, "decision: awaited", "decision: khac")
    assert [line.split(", line")[0] for line in tiny.problems()] == [MEASURES, RULES_1, RULES_2, CONDITIONS]


# --- overlays ----------------------------------------------------------------------------------


def test_an_overlay_is_read_with_its_path_in_its_problems(tiny: Tiny) -> None:
    path = tiny.write("o.yaml", OVERLAY.replace("applies_to", "aplies_to"))
    with pytest.raises(RulebookError) as refused:
        load_overlay(path)
    allowed = (
        "id, applies_to, title, illustrative, document, promulgated, effective, province, set, groups, reference_figures, "
        "add, repeal, replace, change, standard, measures, agencies, decisions, documents, scales"
    )
    assert said(refused.value) == [
        f"{path}, line 1: “applies_to” is missing",
        f"{path}, line 2, aplies_to: unknown key; did you mean “applies_to”? Allowed: {allowed}",
    ]


def test_a_missing_overlay_says_so(tmp_path: Path) -> None:
    with pytest.raises(RulebookError) as refused:
        load_overlay(tmp_path / "o.yaml")
    assert said(refused.value) == [f"{tmp_path}/o.yaml, line 1: the file cannot be read (there is no such file)"]


# --- finding a set -----------------------------------------------------------------------------


@pytest.fixture
def shelf(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place where sets come with the program; it holds `tiny`."""
    monkeypatch.setattr(loader, "bundled_folders", lambda: [tiny.folder.parent])
    return tiny.folder.parent


def test_the_lai_chau_set_comes_with_the_program() -> None:
    assert find_set("lai-chau-2026-2030") == available_sets()["lai-chau-2026-2030"]


def test_a_set_is_found_by_its_id(shelf: Path) -> None:
    assert find_set("tiny") == shelf / "tiny"


def test_a_set_is_found_by_its_folder_anywhere(tiny: Tiny) -> None:
    assert find_set(tiny.folder) == tiny.folder
    assert find_set(str(tiny.folder)) == tiny.folder


def test_the_only_set_need_not_be_named(shelf: Path) -> None:
    assert find_set() == shelf / "tiny"


def test_of_several_sets_one_must_be_named(shelf: Path) -> None:
    (shelf / "other").mkdir()
    (shelf / "other" / HEADER).touch()
    with pytest.raises(SetNotFound) as refused:
        find_set()
    assert said(refused.value) == ["Say which criteria set to use: other, tiny"]


def test_a_folder_without_a_header_is_no_set(shelf: Path) -> None:
    (shelf / "draft").mkdir()
    assert list(available_sets()) == ["tiny"]


def test_an_unknown_set_is_named_with_what_there_is_and_the_nearest(shelf: Path) -> None:
    with pytest.raises(SetNotFound) as refused:
        find_set("tinny")
    assert said(refused.value) == [
        "No criteria set “tinny”: neither a set of that id nor a folder with criteria-set.yaml. Available: tiny",
        "Did you mean “tiny”?",
    ]


def test_where_nothing_is_near_nothing_is_offered(shelf: Path) -> None:
    with pytest.raises(SetNotFound) as refused:
        find_set("/no/such/folder")
    assert said(refused.value) == [
        "No criteria set “/no/such/folder”: neither a set of that id nor a folder with criteria-set.yaml. "
        "Available: tiny"
    ]


# --- a set reads nothing outside itself --------------------------------------------------------


OUTSIDE = "lies outside the set's folder; a set reads nothing outside it"
NO_FILE = "names no file of the set"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", NO_FILE),
        (".", NO_FILE),
        ("./", NO_FILE),
        ("01/..", NO_FILE),
        ("..", OUTSIDE),
        ("../other/rules.yaml", OUTSIDE),
        ("01/../../other/rules.yaml", OUTSIDE),
        ("/etc/passwd", OUTSIDE),
        ("C:/other/rules.yaml", OUTSIDE),
        (r"\\server\share\rules.yaml", OUTSIDE),
    ],
)
@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("rules: {name}}}", "criteria[2].rules"),
        ("conditions: {name}", "conditions"),
        ("cross_checks: {name}", "cross_checks"),
        ("date: 2026-01-01, file: {name},", "documents[1].file"),
    ],
)
def test_a_name_that_leads_to_no_file_of_the_set_is_refused(
    tiny: Tiny, name: str, words: str, written: str, key: str
) -> None:
    other = tiny.folder.parent / "other"
    other.mkdir()
    (other / "rules.yaml").write_text(FILES[RULES_1], encoding="utf-8")
    before = {
        "criteria[2].rules": "rules: 02/rules.yaml}",
        "conditions": "conditions: conditions/rules.yaml",
        "cross_checks": "cross_checks: cross-checks.yaml",
        "documents[1].file": "date: 2026-01-01,",
    }
    tiny.change(HEADER, before[key], written.format(name=f"'{name}'"))
    problems = tiny.problems()
    assert f"{key}: “{name}” {words}" in "\n".join(problems)


@pytest.mark.parametrize("name", [RULES_2, AGENCIES, MEASURES, COMMUNES, CONDITIONS])
def test_a_link_that_leads_out_of_the_set_is_not_followed(tiny: Tiny, name: str) -> None:
    other = tiny.folder.parent / "other"
    (tiny.folder / name).rename(other)
    (tiny.folder / name).symlink_to(other)
    assert any(OUTSIDE in problem for problem in tiny.problems())


def test_a_link_within_the_set_and_to_the_set_is_followed(tiny: Tiny) -> None:
    (tiny.folder / RULES_2).rename(tiny.folder / "law.yaml")
    (tiny.folder / RULES_2).symlink_to(tiny.folder / "law.yaml")
    link = tiny.folder.parent / "set"
    link.symlink_to(tiny.folder)
    assert list(loader.load_set(link).rules) == ["1", "2"]
