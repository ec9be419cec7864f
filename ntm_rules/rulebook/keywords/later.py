"""The words of overlays and of tests.yaml."""

from __future__ import annotations

from ntm_rules.rulebook import models as m
from ntm_rules.rulebook import rule_tests as t
from ntm_rules.rulebook.keywords.word import K, Words

OF_OVERLAYS_AND_TESTS: dict[type[m.Written], Words] = {
    # --- overlays
    m.Overlay: {
        "id": K(
            "Mã của overlay: chữ không dấu, số, gạch nối.",
            "Id of the overlay: ASCII letters, digits, hyphens.",
            "qd-99-2026",
        ),
        "applies_to": K("Mã bộ tiêu chí được cụ thể hóa.", "Id of the set it applies to.", "tinh-a-2026-2030"),
        "title": K("Tên hiện trong kết quả.", "Title shown in results.", {"vi": "Quyết định 99", "en": "Decision 99"}),
        "illustrative": K(
            "`true`: số giả định để minh họa; mọi kết quả đều ghi rõ “không phải quy định”.",
            "`true`: invented figures; every output says so.",
            False,
        ),
        "document": K(
            "Văn bản mà overlay ghi lại; bắt buộc, trừ khi `illustrative: true`.",
            "The decision carried into the set; needed unless `illustrative: true`.",
            {
                "number": "99/QĐ-UBND",
                "date": "2026-08-15",
                "issuer": "UBND tỉnh A",
                "title": {"vi": "Quyết định", "en": "Decision"},
            },
        ),
        "promulgated": K("Ngày văn bản được ban hành (được biết).", "The day it became known.", "2026-08-15"),
        "effective": K("Thời gian có hiệu lực.", "The days in force.", {"from": "2026-09-01"}),
        "set": K(
            "Mã yêu cầu → mức mới: số, theo nhóm, theo loại xã, bậc, {value, article}, hoặc {standard: in-force}. Mức đã theo"
            " loại xã thì có thể chỉ nêu các loại thay đổi.",
            "Requirement id → new target: a number, one per group or class, a grade, {value, article}, or {standard: in-force}."
            " Of a target that differs by class some classes alone may be named.",
            {"8.1.b": {"value": 85, "article": "Điều 2"}},
        ),
        "groups": K(
            "Mã xã (5 chữ số, trong ngoặc kép) → nhóm và căn cứ.",
            "Commune code (5 digits, in quotes) → its group and where that stands.",
            {"03402": {"group": "nhom-1", "source": "Điều 5"}},
        ),
    },
    m.OverlayDocument: {
        "number": K("Số, ký hiệu văn bản.", "Number of the document.", "99/QĐ-UBND"),
        "date": K("Ngày văn bản.", "Date of the document.", "2026-08-15"),
        "issuer": K("Cơ quan ban hành.", "The issuing body.", "UBND tỉnh A"),
        "title": K("Trích yếu.", "Title.", {"vi": "Quyết định ban hành …", "en": "Decision on …"}),
    },
    m.InForce: {
        "standard": K(
            "`in-force`: yêu cầu không có số riêng (attested, ruling) nay có hiệu lực bắt buộc.",
            "`in-force`: a requirement without a number of its own (attested, ruling) is now binding.",
            "in-force",
        ),
        "article": K("Điều, khoản cho hiệu lực.", "Article or clause that puts it in force.", "Điều 3"),
    },
    m.SetTarget: {
        "value": K("Mức mới: số, theo nhóm, hoặc bậc.", "The new target: a number, one per group, or a grade.", 85),
        "article": K("Điều, khoản, phụ lục nêu mức này.", "Article, clause or annex that states it.", "Điều 2"),
    },
    m.CommuneGroup: {
        "group": K("Mã nhóm, khai ở `groups` của bộ.", "Id of a group of the set.", "nhom-1"),
        "source": K("Điều, phụ lục xếp nhóm.", "Where the group is assigned.", "Phụ lục II, Quyết định 99/QĐ-UBND"),
    },
    # --- tests.yaml
    t.RuleTest: {
        "name": K("Phép thử giữ điều gì, đặt tên theo ranh giới.", "What the test holds.", "79,99% chưa đạt"),
        "of": K(
            "Mã chỉ tiêu, yêu cầu hoặc điều kiện được xét.",
            "Id of the indicator, requirement or condition judged.",
            "8.1.b",
        ),
        "as_of": K(
            "Xét theo quy định có hiệu lực ngày này; không ghi: 31/12 năm đầu tiên có chỉ tiêu có hiệu lực.",
            "The day of the law; not given: 31 December of the first year in which an indicator is in force.",
            "2026-12-31",
        ),
        "known_on": K(
            "Chỉ dùng những gì đã ban hành đến ngày này.", "Only what had been promulgated by this day.", "2026-08-01"
        ),
        "group": K("Nhóm của xã; không ghi: chưa rõ nhóm.", "The commune's group; not given: unknown.", "nhom-1"),
        "classes": K(
            "Các loại của xã: mã cách phân loại → mã loại; `type` → loại đơn vị. Không ghi: không thuộc loại nào.",
            "The commune's classes: classification → class; `type` → its type. Not given: of none.",
            {"khu-vuc": "bien-gioi"},
        ),
        "overlays": K(
            "Các tệp overlay áp dụng, tính từ thư mục của bộ.",
            "Overlay files to lay on, relative to the set's folder.",
            ["overlays/qd-99-2026.yaml"],
        ),
        "suppose": K(
            "Mức giả sử riêng cho phép thử này, ghi như `set` của overlay; không phải quy định.",
            "Targets supposed for this test alone, written like an overlay's `set`; no one's law.",
            {"8.1.b": 80},
        ),
        "given": K(
            "Số liệu của xã trong năm xét: mã số liệu → giá trị. Chỉ ghi số liệu có liên quan.",
            "Figures of the year judged: measure id → value. Only those that matter.",
            {"clean_water_share": {"numerator": 80, "denominator": 100}, "roads_connected": "Có"},
        ),
        "before": K("Số liệu năm trước, để tính tốc độ tăng.", "Figures of the year before.", {"income": 42.5}),
        "year": K("Năm xét; không ghi: năm của `as_of`.", "The year judged; not given: that of `as_of`.", 2027),
        "expect": K("Kết quả phải ra.", "What must come out.", {"verdict": "NOT_MET", "shortfall": 0.01}),
    },
    t.CountedGiven: {
        "numerator": K("Tử số.", "What stands above the line.", 80),
        "denominator": K("Mẫu số.", "What stands below the line.", 100),
    },
    t.StateGiven: {
        "state": K(
            "Số liệu có nhưng không dùng được: `invalid` sai, `conflicting` hai nơi ghi khác nhau, `unclear` hiểu được hai cách.",
            "A value that is there but cannot be used.",
            "invalid",
        ),
        "written": K(
            "Xã đã ghi gì; với `invalid`, bộ đọc số liệu phải từ chối đúng giá trị này, với `unclear` thì phải hỏi lại.",
            "What the commune wrote; with `invalid`, the reader of communes' files must refuse it, with `unclear` ask what is meant.",
            "1.234",
        ),
    },
    t.Expected: {
        "verdict": K("Kết quả.", "The verdict.", "NOT_MET"),
        "reason": K("Mã lý do.", "The reason code.", "below_target"),
        "shortfall": K("Còn thiếu, theo đơn vị của số liệu.", "The shortfall, in the measure's unit.", 0.01),
        "quantity": K("Số đếm được cần thêm hoặc bớt.", "Countable things that close the gap.", 57),
        "lead": K("Mã cơ quan chủ trì.", "Id of the lead agency.", "so-noi-vu"),
        "parts": K("Kết quả của các phần bên dưới.", "Verdicts of nodes below.", {"8.1.a": "MET", "8.1.b": "NOT_MET"}),
    },
}
