"""The kiosk under a finger: every page fits both ways, nobody gets out, it goes home and outlives its server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.kiosk.registry import PAGES
from tests.browser.browser import Browser
from tests.browser.conftest import STANDING_CLOCK, Served, free_port, start_process, until_answering
from tests.browser.test_wall_living import publish
from tests.browser.touching import LANDSCAPE, UPRIGHT, Kiosk
from tests.kiosk_rows import add_public_rows
from tests.readmodel_district import fill

pytestmark = pytest.mark.browser
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = """const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], rules: {'meta-viewport': {enabled: false}}})
  .then(found => done(found.violations.map(v => v.id + ': ' + 
    v.nodes.slice(0, 3).map(n => n.html.slice(0, 140)).join(' | '))),
    wrong => done(['axe: ' + wrong]));"""
SIZES = {"landscape": LANDSCAPE, "upright": UPRIGHT, "4k": (3840, 2160), "small": (1366, 768)}


def started(file: Path) -> Served:
    port = free_port()
    served = Served(
        file,
        port,
        "wall_reception",
        STANDING_CLOCK,
        "",
        start_process(file, port, "wall_reception", STANDING_CLOCK, ""),
    )
    until_answering(served.url)
    return served


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A read model with everything the kiosk shows."""
    file = tmp_path_factory.mktemp("kiosk") / "readmodel.db"
    engine = sa.create_engine(f"sqlite:///{file}")
    fill(engine, branches=600, months=14)
    add_public_rows(engine)
    engine.dispose()
    return file


@pytest.fixture(scope="module")
def served(filled: Path) -> Iterator[Served]:
    """A server that tests leave alone."""
    found = started(filled)
    yield found
    found.stop()


@pytest.fixture
def own(filled: Path, tmp_path: Path) -> Iterator[Served]:
    """A server a test may stop and whose data it may change."""
    file = tmp_path / "readmodel.db"
    shutil.copy(filled, file)
    found = started(file)
    yield found
    found.stop()


@pytest.fixture
def kiosk(browser: Browser, served: Served) -> Iterator[Kiosk]:
    """The kiosk at its first page."""
    found = Kiosk(browser, served.url)
    found.open()
    yield found
    browser.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})


def states(kiosk: Kiosk) -> list[str]:
    """Every choice of the open page, to be touched one after the other."""
    script = """return Array.from(document.querySelectorAll('[data-page]:not(.off) :is(button[data-pick], .touch)'))
        .map(e => e.dataset.pick)"""
    return list(dict.fromkeys(kiosk.run(script)))


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_every_state_of_every_page_fits_can_be_touched_and_read(
    kiosk: Kiosk, size: tuple[int, int], large: bool
) -> None:
    kiosk.open(size=size)
    kiosk.run("document.documentElement.classList.toggle('large', arguments[0])", large)
    for page in PAGES:
        kiosk.run("kiosk.go(arguments[0]); kiosk.apply()", page.slug)
        kiosk.browser.until(
            lambda: kiosk.run("return !document.querySelector('[data-places]:not(.off)') || true"), "drawn"
        )
        for state in ["", *states(kiosk)]:
            if state:
                kiosk.run("kiosk.go(arguments[0]); kiosk.pick(arguments[1]); kiosk.apply()", page.slug, state)
            assert kiosk.faults() == [], f"{page.slug} {state}"


def test_home_and_the_choices_of_the_panel_are_as_high_as_a_thumb_and_home_never_moves(kiosk: Kiosk) -> None:
    places = set()
    for page in PAGES:
        kiosk.run("kiosk.go(arguments[0]); kiosk.apply()", page.slug)
        boxes = kiosk.run(
            "return [...document.querySelectorAll('.rail button')].map(b => b.getBoundingClientRect().height)"
        )
        assert min(boxes) >= 96
        places.add(kiosk.place(".home"))
    assert len(places) == 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.slug))
def test_a_page_is_accessible_quiet_and_asks_nobody_but_its_server(
    kiosk: Kiosk, served: Served, page: object
) -> None:
    kiosk.browser.clear()
    kiosk.open(getattr(page, "slug", ""))
    kiosk.browser.run(AXE)
    assert kiosk.browser.driver.execute_async_script(RULES) == []
    assert kiosk.browser.complaints() == []
    assert {url for url in kiosk.browser.requested() if not url.startswith(served.url)} == set()


def test_every_tile_opens_its_page_and_home_leads_back(kiosk: Kiosk) -> None:
    for page in PAGES[1:]:
        kiosk.tap(f'.tile[data-go="{page.slug}"]')
        assert kiosk.page == page.slug
        assert len(kiosk.shown("[data-page] h1")) == 1
        kiosk.tap(".home")
        assert kiosk.page == "welcome"


def test_a_town_is_touched_on_the_map_and_a_small_one_in_the_enlargement(kiosk: Kiosk) -> None:
    kiosk.tap('.tile[data-go="party-map"]')
    kiosk.tap('.touch[data-pick="town:22"]')
    assert kiosk.shown(".town-name") == ["古林镇"]
    kiosk.tap(".zoom")
    kiosk.tap('.touch[data-pick="town:11"]')
    assert kiosk.shown(".town-name") == ["江厦街道"]
    kiosk.tap(".town-card .primary")
    kiosk.browser.until(lambda: kiosk.shown(".place .name"), "the places of the town are listed")
    assert all("江厦街道" in note for note in kiosk.shown(".place .note"))


def test_places_are_found_by_their_letters_and_turned_over(kiosk: Kiosk) -> None:
    kiosk.open("party-map?places-view=list")
    kiosk.browser.until(lambda: kiosk.shown(".place"), "places are listed")
    first = kiosk.shown(".place .name")
    kiosk.tap('[data-turn="places-list:1"]')
    assert not set(first) & set(kiosk.shown(".place .name"))
    kiosk.tap('[data-pick="search:keys"]')
    for letter in "GLZ":
        kiosk.tap(f'[data-key="{letter}"]')
    assert kiosk.shown(".query") == ["GLZ"]
    assert all("古林镇" in name for name in kiosk.shown(".place .name"))
    kiosk.tap('[data-key="clear"]')
    assert kiosk.shown(".query") == [""]


def test_nothing_can_be_written_but_letters_and_digits(kiosk: Kiosk) -> None:
    kiosk.open("party-map?places-view=list&search=keys")
    assert (
        kiosk.run(
            "return document.querySelectorAll('input, textarea, select, [contenteditable], a, iframe').length"
        )
        == 0
    )
    assert "".join(sorted(kiosk.shown(".key"))) == "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def test_the_quiz_tells_right_from_wrong_and_forgets(kiosk: Kiosk) -> None:
    kiosk.open("institutions")
    kiosk.tap("[data-quiz-start]")
    kiosk.tap('[data-answer="1:1"]')
    assert kiosk.shown(".answer.wrong")
    assert kiosk.shown(".answer.right")
    for number in range(1, 7):
        kiosk.tap(f'[data-show="quiz:{number}"] .answer[data-right="1"]')
        kiosk.tap(f'[data-show="quiz:{number}"] .why-box .primary')
    assert kiosk.shown("[data-quiz-score]") == ["5"]
    kiosk.tap(".home")
    kiosk.open("institutions?quiz=end")
    assert kiosk.shown("[data-quiz-score]") == ["0"]


def test_a_minute_without_a_touch_leads_home_after_a_countdown(kiosk: Kiosk) -> None:
    kiosk.tap('.tile[data-go="numbers"]')
    kiosk.tap("[data-big]")
    kiosk.hurry(40)
    assert kiosk.shown(".countdown") == []
    kiosk.hurry(8)
    assert 9 <= int(kiosk.shown("[data-seconds]")[0]) <= 12
    kiosk.tap(".stay")
    kiosk.hurry(0)
    assert kiosk.shown(".countdown") == []
    assert kiosk.page == "numbers"
    kiosk.hurry(61)
    assert kiosk.page == "welcome"
    assert kiosk.run("return document.documentElement.className") == ""


def test_the_slides_begin_by_themselves_and_the_touch_that_ends_them_does_nothing_else(kiosk: Kiosk) -> None:
    kiosk.hurry(46)
    assert kiosk.run("return kiosk.attracting")
    assert (
        len(kiosk.run("return Array.from(document.querySelectorAll('.slide.on')).map(s => s.textContent)"))
        == 1
    )
    x, y = kiosk.run(
        "var b = document.querySelector('.tile').getBoundingClientRect(); return [b.left + 20, b.top + 20]"
    )
    kiosk.tap_at(x, y)
    assert not kiosk.run("return kiosk.attracting")
    assert kiosk.page == "welcome"
    kiosk.tap_at(x, y)
    assert kiosk.page == "party-map"


def test_no_gesture_and_no_key_leads_out(kiosk: Kiosk) -> None:
    kiosk.pinch()
    assert kiosk.run("return visualViewport.scale") == 1
    stopped = """return arguments[0].map(function (e) {
        var event = new window[e[0]](e[1], Object.assign({bubbles: true, cancelable: true}, e[2]));
        return !document.querySelector('h1').dispatchEvent(event); });"""
    events = [
        ["MouseEvent", "contextmenu", {}], ["Event", "selectstart", {}], ["DragEvent", "dragstart", {}],
        ["WheelEvent", "wheel", {"ctrlKey": True, "deltaY": -100}], ["MouseEvent", "dblclick", {}],
        ["Event", "gesturestart", {}], ["MouseEvent", "auxclick", {"button": 1}], ["ClipboardEvent", "copy", {}],
    ]  # fmt: skip
    keys = [
        ("p", "ctrlKey"),
        ("+", "ctrlKey"),
        ("l", "ctrlKey"),
        ("ArrowLeft", "altKey"),
        ("F5", ""),
        ("F12", ""),
        ("Backspace", ""),
        ("Escape", ""),
    ]
    events += [
        ["KeyboardEvent", "keydown", {"key": key, **({held: True} if held else {})}] for key, held in keys
    ]
    assert kiosk.run(stopped, events) == [True] * len(events)
    assert kiosk.run("return window.open('https://example.com')") is None
    assert kiosk.run("return getComputedStyle(document.body).userSelect") == "none"
    assert kiosk.run("return getComputedStyle(document.body).touchAction") == "none"
    assert kiosk.run("return document.documentElement.scrollHeight <= innerHeight")


def test_without_its_server_the_kiosk_goes_on_says_so_and_recovers(browser: Browser, own: Served) -> None:
    kiosk = Kiosk(browser, own.url)
    kiosk.open()
    own.stop()
    browser.until(
        lambda: kiosk.shown(".age") == ["网络中断，显示的是此前的数据"],
        "the foot says that it is cut off",
        40,
    )
    kiosk.tap('.tile[data-go="joining"]')
    kiosk.tap('[data-marks="stage:3"]')
    assert "发展对象" in kiosk.shown(".stage-text")[0]
    own.start()
    browser.until(lambda: kiosk.shown(".age") == [], "it has found its server again", 60)
    assert kiosk.page == "joining"


def test_a_new_version_waits_until_nobody_touches_and_leaves_the_page_open(
    browser: Browser, own: Served
) -> None:
    kiosk = Kiosk(browser, own.url)
    kiosk.open()
    kiosk.tap('.tile[data-go="party-map"]')
    kiosk.tap('.touch[data-pick="town:22"]')
    villages = ".town-card [data-measure='town-22-villages']"
    before = kiosk.shown(villages)
    key = "return document.getElementById('kiosk').dataset.key"
    shown = kiosk.run(key)
    publish(own.file, sa.text("update towns set villages = villages + 1"))
    browser.until(
        lambda: kiosk.run("return kiosk.last && kiosk.last.key") != shown, "the new version is known"
    )
    kiosk.tap("h1")
    assert kiosk.run(key) == shown, "a version never comes under a finger"
    kiosk.hurry(7)
    browser.until(lambda: kiosk.shown(villages) != before, "the number follows")
    assert int(kiosk.shown(villages)[0]) == int(before[0]) + 1
    assert kiosk.page == "party-map"
    assert kiosk.shown(".town-name") == ["古林镇"]
