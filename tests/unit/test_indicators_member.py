"""Each of the 33 member indicators of 海曙 on facts made by hand: value, lines, na, caps, the turn of the year."""

from __future__ import annotations

from typing import Any

import pytest

from data.indicators.member.catalogue import MEMBER_FORMULAS
from data.indicators.member.facts import ABROAD, AGED, EXEMPT, FACT, FLOW_OUT, MISSED
from data.indicators.sets import BY_ID
from data.readmodel.light import Light
from tests.naive.one_member import RULES, Says, at, closed, counted, cube, paid

GREEN, YELLOW, RED, NA, NODATA = Light.GREEN, Light.YELLOW, Light.RED, Light.NA, Light.NODATA

# indicator, last month, facts, what it says
COUNTED = [
    ("hs_m_member_assembly", "2026-03", {"assembly_signins": [9, 1, 0, 2]}, Says(3, 3, GREEN)),
    (
        "hs_m_committee_meeting",
        "2026-03",
        {"committee_signins": [1, 1, 1], "on_committee": 1},
        Says(3, 3, GREEN),
    ),
    ("hs_m_committee_meeting", "2026-03", {"committee_signins": [1, 1, 1]}, Says(None, 3, NA)),
    ("hs_m_group_meeting", "2026-02", {"group_signins": [1, 1], "group_due": [1, 1]}, Says(2, 2, GREEN)),
    ("hs_m_group_meeting", "2026-02", {"group_due": [0, 1]}, Says(0, 0, GREEN)),
    ("hs_m_group_meeting", "2026-02", {}, Says(None, 0, NA)),
    ("hs_m_party_lecture", "2026-02", {"lecture_signins": [1, 1]}, Says(2, 2, GREEN)),
    (
        "hs_m_life_meeting",
        "2026-02",
        {"life_meeting_signins": [1, 1], "life_meeting_due": [1, 1]},
        Says(1, 2, GREEN),
    ),
    ("hs_m_life_meeting", "2026-02", {"life_meeting_due": [1, 0]}, Says(0, 0, GREEN)),
    ("hs_m_life_meeting", "2026-02", {}, Says(None, 0, NA)),
    ("hs_m_theory_study", "2026-12", {"study_signins": [2] * 12}, Says(24, 12, GREEN)),
    (
        "hs_m_lecture_given",
        "2026-03",
        {"lectures_given": [1, 1, 0], "lectures_held": [0, 1, 1]},
        Says(4, 6, GREEN),
    ),
    ("hs_m_demo_post", "2026-03", {"demo_posts": [1, 0, 2]}, Says(3, 6, GREEN)),
    ("hs_m_pledge", "2026-03", {"pledges": [3, 3]}, Says(6, 4, GREEN)),
    ("hs_m_exam", "2026-03", {"quizzes_passed": [3, 3]}, Says(6, 4, GREEN)),
    ("hs_m_mentoring", "2026-08", {"mentoring": [1, 0, 1, 1, 1, 0, 0, 1]}, Says(3, 3, GREEN)),
    ("hs_m_household_link", "2026-01", {"household_links": [5, 5]}, Says(1, 1, GREEN)),
    (
        "hs_m_moral_honor",
        "2026-02",
        {"moral_low": [1], "moral_district": [1], "moral_high": [1]},
        Says(3, 10, GREEN),
    ),
    (
        "hs_m_honor",
        "2026-02",
        {"honors_low": [1], "honors_district": [1], "honors_high": [1]},
        Says(3, 16, GREEN),
    ),
    ("hs_m_civilized_family", "2026-02", {"civilized_families": [1]}, Says(1, 1, GREEN)),
    ("hs_m_volunteer_hours", "2026-02", {"service_hours_capped": [3, 1.5, 4]}, Says(5.5, 2.75, GREEN)),
    ("hs_m_need_claimed", "2026-02", {"needs_claimed": [9, 9]}, Says(18, 12, GREEN)),
    ("hs_m_suggestion", "2026-02", {"suggestions_adopted": [4, 4]}, Says(8, 6, GREEN)),
    ("hs_m_emergency_task", "2026-02", {"emergency_tasks": [1, 1]}, Says(2, 4, GREEN)),
]

LIT: list[tuple[str, str, dict[str, Any], Says]] = [
    # Theme days of three closed months; a light needs two rows for yellow, three for red.
    (
        "hs_m_theme_party_day",
        "2026-06",
        {"theme_due": [1, 1, 1], "theme_signed": [1, 1, 0]},
        Says(0.666667, 2, GREEN),
    ),
    ("hs_m_theme_party_day", "2026-06", {"theme_due": [1, 1], "theme_signed": [1, 0]}, Says(0.5, 1, GREEN)),
    (
        "hs_m_theme_party_day",
        "2026-06",
        {"theme_due": [1, 1, 1], "theme_signed": [1, 0, 0]},
        Says(0.333333, 1, YELLOW),
    ),
    ("hs_m_theme_party_day", "2026-06", {"theme_due": [1]}, Says(0, 0, GREEN)),
    ("hs_m_theme_party_day", "2026-06", {"theme_due": [1, 1]}, Says(0, 0, YELLOW)),
    ("hs_m_theme_party_day", "2026-06", {"theme_due": [1, 1, 1]}, Says(0, 0, RED)),
    ("hs_m_theme_party_day", "2026-06", {"theme_due": [1, 0, 0, 0]}, Says(None, 0, NA)),
    # Dues: one unpaid month of the last twelve is yellow, three in a row are red.
    ("hs_m_dues", "2026-06", paid("2026-06", [0] * 6), Says(0, 6, GREEN)),
    ("hs_m_dues", "2026-06", paid("2026-06", [0, 0, None]), Says(1, 2, YELLOW)),
    ("hs_m_dues", "2026-06", paid("2026-06", [0, None, None]), Says(2, 1, YELLOW)),
    ("hs_m_dues", "2026-06", paid("2026-06", [None, None, None]), Says(3, 0, RED)),
    ("hs_m_dues", "2026-06", paid("2026-06", [1, 0, 0]), Says(0, 2, GREEN)),
    ("hs_m_dues", "2026-06", paid("2026-06", [3, 0, 0]), Says(0, 2, YELLOW)),
    ("hs_m_dues", "2026-12", paid("2026-12", [None] + [0] * 11), Says(0, 11, YELLOW)),
    ("hs_m_dues", "2026-12", paid("2026-12", [None] + [0] * 12), Says(0, 12, GREEN)),
    ("hs_m_dues", "2026-06", {"dues_owed": [1, 1, 0, 1], "dues_settled": 0}, Says(3, 0, RED)),
    ("hs_m_dues", "2026-06", {}, Says(None, 0, NA)),
    # Absence: months without a due row neither count nor break the run.
    ("hs_m_life_gap", "2026-06", {"life_due": [1, 1], "life_signins": [1, 0]}, Says(1, 0, GREEN)),
    ("hs_m_life_gap", "2026-06", {"life_due": [1, 1, 1], "life_signins": [1, 0, 0]}, Says(2, 0, YELLOW)),
    ("hs_m_life_gap", "2026-06", {"life_due": [1, 0, 1, 0, 2]}, Says(3, 0, RED)),
    ("hs_m_life_gap", "2026-06", {"life_due": [1, 1, 1], "category": FLOW_OUT}, Says(None, 0, NA)),
    ("hs_m_life_gap", "2026-06", {"life_due": [1, 1, 1], "category": AGED}, Says(None, 0, NA)),
    # Appraisal: codes 1 excellent … 4 unqualified, 5 passed over.
    ("hs_m_appraisal", "2026-03", {"grade": 1, "grade_given": [0, 1, 0]}, Says(1, 5, GREEN)),
    ("hs_m_appraisal", "2026-03", {"grade": 2, "grade_given": [2, 0, 0, 0]}, Says(2, 0, GREEN)),
    ("hs_m_appraisal", "2026-03", {"grade": 3, "grade_given": [0, 3, 0]}, Says(3, 0, YELLOW)),
    ("hs_m_appraisal", "2026-03", {"grade": 4, "grade_given": [0, 4, 0]}, Says(4, -5, RED)),
    ("hs_m_appraisal", "2026-03", {"grade": MISSED, "grade_given": [0, MISSED, 0]}, Says(None, 0, YELLOW)),
    ("hs_m_appraisal", "2026-03", {}, Says(None, 0, NA)),
    # Study: 32 hours a year, 0.7 of the elapsed share from June on, 0.5 in December.
    ("hs_m_study_hours", "2026-05", {"class_hours": [0]}, Says(0, 0, GREEN)),
    ("hs_m_study_hours", "2026-06", {"class_hours": [11.2]}, Says(11.2, 2, GREEN)),
    ("hs_m_study_hours", "2026-06", {"class_hours": [11.1]}, Says(11.1, 2, YELLOW)),
    ("hs_m_study_hours", "2026-06", {"class_hours": [12], "on_committee": 1}, Says(12, 2, YELLOW)),
    ("hs_m_study_hours", "2026-12", {"class_hours": [16]}, Says(16, 4, YELLOW)),
    ("hs_m_study_hours", "2026-12", {"class_hours": [5], "online_hours": [10.9]}, Says(15.9, 2, RED)),
    ("hs_m_study_hours", "2026-12", {"online_hours": [80]}, Says(80, 8, GREEN)),
    ("hs_m_study_hours", "2026-12", {"joined_last_half": 1}, Says(None, 0, NA)),
    ("hs_m_study_hours", "2026-12", {"known_from": 5}, Says(0, 0, GREEN)),
    ("hs_m_heart_talk", "2026-11", {}, Says(0, 0, GREEN)),
    ("hs_m_heart_talk", "2026-12", {}, Says(0, 0, YELLOW)),
    ("hs_m_heart_talk", "2026-12", {"talks": [1, 0]}, Says(1, 0.5, GREEN)),
    ("hs_m_heart_talk", "2026-12", {"talks": [6]}, Says(6, 2, GREEN)),
    # Summary of the year before: by 31 January, yellow until it comes, forgotten in October.
    (
        "hs_m_annual_summary",
        "2026-01",
        {"summary_in_time": [1], "summaries_last_year": [1]},
        Says(1, 1, GREEN),
    ),
    ("hs_m_annual_summary", "2026-05", {"summary_in_time": 1}, Says(1, 0, GREEN)),
    ("hs_m_annual_summary", "2026-01", {}, Says(0, 0, YELLOW)),
    ("hs_m_annual_summary", "2026-04", {"summaries_last_year": [1, 0]}, Says(0, 0, GREEN)),
    ("hs_m_annual_summary", "2026-09", {}, Says(0, 0, YELLOW)),
    ("hs_m_annual_summary", "2026-10", {}, Says(None, 0, NA)),
    ("hs_m_annual_summary", "2026-12", {"summaries_this_year": [1]}, Says(1, 1, GREEN)),
    ("hs_m_annual_summary", "2026-03", {"joined_this_year": 1}, Says(None, 0, NA)),
    ("hs_m_annual_summary", "2026-03", {"known_from": 13}, Says(None, 0, NA)),
    # Tasks of six closed months.
    ("hs_m_task", "2026-06", {"tasks_due": [10], "tasks_done": [7]}, Says(0.7, 7, GREEN)),
    ("hs_m_task", "2026-06", {"tasks_due": [10], "tasks_done": [6]}, Says(0.6, 6, YELLOW)),
    ("hs_m_task", "2026-06", {"tasks_due": [2]}, Says(0, 0, YELLOW)),
    ("hs_m_task", "2026-06", {"tasks_due": [3]}, Says(0, 0, RED)),
    ("hs_m_task", "2026-06", {"tasks_due": [10], "tasks_done": [9], "tasks_refused": [1]}, Says(0.9, 9, RED)),
    ("hs_m_task", "2026-12", {"tasks_due": [20], "tasks_done": [20]}, Says(1, 12, GREEN)),
    ("hs_m_task", "2026-07", {"tasks_due": [9, 0, 0, 0, 0, 0, 0]}, Says(None, 0, NA)),
    # A letter of introduction: yellow from 15 days before its end, red from the day after.
    ("hs_m_relation", "2026-06", {"letter_days": -16}, Says(-16, 0, GREEN)),
    ("hs_m_relation", "2026-06", {"letter_days": -15}, Says(-15, 0, YELLOW)),
    ("hs_m_relation", "2026-06", {"letter_days": 0}, Says(0, 0, YELLOW)),
    ("hs_m_relation", "2026-06", {"letter_days": 1}, Says(1, 0, RED)),
    ("hs_m_relation", "2026-06", {}, Says(None, 0, NA)),
    ("hs_m_discipline", "2026-06", {}, Says(0, 0, GREEN)),
    (
        "hs_m_discipline",
        "2026-06",
        {"dispositions_light": 1, "dispositions_decided": [1]},
        Says(1, -5, YELLOW),
    ),
    ("hs_m_discipline", "2026-06", {"dispositions_light": 2}, Says(2, 0, YELLOW)),
    ("hs_m_discipline", "2026-06", {"dispositions_heavy": 1}, Says(1, 0, RED)),
    ("hs_m_complaint", "2026-06", {}, Says(0, 0, GREEN)),
    ("hs_m_complaint", "2026-06", {"complaints": [1] + [0] * 11}, Says(1, 0, YELLOW)),
    ("hs_m_complaint", "2026-06", {"complaints": [1] + [0] * 12}, Says(0, 0, GREEN)),
    ("hs_m_complaint", "2026-06", {"complaints": [3]}, Says(3, -3, RED)),
    ("hs_m_peer_review", "2026-03", {"peer_satisfaction": 0.6, "peer_given": [0.6]}, Says(0.6, 0, GREEN)),
    ("hs_m_peer_review", "2026-03", {"peer_satisfaction": 0.59}, Says(0.59, 0, YELLOW)),
    ("hs_m_peer_review", "2026-03", {"peer_satisfaction": 0.75, "peer_given": [0.75]}, Says(0.75, 1, GREEN)),
    ("hs_m_peer_review", "2026-03", {"peer_satisfaction": 0.95, "peer_given": [0.95]}, Says(0.95, 2, GREEN)),
    ("hs_m_peer_review", "2026-03", {}, Says(None, 0, NA)),
    ("hs_m_rectification", "2026-06", {}, Says(0, 0, GREEN)),
    ("hs_m_rectification", "2026-06", {"warnings_overdue": 1, "warnings_missed": [1]}, Says(1, -1, YELLOW)),
    ("hs_m_rectification", "2026-06", {"warnings_overdue": 1, "warnings_overdue_60": 1}, Says(1, 0, RED)),
    ("hs_m_community_checkin", "2026-05", {"in_service": 1}, Says(0, 0, GREEN)),
    ("hs_m_community_checkin", "2026-06", {"in_service": 1}, Says(0, 0, YELLOW)),
    ("hs_m_community_checkin", "2026-06", {"in_service": 1, "in_community": 1}, Says(0, 0, GREEN)),
    (
        "hs_m_community_checkin",
        "2026-06",
        {"in_service": 1, "in_community": 1, "community_services": [7]},
        Says(7, 6, GREEN),
    ),
    ("hs_m_community_checkin", "2026-06", {"in_service": 0}, Says(None, 0, NA)),
]


@pytest.mark.parametrize(("indicator", "last", "facts", "says"), [*COUNTED, *LIT])
def test_a_member_indicator_says_what_its_definition_says(
    indicator: str, last: str, facts: dict[str, Any], says: Says
) -> None:
    found = closed(indicator, last, **facts)
    assert found.value == (None if says.value is None else pytest.approx(says.value, abs=1e-5))
    assert (found.points, found.light) == (pytest.approx(says.points), says.light)


def test_every_member_indicator_has_a_formula_a_rule_and_facts_that_exist() -> None:
    entries = {name for name, entry in BY_ID.items() if entry.level == "member" and name.startswith("hs_m_")}
    assert set(MEMBER_FORMULAS) == entries == {name for name in RULES if name.startswith("hs_m_")}
    classes = [RULES[name].group for name in MEMBER_FORMULAS]
    assert [classes.count(group) for group in dict.fromkeys(classes)] == [13, 7, 6, 7]
    for entry in MEMBER_FORMULAS.values():
        assert entry.reads
        assert set(entry.reads) <= set(FACT)


@pytest.mark.parametrize("indicator", sorted(MEMBER_FORMULAS))
def test_a_member_who_is_not_scored_has_no_light_and_a_missing_feed_gives_none_either(indicator: str) -> None:
    facts = {"on_committee": 1, "in_service": 1, "is_scored": 0}
    assert closed(indicator, "2026-06", **facts).light is NA
    tables = frozenset(fact.table for fact in FACT.values()) - {
        "memberships",
        "members",
        "member_category_history",
    }
    assert closed(indicator, "2026-06", on_committee=1, missing=tables).light in (NA, NODATA)


def test_the_open_month_shows_the_monthly_lights_of_the_month_that_closed_last() -> None:
    facts = cube("2026-06", **paid("2026-06", [0, 0, 0]), life_due=[1, 1], letter_days=3)
    facts.facts["dues_owed"][0, -1] = 1
    facts.facts["life_due"][0, -1] = 1
    assert at("hs_m_dues", facts, -1).light is GREEN
    assert at("hs_m_life_gap", facts, -1) == at("hs_m_life_gap", facts, -2) == Says(2, 0, YELLOW)
    # A limit that is a date is judged today.
    facts.facts["letter_days"][0, -2] = -40
    assert (at("hs_m_relation", facts, -2).light, at("hs_m_relation", facts, -1).light) == (GREEN, RED)


def test_one_red_indicator_makes_the_member_red_and_a_silent_one_leaves_him_green() -> None:
    red = counted("2026-06", dispositions_heavy=1, signins=1)
    assert red["red_members"] == 1
    assert "yellow_members" not in red
    assert "red_members" not in counted("2026-06", dispositions_light=1, signins=1)
    assert counted("2026-06", dispositions_light=1, signins=1)["yellow_members"] == 1
    assert not {"red_members", "yellow_members"} & set(
        counted("2026-06", signins=1, is_scored=0, letter_days=9)
    )


def test_whoever_does_not_pay_come_or_work_is_counted_by_kind_and_once_in_all() -> None:
    found = counted("2026-06", **paid("2026-06", [None] * 3), life_due=[1, 1, 1], tasks_due=[3])
    kinds = ("long_unpaid", "long_absent", "task_red", "three_no")
    assert [found[name] for name in kinds] == [1, 1, 1, 1]
    fewer = counted("2026-06", **paid("2026-06", [None] * 2), life_due=[1, 1], tasks_due=[2])
    assert not set(kinds) & set(fewer)


@pytest.mark.parametrize(
    ("facts", "measures"),
    [
        (paid("2026-12", [None] * 2), set()),
        (paid("2026-12", [None] * 3), {"unpaid_3_to_6"}),
        (paid("2026-12", [None] * 6), {"unpaid_3_to_6"}),
        (paid("2026-12", [None] * 7), {"unpaid_over_6"}),
        ({"signins": [1, 0, 0]}, set()),
        ({"signins": [1, 0, 0, 0]}, {"silent_members"}),
        ({"courses_done": [1, 0, 0, 0, 0, 0]}, {"silent_members"}),
        ({"submissions": [1, 0, 0, 0, 0, 0, 0]}, {"lost_members"}),
        ({"signins": 0, "recent": 1}, set()),
        ({"signins": 0, "category": AGED}, set()),
        ({"signins": 0, "category": EXEMPT}, set()),
        ({"signins": 0, "known_from": 13}, set()),
        ({"signins": 1, "lost_case": 1}, {"lost_members"}),
        ({"lost_case": 1, "category": ABROAD}, set()),
        ({"signins": 1, "letter_days": -15}, {"pocket_soon"}),
        ({"signins": 1, "letter_days": 1}, {"pocket_overdue"}),
        ({"signins": 1, "category": FLOW_OUT, "floating_due": [1]}, {"floating_missed_1"}),
        ({"signins": 1, "category": FLOW_OUT, "floating_due": [1, 0, 0, 1]}, {"floating_missed_2"}),
        (
            {
                "signins": 1,
                "category": FLOW_OUT,
                "floating_due": [1, 0, 0, 1],
                "proofs_approved": [1, 0, 0, 0],
            },
            {"floating_missed_1"},
        ),
        (
            # The twelfth of fifteen columns ends a quarter that began two columns before: known from there on.
            {"signins": 1, "category": FLOW_OUT, "floating_due": [1, 0, 0, 1], "known_from": 10},
            {"floating_missed_1"},
        ),
        (
            {"signins": 1, "category": FLOW_OUT, "floating_due": [1, 0, 0, 1], "known_from": 9},
            {"floating_missed_2"},
        ),
        ({"signins": 1, "floating_due": [1, 0, 0, 1]}, set()),
    ],
)
def test_warnings_about_members_are_counted_between_their_lines(
    facts: dict[str, Any], measures: set[str]
) -> None:
    every = {
        "unpaid_3_to_6",
        "unpaid_over_6",
        "silent_members",
        "lost_members",
        "pocket_soon",
        "pocket_overdue",
        "floating_missed_1",
        "floating_missed_2",
    }
    given = facts if "signins" in facts or "dues_owed" not in facts else {**facts, "signins": 1}
    assert every & set(counted("2026-12", **given)) == measures
