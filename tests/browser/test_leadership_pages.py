"""The leadership pages in a real browser: accessible, by keyboard, every state an address, refresh without loss."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
import sqlalchemy as sa
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from dashboard.leadership.registry import PAGES, Page
from tests.browser.browser import Browser
from tests.browser.leading import Leading, leading

pytestmark = pytest.mark.browser
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = """const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(found =>
  done(found.violations.map(v => v.id + ': ' + v.help + ' — ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160))
    .join(' | '))), wrong => done(['axe: ' + wrong]));"""
# Who looks at a page where the department's own account is not the one.
LOOKS = {"members": "committee", "member": "committee"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Leading]:
    with leading(tmp_path_factory.mktemp("leading")) as found:
        yield found


def place_of(served: Leading, page: Page) -> str:
    """Query of an address at which the page shows something."""
    asked = [f"org={served.org('secretary' if page.of == 'branch' else 'orgdept')}"]
    if page.slug in ("trace", "evidence"):
        asked.append("indicator=attended")
    if page.slug == "member":
        with served.source.connect() as connection:
            formal = "SELECT min(member_id) FROM memberships WHERE ended_on IS NULL AND branch_org_id = ?"
            member = connection.exec_driver_sql(formal, (served.org("secretary"),)).scalar_one()
        asked = [f"org={served.org('secretary')}", f"member={member}"]
    return "&".join(asked)


def complaints(browser: Browser) -> list[str]:
    """What axe finds on the whole page; below the fold a table is not drawn and cannot be judged."""
    browser.resize(1366, 6000)
    browser.run(AXE)
    return list(browser.driver.execute_async_script(RULES))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.slug))
def test_a_page_is_accessible_and_logs_no_error(served: Leading, browser: Browser, page: Page) -> None:
    served.log_in(browser, LOOKS.get(page.slug, "orgdept"))
    browser.clear()
    served.open(browser, f"{page.slug}?{place_of(served, page)}")
    assert not browser.run("return document.querySelector('#page .refused')?.textContent || ''")
    assert browser.run("return document.documentElement.scrollWidth - innerWidth") <= 0, "scrolls sideways"
    assert complaints(browser) == []
    assert [line for line in browser.complaints() if "SEVERE" in line or "Error" in line] == []


@pytest.mark.parametrize("path", ["login", "login?why=expired", "nowhere", "branch?org=999999"])
def test_login_and_refusals_are_accessible(served: Leading, browser: Browser, path: str) -> None:
    if not path.startswith("login"):
        served.log_in(browser, "orgdept")
        served.open(browser, path)
        assert browser.run("return document.querySelectorAll('#page .refused').length") == 1
    else:
        served.log_out(browser)
        browser.driver.get(f"{served.url}/leadership/{path}")
    assert complaints(browser) == []


def test_every_state_is_an_address_and_nothing_is_lost_by_reload_or_back(
    served: Leading, browser: Browser
) -> None:
    served.log_in(browser, "leader")
    served.open(browser, "cockpit")
    seen = [text_of(browser)]
    addresses = [browser.driver.current_url]
    link = "#page .ag-pinned-left-cols-container a[href*='org=']"
    for _ in range(2):
        browser.until(lambda: browser.run(f'return !!document.querySelector("{link}")'), "a table with links")
        # A real click: what a script opens is passed over when one goes back.
        browser.driver.find_element(By.CSS_SELECTOR, link).click()
        served.until_ready(browser)
        addresses.append(browser.driver.current_url)
        seen.append(text_of(browser))
    assert len(set(addresses)) == 3, "three organisations, three addresses"
    assert "/branch?" in addresses[-1], "from the district over a committee to a branch"
    browser.driver.refresh()
    served.until_ready(browser)
    assert text_of(browser) == seen[2]
    for at in (1, 0):
        browser.run("history.back()")
        browser.until(lambda at=at: browser.driver.current_url == addresses[at], "the address before")  # type: ignore[misc]
        served.until_ready(browser)
        assert text_of(browser) == seen[at]


def text_of(browser: Browser) -> str:
    """What the page says, without the hands of the clock."""
    return str(browser.run("return document.getElementById('page').innerText"))


def test_any_branch_is_one_search_away_by_keyboard_alone(served: Leading, browser: Browser) -> None:
    served.log_in(browser, "leader")
    served.open(browser, "cockpit")
    choose_by_keyboard(served, browser, served.org("secretary"))
    wanted = f"/leadership/branch?org={served.org('secretary')}"
    browser.until(lambda: browser.driver.current_url.endswith(wanted), "the branch is open")


def test_on_the_comparison_the_search_chooses_the_second_side(served: Leading, browser: Browser) -> None:
    served.log_in(browser, "leader")
    first, second = served.org("committee"), served.org("secretary")
    served.open(browser, f"compare?org={first}&vs=month")
    choose_by_keyboard(served, browser, second)
    wanted = f"/leadership/compare?org={first}&vs={second}"
    browser.until(lambda: browser.driver.current_url.endswith(wanted), "both are compared")
    served.until_ready(browser)
    assert browser.run("return document.querySelectorAll('#tools .switch .chosen').length") == 0


def choose_by_keyboard(served: Leading, browser: Browser, org: int) -> None:
    """The organisation found by its code and chosen with keys only."""
    browser.driver.switch_to.active_element.send_keys("/")
    with served.source.connect() as connection:
        query = "SELECT org_code FROM organizations WHERE org_id = ?"
        code = connection.exec_driver_sql(query, (org,)).scalar_one()
    browser.until(
        lambda: browser.run("return document.activeElement.tagName") == "INPUT", "the box has focus"
    )
    browser.driver.switch_to.active_element.send_keys(code)
    browser.until(
        lambda: browser.run("return document.querySelectorAll('.search [role=option]').length") == 1,
        "one option",
    )
    browser.driver.switch_to.active_element.send_keys(Keys.ARROW_DOWN, Keys.ENTER)


def test_a_newer_version_keeps_sort_scroll_and_filter(served: Leading, browser: Browser) -> None:
    served.log_in(browser, "leader")
    served.open(browser, "cockpit")
    state = "const api = dash_ag_grid.getApi(document.querySelector('#page .ag-theme-quartz').id);"
    browser.run(
        f"{state} api.applyColumnState({{state: [{{colId: api.getColumns()[1].getColId(), sort: 'asc'}}]}})"
    )
    browser.run("window.scrollTo(0, 60); window.kept = document.querySelector('#page .ag-theme-quartz')")
    before = version_of(browser)
    with served.source.begin() as connection:
        branch = served.org("secretary")
        connection.execute(
            sa.text("UPDATE organizations SET short_name = short_name || '一' WHERE org_id = :org"),
            {"org": branch},
        )
    served.projector.run()
    browser.until(lambda: version_of(browser) != before, "the page shows the newer version", 40)
    sort = browser.run(f"{state} return api.getColumnState().filter(c => c.sort).map(c => c.sort)")
    assert sort == ["asc"]
    assert browser.run("return scrollY") == 60
    assert browser.run("return window.kept.isConnected"), "the table is the same one"


def version_of(browser: Browser) -> Any:
    """The version of what stands on the page."""
    return browser.run("return document.documentElement.dataset.version || ''")
