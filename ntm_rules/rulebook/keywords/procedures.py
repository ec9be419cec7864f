"""The keywords of procedure.yaml."""

from __future__ import annotations

from ntm_rules.rulebook import models as m
from ntm_rules.rulebook import procedures as d
from ntm_rules.rulebook.keywords.word import LABEL, NOTE, SOURCE, K, Words

OF_PROCEDURES: dict[type[m.Written], Words] = {
    d.Procedure: {
        "documents": K(
            "Các văn bản mà quy trình dẫn.",
            "The documents that the procedure quotes.",
            [{"id": "qd-vi-du", "number": "1/QĐ-TTg", "title": LABEL}],
        ),
        "parameters": K(
            "Các con số của quy trình, mỗi số có nguồn hoặc ghi đang chờ.",
            "The numbers of the procedure, each with its source or pending.",
            [{"id": "comment_days", "title": LABEL, "unit": LABEL, "pending": NOTE}],
        ),
        "comments": K(
            "Các số liệu lấy ý kiến người dân do cơ quan thường trực ghi, không cơ quan nào thẩm định.",
            "The figures that residents' comments are: recorded by the standing office, appraised by no agency.",
            {"surveyed": "households_surveyed_share", "satisfied": "residents_satisfied_share"},
        ),
        "return_reasons": K(
            "Các lý do trả lại hồ sơ, để dễ theo dõi.",
            "The reasons for returning a dossier, for the sake of order.",
            [{"id": "thieu-so-lieu", "label": LABEL}],
        ),
    },
    d.Parameter: {
        "id": K("Mã của con số.", "The number's id.", "comment_days"),
        "title": K("Con số nói gì.", "What the number says.", LABEL),
        "unit": K("Đơn vị.", "Its unit.", LABEL),
        "value": K("Giá trị mà văn bản quy định.", "The value that a document fixes.", 15),
        "of": K(
            "Tỷ lệ phiếu tính trên đâu: members (thành viên), present (người có mặt), votes (phiếu đã bỏ); không ghi thì chỉ đếm.",
            "What a share of votes is of: members, present or votes; votes are only counted where it is not said.",
            "present",
        ),
        "source": K(
            "Văn bản quy định, là một văn bản của tệp này.", "The document that fixes it, one of this file.", SOURCE
        ),
        "pending": K("Chưa có giá trị: đang chờ văn bản nào.", "No value is known: which document it waits for.", NOTE),
    },
    d.CommentMeasures: {
        "surveyed": K(
            "Số liệu tỷ lệ hộ được lấy ý kiến.", "The share of households asked.", "households_surveyed_share"
        ),
        "satisfied": K(
            "Số liệu tỷ lệ hộ hài lòng trong số được hỏi.",
            "The share of households satisfied, of those asked.",
            "residents_satisfied_share",
        ),
    },
    d.ReturnReason: {
        "id": K("Mã lý do.", "The reason's id.", "thieu-so-lieu"),
        "label": K("Lý do, như xã đọc.", "The reason as the commune reads it.", LABEL),
    },
}
