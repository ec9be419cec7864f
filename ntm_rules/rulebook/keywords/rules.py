"""The words of rules.yaml."""

from __future__ import annotations

from ntm_rules.rulebook import models as m
from ntm_rules.rulebook.keywords.word import NOTE, PENDING, SOURCE, K, Words

OF_RULES: dict[type[m.Written], Words] = {
    # --- rules.yaml
    m.NodeWritten: {
        "id": K(
            "Mã yêu cầu, không trùng trong cả bộ; mã chỉ có số và chấm đặt trong ngoặc kép.",
            "Id, unique in the whole set; in quotes when it looks like a number.",
            "8.1.b",
        ),
        "text": K(
            "Nguyên văn như in, kể cả lỗi in; ⏎ ở chỗ ô bị ngắt trang.",
            "The words as printed, slips included; ⏎ where a cell breaks over pages.",
            "Tỷ lệ hộ dùng nước sạch",
        ),
        "reading": K(
            "Cách đọc hiển nhiên, khi nguyên văn có lỗi in.",
            "The evident reading, where the print has a slip.",
            "Tỷ lệ hộ dùng nước sạch ≥ 80%",
        ),
        "text_en": K("Bản dịch tiếng Anh.", "The words in English.", "Share of households with clean water"),
        "lead": K(
            "Mã cơ quan chủ trì; phần không ghi thì lấy của phần chứa nó.",
            "Id of the lead agency; a part that does not say takes that of what it stands in.",
            "so-noi-vu",
        ),
        "cooperating": K("Mã các cơ quan phối hợp.", "Ids of the cooperating agencies.", ["ubnd-cac-xa"]),
        "source": K("Nơi in nguyên văn.", "Where the words stand.", SOURCE),
        "note": K("Ghi chú hiện cùng kết quả.", "A note shown with the verdict.", NOTE),
        "all": K(
            "Mọi phần đều phải đạt (“và”). Nêu đúng một trong all, any, some, measure, day, attested, ruling, graded, set_met.",
            "Every part must be met. State exactly one of all, any, some, measure, day, attested, ruling, graded, set_met.",
            [{"id": "8.1.a", "attested": "waste_system_exists"}],
        ),
        "any": K(
            "Một phần đạt là đủ (“hoặc”).",
            "One part that is met is enough.",
            [{"id": "3.3.a", "attested": "green_model_exists"}, {"id": "3.3.b", "attested": "circular_model_exists"}],
        ),
        "some": K(
            "Đạt ít nhất `needed` phần là đủ (“ít nhất 2 trong 3 nội dung”).",
            "It is enough when at least `needed` of the parts are met.",
            [
                {"id": "3.4.a", "attested": "green_model_exists"},
                {"id": "3.4.b", "attested": "circular_model_exists"},
                {"id": "3.4.c", "attested": "shared_model_exists"},
            ],
        ),
        "needed": K("Cho some: phải đạt bao nhiêu phần.", "For some: how many parts must be met.", 2),
        "applies_if": K(
            "“nếu có”: mã số liệu Có/Không hỏi xã có hay không, hoặc một số lượng (“nếu có từ 10 hộ”). Không: không áp"
            " dụng; chưa trả lời: chưa có số liệu. Ghi ở phần nào thì mọi phần bên trong theo.",
            "“if any”: id of the yes/no measure that asks, or a number of something. No: not applicable; unanswered: no"
            " data. It holds for every part below.",
            "waste_system_exists",
        ),
        "applies_unless": K(
            "“trừ xã ...”: ghi như applies_if; trả lời Có (hoặc đủ số lượng) thì không áp dụng.",
            "“except communes ...”: written like applies_if; yes (or that number) makes it not applicable.",
            "is_border_commune",
        ),
        "measure": K(
            "Mã số liệu (share, growth, count, amount) so với mức; kèm at_least, at_most, more_than hoặc less_than;"
            " “từ ... đến ...” thì ghi cả hai đầu.",
            "Id of the quantity held against a target; with at_least, at_most, more_than or less_than; both ends of a"
            " range.",
            "clean_water_share",
        ),
        "taken": K(
            "Số liệu được lấy thế nào trước khi so với mức: bình quân nhiều năm, từng năm, thay đổi hay tăng so với một"
            " năm; không ghi: số của năm xét (kind growth: tốc độ tăng so với năm trước).",
            "How the figure is taken before it is held against the target: a mean of years, each of several years, a"
            " change or growth over a year; the year's own figure unless said (of kind growth: over the year before).",
            {"mean_of": 3},
        ),
        "rounded_to": K(
            "Làm tròn đến mấy chữ số thập phân trước khi so với mức (0-3), nếu văn bản ghi như vậy; từ 5 trở lên thì"
            " tăng.",
            "Decimals (0 to 3) to which the law rounds it before it is held against the target; halves go up.",
            1,
        ),
        "at_least": K(
            "Mức tối thiểu (≥): số, theo nhóm, theo loại xã (`by`), theo thời gian, một bậc, hoặc `pending`. Không văn bản"
            " nào nêu số thì ghi `pending`, không tự đặt.",
            "The least allowed (≥): a number, one per group or class (`by`), dated values, a grade, or `pending`. Never a"
            " number that no document states.",
            80,
        ),
        "at_most": K(
            "Mức tối đa (≤): ghi như at_least.",
            "The most allowed (≤): written like at_least.",
            {"nhom-1": 5, "nhom-2": 8},
        ),
        "more_than": K(
            "Phải cao hơn mức này (>, “trên 90%”); đúng bằng là chưa đạt. Ghi như at_least.",
            "It must be above this (>, “more than 90%”); the number itself does not do. Written like at_least.",
            90,
        ),
        "less_than": K(
            "Phải thấp hơn mức này (<, “dưới 5%”); đúng bằng là chưa đạt. Ghi như at_least.",
            "It must be below this (<, “less than 5%”); the number itself does not do. Written like at_least.",
            5,
        ),
        "day": K(
            "Mã số liệu là một ngày (date); kèm no_earlier_than, no_later_than hoặc cả hai, hay within.",
            "Id of a measure that is a day; with no_earlier_than, no_later_than or both, or within.",
            "recognised_on",
        ),
        "no_earlier_than": K(
            "Không sớm hơn ngày này, tính cả ngày đó: một ngày, theo nhóm, theo thời gian, hoặc `pending`.",
            "Not before this day, which is included: a day, one per group, dated values, or `pending`.",
            "2024-01-01",
        ),
        "no_later_than": K(
            "Chậm nhất ngày này, tính cả ngày đó; ghi như no_earlier_than.",
            "Not after this day, which is included; written like no_earlier_than.",
            "2025-12-31",
        ),
        "within": K(
            "“trong 3 năm trước khi xét”: tính ngược từ ngày xét (--as-of, nếu không thì 31/12 của năm xét), không sau ngày"
            " đó.",
            "“within 3 years before the appraisal”: back from its day (--as-of, else 31 December of the year judged), and"
            " not after it.",
            {"years": 3},
        ),
        "attested": K(
            "Mã số liệu Có/Không phải trả lời Có (hoặc như `answer` ghi).",
            "Id of the yes/no measure that must be yes (or what `answer` says).",
            "roads_connected",
        ),
        "answer": K(
            "Cho attested: câu trả lời nào là đạt; không ghi: Có. Ghi `no` khi “Không” mới là đạt.",
            "For attested: the answer that meets; yes unless said. Write `no` where “no” is good.",
            "no",
        ),
        "ruling": K(
            "Mã kết luận của cơ quan khác, phải là Đạt; chương trình không tính thay.",
            "Id of another body's ruling that must be met; the program does not compute it.",
            "access_to_law_ruling",
        ),
        "graded": K(
            "Mã số liệu xếp loại; kèm `at_least` là một bậc.",
            "Id of the graded measure; with `at_least`, a grade.",
            "party_grade",
        ),
        "set_met": K(
            "Phải đạt một bộ tiêu chí khác, cả bộ hoặc một số tiêu chí, chỉ tiêu của bộ ấy; xét trong cùng lần chạy, trên cùng số liệu.",
            "Another set must be met, the whole or some criteria or indicators of it; judged in the same run on the same figures.",
            {"set": "bo-xa-ntm", "criteria": ["1", "5"]},
        ),
        "each_hamlet": K(
            "Điều mà từng thôn, bản, ấp phải đạt; `measure` là số (count) hoặc tỷ lệ (share) thôn, bản đạt điều đó, so với mức."
            " Viết như một nội dung, dùng các số liệu có `per: hamlet`.",
            "What each hamlet must meet; `measure` is the number (count) or share of hamlets that do, held against the"
            " target. Written like a part, of measures that have `per: hamlet`.",
            {"id": "2.3.thon", "measure": "hamlet_paved_share", "at_least": 80},
        ),
        "hamlets": K(
            "Kèm each_hamlet: mã số liệu (count) mà xã báo cáo tổng số thôn, bản; không ghi: bằng số thôn, bản có số liệu.",
            "With each_hamlet: id of the count in which the commune says how many hamlets it has; unless said, as many as"
            " figures are given of.",
            "hamlets_in_commune",
        ),
        "standard": K(
            "Cho attested, ruling: thế nào là đạt còn chờ văn bản.",
            "For attested and ruling: what counts as meeting it still waits on a decision.",
            PENDING,
        ),
    },
    m.Within: {
        "years": K(
            "Số năm; ngày 29/02 lùi về năm không nhuận là 28/02.", "Years; 29 February goes back to the 28th.", 3
        ),
        "months": K(
            "Số tháng; tháng không có ngày ấy thì lấy ngày cuối tháng.",
            "Months; where the month has no such day, its last.",
            6,
        ),
        "days": K("Số ngày.", "Days.", 90),
    },
    m.SetMet: {
        "set": K(
            "Mã bộ tiêu chí kia: có sẵn cùng chương trình hoặc là thư mục cạnh thư mục của bộ này.",
            "Id of the other set: one that comes with the program, or a folder beside this set's.",
            "bo-xa-ntm",
        ),
        "criteria": K("Chỉ các tiêu chí này của bộ kia.", "Only these criteria of it.", ["1", "5"]),
        "indicators": K("Chỉ các chỉ tiêu này của bộ kia.", "Only these indicators of it.", ["4.1", "5.2"]),
    },
    m.TakenWritten: {
        "mean_of": K(
            "Bình quân của năm xét và các năm liền trước, tất cả bấy nhiêu năm (“bình quân 3 năm”).",
            "The mean of the year judged and the years before it, so many in all.",
            3,
        ),
        "each_of": K(
            "Từng năm trong bấy nhiêu năm, đến năm xét, đều phải đạt (“2 năm liền kề”).",
            "Each of so many years, up to the year judged, must meet the target.",
            2,
        ),
        "level_of": K(
            "Mức của năm nào: this_year năm xét, year_before năm trước, hoặc một năm. Với kind growth: so mức, không so"
            " tốc độ tăng.",
            "Of which year the level is held: this_year, year_before, or a year. Of kind growth: the level, not the"
            " growth.",
            "year_before",
        ),
        "change_from": K(
            "Thay đổi so với năm nào, theo đơn vị của số liệu (tỷ lệ: điểm %); giảm là số âm.",
            "The change from which year, in the measure's unit (of a share points); a fall is below 0.",
            "year_before",
        ),
        "growth_from": K(
            "Tốc độ tăng (%) so với năm nào; giảm là số âm.",
            "The growth in % over which year; a fall is below 0.",
            2020,
        ),
        "ratio_to": K(
            "Gấp bao nhiêu lần so với năm nào (“gấp 1,5 lần”).", "How many times the figure of which year.", 2020
        ),
        "from_zero": K(
            "`as_rise`: năm gốc bằng 0 mà nay lớn hơn 0 là tăng không giới hạn, vẫn bằng 0 là không tăng; không ghi: năm"
            " gốc bằng 0 thì chưa có số liệu.",
            "`as_rise`: from 0 to more is a rise without limit, and 0 after 0 none; unless said, a base of 0 leaves it"
            " without data.",
            "as_rise",
        ),
    },
    m.CountedGate: {
        "measure": K(
            "Mã số liệu đếm hoặc lượng (count, amount) quyết định có áp dụng hay không.",
            "Id of the count or amount that decides whether it applies.",
            "ethnic_households",
        ),
        **{
            key: K(f"Áp dụng khi số liệu {sign} số này.", f"It applies where the figure is {sign} this.", 10)
            for key, sign in (("at_least", "≥"), ("at_most", "≤"), ("more_than", ">"), ("less_than", "<"))
        },
    },
    m.IndicatorWritten: {
        "id": K("Số của chỉ tiêu như in, đặt trong ngoặc kép.", "The indicator's number as printed, in quotes.", "8.1"),
        "years": K(
            "Các năm chỉ tiêu có hiệu lực, tính cả hai đầu.",
            "Years in which the indicator is in force, both included.",
            {"from": 2026, "to": 2030},
        ),
        "in_force": K(
            "Ngày có hiệu lực khi văn bản nêu theo ngày, trong các năm ở `years`; không ghi `to`: đến hết các năm ấy.",
            "The days on which it is in force, where the law has days, within `years`; open without `to`.",
            {"from": "2027-07-01"},
        ),
        "points": K(
            "Điểm của chỉ tiêu (lớn hơn 0), nếu văn bản có chấm điểm: chỉ để xếp thứ tự, không đổi kết quả.",
            "Points (more than 0), where a document gives any: to rank progress, never part of a verdict.",
            5,
        ),
    },
    m.PendingTarget: {
        "pending": K(
            "Chưa văn bản nào quy định; chờ văn bản nêu ở `decision`. Kết quả: chưa quy định mức đạt.",
            "No document fixes it yet; it waits on `decision`. The verdict is NO_TARGET.",
            {"decision": "bo-tieu-chi-tinh"},
        ),
    },
    m.Pending: {
        "decision": K(
            "Mã văn bản đang chờ, khai ở `decisions`.",
            "Id of the awaited document, from `decisions`.",
            "bo-tieu-chi-tinh",
        ),
        "note": K("Vì sao còn chờ.", "Why it waits.", NOTE),
    },
    m.ClassedValue: {
        "by": K(
            "Các xã khác nhau theo gì: `group` (nhóm xã), `type` (xã, phường), `province` (tỉnh), mã một cách phân loại trong"
            " `classifications`, hoặc mã số liệu Có/Không, kết luận, xếp loại mà xã trả lời.",
            "What communes are told apart by: `group`, `type`, `province`, the id of a classification, or that of a measure"
            " answered with yes or no, met or not, or a grade.",
            "khu-vuc",
        ),
        "values": K(
            "Loại xã → mức của loại ấy: số, một bậc, `pending`, hoặc `not_applicable` (không áp dụng). Với câu trả lời:"
            " `yes`, `no`; `met`, `not_met`; mã bậc.",
            "Class → its target: a number, a grade, `pending`, or `not_applicable`. For an answer: `yes`, `no`; `met`,"
            " `not_met`; the id of a grade.",
            {"bien-gioi": 70, "hai-dao": "not_applicable"},
        ),
        "default": K(
            "“Còn lại”: mức của các loại không nêu ở `values`, và của xã không thuộc loại nào.",
            "The others: the target of classes that `values` does not name, and of communes of none.",
            80,
        ),
    },
    m.DerivedValue: {
        "of": K(
            "Mã yêu cầu mà mức này lấy theo: “bằng 110% mức quy định của chỉ tiêu 4.1”.",
            "The requirement whose target this one is taken from.",
            "4.1",
        ),
        "set": K(
            "Bộ tiêu chí có yêu cầu ở `of`; không ghi là chính bộ này.",
            "The set in which the requirement of `of` stands; this one unless said.",
            "xa-ntm-2026-2030",
        ),
        "reference": K(
            "Mã số để so, khai ở reference-figures.yaml: “cao hơn bình quân chung của tỉnh”.",
            "Id of a reference figure, from reference-figures.yaml.",
            "thu-nhap-tinh",
        ),
        "year": K(
            "Số để so của năm nào: `this_year` (năm xét, mặc định), `year_before`, hoặc một năm.",
            "The year whose figure counts: `this_year` (the year judged, unless said), `year_before`, or a year.",
            "year_before",
        ),
        "times": K("Nhân với; 110% ghi 1.1. Mặc định 1.", "Times what; 110% is 1.1. 1 unless said.", 1.1),
        "plus": K("Cộng thêm (số âm là bớt). Mặc định 0.", "Plus what (less, where negative). 0 unless said.", 5),
    },
    m.ReferenceFigure: {
        "id": K("Mã của số để so.", "Id of the figure.", "thu-nhap-tinh"),
        "label": K(
            "Tên, như luật gọi.",
            "What it is called.",
            {"vi": "Thu nhập bình quân chung của tỉnh", "en": "Average income of the province"},
        ),
        "unit": K(
            "Đơn vị; phải là đơn vị của số liệu được so.",
            "Its unit: that of what is held to it.",
            {"vi": "triệu đồng", "en": "million dong"},
        ),
        "of": K("Của tỉnh hay của cả nước.", "Whether of the province or the nation.", "province"),
        "held_by": K("Cơ quan có số này.", "The agency that has it.", "cuc-thong-ke"),
        "held_by_text": K(
            "Cơ quan có số này, khi không có trong agencies.yaml.",
            "Who has it, where that is a body outside agencies.yaml.",
            {"vi": "Tổng cục Thống kê", "en": "General Statistics Office"},
        ),
        "values": K("Số từng năm.", "The figure of each year.", [{"year": 2026, **PENDING}]),
        "note": K("Ghi chú.", "A note.", NOTE),
    },
    m.ReferenceValue: {
        "year": K("Năm của số.", "The year it is of.", 2026),
        "value": K(
            "Số đã công bố; theo loại xã (tỉnh, vùng) thì ghi như mức đạt.",
            "The figure; by class of communes (province, region) as a target is.",
            45.2,
        ),
        "pending": K(
            "Chưa công bố; chờ văn bản nêu ở `decision`.",
            "Not told yet; it waits on `decision`.",
            {"decision": "bo-tieu-chi-tinh"},
        ),
        "source": K("Văn bản công bố.", "The document that states it.", SOURCE),
        "promulgated": K("Ngày công bố.", "The day it became known.", "2027-03-31"),
    },
    m.Days: {
        "from": K("Ngày đầu có hiệu lực, tính cả ngày đó.", "First day in force, included.", "2026-09-01"),
        "to": K(
            "Ngày cuối có hiệu lực, tính cả ngày đó; bỏ trống: đến khi có văn bản mới.",
            "Last day in force, included; leave out: until further notice.",
            "2030-12-31",
        ),
    },
    m.DatedValue: {
        "value": K("Mức trong thời gian này: số, theo nhóm, hoặc bậc.", "The target in that time.", 7),
        "source": K("Văn bản quy định mức này.", "The document that fixes it.", SOURCE),
        "promulgated": K("Ngày ban hành văn bản đó.", "The day that document was issued.", "2026-07-01"),
    },
}
