"""Synthetic posts: published totals, disclosure as a quarterly duty, views and answers after publication."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from data.demo.figures import PublishedFigures
from data.demo.haishu import haishu_spec
from data.demo.people_rows import write_people
from data.demo.post_traffic import write_post_traffic
from data.demo.posts import write_posts
from data.demo.registrations import write_registrations
from data.demo.world import World
from tests.demo_rows import NOW, rows_of

SMALL = haishu_spec().scaled(towns=4, branches=80, members=1600)
FIGURES = PublishedFigures(posts=700, views=15_007, comments=7_001, likes=1_503)
Frames = dict[str, pd.DataFrame]


def _write(world: World) -> None:
    write_people(world.writer, world.people, world.roster, world.registry, world.time)
    write_post_traffic(world, write_posts(world), write_registrations(world))


@pytest.fixture(scope="module")
def published() -> Frames:
    return rows_of(replace(SMALL, figures=FIGURES), _write)


@pytest.fixture(scope="module")
def usual() -> Frames:
    return rows_of(SMALL, _write)


@pytest.fixture(params=["published", "usual"])
def district(request: pytest.FixtureRequest) -> Frames:
    found: Frames = request.getfixturevalue(request.param)
    return found


def test_the_published_totals_come_out_exactly(published: Frames) -> None:
    answers = published["post_interactions"].interaction_kind.value_counts()
    assert len(published["posts"]) == 700
    assert published["post_view_daily"].views.sum() == 15_007
    assert answers.to_dict() == {"comment": 7_001, "like": 1_503}


def test_the_published_totals_do_not_depend_on_the_length_of_the_window() -> None:
    short = rows_of(replace(SMALL, figures=FIGURES, months=4), _write)
    assert (len(short["posts"]), short["post_view_daily"].views.sum()) == (700, 15_007)


def test_all_kinds_and_all_five_modules_are_used_and_many_posts_are_public(district: Frames) -> None:
    posts = district["posts"]
    assert set(posts.post_kind) == {
        "branch_news", "disclosure", "snapshot", "discussion", "practice", "notice",
    }  # fmt: skip
    assert set(posts.module) == {"info", "interact", "study", "manage", "personal"}
    assert 0.4 < posts.is_public.mean() < 0.85
    assert not posts[posts.post_kind == "discussion"].is_public.any()
    assert (posts.member_id.notna() == posts.post_kind.isin(["snapshot", "discussion"])).all()


def test_nearly_every_branch_discloses_in_the_first_two_months_of_a_quarter_and_a_few_do_not(
    usual: Frames,
) -> None:
    told = usual["posts"].query("post_kind == 'disclosure'")
    months = told.published_at.str[:7]
    found = {
        quarter: told.org_id[months.isin([f"{quarter[:4]}-{m:02d}" for m in pair])].nunique()
        for quarter, pair in (("2025Q2", (4, 5)), ("2025Q3", (7, 8)), ("2026Q1", (1, 2)), ("2026Q2", (4, 5)))
    }
    assert all(75 <= branches <= 80 for branches in found.values()), found
    assert min(found.values()) < 80


def test_views_and_answers_follow_their_post_and_nothing_lies_in_the_future(district: Frames) -> None:
    posts = district["posts"].set_index("post_id").published_at
    views, answers = district["post_view_daily"], district["post_interactions"]
    assert (views.view_on >= views.post_id.map(posts).str[:10]).all()
    assert (views.views > 0).all()
    assert not views.duplicated(["post_id", "view_on"]).any()
    assert (answers.occurred_at > answers.post_id.map(posts)).all()
    seen = set(zip(views.post_id, views.view_on, strict=True))
    assert set(zip(answers.post_id, answers.occurred_at.str[:10], strict=True)) <= seen
    for name in ("posts", "post_view_daily", "post_interactions"):
        assert district[name].updated_at.max() <= f"{NOW}", name
    assert posts.max() >= "2026-11-17"


def test_a_member_likes_a_post_once_and_answers_from_a_branch_he_belongs_to(district: Frames) -> None:
    answers = district["post_interactions"]
    likes = answers[answers.interaction_kind == "like"]
    assert not likes.duplicated(["post_id", "member_id"]).any()
    assert likes.member_id.nunique() > 200
    accounts = district["app_registrations"].groupby("member_id").registered_at.min()
    assert (answers.occurred_at > answers.member_id.map(accounts)).all()


def test_who_posts_a_snapshot_belonged_to_the_branch_that_day(district: Frames) -> None:
    posts = district["posts"].dropna(subset=["member_id"])
    held = posts.merge(district["memberships"], on="member_id", suffixes=("", "_m"))
    there = held[
        (held.branch_org_id == held.org_id)
        & (held.started_on <= held.published_at.str[:10])
        & (held.ended_on.isna() | (held.ended_on > held.published_at.str[:10]))
    ]
    assert set(there.post_id) == set(posts.post_id)
