"""The addresses; each has its row in `appraisal.permissions`, else it is nobody's."""

from __future__ import annotations

from django.urls import path

from ntm_rules.web.extracts import COLLECTIONS
from ntm_rules.web.views import (
    accounts,
    agency,
    api,
    appraise,
    criterion,
    dossier,
    evidence,
    forms,
    layers,
    notices,
    overview,
    progress,
    queue,
    rounds,
    searching,
    second_factor,
    signing,
    tokens,
    work,
    wrong,
)

urlpatterns = [
    path("", work.work, name="work"),
    path("dang-nhap", signing.sign_in, name="sign-in"),
    path("dang-xuat", signing.sign_out, name="sign-out"),
    path("ngon-ngu", signing.language, name="language"),
    path("mat-khau", signing.password, name="password"),
    path("ma", second_factor.second_factor, name="second-factor"),
    path("ma-thu-hai", second_factor.enrol, name="enrol"),
    path("dot", rounds.rounds, name="rounds"),
    path("dot/moi", rounds.new_round, name="new-round"),
    path("dot/<int:round>", rounds.round_, name="round"),
    path("ho-so/<int:dossier>", dossier.dossier, name="dossier"),
    path("ho-so/<int:dossier>/muc/<str:section>", criterion.criterion, name="criterion"),
    path("ho-so/<int:dossier>/so-lieu/<str:measure>", criterion.figure, name="figure"),
    path("ho-so/<int:dossier>/minh-chung", evidence.add, name="add-evidence"),
    path("ho-so/<int:dossier>/minh-chung/<int:evidence>", evidence.evidence, name="evidence"),
    path("ho-so/<int:dossier>/minh-chung/<int:evidence>/bo", evidence.withdraw, name="withdraw-evidence"),
    path("ho-so/<int:dossier>/phieu.xlsx", forms.form, name="form"),
    path("ho-so/<int:dossier>/nop-phieu", forms.hand_in, name="hand-in"),
    path("ho-so/<int:dossier>/nop-phieu/<int:handed_in>", forms.handed_in, name="handed-in"),
    path("ho-so/<int:dossier>/kiem-tra", dossier.checks, name="checks"),
    path("ho-so/<int:dossier>/nhat-ky", dossier.log, name="log"),
    path("ho-so/<int:dossier>/buoc/<slug:step>", dossier.step, name="step"),
    path("dot/<int:round>/gia-han", agency.extend, name="extend"),
    path("dot/<int:round>/lop/<slug:layer>.csv", layers.layer, name="layer"),
    path("dot/<int:round>/co-quan/<slug:agency>", queue.queue, name="queue"),
    path("dot/<int:round>/co-quan/<slug:agency>/dong-y", queue.agree, name="agree"),
    path("dot/<int:round>/co-quan/<slug:agency>/xac-nhan", queue.confirm, name="confirm"),
    path("co-quan/<slug:agency>/thay-mat", agency.substitutes, name="substitutes"),
    path("ho-so/<int:dossier>/doi-chieu", layers.layers, name="layers"),
    path("ho-so/<int:dossier>/tra-loi", agency.answer, name="answer"),
    path("ho-so/<int:dossier>/co-quan/<slug:agency>", appraise.appraise, name="appraise"),
    path("ho-so/<int:dossier>/co-quan/<slug:agency>/yeu-cau", appraise.ask, name="ask"),
    path("dot/<int:round>/ket-qua/<slug:layer>/<str:file>", overview.overview, name="overview"),
    path("dot/<int:round>/tien-do", progress.progress, name="progress"),
    path("han.ics", progress.calendar, name="calendar"),
    path("thong-bao", notices.notices, name="notices"),
    path("tim", searching.search, name="search"),
    path("the-truy-cap", tokens.tokens, name="tokens"),
    path("api/v1/openapi.json", api.openapi, name="openapi"),
    path("api/v1/rounds", api.api_rounds, name="api-rounds"),
    *(
        path(f"api/v1/rounds/<int:round>/{name}", api.api_collection, {"collection": name}, name=f"api-{name}")
        for name in COLLECTIONS
    ),
    path("tai-khoan", accounts.accounts, name="accounts"),
    path("tai-khoan/<int:account>", accounts.account, name="account"),
]
handler404 = wrong.not_there
handler500 = wrong.broken
handler400 = wrong.bad
