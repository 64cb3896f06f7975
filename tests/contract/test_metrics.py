"""/metrics: what a watcher over the servers gets, checked against the rows it is read from."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families as families

from callbacks import metrics
from callbacks.application import create_app
from callbacks.direction.stores import direction_stores
from dashboard.profile import load_profile
from data.accounts.store import open_accounts
from data.readmodel import schema
from data.readmodel.reader import open_reader
from tests.browser.served_wall import TrialSettings
from tests.public_store import public_of
from tests.readmodel_district import NOW


def told(server: Flask) -> dict[str, float]:
    """Every sample by its name and the values of its labels."""
    answer = server.test_client().get("/metrics")
    assert answer.status_code == 200
    return {
        " ".join([one.name, *one.labels.values()]): one.value
        for family in families(answer.text)
        for one in family.samples
    }


def test_the_newest_version_is_told_with_its_age_and_its_cost(engine: sa.Engine) -> None:
    server = create_app(
        engine, TrialSettings(wall_mode="wall_internal"), load_profile("haishu"), lambda: NOW
    ).server
    found = told(server)
    with open_reader(engine) as reader:
        row = reader.connection.execute(sa.select(schema.versions)).one()
        aside = reader.connection.execute(sa.select(sa.func.sum(schema.quarantine.c.rows))).scalar_one()
    assert found["vanguard_version"] == row.version
    assert found["vanguard_read_model_up"] == found["vanguard_feed_up"] == 1
    assert found["vanguard_data_age_seconds"] == (NOW - row.as_of).total_seconds()
    assert found["vanguard_cycle_statements"] == row.statements
    assert found["vanguard_cycle_rows"] == row.rows_read
    assert found["vanguard_set_aside_rows"] == (aside or 0)


def test_without_its_read_model_it_says_so_and_still_tells_of_the_screens(tmp_path: Path) -> None:
    gone = sa.create_engine(f"sqlite:///file:{tmp_path}/none.db?mode=ro&uri=true", poolclass=sa.NullPool)
    reports = direction_stores(open_accounts(f"sqlite:///{tmp_path}/accounts.db")).reports
    server = Flask("metrics")
    metrics.register(server, gone, lambda: NOW, reports)
    assert told(server)["vanguard_read_model_up"] == 0
    assert told(server)["vanguard_screen_alarms"] == 0


def test_a_server_for_visitors_has_no_metrics(engine: sa.Engine) -> None:
    settings, profile = TrialSettings(wall_mode="wall_reception"), load_profile("haishu")
    public = public_of(engine, profile, lambda: NOW)
    server = create_app(engine, settings, profile, lambda: NOW, public=public).server
    assert server.test_client().get("/metrics").status_code == 404
