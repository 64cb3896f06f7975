"""The director's tablet and the wall, two browsers at once: commands, the wheel, modes, black-out, banner, devices."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime

import pytest
from selenium import webdriver

from commands.visit_play import Player
from dashboard.rehearsal import Rehearsal, SpokenStep
from data.accounts import audit
from data.clock import SHANGHAI
from tests.browser.browser import Browser
from tests.browser.conftest import open_chromium
from tests.browser.directing import PATIENCE_S, Directing, directing, frames_until

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tablet_driver() -> Iterator[webdriver.Chrome]:
    """A second Chromium: the tablet and the wall share no cookie."""
    binary, chromedriver = shutil.which("chromium"), shutil.which("chromedriver")
    if not binary or not chromedriver:
        pytest.skip("chromium and chromium-driver are not installed")
    found = open_chromium(binary, chromedriver)
    yield found
    found.quit()


@pytest.fixture(scope="module")
def pair(
    tmp_path_factory: pytest.TempPathFactory, driver: webdriver.Chrome, tablet_driver: webdriver.Chrome
) -> Iterator[Directing]:
    """Anybody's browser is a wall."""
    folder = tmp_path_factory.mktemp("directing")
    with directing(folder, Browser(tablet_driver), Browser(driver), devices="open") as found:
        yield found


@pytest.fixture(scope="module")
def enrolled(
    tmp_path_factory: pytest.TempPathFactory, driver: webdriver.Chrome, tablet_driver: webdriver.Chrome
) -> Iterator[Directing]:
    """Only enrolled browsers are walls."""
    folder = tmp_path_factory.mktemp("enrolled")
    with directing(folder, Browser(tablet_driver), Browser(driver), devices="enrolled") as found:
        yield found


def test_a_command_reaches_the_wall_and_the_miniature(pair: Directing) -> None:
    pair.open_wall()
    pair.open_tablet()
    pair.tap("#scenes button", "组织生活")
    pair.until_shown("organisation-life")
    pair.tap("#hold", "停在本幕")
    pair.wall.until(lambda: pair.wall.run("return vanguard.step.held"), "the wall is held")
    miniature = "return document.getElementById('preview').contentWindow.vanguard.shownPage().dataset"
    pair.tablet.until(
        lambda: pair.tablet.run(f"{miniature}.scene") == "organisation-life",
        "the miniature follows",
        PATIENCE_S,
    )
    assert pair.tablet.run(f"{miniature}.step") == pair.shown("step")
    assert pair.tablet.text("scene") == "组织生活"
    pair.tap("[data-do=previous]")
    pair.tablet.until(lambda: pair.tablet.text("scene") != "组织生活", "the tablet knows the scene before it")
    pair.until_shown(pair.tablet.run("return desk.state.step.scene"))
    done = audit.newest(pair.served.accounts, 3, action="direct")
    assert [(one.subject, one.outcome, one.login) for one in reversed(done)] == [
        ("show organisation-life", "ok", "operator"),
        ("hold", "ok", "operator"),
        ("previous", "ok", "operator"),
    ]
    pair.tap("#programme")
    pair.wall.until(lambda: not pair.wall.run("return vanguard.step.held"), "the programme goes on")


def test_a_town_comes_into_focus_and_a_month_is_marked(pair: Directing) -> None:
    pair.open_wall()
    pair.open_tablet()
    pair.tap("#scenes button", "全区总览")
    pair.until_shown("overview")
    pair.tap("#hold", "停在本幕")
    name = pair.tablet.run("return document.querySelectorAll('#towns button')[2].textContent")
    pair.tap("#towns button", name)
    tile = "return vanguard.shownPage().querySelector('.focus-name').textContent"
    pair.wall.until(lambda: name in pair.wall.run(tile), "the tile names the town", PATIENCE_S)
    pair.tap("[role=tab]", "逐月")
    pair.tap("#month-list button", "202510月")
    marked = "return Array.from(vanguard.shownPage().querySelectorAll('.time-month.now')).map(m => m.dataset.month)"
    pair.wall.until(lambda: pair.wall.run(marked) == ["2025-10"], "the month is marked", PATIENCE_S)
    pair.tap("#play")
    pair.wall.until(lambda: pair.wall.run(marked) == ["2025-12"], "the months are played", PATIENCE_S)
    pair.tap("#programme")
    pair.wall.until(lambda: pair.wall.run(marked) == [], "nothing is marked any more", PATIENCE_S)


def test_black_out_and_banner_cover_the_wall_and_leave_it(pair: Directing) -> None:
    pair.open_wall()
    pair.open_tablet()
    pair.tap("#dark", "黑场")
    pair.wall.until(lambda: pair.style("curtain", "opacity") == "1", "the wall is dark", PATIENCE_S)
    assert int(pair.wall.picture().max()) == 0
    pair.tap("#dark", "亮屏")
    pair.wall.until(lambda: pair.style("curtain", "visibility") == "hidden", "the wall is lit", PATIENCE_S)
    pair.tap("[role=tab]", "横幅")
    pair.tablet.run("document.getElementById('words').value = '<img src=x onerror=alert(1)>欢迎'")
    pair.tap("#say")
    pair.wall.until(lambda: pair.style("banner", "opacity") == "1", "the banner is shown", PATIENCE_S)
    assert pair.wall.text("banner") == "<img src=x onerror=alert(1)>欢迎"
    assert pair.wall.run("return document.querySelectorAll('#banner *').length") == 0
    pair.tap("#unsay")
    pair.wall.until(lambda: pair.style("banner", "visibility") == "hidden", "the banner is gone", PATIENCE_S)


def test_the_mode_changes_and_changes_back_without_a_blank_frame(pair: Directing) -> None:
    pair.open_wall()
    pair.open_tablet()
    usual = frames_until(pair.wall, lambda: True)[0]
    for words, mode in (("内部", "wall_internal"), ("接待", "wall_reception")):
        pair.tap("#mode button", words)
        frames = frames_until(pair.wall, lambda m=mode: pair.shown("mode") == m)
        frames += frames_until(
            pair.wall, lambda: pair.wall.run("return vanguard.shownPage().dataset.ready") == "1"
        )
        assert min(frames) > usual / 2, "a frame in between was blank"
        assert len(frames) > 2
    pair.wall.until(
        lambda: pair.wall.run("return !document.querySelector('iframe')"), "the other page is given back"
    )
    pair.tap("#programme")


def test_the_docents_words_of_a_visit_stand_beside_the_miniature_until_another_hand_leads(
    pair: Directing,
) -> None:
    pair.open_tablet()
    words = "欢迎各位。全区有党员11,468名，基层党组织358个。" * 9
    first = SpokenStep(1, "overview", "全区总览", None, "", None, 0, 80, words, ())
    second = SpokenStep(
        2, "organisation-life", "组织生活", None, "", None, 80, 80, "请看<b>组织生活</b>。", ()
    )
    visit = Rehearsal("参观讲解", "wall_reception", 7, datetime(2026, 11, 18), (first, second))

    def now() -> datetime:
        told = pair.tablet.run("return desk.state.now")
        return datetime.fromtimestamp(told / 1000, SHANGHAI).replace(tzinfo=None)

    player = Player(pair.served.accounts, "operator", "wall_reception", now)
    player.show(first, visit.docent(1))
    pair.tablet.until(lambda: pair.tablet.text("docent-now") == words, "the words of the step are shown")
    assert "讲解词 1/2" in pair.tablet.text("docent-step")
    assert pair.tablet.text("docent-left").startswith("剩 1:")
    assert pair.tablet.text("docent-next") == "请看<b>组织生活</b>。"
    assert "组织生活" in pair.tablet.text("docent-next-step")
    seen = """var words = document.getElementById('docent-now'), next = document.getElementById('docent-next');
        return [parseFloat(getComputedStyle(words).fontSize), next.getBoundingClientRect().bottom <= innerHeight,
                words.getBoundingClientRect().left >= document.querySelector('.now').getBoundingClientRect().right,
                document.documentElement.scrollWidth <= innerWidth]"""
    for size, least in (((1180, 820), 22), ((1024, 768), 20)):
        pair.tablet.resize(*size)
        font, *fits = pair.tablet.run(seen)
        assert (font >= least, fits) == (True, [True, True, True]), size
    pair.tablet.resize(1180, 820)
    assert not pair.tablet.driver.find_element("id", "towns").is_displayed()
    pair.tap("#docent-fold", "收起")
    assert not pair.tablet.driver.find_element("id", "docent-words").is_displayed()
    assert pair.tablet.driver.find_element("id", "towns").is_displayed()
    pair.tap("#docent-fold", "展开")
    player.show(second, visit.docent(2))
    pair.tablet.until(lambda: "2/2" in pair.tablet.text("docent-step"), "the words follow the visit")
    assert pair.tablet.text("docent-next-step") == "这是最后一段"
    pair.tap("[data-do=previous]")
    pair.tablet.until(
        lambda: not pair.tablet.driver.find_element("id", "docent").is_displayed(), "the visit is over"
    )
    pair.tap("#programme")


def test_one_hand_is_on_the_wheel_and_another_asks_for_it(pair: Directing) -> None:
    pair.open_tablet()
    pair.tap("#scenes button", "全区总览")
    pair.tablet.until(lambda: "您正在导控" in pair.tablet.text("wheel"), "the first hand holds the wheel")
    token = pair.another_operator("second")
    number = pair.tablet.run("return fetch('/director/state').then(a => a.json()).then(s => s.number)")
    status, told = pair.order(token, "command", number=number, action="next")
    assert (status, told["why"]) == (422, "中心运行人员正在导控，请先申请")
    assert pair.order(token, "wheel", turn="ask")[1]["wheel"]["asking"]
    pair.tap("#wheel-acts button", "不交")
    pair.tablet.until(lambda: "您正在导控" in pair.tablet.text("wheel"), "the first hand has kept it")
    assert pair.order(token, "wheel", turn="ask")[0] == 200
    pair.tap("#wheel-acts button", "交给对方")
    pair.tablet.until(
        lambda: "副控台正在导控" in pair.tablet.text("wheel"), "the second hand holds the wheel"
    )
    assert pair.tablet.run("return document.querySelector('[data-do=next]').disabled")
    assert pair.order(token, "command", number=number, action="next")[0] == 200
    # Who has not seen the newest direction does not direct.
    assert pair.order(token, "command", number=number, action="next")[0] == 409
    assert pair.order(token, "wheel", turn="release")[0] == 200


def test_a_screen_is_let_in_by_its_code_shows_what_it_may_and_is_turned_out(enrolled: Directing) -> None:
    pair = enrolled
    pair.open_tablet()
    pair.wall.resize(1920, 640)
    pair.wall.driver.get(f"{pair.served.url}/wall")
    code = pair.wall.run("return document.querySelector('.code').textContent")
    assert len(code) == 6
    assert pair.wall.run("return document.querySelectorAll('form, input, dialog, button').length") == 0
    assert pair.wall.run("return fetch('/api/step').then(a => a.status)") == 401
    pair.tap("[role=tab]", "设备")
    pair.tablet.run("document.getElementById('code').value = arguments[0]", f"{code[:3]} {code[3:]}")
    pair.tablet.run("document.getElementById('device-name').value = '一楼大厅'")
    pair.tap("#enrol")
    pair.wall.until(
        lambda: pair.wall.wall("ready") == "1", "the page has become the wall by itself", PATIENCE_S
    )
    pair.tablet.until(lambda: "一楼大厅" in pair.tablet.text("screen-list"), "the device is listed")
    pair.tablet.until(lambda: "1920 × 640" in pair.tablet.text("screen-list"), "it has reported", PATIENCE_S)
    pair.tap("#mode button", "内部")
    pair.tablet.until(lambda: "内部" in pair.tablet.text("marks"), "the programme is internal")
    pair.wall.until(
        lambda: pair.wall.run("return vanguard.step.command") > 0, "the wall has heard of it", PATIENCE_S
    )
    assert pair.wall.run("return vanguard.step.mode") == "wall_reception"
    internal = pair.wall.run("return fetch('/wall?mode=internal').then(a => a.status)")
    assert (internal, pair.shown("mode")) == (200, "wall_reception")
    pair.tap("#screen-list .acts button", "撤销")
    pair.tap("#screen-list .acts button", "再点撤销")
    shown = "return (document.querySelector('.code') || {}).textContent || ''"
    pair.wall.until(lambda: len(pair.wall.run(shown)) == 6, "the revoked page shows a code", PATIENCE_S)
    assert pair.wall.run(shown) != code
    pair.tap("#programme")
