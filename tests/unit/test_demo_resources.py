"""The synthetic library: published counts, every topic in every kind, bookings of what is there."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from data.demo.figures import PublishedFigures
from data.demo.haishu import haishu_spec
from data.demo.places import organisation_points
from data.demo.resources import write_resources
from data.demo.surroundings import write_venues
from data.demo.world import World
from tests.demo_rows import NOW, rows_of

SMALL = haishu_spec().scaled(towns=4, branches=80, members=1600)
Frames = dict[str, pd.DataFrame]


def _write(world: World) -> None:
    write_venues(world, *organisation_points(world.registry.tree, world.time.stream("places")))
    write_resources(world)


@pytest.fixture(scope="module")
def district() -> Frames:
    figures = PublishedFigures(lecturers=132, lectures=88, videos=96)
    return rows_of(replace(SMALL, figures=figures), _write)


def test_lecturers_lectures_and_videos_in_use_are_as_many_as_published(district: Frames) -> None:
    library = district["resources"]
    active = library[library.is_active == 1].resource_kind.value_counts()
    assert active[["lecturer", "lecture", "video"]].to_list() == [132, 88, 96]
    assert {"book", "template", "base"} <= set(active.index)
    assert library.title.is_unique


def test_a_small_district_still_has_something_on_every_topic() -> None:
    library = rows_of(SMALL, _write)["resources"]
    topics = (
        library[library.resource_kind.isin(["lecture", "video"])].groupby("resource_kind").topic.nunique()
    )
    assert topics.to_list() == [6, 6]


def test_a_base_stands_in_a_venue_for_teaching_and_nothing_else_has_a_place(district: Frames) -> None:
    library, venues = district["resources"], district["venues"].set_index("venue_id")
    bases = library[library.resource_kind == "base"]
    teaching = {"education_base", "open_life_base", "rural_school", "live_classroom"}
    assert set(venues.venue_kind[bases.venue_id]) == teaching
    assert len(bases) == venues.venue_kind.isin(teaching).sum()
    assert library[library.resource_kind != "base"].venue_id.isna().all()


def test_only_what_is_published_and_in_use_is_booked_and_used_on_its_day(district: Frames) -> None:
    found = district["resource_bookings"].merge(district["resources"], on="resource_id", suffixes=("", "_r"))
    assert (found.published_on < found.booked_at).all()
    assert found.is_active.all()
    assert not (found.resource_kind == "template").any()
    assert (found.use_on > found.booked_at.str[:10]).all()
    today = f"{NOW.date()}"
    assert (found[found.status == "used"].use_on < today).all()
    assert (found[found.status == "booked"].use_on >= today).all()
    assert set(found.status) == {"used", "booked", "cancelled"}
    assert found.updated_at.max() <= f"{NOW}"
