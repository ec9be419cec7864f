"""A complete criteria set small enough to read at once, with every form of condition and target."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from ntm_rules.errors import NtmError
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.loader import LoadedSet, load_overlay, load_set
from ntm_rules.rulebook.model_checking import check
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.yaml_reader import RulebookError, read_yaml

FILES = {
    "criteria-set.yaml": """\
id: tiny
version: "1"
title: {vi: Bộ thử, en: Tiny set}
legal_basis: [plan]
period: {from: 2026, to: 2030}
province: {vi: Tỉnh A, en: Province A}
documents:
  - {id: plan, number: 1/KH, date: 2026-01-01, title: {vi: Kế hoạch, en: Plan}}
  - {id: decree, title: {vi: Quyết định, en: Decree}}
decisions:
  - {id: awaited, title: {vi: Bộ tiêu chí của tỉnh, en: Province's criteria}, owed_by: so-a, due: 2026-07-31}
groups:
  - {id: nhom-1, title: {vi: Nhóm 1, en: Group 1}}
  - {id: nhom-2, title: {vi: Nhóm 2, en: Group 2}, source: {document: decree}}
scales:
  - id: xep-loai
    title: {vi: Xếp loại, en: Classification}
    grades:
      - {id: trung-binh, label: {vi: Trung bình, en: Fair}}
      - {id: kha, label: {vi: Khá, en: Good}}
      - {id: tot, label: {vi: Tốt, en: Very good}}
bands:
  - {id: du, title: {vi: Đủ, en: All}, at_least: 2, at_most: 2}
  - {id: chua, title: {vi: Chưa đủ, en: Not all}, at_least: 0, at_most: 1}
meets: {vi: Đạt cả 2 tiêu chí, en: Both criteria met}
criteria:
  - {id: "1", title: Hạ tầng, title_en: Infrastructure, source: {document: plan, row: "1"}, rules: 01/rules.yaml}
  - {id: "2", title: Kinh tế, title_en: Economy, source: {document: plan, row: "2"}, rules: 02/rules.yaml}
conditions: conditions/rules.yaml
cross_checks: cross-checks.yaml
plan:
  code: "1"
  figures: plan/figures.yaml
  goals: plan/goals.yaml
  deliverables: plan/deliverables.yaml
  bands: {on_course: 0.95, behind: 0.6, origin: {vi: Sổ tay, en: Handbook}}
""",
    "agencies.yaml": """\
- {id: so-a, name: {vi: Sở A, en: Department A}}
- {id: so-b, name: {vi: Sở B, en: Department B}}
- {id: ubnd-xa, name: {vi: UBND xã, en: Commune People's Committee}, role: cooperating}
""",
    "measures.yaml": """\
- id: roads_share
  label: {vi: Tỷ lệ đường đạt chuẩn, en: Share of roads up to standard}
  kind: share
  unit: {vi: "%", en: "%"}
  counted:
    numerator: {vi: Đường đạt chuẩn, en: Roads up to standard}
    denominator: {vi: Tổng số đường, en: All roads}
    unit: {vi: km, en: km}
    decimals: 3
  sense: higher
  evidence: {vi: Bảng kê, en: Table}
- id: landfill_share
  label: {vi: Tỷ lệ rác chôn lấp, en: Share of waste landfilled}
  kind: share
  unit: {vi: "%", en: "%"}
  counted:
    numerator: {vi: Rác chôn lấp, en: Waste landfilled}
    denominator: {vi: Tổng lượng rác, en: All waste}
    unit: {vi: tấn, en: tonnes}
  sense: lower
  zero_denominator: not_applicable
  evidence: {vi: Sổ theo dõi, en: Register}
- {id: income, label: {vi: Thu nhập, en: Income}, kind: growth, unit: {vi: triệu, en: million}, sense: higher,
   evidence: {vi: Niên giám, en: Yearbook}}
- {id: clinics, label: {vi: Trạm y tế, en: Clinics}, kind: count, unit: {vi: trạm, en: clinics}, sense: higher,
   evidence: {vi: Danh sách, en: List}}
- {id: debt, label: {vi: Nợ đọng, en: Debt}, kind: amount, unit: {vi: triệu đồng, en: million dong}, sense: lower,
   range: {min: 0}, evidence: {vi: Báo cáo, en: Report}}
- {id: plan_approved, label: {vi: Có quy hoạch, en: There is a plan}, kind: attestation,
   unit: {vi: Có / Không, en: Yes / No}, attested_by: so-a, evidence: {vi: Quyết định, en: Decision}}
- {id: landfill_exists, label: {vi: Có bãi rác, en: There is a landfill}, kind: attestation,
   unit: {vi: Có / Không, en: Yes / No}, evidence: {vi: Xác nhận, en: Confirmation}}
- {id: safe, label: {vi: An toàn, en: Safe}, kind: ruling, unit: {vi: Đạt / Không đạt, en: Met / Not met},
   evidence: {vi: Kết luận, en: Conclusion}}
- {id: party_grade, label: {vi: Xếp loại Đảng bộ, en: Party grade}, kind: grade, unit: {vi: mức, en: grade},
   scale: xep-loai, evidence: {vi: Thông báo, en: Notice}}
""",
    "plan/figures.yaml": """\
- {id: sites, label: {vi: Số điểm du lịch, en: Sites}, kind: count, unit: {vi: điểm, en: sites}, sense: higher,
   evidence: {vi: Danh sách, en: List}}
- {id: products, label: {vi: Số sản phẩm, en: Products}, kind: count, unit: {vi: sản phẩm, en: products}, sense: higher,
   evidence: {vi: Danh sách, en: List}}
- {id: settled, label: {vi: Đã ổn định, en: Settled}, kind: attestation, unit: {vi: Có / Không, en: Yes / No},
   evidence: {vi: Báo cáo, en: Report}}
""",
    "plan/goals.yaml": """\
- id: tourism
  text: trên 20 sản phẩm
  text_en: More than 20 products
  source: {document: plan, article: Điều 1}
  kind: reach
  figure: products
  base: {year: 2025, value: 4, source: {document: plan}}
  target: {more_than: 20, year: 2030}
  assigned: {lead: [so-a], cooperating: {vi: Các sở, en: Departments}, source: {document: plan, annex: II, row: "7"}}
  readings:
    - id: sites
      why: {vi: Phụ lục in "điểm", en: The annex prints sites}
      text: Khoảng 20 điểm
      text_en: About 20 sites
      source: {document: plan, annex: II, row: "7"}
      figure: sites
      target: {at_least: 20, about: true, year: 2030}
- id: communes
  text: 2 xã đạt chuẩn
  text_en: 2 communes up to the standard
  source: {document: plan, article: Điều 2}
  kind: reach
  communes: {number_meeting: standard}
  base: {year: 2025, pending: {vi: Chưa có, en: Not at hand}}
  target: {at_least: 2, year: 2030}
  unassigned: {vi: Không phân công, en: Nobody is named}
  note: {vi: Ghi chú, en: Note}
- id: landfill
  text: giảm 3 - 4 điểm mỗi năm
  reading: giảm 3 đến 4 điểm mỗi năm
  text_en: Falls by 3 to 4 points a year
  source: {document: plan, article: Điều 3}
  kind: yearly_amount
  amount: fall
  communes: {average_of: landfill_share}
  target: {at_least: 3, up_to: 4, year: 2030}
  years: {from: 2026, to: 2030}
  assigned: {lead: [so-b], source: {document: plan}}
  breaks: [{year: 2028, text: {vi: Cân lại, en: Weighed otherwise}, source: {document: decree}}]
- id: settled
  text: Dân cư ổn định
  text_en: People are settled
  source: {document: plan}
  kind: yes_no
  figure: settled
  target: {at_least: 1, year: 2030}
  years: {from: 2026, to: 2030}
  assigned: {lead: [so-b], source: {document: plan}}
- id: later
  text: tăng gấp đôi so với năm 2030
  text_en: Twice that of 2030
  source: {document: plan}
  kind: reach
  figure: products
  base: {year: 2030, pending: {vi: Số năm 2030, en: The figure of 2030}}
  target: {at_least: 2, times_value_of: 2030, year: 2035}
  unassigned: {vi: Không phân công, en: Nobody is named}
- id: security
  text: duy trì 100% xã đạt tiêu chí 1
  text_en: 100% of communes keep meeting criterion 1
  source: {document: plan}
  kind: maintain
  communes: {share_meeting: "1"}
  target: {at_least: 100, year: 2030}
  years: {from: 2026, to: 2030}
  assigned: {lead: [so-a, so-b], source: {document: plan}}
- id: unknown
  text: giảm một nửa
  text_en: Half as many
  source: {document: plan}
  kind: reach
  figure: sites
  target: {pending: {vi: Không ghi năm gốc, en: No base year is named}, year: 2035}
  unassigned: {vi: Không phân công, en: Nobody is named}
""",
    "plan/deliverables.yaml": """\
- id: criteria
  text: Xây dựng Bộ tiêu chí
  text_en: Draw up the criteria
  source: {document: plan, annex: I, row: "1"}
  lead: [so-a]
  cooperating: {vi: Các sở, en: Departments}
  due: 2026-07-31
  due_printed: Trước ngày 31/7/2026
  product: {vi: Quyết định, en: Decision}
- id: yearly
  text: Kế hoạch hằng nǎm
  reading: Kế hoạch hằng năm
  text_en: Yearly plan
  source: {document: plan, annex: I, row: "2"}
  lead: [so-b]
  every_year: {from: 2027, to: 2030, month: 3, day: 31}
- id: reports
  text: Báo cáo
  text_en: Reports
  source: {document: plan}
  lead: [so-a]
  by_each: true
  every_year: {from: 2026, to: 2030}
  report: agency_year
  recipients: [{vi: Sở A, en: Department A}]
  note: {vi: Không ghi ngày, en: No day is printed}
- id: review
  text: sơ kết
  text_en: Mid-term review
  source: {document: plan}
  lead_text: {vi: Bộ A, en: Ministry A}
  in_year: 2028
- id: board
  text: Ban Chỉ đạo
  text_en: Steering committee
  source: {document: plan}
  lead: [so-a]
  done: [{number: 1/QĐ, date: 2026-04-29}]
""",
    "procedure.yaml": """\
documents:
  - {id: decree, number: 1/NĐ, title: {vi: Nghị định, en: Decree}}
parameters:
  - {id: comment_days, title: {vi: Lấy ý kiến, en: Comments}, unit: {vi: ngày, en: days}, value: 15, source: {document: decree}}
  - {id: surveyed_share, title: {vi: Lấy phiếu, en: Surveyed}, unit: {vi: "%", en: "%"}, pending: {vi: Chờ, en: Awaited}}
return_reasons:
  - {id: missing, label: {vi: Thiếu, en: Missing}}
""",
    "01/rules.yaml": """\
- id: "1.1"
  text: Có quy hoạch; đường đạt chuẩn; rác chôn lấp ít ⏎ hoặc an toàn
  text_en: A plan; roads up to standard; little landfill, or safe
  source: {document: plan, annex: III, row: "1.1"}
  lead: so-a
  cooperating: [ubnd-xa]
  years: {from: 2026, to: 2030}
  all:
    - id: 1.1.a
      text: Có quy hoạch
      attested: plan_approved
    - id: 1.1.b
      text: đường đạt chuẩn
      text_en: Roads up to standard
      measure: roads_share
      at_least: 80
    - id: 1.1.c
      lead: so-b
      any:
        - id: 1.1.c.i
          applies_if: landfill_exists
          measure: landfill_share
          at_most: 50.5
        - id: 1.1.c.ii
          ruling: safe
          standard: {pending: {decision: awaited}}
- id: "1.2"
  text: Số trạm y tế $\\geq 2$
  reading: Số trạm y tế ≥ 2
  text_en: Number of clinics
  source: {document: plan, annex: III, row: "1.2"}
  lead: so-b
  cooperating: []
  years: {from: 2026, to: 2030}
  measure: clinics
  at_least: {nhom-1: 3, nhom-2: 2}
""",
    "02/rules.yaml": """\
- id: "2.1"
  text: Xếp loại khá trở lên
  text_en: Graded good or better
  source: {document: plan, row: "2.1"}
  lead: so-a
  cooperating: [ubnd-xa]
  years: {from: 2026, to: 2030}
  graded: party_grade
  at_least: kha
- id: "2.2"
  text: Thu nhập tăng
  text_en: Income grows
  source: {document: plan, row: "2.2"}
  lead: so-a
  cooperating: [ubnd-xa]
  years: {from: 2026, to: 2030}
  measure: income
  at_least:
    - {from: 2026-01-01, to: 2026-12-31, value: 7, promulgated: 2025-12-01, source: {document: decree, article: Điều 1}}
    - {from: 2027-01-01, to: 2028-12-31, value: {nhom-1: 9, nhom-2: 8}, promulgated: 2026-06-01,
       source: {document: decree, article: Điều 2}}
- id: "2.3"
  text: Tỷ lệ đường
  text_en: Share of roads
  source: {document: plan, row: "2.3"}
  lead: so-a
  cooperating: [ubnd-xa]
  years: {from: 2027, to: 2030}
  measure: roads_share
  at_least: {pending: {decision: awaited}}
""",
    "conditions/rules.yaml": """\
- id: DK.1
  text: Không có nợ đọng
  text_en: No debt
  source: {document: decree, article: Điều 4}
  lead: so-a
  cooperating: [ubnd-xa]
  years: {from: 2026, to: 2030}
  measure: debt
  at_most: {pending: {decision: awaited, note: {vi: Chờ quy định, en: Awaited}}}
""",
    "cross-checks.yaml": """\
- id: K1
  severity: error
  title: {vi: Rác nhiều hơn tổng, en: More landfilled than there is}
  finding: {vi: "{left} lớn hơn {right}", en: "{left} is more than {right}"}
  why: {vi: Phần không lớn hơn toàn bộ, en: A part is not more than the whole}
  mend: {vi: Kiểm tra lại, en: Check both}
  relation: {sum: [landfill_share.numerator], at_most: [landfill_share.denominator], tolerance_percent: 1.5}
- id: K2
  severity: warning
  title: {vi: Trái nhau, en: A contradiction}
  finding: {vi: "{when} nhưng {yet}", en: "{when} but {yet}"}
  why: {vi: Không thể cùng đúng, en: Both cannot be}
  mend: {vi: Sửa lại, en: Mend one}
  contradiction:
    when: [{figure: landfill_exists, answered: no}]
    yet: [{figure: landfill_share, above: 0}, {figure: safe, answered: met}, {figure: party_grade, answered: kha}]
- id: K3
  severity: info
  title: {vi: Thay đổi nhiều, en: It moved}
  finding: {vi: "{figures}: {change}", en: "{figures}: {change}"}
  why: {vi: Có thể nhầm, en: It may be wrong}
  mend: {vi: Kiểm tra lại, en: Check it}
  note: {vi: Ngưỡng tự chọn, en: A chosen size}
  changed: {of: {kinds: [share], except: [landfill_share]}, direction: worse, points: 20}
- id: K4
  severity: info
  title: {vi: Thiếu minh chứng, en: Without evidence}
  finding: {vi: "{n}: {figures}", en: "{n}: {figures}"}
  why: {vi: Cần hồ sơ, en: It must be shown}
  mend: {vi: Bổ sung, en: Add it}
  unless: [K1, K3]
  without_evidence: {of: {measures: [safe, clinics]}, verdict: MET}
""",
    "communes.csv": """\
code,name,type,valid_from,predecessor_codes,predecessor_names,group,group_source,source
03400,Xã Một,xa,2025-07-01,03400;03401,Cũ;Xưa,nhom-1,danh sách 1,nghị quyết
03402,Xã Hai,xa,2025-07-01,,,,,nghị quyết
03404,Phường Ba,phuong,2025-07-01,,,,,nghị quyết
""",
}
RULES_1, RULES_2, CONDITIONS = "01/rules.yaml", "02/rules.yaml", "conditions/rules.yaml"
CROSS_CHECKS = "cross-checks.yaml"
HEADER, AGENCIES, MEASURES, COMMUNES = "criteria-set.yaml", "agencies.yaml", "measures.yaml", "communes.csv"
END_OF_2026 = dt.date(2026, 12, 31)

OVERLAY = """\
id: decision-9
applies_to: tiny
title: {vi: Quyết định 9, en: Decision 9}
document: {number: 9/QĐ, date: 2026-08-01, issuer: UBND tỉnh, title: {vi: Quyết định 9, en: Decision 9}}
promulgated: 2026-08-01
effective: {from: 2026-01-01, to: 2027-12-31}
set:
  DK.1: {value: 0, article: Điều 3}
groups:
  "03402": {group: nhom-2, source: danh sách 2}
"""


def said(error: NtmError) -> list[str]:
    """Every message of an error in English, once each is found to have a Vietnamese of its own."""
    for message in error.messages:
        assert message.render("vi") not in ("", message.render("en"))
    return [message.render("en") for message in error.messages]


@dataclass(frozen=True)
class Tiny:
    """The tiny set in a folder of its own, ready for one change."""

    folder: Path

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def change(self, name: str, old: str, new: str) -> int:
        """Replace the first `old` of a file; return the line on which `new` stands."""
        before, found, after = (self.folder / name).read_text(encoding="utf-8").partition(old)
        assert found, f"{old!r} does not stand in {name}"
        self.write(name, before + new + after)
        return before.count("\n") + 1

    def load(self) -> LoadedSet:
        return load_set(self.folder)

    def problems(self) -> list[str]:
        """What is said when the set is loaded, all of it."""
        with pytest.raises(RulebookError) as refused:
            self.load()
        return said(refused.value)

    def overlay(self, text: str = OVERLAY) -> Overlay:
        return load_overlay(self.write("overlay.yaml", text))

    def resolve(
        self,
        *overlays: Overlay,
        as_of: dt.date = END_OF_2026,
        known_on: dt.date | None = None,
    ) -> CriteriaSet:
        return resolve(self.load(), as_of=as_of, overlays=overlays, known_on=known_on)

    def refused(self, overlays: Sequence[Overlay]) -> list[str]:
        """What is said when overlays are laid on, with the folder's path cut off."""
        with pytest.raises(RulebookError) as refused:
            self.resolve(*overlays)
        return [line.replace(f"{self.folder}/", "") for line in said(refused.value)]

    def checked(self, text: str, shape: TypeAdapter[object]) -> object:
        return check(read_yaml(self.write("file.yaml", text)), shape)


def with_a_pending_grade(folder: Path) -> Tiny:
    """Write the set with a pending grade beside its pending standard into a folder."""
    written = Tiny(folder)
    for name, text in FILES.items():
        written.write(name, text)
    written.change("02/rules.yaml", "  at_least: kha\n", "  at_least: {pending: {decision: awaited}}\n")
    return written
