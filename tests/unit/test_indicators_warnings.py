"""江宁, the 15 warnings, each at its lines (indicators.md §7.1)."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from data.indicators.sets import BY_ID, INDICATORS
from data.readmodel.measures import MEASURES
from data.readmodel.results import Light
from tests.naive.one_branch import NA, NODATA, PROFILE, Says, closed

GREEN, YELLOW, RED = Light.GREEN, Light.YELLOW, Light.RED
WARNINGS = [entry.id for entry in INDICATORS if entry.id.startswith("jn_w")]
MEETINGS_HELD = {"assemblies": [1, 0, 0], "lectures": [0, 0, 1], "has_committee": [1] * 3}
SOUND = {"full_members": 20, "members": 50, "has_committee": 1, "joint_units": 5}


def test_there_are_15_warnings() -> None:
    assert [name[4:6] for name in WARNINGS] == [f"{n:02d}" for n in range(1, 16)]


def test_every_warning_is_computed_per_branch_from_measures_there_are_and_says_what_to_do() -> None:
    measures = {measure.name for measure in MEASURES}
    for name in (*WARNINGS, "jn_eight_x_rate"):
        entry, rule = BY_ID[name], PROFILE.rule(name)
        assert entry.level == "branch"
        assert entry.compute
        assert entry.reads
        assert set(entry.reads) <= measures
        assert rule.finding
        assert rule.measure


@pytest.mark.parametrize("name", WARNINGS)
def test_a_new_branch_has_no_warning(name: str) -> None:
    new = {"founded": date(2026, 4, 2), "members": [2], "transfer_overdue": [3], "vacancy_days": [200]}
    assert closed(name, "2026-04", **new) == NA


@pytest.mark.parametrize(
    ("warning", "given", "expected"),
    [
        ("w01_dues_over_6m", {}, Says(0, 100, GREEN)),
        ("w01_dues_over_6m", {"unpaid_3_to_6": [2]}, Says(0, 50, YELLOW)),
        ("w01_dues_over_6m", {"unpaid_3_to_6": [2], "unpaid_over_6": [1]}, Says(1, 0, RED)),
        ("w09_lost_contact", {"silent_members": [1]}, Says(0, 50, YELLOW)),
        ("w09_lost_contact", {"lost_members": [2]}, Says(2, 0, RED)),
        ("w10_floating_no_contact", {"floating_missed_1": [1]}, Says(0, 50, YELLOW)),
        ("w10_floating_no_contact", {"floating_missed_2": [1]}, Says(1, 0, RED)),
        ("w11_pocket_member", {"pocket_soon": [1]}, Says(0, 50, YELLOW)),
        ("w11_pocket_member", {"pocket_overdue": [1]}, Says(1, 0, RED)),
        ("w02_signin_below_50", {"required": [10], "present": [6]}, Says(0.6, 60, GREEN)),
        ("w02_signin_below_50", {"required": [100], "present": [59]}, Says(0.59, 59, YELLOW)),
        ("w02_signin_below_50", {"required": [10], "present": [5]}, Says(0.5, 50, YELLOW)),
        # The line is published: one single member who stayed away is enough.
        ("w02_signin_below_50", {"required": [1], "present": [0]}, Says(0, 0, RED)),
        ("w02_signin_below_50", {}, NA),
        ("w02_signin_below_50", {"required": [10], "present": [1], "attendance_broken": [1]}, NODATA),
        ("w03_transfer_overdue", {}, Says(0, 100, GREEN)),
        ("w03_transfer_overdue", {"transfer_due_soon": [1]}, Says(0, 50, YELLOW)),
        ("w03_transfer_overdue", {"transfer_overdue": [1], "transfer_due_soon": [1]}, Says(1, 0, RED)),
        ("w05_activity_day_missed", {"theme_days": [0, 1]}, Says(0, 100, GREEN)),
        ("w05_activity_day_missed", {"theme_days": [1, 0]}, Says(1, 50, YELLOW)),
        ("w05_activity_day_missed", {"theme_days": [1, 0, 0]}, Says(2, 0, RED)),
        ("w05_activity_day_missed", {"theme_days": [0], "activities_broken": [1]}, NODATA),
        ("w06_study_day_missed", {"study_days": [1, 0], "theme_days": [1, 1]}, Says(1, 50, YELLOW)),
        ("w06_study_day_missed", {"study_days": [0, 0], "theme_days": [1, 1]}, Says(2, 0, RED)),
        ("w12_term_expired", {"term_days": [91]}, Says(91, 100, GREEN)),
        ("w12_term_expired", {"term_days": [90]}, Says(90, 100, YELLOW)),
        ("w12_term_expired", {"term_days": [0]}, Says(0, 100, YELLOW)),
        ("w12_term_expired", {"term_days": [-1]}, Says(-1, 0, RED)),
        ("w12_term_expired", {"term_days": [-1], "temporary": [1]}, NA),
        ("w12_term_expired", {}, NODATA),
        ("w13_secretary_vacant", {"vacancy_days": [30]}, Says(30, 100, GREEN)),
        ("w13_secretary_vacant", {"vacancy_days": [31]}, Says(31, 50, YELLOW)),
        ("w13_secretary_vacant", {"vacancy_days": [90]}, Says(90, 50, YELLOW)),
        ("w13_secretary_vacant", {"vacancy_days": [91]}, Says(91, 0, RED)),
        ("w14_development_overdue", {}, Says(0, 100, GREEN)),
        ("w14_development_overdue", {"dev_due_soon": [1]}, Says(0, 50, YELLOW)),
        ("w14_development_overdue", {"dev_overdue_days": [30]}, Says(30, 50, YELLOW)),
        ("w14_development_overdue", {"dev_overdue_days": [31]}, Says(31, 0, RED)),
    ],
)
def test_a_warning_at_its_lines(warning: str, given: dict[str, list[float]], expected: Says) -> None:
    assert closed(f"jn_{warning}", "2026-04", **given) == expected


@pytest.mark.parametrize(
    ("warning", "family"),
    [
        ("w01_dues_over_6m", "member_lights"),
        ("w02_signin_below_50", "attendance"),
        ("w03_transfer_overdue", "transfers"),
        ("w04_meetings_missed", "activities"),
        ("w05_activity_day_missed", "activities"),
        ("w06_study_day_missed", "activities"),
        ("w07_life_meeting_missing", "appraisals"),
        ("w08_appraisal_low", "appraisals"),
        ("w09_lost_contact", "member_lights"),
        ("w10_floating_no_contact", "member_lights"),
        ("w11_pocket_member", "member_lights"),
        ("w12_term_expired", "terms"),
        ("w13_secretary_vacant", "terms"),
        ("w14_development_overdue", "development"),
        ("w15_structure_abnormal", "members"),
    ],
)
def test_without_its_feed_a_warning_has_no_data(warning: str, family: str) -> None:
    given = {"required": [9.0] * 16, "members": [9.0] * 16, "vacancy_days": [0.0], "term_days": [400.0]}
    assert closed(f"jn_{warning}", "2026-04", missing=frozenset({family}), **given) == NODATA


class TestMeetings:
    """Missing of assembly, lecture, committee meeting and group meeting."""

    NAME = "jn_w04_meetings_missed"

    def test_everything_held_is_green(self) -> None:
        held = {**MEETINGS_HELD, "committee_meetings": [1] * 3, "groups": [2] * 3, "groups_met": [2] * 3}
        assert closed(self.NAME, "2026-03", **held) == Says(0, 100, GREEN)

    def test_one_missing_is_yellow_and_two_are_red(self) -> None:
        one = {**MEETINGS_HELD, "committee_meetings": [1, 1, 0]}
        assert closed(self.NAME, "2026-03", **one) == Says(1, 75, YELLOW)
        two = {**one, "groups": [4] * 3, "groups_met": [3] * 3}
        assert closed(self.NAME, "2026-03", **two) == Says(2, 50, RED)

    def test_a_missing_assembly_is_red_alone_and_a_missing_lecture_is_not(self) -> None:
        held = {**MEETINGS_HELD, "committee_meetings": [1] * 3}
        assert closed(self.NAME, "2026-03", **{**held, "assemblies": [0] * 3}) == Says(1, 75, RED)
        assert closed(self.NAME, "2026-03", **{**held, "lectures": [0] * 3}) == Says(1, 75, YELLOW)

    def test_the_last_closed_quarter_counts_until_the_next_one_closes(self) -> None:
        held_late = {"assemblies": [0, 0, 0, 1, 0], "lectures": [1, 0, 0, 1, 0]}
        assert closed(self.NAME, "2026-05", **held_late) == Says(1, 75, RED)
        assert closed(self.NAME, "2026-06", **{k: [*v, 0] for k, v in held_late.items()}).light is GREEN

    def test_nothing_asked_is_na(self) -> None:
        assert closed(self.NAME, "2026-02", assemblies=[0, 0]) == NA


class TestYearlyReviews:
    """The life meeting and the appraisal of the year before, judged until done or until October."""

    MEETING, APPRAISAL = "jn_w07_life_meeting_missing", "jn_w08_appraisal_low"

    @pytest.mark.parametrize(
        ("last", "expected"),
        [
            ("2025-12", NA),
            ("2026-01", Says(1, 50, YELLOW)),
            ("2026-02", Says(1, 0, RED)),
            ("2026-09", Says(1, 0, RED)),
            ("2026-10", NA),
        ],
    )
    def test_a_meeting_not_held(self, last: str, expected: Says) -> None:
        length = int(last[:4]) * 12 + int(last[5:]) - 2025 * 12
        assert closed(self.MEETING, last, life_meeting_this_year=[0.0] * length) == expected

    def test_held_in_time_or_late_ends_it(self) -> None:
        in_time, late = [0.0] * 10 + [1.0] + [0.0] * 5, [0.0] * 15 + [1.0]
        assert closed(self.MEETING, "2026-04", life_meeting_this_year=in_time) == Says(0, 100, GREEN)
        assert closed(self.MEETING, "2026-04", life_meeting_late=late) == Says(0, 100, GREEN)
        assert closed(self.MEETING, "2026-03", life_meeting_late=late[:15]) == Says(1, 0, RED)

    @pytest.mark.parametrize(
        ("appraised", "of", "expected"),
        [
            (9, 10, Says(0.9, 90, GREEN)),
            (89, 100, Says(0.89, 89, YELLOW)),
            (8, 10, Says(0.8, 80, YELLOW)),
            (79, 100, Says(0.79, 79, RED)),
            (2, 3, Says(round(2 / 3, 6), round(200 / 3, 6), YELLOW)),
            (0, 0, NA),
        ],
    )
    def test_the_share_appraised_from_the_close_of_february(
        self, appraised: float, of: float, expected: Says
    ) -> None:
        def year(length: int) -> dict[str, list[float]]:
            found = {"appraisal": 1, "appraised": appraised, "appraisable": of}
            return {
                f"{name}_this_year": [0.0] * 11 + [n] + [0.0] * (length - 12) for name, n in found.items()
            }

        assert closed(self.APPRAISAL, "2026-01", **year(13)) == NA
        assert closed(self.APPRAISAL, "2026-02", **year(14)) == expected
        assert closed(self.APPRAISAL, "2026-10", **year(22)) == NA

    def test_not_held_is_red_until_it_is_made_up_and_not_asked_where_nobody_is(self) -> None:
        members = {"members": [20.0] * 17}
        assert closed(self.APPRAISAL, "2026-05", **members) == Says(0, 0, RED)
        late = {"appraisal_late": [1.0], "appraised_late": [18.0], "appraisable_late": [20.0]}
        assert closed(self.APPRAISAL, "2026-05", **members, **late) == Says(0.9, 90, GREEN)
        assert closed(self.APPRAISAL, "2026-05", members=[0.0] * 17) == NA

    def test_a_branch_founded_after_september_is_not_asked(self) -> None:
        late = date(2025, 10, 1)
        assert closed(self.MEETING, "2026-03", founded=late, life_meeting_this_year=[0.0] * 15) == NA
        assert closed(self.APPRAISAL, "2026-03", founded=late, members=[9.0] * 15) == NA


class TestStructure:
    """Breaches of size, committee and joint units at month ends."""

    NAME = "jn_w15_structure_abnormal"

    @pytest.mark.parametrize(
        ("given", "value"),
        [
            ({}, 0),
            ({"full_members": 3, "has_committee": 0}, 0),
            ({"full_members": 2}, 1),
            ({"full_members": 2, "temporary": 1}, 0),
            ({"members": 51}, 1),
            ({"full_members": 7, "has_committee": 0}, 1),
            ({"full_members": 6, "has_committee": 0}, 0),
            ({"joint_units": 6}, 1),
            ({"joint_units": np.nan}, 0),
            ({"members": 51, "has_committee": 0, "joint_units": 6}, 3),
        ],
    )
    def test_each_breach_counts_and_the_second_month_end_is_red(
        self, given: dict[str, float], value: float
    ) -> None:
        month = {**SOUND, **given}
        once = {name: [SOUND.get(name, 0), month[name]] for name in month}
        twice = {name: [n, n] for name, n in month.items()}
        assert closed(self.NAME, "2026-04", **once) == Says(
            value, 50 if value else 100, YELLOW if value else GREEN
        )
        assert closed(self.NAME, "2026-04", **twice).light is (RED if value else GREEN)
