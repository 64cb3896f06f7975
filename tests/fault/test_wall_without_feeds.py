"""A table that is not connected: the wall is drawn, its figures are not there, and none of them is 0."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from callbacks.application import create_app
from dashboard.profile import load_profile
from data.demo.generate import generate
from data.demo.haishu import haishu_spec
from data.engine import open_engine
from data.readmodel.store import prepare
from tests.browser.served_wall import TrialSettings
from tests.naive.projected import projector
from tests.public_store import public_of

NOW = datetime(2026, 11, 21, 14, 30)

# Table that is missing → measures of the wall that then have no value.
SILENT = {
    "activities": ("theme_day_share", "meetings", "activities"),
    "attendances": ("hs_b_attendance_rate", "signins"),
    "dues_obligations": ("hs_b_dues_collection",),
    "memberships": ("members",),
    "point_entries": ("d_index_avg",),
    "volunteer_records": ("volunteer_hours_per_member",),
    "learning_records": ("study_hours_per_member",),
    "appraisals": (),
    "org_terms": (),
    "transfer_steps": (),
    "warnings": (),
}


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("feeds") / "operational.db"
    engine = open_engine(f"sqlite:///{file}", write_ahead=False)
    generate(engine, haishu_spec().scaled(towns=3, branches=30, members=400, months=6), now=NOW, seed=7)
    engine.dispose()
    return file


def wall(folder: Path, district: Path, missing: str | None, mode: str) -> list[dict[str, Any]]:
    """Properties of every component of the wall over a copy of the district without this table."""
    source = open_engine(f"sqlite:///{shutil.copy(district, folder / 'operational.db')}")
    if missing is not None:
        with source.begin() as connection:
            connection.exec_driver_sql(f"DROP TABLE {missing}")
    store = open_engine(f"sqlite:///{folder / 'readmodel.db'}")
    prepare(store)
    assert projector(source, store, lambda: NOW).run().version == 1
    profile, later = load_profile("haishu"), NOW + timedelta(seconds=5)
    public = public_of(store, profile, lambda: later)
    app = create_app(store, TrialSettings(wall_mode=mode), profile, lambda: later, public=public)
    found = list(properties(app.layout().to_plotly_json()))
    for engine in (source, store):
        engine.dispose()
    return found


def properties(tree: Any) -> Any:
    if hasattr(tree, "to_plotly_json"):
        tree = tree.to_plotly_json()
    if isinstance(tree, dict):
        yield tree.get("props", {})
        for value in tree.get("props", {}).values():
            yield from properties(value)
    if isinstance(tree, list | tuple):
        for value in tree:
            yield from properties(value)


def values_of(found: list[dict[str, Any]], measure: str) -> set[str]:
    values = [str(props.get("data-value") or "") for props in found if props.get("data-measure") == measure]
    return set(values) - {""}


@pytest.mark.parametrize("mode", ["wall_reception", "wall_internal"])
@pytest.mark.parametrize("missing", SILENT)
def test_figures_without_a_feed_are_not_there_and_no_panel_fails(
    tmp_path: Path, district: Path, missing: str, mode: str
) -> None:
    found = wall(tmp_path, district, missing, mode)
    states = {props["data-panel"]: props["data-state"] for props in found if "data-panel" in props}
    assert set(states.values()) == {"fresh"}, states
    assert not [measure for measure in SILENT[missing] if values_of(found, measure)]


def test_with_every_feed_each_of_these_figures_is_there(tmp_path: Path, district: Path) -> None:
    found = wall(tmp_path, district, None, "wall_reception")
    assert all(values_of(found, measure) for measures in SILENT.values() for measure in measures)
