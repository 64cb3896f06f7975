"""The wiring of the wall: ids, outputs, budgets, and one slug in every package."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.ids import STAGES
from dashboard.panels import BY_SLUG, PANELS, PERMANENT
from dashboard.profile import load_profile
from dashboard.scenes import Scene, permanent_slots, scenes_of
from dashboard.wall_profile import wall_names
from data.scope import Mode

EVERY = (*PANELS, *PERMANENT)
SLUGS = [panel.slug for panel in EVERY]
PAGE_BUDGET_BYTES = 600_000


@pytest.fixture(scope="module")
def layout(client: FlaskClient) -> Any:
    """The page as the browser gets it."""
    return client.get("/_dash-layout").get_json()


@pytest.fixture(scope="module")
def scenes(mode: Mode) -> tuple[Scene, ...]:
    """The scenes of this mode."""
    return scenes_of(load_profile("haishu").scenes, mode)


@pytest.fixture(scope="module")
def pages(client: FlaskClient, scenes: tuple[Scene, ...]) -> dict[str, Any]:
    """The page of every scene as the browser gets it."""
    return {scene.slug: page_of(client, f"scene={scene.slug}").get_json() for scene in scenes}


def page_of(client: FlaskClient, query: str) -> TestResponse:
    """The layout a page of this address asks for."""
    return client.get("/_dash-layout", headers={"Referer": f"http://localhost/wall?{query}"})


@pytest.fixture(scope="module")
def dependencies(client: FlaskClient) -> list[dict[str, Any]]:
    """The callbacks as the browser gets them."""
    found: list[dict[str, Any]] = client.get("/_dash-dependencies").get_json()
    return found


def components(tree: Any) -> Iterator[dict[str, Any]]:
    """Every component of a page, depth first."""
    if isinstance(tree, list):
        for branch in tree:
            yield from components(branch)
    elif isinstance(tree, dict) and "props" in tree:
        yield tree
        yield from components(tree["props"].get("children"))


def targets(dependency: dict[str, Any]) -> list[str]:
    """Outputs of a callback as "id.property"."""
    output = dependency["output"]
    return [part for part in output.strip(".").split("...") if part]


def test_no_slug_is_registered_twice() -> None:
    assert len(BY_SLUG) == len(EVERY)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_slug_is_the_same_in_every_package(slug: str) -> None:
    module = slug.replace("-", "_")
    for package in ("data.queries", "dashboard.figures", "layouts.panels"):
        assert find_spec(f"{package}.{module}"), f"{package}.{module}"


def test_no_id_is_doubled(pages: dict[str, Any]) -> None:
    for page in pages.values():
        ids = Counter(c["props"]["id"] for c in components(page) if "id" in c["props"])
        assert not [name for name, count in ids.items() if count > 1]


def test_no_id_of_a_scene_is_an_id_of_the_next(pages: dict[str, Any]) -> None:
    # Two scenes are on the page while one prepares.
    frames = [
        {c["props"]["id"] for c in components(page) if "data-panel" in c["props"]} for page in pages.values()
    ]
    shared = set.intersection(*frames) if len(frames) > 1 else set()
    assert shared <= {f"panel-{panel.slug}" for panel in PERMANENT}


def test_every_id_of_a_callback_is_on_the_page(layout: Any, dependencies: list[dict[str, Any]]) -> None:
    ids = {c["props"]["id"] for c in components(layout) if "id" in c["props"]}
    asked = {target.rsplit(".", 1)[0] for d in dependencies for target in targets(d)}
    asked |= {part["id"] for d in dependencies for part in (*d["inputs"], *d["state"])}
    assert asked
    assert asked <= ids


def test_no_output_has_two_writers(dependencies: list[dict[str, Any]]) -> None:
    written = Counter(target for d in dependencies for target in targets(d))
    assert written
    assert not [target for target, count in written.items() if count > 1]


def test_a_redraw_waits_for_a_request_and_asks_for_few_things(dependencies: list[dict[str, Any]]) -> None:
    for dependency in dependencies:
        assert dependency["prevent_initial_call"]
        assert len(dependency["inputs"]) + len(dependency["state"]) <= 6


def test_nothing_is_written_to_an_attribute_the_browser_alone_keeps(
    dependencies: list[dict[str, Any]],
) -> None:
    kept = {
        f"wall.data-{name}"
        for name in (
            "ready",
            "preview",
            "truth",
            "build",
            "key",
            "focus",
            "scene",
            "scene-ready",
            "hold",
            "alert",
        )
    }
    assert not kept & {target for d in dependencies for target in targets(d)}


def test_every_panel_of_every_scene_is_drawn_and_of_one_version(
    pages: dict[str, Any], scenes: tuple[Scene, ...], mode: Mode
) -> None:
    beside = [slot.slug for slot in permanent_slots(mode)]
    for scene in scenes:
        frames = {
            c["props"]["data-panel"]: c["props"]
            for c in components(pages[scene.slug])
            if "data-panel" in c["props"]
        }
        assert list(frames) == [*scene.slugs, *beside]
        assert {frame["data-state"] for frame in frames.values()} == {"fresh"}
        assert {frame["data-version"] for frame in frames.values()} == {"1"}


def test_every_panel_keeps_its_budget(pages: dict[str, Any]) -> None:
    for page in pages.values():
        for frame in (c for c in components(page) if "data-panel" in c["props"]):
            slug = frame["props"]["data-panel"]
            size = len(json.dumps(frame, ensure_ascii=False).encode())
            assert size <= BY_SLUG[slug].max_bytes, f"{slug}: {size}"


@pytest.mark.parametrize("name", wall_names())
def test_every_wall_is_drawn_in_its_own_pixels(client: FlaskClient, name: str) -> None:
    page = page_of(client, f"wall={name}")
    assert len(page.data) <= PAGE_BUDGET_BYTES
    main = next(c for c in components(page.get_json()) if c["props"].get("id") == "wall")
    assert f"{main['props']['data-width']}x{main['props']['data-height']}" == name


def test_figures_use_only_traces_of_the_bundle_and_no_transition(pages: dict[str, Any]) -> None:
    figures = [c["props"]["figure"] for p in pages.values() for c in components(p) if c["type"] == "Graph"]
    assert figures
    for figure in figures:
        assert {trace["type"] for trace in figure["data"]} <= {"scatter", "bar", "pie"}
        assert sum(trace["type"] == "bar" for trace in figure["data"]) <= 1


def test_a_scene_is_prepared_on_the_stage_it_is_asked_for(
    client: FlaskClient, scenes: tuple[Scene, ...]
) -> None:
    scene = scenes[-1]
    found = prepared(client, {"n": 1, "scene": scene.slug, "stage": "stage-b", "focus": None})
    assert set(found) == {"stage-b"}
    shown = {
        c["props"]["data-panel"]
        for c in components(found["stage-b"]["children"])
        if "data-panel" in c["props"]
    }
    assert shown == set(scene.slugs)


@pytest.mark.parametrize(
    "asked", [{"scene": "nowhere", "stage": "stage-b"}, {"scene": "overview", "stage": "wall"}]
)
def test_a_scene_or_stage_that_is_none_is_not_prepared(client: FlaskClient, asked: dict[str, str]) -> None:
    assert prepared(client, {"n": 1, **asked}) == {}


def prepared(client: FlaskClient, request: dict[str, Any]) -> dict[str, Any]:
    """What the preparation answers; only the outputs it sets."""
    outputs = [{"id": stage, "property": "children"} for stage in STAGES]
    answer = client.post(
        "/_dash-update-component",
        json={
            "output": "..stage-a.children...stage-b.children..",
            "outputs": outputs,
            "inputs": [{"id": "prepare", "property": "data", "value": request}],
            "state": [{"id": "wall-name", "property": "data", "value": "3840x1280"}],
            "changedPropIds": ["prepare.data"],
        },
    )
    return dict(answer.get_json()["response"]) if answer.status_code == 200 else {}
