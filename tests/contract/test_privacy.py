"""No person enters the read model: neither as a column nor as a value, in the store and in what the wall answers."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from dash import Dash

from callbacks.application import create_app
from dashboard.profile import load_profile
from data.contract import METADATA, members, posts, volunteer_projects
from data.demo.generate import generate
from data.demo.haishu import haishu_spec
from data.engine import open_engine
from data.readmodel import schema
from data.readmodel.store import prepare
from data.readmodel.viewer import open_viewer
from tests.browser.served_wall import TrialSettings
from tests.naive.projected import projector
from tests.public_store import public_of

NOW = datetime(2026, 11, 21, 14, 30)
# Columns named like a personal one that say something of an organisation, a month or the projector itself.
NOT_OF_A_PERSON = {
    "nodes.name",
    "towns.name",
    "branch_results.score",
    "months.status",
    "quarantine.reason",
    "feeds.name",
    "feeds.reason",
    "leases.name",
    "listings.amount",
    "listings.title",
}


def personal_names() -> set[str]:
    """Names of all columns of the contract that are personal (P1) or sensitive (P2)."""
    columns = [column for table in METADATA.tables.values() for column in table.columns]
    return {column.name for column in columns if column.info.get("personal") in ("P1", "P2")}


def test_no_column_of_the_read_model_is_a_personal_one() -> None:
    columns = [column for table in schema.METADATA.tables.values() for column in table.columns]
    assert {str(column) for column in columns if column.name in personal_names()} == NOT_OF_A_PERSON


def write_names_into_titles(source: sa.Engine) -> None:
    """What no generated title does: every disclosure, notice and snapshot, and every need of help, names a member."""
    named = sa.literal("公示：") + sa.select(sa.func.min(members.c.name)).scalar_subquery()
    of_persons = posts.c.post_kind.in_(("disclosure", "notice", "snapshot", "discussion"))
    needs = volunteer_projects.c.service_kind.in_(("poverty_help", "medical"))
    with source.begin() as connection:
        told = connection.execute(sa.update(posts).where(of_persons).values(title=named))
        asked = connection.execute(sa.update(volunteer_projects).where(needs).values(title=named))
    assert told.rowcount > 0
    assert asked.rowcount > 0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An operational database with 400 members and its read model."""
    folder = tmp_path_factory.mktemp("privacy")
    source, store = (open_engine(f"sqlite:///{folder / name}.db") for name in ("operational", "readmodel"))
    generate(source, haishu_spec().scaled(towns=3, branches=30, members=400, months=6), now=NOW, seed=7)
    write_names_into_titles(source)
    prepare(store)
    projector(source, store, lambda: NOW).run()
    for engine in (source, store):
        engine.dispose()
    return folder


@pytest.fixture(scope="module")
def of_persons(folder: Path) -> set[str]:
    """Values by which a person of that district could be told: name, number, ciphertexts."""
    engine = open_viewer(f"sqlite:///{folder / 'operational.db'}")
    c = members.c
    with engine.connect() as connection:
        rows = connection.execute(sa.select(c.name, c.member_no, c.id_card_no_enc, c.mobile_enc)).all()
    engine.dispose()
    found = {value for row in rows for value in row if value}
    assert len(found) > 400
    return found


def test_no_value_of_a_person_is_in_the_read_model(folder: Path, of_persons: set[str]) -> None:
    engine = open_viewer(f"sqlite:///{folder / 'readmodel.db'}")
    with engine.connect() as connection:
        for table in schema.METADATA.tables.values():
            texts = [column for column in table.columns if isinstance(column.type, sa.String)]
            for row in connection.execute(sa.select(*texts)) if texts else ():
                assert not of_persons.intersection(row), table.name
    engine.dispose()


@pytest.fixture(scope="module", params=["wall_reception", "wall_internal"])
def app(folder: Path, request: pytest.FixtureRequest) -> Dash:
    engine = open_viewer(f"sqlite:///{folder / 'readmodel.db'}")
    profile = load_profile("haishu")
    public = public_of(engine, profile, lambda: NOW)
    return create_app(engine, TrialSettings(wall_mode=request.param), profile, lambda: NOW, public=public)


@pytest.mark.parametrize(
    "address", ["/wall", "/_dash-layout", "/_dash-dependencies", "/api/version", "/readyz"]
)
def test_no_answer_of_the_wall_holds_a_value_of_a_person(
    app: Dash, of_persons: set[str], address: str
) -> None:
    asking = {"Referer": "http://localhost/wall?scene=overview"}
    answer: Any = app.server.test_client().get(address, headers=asking)
    assert answer.status_code == 200
    text = json.dumps(answer.get_json(), ensure_ascii=False) if answer.is_json else answer.text
    assert address != "/_dash-layout" or "组织架构" in text
    assert not [value for value in of_persons if value in text]


@pytest.mark.parametrize("scene", [scene.slug for scene in load_profile("haishu").scenes])
def test_no_scene_holds_a_value_of_a_person(app: Dash, of_persons: set[str], scene: str) -> None:
    asking = {"Referer": f"http://localhost/wall?scene={scene}"}
    answer: Any = app.server.test_client().get("/_dash-layout", headers=asking)
    assert answer.status_code == 200
    text = json.dumps(answer.get_json(), ensure_ascii=False)
    assert not [value for value in of_persons if value in text]
