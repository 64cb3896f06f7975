"""武进: 17 items of 600 points, booked month by month, each at its limits (indicators.md §6)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from rich.console import Console

from dashboard.indicator_table import in_full
from dashboard.profile import load_profile
from data.indicators.sets import BY_ID
from data.indicators.wujin_items import ITEMS
from data.readmodel.cube import Cube
from data.readmodel.measures import MEASURES
from data.readmodel.results import Light
from tests.naive.one_branch import NA, NODATA, PROFILE, Says, at, closed

GREEN, YELLOW, RED = Light.GREEN, Light.YELLOW, Light.RED
QUARTER = "2026-03"


def test_17_items_of_13_norms_make_600_points_over_four_aspects() -> None:
    rules = [PROFILE.rule(name) for name in ITEMS]
    assert len(rules) == 17
    points: Counter[str] = Counter()
    for rule in rules:
        points[rule.group] += int(rule.weight)
    assert points == {"组织设置": 70, "党员管理": 190, "活动开展": 304, "保障措施": 36}
    norms = dict(norm.split() for rule in rules for norm in rule.norm.split(","))
    assert norms.keys() == {f"N{n}" for n in range(1, 14)}
    assert len(set(norms.values())) == 13


def test_the_norm_of_an_item_is_told_with_its_rule() -> None:
    console = Console(width=200, record=True, file=StringIO())
    console.print(in_full(load_profile("wujin"), "wj_b_login_venue"))
    assert "保障措施 · N12 阵地与经费, N13 平台维护" in console.export_text()


def test_every_item_says_what_it_reads_and_what_it_finds() -> None:
    measures = {measure.name for measure in MEASURES}
    for name in ITEMS:
        assert set(BY_ID[name].reads) <= measures
        assert BY_ID[name].reads
        assert PROFILE.rule(name).finding
        assert PROFILE.rule(name).measure


class TestMonthlyDuty:
    """5 points each month for the unified activity day; lines at 0.80 and 0.60 of the year to date."""

    NAME = "wj_b_activity_day"

    @pytest.mark.parametrize(
        ("days", "expected"),
        [
            ([1, 1, 1, 1, 1], Says(25, 100, GREEN)),
            ([1, 1, 0, 1, 3], Says(20, 80, GREEN)),
            ([1, 1, 0, 1], Says(15, 75, YELLOW)),
            ([1, 0, 1, 0, 1], Says(15, 60, YELLOW)),
            ([0, 0, 1, 1], Says(10, 50, RED)),
        ],
    )
    def test_points_of_the_year_to_date(self, days: list[float], expected: Says) -> None:
        assert closed(self.NAME, f"2026-{len(days):02d}", theme_days=days) == expected

    def test_the_year_begins_in_january(self) -> None:
        assert closed(self.NAME, "2026-01", theme_days=[0, 0, 0, 1]) == Says(5, 100, GREEN)

    def test_a_new_branch_is_asked_from_its_first_full_month(self) -> None:
        late = {"founded": date(2026, 2, 20), "theme_days": [0, 0, 1]}
        assert closed(self.NAME, "2026-03", **late) == Says(5, 100, GREEN)
        assert closed(self.NAME, "2026-02", founded=date(2026, 2, 20), theme_days=[0, 0]) == NA

    def test_a_month_too_broken_to_count_is_left_out_and_alone_it_is_no_data(self) -> None:
        broken = {"activities": [4, 4], "activities_broken": [0, 1]}
        assert closed(self.NAME, "2026-02", theme_days=[1, 0], **broken) == Says(5, 100, GREEN)
        assert closed(self.NAME, "2026-01", theme_days=[0], activities=[1], activities_broken=[1]) == NODATA

    def test_without_the_feed_there_is_no_data(self) -> None:
        assert closed(self.NAME, "2026-02", missing=frozenset({"activities"}), theme_days=[1, 1]) == NODATA

    def test_the_running_month_counts_once_it_is_held_and_never_against_the_branch(self) -> None:
        cube = Cube.empty([7], ["2026-01", "2026-02"])
        cube["eligible"][:] = 1
        cube["theme_days"][0, 0] = 1
        assert at(self.NAME, cube, -1) == Says(5, 100, GREEN)
        cube["theme_days"][0, 1] = 1
        assert at(self.NAME, cube, -1) == Says(10, 100, GREEN)


class TestQuarterlyDuty:
    """10 points each quarter for the assembly, in the month it is held."""

    NAME = "wj_b_assembly"

    def test_it_is_booked_when_held_and_missed_when_the_quarter_closes(self) -> None:
        assert closed(self.NAME, "2026-02", assemblies=[0, 1]) == Says(10, 100, GREEN)
        assert closed(self.NAME, "2026-02", assemblies=[0, 0]) == NA
        assert closed(self.NAME, QUARTER, assemblies=[0, 0, 0]) == Says(0, 0, RED)
        assert closed(self.NAME, QUARTER, assemblies=[2, 0, 1]) == Says(10, 100, GREEN)

    def test_a_missed_quarter_stays_missed(self) -> None:
        held_later = [0, 0, 0, 1, 0, 0]
        assert closed(self.NAME, "2026-06", assemblies=held_later) == Says(10, 50, RED)
        assert closed(self.NAME, "2026-12", assemblies=[*held_later, 1, 0, 0, 0, 1, 0]) == Says(
            30, 75, YELLOW
        )

    def test_a_branch_active_less_than_45_days_of_the_quarter_is_not_asked(self) -> None:
        months = [0, 0, 0]
        assert closed(self.NAME, QUARTER, founded=date(2026, 2, 16), assemblies=months) == NA
        assert closed(self.NAME, QUARTER, founded=date(2026, 2, 15), assemblies=months).light is RED

    def test_held_before_the_branch_was_evaluated_counts_at_the_close(self) -> None:
        held = {"founded": date(2026, 1, 10), "assemblies": [1, 0, 0]}
        assert closed(self.NAME, "2026-02", **held) == NA
        assert closed(self.NAME, QUARTER, **held) == Says(10, 100, GREEN)

    def test_a_quarter_that_began_before_the_data_is_no_miss(self) -> None:
        assert closed(self.NAME, QUARTER, assemblies=[0, 0]) == NA

    def test_the_lecture_is_counted_alike(self) -> None:
        assert closed("wj_b_lecture", QUARTER, lectures=[0, 0, 0], assemblies=[1, 1, 1]) == Says(0, 0, RED)


FULL_QUARTER = {"eligible": [1, 1, 1], "active": [1, 1, 1]}


@pytest.mark.parametrize(
    ("item", "given", "expected"),
    [
        ("org_info", {"record_filled": [8], "record_fields": [9]}, Says(40 / 9, 800 / 9, GREEN)),
        ("org_info", {"record_filled": [7], "record_fields": [9]}, Says(35 / 9, 700 / 9, YELLOW)),
        ("org_info", {"record_filled": [5], "record_fields": [9]}, Says(25 / 9, 500 / 9, RED)),
        # 4 of 6 points for two of three month ends; no committee is asked of six full members.
        (
            "leadership",
            {"has_secretary": [1, 1, 0], "full_members": [6], "term_days": [0, 0, 0]},
            Says(1.5 + 8 / 3, 100 * (1.5 + 8 / 3) / 5.5, YELLOW),
        ),
        (
            "leadership",
            {"has_secretary": [1] * 3, "full_members": [7], "committee_size": [3], "term_days": [-1] * 3},
            Says(6, 80, GREEN),
        ),
        (
            "leadership",
            {"has_secretary": [1] * 3, "full_members": [7], "committee_size": [2], "term_days": [-1] * 3},
            Says(4, 100 * 4 / 7.5, RED),
        ),
        # A temporary branch has no term, an unknown one is not asked for either.
        (
            "leadership",
            {"has_secretary": [1] * 3, "temporary": [1] * 3, "term_days": [-1] * 3},
            Says(4, 100, GREEN),
        ),
        ("leadership", {"has_secretary": [1] * 3}, Says(4, 100, GREEN)),
        ("group_setup", {"full_members": [3], "members": [14], "joint_units": [0]}, Says(5, 100, GREEN)),
        ("group_setup", {"full_members": [2], "members": [14], "joint_units": [0]}, Says(2, 40, RED)),
        (
            "group_setup",
            {"full_members": [2], "members": [14], "joint_units": [0], "temporary": [1]},
            Says(5, 100, GREEN),
        ),
        (
            "group_setup",
            {"full_members": [40], "members": [50], "joint_units": [5], "groups": [2]},
            Says(5, 100, GREEN),
        ),
        (
            "group_setup",
            {
                "full_members": [40],
                "members": [50],
                "joint_units": [6],
                "groups": [2],
                "ungrouped_members": [1],
            },
            Says(0, 0, RED),
        ),
        ("group_setup", {"full_members": [9], "members": [15], "joint_units": [0]}, Says(3, 60, YELLOW)),
        # Of a joint branch whose units nobody counted only the groups are judged.
        ("group_setup", {"full_members": [9], "members": [9]}, Says(2, 100, GREEN)),
        ("development", {"dev_steps": [2, 2, 0], "dev_steps_reviewed": [2, 2, 0]}, Says(10, 100, GREEN)),
        ("development", {"dev_steps": [5, 0, 0], "dev_steps_reviewed": [4, 0, 0]}, Says(8, 80, GREEN)),
        ("development", {"dev_steps": [2], "dev_steps_reviewed": [1]}, Says(5, 50, YELLOW)),
        ("development", {"dev_steps": [4], "dev_steps_reviewed": [2]}, Says(5, 50, RED)),
        (
            "development",
            {"dev_steps": [3], "dev_steps_reviewed": [3], "dev_steps_early": [2]},
            Says(0, 0, RED),
        ),
        ("development", {"dev_steps": [0]}, NA),
        (
            "ledger",
            {"dues_owed": [9] * 3, "ledger_dues_entries": [1, 2, 1], "ledger_balanced": [1]},
            Says(5, 100, GREEN),
        ),
        (
            "ledger",
            {"dues_owed": [9] * 3, "ledger_dues_entries": [1, 0, 1], "ledger_balanced": [1]},
            Says(4, 80, GREEN),
        ),
        ("ledger", {"dues_owed": [9] * 3, "ledger_dues_entries": [1, 1, 1]}, Says(3, 60, YELLOW)),
        ("ledger", {"ledger_balanced": [1]}, NA),
        ("floating", {"floating_due": [5], "floating_reported": [4]}, Says(5.6, 80, GREEN)),
        ("floating", {"floating_due": [2], "floating_reported": [1]}, Says(3.5, 50, YELLOW)),
        ("floating", {"floating_due": [4], "floating_reported": [2]}, Says(3.5, 50, RED)),
        ("floating", {}, NA),
    ],
)
def test_an_item_booked_at_the_close_of_the_quarter(
    item: str, given: dict[str, list[float]], expected: Says
) -> None:
    found = closed(f"wj_b_{item}", QUARTER, **{**FULL_QUARTER, **given})
    assert found.light is expected.light
    assert (found.value, found.score) == pytest.approx((expected.value, expected.score), abs=1e-5)
    # In the middle of a quarter nothing of it is due.
    assert closed(f"wj_b_{item}", "2026-02", **{**FULL_QUARTER, **given}) == NA


@pytest.mark.parametrize(
    ("item", "given", "expected"),
    [
        ("dues", {"dues_owed": [10], "dues_full": [8]}, Says(4, 80, GREEN)),
        ("dues", {"dues_owed": [2], "dues_full": [1]}, Says(2.5, 50, YELLOW)),
        ("dues", {"dues_owed": [10], "dues_full": [5]}, Says(2.5, 50, RED)),
        ("dues", {"dues_owed": [10, 1], "dues_full": [9, 0]}, Says(4.5, 45, RED)),
        ("dues", {}, NA),
        ("dues", {"dues_owed": [10], "dues_full": [0], "dues_broken": [1]}, NODATA),
        ("participation", {"required": [10], "present": [9]}, Says(5, 100, GREEN)),
        ("participation", {"required": [100], "present": [89]}, Says(4, 80, GREEN)),
        ("participation", {"required": [10], "present": [7]}, Says(3, 60, YELLOW)),
        ("participation", {"required": [10], "present": [6]}, Says(2, 40, RED)),
        ("participation", {"required": [10], "present": [5]}, Says(1, 20, RED)),
        ("participation", {"required": [100], "present": [49]}, Says(0, 0, RED)),
        ("participation", {"required": [1], "present": [0]}, Says(0, 0, YELLOW)),
        ("participation", {}, NA),
        ("participation", {"required": [10], "present": [9], "attendance_broken": [1]}, NODATA),
        ("member_info", {"member_fields": [100], "member_fields_filled": [98]}, Says(1.97, 98.5, GREEN)),
        (
            "member_info",
            {"member_fields": [100], "member_fields_filled": [98], "abroad_unsettled": [1]},
            Says(1.47, 73.5, YELLOW),
        ),
        ("member_info", {}, Says(0.5, 100, GREEN)),
        ("transfer", {}, Says(1.5, 100, GREEN)),
        ("transfer", {"transfer_overdue_ever": [1, 0, 0]}, Says(3, 66.666667, YELLOW)),
        ("transfer", {"transfer_overdue_ever": [1]}, Says(0, 0, RED)),
        # No committee in force and no groups: nothing is asked.
        ("committee_group", {}, NA),
        ("committee_group", {"has_committee": [1], "committee_meetings": [1]}, Says(2.5, 100, GREEN)),
        ("committee_group", {"groups": [3], "groups_met": [2]}, Says(1, 66.666667, YELLOW)),
        (
            "committee_group",
            {"has_committee": [1], "committee_meetings": [0], "groups": [2], "groups_met": [2]},
            Says(1.5, 37.5, RED),
        ),
        ("study_service", {"study_sessions": [1]}, Says(1, 100, GREEN)),
        (
            "study_service",
            {"study_sessions": [1], "normal_members": [20], "served_in_month": [4]},
            Says(2, 100, GREEN),
        ),
        (
            "study_service",
            {"study_sessions": [1], "normal_members": [20], "served_in_month": [2]},
            Says(1.5, 75, YELLOW),
        ),
        ("study_service", {"normal_members": [20], "served_in_month": [4]}, Says(1, 50, RED)),
        # April 2026 has four Sundays.
        ("login_venue", {"login_weeks": [4], "venue_access": [1]}, Says(3, 100, GREEN)),
        ("login_venue", {"login_weeks": [2], "venue_access": [1]}, Says(2, 66.666667, YELLOW)),
        (
            "login_venue",
            {"login_weeks": [3], "venue_access": [1], "venue_issues": [1]},
            Says(1.5, 50, RED),
        ),
    ],
)
def test_an_item_booked_at_the_close_of_the_month(
    item: str, given: dict[str, list[float]], expected: Says
) -> None:
    # The quarter's own months: nothing else stands in the year.
    last = "2026-04" if all(len(values) == 1 for values in given.values()) else "2026-03"
    found = closed(f"wj_b_{item}", last, **given)
    assert found == expected
