"""The synthetic 昆山 holds what its article publishes; one test per row of the article's table, by row id."""

from __future__ import annotations

from tests.published import BRANCHES, GRASSROOTS, PRESENT, Count

DISTRICT = "kunshan"
UNDER_45 = "birthday > '1981-11-18'"


def test_KS_01_more_than_4300_organisations(count: Count) -> None:
    assert 4300 < count(DISTRICT, f"SELECT count(*) FROM organizations WHERE {GRASSROOTS}") < 4400


def test_KS_02_more_than_65000_members(count: Count) -> None:
    assert 65_000 < count(DISTRICT, f"SELECT count(*) FROM members WHERE {PRESENT}") < 66_000


def test_KS_03_all_seven_modules_have_rows(count: Count) -> None:
    for table in (
        "cadres", "development_cases", "transfers", "point_entries", "exams", "learning_records", "activities",
    ):  # fmt: skip
        assert count(DISTRICT, f"SELECT count(*) FROM {table}") > 0, table


def test_KS_05_all_five_kinds_of_units_have_branches(count: Count) -> None:
    for sectors in (("government",), ("institution",), ("village", "community"), ("private_enterprise",)):
        named = ", ".join(f"'{sector}'" for sector in sectors)
        found = f"SELECT count(*) FROM organizations WHERE {BRANCHES} AND sector IN ({named})"
        assert count(DISTRICT, found) > 0, sectors
    assert count(DISTRICT, "SELECT count(DISTINCT town_id) FROM organizations") == 12


def test_KS_07_development_in_43_steps(count: Count) -> None:
    assert count(DISTRICT, "SELECT count(*) FROM development_step_defs WHERE variant = 43") == 43
    assert count(DISTRICT, "SELECT count(*) FROM development_cases WHERE variant <> 43") == 0
    assert count(DISTRICT, "SELECT max(step_no) FROM development_steps") > 25


def test_KS_14_three_gates_by_exam(count: Count) -> None:
    assert count(DISTRICT, "SELECT count(DISTINCT gate_stage) FROM exams") == 3
    gated = "SELECT count(*) FROM development_step_defs WHERE variant = 43 AND requires_exam"
    assert count(DISTRICT, gated) == 3


def test_KS_15_more_than_2200_candidates_and_new_members_passed(count: Count) -> None:
    passed = "SELECT count(DISTINCT case_id) FROM exam_attempts WHERE passed AND case_id IS NOT NULL"
    assert 2200 < count(DISTRICT, passed) < 2300


def test_KS_18_every_transfer_inside_the_city_has_its_steps_online(count: Count) -> None:
    within = "SELECT count(*) FROM transfers t WHERE direction = 'within'"
    step = "SELECT 1 FROM transfer_steps s WHERE s.transfer_id = t.transfer_id"
    assert count(DISTRICT, f"{within} AND EXISTS ({step})") == count(DISTRICT, within) > 0


def test_KS_20_3198_members_were_transferred(count: Count) -> None:
    assert count(DISTRICT, "SELECT count(*) FROM transfers WHERE state = 'completed'") == 3198


def test_KS_21_all_five_kinds_of_evidence_occur(count: Count) -> None:
    for table in ("activities", "attendances", "dues_payments", "volunteer_records"):
        assert count(DISTRICT, f"SELECT count(*) FROM {table}") > 0, table
    assert count(DISTRICT, "SELECT count(*) FROM activities WHERE media_count > 0") > 0


def test_KS_27_courses_of_150_class_hours(count: Count) -> None:
    assert count(DISTRICT, "SELECT sum(class_hours) FROM courses") == 150


def test_KS_28_courses_of_the_three_named_kinds(count: Count) -> None:
    named = "('party_building', 'current_affairs', 'rule_of_law')"
    kinds = f"SELECT count(DISTINCT course_category) FROM courses WHERE course_category IN {named}"
    assert count(DISTRICT, kinds) == 3


def test_KS_30_quizzes_hours_and_discussions_occur(count: Count) -> None:
    assert count(DISTRICT, "SELECT count(*) FROM exams WHERE exam_kind = 'quiz'") > 0
    assert count(DISTRICT, "SELECT count(*) FROM learning_records WHERE credited_hours > 0") > 0
    assert count(DISTRICT, "SELECT count(*) FROM posts WHERE post_kind = 'discussion'") > 0


def test_KS_32_experts_are_booked_and_books_lent(count: Count) -> None:
    assert count(DISTRICT, "SELECT count(*) FROM resource_bookings") > 0
    assert count(DISTRICT, "SELECT count(*) FROM organizations WHERE is_public AND lng IS NOT NULL") > 0


def test_KS_33_more_than_20000_members_under_45_are_registered(count: Count) -> None:
    young = "SELECT count(DISTINCT member_id) FROM app_registrations JOIN members USING (member_id)"
    assert 20_000 < count(DISTRICT, f"{young} WHERE {UNDER_45} AND app_code = 'mobile_school'") < 21_000


def test_KS_34_28_hours_each(count: Count) -> None:
    young = (
        "SELECT member_id FROM app_registrations JOIN members USING (member_id)"
        f" WHERE {UNDER_45} AND app_code = 'mobile_school'"
    )
    year = "completed_at >= '2026-01-01'"
    hours = f"SELECT sum(credited_hours) FROM learning_records WHERE {year} AND member_id IN ({young})"
    mean = count(DISTRICT, hours) / count(DISTRICT, f"SELECT count(DISTINCT member_id) FROM ({young})")
    assert 27.9 < mean < 28.1


def test_KS_35_cadres_update_all_four_sections_every_quarter(count: Count) -> None:
    sections = "basic_updated AND post_updated AND training_updated AND performance_updated"
    assert count(DISTRICT, f"SELECT count(*) FROM cadre_quarterly_updates WHERE {sections}") > 0


def test_KS_36_cadres_have_age_education_and_reserve(count: Count) -> None:
    assert count(DISTRICT, "SELECT count(*) FROM cadres WHERE birthday IS NULL OR education IS NULL") == 0
    assert count(DISTRICT, "SELECT count(*) FROM cadres WHERE is_reserve") > 0
    kinds = "cadre_kind IN ('village_secretary', 'community_secretary', 'graduate_cadre')"
    assert count(DISTRICT, f"SELECT count(DISTINCT cadre_kind) FROM cadres WHERE {kinds}") == 3


def test_KS_41_organisations_have_accounts_by_module(count: Count) -> None:
    assert count(DISTRICT, "SELECT count(DISTINCT module_scope) FROM admin_accounts") > 1


def test_KS_44_all_inspected_kinds_of_problems_occur(count: Count) -> None:
    for flag in ("facilities_ok", "rules_ok", "environment_ok", "usage_ok"):
        assert count(DISTRICT, f"SELECT count(*) FROM venue_inspections WHERE NOT {flag}") > 0, flag
    assert count(DISTRICT, "SELECT count(*) FROM venue_inspections WHERE rectified_on IS NOT NULL") > 0


def test_KS_48_about_15_members_per_organisation(count: Count) -> None:
    members = count(DISTRICT, f"SELECT count(*) FROM members WHERE {PRESENT}")
    organisations = count(DISTRICT, f"SELECT count(*) FROM organizations WHERE {GRASSROOTS}")
    assert round(members / organisations, 1) == 15.1
