"""200 points of 武进 and member points of 昆山 on facts made by hand: items, categories, na, carrying, scale."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from data.indicators.member import kunshan, wujin
from data.indicators.member.facts import AGED, FACT, FLOW_OUT, MISSED
from data.indicators.member.setting import MemberSetting
from data.indicators.sets import BY_ID
from data.readmodel.light import Light
from tests.naive.one_member import RULES, counted, cube, item, paid, points_of_kunshan, score_of_200

# item, last month, facts, attained, attainable
ITEMS: list[tuple[str, str, dict[str, Any], float, float]] = [
    ("wj_m_info", "2026-02", {"info_share": 1}, 0, 0),
    ("wj_m_info", "2026-03", {"info_share": 0.8}, 2, 2.5),
    ("wj_m_info", "2026-12", {"info_share": 1}, 10, 10),
    ("wj_m_meetings", "2026-02", {"meetings_due": [4, 2], "meetings_signed": [1, 2]}, 5, 8),
    ("wj_m_meetings", "2026-02", {"meetings_due": [0, 2], "meetings_signed": [0, 2]}, 4, 4),
    ("wj_m_meetings", "2026-02", {"meetings_due": [2, 2], "meetings_signed": [2, 2], "category": AGED}, 0, 0),
    ("wj_m_meetings", "2026-03", {"floating_due": [1], "proofs_approved": [1], "category": FLOW_OUT}, 12, 12),
    (
        "wj_m_meetings",
        "2026-03",
        {"floating_due": [1], "thoughts_approved": [1], "category": FLOW_OUT},
        0,
        12,
    ),
    ("wj_m_activity_day", "2026-02", {"theme_due": [1, 1], "theme_signins": [1, 0]}, 4, 8),
    ("wj_m_activity_day", "2026-02", {"theme_leave": [1, 1]}, 0, 0),
    (
        "wj_m_activity_day",
        "2026-03",
        {"floating_due": [1], "thoughts_approved": [1], "category": FLOW_OUT},
        12,
        12,
    ),
    ("wj_m_dues", "2026-03", paid("2026-03", [0, 1, None]), 3, 9),
    ("wj_m_dues", "2026-03", {}, 0, 0),
    ("wj_m_study", "2026-02", {"class_hours": [0, 4]}, 2, 4),
    ("wj_m_study", "2026-02", {"online_hours": [4, 0]}, 3, 4),
    ("wj_m_study", "2026-01", {"class_hours": [40, 0]}, 0, 2),
    ("wj_m_appraisal", "2026-02", {"life_meeting_due": [1], "grade_given": [1]}, 10, 16),
    ("wj_m_appraisal", "2026-03", {"life_meeting_signins": [1, 0], "grade_given": [2, 0]}, 14, 16),
    ("wj_m_appraisal", "2026-03", {"grade_given": [3, 0]}, 3, 10),
    ("wj_m_appraisal", "2026-03", {"grade_given": [MISSED]}, 0, 10),
    ("wj_m_appraisal", "2026-03", {"grade_given": [1, 0, 0, 0]}, 0, 0),
    ("wj_m_volunteer", "2026-03", {"service_hours": [3, 1, 0]}, 3, 4.5),
    ("wj_m_volunteer", "2026-04", {"service_hours": [0, 0, 8, 0]}, 1.5, 6),
    ("wj_m_volunteer", "2026-02", {"service_hours": [9, 9], "category": AGED}, 0, 0),
    # Attainable from the first full month on, and only inside the data.
    ("wj_m_study", "2026-02", {"class_hours": [4, 4], "settled": [0, 1]}, 2, 2),
    ("wj_m_study", "2026-02", {"class_hours": [4, 4], "known_from": 14}, 2, 2),
]


@pytest.mark.parametrize(("name", "last", "facts", "attained", "attainable"), ITEMS)
def test_an_item_of_the_200_points_accrues_as_defined(
    name: str, last: str, facts: dict[str, Any], attained: float, attainable: float
) -> None:
    assert item(name, last, **facts) == (pytest.approx(attained), pytest.approx(attainable))


PERFECT = {
    "info_share": 1,
    "meetings_due": 1,
    "meetings_signed": 1,
    "theme_due": 1,
    "theme_signins": 1,
    "class_hours": 3,
    "service_hours": 2,
    "life_meeting_due": [1],
    "life_meeting_signins": [1],
    "grade_given": [1],
}


def test_a_perfect_year_is_200_points_and_what_was_never_asked_changes_nothing() -> None:
    assert score_of_200("2026-12", **PERFECT, **paid("2026-12", [0] * 12)) == 200
    assert score_of_200("2026-05", **PERFECT) == 200
    assert sum(RULES[name].attainable for name in wujin.ITEMS) == 200


def test_the_score_stands_on_what_was_asked_and_lapses_with_who_is_not_scored() -> None:
    # Twelve months of volunteering missed: 18 of 164 asked.
    without = {**PERFECT, "service_hours": 0}
    assert score_of_200("2026-12", **without) == pytest.approx(200 * 146 / 164)
    assert str(score_of_200("2026-12", **PERFECT, is_scored=0)) == "nan"
    missing = frozenset({"volunteer_records"})
    assert score_of_200("2026-12", **without, missing=missing) == 200


def test_members_of_160_points_and_below_80_are_counted_with_the_sum() -> None:
    found = counted("2026-12", **PERFECT)
    assert (found["wj_member_score_sum"], found["wj_member_scored"], found["wj_members_160"]) == (200, 1, 1)
    poor = counted("2026-12", info_share=1)
    assert poor["wj_members_below_80"] == 1
    assert "wj_members_160" not in poor
    assert "wj_member_scored" not in counted("2026-12", **PERFECT, is_scored=0)


KUNSHAN = {
    "others_due": 1,
    "others_signed": 1,
    "meetings_due": 2,
    "meetings_signed": 2,
    "class_hours": [32],
    "service_hours": [24],
}


@pytest.mark.parametrize(
    ("last", "facts", "points"),
    [
        ("2026-12", {**KUNSHAN, **paid("2026-12", [0] * 12)}, 100),
        ("2026-12", {**KUNSHAN, **paid("2026-12", [0] * 6 + [None] * 6)}, 94),
        ("2026-12", KUNSHAN, 100),
        ("2026-12", {**KUNSHAN, "meetings_signed": 1}, 100 * 73 / 88),
        ("2026-12", {**KUNSHAN, "class_hours": [16], "service_hours": [99]}, 100 * 78 / 88),
        ("2026-12", {"others_due": 1, "others_signed": 0}, 0),
        ("2026-01", {**KUNSHAN, "class_hours": [32, 0], "service_hours": [24, 0]}, 100 * 50 / 88),
    ],
)
def test_points_of_kunshan_add_up_from_five_parts_and_rescale_what_does_not_apply(
    last: str, facts: dict[str, Any], points: float
) -> None:
    assert points_of_kunshan(last, **facts) == pytest.approx(points)


@pytest.mark.parametrize(
    ("last", "points", "expected"),
    [
        ("2026-06", 60, Light.GREEN),
        ("2026-06", 59.9, Light.YELLOW),
        ("2026-12", 40, Light.YELLOW),
        ("2026-12", 39.9, Light.RED),
        ("2026-11", 39.9, Light.NA),
        ("2026-12", np.nan, Light.NA),
    ],
)
def test_points_of_kunshan_are_judged_at_mid_year_and_at_its_end(
    last: str, points: float, expected: Light
) -> None:
    at = MemberSetting(cube(last, **KUNSHAN))
    light = kunshan.judged(at, RULES["ks_member_points"], np.full(at.shape, points))
    assert light[0, -2] == expected


def test_members_with_the_same_points_share_the_better_place() -> None:
    points = np.array([50.0, 80.0, 80.0, 10.0, np.nan, 90.0, 70.0])
    branch = np.array([1, 1, 1, 1, 1, 2, -1])
    rank, share = kunshan.ranks(points, branch)
    assert [*rank.tolist()[:4], rank[5]] == [3, 1, 1, 4, 1]
    assert [*share.tolist()[:4], share[5]] == [0.2, 0.4, 0.4, 0, 0.8]
    assert np.isnan(rank[[4, 6]]).all()
    assert np.isnan(kunshan.ranks(np.array([np.nan]), np.array([1]))[0]).all()


def test_points_of_kunshan_are_counted_with_the_members_below_their_lines() -> None:
    assert sum(RULES[name].attainable for name in kunshan.PARTS) == 100
    low = counted("2026-12", others_due=1, others_signed=1)
    assert low["ks_points_scored"] == 1
    assert low["ks_points_sum"] == pytest.approx(100 * 20 / 58)
    assert low["ks_points_below_60"] == low["ks_points_below_40"] == 1
    assert not {"ks_points_below_60", "ks_points_below_40"} & set(counted("2026-12", **KUNSHAN))


def test_every_item_of_members_is_read_from_facts_that_exist() -> None:
    entries = {name for name in BY_ID if name.startswith("wj_m_")}
    assert set(wujin.ITEMS) == set(wujin.READS) == entries
    reads = [*wujin.READS.values(), *(facts for _, facts in kunshan.PARTS.values())]
    assert all(set(facts) <= set(FACT) for facts in reads)


@pytest.mark.parametrize(
    ("facts", "with_it", "without"),
    [
        ({"grade": 4}, {"solid_study", "solid_duty", "graded_unqualified"}, {"solid_politics"}),
        ({"grade": 3}, {"solid_politics", "graded_basic"}, set()),
        ({"dispositions_light": 1}, {"solid_politics"}, {"solid_discipline"}),
        ({"complaints": [1]}, {"solid_discipline"}, {"solid_style"}),
        ({"tasks_due": [2]}, {"solid_style"}, {"solid_duty"}),
        ({"service_hours": [1, 0]}, {"solid_service", "service_scored"}, set()),
        ({"service_hours": [1, 0, 0]}, {"service_scored"}, {"solid_service"}),
        ({"service_hours": [1], "category": AGED}, {"solid_style"}, {"solid_service", "service_scored"}),
        ({"talks": [1, 0], "services": [1]}, {"talked_in_year", "served_in_month", "normal_members"}, set()),
        ({"services": [1, 0]}, {"served_in_quarter"}, {"served_in_month"}),
        ({"courses_done": [1, 0, 0]}, {"normal_members"}, {"studied_in_quarter"}),
        (
            {"in_service": 1, "community_registers": [1, 0]},
            {"in_community_in_quarter", "in_service_members"},
            set(),
        ),
        (
            {"is_under_45": 1, "registered": 1},
            {"under_45", "under_45_registered", "registered_members"},
            set(),
        ),
    ],
)
def test_solid_members_and_those_who_took_part_are_told_apart(
    facts: dict[str, Any], with_it: set[str], without: set[str]
) -> None:
    found = set(counted("2026-05", **facts))
    assert with_it <= found
    assert not without & found
