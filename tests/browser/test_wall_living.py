"""The wall over time: one version per picture, no flicker, honest when something is gone, back by itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from dashboard.panels import BY_SLUG
from dashboard.profile import load_profile
from dashboard.scenes import scenes_of
from data.readmodel.schema import feeds, nodes, versions
from tests.browser.browser import Browser
from tests.browser.conftest import STANDING_CLOCK, Serve, Served
from tests.browser.served_wall import REBUILT

pytestmark = pytest.mark.browser

HEADER_PX = 104


def publish(file: Path, *changes: sa.Executable) -> int:
    """Publish the next version with these changes to the read model; returns its number."""
    engine = sa.create_engine(f"sqlite:///{file}", poolclass=sa.NullPool)
    with engine.begin() as connection:
        newest = connection.execute(sa.select(versions).order_by(versions.c.version.desc()).limit(1)).one()
        number = int(newest.version) + 1
        connection.execute(sa.insert(versions).values({**newest._asdict(), "version": number}))
        for change in changes:
            connection.execute(change)
    return number


def shows(browser: Browser, version: int) -> None:
    """Wait until the wall shows this version."""
    browser.until(lambda: browser.wall("version") == str(version), f"version {version} is shown")


def test_the_first_picture_is_complete_and_of_one_version(browser: Browser, reception: Served) -> None:
    browser.open(reception.overview)
    assert browser.wall("drawn") == "0"
    assert set(browser.panels("version").values()) == {"1"}
    assert set(browser.panels("state").values()) == {"fresh"}
    assert set(browser.panels("asOf").values()) == {browser.panels("asOf")["members"]}


def test_nothing_is_asked_of_any_other_machine_and_the_console_is_clean(
    browser: Browser, reception: Served
) -> None:
    browser.open(reception.overview)
    polls = "return performance.getEntriesByName(location.origin + '/api/version/reception').length"
    browser.until(lambda: browser.run(polls) >= 2, "two polls are answered")
    asked = browser.requested()
    assert asked
    assert not [url for url in asked if not url.startswith(reception.url)]
    assert not browser.complaints()


def test_dash_fetches_no_second_plotly(browser: Browser, reception: Served) -> None:
    browser.open(reception.overview)
    bundles = [url for url in browser.requested() if "plotly" in url]
    assert [url.rsplit("/", 1)[1] for url in bundles] == ["plotly.min.js"]
    assert "/immutable/" in bundles[0]


def test_on_the_wall_one_css_pixel_is_one_led(browser: Browser, reception: Served) -> None:
    browser.open(reception.overview)
    assert browser.wall("preview") == ""
    assert browser.run("return document.getElementById('wall').style.transform") == ""
    size = browser.run(
        "var b = document.getElementById('wall').getBoundingClientRect(); return [b.x, b.y, b.width, b.height]"
    )
    assert size == [0, 0, 3840, 1280]


def test_a_smaller_window_shows_the_whole_wall_scaled(browser: Browser, reception: Served) -> None:
    browser.open(reception.overview, 1920, 1080)
    browser.until(lambda: browser.wall("preview"), "the preview is scaled")
    box = browser.run(
        "var b = document.getElementById('wall').getBoundingClientRect(); return [b.x, b.y, b.width, b.height]"
    )
    assert box == [0, 220, 1920, 640]


def test_a_new_version_of_unchanged_data_changes_no_pixel(browser: Browser, own_wall: Served) -> None:
    browser.open(own_wall.overview)
    before = browser.picture()
    shows(browser, publish(own_wall.file))
    assert np.array_equal(before, browser.picture())
    assert set(browser.panels("version").values()) == {"2"}


def test_a_change_is_drawn_where_it_belongs_and_nowhere_else(browser: Browser, own_wall: Served) -> None:
    browser.open(own_wall.overview)
    before = browser.picture()
    marks = "Array.from(document.querySelectorAll('.panel')).forEach(p => { p.seen = 1; })"
    browser.run(marks)
    number = publish(
        own_wall.file,
        sa.text("update towns set villages = villages + 1 where code = (select min(code) from towns)"),
    )
    shows(browser, number)
    changed = np.argwhere((before != browser.picture()).any(axis=2))
    assert len(changed)
    top, left = changed.min(axis=0)
    bottom, right = changed.max(axis=0)
    box = browser.run(
        "var b = document.getElementById('panel-key-figures-left').getBoundingClientRect();"
        "return [b.left, b.top, b.right, b.bottom]"
    )
    assert box[0] <= left
    assert right <= box[2]
    assert box[1] <= top
    assert bottom <= box[3]
    kept = browser.run("return Array.from(document.querySelectorAll('.panel')).every(p => p.seen)")
    assert kept, "panels are updated, never made anew"


def test_without_read_model_the_picture_stays_says_so_and_recovers(
    browser: Browser, serve_copy: Serve
) -> None:
    own_wall = serve_copy("wall_internal")
    browser.open(own_wall.overview)
    before = browser.picture()[HEADER_PX:]
    away = own_wall.file.with_suffix(".away")
    own_wall.file.rename(away)
    browser.until(lambda: set(browser.panels("state").values()) == {"down"}, "every panel is marked down")
    assert browser.text("header-state") == "连接中断"
    assert browser.text("header-as-of").startswith("画面停留")
    assert np.array_equal(before, browser.picture()[HEADER_PX:])
    assert browser.run("return fetch('/readyz').then(r => r.status)") == 503
    away.rename(own_wall.file)
    browser.until(lambda: set(browser.panels("state").values()) == {"fresh"}, "every panel is fresh again")
    assert browser.text("header-state") == "数据正常"


def test_a_page_opened_without_read_model_fills_itself_later(browser: Browser, serve_copy: Serve) -> None:
    own_wall = serve_copy("wall_internal")
    away = own_wall.file.with_suffix(".away")
    own_wall.file.rename(away)
    browser.open(own_wall.overview)
    assert set(browser.panels("state").values()) == {"down"}
    away.rename(own_wall.file)
    shows(browser, 1)
    assert browser.run("return document.querySelectorAll('.panel .unavailable').length") == 0
    assert browser.wall("walk")


def test_without_server_the_picture_stays_and_the_clock_is_not_trusted(
    browser: Browser, own_wall: Served
) -> None:
    browser.open(own_wall.overview)
    browser.run("window.samePage = true")
    before = browser.picture()[HEADER_PX:]
    own_wall.stop()
    mark = "return !document.getElementById('header-untrusted').hidden"
    browser.until(lambda: browser.run(mark), "the clock is marked")
    assert browser.text("header-untrusted") == "对时中断"
    assert browser.text("header-state") == "连接中断"
    assert np.array_equal(before, browser.picture()[HEADER_PX:])
    own_wall.start()
    browser.until(lambda: not browser.run(mark), "the clock is trusted again")
    browser.until(lambda: browser.text("header-state") == "数据正常", "the data are true again")
    number = publish(own_wall.file)
    shows(browser, number)
    assert browser.run("return window.samePage"), "a restart of the same program needs no new page"


def test_another_build_of_the_program_reloads_the_page(browser: Browser, own_wall: Served) -> None:
    browser.open(own_wall.overview)
    browser.run("window.samePage = true")
    own_wall.stop()
    own_wall.start(programme=REBUILT)
    browser.until(lambda: not browser.run("return window.samePage"), "the page is new")
    browser.until(lambda: browser.wall("ready") == "1", "the new page is complete")
    assert browser.run("return document.querySelector('.wall-header').innerText.includes('重建后的大屏')")


def test_old_data_are_called_late(browser: Browser, serve_copy: Serve) -> None:
    served = serve_copy(at=STANDING_CLOCK)
    engine = sa.create_engine(f"sqlite:///{served.file}", poolclass=sa.NullPool)
    browser.open(served.overview)
    with engine.begin() as connection:
        connection.execute(sa.update(feeds).values(checked_at=sa.text("datetime(checked_at, '-1 hour')")))
    browser.until(lambda: browser.text("header-state") == "数据延迟", "the header says late")
    browser.until(lambda: set(browser.panels("state").values()) == {"ageing"}, "every panel is ageing")


def test_the_clock_is_shanghai_time_in_a_browser_elsewhere(browser: Browser, reception: Served) -> None:
    browser.zone("America/New_York")
    browser.open(reception.overview)
    browser.until(lambda: browser.run("return !!(window.vanguard.last)"), "a poll is answered")
    assert browser.run("return new Date().getTimezoneOffset()") in (240, 300)
    assert browser.text("header-clock").startswith("14:32:0")
    assert browser.text("header-date") == "2026年11月20日 星期五"


def test_the_focus_walks_with_the_server_time(browser: Browser, serve_copy: Serve) -> None:
    served = serve_copy(at="")
    browser.open(served.overview)
    body = "return document.getElementById('map-focus-body').innerHTML"
    first, data = browser.run(body), browser.panels("version")
    browser.until(lambda: browser.run(body) != first, "the focus has moved")
    assert browser.panels("version") == data


@pytest.mark.parametrize(
    "scene", [scene.slug for scene in scenes_of(load_profile("haishu").scenes, "wall_reception")]
)
def test_reception_names_no_organisation_with_its_light(
    scene: str, browser: Browser, reception: Served
) -> None:
    browser.open(f"{reception.url}/wall?scene={scene}")
    assert all(BY_SLUG[slug].in_reception for slug in browser.panels("state"))
    # What happened is told with the branch it happened in, the best are praised by name; no light is there.
    shown = {text["text"] for text in browser.texts() if text["panel"] not in ("ticker", "top-and-bottom")}
    engine = sa.create_engine(f"sqlite:///{reception.file}", poolclass=sa.NullPool)
    with engine.connect() as connection:
        branches = sa.select(nodes.c.name, nodes.c.short_name).where(nodes.c.org_type.like("%branch"))
        names = {name for row in connection.execute(branches) for name in row}
    assert names
    assert not [text for text in shown if any(name in text for name in names)]


def test_an_unknown_wall_is_answered_with_the_known_ones(browser: Browser, reception: Served) -> None:
    browser.driver.get(f"{reception.url}/wall?wall=1x1<b>")
    page = browser.run("return document.body.textContent")
    assert "没有这种屏幕规格" in page
    assert "4608x1536" in page
    assert "1x1<b>" in page


def test_screens_not_switched_on_say_so(browser: Browser, reception: Served) -> None:
    browser.driver.get(f"{reception.url}/leadership")
    assert "尚未启用" in browser.run("return document.body.textContent")
