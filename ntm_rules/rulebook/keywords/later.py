"""The words of overlays and of tests.yaml."""

from __future__ import annotations

from ntm_rules.rulebook import models as m
from ntm_rules.rulebook import rule_tests as t
from ntm_rules.rulebook.keywords.rules import OF_RULES
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
        "province": K(
            "Mã tỉnh mà văn bản này áp dụng riêng, khai ở `provinces` của bộ; không ghi là mọi tỉnh.",
            "Id of the province whose communes alone it is for, from the set's `provinces`; all unless said.",
            "tinh-a",
        ),
        "effective": K("Thời gian có hiệu lực.", "The days in force.", {"from": "2026-09-01"}),
        "set": K(
            "Mã yêu cầu → mức mới: số, theo nhóm, theo loại xã, bậc, {value, article}, {standard: in-force}, hoặc {pending: ...}"
            " khi lại phải chờ. Mức đã theo loại xã thì có thể chỉ nêu các loại thay đổi.",
            "Requirement id → new target: a number, one per group or class, a grade, {value, article}, {standard: in-force}, or"
            " {pending: ...} where it waits again. Of a target that differs by class some classes alone may be named.",
            {"8.1.b": {"value": 85, "article": "Điều 2"}},
        ),
        "reference_figures": K(
            "Mã số để so → số của các năm mà văn bản này công bố.",
            "Id of a reference figure → what this document says it was in some years.",
            {"thu-nhap-tinh": [{"year": 2026, "value": 45.2, "article": "Biểu 3"}]},
        ),
        "add": K(
            "Chỉ tiêu, điều kiện hoặc nội dung được bổ sung, và vị trí của nó.",
            "Indicators, conditions or parts that are added, and where each goes.",
            [{"into": "8.1", "article": "Điều 1", "part": {"id": "8.1.d", "attested": "waste_plan_exists"}}],
        ),
        "repeal": K(
            "Mã chỉ tiêu, nội dung (hoặc tiêu chí: mọi chỉ tiêu của nó) bị bãi bỏ.",
            "Ids of indicators or parts (or a criterion: all its indicators) that are repealed.",
            {"8.2": {"article": "Điều 2"}},
        ),
        "replace": K(
            "Mã chỉ tiêu hoặc nội dung → quy định mới thay toàn bộ.",
            "Id of an indicator or a part → what stands in its place.",
            {"8.1.b": {"article": "Điều 3", "measure": "waste_treated_share", "more_than": 85}},
        ),
        "change": K(
            "Mã chỉ tiêu hoặc nội dung → những khóa được sửa; khóa để trống là bỏ đi.",
            "Id of an indicator or a part → the keywords said anew; an empty one is taken away.",
            {"3.10": {"article": "Điều 4", "lead": "so-xay-dung"}},
        ),
        "standard": K(
            "Thế nào là đạt chuẩn từ nay: bằng lời, bằng quy tắc, các mức phân loại, khi nào từng tiêu chí đạt.",
            "What meets the standard from then on: in words, as a rule, the bands, when a criterion is met.",
            {"article": "Điều 6", "meets_when": {"criteria": {"at_least": 15}}},
        ),
        "measures": K(
            "Số liệu được bổ sung, hoặc ghi lại số liệu có sẵn (cùng mã).",
            "Measures that are added, or written anew (same id).",
            [
                {
                    "id": "waste_plan_exists",
                    "label": {"vi": "Có kế hoạch", "en": "Has a plan"},
                    "kind": "attestation",
                    "unit": {"vi": "Có / Không", "en": "Yes / No"},
                    "evidence": {"vi": "Kế hoạch", "en": "Plan"},
                }
            ],
        ),
        "agencies": K(
            "Cơ quan được bổ sung hoặc đổi tên.",
            "Agencies that are added or renamed.",
            [{"id": "so-xay-dung", "name": {"vi": "Sở Xây dựng", "en": "Department of Construction"}}],
        ),
        "decisions": K(
            "Văn bản đang chờ được nêu thêm.",
            "Documents awaited that are named in addition.",
            [{"id": "quy-dinh-moi", "title": {"vi": "Quy định mới", "en": "New rules"}, "owed_by": "so-noi-vu"}],
        ),
        "documents": K(
            "Văn bản được trích thêm; chính văn bản của overlay được trích bằng mã overlay.",
            "Further documents quoted; the overlay's own is quoted by the overlay's id.",
            [{"id": "luat-moi", "title": {"vi": "Luật mới", "en": "New law"}}],
        ),
        "scales": K(
            "Thang xếp loại được bổ sung.",
            "Scales that are added.",
            [
                {
                    "id": "xep-loai-moi",
                    "title": {"vi": "Xếp loại", "en": "Classification"},
                    "grades": [
                        {"id": "chua-tot", "label": {"vi": "Chưa tốt", "en": "Not good"}},
                        {"id": "tot", "label": {"vi": "Tốt", "en": "Good"}},
                    ],
                }
            ],
        ),
        "groups": K(
            "Mã xã (5 chữ số, trong ngoặc kép) → nhóm và căn cứ.",
            "Commune code (5 digits, in quotes) → its group and where that stands.",
            {"03402": {"group": "nhom-1", "source": "Điều 5"}},
        ),
    },
    m.OverlayDocument: {
        "file": K(
            "Tệp chứa nguyên văn, trong thư mục của overlay; có thì `text` được đối chiếu với văn bản.",
            "File of its text, inside the overlay's folder; then `text` is held against it.",
            "qd-99.txt",
        ),
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
    m.ReferenceTold: {
        "year": K("Năm của số.", "The year it is of.", 2026),
        "value": K("Số được công bố.", "The figure.", 45.2),
        "article": K("Điều, biểu của văn bản.", "Where in the document.", "Biểu 3"),
    },
    m.SetTarget: {
        "value": K("Mức mới: số, theo nhóm, hoặc bậc.", "The new target: a number, one per group, or a grade.", 85),
        "article": K("Điều, khoản, phụ lục nêu mức này.", "Article, clause or annex that states it.", "Điều 2"),
    },
    m.PendingAgain: {
        "article": K("Điều, khoản quy định như vậy.", "Article or clause that says so.", "Điều 3"),
    },
    m.Added: {
        "indicator": K(
            "Chỉ tiêu được bổ sung, ghi như trong rules.yaml.",
            "The indicator that is added, as in rules.yaml.",
            {
                "id": "8.5",
                "text": "Có hố ủ rác",
                "text_en": "There is a compost pit",
                "source": {"document": "qd-99-2026", "article": "Điều 1"},
                "lead": "so-xay-dung",
                "cooperating": [],
                "years": {"from": 2027, "to": 2030},
                "attested": "compost_pit_exists",
            },
        ),
        "condition": K(
            "Điều kiện khác để công nhận được bổ sung, ghi như chỉ tiêu.",
            "A further condition that is added, written like an indicator.",
            {
                "id": "DK.4",
                "text": "Không có khiếu kiện",
                "text_en": "No complaints",
                "source": {"document": "qd-99-2026", "article": "Điều 1"},
                "lead": "so-xay-dung",
                "cooperating": [],
                "years": {"from": 2027, "to": 2030},
                "attested": "no_complaints",
            },
        ),
        "part": K(
            "Nội dung được bổ sung vào một chỉ tiêu.",
            "A part that is added to an indicator.",
            {"id": "8.1.d", "attested": "waste_plan_exists"},
        ),
        "new_criterion": K(
            "Cả một tiêu chí được bổ sung, với các chỉ tiêu của nó; đứng cuối nếu không ghi after, before (mã tiêu chí).",
            "A whole criterion that is added, with its indicators; it comes last unless after or before names a criterion.",
            {
                "id": "11",
                "title": "Chuyển đổi số",
                "title_en": "Digital transformation",
                "source": {"document": "qd-99-2026", "article": "Điều 2"},
                "indicators": [
                    {
                        "id": "11.1",
                        "text": "Có tổ công nghệ số cộng đồng",
                        "text_en": "There is a digital community team",
                        "source": {"document": "qd-99-2026", "article": "Điều 2"},
                        "lead": "so-khoa-hoc",
                        "cooperating": [],
                        "years": {"from": 2027, "to": 2030},
                        "attested": "digital_team_exists",
                    }
                ],
            },
        ),
        "criterion": K("Mã tiêu chí chứa chỉ tiêu mới.", "Id of the criterion that the indicator goes into.", "8"),
        "into": K(
            "Mã chỉ tiêu hoặc nội dung (có all, any, some) nhận nội dung mới.",
            "Id of the indicator or part (with all, any, some) that takes the new part.",
            "8.1",
        ),
        "after": K(
            "Đứng ngay sau mã này; không ghi: đứng cuối.", "It stands after this id; else it comes last.", "8.4"
        ),
        "before": K("Đứng ngay trước mã này.", "It stands before this id.", "8.1.a"),
        "article": K("Điều, khoản bổ sung.", "Article or clause that adds it.", "Điều 1 khoản 2"),
    },
    m.CriterionTold: {
        "id": K("Mã tiêu chí mới.", "Id of the new criterion.", "11"),
        "title": K("Tên như in trong văn bản.", "Title as printed.", "Chuyển đổi số"),
        "title_en": K("Tên tiếng Anh.", "Title in English.", "Digital transformation"),
        "source": K("Chỗ trong văn bản.", "Where it stands.", {"document": "qd-99-2026", "article": "Điều 2"}),
        "meets_when": K(
            "Khi nào tiêu chí đạt, nếu không phải là khi mọi chỉ tiêu áp dụng đều đạt.",
            "When it is met, where that is not when every indicator that applies is.",
            {"indicators": {"at_least": 3}},
        ),
        "indicators": K(
            "Các chỉ tiêu, ghi như trong rules.yaml.",
            "Its indicators, as in rules.yaml.",
            [
                {
                    "id": "11.1",
                    "text": "Có tổ công nghệ số cộng đồng",
                    "text_en": "There is a digital community team",
                    "source": {"document": "qd-99-2026", "article": "Điều 2"},
                    "lead": "so-khoa-hoc",
                    "cooperating": [],
                    "years": {"from": 2027, "to": 2030},
                    "attested": "digital_team_exists",
                }
            ],
        ),
    },
    m.StandardTold: {
        "meets": K(
            "Thế nào là đạt chuẩn, bằng lời.",
            "What meeting the standard means, in words.",
            {"vi": "Đạt khi có từ 15 tiêu chí.", "en": "Met with 15 criteria or more."},
        ),
        "meets_when": K(
            "Khi nào xã đạt chuẩn; `{criteria: {}}` là khi mọi tiêu chí áp dụng đều đạt.",
            "When a commune meets the standard; `{criteria: {}}` is when every criterion that applies is met.",
            {"criteria": {"at_least": 15}},
        ),
        "bands": K(
            "Các mức phân loại theo số tiêu chí đạt, thay cho các mức cũ.",
            "The bands by number of criteria met, in place of the old ones.",
            [{"id": "du", "title": {"vi": "Đủ", "en": "All"}, "at_least": 15, "at_most": 19}],
        ),
        "criteria": K(
            "Mã tiêu chí → khi nào tiêu chí ấy đạt.",
            "Id of a criterion → when it is met.",
            {"3": {"indicators": {"at_least": 2}}},
        ),
        "article": K("Điều, khoản quy định như vậy.", "Article or clause that says so.", "Điều 6"),
    },
    m.Repealed: {
        "article": K("Điều, khoản bãi bỏ.", "Article or clause that repeals it.", "Điều 2"),
    },
    m.Replacement: {
        "article": K("Điều, khoản thay thế.", "Article or clause that replaces it.", "Điều 3"),
        "id": K("Không cần ghi: mã là khóa.", "Not needed: the key says it.", "8.1.b"),
        **{key: OF_RULES[m.IndicatorWritten][key] for key in ("years", "in_force", "points")},
    },
    m.Change: {
        "article": K("Điều, khoản sửa đổi.", "Article or clause that changes it.", "Điều 4"),
        **{
            key: words
            for key, words in {**OF_RULES[m.NodeWritten], **OF_RULES[m.IndicatorWritten]}.items()
            if key in m.Change.model_fields
        },
    },
    m.CommuneGroup: {
        "group": K("Mã nhóm, khai ở `groups` của bộ.", "Id of a group of the set.", "nhom-1"),
        "source": K("Điều, phụ lục xếp nhóm.", "Where the group is assigned.", "Phụ lục II, Quyết định 99/QĐ-UBND"),
    },
    # --- tests.yaml
    t.RuleTest: {
        "name": K("Phép thử giữ điều gì, đặt tên theo ranh giới.", "What the test holds.", "79,99% chưa đạt"),
        "of": K(
            "Mã chỉ tiêu, yêu cầu, điều kiện hoặc tiêu chí được xét; mã của bộ: xã đạt chuẩn hay không.",
            "Id of the indicator, requirement, condition or criterion judged; the set's id: whether a commune meets the standard.",
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
        "hamlets": K(
            "Số liệu của từng thôn, bản: tên thôn → mã số liệu → giá trị.",
            "Figures of hamlets: the hamlet's name → measure id → value.",
            {"Bản A": {"hamlet_paved_share": 80}},
        ),
        "given": K(
            "Số liệu của xã trong năm xét: mã số liệu → giá trị. Chỉ ghi số liệu có liên quan.",
            "Figures of the year judged: measure id → value. Only those that matter.",
            {"clean_water_share": {"numerator": 80, "denominator": 100}, "roads_connected": "Có"},
        ),
        "before": K("Số liệu năm trước.", "Figures of the year before.", {"income": 42.5}),
        "earlier": K(
            "Số liệu các năm trước nữa, nếu yêu cầu cần đến.",
            "Figures of years before that, where the requirement reads them.",
            [{"year": 2024, "given": {"income": 40}}],
        ),
        "year": K("Năm xét; không ghi: năm của `as_of`.", "The year judged; not given: that of `as_of`.", 2027),
        "expect": K("Kết quả phải ra.", "What must come out.", {"verdict": "NOT_MET", "shortfall": 0.01}),
    },
    t.EarlierGiven: {
        "year": K("Năm của số liệu.", "The year of the figures.", 2024),
        "given": K("Mã số liệu → giá trị.", "Measure id → value.", {"income": 40}),
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
