"""The synthetic 海曙 holds what its article publishes; one test per row of the article's table, by row id."""

from __future__ import annotations

from tests.published import GRASSROOTS, PRESENT, Count

DISTRICT = "haishu"


def _rule(count: Count, indicator: str) -> tuple[int, int]:
    """Points of a rule of the index, times ten, and the number of entries under it."""
    rule = f"r.scheme = 'haishu' AND r.indicator_id = '{indicator}'"
    points = count(DISTRICT, f"SELECT cast(points * 10 AS integer) FROM point_rules r WHERE {rule}")
    entries = f"SELECT count(*) FROM point_entries JOIN point_rules r USING (rule_id) WHERE {rule}"
    return points, count(DISTRICT, entries)


def test_HS_02_four_halls(count: Count) -> None:
    assert count(DISTRICT, "SELECT count(*) FROM venues WHERE venue_kind = 'smart_center'") == 4


def test_HS_03_more_than_1200_square_metres(count: Count) -> None:
    area = count(DISTRICT, "SELECT sum(area_sqm) FROM venues WHERE venue_kind = 'smart_center'")
    assert 1200 < area < 1300


def test_HS_08_the_four_topics_of_the_screen_have_rows(count: Count) -> None:
    for table in ("activities", "appraisal_results", "dues_obligations", "dues_payment_allocations"):
        assert count(DISTRICT, f"SELECT count(*) FROM {table}") > 0, table


def test_HS_10_167_villages(count: Count) -> None:
    assert count(DISTRICT, "SELECT count(DISTINCT name) FROM divisions WHERE kind = 'village'") == 167


def test_HS_11_103_communities(count: Count) -> None:
    assert count(DISTRICT, "SELECT count(DISTINCT name) FROM divisions WHERE kind = 'community'") == 103


def test_HS_12_2654_grassroots_organisations(count: Count) -> None:
    assert count(DISTRICT, f"SELECT count(*) FROM organizations WHERE {GRASSROOTS}") == 2654


def test_HS_13_47411_members(count: Count) -> None:
    assert count(DISTRICT, f"SELECT count(*) FROM members WHERE {PRESENT}") == 47_411


def test_HS_15_every_member_has_a_code_of_their_own(count: Count) -> None:
    codes = f"SELECT count(DISTINCT qr_token_hash) FROM members WHERE {PRESENT}"
    assert count(DISTRICT, codes) == 47_411


def test_HS_17_one_point_for_each_meeting(count: Count) -> None:
    for indicator in ("hs_m_member_assembly", "hs_m_committee_meeting", "hs_m_group_meeting"):
        points, entries = _rule(count, indicator)
        assert points == 10, indicator
        assert entries > 0, indicator


def test_HS_18_one_point_for_each_month_of_dues(count: Count) -> None:
    points, entries = _rule(count, "hs_m_dues")
    assert points == 10
    assert entries > 0


def test_HS_19_two_points_for_each_model_post(count: Count) -> None:
    points, entries = _rule(count, "hs_m_demo_post")
    assert points == 20
    assert entries > 0


def test_HS_22_no_index_of_a_year_exceeds_the_published_example_by_far(count: Count) -> None:
    year = "scheme = 'haishu' AND subject_type = 'member' AND occurred_on >= '2026-01-01'"
    best = f"SELECT max(p) FROM (SELECT sum(points) p FROM point_entries WHERE {year} GROUP BY member_id)"
    assert 10 < count(DISTRICT, best) < 250


def test_HS_23_the_list_of_every_closed_month_is_published(count: Count) -> None:
    assert count(DISTRICT, "SELECT count(*) FROM month_closings WHERE status = 'published'") == 2


def test_HS_26_the_four_questions_of_the_check_up_have_rows(count: Count) -> None:
    for table in ("development_steps", "activities", "condolence_visits", "member_dispositions"):
        assert count(DISTRICT, f"SELECT count(*) FROM {table}") > 0, table


def test_HS_27_reports_are_pushed_about_the_5th(count: Count) -> None:
    pushed = "SELECT count(*) FROM diagnosis_reports WHERE pushed_at IS NOT NULL"
    on_time = f"{pushed} AND strftime('%d', pushed_at) BETWEEN '04' AND '06'"
    assert count(DISTRICT, on_time) == count(DISTRICT, pushed) > 0


def test_HS_28_reports_of_two_kinds(count: Count) -> None:
    assert count(DISTRICT, "SELECT count(DISTINCT report_kind) FROM diagnosis_reports") == 2


def test_HS_34_132_lecturers(count: Count) -> None:
    assert count(DISTRICT, "SELECT count(*) FROM resources WHERE resource_kind = 'lecturer'") == 132


def test_HS_35_88_lectures(count: Count) -> None:
    assert count(DISTRICT, "SELECT count(*) FROM resources WHERE resource_kind = 'lecture'") == 88


def test_HS_36_96_videos(count: Count) -> None:
    assert count(DISTRICT, "SELECT count(*) FROM resources WHERE resource_kind = 'video'") == 96


def test_HS_37_316_in_the_library(count: Count) -> None:
    kinds = "resource_kind IN ('lecturer', 'lecture', 'video')"
    assert count(DISTRICT, f"SELECT count(*) FROM resources WHERE {kinds}") == 316


def test_HS_38_the_three_named_platforms_are_joined(count: Count) -> None:
    named = "name LIKE '%锋领e家%' OR name LIKE '%锋领汇%' OR name LIKE '%甬志愿%'"
    assert count(DISTRICT, f"SELECT count(*) FROM source_systems WHERE {named}") == 3


def test_HS_39_more_than_80_million_records(count: Count) -> None:
    newest = "snapshot_on = (SELECT max(snapshot_on) FROM data_volume_snapshots)"
    total = count(DISTRICT, f"SELECT sum(row_total) FROM data_volume_snapshots WHERE {newest}")
    assert 80_000_000 < total < 81_000_000


def test_HS_42_warnings_of_two_levels(count: Count) -> None:
    assert count(DISTRICT, "SELECT count(DISTINCT level) FROM warnings WHERE level IN ('red', 'yellow')") == 2


def test_HS_50_two_new_members_scan_pay_and_move(count: Count) -> None:
    two_new = (
        "SELECT member_id FROM memberships JOIN organizations ON org_id = branch_org_id"
        " WHERE sector = 'private_enterprise' AND ended_on IS NULL"
    )
    for table in ("attendances", "dues_payments", "transfers"):
        assert count(DISTRICT, f"SELECT count(*) FROM {table} WHERE member_id IN ({two_new})") > 0, table


def test_HS_57_about_18_members_per_organisation(count: Count) -> None:
    assert (
        round(47_411 / count(DISTRICT, f"SELECT count(*) FROM organizations WHERE {GRASSROOTS}"), 1) == 17.9
    )


def test_29_education_bases_of_the_red_map(count: Count) -> None:
    assert count(DISTRICT, "SELECT count(*) FROM venues WHERE venue_kind = 'education_base'") == 29
