"""The words of cross-checks.yaml."""

from __future__ import annotations

from ntm_rules.rulebook import cross_checks as c
from ntm_rules.rulebook import models as m
from ntm_rules.rulebook.keywords.word import NOTE, K, Words

_OF = K(
    "Xét những số liệu nào; không ghi: mọi số liệu phù hợp.",
    "Which figures to look at; every one that fits when not given.",
    {"kinds": ["share"]},
)
_TOLERANCE = K(
    "Cho phép lệch bao nhiêu phần trăm; không ghi: không lệch.",
    "How many percent of difference are allowed; none when not given.",
    1,
)

OF_CROSS_CHECKS: dict[type[m.Written], Words] = {
    c.CrossCheck: {
        "id": K("Mã kiểm tra; đã cấp thì giữ mãi.", "The check's code; kept for good.", "KC01"),
        "severity": K("Mức độ của phát hiện.", "How grave a finding is.", "warning"),
        "title": K("Tên kiểm tra.", "What the check is called.", {"vi": "Số hộ không khớp", "en": "Households differ"}),
        "finding": K(
            "Câu nêu phát hiện; {values}, {left}… được điền (docs/cross-checks.md).",
            "What is said of a finding; {values}, {left} and others are filled in (docs/cross-checks.md).",
            {"vi": "Ghi khác nhau: {values}.", "en": "Given differently: {values}."},
        ),
        "why": K("Vì sao đáng xem lại.", "Why it deserves a second look.", NOTE),
        "mend": K("Cách xử lý.", "What to do about it.", {"vi": "Kiểm tra lại.", "en": "Check it."}),
        "note": K("Ghi chú.", "A note.", NOTE),
        "unless": K(
            "Mã các kiểm tra ở trên; số liệu đã được chúng nêu thì không nêu lại.",
            "Checks above it; a figure of which one of them tells is not told of again.",
            ["KC20"],
        ),
        "reading": K(
            "Mã vấn đề mà việc đọc số liệu đã phát hiện; chỉ đặt tên và xếp mức, không xét lại.",
            "Codes of problems that reading found already; named and graded, not judged again.",
            ["numerator-over-denominator"],
        ),
        "relation": K(
            "Hai tổng cùng đơn vị phải theo quan hệ này.",
            "How two sums of one unit must stand to each other.",
            {"sum": ["a_share.numerator"], "at_most": ["b_share.denominator"]},
        ),
        "same": K(
            "Các số phải là một số.",
            "Quantities that are one and the same.",
            {"of": ["a_share.denominator", "b_share.denominator"]},
        ),
        "contradiction": K(
            "Các câu trả lời không thể cùng đúng.",
            "Statements that cannot hold together.",
            {
                "when": [{"figure": "plan_exists", "answered": "no"}],
                "yet": [{"figure": "plan_carried_out", "answered": "yes"}],
            },
        ),
        "changed": K(
            "Số liệu thay đổi nhiều so với năm trước.",
            "Figures that moved since the year before.",
            {"of": {"kinds": ["share"]}, "points": 20},
        ),
        "no_longer_met": K(
            "Yêu cầu mà số liệu năm trước đạt, năm nay không đạt, theo mức của năm nay. `{}`: mọi yêu cầu.",
            "Requirements that last year's figures meet and this year's do not, by this year's targets. `{}`: all.",
            {},
        ),
        "exactly_the_target": K(
            "Số liệu bằng đúng mức đạt. `{}`: mọi số liệu.", "Figures that hit their target exactly. `{}`: all.", {}
        ),
        "without_evidence": K(
            "Số liệu không nêu văn bản nào.", "Figures for which no document is named.", {"verdict": "MET"}
        ),
        "document_without": K("Văn bản nêu thiếu thông tin.", "Documents that lack something.", {"lacks": "date"}),
        "document_dated": K(
            "Văn bản đề ngày ngoài các năm này.", "Documents dated outside these years.", {"earliest": 0, "latest": 1}
        ),
        "all_identical": K(
            "Số liệu giống hệt nhau.", "Figures that are all alike.", {"to": "year_before", "at_least": 6}
        ),
    },
    c.Selection: {
        "measures": K("Mã các số liệu.", "Ids of measures.", ["clean_water_share"]),
        "kinds": K("Các loại số liệu.", "Kinds of measures.", ["share", "growth"]),
        "except": K("Trừ các số liệu này.", "But not these.", ["surveyed_share"]),
    },
    c.Relation: {
        "sum": K("Tổng thứ nhất.", "The first sum.", ["a_share.numerator", "b_share.numerator"]),
        "at_most": K("Không lớn hơn tổng này.", "It is not above this sum.", ["a_share.denominator"]),
        "at_least": K("Không nhỏ hơn tổng này.", "It is not below this sum.", ["a_share.denominator"]),
        "equals": K("Bằng tổng này.", "It is this sum.", ["a_share.denominator"]),
        "tolerance_percent": _TOLERANCE,
    },
    c.Same: {
        "of": K(
            "Các số phải bằng nhau; xét những số đã báo.",
            "The quantities; those reported are compared.",
            ["a_share.denominator", "b_share.denominator"],
        ),
        "tolerance_percent": _TOLERANCE,
    },
    c.Contradiction: {
        "when": K(
            "Khi tất cả các điều này đúng…", "When all of these hold …", [{"figure": "plan_exists", "answered": "no"}]
        ),
        "yet": K(
            "… mà một trong các điều này cũng đúng.",
            "… and yet one of these does too.",
            [{"figure": "plan_carried_out", "answered": "yes"}],
        ),
    },
    c.Statement: {
        "figure": K("Số liệu.", "The figure.", "plan_exists"),
        "answered": K(
            "`yes`, `no`; kết luận: `met`, `not_met`; xếp loại: mã bậc.",
            "`yes`, `no`; of a ruling `met`, `not_met`; of a grade its id.",
            "no",
        ),
        "above": K("Lớn hơn số này.", "It is more than this.", 0),
        "below": K("Nhỏ hơn số này.", "It is less than this.", 50),
        "equals": K("Bằng số này.", "It is exactly this.", 100),
    },
    c.Changed: {
        "of": _OF,
        "part": K("Xét tử số hoặc mẫu số thay cho tỷ lệ.", "Look at what the share counts instead.", "denominator"),
        "direction": K("Chiều thay đổi; không ghi: cả hai chiều.", "Which way; both when not given.", "worse"),
        "points": K("Nhiều hơn bao nhiêu điểm %, với tỷ lệ.", "More than so many percentage points, of shares.", 20),
        "percent": K("Nhiều hơn bao nhiêu % của số năm trước.", "More than so many percent of what it was.", 15),
    },
    c.NoLongerMet: {"of": _OF},
    c.ExactlyTheTarget: {"of": _OF},
    c.WithoutEvidence: {
        "of": _OF,
        "verdict": K(
            "Chỉ xét số liệu của yêu cầu có kết quả này; không ghi: mọi số liệu đã báo.",
            "Only figures of requirements with this verdict; every one reported when not given.",
            "MET",
        ),
    },
    c.DocumentWithout: {"of": _OF, "lacks": K("Văn bản thiếu gì.", "What the document lacks.", "date")},
    c.DocumentDated: {
        "of": _OF,
        "earliest": K(
            "Năm sớm nhất, tính từ năm báo cáo: -1 là năm trước.",
            "First year, counted from the year assessed: -1 is the year before.",
            -1,
        ),
        "latest": K(
            "Năm muộn nhất, tính từ năm báo cáo: 1 là năm sau.",
            "Last year, counted from the year assessed: 1 is the year after.",
            1,
        ),
    },
    c.AllIdentical: {
        "of": _OF,
        "to": K("Giống với gì.", "Alike with what.", "year_before"),
        "at_least": K("Ít nhất bao nhiêu số liệu mới xét.", "How many figures must be there.", 6),
    },
}
