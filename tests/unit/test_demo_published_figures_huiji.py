"""The synthetic 惠济 holds what its article publishes; one test per row of the article's table, by row id."""

from __future__ import annotations

from tests.published import BRANCHES, Count

ORGANS = f"SELECT org_id FROM organizations WHERE {BRANCHES} AND sector = 'government'"


def test_HJ_01_posts_in_the_five_modules(count: Count) -> None:
    assert count("huiji", "SELECT count(DISTINCT module) FROM posts") == 5


def test_HJ_05_51_district_organs_are_the_pilot(count: Count) -> None:
    assert count("huiji", f"SELECT count(*) FROM ({ORGANS})") == 51
    under_one = f"SELECT count(DISTINCT parent_org_id) FROM organizations WHERE org_id IN ({ORGANS})"
    assert count("huiji", under_one) == 1


def test_HJ_06_more_than_2000_members_in_the_pilot(count: Count) -> None:
    open_ = f"kind = 'formal' AND ended_on IS NULL AND branch_org_id IN ({ORGANS})"
    assert 2000 < count("huiji", f"SELECT count(DISTINCT member_id) FROM memberships WHERE {open_}") < 3000


def test_HJ_08_courses_videos_and_quizzes_have_rows(count: Count) -> None:
    assert count("huiji", "SELECT count(*) FROM courses") > 0
    assert count("huiji", "SELECT count(*) FROM resources WHERE resource_kind = 'video'") > 0
    assert count("huiji", "SELECT count(*) FROM exams WHERE exam_kind = 'quiz'") > 0


def test_HJ_09_nodes_and_frequencies_are_preset(count: Count) -> None:
    nodes = "SELECT count(DISTINCT activity_type) FROM activity_requirements WHERE scheme = 'huiji'"
    assert count("huiji", f"{nodes} AND node_day IS NOT NULL") >= 5
    for table in ("learning_records", "volunteer_records", "community_checkins"):
        assert count("huiji", f"SELECT count(*) FROM {table}") > 0, table


def test_HJ_11_problems_are_fed_back_every_quarter(count: Count) -> None:
    assert count("huiji", "SELECT count(*) FROM problem_items WHERE quarter = '2026Q3'") > 0


def test_HJ_14_298_branches(count: Count) -> None:
    assert count("huiji", f"SELECT count(*) FROM organizations WHERE {BRANCHES}") == 298
    active = (
        "SELECT count(DISTINCT org_id) FROM activities JOIN organizations o USING (org_id)"
        f" WHERE status = 'held' AND o.{BRANCHES}"
    )
    assert count("huiji", active) == 298


def test_HJ_15_more_than_11200_registered_members(count: Count) -> None:
    assert 11_200 < count("huiji", "SELECT count(DISTINCT member_id) FROM app_registrations") < 11_300


def test_HJ_16_more_than_2600_posts(count: Count) -> None:
    assert 2600 < count("huiji", "SELECT count(*) FROM posts WHERE status = 'published'") < 2700


def test_HJ_17_more_than_57000_views(count: Count) -> None:
    assert 57_000 < count("huiji", "SELECT sum(views) FROM post_view_daily") < 58_000


def test_HJ_18_more_than_27000_comments(count: Count) -> None:
    comments = "SELECT count(*) FROM post_interactions WHERE interaction_kind = 'comment'"
    assert 27_000 < count("huiji", comments) < 28_000


def test_HJ_19_5672_likes(count: Count) -> None:
    assert count("huiji", "SELECT count(*) FROM post_interactions WHERE interaction_kind = 'like'") == 5672


def test_HJ_22_held_how_often_and_who_came_can_be_answered_for_every_branch(count: Count) -> None:
    signed = (
        "SELECT count(DISTINCT c.org_id) FROM attendances JOIN activities c USING (activity_id)"
        f" JOIN organizations o USING (org_id) WHERE c.started_at IS NOT NULL AND o.{BRANCHES}"
    )
    assert count("huiji", signed) == 298


def test_HJ_27_members_per_branch_views_and_comments_per_post(count: Count) -> None:
    posts = count("huiji", "SELECT count(*) FROM posts WHERE status = 'published'")
    views = count("huiji", "SELECT sum(views) FROM post_view_daily")
    comments = count("huiji", "SELECT count(*) FROM post_interactions WHERE interaction_kind = 'comment'")
    users = count("huiji", "SELECT count(DISTINCT member_id) FROM app_registrations")
    assert 37 < users / 298 < 39
    assert 21 < views / posts < 23
    assert 10 < comments / posts < 11
