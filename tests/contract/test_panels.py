"""The wiring of the wall: ids, outputs, budgets, and one slug in every package."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from dash import Dash
from flask.testing import FlaskClient

from callbacks.application import create_app
from dashboard.panels import BY_SLUG, PANELS
from dashboard.profile import load_profile
from dashboard.scenes import scenes_of
from dashboard.wall_profile import wall_names
from tests.browser.served_wall import TrialSettings
from tests.readmodel_district import NOW, fill

OVERVIEW = scenes_of(load_profile("haishu").scenes, "wall_internal")[0].slugs
SLUGS = [panel.slug for panel in PANELS]
PAGE_BUDGET_BYTES = 600_000


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    """A filled read model."""
    file = tmp_path_factory.mktemp("panels") / "readmodel.db"
    engine = sa.create_engine(f"sqlite:///{file}", poolclass=sa.NullPool)
    fill(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module", params=["wall_reception", "wall_internal"])
def app(engine: sa.Engine, request: pytest.FixtureRequest) -> Dash:
    """The application in both modes."""
    return create_app(engine, TrialSettings(wall_mode=request.param), load_profile("haishu"), lambda: NOW)


@pytest.fixture(scope="module")
def client(app: Dash) -> FlaskClient:
    """A client of the application's server."""
    client: FlaskClient = app.server.test_client()
    return client


@pytest.fixture(scope="module")
def layout(client: FlaskClient) -> Any:
    """The page as the browser gets it."""
    return client.get("/_dash-layout").get_json()


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
    assert len(BY_SLUG) == len(PANELS)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_slug_is_the_same_in_every_package(slug: str) -> None:
    module = slug.replace("-", "_")
    for package in ("data.queries", "dashboard.figures", "layouts.panels"):
        assert find_spec(f"{package}.{module}"), f"{package}.{module}"


def test_no_id_is_doubled(layout: Any) -> None:
    ids = Counter(c["props"]["id"] for c in components(layout) if "id" in c["props"])
    assert not [name for name, count in ids.items() if count > 1]


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
    kept = {f"wall.data-{name}" for name in ("ready", "preview", "truth", "build", "key", "focus")}
    assert not kept & {target for d in dependencies for target in targets(d)}


def test_every_panel_is_drawn_and_of_one_version(layout: Any) -> None:
    frames = {c["props"]["data-panel"]: c["props"] for c in components(layout) if "data-panel" in c["props"]}
    assert list(frames) == list(OVERVIEW)
    assert {frame["data-state"] for frame in frames.values()} == {"fresh"}
    assert {frame["data-version"] for frame in frames.values()} == {"1"}


@pytest.mark.parametrize("slug", OVERVIEW)
def test_a_panel_keeps_its_budget(slug: str, layout: Any) -> None:
    frame = next(c for c in components(layout) if c["props"].get("data-panel") == slug)
    assert len(json.dumps(frame, ensure_ascii=False).encode()) <= BY_SLUG[slug].max_bytes


@pytest.mark.parametrize("name", wall_names())
def test_every_wall_is_drawn_in_its_own_pixels(client: FlaskClient, name: str) -> None:
    referrer = {"Referer": f"http://localhost/wall?wall={name}"}
    page = client.get("/_dash-layout", headers=referrer)
    assert len(page.data) <= PAGE_BUDGET_BYTES
    main = next(c for c in components(page.get_json()) if c["props"].get("id") == "wall")
    assert f"{main['props']['data-width']}x{main['props']['data-height']}" == name


def test_figures_use_only_traces_of_the_bundle_and_no_transition(layout: Any) -> None:
    figures = [c["props"]["figure"] for c in components(layout) if c["type"] == "Graph"]
    assert figures
    for figure in figures:
        assert {trace["type"] for trace in figure["data"]} <= {"scatter", "bar", "pie"}
        assert sum(trace["type"] == "bar" for trace in figure["data"]) <= 1


def test_the_version_is_answered_once_and_then_not_modified(client: FlaskClient) -> None:
    first = client.get("/api/version")
    assert first.get_json()["state"] == "fresh"
    again = client.get("/api/version", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["X-Server-Time"] == first.headers["X-Server-Time"]


def test_server_time_is_the_instant_of_the_shanghai_clock(client: FlaskClient) -> None:
    # 2026-11-20 14:32 in Shanghai is 06:32 UTC.
    assert client.get("/api/version").get_json()["now_ms"] == 1_795_156_320_000


def test_without_read_model_the_probes_and_the_poll_say_so(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///file:{tmp_path}/none.db?mode=ro&uri=true", poolclass=sa.NullPool)
    client = create_app(engine, TrialSettings(), load_profile("haishu"), lambda: NOW).server.test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    answer = client.get("/api/version")
    assert (answer.status_code, answer.get_json()["state"]) == (200, "down")
    assert client.get("/_dash-layout").status_code == 200


def test_pages_may_only_load_from_their_own_server(client: FlaskClient) -> None:
    policy = client.get("/wall").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'")
    assert "unsafe-eval" not in policy
    assert "http" not in policy


def test_immutable_files_are_kept_for_a_year(client: FlaskClient) -> None:
    page = client.get("/wall").text
    address = page.split('as="script" href="')[1].split('"')[0]
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(answer.data) < 450_000
    assert client.get("/immutable/000000000000/plotly.min.js").status_code == 404


def test_the_start_page_is_the_wall_and_unknown_pages_are_none(client: FlaskClient) -> None:
    assert client.get("/").headers["Location"] == "/wall"
    assert client.get("/nowhere").status_code == 404
    assert client.get("/wall?wall=9x9").status_code == 404
