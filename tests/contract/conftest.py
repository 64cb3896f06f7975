"""The application over a filled read model, in both modes of a wall."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from dash import Dash
from flask.testing import FlaskClient

from callbacks.application import create_app
from dashboard.profile import load_profile
from data.scope import Mode
from tests.browser.served_wall import TrialSettings
from tests.public_store import public_of
from tests.readmodel_district import NOW, fill


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    """A filled read model."""
    file = tmp_path_factory.mktemp("panels") / "readmodel.db"
    engine = sa.create_engine(f"sqlite:///{file}", poolclass=sa.NullPool)
    fill(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module", params=["wall_reception", "wall_internal"])
def mode(request: pytest.FixtureRequest) -> Mode:
    """Both modes of a wall."""
    found: Mode = request.param
    return found


@pytest.fixture(scope="module")
def app(engine: sa.Engine, mode: Mode) -> Dash:
    """The application in one mode."""
    profile = load_profile("haishu")
    public = public_of(engine, profile, lambda: NOW)
    return create_app(engine, TrialSettings(wall_mode=mode), profile, lambda: NOW, public=public)


@pytest.fixture(scope="module")
def client(app: Dash) -> FlaskClient:
    """A client of the application's server."""
    client: FlaskClient = app.server.test_client()
    return client
