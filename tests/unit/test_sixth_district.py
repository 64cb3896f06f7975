"""A sixth district is one file: an invented one is written from scratch, generated, projected and shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
import sqlalchemy as sa

from callbacks.application import create_app
from dashboard import profile
from dashboard.profile import DistrictProfile
from data.demo.generate import generate
from data.demo.invented import invented_spec
from data.projection.projector import District, Projector
from data.readmodel.schema import branch_results, org_months, towns
from data.readmodel.store import prepare
from tests.browser.served_wall import TrialSettings

NOW = datetime(2026, 11, 18, 14, 30)

# Three towns, the light system of 海曙 with a term warned of earlier, and a wall of one scene.
TEXT = """
code = "990101"
name = "玉湖县"
title = "玉湖县党建指挥中心"
owner = "中共玉湖县委组织部"
index_name = "先锋指数"
scheme = "haishu"
sets = ["hs_b"]
lights = ["hs_b"]
words = { level = "县", towns = "乡镇", activity_day = "固定党日" }
calendar = { publish_day = 8 }
due = { rectify_red = 10 }

seats = [
    { name = "东岭镇", lng = 119.10, lat = 30.02 },
    { name = "西塘镇", lng = 118.92, lat = 30.05 },
    { name = "南渡乡", lng = 119.00, lat = 29.90 },
]

[overrides.hs_b_term]
yellow = "<= 400"

[[scenes]]
slug = "overview"
title = "全县总览"
seconds = 60
panels = ["key-figures-left", "organisation", "members", "ranking", "district-map", "map-focus"]
"""


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DistrictProfile, sa.Engine]]:
    folder = tmp_path_factory.mktemp("yuhu")
    (folder / "yuhu.toml").write_text(TEXT, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(profile, "PROFILES", folder)
        found = profile.load_profile.__wrapped__("yuhu")
    seats = [(seat.name, seat.lng, seat.lat) for seat in found.seats]
    spec = invented_spec(found.code, found.name, found.words.level, seats)
    source = sa.create_engine(f"sqlite:///{folder / 'operational.db'}")
    generate(source, replace(spec.scaled(towns=3, branches=40, members=700), months=5), now=NOW)
    store = sa.create_engine(f"sqlite:///{folder / 'readmodel.db'}")
    prepare(store)
    what = District(found.slug, found.scheme, found.catalogue, found.digest)
    projector = Projector(source, store, what, lambda: NOW)
    assert projector.lease.acquire()
    projector.run()
    source.dispose()
    yield found, store
    store.dispose()


def test_its_towns_and_members_are_in_the_read_model(
    district: tuple[DistrictProfile, sa.Engine],
) -> None:
    _, store = district
    with store.connect() as connection:
        assert set(connection.scalars(sa.select(towns.c.name))) == {"东岭镇", "西塘镇", "南渡乡"}
        newest = sa.select(org_months.c.members).order_by(
            org_months.c.period_month.desc(), org_months.c.org_id
        )
        assert connection.scalars(newest.limit(1)).one() == 700


def test_its_own_line_decides_its_lights(district: tuple[DistrictProfile, sa.Engine]) -> None:
    _, store = district
    r = branch_results.c
    with store.connect() as connection:
        terms = connection.execute(
            sa.select(r.hs_b_term_value, r.hs_b_term_light).where(r.hs_b_term_value.is_not(None))
        ).all()
    assert any(90 < days <= 400 for days, _ in terms), "no term tells its line from the usual one"
    assert {light for days, light in terms if 0 <= days <= 400} == {3.0}
    assert {light for days, light in terms if days > 400} == {2.0}


def test_its_wall_speaks_its_words_and_draws_its_towns(district: tuple[DistrictProfile, sa.Engine]) -> None:
    found, store = district
    app = create_app(store, TrialSettings(wall_mode="wall_internal"), found, lambda: NOW)
    page = app.server.test_client().get("/_dash-layout", headers={"Referer": "http://localhost/wall"})
    shown = json.dumps(page.get_json(), ensure_ascii=False)
    for word in ("玉湖县党建指挥中心", "先锋指数", "3 乡镇", "东岭", "西塘", "南渡", "县均"):
        assert word in shown, word
    assert "海曙" not in shown
    assert "示意图" in shown
