"""A round played in a real browser by officer, head and standing office: typed, kept while the network is away, submitted,
returned, accepted; every kind of page accessible, narrow and wide, light."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.report.browsing import NARROW, WIDE, at_width, measured

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

TREATED, EMPTY, AGENCY = "household_waste_treated_share", "03390", "so-nong-nghiep-moi-truong"
PATIENCE = 20.0


class Served(NamedTuple):
    """A practice installation that is served."""

    address: str
    password: str
    folder: Path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`ntm web demo`, in a process of its own."""
    pytest.importorskip("django", reason="the extra web is not installed")
    folder = tmp_path_factory.mktemp("demo") / "ntm-web"
    command = [sys.executable, "-m", "ntm_rules", "web", "demo", "--folder", str(folder), "--port", "0", "--no-browser"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "COLUMNS": "200"}
    log = folder.parent / "log.txt"
    with log.open("w", encoding="utf-8") as stream:
        running = subprocess.Popen(command, stdout=stream, stderr=subprocess.STDOUT, env=environment)
    try:
        yield _told(log)
    finally:
        running.terminate()
        running.wait(PATIENCE)


def _told(log: Path) -> Served:
    """Wait for what the command says of where it serves and how to sign in."""
    until = time.monotonic() + 9 * PATIENCE
    while time.monotonic() < until:
        said = log.read_text(encoding="utf-8")
        address, password = re.search(r"http://localhost:([0-9]+)/", said), re.search(r"thu-[0-9a-f]{8}", said)
        if address and password:
            return Served(f"http://127.0.0.1:{address[1]}", password[0], log.parent)
        time.sleep(0.2)
    raise AssertionError(log.read_text(encoding="utf-8"))


def wait(what: Callable[[], Any], said: str) -> Any:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = what()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(said)


def of_another_page(error: Exception) -> bool:
    """Tell what a driver says of an element whose page was left, or a part of which was drawn anew, meanwhile."""
    from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException

    left = isinstance(error, NoSuchElementException | StaleElementReferenceException)
    return left or "does not belong to the document" in str(error)


class Person:
    """Somebody at the browser."""

    def __init__(self, browser: Chrome, served: Served) -> None:
        self.browser, self.served = browser, served

    def signs_in(self, name: str) -> None:
        self.browser.delete_all_cookies()
        self.opens("/dang-nhap")
        self.types("[name=username]", name)
        self.types("[name=password]", self.served.password)
        self.presses("button.main")
        wait(lambda: self.browser.current_url == f"{self.served.address}/", "signed in")

    def opens(self, path: str) -> None:
        self.browser.get(self.served.address + path)

    def types(self, selector: str, text: str) -> None:
        field = self.finds(selector)
        field.clear()
        field.send_keys(text)

    def presses(self, selector: str) -> None:
        from selenium.common.exceptions import WebDriverException

        def pressed() -> bool:
            try:
                self.finds(selector).click()
            except WebDriverException as error:
                if not of_another_page(error):
                    raise
                return False
            return True

        wait(pressed, selector)

    def finds(self, selector: str) -> Any:
        """Return what stands at a selector; the page that a press asked for may still be on its way."""
        found = wait(lambda: self.browser.find_elements("css selector", selector), selector)
        return found[0]

    def sees(self, selector: str, words: str) -> None:
        """Wait until a page says something."""
        from selenium.common.exceptions import WebDriverException

        def said() -> bool:
            try:
                return words in self.reads(selector)
            except WebDriverException as error:
                if not of_another_page(error):
                    raise
                return False

        wait(said, words)

    def reads(self, selector: str) -> str:
        return str(self.finds(selector).text)

    def dossier_of(self, name: str) -> str:
        """Return the path of a commune's dossier, from the round or one's own work."""
        (link, *_others) = wait(lambda: self.browser.find_elements("partial link text", name), name)
        found = re.search(r"/ho-so/[0-9]+", str(link.get_attribute("href")))
        assert found is not None
        return found[0]


def assert_fit(person: Person, where: str) -> None:
    """No fault that axe knows, no wider than the window, nothing refused by the browser."""
    browser = person.browser
    axe = next(p for p in files("axe_core_python").iterdir() if p.name == "axe.min.js").read_text("utf-8")
    browser.execute_script(axe)  # type: ignore[no-untyped-call]
    for width in (NARROW, WIDE):
        at_width(browser, width)
        assert measured(browser, "document.documentElement.scrollWidth") <= width, where
        browser.execute_script("document.querySelectorAll('details').forEach(one => { one.open = true; })")  # type: ignore[no-untyped-call]
        found = browser.execute_async_script(  # type: ignore[no-untyped-call]
            "axe.run(document, {resultTypes: ['violations']}).then(arguments[arguments.length - 1])"
        )
        assert found["passes"], where
        assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == [], (where, width)
    _pictured(browser, where)


def _pictured(browser: Chrome, where: str) -> None:
    """Leave a picture of the page at both widths where the environment says so, for whoever wants to look."""
    folder = os.environ.get("NTM_TEST_PICTURES")
    for width in (NARROW, WIDE) if folder else ():
        at_width(browser, width)
        height = min(8000, int(measured(browser, "document.documentElement.scrollHeight")))
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width == NARROW}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        browser.save_screenshot(str(Path(str(folder)) / f"{where.replace(' ', '-')}-{width}.png"))
    at_width(browser, WIDE)


def offline(browser: Chrome, away: bool) -> None:
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd(
        "Network.emulateNetworkConditions",
        {"offline": away, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1},
    )


@pytest.mark.long
def test_a_round_is_played_from_the_first_figure_to_acceptance(browser: Chrome, served: Served) -> None:
    """One test, for each step stands on the one before it."""
    person = Person(browser, served)
    browser.get_log("browser")  # type: ignore[no-untyped-call]
    person.opens("/dang-nhap")
    sent = measured(
        browser,
        "performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))"
        ".reduce((sum, one) => sum + one.transferSize, 0)",
    )
    assert 0 < sent < 100_000
    assert_fit(person, "sign in")

    person.signs_in(f"cb.{EMPTY}")
    assert "còn thiếu" in person.reads("main")
    assert_fit(person, "work")
    dossier = person.dossier_of("Bình Lư")
    person.opens(dossier)
    assert_fit(person, "dossier")
    person.opens(f"{dossier}/muc/8")
    assert_fit(person, "criterion")
    question, cell = f"#so-{TREATED}", f"#so-{TREATED} [data-part=value]"
    state = f"{question} [data-state]"

    person.types(cell, "79,95")
    wait(lambda: "Đã lưu" in person.reads(state), "saved while typing")
    assert "Chưa đạt" in person.reads(f"{question} .held")
    assert "0,05" in person.reads(f"{question} .held")

    person.types(cell, "1.234")
    wait(lambda: "ghi chưa đúng" in person.reads(state), "refused")
    assert "1234 hoặc 1,234" in person.reads(f"{question} [data-said]")
    assert person.reads("[data-waiting]") == "1 số liệu ghi chưa đúng, chưa lưu"

    offline(browser, True)
    person.types(cell, "81")
    wait(lambda: "giữ trên máy này" in person.reads(state), "kept")
    person.presses("button.main[form=figures]")
    wait(lambda: "giữ trên máy này" in person.reads(state), "kept though the page was to be saved")
    assert "giữ trên máy này: 1" in person.reads("[data-done]")
    offline(browser, False)
    browser.execute_script("window.dispatchEvent(new Event('online'))")  # type: ignore[no-untyped-call]
    wait(lambda: "Đã lưu" in person.reads(state), "sent again")
    person.presses("button.main[form=figures]")
    person.sees("[data-done]", "đã được lưu")
    person.opens(f"{dossier}/muc/8")
    assert person.finds(cell).get_attribute("value") == "81"
    assert "Đạt" in person.reads(f"{question} .held")

    browser.execute_script(  # type: ignore[no-untyped-call]
        "const body = new FormData(document.querySelector('#figures'));"
        "body.set('value', '75'); body.set('base', arguments[1]); body.set('key', 'another');"
        "return fetch(arguments[0], {method: 'POST', body})",
        f"{dossier}/so-lieu/{TREATED}",
        person.finds(question).get_attribute("data-version"),
    )
    person.types(cell, "82")
    wait(lambda: "đã lưu giá trị khác" in person.reads(state), "conflict")
    assert "«75»" in person.reads(f"{question} [data-said]")
    person.presses(f"{question} [data-said] button")
    wait(lambda: "Đã lưu" in person.reads(state), "kept what was typed")
    assert measured(browser, "Object.keys(localStorage).filter(name => name.startsWith('ntm:')).length") == 0

    for page in ("nop-phieu", "kiem-tra", "nhat-ky", "muc/3"):
        person.opens(f"{dossier}/{page}")
        assert_fit(person, page)

    person.signs_in(f"ct.{EMPTY}")
    person.opens(dossier)
    person.presses("form[action$='/buoc/submit'] button")
    person.sees("main", "Đã nộp")

    person.signs_in("thuong-truc")
    assert_fit(person, "work of the office")
    person.opens("/dot/1")
    assert_fit(person, "round")
    person.opens("/dot/moi")
    assert_fit(person, "new round")
    person.opens(dossier)
    person.presses("form[action$='/buoc/return'] button")
    person.sees("[role=alert]", "Chọn một lý do")
    person.presses("form[action$='/buoc/return'] option[value=thieu-so-lieu]")
    person.types("form[action$='/buoc/return'] textarea", "Thiếu số liệu tiêu chí 2")
    person.presses("form[action$='/buoc/return'] button")
    person.sees("[role=status]", "Đã thực hiện")

    person.signs_in(f"ct.{EMPTY}")
    person.opens(dossier)
    assert "Thiếu số liệu tiêu chí 2" in person.reads("main")
    assert_fit(person, "returned")
    person.presses("form[action$='/buoc/submit'] button")
    person.sees("main", "Đã nộp")
    person.signs_in("thuong-truc")
    person.opens(dossier)
    person.presses("form[action$='/buoc/accept'] button")
    person.sees("main", "Đang thẩm định")
    person.opens(f"{dossier}/nhat-ky")
    assert person.reads("main").count("Nộp hồ sơ") == 2

    _is_appraised(person, dossier)
    _is_concluded(person)
    _is_pinned_anew_and_closed(person)

    person.signs_in("quan-tri")
    person.opens("/tai-khoan")
    assert_fit(person, "accounts")
    person.opens("/tai-khoan/9")
    assert_fit(person, "account")
    said = [entry["message"] for entry in browser.get_log("browser")]  # type: ignore[no-untyped-call]
    refused = [words for words in said if "Content Security Policy" in words or "Uncaught" in words]
    assert refused == []


def _is_appraised(person: Person, dossier: str) -> None:
    """An expert finds and asks, the commune answers, the expert proposes again, the head confirms."""
    where = f"{dossier}/co-quan/{AGENCY}"
    person.signs_in(f"cv.{AGENCY}")
    assert_fit(person, "work of an expert")
    person.opens(f"/dot/1/co-quan/{AGENCY}")
    assert_fit(person, "queue")
    person.opens(f"/dot/1/co-quan/{AGENCY}/dong-y")
    assert_fit(person, "agree at once")
    person.opens(where)
    assert_fit(person, "appraise")
    person.presses(f"#so-{TREATED} option[value=own]")
    person.presses("button.main")
    person.sees("[role=alert]", "Chưa ghi nhận được tất cả")
    person.sees(f"#so-{TREATED} .said", "phải có lý do")
    person.presses(f"#so-{TREATED} input[name=item]")
    person.presses("#f-cause option[value=thieu-so-lieu]")
    person.types("#f-asked", "Thiếu danh sách hộ")
    person.presses("button[formaction]")
    person.sees("[role=alert]", "vừa ghi ý kiến thẩm định vừa đề nghị xã bổ sung")
    person.presses(f"#so-{TREATED} option[value='']")
    person.presses("button[formaction]")
    person.sees("[role=status]", "Đã đề nghị xã bổ sung 1 số liệu")

    person.signs_in(f"cb.{EMPTY}")
    assert_fit(person, "work of an officer who is asked")
    person.opens(f"{dossier}/muc/8")
    assert "Cơ quan đề nghị bổ sung: Sở Nông nghiệp và Môi trường" in person.reads(f"#so-{TREATED}")
    person.types(f"#so-{TREATED} [data-part=value]", "83")
    wait(lambda: "Đã lưu" in person.reads(f"#so-{TREATED} [data-state]"), "saved what was asked for")
    assert len(person.browser.find_elements("css selector", "[data-part=value]")) == 1
    person.signs_in(f"ct.{EMPTY}")
    person.opens(dossier)
    assert_fit(person, "asked")
    person.types("#f-answer", "Đã bổ sung")
    person.presses("button[form=answer]")
    person.sees("[role=status]", "Đã trả lời")

    person.signs_in(f"cv.{AGENCY}")
    person.opens(where)
    person.sees(f"#so-{TREATED}", "Đã bổ sung")
    person.presses(f"#so-{TREATED} option[value=agree]")
    person.presses("button.main")
    person.sees("[role=status]", "Đã đề xuất 1 ý kiến")
    person.signs_in(f"ld.{AGENCY}")
    person.opens(f"/dot/1/co-quan/{AGENCY}/xac-nhan")
    assert_fit(person, "confirm")
    person.presses(f"input[name=item][value*={TREATED}]")
    person.presses("button[value=confirm]")
    person.sees("[role=status]", "Đã xác nhận: 1 số liệu")
    person.opens(f"/co-quan/{AGENCY}/thay-mat")
    assert_fit(person, "substitutes")
    person.opens(f"{dossier}/doi-chieu")
    assert_fit(person, "layers")
    assert "83" in person.reads("table")


def _is_concluded(person: Person) -> None:
    """The commune before the practice council: voted on, concluded, recognised; the register says so."""
    person.signs_in("thuong-truc")
    person.opens("/dot/1/hoi-dong")
    assert_fit(person, "council of the office")
    person.signs_in("thu-ky")
    assert_fit(person, "work of the secretary")
    person.opens("/dot/1/hoi-dong")
    assert_fit(person, "council of the secretary")
    dossier = person.dossier_of("Lê Lợi")
    person.opens("/dot/1/hoi-dong/1")
    assert_fit(person, "closed session")
    for member in ("thanh-vien", "thanh-vien-2"):
        person.signs_in(member)
        person.presses("a[href$='/bieu-quyet']")
        person.presses("input[value=for]")
        person.presses("button.main")
        person.sees("main", "Ý kiến của anh/chị: Đồng ý")
    assert_fit(person, "votes")
    person.signs_in("thu-ky")
    person.opens("/dot/1/hoi-dong/2")
    assert_fit(person, "open session")
    person.types("#f-text", "Hội đồng đã thảo luận")
    offline(person.browser, True)
    person.presses("button[value=closing]")
    person.sees("[role=alert]", "Nội dung đã nhập vẫn còn ở trang này")
    offline(person.browser, False)
    assert person.finds("#f-text").get_attribute("value") == "Hội đồng đã thảo luận"
    person.presses("button[value=closing]")
    person.sees("#ket-thuc", "Kết thúc phiên họp?")
    assert_fit(person, "a session about to close")
    person.presses("button[value=close]")
    person.sees("[role=status]", "Phiên họp đã kết thúc")
    person.opens(f"{dossier}/ket-luan")
    for choice in person.browser.find_elements("css selector", "select[name^=concluded] option[value=meets]"):
        choice.click()
    person.presses("button.main")
    person.sees("[role=alert]", "Nêu lý do")
    assert_fit(person, "conclusion")
    person.types("#f-shared", "Đã thảo luận")
    person.presses("button.main")
    person.sees("[role=status]", "Đã ghi kết luận")
    person.presses("form[action$='/buoc/conclude'] button")
    person.sees("main", "Hội đồng kết luận: Đạt chuẩn")
    person.opens(f"{dossier}/lay-y-kien")
    assert_fit(person, "comments")

    person.signs_in("van-phong")
    assert_fit(person, "work of the recorder")
    person.opens(f"{dossier}/quyet-dinh")
    assert_fit(person, "record")
    file = person.served.folder / "quyet-dinh.pdf"
    file.write_bytes(b"%PDF-1.4\n")
    person.presses("option[value=recognise]")
    person.types("#f-number", "12/QĐ-UBND")
    person.browser.execute_script(  # type: ignore[no-untyped-call]
        "document.querySelector('#f-day').value = "
        "new Intl.DateTimeFormat('en-CA', {timeZone: 'Asia/Ho_Chi_Minh'}).format(new Date())"  # the day of the session
    )
    person.finds("#f-file").send_keys(str(file))
    person.presses("button.main")
    person.sees("[role=status]", "Đã ghi quyết định")
    assert_fit(person, "recognised")
    person.opens("/cong-nhan")
    assert "12/QĐ-UBND" in person.reads("table")
    assert_fit(person, "register")


LATER = """
id: muc-moi
applies_to: lai-chau-2026-2030
title: {vi: Quyết định minh họa, en: Invented decision}
promulgated: 2026-06-01
effective: {from: 2026-06-01}
illustrative: true
set:
  "8.1.b": 85
"""


def _is_pinned_anew_and_closed(person: Person) -> None:
    """The office changes a day, looks at another version of the criteria and lets the round follow it, then closes the round."""
    person.signs_in("lanh-dao")
    assert "xã đã nộp" in person.reads("main")
    assert_fit(person, "work of a leader")
    person.signs_in("thuong-truc")
    person.opens("/dot/1")
    person.presses("#ngay summary")
    person.browser.execute_script("document.querySelector('#f-day').value = '2020-01-01'")  # type: ignore[no-untyped-call]
    person.types("#f-why", "Sửa ngày ghi nhầm")
    person.presses("#ngay button")
    person.sees("#ngay [role=alert]", "đã qua")
    assert_fit(person, "a day that cannot be")
    file = person.served.folder / "muc-moi.overlay.yaml"
    file.write_text(LATER, "utf-8")
    person.opens("/dot/1/phien-ban")
    assert_fit(person, "versions of the criteria")
    person.finds("#f-overlays").send_keys(str(file))
    person.presses("button.main")
    person.sees("main", "85%")
    assert_fit(person, "effect of another version")
    person.types("#f-reason", "Quyết định mới có hiệu lực")
    person.presses("button.main")
    person.sees("[role=status]", "quay lại các cơ quan")
    assert_fit(person, "round that follows another version")
    person.opens("/dot/1/ket-thuc")
    assert_fit(person, "closing")
    person.types("#f-reason", "Hết năm đánh giá")
    person.presses("button.main")
    person.sees("[role=status]", "Đợt đánh giá đã kết thúc")
    assert_fit(person, "closed round")


@pytest.mark.long
def test_a_paper_is_handed_out_signed_and_taken_in(browser: Chrome, served: Served) -> None:
    """A head hands a paper out, signs it at the link that serves once, and finds it with its signature."""
    pytest.importorskip("pyhanko", reason="the extra `signed` is not installed")
    from tests.web.signing import holder, paper, signed

    person = Person(browser, served)
    given, back = served.folder / "tu-danh-gia.pdf", served.folder / "da-ky.pdf"
    given.write_bytes(paper())
    back.write_bytes(signed(given.read_bytes(), holder("Lò Văn A", holder("Gốc (bịa)"))))
    person.signs_in(f"ct.{EMPTY}")
    papers = f"{person.dossier_of('Bình Lư')}/ky"
    person.opens(papers)
    assert_fit(person, "papers to be signed")
    person.finds("#f-file").send_keys(str(given))
    person.presses("form.sheet button.main")
    person.sees("[role=status]", "tu-danh-gia.pdf")
    person.presses("form[action$='/lien-ket'] button")
    person.sees("main", "/ky/")
    assert_fit(person, "a link to sign")
    found = re.search(r"https?://\S+(/ky/[\w-]{43})", person.reads("main"))
    assert found
    person.opens(found[1])
    assert_fit(person, "a paper to sign")
    person.finds("#f-file").send_keys(str(back))
    person.presses("form.sheet button.main")
    person.sees("main", "Lò Văn A")
    assert_fit(person, "a paper that came back")
    person.opens(papers)
    assert "Lò Văn A" in person.reads("main")
    assert_fit(person, "papers signed")
