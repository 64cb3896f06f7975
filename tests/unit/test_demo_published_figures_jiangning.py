"""The synthetic 江宁 holds what its article publishes; one test per row of the article's table, by row id."""

from __future__ import annotations

from tests.published import BRANCHES, GRASSROOTS, PRESENT, Count

DISTRICT = "jiangning"
LAST_YEAR = "appraisal_year = 2025 AND held_on <= '2026-02-28'"


def test_JN_01_62498_members(count: Count) -> None:
    assert count(DISTRICT, f"SELECT count(*) FROM members WHERE {PRESENT}") == 62_498


def test_JN_02_2585_grassroots_organisations(count: Count) -> None:
    assert count(DISTRICT, f"SELECT count(*) FROM organizations WHERE {GRASSROOTS}") == 2585


def test_JN_03_the_systems_that_feed_the_three_platforms_have_synchronised(count: Count) -> None:
    assert count(DISTRICT, "SELECT count(*) FROM source_systems WHERE last_sync_at IS NOT NULL") >= 3


def test_JN_05_all_weak_fields_have_branches(count: Count) -> None:
    fields = "('community', 'private_enterprise', 'park_building')"
    weak = f"SELECT count(DISTINCT sector) FROM organizations WHERE {BRANCHES} AND sector IN {fields}"
    assert count(DISTRICT, weak) == 3


def test_JN_12_members_can_be_told_apart_by_education_occupation_and_category(count: Count) -> None:
    for column in ("education", "occupation", "category", "gender"):
        assert count(DISTRICT, f"SELECT count(DISTINCT {column}) FROM members WHERE {PRESENT}") > 1, column
    known = f"SELECT count(*) FROM members WHERE birthday IS NOT NULL AND {PRESENT}"
    assert count(DISTRICT, known) > 0.98 * 62_498


def test_JN_13_the_structure_has_every_type_of_organisation(count: Count) -> None:
    assert count(DISTRICT, "SELECT count(DISTINCT org_type) FROM organizations") == 8


def test_JN_14_activities_of_every_month_of_the_window(count: Count) -> None:
    held = "SELECT count(DISTINCT period_month) FROM activities WHERE status = 'held'"
    assert count(DISTRICT, held) == 3


def test_JN_15_transfers_in_out_and_within_with_their_steps(count: Count) -> None:
    assert count(DISTRICT, "SELECT count(DISTINCT direction) FROM transfers") == 3
    step = "SELECT 1 FROM transfer_steps s WHERE s.transfer_id = t.transfer_id"
    assert count(DISTRICT, f"SELECT count(*) FROM transfers t WHERE NOT EXISTS ({step})") == 0


def test_JN_16_study_records_carry_hours(count: Count) -> None:
    assert count(DISTRICT, "SELECT count(*) FROM learning_records WHERE credited_hours > 0") > 0


def test_JN_20_each_of_the_five_online_services_is_used(count: Count) -> None:
    for table in ("learning_records", "transfers", "attendances", "service_requests", "diagnosis_reports"):
        assert count(DISTRICT, f"SELECT count(*) FROM {table}") > 0, table


def test_JN_27_eight_institutions_are_numbered(count: Count) -> None:
    fixed = "SELECT count(DISTINCT eight_x_no) FROM activity_types WHERE eight_x_no BETWEEN 1 AND 8"
    assert count(DISTRICT, fixed) == 8
    more = "SELECT count(*) FROM activity_types WHERE eight_x_no = 9"
    assert count(DISTRICT, more) > 0


def test_JN_28_every_member_has_a_code_of_their_own(count: Count) -> None:
    codes = f"SELECT count(DISTINCT qr_token_hash) FROM members WHERE {PRESENT}"
    assert count(DISTRICT, codes) == 62_498
    assert count(DISTRICT, "SELECT count(*) FROM attendances WHERE sign_method = 'qr'") > 0


def test_JN_29_members_leave_traces_in_all_four_lanes(count: Count) -> None:
    for table in ("attendances", "transfers", "dues_payments", "learning_records"):
        assert count(DISTRICT, f"SELECT count(DISTINCT member_id) FROM {table}") > 100, table


def test_JN_38_the_three_programmes_have_rows(count: Count) -> None:
    for table in ("floating_registrations", "lost_contact_cases", "community_checkins"):
        assert count(DISTRICT, f"SELECT count(*) FROM {table}") > 0, table


def test_JN_39_350_members_were_lost(count: Count) -> None:
    assert count(DISTRICT, "SELECT count(DISTINCT member_id) FROM lost_contact_cases") == 350


def test_JN_40_313_of_them_are_found_and_integrated(count: Count) -> None:
    found = "status = 'integrated' AND found_on IS NOT NULL AND integrated_org_id IS NOT NULL"
    assert count(DISTRICT, f"SELECT count(*) FROM lost_contact_cases WHERE {found}") == 313


def test_JN_41_89_members_were_reminded_of_dues_and_meetings(count: Count) -> None:
    reminded = "subject_type = 'member' AND pushed_at IS NOT NULL"
    assert count(DISTRICT, f"SELECT count(DISTINCT member_id) FROM warnings WHERE {reminded}") == 89


def test_JN_42_56_overdue_transfer_reviews_are_solved(count: Count) -> None:
    solved = "step_type LIKE '%review' AND decided_at > due_at"
    assert count(DISTRICT, f"SELECT count(*) FROM transfer_steps WHERE {solved}") == 56


def test_JN_44_2095_branches_held_the_life_meeting_of_last_year_by_the_end_of_february(count: Count) -> None:
    held = f"appraisal_kind = 'life_meeting' AND {LAST_YEAR}"
    assert count(DISTRICT, f"SELECT count(DISTINCT org_id) FROM appraisals WHERE {held}") == 2095


def test_JN_45_58087_members_were_appraised(count: Count) -> None:
    results = "SELECT count(DISTINCT member_id) FROM appraisal_results JOIN appraisals USING (appraisal_id)"
    assert count(DISTRICT, f"{results} WHERE {LAST_YEAR}") == 58_087


def test_JN_50_38_organisations_were_reminded_in_the_last_calendar_year(count: Count) -> None:
    kinds = "('jn_w04_meetings_missed', 'jn_w05_activity_day_missed', 'jn_w06_study_day_missed')"
    year = "raised_at >= '2025-01-01' AND raised_at < '2026-01-01'"
    reminded = f"indicator_id IN {kinds} AND {year} AND pushed_at IS NOT NULL"
    assert count(DISTRICT, f"SELECT count(DISTINCT org_id) FROM warnings WHERE {reminded}") == 38


def test_JN_51_more_than_200_micro_positions(count: Count) -> None:
    placed = "venue_kind = 'micro_position' AND lng IS NOT NULL"
    assert 200 < count(DISTRICT, f"SELECT count(*) FROM venues WHERE {placed}") < 230


def test_JN_52_rural_schools_and_live_classrooms(count: Count) -> None:
    for kind in ("rural_school", "live_classroom"):
        assert count(DISTRICT, f"SELECT count(*) FROM venues WHERE venue_kind = '{kind}'") > 20, kind


def test_JN_53_about_24_members_per_organisation(count: Count) -> None:
    members = count(DISTRICT, f"SELECT count(*) FROM members WHERE {PRESENT}")
    organisations = count(DISTRICT, f"SELECT count(*) FROM organizations WHERE {GRASSROOTS}")
    assert round(members / organisations, 1) == 24.2
