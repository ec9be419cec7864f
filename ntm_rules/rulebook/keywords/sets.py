"""The words of criteria-set.yaml, agencies.yaml and measures.yaml."""

from __future__ import annotations

from ntm_rules.rulebook import models as m
from ntm_rules.rulebook.keywords.word import LABEL, NOTE, SOURCE, K, Words

_MEETS_WHEN = {"criteria": {"at_least": 15, "including": ["1", "5"]}}
_COMMUNE_TYPE = m.COMMUNE_TYPES[0].model_dump(exclude_none=True)
_STREET_GROUPS = m.COMMUNE_TYPES[1].model_dump()["below"]

OF_SETS: dict[type[m.Written], Words] = {
    m.Text: {
        "vi": K("Tiếng Việt, đúng như cán bộ đọc.", "Vietnamese, as officers read it.", "Quy hoạch"),
        "en": K("Tiếng Anh.", "English.", "Planning"),
    },
    # --- criteria-set.yaml
    m.SetHeader: {
        "id": K(
            "Mã của bộ tiêu chí: chữ không dấu, số, gạch nối. Overlay ghi mã này ở `applies_to`.",
            "The set's id: ASCII letters, digits, hyphens. Overlays name it under `applies_to`.",
            "tinh-a-2026-2030",
        ),
        "version": K(
            "Phiên bản của bộ, tăng mỗi khi sửa; đặt trong ngoặc kép.",
            "Version of the set, raised with every change; in quotes.",
            "2026.1",
        ),
        "title": K("Tên đầy đủ của bộ tiêu chí.", "Full title of the set.", LABEL),
        "illustrative": K(
            "`true`: bộ chưa được ban hành hoặc chưa được thẩm tra; mọi kết quả đều ghi rõ “không phải quy định”.",
            "`true`: a set that nobody has issued or verified; every output says so.",
            False,
        ),
        "legal_basis": K(
            "Mã các văn bản làm căn cứ, khai ở `documents`.",
            "Ids of the documents the set rests on, defined under `documents`.",
            ["ke-hoach"],
        ),
        "period": K(
            "Thời kỳ áp dụng: năm đầu và năm cuối, tính cả hai.",
            "Years the set may judge: first and last, both included.",
            {"from": 2026, "to": 2030},
        ),
        "province": K("Tên tỉnh.", "Name of the province.", {"vi": "Tỉnh A", "en": "Province A"}),
        "provinces": K(
            "Các tỉnh trong communes.csv (cột `province`), khi một bộ dùng cho nhiều tỉnh.",
            "The provinces in communes.csv (column `province`), where one set serves several.",
            [{"id": "tinh-a", "name": {"vi": "Tỉnh A", "en": "Province A"}}],
        ),
        "documents": K(
            "Các văn bản đã ban hành mà bộ này trích.",
            "The issued documents that the set quotes.",
            [{"id": "ke-hoach", "title": LABEL}],
        ),
        "decisions": K(
            "Các văn bản chưa có mà mức đạt còn chờ.",
            "Documents not issued yet on which targets wait.",
            [{"id": "bo-tieu-chi-tinh", "title": LABEL, "owed_by": "so-noi-vu"}],
        ),
        "groups": K(
            "Các nhóm xã mà mức đạt phân biệt; danh sách trống nếu không chia nhóm.",
            "Groups of communes that targets tell apart; an empty list when there are none.",
            [{"id": "nhom-1", "title": {"vi": "Xã nhóm 1", "en": "Group 1 commune"}}],
        ),
        "classifications": K(
            "Các cách phân loại xã khác mà mức đạt phân biệt (vùng, biên giới ...); mỗi cách là một cột cùng tên trong"
            " communes.csv.",
            "What else targets tell communes apart by (region, border ...); each is a column of communes.csv.",
            [
                {
                    "id": "khu-vuc",
                    "title": {"vi": "Khu vực", "en": "Area"},
                    "classes": [{"id": "bien-gioi", "title": {"vi": "Xã biên giới", "en": "Border commune"}}],
                }
            ],
        ),
        "scales": K(
            "Các thang xếp loại mà điều kiện `graded` dùng.",
            "Scales of grades that `graded` conditions use.",
            [
                {
                    "id": "xep-loai",
                    "title": {"vi": "Xếp loại", "en": "Classification"},
                    "grades": [
                        {"id": "hoan-thanh", "label": {"vi": "Hoàn thành", "en": "Completed"}},
                        {"id": "hoan-thanh-tot", "label": {"vi": "Hoàn thành tốt", "en": "Completed well"}},
                    ],
                }
            ],
        ),
        "commune_type": K(
            "Loại đơn vị trong communes.csv mà bộ áp dụng; không ghi là `xa`.",
            "The type of unit in communes.csv that the set applies to; `xa` unless said.",
            "xa",
        ),
        "commune_types": K(
            "Các loại đơn vị trong communes.csv và tên gọi; không ghi là xã (`xa`), phường (`phuong`), đặc khu (`dac-khu`).",
            "The types of units in communes.csv and what they are called; commune (`xa`), ward (`phuong`) and special zone"
            " (`dac-khu`) unless said.",
            [_COMMUNE_TYPE],
        ),
        "bands": K(
            "Phân loại xã theo số tiêu chí đạt, như biểu báo cáo của tỉnh.",
            "Classes of communes by number of criteria met, as in the province's report form.",
            [{"id": "du", "title": {"vi": "Đạt cả 10", "en": "All 10"}, "at_least": 10, "at_most": 10}],
        ),
        "meets": K(
            "Thế nào là đạt đủ các tiêu chí, bằng lời.",
            "What meeting every criterion means, in words.",
            {"vi": "Đạt khi mọi tiêu chí đều đạt.", "en": "Met when every criterion is."},
        ),
        "meets_when": K(
            "Khi nào xã đạt chuẩn, nếu không phải là khi mọi tiêu chí áp dụng đều đạt.",
            "When a commune meets the standard, where that is not when every criterion that applies is met.",
            _MEETS_WHEN,
        ),
        "criteria": K(
            "Các tiêu chí theo thứ tự của văn bản.",
            "The criteria in the order of the document.",
            [
                {
                    "id": "8",
                    "title": "Môi trường",
                    "title_en": "Environment",
                    "source": {"document": "ke-hoach", "row": "8"},
                    "rules": "08-moi-truong/rules.yaml",
                }
            ],
        ),
        "conditions": K(
            "Tệp các điều kiện khác để được công nhận, nếu có.",
            "File of the further conditions of recognition, if any.",
            "conditions/rules.yaml",
        ),
        "recognition": K(
            "Mã số liệu (loại `ruling`) mà xã dùng để báo đã có quyết định công nhận; không ghi thì không báo.",
            "The ruling by which a commune reports that a decision has recognised it; none unless said.",
            "recognition_decision",
        ),
        "cross_checks": K(
            "Tệp các kiểm tra chéo, nếu có; không phải quy định, không đổi kết quả nào.",
            "File of the cross-checks, if any; no law, and no verdict depends on them.",
            "cross-checks.yaml",
        ),
        "reference_figures": K(
            "Tệp số liệu của tỉnh, cả nước mà mức đạt lấy theo, nếu có.",
            "File of the figures of province and nation that targets are taken from, if any.",
            "reference-figures.yaml",
        ),
        "plan": K(
            "Kế hoạch của tỉnh: mục tiêu và văn bản phải có; không có thì bỏ.",
            "The province's plan: its goals and the documents owed, if the set carries it.",
            {
                "code": "12",
                "figures": "plan/figures.yaml",
                "goals": "plan/goals.yaml",
                "deliverables": "plan/deliverables.yaml",
                "bands": {"on_course": 0.95, "behind": 0.6, "origin": NOTE},
            },
        ),
        "reporting": K(
            "Cơ quan tổng hợp kết quả các xã và báo cáo ai; `ntm report province` lấy từ đây. Không ghi thì chỗ đó để trống.",
            "Who sums up the communes' results and reports to whom, for `ntm report province`; left blank unless said.",
            {"by": "so-noi-vu", "source": SOURCE},
        ),
    },
    m.StandardWritten: {
        "all": K("Phải đạt mọi điều kiện trong danh sách.", "Every one of these must hold.", [_MEETS_WHEN]),
        "any": K("Chỉ cần một điều kiện trong danh sách.", "One of these is enough.", [_MEETS_WHEN]),
        "criteria": K("Phải đạt bao nhiêu tiêu chí.", "How many criteria must be met.", {"at_least": 15}),
        "indicators": K(
            "Phải đạt bao nhiêu chỉ tiêu: của cả bộ, hoặc của tiêu chí đang xét.",
            "How many indicators must be met: of the whole set, or of the criterion.",
            {"at_least": 3},
        ),
        "points": K(
            "Tổng điểm phải có; chỉ tính điểm của chỉ tiêu đạt.",
            "The points needed; only those of indicators met count.",
            {"at_least": 80},
        ),
        "each_criterion": K(
            "Điều từng tiêu chí phải có, dù tiêu chí đó đạt hay không.",
            "What each criterion must have, met or not.",
            {"points": {"at_least_percent": 50}},
        ),
    },
    m.PartsNeeded: {
        "at_least": K("Ít nhất bao nhiêu.", "How many at least.", 15),
        "at_least_percent": K(
            "Ít nhất bao nhiêu phần trăm, trong số áp dụng cho xã.", "How many percent of those that apply.", 80
        ),
        "including": K("Những mã nào bắt buộc phải đạt trong số đó.", "Which of them in any case.", ["1", "5"]),
        "of": K("Chỉ tính các mã này; không ghi là tất cả.", "Only these count; all unless said.", ["1", "2", "5"]),
    },
    m.PointsNeeded: {
        "at_least": K("Tổng điểm ít nhất.", "How many points at least.", 80),
        "at_least_percent": K(
            "Ít nhất bao nhiêu phần trăm tổng điểm của các chỉ tiêu áp dụng cho xã.",
            "How many percent of the points of the indicators that apply.",
            50,
        ),
        "of": K(
            "Chỉ tính điểm của các tiêu chí, chỉ tiêu này; không ghi là tất cả.",
            "Only the points of these criteria or indicators; all unless said.",
            ["1", "5"],
        ),
    },
    m.EachCriterion: {
        "indicators": K("Phải đạt bao nhiêu chỉ tiêu.", "How many indicators must be met.", {"at_least": 1}),
        "points": K("Phải có bao nhiêu điểm.", "How many points it needs.", {"at_least_percent": 50}),
    },
    m.Province: {
        "id": K("Mã tỉnh, như ở cột `province` của communes.csv.", "Id, as in the column `province`.", "tinh-a"),
        "name": K("Tên tỉnh.", "Its name.", {"vi": "Tỉnh A", "en": "Province A"}),
        "reporting": K(
            "Cơ quan tổng hợp của tỉnh ấy, nếu khác `reporting` của bộ.",
            "Who sums up the results there, where that differs from the set's `reporting`.",
            {"by": "so-noi-vu", "source": {"document": "ke-hoach", "article": "Điều 4"}},
        ),
    },
    m.Reporting: {
        "by": K("Mã cơ quan tổng hợp, khai ở agencies.yaml.", "Id of the agency, from agencies.yaml.", "so-noi-vu"),
        "superior": K(
            "Tên cơ quan chủ quản, ghi ở đầu văn bản.",
            "The body above it, named at the head of its papers.",
            {"vi": "Ủy ban nhân dân tỉnh A", "en": "People's Committee of Province A"},
        ),
        "recipients": K(
            "Các cơ quan nhận báo cáo.",
            "The bodies it reports to.",
            [{"vi": "Ủy ban nhân dân tỉnh A", "en": "People's Committee of Province A"}],
        ),
        "source": K("Nơi giao việc báo cáo.", "Where the duty to report stands.", SOURCE),
    },
    m.Document: {
        "id": K("Mã văn bản, để nơi khác dẫn tới.", "The document's id, for others to refer to.", "ke-hoach"),
        "title": K("Tên văn bản.", "Title of the document.", {"vi": "Kế hoạch", "en": "Plan"}),
        "number": K("Số, ký hiệu văn bản.", "Number of the document.", "1/KH-UBND"),
        "date": K(
            "Ngày ban hành: năm-tháng-ngày, không ngoặc kép.", "Day of issue: year-month-day, no quotes.", "2026-07-01"
        ),
        "issuer": K("Cơ quan ban hành.", "The issuing body.", "UBND tỉnh A"),
        "file": K(
            "Đường dẫn tới tệp nguyên văn trong thư mục của bộ, nếu có kèm.",
            "Path of its text inside the set's folder, where the set carries it.",
            "sources/ke-hoach.txt",
        ),
        "note": K("Điều cần biết khi dùng văn bản này.", "What a reader of this document must know.", NOTE),
    },
    m.Decision: {
        "id": K("Mã văn bản đang chờ; `pending` dẫn tới mã này.", "Id that `pending` refers to.", "bo-tieu-chi-tinh"),
        "title": K("Tên văn bản đang chờ.", "Title of the document awaited.", LABEL),
        "owed_by": K(
            "Mã cơ quan phải trình hoặc ban hành, khai ở agencies.yaml. Ghi `owed_by` hoặc `owed_by_text`, không cả hai.",
            "Id of the agency that owes it, from agencies.yaml. Either `owed_by` or `owed_by_text`.",
            "so-noi-vu",
        ),
        "owed_by_text": K(
            "Tên cơ quan phải ban hành, khi cơ quan đó nằm ngoài agencies.yaml.",
            "The body that owes it, when it is not in agencies.yaml.",
            {"vi": "Thủ tướng Chính phủ", "en": "Prime Minister"},
        ),
        "due": K("Hạn ban hành, nếu văn bản nêu.", "The day it is due, where a document says so.", "2026-07-31"),
        "source": K("Nơi nêu việc phải ban hành.", "Where the duty to issue it stands.", SOURCE),
        "deliverable": K(
            "Mã văn bản phải có của kế hoạch: ai phải làm, thời hạn và nguồn chỉ ghi ở đó.",
            "Id of the plan's deliverable: who owes it, the day and the source stand there alone.",
            "bo-tieu-chi-tinh",
        ),
        "note": K("Ghi chú.", "A note.", NOTE),
    },
    m.Source: {
        "document": K(
            "Mã văn bản, khai ở `documents` của criteria-set.yaml.",
            "Id of the document, defined under `documents` of criteria-set.yaml.",
            "ke-hoach",
        ),
        "annex": K("Phụ lục.", "Annex.", "III"),
        "row": K("Số thứ tự của dòng; đặt trong ngoặc kép.", "The row's number; in quotes.", "8.1"),
        "article": K("Điều, khoản, điểm.", "Article, clause, point.", "Điều 4 khoản 1"),
        "note": K("Ghi chú về nguồn.", "A note on the source.", NOTE),
    },
    m.Group: {
        "id": K("Mã nhóm xã; mức đạt theo nhóm dùng mã này.", "Id that targets by group use.", "nhom-1"),
        "title": K("Tên nhóm.", "Name of the group.", {"vi": "Xã nhóm 1", "en": "Group 1 commune"}),
        "definition": K("Định nghĩa theo văn bản.", "The document's definition.", NOTE),
        "source": K("Nơi quy định nhóm.", "Where the group is defined.", SOURCE),
    },
    m.Classification: {
        "id": K(
            "Mã cách phân loại, cũng là tên cột trong communes.csv.",
            "Id of the classification, and the name of its column of communes.csv.",
            "khu-vuc",
        ),
        "title": K("Tên cách phân loại.", "What it is called.", {"vi": "Khu vực", "en": "Area"}),
        "classes": K(
            "Các loại, theo thứ tự trong văn bản.",
            "The classes, in the order of the document.",
            [{"id": "bien-gioi", "title": {"vi": "Xã biên giới", "en": "Border commune"}}],
        ),
        "source": K("Văn bản quy định cách phân loại.", "The document that defines it.", SOURCE),
        "note": K("Ghi chú.", "A note.", NOTE),
    },
    m.ClassOfCommunes: {
        "id": K(
            "Mã loại xã; communes.csv ghi mã này hoặc tên.",
            "Id of the class; communes.csv has it or the title.",
            "bien-gioi",
        ),
        "title": K("Tên loại xã.", "What it is called.", {"vi": "Xã biên giới", "en": "Border commune"}),
        "definition": K(
            "Định nghĩa như in.", "The definition as printed.", {"vi": "Xã giáp biên giới", "en": "At the border"}
        ),
    },
    m.CommuneType: {
        "id": K("Mã loại, như ở cột `type` của communes.csv.", "Id, as in the column `type` of communes.csv.", "xa"),
        "title": K("Tên loại.", "What such a unit is called.", _COMMUNE_TYPE["title"]),
        "full_name": K(
            "Tên đầy đủ của đơn vị; `{name}` là chỗ của tên riêng.",
            "The full name of a unit; `{name}` is the place of its own name.",
            _COMMUNE_TYPE["full_name"],
        ),
        "below": K(
            "Đơn vị dưới nó gọi là gì, trong biểu, trang, thông báo; không ghi thì là “thôn, bản”.",
            "What the units below it are called in forms, pages and messages; hamlets unless said.",
            _STREET_GROUPS,
        ),
    },
    m.UnitsBelow: {
        "one": K(
            "Tên gọi một đơn vị, chữ thường.", "What one of them is called, in lower case.", _STREET_GROUPS["one"]
        ),
        "several": K(
            "Tên gọi nhiều đơn vị (tiếng Anh có số nhiều).",
            "What several of them are called.",
            _STREET_GROUPS["several"],
        ),
    },
    m.Years: {
        "from": K("Năm đầu, tính cả năm đó.", "First year, included.", 2026),
        "to": K("Năm cuối, tính cả năm đó.", "Last year, included.", 2030),
    },
    m.Scale: {
        "id": K("Mã thang; số liệu loại `grade` dẫn tới mã này.", "Id that measures of kind `grade` name.", "xep-loai"),
        "title": K("Tên thang xếp loại.", "Name of the scale.", {"vi": "Xếp loại", "en": "Classification"}),
        "grades": K(
            "Các bậc, thấp nhất trước; ít nhất hai bậc.",
            "The grades, lowest first; two at least.",
            [
                {"id": "hoan-thanh", "label": {"vi": "Hoàn thành", "en": "Completed"}},
                {"id": "hoan-thanh-tot", "label": {"vi": "Hoàn thành tốt", "en": "Completed well"}},
            ],
        ),
        "note": K("Ghi chú.", "A note.", NOTE),
    },
    m.Grade: {
        "id": K("Mã bậc; mức đạt dùng mã này.", "Id of the grade; targets use it.", "hoan-thanh-tot"),
        "label": K("Tên bậc.", "Name of the grade.", {"vi": "Hoàn thành tốt", "en": "Completed well"}),
    },
    m.Band: {
        "id": K("Mã loại.", "Id of the class.", "tu-5-den-9"),
        "title": K("Tên loại.", "Name of the class.", {"vi": "Đạt 5 - 9 tiêu chí", "en": "5 to 9 criteria met"}),
        "at_least": K("Số tiêu chí đạt ít nhất.", "Fewest criteria met.", 5),
        "at_most": K("Số tiêu chí đạt nhiều nhất.", "Most criteria met.", 9),
    },
    m.CriterionHeader: {
        "id": K("Số của tiêu chí; đặt trong ngoặc kép.", "Number of the criterion; in quotes.", "8"),
        "title": K("Tên tiêu chí như in trong văn bản.", "Title as printed.", "Môi trường"),
        "title_en": K("Tên tiếng Anh.", "Title in English.", "Environment"),
        "source": K("Nơi nêu tiêu chí.", "Where the criterion stands.", SOURCE),
        "rules": K(
            "Tệp quy tắc của tiêu chí, trong thư mục của bộ.",
            "File of the criterion's rules, in the set's folder.",
            "08-moi-truong/rules.yaml",
        ),
        "meets_when": K(
            "Khi nào tiêu chí đạt, nếu không phải là khi mọi chỉ tiêu áp dụng đều đạt.",
            "When it is met, where that is not when every indicator that applies is.",
            {"indicators": {"at_least": 3}},
        ),
    },
    # --- agencies.yaml
    m.Agency: {
        "id": K("Mã cơ quan, để quy tắc dẫn tới.", "Id by which rules name the agency.", "so-xay-dung"),
        "name": K("Tên cơ quan.", "Name.", {"vi": "Sở Xây dựng", "en": "Department of Construction"}),
        "printed": K(
            "Các cách ghi tên trong văn bản, khi khác tên trên.",
            "How the document spells the name, where that differs.",
            ["Sở XD"],
        ),
        "superior": K(
            "Tên cơ quan chủ quản, ghi ở đầu văn bản của cơ quan; không ghi thì để dòng chấm.",
            "The body above it, named at the head of its papers; dots where it is not said.",
            {"vi": "Ủy ban nhân dân tỉnh A", "en": "People's Committee of Province A"},
        ),
        "role": K(
            "`lead`: có thể chủ trì (không ghi là vậy); `cooperating`: chỉ phối hợp.",
            "`lead`: may lead (the default); `cooperating`: only cooperates.",
            "cooperating",
        ),
    },
    # --- measures.yaml
    m.Measure: {
        "id": K(
            "Mã số liệu: chữ thường tiếng Anh không dấu, nối bằng một gạch dưới.",
            "Id of the measure: lower-case English words joined by single underscores.",
            "clean_water_share",
        ),
        "label": K(
            "Tên số liệu như cán bộ xã đọc trong biểu.",
            "The label that commune officers read in the form.",
            {"vi": "Tỷ lệ hộ dùng nước sạch", "en": "Share of households with clean water"},
        ),
        "kind": K(
            "Loại số liệu, quyết định cách báo cáo và so sánh.",
            "Kind of measure: how it is reported and compared.",
            "share",
        ),
        "unit": K("Đơn vị tính.", "Unit.", {"vi": "%", "en": "%"}),
        "range": K(
            "Khoảng có thể báo cáo; số ở ngoài bị coi là nhầm.",
            "What can be reported at all; a figure outside is a mistake.",
            {"min": 0, "max": 100},
        ),
        "decimals": K(
            "Số chữ số lẻ khi hiển thị (0-4, mặc định 2); so sánh luôn dùng số đầy đủ.",
            "Decimals shown (0 to 4, 2 unless said); comparisons use the full figure.",
            2,
        ),
        "counted": K(
            "Tỷ lệ đếm bằng gì: tử số, mẫu số, đơn vị. Chỉ và luôn có ở loại `share`.",
            "What a share counts. Every `share` has it, and nothing else.",
            {
                "numerator": {"vi": "Số hộ dùng nước sạch", "en": "Households with clean water"},
                "denominator": {"vi": "Tổng số hộ", "en": "All households"},
                "unit": {"vi": "hộ", "en": "households"},
            },
        ),
        "sense": K(
            "Chiều tốt hơn: `higher` cao hơn, `lower` thấp hơn. Chỉ và luôn có ở share, growth, count, amount.",
            "Which way is better. Every share, growth, count and amount has it, and nothing else.",
            "higher",
        ),
        "zero_denominator": K(
            "Mẫu số bằng 0 nghĩa là gì: `not_applicable` không áp dụng, `invalid` số liệu sai (mặc định). Chỉ cho `share`.",
            "What a denominator of 0 means: `not_applicable`, or `invalid` (the default). Only for a `share`.",
            "not_applicable",
        ),
        "scale": K(
            "Mã thang xếp loại, khai ở `scales`. Chỉ và luôn có ở loại `grade`.",
            "Id of the scale, from `scales`. Every `grade` has it, and nothing else.",
            "xep-loai",
        ),
        "attested_by": K(
            "Mã cơ quan xác nhận lời khai.", "Id of the agency that confirms the statement.", "so-xay-dung"
        ),
        "per": K(
            "`hamlet`: số liệu của từng thôn, bản, ấp, chỉ đọc trong `each_hamlet`; không ghi: của xã.",
            "`hamlet`: a figure of each hamlet, read within `each_hamlet` alone; unless said, of the commune.",
            "hamlet",
        ),
        "evidence": K(
            "Minh chứng mà người thẩm định mong thấy.",
            "The evidence an appraiser expects to see.",
            {"vi": "Biên bản kiểm tra", "en": "Inspection record"},
        ),
        "note": K("Ghi chú.", "A note.", NOTE),
    },
    m.Counted: {
        "numerator": K("Tử số là gì.", "What stands above the line.", {"vi": "Số hộ đạt", "en": "Households that do"}),
        "denominator": K("Mẫu số là gì.", "What stands below the line.", {"vi": "Tổng số hộ", "en": "All households"}),
        "unit": K("Đơn vị đếm.", "Unit of both.", {"vi": "hộ", "en": "households"}),
        "decimals": K(
            "Số chữ số lẻ của tử số, mẫu số (0-4); 0: đếm số nguyên, không ghi là 0.",
            "Decimals of the two (0 to 4); 0: whole things are counted, the default.",
            0,
        ),
    },
    m.Range: {
        "min": K("Nhỏ nhất có thể.", "The least it can be.", 0),
        "max": K("Lớn nhất có thể.", "The most it can be.", 100),
    },
}
