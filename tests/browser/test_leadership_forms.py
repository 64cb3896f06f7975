"""What a viewer fills in, in real browsers: the reason before persons are shown, two people at one warning."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from waitress.server import create_server

from data.accounts import audit, sessions
from data.persons.file import Listed
from data.persons.reading import StoredMemberFiles
from data.readmodel import schema
from data.viewer import Role
from tests.browser.browser import Browser
from tests.browser.conftest import open_chromium
from tests.marked_district import Marked, marked

pytestmark = pytest.mark.browser
REASON = "年度考察需要核对"


@dataclass
class Served:
    """The application on a port of its own."""

    marked: Marked
    url: str

    @property
    def root(self) -> int:
        return int(self.marked.district.rows["organizations"][0]["org_id"])

    def publish(self) -> None:
        """A new version with nothing different in it, as the projector makes one for a change elsewhere."""
        with self.marked.store.begin() as connection:
            v = schema.versions
            newest = connection.execute(sa.select(v).order_by(v.c.version.desc()).limit(1)).one()._asdict()
            connection.execute(v.insert().values({**newest, "version": newest["version"] + 1}))

    def looks(self, action: str) -> list[tuple[str, str, str]]:
        """(login, reason, outcome) of the audit's lines of an action, oldest first."""
        lines = audit.newest(self.marked.accounts, 1000, action=action)
        return [(line.login, line.reason, line.outcome) for line in reversed(lines)]


@dataclass
class Desk:
    """One person's browser."""

    browser: Browser
    served: Served

    def sit_down(self, role: Role, org_id: int) -> None:
        """A session of an account of this role."""
        viewer = self.served.marked.viewer(role, org_id)
        token = sessions.begin(
            self.served.marked.accounts, viewer.account_id, "password", self.served.marked.district.now
        )
        self.browser.driver.get(f"{self.served.url}/leadership/login")
        self.browser.driver.add_cookie({"name": "vanguard_session", "value": token, "path": "/"})

    def go(self, address: str) -> None:
        self.browser.resize(1440, 1000)
        self.browser.driver.get(f"{self.served.url}/leadership/{address}")
        self.browser.until(self.is_ready, f"{address} is ready")

    def is_ready(self) -> bool:
        script = "return document.documentElement.dataset.ready === location.pathname + location.search"
        return bool(self.browser.run(script))

    def all(self, selector: str) -> list[WebElement]:
        return self.browser.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str) -> WebElement:
        self.browser.until(lambda: self.all(selector), f"{selector} is there")
        return self.all(selector)[0]

    def press(self, label: str) -> None:
        (button,) = [button for button in self.all(".card button") if button.text == label]
        button.click()

    def until_said(self, words: str) -> None:
        self.browser.until(
            lambda: any(words in said.text for said in self.all(".said")), f"“{words}” is said"
        )

    def complaints(self) -> list[str]:
        return [one for one in self.browser.complaints() if "favicon" not in one]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    for found in marked(tmp_path_factory.mktemp("forms"), seed=11, served=True):
        with socket.socket() as asked:
            asked.bind(("127.0.0.1", 0))
            port = asked.getsockname()[1]
        server = create_server(found.app.server, host="127.0.0.1", port=port, threads=6)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield Served(found, f"http://127.0.0.1:{port}")
        server.close()
        thread.join(10)


@pytest.fixture
def desk(browser: Browser, served: Served) -> Iterator[Desk]:
    yield Desk(browser, served)
    browser.driver.delete_all_cookies()


@pytest.fixture
def other_desk(served: Served) -> Iterator[Desk]:
    """A second person with a browser of their own."""
    binary, chromedriver = shutil.which("chromium"), shutil.which("chromedriver")
    assert binary
    assert chromedriver
    driver: webdriver.Chrome = open_chromium(binary, chromedriver)
    yield Desk(Browser(driver), served)
    driver.quit()


def branch_with_members(served: Served) -> int:
    """A branch of today's tree that somebody belongs to."""
    inside, today = served.marked.subtree(served.root), served.marked.district.now.date()
    gone = {row["member_id"] for row in served.marked.district.rows["members"] if row.get("deleted_at")}
    return next(
        int(row["branch_org_id"])
        for row in served.marked.district.rows["memberships"]
        if row["branch_org_id"] in inside
        and row["member_id"] not in gone
        and row.get("kind", "formal") == "formal"
        and row["started_on"] <= today
        and row.get("ended_on") is None
        and not row.get("deleted_at")
    )


def test_persons_are_shown_for_a_reason_and_only_for_that_look(desk: Desk, served: Served) -> None:
    branch = branch_with_members(served)
    desk.sit_down("district_org_dept", served.root)
    desk.go(f"members?org={branch}")
    box = desk.one(".card.ask input")
    box.send_keys("看")
    desk.press("查看")
    desk.until_said("请填写4至100个字的查看事由")
    assert not desk.all("#part-members")
    box.send_keys(Keys.BACKSPACE + REASON + Keys.ENTER)
    desk.one("#part-members .ag-row")
    assert REASON not in desk.browser.driver.current_url
    everything = desk.browser.run(
        "return document.documentElement.outerHTML + JSON.stringify([{...localStorage}, {...sessionStorage}])"
    )
    assert REASON not in everything, "the reason stays nowhere in the page"
    desk.one("#part-members .ag-row a").click()
    box = desk.one(".card.ask input")
    assert box.get_attribute("value") == "", "the next file asks again"
    assert not desk.all("#part-who")
    desk.browser.driver.back()
    desk.browser.until(lambda: desk.all(".card.ask input") and desk.is_ready(), "going back asks again")
    assert not desk.all("#part-members")
    given = [reason for _, reason, _ in served.looks("page") if reason]
    assert given == [REASON]
    assert desk.complaints() == []


def test_a_new_version_does_not_look_at_persons_again(
    desk: Desk, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch, looks, look = branch_with_members(served), [], StoredMemberFiles.members

    def counted(own: StoredMemberFiles, *asked: Any) -> list[Listed]:
        looks.append(asked)
        return look(own, *asked)

    monkeypatch.setattr(StoredMemberFiles, "members", counted)
    desk.sit_down("branch_secretary", branch)
    desk.go(f"members?org={branch}")
    desk.one("#part-members .ag-row")
    assert len(looks) == 1
    script = "return window.dash_clientside && document.querySelector('#feed-state .word').textContent"
    desk.browser.until(lambda: desk.browser.run(script) != "正在连接", "the poll has heard a version")
    answered = (
        "return performance.getEntriesByType('resource').filter(r => r.name.includes('_dash-update')).length"
    )
    calls = desk.browser.run(answered)
    served.publish()
    desk.browser.until(lambda: desk.browser.run(answered) > calls, "the new version was heard")
    assert desk.all("#part-members .ag-row")
    assert len(looks) == 1, "each look is on record, none comes unasked"
    assert not desk.all(".refused")


def test_two_people_at_one_warning_lose_nothing(desk: Desk, other_desk: Desk, served: Served) -> None:
    inside = sorted(served.marked.subtree(served.root))
    w = schema.org_warnings.c
    unfinished = w.state.not_in(("rectified", "closed", "invalid"))
    with served.marked.store.connect() as connection:
        warning, branch = connection.execute(
            sa.select(w.warning_id, w.org_id).where(unfinished, w.org_id.in_(inside)).order_by(w.warning_id)
        ).first() or (0, 0)
    assert warning, "the district has an open warning"
    desk.sit_down("district_org_dept", served.root)
    other_desk.sit_down("branch_secretary", branch)
    for one in (desk, other_desk):
        one.go(f"warnings?warning={warning}")
    typed = "已与支部委员商量，本月补开"
    other_desk.one(".card.form textarea").send_keys(typed)
    desk.one(".card.form textarea").send_keys("请于本周内处理")
    desk.press("批注")
    desk.until_said("已批注")
    assert desk.one(".card.form textarea").get_attribute("value") == "", "the form starts anew"

    other_desk.press("签收")
    other_desk.until_said("您填写的内容还在")
    assert other_desk.one(".card.form textarea").get_attribute("value") == typed
    assert "请于本周内处理" in other_desk.one("#part-notes").text, "what the other did is shown"
    assert "未签收" in other_desk.one("#part-notes").text
    other_desk.press("签收")
    other_desk.until_said("已签收")
    assert typed in other_desk.one("#part-notes").text
    focused = "return document.activeElement.className"
    other_desk.browser.until(lambda: other_desk.browser.run(focused) == "said", "the word has the focus")
    assert {"签收"}.isdisjoint(button.text for button in other_desk.all(".card.form button"))

    desk.press("签收")
    desk.until_said("刚刚处理了这条预警")
    assert typed in desk.one("#part-notes").text
    assert "签收" not in [button.text for button in desk.all(".card.form button")]
    desk.one(".card.form textarea").send_keys("已于本月补开党员大会，见会议记录")
    desk.press("办结")
    desk.until_said("已办结")
    assert [button.text for button in desk.all(".card.form .acts button")] == ["批注", "重新打开"]
    steps = [outcome for _, _, outcome in served.looks("warning-acknowledge")]
    assert steps == ["overtaken", "ok", "overtaken"]
    assert desk.complaints() == other_desk.complaints() == []
