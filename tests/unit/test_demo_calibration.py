"""A wall on which everything glows warns of nothing: few branches of a synthetic district are red or yellow."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.profile import load_profile
from data.demo.districts import SPECS, district_spec
from data.demo.generate import generate
from data.projection.projector import District, Projector
from data.readmodel.light import Light
from data.readmodel.store import prepare

NOW = datetime(2026, 11, 18, 14, 30)
# Twelve closed months are looked at, the second and third of the data among them.
BRANCHES, MONTHS = 100, 14
# The aim is 5 % red and 25 % yellow: 100 branches are few.
MOST_RED, MOST_YELLOW = 0.07, 0.28
# 武进 turns a branch red by its dues, its assembly or the year's total alone: one in two hundred.
RARELY_RED = ("wujin",)


def lights(slug: str, folder: Path) -> dict[str, dict[Light, int]]:
    """Branches by month and light, the last twelve closed months of a small district."""
    spec, profile = district_spec(slug), load_profile(slug)
    members = round(BRANCHES * spec.members / spec.branches)
    source = sa.create_engine(f"sqlite:///{folder / 'source.db'}")
    store = sa.create_engine(f"sqlite:///{folder / 'store.db'}")
    generate(source, spec.scaled(towns=4, branches=BRANCHES, members=members, months=MONTHS), now=NOW)
    prepare(store)
    district = District(slug, profile.scheme, profile.catalogue, profile.digest)
    projector = Projector(source, store, district, lambda: NOW)
    assert projector.lease.acquire()
    projector.run()
    with store.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT period_month, light, count(*) FROM branch_results WHERE light > 0 GROUP BY 1, 2"
        ).all()
    source.dispose()
    store.dispose()
    found: dict[str, dict[Light, int]] = {}
    for month, light, n in sorted(rows):
        found.setdefault(month, {})[Light(int(light))] = n
    return {month: found[month] for month in sorted(found)[-13:-1]}


@pytest.mark.parametrize("slug", sorted(SPECS))
def test_few_branches_are_red_and_not_many_yellow_but_some_are(slug: str, tmp_path: Path) -> None:
    months = lights(slug, tmp_path)
    assert len(months) == 12
    for month, found in months.items():
        judged = sum(found.values())
        assert judged > 0.95 * BRANCHES, month
        assert found.get(Light.RED, 0) <= MOST_RED * judged, (month, found)
        assert 0.03 * judged <= found.get(Light.YELLOW, 0) <= MOST_YELLOW * judged, (month, found)
    assert slug in RARELY_RED or sum(found.get(Light.RED, 0) for found in months.values()) > 0
