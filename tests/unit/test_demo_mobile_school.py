"""Synthetic pupils of the mobile school: published totals, courses taken once, resume points, growing accounts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest

from data.demo.figures import PublishedFigures
from data.demo.haishu import haishu_spec
from data.demo.mobile_school import write_mobile_school
from data.demo.people_rows import write_people
from data.demo.registrations import write_registrations
from data.demo.world import World
from tests.demo_rows import NOW, rows_of

SMALL = haishu_spec().scaled(towns=4, branches=80, members=1600)
FIGURES = PublishedFigures(
    registered_users=1_250, under45_registered=510, hours_per_registered=28.0, course_hours=150
)
Frames = dict[str, pd.DataFrame]


def _write(world: World) -> None:
    write_people(world.writer, world.people, world.roster, world.registry, world.time)
    write_mobile_school(world, write_registrations(world))


@pytest.fixture(scope="module")
def published() -> Frames:
    return rows_of(replace(SMALL, figures=FIGURES), _write)


@pytest.fixture(scope="module", params=["published", "usual"])
def district(request: pytest.FixtureRequest, published: Frames) -> Frames:
    return published if request.param == "published" else rows_of(SMALL, _write)


def young_pupils(district: Frames, last_day: str) -> pd.Index:
    """Members under 45 on a day, by the birthdays on record, with an account at the mobile school."""
    members = district["members"].set_index("member_id")
    limit = f"{int(last_day[:4]) - 45}{last_day[4:]}"
    young = members.index[members.birthday > limit]
    accounts = district["app_registrations"].query("app_code == 'mobile_school'")
    return young[young.isin(accounts.member_id)]


@pytest.mark.parametrize("last_day", ["2026-11-18", "2026-11-30"])
def test_the_published_accounts_and_hours_come_out_on_any_day_of_the_month(
    published: Frames, last_day: str
) -> None:
    young = young_pupils(published, last_day)
    assert published["app_registrations"].member_id.nunique() == 1_250
    assert len(young) == 510
    records = published["learning_records"]
    this_year = records[records.completed_at.str.startswith("2026", na=False)]
    assert this_year[this_year.member_id.isin(young)].credited_hours.sum() / 510 == pytest.approx(
        28, abs=0.01
    )
    assert published["courses"].class_hours.sum() == 150


def test_a_short_window_and_a_young_year_keep_the_figures() -> None:
    short = rows_of(replace(SMALL, figures=FIGURES, months=4), _write)
    young = young_pupils(short, "2026-11-18")
    hours = short["learning_records"].query("member_id in @young").credited_hours.sum()
    assert (len(young), hours / len(young)) == (510, pytest.approx(28, abs=0.01))
    january = rows_of(replace(SMALL, figures=FIGURES), _write, now=datetime(2027, 1, 9, 10))
    records = january["learning_records"]
    fresh = records[records.completed_at.str.startswith("2027", na=False)].credited_hours.sum()
    pupils = (january["app_registrations"].app_code == "mobile_school").sum()
    assert 0 < fresh / pupils < 28 * 8 / 90 * 1.2


def test_nobody_takes_a_course_twice_before_it_is_published_or_before_registering(district: Frames) -> None:
    records = district["learning_records"]
    accounts = district["app_registrations"].query("app_code == 'mobile_school'").set_index("member_id")
    courses = district["courses"].set_index("course_id")
    assert not records.duplicated(["member_id", "course_id"]).any()
    assert (records.started_at.str[:10] >= records.course_id.map(courses.published_on)).all()
    assert (records.started_at >= records.member_id.map(accounts.registered_at)).all()
    assert set(courses.course_category) == {
        "party_building", "current_affairs", "rule_of_law", "party_history", "discipline", "skills", "rural",
    }  # fmt: skip
    assert courses.title.is_unique


def test_an_unfinished_course_keeps_where_it_stopped_and_earns_nothing(district: Frames) -> None:
    records = district["learning_records"]
    open_ = records[records.completed_at.isna()]
    done = records[records.completed_at.notna()]
    assert 0 < len(open_) < 0.2 * len(records)
    assert open_.member_id.is_unique
    assert (open_.credited_hours == 0).all()
    assert open_.last_position_s.between(60, 2640).all()
    assert (open_.progress - open_.last_position_s / 2700).abs().max() < 1e-4
    assert (done.credited_hours == 1).all()
    assert (done.progress == 1).all()
    assert (pd.to_datetime(done.completed_at) - pd.to_datetime(done.started_at)).min() >= pd.Timedelta(
        minutes=45
    )
    assert records.updated_at.max() <= f"{NOW}"


def test_only_members_in_the_party_have_accounts_since_they_belong_to_a_branch(district: Frames) -> None:
    accounts = district["app_registrations"].merge(district["members"], on="member_id", suffixes=("", "_m"))
    first = district["memberships"].groupby("member_id").started_on.min()
    assert (accounts.membership_state == "in_party").all()
    assert (accounts.registered_at.str[:10] >= accounts.member_id.map(first)).all()
    assert (accounts.last_active_on >= accounts.registered_at.str[:10]).all()
    assert not accounts.duplicated(["member_id", "app_code"]).any()
    assert accounts.updated_at.max() <= f"{NOW}"
    month = accounts[accounts.last_active_on >= "2026-11-01"].member_id.nunique()
    assert 0.8 < month / accounts.member_id.nunique() < 1


def test_every_eighth_class_hour_of_a_year_earns_two_points_and_no_more_than_eight(district: Frames) -> None:
    points = district["point_entries"]
    records = district["learning_records"].dropna(subset=["completed_at"])
    hours = records.groupby([records.member_id, records.completed_at.str[:4]]).credited_hours.sum()
    earned = points.groupby([points.member_id, points.occurred_on.str[:4]]).points.sum()
    wanted = (hours // 8 * 2).clip(upper=8)
    assert earned.sort_index().to_dict() == wanted[wanted > 0].sort_index().to_dict()
