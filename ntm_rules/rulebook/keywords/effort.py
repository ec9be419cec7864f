"""The words of plan/effort.yaml."""

from __future__ import annotations

from ntm_rules.rulebook import effort as e
from ntm_rules.rulebook import models as m
from ntm_rules.rulebook.keywords.word import K, Words

_WHY = {"vi": "Chưa có số liệu thực.", "en": "No real figure is known."}
_WHY_KEY = K("Vì sao chọn con số này.", "Why this number was chosen.", _WHY)

OF_EFFORTS: dict[type[m.Written], Words] = {
    e.EffortModel: {
        "note": K(
            "Các con số này là gì; được ghi ở mọi nơi dùng đến chúng.",
            "What these numbers are; said wherever they are used.",
            {"vi": "Giả định, không phải quy định.", "en": "Assumed, no law."},
        ),
        "unit": K("Khối lượng 1 là gì.", "What an effort of 1 is.", {"vi": "một yêu cầu", "en": "one requirement"}),
        "gaps": K(
            "Khối lượng công việc của một yêu cầu chưa đạt ở một xã, theo loại số liệu.",
            "The effort of one requirement not met in one commune, by kind of measure.",
            [{"kinds": ["ruling"], "by": "requirement", "each": 1, "why": _WHY}],
        ),
        "requirements": K(
            "Những yêu cầu nặng hoặc nhẹ hơn loại số liệu của chúng.",
            "Requirements that take more or less than their kind says.",
            [{"ids": ["2.1"], "times": 3, "why": _WHY}],
        ),
        "capacity": K(
            "Mỗi cơ quan chủ trì làm được bao nhiêu trong một năm.",
            "How much a lead agency can do in a year.",
            {"each": 6, "why": _WHY},
        ),
        "stability": K(
            "Thử độ vững của lựa chọn: thay đổi ngẫu nhiên khối lượng và năng lực.",
            "How a choice is tried out: efforts and capacities moved by chance.",
            {"runs": 30, "percent": 20, "seed": 1},
        ),
    },
    e.GapEffort: {
        "kinds": K(
            "Các loại số liệu; mỗi loại ghi một lần.", "Kinds of measures; each stands once.", ["share", "count"]
        ),
        "by": K(
            "`shortfall`: theo phần còn thiếu so với mức đạt; `requirement`: như nhau cho mọi yêu cầu.",
            "`shortfall`: by the shortfall relative to its target; `requirement`: the same for every requirement.",
            "shortfall",
        ),
        "each": K(
            "Khối lượng khi thiếu cả mức đạt, hoặc của một yêu cầu.",
            "The effort of a whole target, or of the requirement.",
            1,
        ),
        "least": K(
            "Khối lượng của phần thiếu nhỏ nhất; chỉ với `shortfall`.",
            "The effort of the smallest shortfall; only with `shortfall`.",
            0.2,
        ),
        "why": _WHY_KEY,
    },
    e.RequirementEffort: {
        "ids": K("Mã các yêu cầu.", "Ids of requirements.", ["2.1", "2.2.a"]),
        "times": K("Nhân khối lượng theo loại với số này.", "What the effort of its kind is multiplied by.", 3),
        "why": _WHY_KEY,
    },
    e.Capacity: {
        "each": K(
            "Mỗi cơ quan mỗi năm, trừ cơ quan được ghi riêng.",
            "Of every agency in every year, save those told apart.",
            6,
        ),
        "why": _WHY_KEY,
        "agencies": K(
            "Các cơ quan ghi riêng; mục ghi sau thay mục ghi trước.",
            "Agencies told apart; a later entry goes before an earlier one.",
            [{"agency": "so-y-te", "each": 8, "why": _WHY}],
        ),
    },
    e.AgencyCapacity: {
        "agency": K("Mã cơ quan chủ trì.", "Id of the lead agency.", "so-y-te"),
        "each": K("Khối lượng mỗi năm.", "Effort in a year.", 8),
        "years": K("Những năm nào; không ghi: mọi năm.", "Which years; all unless said.", {"from": 2027, "to": 2028}),
        "why": _WHY_KEY,
    },
    e.Stability: {
        "runs": K("Số lần thử.", "How many times it is tried.", 30),
        "percent": K("Thay đổi nhiều nhất bao nhiêu phần trăm.", "Moved by how many percent at most.", 20),
        "seed": K(
            "Số khởi đầu của dãy ngẫu nhiên: cùng số thì cùng kết quả.",
            "Where chance starts: the same number gives the same result.",
            1,
        ),
    },
}
