"""What every keyword of a file that a person writes means, in Vietnamese and English, with an example.

One table: model -> keyword -> words. `schema.py` puts it into the JSON Schemas, so that an editor shows
it where the keyword is typed. A model that extends another takes the other's words for what it does not
say itself. Figures, names and numbers of documents in the examples are invented.
"""

from __future__ import annotations

from ntm_rules.rulebook import cross_checks as c
from ntm_rules.rulebook import effort as e
from ntm_rules.rulebook import models as m
from ntm_rules.rulebook import plans as p
from ntm_rules.rulebook import procedures as d
from ntm_rules.rulebook import rule_tests as t
from ntm_rules.rulebook.keywords.cross_checks import OF_CROSS_CHECKS
from ntm_rules.rulebook.keywords.effort import OF_EFFORTS
from ntm_rules.rulebook.keywords.later import OF_OVERLAYS_AND_TESTS
from ntm_rules.rulebook.keywords.plans import OF_PLANS
from ntm_rules.rulebook.keywords.procedures import OF_PROCEDURES
from ntm_rules.rulebook.keywords.rules import OF_RULES
from ntm_rules.rulebook.keywords.sets import OF_SETS
from ntm_rules.rulebook.keywords.word import Keyword, Words
from ntm_rules.rulebook.kinds import KINDS

KEYWORDS: dict[type[m.Written], Words] = {
    **OF_SETS,
    **OF_RULES,
    **OF_CROSS_CHECKS,
    **OF_EFFORTS,
    **OF_PLANS,
    **OF_PROCEDURES,
    **OF_OVERLAYS_AND_TESTS,
}

MODELS: dict[type[m.Written], tuple[str, str]] = {
    m.Text: ("Nhãn hai ngôn ngữ", "Label in both languages"),
    m.SetHeader: ("Bộ tiêu chí", "Criteria set"),
    m.Document: ("Văn bản", "Document"),
    m.Decision: ("Văn bản đang chờ", "Document awaited"),
    m.Source: ("Nguồn", "Source"),
    m.Group: ("Nhóm xã", "Group of communes"),
    m.Classification: ("Cách phân loại xã", "Classification of communes"),
    m.ClassOfCommunes: ("Một loại xã", "Class of communes"),
    m.ClassedValue: ("Mức theo loại xã", "Target by class of communes"),
    m.DerivedValue: ("Mức lấy theo mức khác", "Target taken from something else"),
    m.ReferenceFigure: ("Số để so", "Reference figure"),
    m.ReferenceValue: ("Số của một năm", "Figure of a year"),
    m.ReferenceTold: ("Số được công bố", "Figure told later"),
    m.Years: ("Các năm", "Years"),
    m.Scale: ("Thang xếp loại", "Scale"),
    m.Grade: ("Bậc", "Grade"),
    m.Reporting: ("Cơ quan tổng hợp, báo cáo", "Who reports"),
    m.PlanFiles: ("Kế hoạch của tỉnh", "The province's plan"),
    m.CourseBands: ("Ngưỡng tiến độ", "Bands of the course"),
    p.Goal: ("Mục tiêu", "Goal"),
    p.Reading: ("Cách đọc khác", "Another reading"),
    p.FromCommunes: ("Tính từ các xã", "Worked out from communes"),
    p.GoalTarget: ("Mức của mục tiêu", "Target of a goal"),
    p.Base: ("Điểm xuất phát", "Base"),
    p.SeriesBreak: ("Đổi cách tính", "Break in a series"),
    p.Assigned: ("Phân công", "Assignment"),
    p.Deliverable: ("Văn bản phải có", "Document owed"),
    p.EveryYear: ("Hằng năm", "Every year"),
    p.Done: ("Đã ban hành", "Issued"),
    d.CommentMeasures: ("Số liệu lấy ý kiến người dân", "Figures of residents' comments"),
    d.Procedure: ("Quy trình thẩm định", "Procedure"),
    d.Parameter: ("Con số của quy trình", "Number of the procedure"),
    d.ReturnReason: ("Lý do trả lại", "Reason for a return"),
    m.CommuneType: ("Loại đơn vị", "Type of unit"),
    m.UnitsBelow: ("Tên đơn vị dưới xã, phường", "What the units below are called"),
    m.Band: ("Phân loại xã", "Class of communes"),
    m.CriterionHeader: ("Tiêu chí", "Criterion"),
    m.StandardWritten: ("Khi nào đạt", "When it is met"),
    m.PartsNeeded: ("Số phần phải đạt", "How many must be met"),
    m.PointsNeeded: ("Số điểm phải có", "Points needed"),
    m.EachCriterion: ("Từng tiêu chí", "Each criterion"),
    m.Province: ("Tỉnh", "Province"),
    m.Agency: ("Cơ quan", "Agency"),
    m.Measure: ("Số liệu", "Measure"),
    m.Counted: ("Cách đếm", "What is counted"),
    m.Range: ("Khoảng", "Range"),
    m.NodeWritten: ("Yêu cầu", "Requirement"),
    m.IndicatorWritten: ("Chỉ tiêu", "Indicator"),
    m.PendingTarget: ("Mức chờ văn bản", "Target that waits"),
    m.Pending: ("Chờ văn bản", "Waiting"),
    m.Days: ("Thời gian có hiệu lực", "Days in force"),
    m.DatedValue: ("Mức theo thời gian", "Dated value"),
    m.Overlay: ("Văn bản cụ thể hóa", "Overlay"),
    m.OverlayDocument: ("Văn bản được ghi lại", "Decision carried in"),
    m.Added: ("Bổ sung", "Added"),
    m.CriterionTold: ("Tiêu chí được bổ sung", "A criterion that is added"),
    m.StandardTold: ("Thế nào là đạt chuẩn từ nay", "What meets the standard from then on"),
    m.Repealed: ("Bãi bỏ", "Repealed"),
    m.Replacement: ("Thay thế", "Replacement"),
    m.Change: ("Sửa đổi", "Change"),
    m.PendingAgain: ("Lại chờ văn bản", "Waiting again"),
    m.InForce: ("Có hiệu lực", "In force"),
    m.SetTarget: ("Mức mới", "New target"),
    m.CommuneGroup: ("Nhóm của xã", "A commune's group"),
    t.RuleTest: ("Phép thử", "Test"),
    t.CountedGiven: ("Số đếm", "Counted"),
    t.EarlierGiven: ("Số liệu năm trước nữa", "Figures of an earlier year"),
    t.StateGiven: ("Không dùng được", "Not usable"),
    t.Expected: ("Kết quả mong đợi", "Expected"),
    c.CrossCheck: ("Kiểm tra chéo", "Cross-check"),
    c.Selection: ("Các số liệu được xét", "Figures looked at"),
    c.Relation: ("Quan hệ giữa hai tổng", "Relation of two sums"),
    c.Same: ("Một số duy nhất", "One and the same"),
    c.Contradiction: ("Trái nhau", "Contradiction"),
    m.SetMet: ("Bộ tiêu chí khác", "Another set"),
    m.CountedGate: ("Số lượng để áp dụng", "A number of something"),
    m.Within: ("Khoảng thời gian", "Length of time"),
    m.TakenWritten: ("Cách lấy số liệu", "How a figure is taken"),
    c.Statement: ("Điều được báo", "Statement"),
    c.Changed: ("Thay đổi so với năm trước", "Changed"),
    c.NoLongerMet: ("Không còn đạt", "No longer met"),
    c.ExactlyTheTarget: ("Bằng đúng mức đạt", "Exactly the target"),
    c.WithoutEvidence: ("Không có minh chứng", "Without evidence"),
    c.DocumentWithout: ("Văn bản thiếu thông tin", "Document without"),
    c.DocumentDated: ("Năm của văn bản", "Document dated"),
    c.AllIdentical: ("Giống hệt nhau", "All identical"),
    e.EffortModel: ("Khối lượng công việc và năng lực", "Efforts and capacities"),
    e.GapEffort: ("Khối lượng theo loại", "Effort by kind"),
    e.RequirementEffort: ("Yêu cầu nặng, nhẹ", "Heavier or lighter requirements"),
    e.Capacity: ("Năng lực", "Capacity"),
    e.AgencyCapacity: ("Năng lực của một cơ quan", "One agency's capacity"),
    e.Stability: ("Độ vững", "Stability"),
}
"""What a mapping of a model's form is called."""

CHOICES: dict[str, tuple[str, str]] = {
    "province": ("của tỉnh", "of the province"),
    "nation": ("của cả nước", "of the nation"),
    **{kind: traits.explained for kind, traits in KINDS.items()},
    "reach": ("đạt mức vào một năm", "a level to reach by a year"),
    "yearly_amount": ("mỗi năm một lượng", "an amount each year"),
    "maintain": ("duy trì hằng năm", "to be kept up each year"),
    "yes_no": ("có hoặc không", "done or not"),
    "agency_year": ("báo cáo năm của một cơ quan", "an agency's yearly report"),
    "province_year": ("báo cáo năm của tỉnh", "the province's yearly report"),
    "midterm": ("báo cáo sơ kết", "the mid-term report"),
    "final": ("báo cáo tổng kết", "the final report"),
    "members": ("trên số thành viên Hội đồng", "of the members of the council"),
    "present": ("trên số thành viên có mặt", "of the members who attend"),
    "votes": ("trên số phiếu đã bỏ", "of the votes cast"),
    "level": ("số của năm", "the figure of the year"),
    "rise": ("mức tăng so với năm trước", "its rise since the year before"),
    "fall": ("mức giảm so với năm trước", "its fall since the year before"),
    "higher": ("cao hơn là tốt hơn", "higher is better"),
    "lower": ("thấp hơn là tốt hơn", "lower is better"),
    "yes": ("Có", "yes"),
    "no": ("Không", "no"),
    "not_applicable": ("không áp dụng", "not applicable"),
    "invalid": ("số liệu sai", "an error in the data"),
    "conflicting": ("hai nơi ghi khác nhau", "given twice, differently"),
    "unclear": ("hiểu được hai cách, chưa xác nhận", "can be meant in two ways, not confirmed"),
    "commune": ("của xã", "of the commune"),
    "hamlet": ("của từng thôn, bản, ấp", "of each hamlet"),
    "lead": ("chủ trì", "leads"),
    "cooperating": ("phối hợp", "cooperates"),
    "error": ("các số không thể cùng đúng", "the figures cannot all be right"),
    "warning": ("nhiều khả năng sai hoặc chưa đủ", "probably wrong, or not enough"),
    "info": ("cần biết", "worth knowing"),
    "numerator": ("tử số", "what stands above the line"),
    "denominator": ("mẫu số", "what stands below the line"),
    "either": ("cả hai chiều", "both ways"),
    "better": ("tốt hơn", "for the better"),
    "worse": ("kém hơn", "for the worse"),
    "date": ("ngày ban hành", "its day"),
    "number": ("số, ký hiệu", "its number"),
    "issuer": ("cơ quan ban hành", "its issuer"),
    "each_other": ("giống nhau trong cùng báo cáo", "each other, in one report"),
    "year_before": ("năm trước", "the year before"),
    "this_year": ("năm xét", "the year judged"),
    "as_rise": ("là tăng không giới hạn", "a rise without limit"),
    "another_commune": ("giống xã khác", "those of another commune"),
    "shortfall": ("theo phần còn thiếu", "by the shortfall"),
    "requirement": ("như nhau cho mọi yêu cầu", "the same for every requirement"),
    "in-force": ("có hiệu lực", "in force"),
    "MET": ("Đạt", "met"),
    "NOT_MET": ("Chưa đạt", "not met"),
    "NO_DATA": ("Chưa có số liệu", "a figure is missing or cannot be used"),
    "NO_TARGET": ("Chưa quy định mức đạt", "no document in force fixes the target"),
    "NOT_APPLICABLE": ("Không áp dụng", "does not apply"),
}
"""A value to choose from -> what it means."""


def keyword(model: type[m.Written], name: str) -> Keyword:
    """Return the words of a keyword of a model, or of the model it extends.

    Raises:
        KeyError: nobody has written them yet.

    >>> keyword(m.IndicatorWritten, "lead").en
    'Id of the lead agency; a part that does not say takes that of what it stands in.'
    """
    for known in model.__mro__:
        found = KEYWORDS.get(known, {}).get(name)
        if found is not None:
            return found
    raise KeyError(f"{model.__name__}.{name}")
