"""The scenes over time: prepared unseen, shown whole, skipped when not ready, and given back."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from dashboard.profile import load_profile
from data.readmodel.schema import nodes, org_warnings
from tests.browser.browser import Browser
from tests.browser.conftest import Serve, Served
from tests.browser.test_wall_living import publish
from tests.readmodel_district import NOW

pytestmark = pytest.mark.browser

# A busy machine skips a scene or two before one is ready in time.
PATIENCE_S = 90

# Notes of every 20 ms: the scene shown, and whether all of its figures were painted and of the wall's version.
WATCH = """
window.seen = [];
window.watching = setInterval(function () {
  var wall = document.getElementById('wall'), stage = document.querySelector('.stage-of-scene[data-shown]');
  var panels = Array.from(stage.querySelectorAll('.panel'));
  seen.push([wall.dataset.scene, panels.length > 0 && panels.every(function (p) {
    return p.dataset.version === wall.dataset.version && p.querySelector('.main-svg');
  })]);
}, 20);
"""
ON_PAGE = "return Array.from(document.querySelectorAll('.scene')).map(s => s.dataset.scene)"
FIGURES = "return document.querySelectorAll('.main-svg').length"


@pytest.fixture(scope="module")
def turning(serve_copy: Serve) -> Served:
    """A wall with three short scenes."""
    return serve_copy("wall_internal", programme="turning")


def test_the_scenes_follow_each_other_and_each_is_shown_whole(browser: Browser, turning: Served) -> None:
    browser.open(f"{turning.url}/wall")
    browser.run(WATCH)
    assert browser.text("stage-a")
    for scene, title in (("slow", "指数排名"), ("life", "组织生活"), ("structure", "组织结构")):
        browser.until(lambda s=scene: browser.wall("scene") == s, f"scene {scene} is shown", PATIENCE_S)
        names = browser.run(
            "return Array.from(document.querySelectorAll('.scene-name')).map(n => n.textContent)"
        )
        assert names == [title, title]
        now = browser.run(
            "return Array.from(document.querySelectorAll('.dot.now')).map(d => d.dataset.scene)"
        )
        assert now == [scene]
    seen = browser.run("return window.seen")
    assert {scene for scene, _ in seen} == {"structure", "slow", "life"}
    assert all(whole for _, whole in seen), "a half-built scene was shown"
    assert not [line for line in browser.complaints() if "is skipped" not in line]


def test_only_the_shown_scene_and_the_waiting_one_are_on_the_page(browser: Browser, turning: Served) -> None:
    browser.open(f"{turning.url}/wall")
    browser.until(lambda: browser.wall("scene") == "slow", "the second scene is shown", PATIENCE_S)
    browser.until(
        lambda: "structure" not in browser.run(ON_PAGE), "the first scene is given back", PATIENCE_S
    )
    browser.until(lambda: browser.wall("sceneReady") == "life", "the third scene waits", PATIENCE_S)
    assert sorted(browser.run(ON_PAGE)) == ["life", "slow"]
    assert set(browser.panels("version")) == {"ranking", "time-axis", "warning-feed", "ticker", "red-light"}


def test_a_scene_that_waits_keeps_up_with_the_data(browser: Browser, serve_copy: Serve) -> None:
    served = serve_copy("wall_internal", programme="turning")
    browser.open(f"{served.url}/wall")
    browser.until(lambda: browser.wall("sceneReady") == "slow", "the next scene waits", PATIENCE_S)
    number = str(publish(served.file))
    browser.until(lambda: browser.wall("scene") == "slow", "the next scene is shown", PATIENCE_S)
    browser.until(lambda: browser.wall("version") == number, "the new version is shown")
    assert browser.panels("version")["ranking"] == number


def test_a_scene_that_is_not_ready_is_skipped_and_the_server_is_told(
    browser: Browser, serve_copy: Serve
) -> None:
    served = serve_copy("wall_internal", programme="turning-slow")
    browser.open(f"{served.url}/wall")
    browser.run(WATCH)
    browser.until(
        lambda: browser.wall("scene") == "life", "the third scene is shown in place of the second", PATIENCE_S
    )
    seen = {scene for scene, _ in browser.run("return window.seen")}
    assert "structure" in seen
    assert "slow" not in seen
    assert "scene slow was not ready and is skipped" in served.log
    assert any("scene slow was not ready" in line for line in browser.complaints())


def test_a_scene_named_in_the_address_is_held(browser: Browser, turning: Served) -> None:
    browser.open(f"{turning.url}/wall?scene=life")
    now = browser.run("return Array.from(document.querySelectorAll('.dot.now')).map(d => d.dataset.scene)")
    assert now == ["life"]
    assert (browser.wall("scene"), browser.wall("hold")) == ("life", "1")
    assert set(browser.panels("state").values()) == {"fresh"}
    browser.driver.get(f"{turning.url}/wall?scene=nowhere")
    assert "没有这一幕" in browser.run("return document.body.textContent")


def test_a_new_red_light_interrupts_those_inside_and_the_scene_goes_on(
    browser: Browser, serve_copy: Serve
) -> None:
    served = serve_copy("wall_internal", programme="turning")
    browser.open(f"{served.url}/wall?scene=life")
    alert = "return document.getElementById('wall').dataset.alert || ''"
    browser.until(lambda: browser.run("return !!window.vanguard.last"), "a poll is answered")
    assert browser.run(alert) == ""
    publish(served.file, red_light_of_a_branch())
    faded_in = "return getComputedStyle(document.getElementById('panel-red-light')).opacity === '1'"
    browser.until(lambda: browser.run(faded_in), "the light interrupts")
    shown = [text["text"] for text in browser.texts() if text["panel"] == "red-light"]
    assert "红灯预警" in shown
    assert load_profile("haishu").rule("hs_b_term").finding in shown
    browser.until(lambda: browser.run(alert) == "", "the interruption ends", PATIENCE_S)
    assert browser.wall("scene") == "life"
    publish(served.file)
    browser.until(lambda: browser.wall("version") == "3", "another version is shown")
    assert browser.run(alert) == "", "a light interrupts once"


def test_visitors_are_not_interrupted_and_their_ticker_names_no_light(
    browser: Browser, serve_copy: Serve
) -> None:
    served = serve_copy("wall_reception", programme="turning")
    browser.open(f"{served.url}/wall?scene=life")
    publish(served.file, red_light_of_a_branch())
    browser.until(lambda: browser.wall("version") == "2", "the new version is shown")
    assert browser.run("return document.getElementById('panel-red-light')") is None
    shown = [text["text"] for text in browser.texts() if text["panel"] == "ticker"]
    assert {"活动", "信息"} <= set(shown)
    assert "红灯" not in shown


def red_light_of_a_branch() -> sa.Executable:
    """A red light that came on after every other."""
    branch = sa.select(sa.func.min(nodes.c.org_id)).where(nodes.c.org_type == "branch").scalar_subquery()
    return sa.insert(org_warnings).values(
        warning_id=10**9,
        indicator_id="hs_b_term",
        level="red",
        org_id=branch,
        period="2026-11",
        state="raised",
        raised_at=NOW + timedelta(seconds=1),
    )
