"""The words of a plan's files: goals.yaml and deliverables.yaml."""

from __future__ import annotations

from ntm_rules.rulebook import models as m
from ntm_rules.rulebook import plans as p
from ntm_rules.rulebook.keywords.word import LABEL, NOTE, SOURCE, K, Words

_TARGET = {"at_least": 80, "year": 2030}
_ASSIGNED = {"lead": ["so-xay-dung"], "source": SOURCE}

OF_PLANS: dict[type[m.Written], Words] = {
    p.Goal: {
        "id": K("Mã mục tiêu.", "The goal's id.", "nuoc-sach-2030"),
        "text": K("Câu chữ đúng như in.", "The words exactly as printed.", "80% dân số nông thôn sử dụng nước sạch"),
        "reading": K("Cách đọc đúng khi bản in sai chữ.", "What is meant, where the print has a slip.", "Phấn đấu"),
        "text_en": K("Câu chữ bằng tiếng Anh.", "The words in English.", "80% of rural people use clean water"),
        "source": K("Chỗ ghi mục tiêu.", "Where the goal stands.", SOURCE),
        "kind": K("Loại mục tiêu.", "What kind of goal it is.", "reach"),
        "amount": K(
            "Với lượng hằng năm: số của năm, hay mức tăng, giảm so với năm trước.",
            "Of a yearly amount: the figure of the year, or its rise or fall since the year before.",
            "fall",
        ),
        "figure": K(
            "Mã số liệu của tỉnh cho biết đang ở đâu.",
            "Id of the province's figure that says how it stands.",
            "rural_clean_water_share",
        ),
        "communes": K(
            "Cách tính từ số liệu các xã; không nhập tay.",
            "How it is worked out from communes; never typed.",
            {"number_meeting": "standard"},
        ),
        "base": K("Điểm xuất phát.", "What it starts from.", {"year": 2025, "pending": NOTE}),
        "target": K("Mức phải đạt và năm.", "The number to reach, and by which year.", _TARGET),
        "years": K(
            "Các năm phải bảo đảm, với mục tiêu hằng năm.",
            "The years for which a yearly goal is asked.",
            {"from": 2026, "to": 2030},
        ),
        "assigned": K("Cơ quan chủ trì, phối hợp.", "Who leads and who cooperates.", _ASSIGNED),
        "unassigned": K(
            "Nói rõ khi kế hoạch không phân công cơ quan nào.", "Said where the plan names no lead agency.", NOTE
        ),
        "breaks": K(
            "Các năm đổi cách tính số liệu; hai cách tính là hai chuỗi số.",
            "Years from which the figure is counted otherwise: two definitions, two series.",
            [{"year": 2027, "text": LABEL}],
        ),
        "readings": K(
            "Các cách đọc khác khi kế hoạch ghi không thống nhất; mọi cách đều được tính và nêu.",
            "Other readings where the plan disagrees with itself; each is reckoned and shown.",
            [{"id": "b", "why": LABEL, "figure": "tourism_sites"}],
        ),
        "note": K("Ghi chú.", "A note.", NOTE),
    },
    p.Reading: {
        "id": K("Mã của cách đọc, trong mục tiêu.", "Its id within the goal.", "b"),
        "why": K("Vì sao có cách đọc này.", "Why it can be read so.", NOTE),
        "text": K("Câu chữ đúng như in ở chỗ khác.", "The words as printed elsewhere.", "Khoảng 20 điểm du lịch"),
        "text_en": K("Câu chữ bằng tiếng Anh.", "The words in English.", "About 20 sites"),
        "source": K("Chỗ ghi.", "Where it stands.", SOURCE),
        "figure": K("Mã số liệu của tỉnh theo cách đọc này.", "The province's figure, so read.", "tourism_sites"),
        "communes": K(
            "Cách tính từ các xã theo cách đọc này.",
            "How it follows from communes, so read.",
            {"number_meeting": "recognised"},
        ),
        "target": K("Mức theo cách đọc này.", "The target, so read.", _TARGET),
    },
    p.FromCommunes: {
        "number_meeting": K(
            "Số xã đạt một tiêu chí, chỉ tiêu (mã), đạt chuẩn (`standard`), hay đã được công nhận (`recognised`).",
            "How many communes meet a criterion or indicator (its id), the standard (`standard`), or are `recognised`.",
            "standard",
        ),
        "share_meeting": K("Như trên, phần trăm trên tổng số xã.", "The same, in percent of all communes.", "10.2"),
        "average_of": K(
            "Mã số liệu tỷ lệ của xã: tổng tử số chia tổng mẫu số của các xã.",
            "A share that communes report: all numerators over all denominators.",
            "poverty_rate",
        ),
    },
    p.GoalTarget: {
        "at_least": K("Ít nhất, tính cả mức ấy.", "At least this.", 80),
        "more_than": K("Trên mức này.", "More than this.", 95),
        "at_most": K("Nhiều nhất, tính cả mức ấy.", "At most this.", 50),
        "less_than": K("Dưới mức này.", "Less than this.", 10),
        "up_to": K(
            "Đầu kia của khoảng (3 - 4); mức để xét là số của phép so.",
            "The other end of a range (3 - 4); the bar is the number of the comparison.",
            4,
        ),
        "about": K(
            "Văn bản ghi “khoảng”, “cơ bản”: số lấy đúng như in, và nói rõ.",
            "The text says “about”: the number is taken as printed, and that is said.",
            True,
        ),
        "times_value_of": K(
            "Mức bằng bấy nhiêu lần giá trị của chính mục tiêu này ở năm ghi đây.",
            "The number is so many times this goal's own value of the year given here.",
            2030,
        ),
        "pending": K("Chưa có con số: đang chờ gì, của ai.", "No number is fixed: what is awaited.", NOTE),
        "year": K("Hết năm nào.", "By the end of which year.", 2030),
    },
    p.Base: {
        "year": K("Năm xuất phát.", "The year it starts from.", 2025),
        "value": K("Giá trị của năm ấy.", "Its value in that year.", 32),
        "source": K("Nguồn của giá trị.", "Where the value stands.", SOURCE),
        "pending": K("Chưa có giá trị: văn bản nào có.", "No value is at hand: which document has it.", NOTE),
    },
    p.SeriesBreak: {
        "year": K("Năm đầu tiên tính theo cách mới.", "The first year of the new definition.", 2027),
        "text": K("Đổi thế nào.", "What changes.", NOTE),
        "source": K("Văn bản đổi.", "The document that changes it.", SOURCE),
    },
    p.Assigned: {
        "lead": K("Mã các cơ quan chủ trì.", "Ids of the lead agencies.", ["so-xay-dung"]),
        "cooperating": K("Cơ quan phối hợp, đúng như in.", "Who cooperates, as printed.", LABEL),
        "source": K("Chỗ phân công.", "Where the assignment stands.", SOURCE),
    },
    p.Deliverable: {
        "id": K("Mã văn bản phải có.", "The deliverable's id.", "bo-tieu-chi-cua-tinh"),
        "text": K("Nhiệm vụ, đúng như in.", "The task exactly as printed.", "Xây dựng Bộ tiêu chí"),
        "reading": K("Cách đọc đúng khi bản in sai chữ.", "What is meant, where the print has a slip.", "Tham mưu"),
        "text_en": K("Nhiệm vụ bằng tiếng Anh.", "The task in English.", "Draw up the criteria"),
        "source": K("Chỗ giao nhiệm vụ.", "Where the task stands.", SOURCE),
        "lead": K("Mã các cơ quan chủ trì.", "Ids of the lead agencies.", ["so-xay-dung"]),
        "lead_text": K(
            "Ai phải làm, khi không phải cơ quan khai ở agencies.yaml.",
            "Who owes it, where that is no agency of agencies.yaml.",
            LABEL,
        ),
        "by_each": K(
            "Mỗi cơ quan chủ trì đều phải có một văn bản của mình.",
            "Every lead agency owes one of its own.",
            True,
        ),
        "cooperating": K("Cơ quan phối hợp, đúng như in.", "Who cooperates, as printed.", LABEL),
        "due": K("Thời hạn, đúng ngày in.", "The day printed.", "2026-07-31"),
        "in_year": K("Trong năm nào, khi không ghi ngày.", "In which year, where no day is printed.", 2028),
        "every_year": K("Hằng năm.", "Every year.", {"from": 2027, "to": 2030, "month": 3, "day": 31}),
        "due_printed": K("Thời hạn đúng như in.", "The time as printed.", "Trước ngày 31/7/2026"),
        "product": K("Sản phẩm, kết quả.", "What it results in.", LABEL),
        "report": K(
            "Là dự thảo báo cáo nào của chương trình.", "Which of the program's drafts it is.", "province_year"
        ),
        "recipients": K("Nơi nhận.", "Who receives it.", [LABEL]),
        "done": K(
            "Đã ban hành: số, ngày.",
            "Issued already: number and day.",
            [{"number": "1/QĐ-UBND", "date": "2026-04-29"}],
        ),
        "note": K("Ghi chú.", "A note.", NOTE),
    },
    p.EveryYear: {
        "month": K("Tháng của thời hạn.", "The month of the day.", 3),
        "day": K("Ngày của thời hạn.", "The day of the month.", 31),
    },
    p.Done: {
        "number": K("Số, ký hiệu.", "Number and sign.", "1/QĐ-UBND"),
        "date": K("Ngày ban hành.", "The day of issue.", "2026-04-29"),
    },
    m.PlanFiles: {
        "code": K("Mã tỉnh, trong số liệu của tỉnh.", "The province's code, in its own figures.", "12"),
        "figures": K(
            "Tệp số liệu tỉnh báo cáo, cùng dạng với measures.yaml.",
            "File of what the province reports, in the form of measures.yaml.",
            "plan/figures.yaml",
        ),
        "goals": K("Tệp các mục tiêu.", "File of the goals.", "plan/goals.yaml"),
        "deliverables": K("Tệp các văn bản phải có.", "File of the documents owed.", "plan/deliverables.yaml"),
        "bands": K(
            "Ngưỡng xếp tiến độ các mục tiêu.",
            "Bands of the goals' course.",
            {"on_course": 0.95, "behind": 0.6, "origin": NOTE},
        ),
    },
    m.CourseBands: {
        "on_course": K(
            "Từ phần này của tiến độ cần có: đúng tiến độ.",
            "From this part of the needed progress on: on course.",
            0.95,
        ),
        "behind": K("Từ phần này: chậm; dưới nữa: chậm nhiều.", "From this part on: behind; below: far behind.", 0.6),
        "origin": K("Ngưỡng lấy ở đâu.", "Where the bands come from.", NOTE),
    },
}
