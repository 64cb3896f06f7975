"""Synthetic grassroots cadres: who serves where, believable ages and education, updates quarter by quarter."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

from data.demo.cadres import write_cadres
from data.demo.haishu import haishu_spec
from data.demo.people_rows import write_people
from data.demo.places import organisation_points
from data.demo.registry import write_registry
from data.demo.world import World
from tests.demo_rows import NOW, rows_of

SPEC = haishu_spec().scaled(towns=6, branches=500, members=10_000)
TODAY = pd.Timestamp(NOW.date())
EDUCATED = ["postgraduate", "bachelor", "junior_college"]
Frames = dict[str, pd.DataFrame]


def _write(world: World) -> None:
    points = organisation_points(world.registry.tree, world.time.stream("places"))
    write_registry(world.writer, world.registry, world.time, points)
    write_people(world.writer, world.people, world.roster, world.registry, world.time)
    write_cadres(world)


@pytest.fixture(scope="module")
def district() -> Frames:
    return rows_of(SPEC, _write)


def test_every_village_and_community_has_one_secretary_of_its_kind_and_about_two_reserves(
    district: Frames,
) -> None:
    places = district["divisions"].query("kind in ['village', 'community']").set_index("division_id").kind
    cadres = district["cadres"]
    heads = cadres[cadres.cadre_kind.isin(["village_secretary", "community_secretary"])]
    assert Counter(heads.division_id) == Counter(places.index)
    assert (heads.cadre_kind == heads.division_id.map(places) + "_secretary").all()
    reserves = cadres[cadres.is_reserve == 1]
    assert set(reserves.division_id) == set(places.index)
    assert 1.9 < len(reserves) / len(places) < 2.5
    assert (reserves.reserve_for.notna()).all()
    assert set(cadres.cadre_kind) == {
        "village_secretary", "community_secretary", "committee_member", "graduate_cadre", "reserve",
        "two_new_secretary",
    }  # fmt: skip


def test_ages_and_education_are_those_of_grassroots_cadres(district: Frames) -> None:
    cadres = district["cadres"]
    age = ((TODAY - pd.to_datetime(cadres.birthday)).dt.days / 365.25).groupby(cadres.cadre_kind)
    educated = cadres.education.isin(EDUCATED).groupby(cadres.cadre_kind).mean()
    assert age.mean()["village_secretary"] == pytest.approx(45.4, abs=2.5)
    assert age.mean()["graduate_cadre"] == pytest.approx(28, abs=2)
    assert age.mean()["reserve"] == pytest.approx(32.5, abs=2)
    assert age.min().min() >= 22
    assert 0.6 < educated["village_secretary"] < 0.9
    assert educated["graduate_cadre"] > 0.95


def test_a_cadre_who_is_a_member_is_that_member_and_nobody_serves_twice(district: Frames) -> None:
    known = district["cadres"].dropna(subset=["member_id"])
    members = district["members"].set_index("member_id").loc[known.member_id].set_index(known.index)
    assert len(known) > 0.6 * len(district["cadres"])
    assert known.member_id.is_unique
    assert (known.name == members.name).all()
    assert (known.gender == members.gender).all()
    assert (known.birthday == members.birthday)[members.birthday.notna()].all()
    assert (members.membership_state == "in_party").all()


def test_nearly_all_update_every_closed_quarter_in_time_and_nobody_twice(district: Frames) -> None:
    updates = district["cadre_quarterly_updates"]
    sections = [f"{name}_updated" for name in ("basic", "post", "training", "performance")]
    limit = updates.quarter.map(lambda q: pd.Period(q, "Q").end_time + pd.Timedelta(days=10))
    whole = updates[sections].all(axis=1) & (pd.to_datetime(updates.submitted_at) <= limit)
    assert not updates.duplicated(["cadre_id", "quarter"]).any()
    assert updates.quarter.max() == "2026Q4"
    closed = whole[updates.quarter < "2026Q4"]
    assert 0.95 < closed.groupby(updates.quarter).mean().min() < 1
    assert (updates.submitted_at.isna() == ~updates[sections].any(axis=1)).all()
    assert updates.updated_at.max() <= f"{NOW}"


def test_trainings_add_up_to_about_56_class_hours_a_year(district: Frames) -> None:
    active = (district["cadres"].status == "active").sum()
    hours = district["cadre_trainings"].set_index("held_on").class_hours
    year = hours[(hours.index >= "2025-01-01") & (hours.index < "2026-01-01")].sum() / active
    assert 45 < year < 65
    assert hours.index.max() < f"{NOW.date()}"


def test_an_appointment_is_open_for_those_who_serve_and_ended_for_those_who_left(district: Frames) -> None:
    found = district["cadre_appointments"].merge(district["cadres"], on="cadre_id", suffixes=("", "_c"))
    assert (found.ended_on.isna() == (found.status == "active")).all()
    ended = found.dropna(subset=["ended_on"])
    assert len(ended) > 0
    assert (ended.ended_on > ended.started_on).all()
    assert not (found.cadre_kind == "reserve").any()
