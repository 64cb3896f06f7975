"""江宁, the eight institutions of "8 + x" and 六强六过硬 (indicators.md §7.2, §7.4)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from data.indicators.eight_x import booked
from data.indicators.evaluate import evaluate
from data.indicators.result import Result
from data.indicators.sets import INDICATORS
from data.indicators.setting import Setting
from data.indicators.strong import mean_score
from data.indicators.timeline import Timeline
from data.readmodel.cube import Cube
from data.readmodel.measures.organisation_setup import INSTITUTIONS
from data.readmodel.results import Light
from tests.naive.district import add_months
from tests.naive.one_branch import LONG_AGO, NA, NODATA, PROFILE, Says, at, closed

GREEN, YELLOW, RED = Light.GREEN, Light.YELLOW, Light.RED
STRONG = [entry.id for entry in INDICATORS if entry.id.startswith(("jn_s_", "jn_g_"))]


def a_branch(first: str, months: int, **given: float) -> Cube:
    cube = Cube.empty([7], [add_months(first, n) for n in range(months + 1)])
    cube["established_day"][:] = LONG_AGO.toordinal()
    for name, value in {"eligible": 1, **given}.items():
        cube[name][:] = value
    return cube


def year_to_date(cube: Cube, institution: str, month: int = -2) -> tuple[float, float]:
    timeline = Timeline(cube.months)
    done, due = booked(Setting(cube, timeline))[institution]
    return tuple(float(timeline.since_year_start(x)[0, month]) for x in (done, due))  # type: ignore[return-value]


class TestEightX:
    """Done of due over the institutions, each period of the year counted once."""

    NAME = "jn_eight_x_rate"

    def test_it_has_the_eight_institutions(self) -> None:
        cube = a_branch("2026-01", 4)
        assert list(booked(Setting(cube, Timeline(cube.months)))) == list(INSTITUTIONS)

    def test_every_institution_is_due_in_its_own_rhythm(self) -> None:
        cube = a_branch("2025-01", 15, has_committee=1, groups=3, groups_met=2, members=20, normal_members=20)
        march = {name: year_to_date(cube, name) for name in INSTITUTIONS}
        assert march == {
            "assembly": (0, 1),
            "committee": (0, 3),
            "group": (6, 9),
            "lecture": (0, 1),
            "life_meeting": (0, 1),
            "theme_day": (0, 3),
            "appraisal": (0, 1),
            "heart_talk": (0, 0),
        }
        assert at(self.NAME, cube, -2) == Says(round(6 / 19, 6), round(600 / 19, 6), GREEN)

    def test_more_than_due_counts_once_and_the_open_month_only_when_done(self) -> None:
        cube = a_branch("2026-01", 3, theme_days=2, assemblies=1)
        assert year_to_date(cube, "theme_day") == (3, 3)
        assert year_to_date(cube, "assembly") == (1, 1)
        cube["theme_days"][0, -1] = 0
        assert year_to_date(cube, "theme_day", -1) == (3, 3)
        assert year_to_date(cube, "committee", -1) == (0, 0)

    def test_talks_fall_due_by_sixths_from_july_and_the_members_covered_are_done(self) -> None:
        cube = a_branch("2025-01", 13, normal_members=20, talked_in_year=10)
        months = {number: year_to_date(cube, "heart_talk", number - 1) for number in (6, 7, 10, 12)}
        assert months == {
            6: (0, 0),
            7: (pytest.approx(1 / 6), pytest.approx(1 / 6)),
            10: (0.5, pytest.approx(4 / 6)),
            12: (0.5, 1),
        }
        assert year_to_date(cube, "heart_talk", 12) == (0, 0)

    def test_a_review_is_booked_when_held_or_missed_at_the_close_of_february(self) -> None:
        cube = a_branch("2025-01", 15, members=9)
        assert year_to_date(cube, "life_meeting", 11) == (0, 0)
        assert year_to_date(cube, "life_meeting", 13) == (0, 1)
        cube["life_meeting_this_year"][0, 10] = 1
        assert year_to_date(cube, "life_meeting", 11) == (1, 1)
        assert year_to_date(cube, "life_meeting", 13) == (0, 0)
        cube["appraisal_last_year"][0, 12] = 1
        assert year_to_date(cube, "appraisal", 13) == (1, 1)

    def test_months_too_broken_book_nothing(self) -> None:
        cube = a_branch("2026-01", 3, activities_broken=1)
        assert {year_to_date(cube, name)[1] for name in INSTITUTIONS} == {0}
        assert at(self.NAME, cube, -2) == NA

    def test_without_activities_there_is_no_data_and_nothing_is_counted(self) -> None:
        cube = a_branch("2026-01", 3, theme_days=1)
        missing = frozenset({"activities"})
        assert at(self.NAME, cube, -2, missing) == NODATA
        done, due = booked(Setting(cube, Timeline(cube.months), missing))["theme_day"]
        assert np.isnan(done).all()
        assert np.isnan(due).all()


class TestStrong:
    """六强 are means of scores that exist, 六过硬 shares of scored members."""

    def test_there_are_six_axes_each_of_the_organisation_and_its_members(self) -> None:
        assert [name[:5] for name in STRONG] == ["jn_s_"] * 6 + ["jn_g_"] * 6

    def test_an_axis_is_the_mean_of_what_is_not_na_and_without_any_a_gap(self) -> None:
        scores = {"a": 80.0, "b": np.nan, "c": 40.0}

        def score(name: str) -> Result:
            return Result(*(np.array([[scores[name]]]) for _ in range(3)))

        setting = Setting(a_branch("2026-01", 0), Timeline(["2026-01"]), result=score)
        rule = PROFILE.rule("jn_s_life")
        assert float(mean_score("a", "b", "c")(setting, rule).score[0, 0]) == 60
        assert mean_score("b")(setting, rule).light[0, 0] == Light.NA

    @pytest.mark.parametrize("axis", ["politics", "study", "discipline", "duty", "service", "style"])
    def test_a_members_axis_is_a_share_of_scored_members(self, axis: str) -> None:
        of = "service_scored" if axis == "service" else "scored_members"
        given = {f"solid_{axis}": [15.0], of: [20.0]}
        assert closed(f"jn_g_{axis}", "2026-04", **given) == Says(75, 75, GREEN)
        assert closed(f"jn_g_{axis}", "2026-04", **{f"solid_{axis}": [0.0]}) == NA
        gone = frozenset({"member_lights"})
        assert closed(f"jn_g_{axis}", "2026-04", missing=gone, **given) == NODATA

    def test_all_of_them_are_computed_from_the_rules_of_the_program(self) -> None:
        cube = a_branch("2025-01", 12, theme_days=1, has_secretary=1)
        catalogue = replace(PROFILE.catalogue, rules=[PROFILE.rule(name) for name in STRONG])
        columns = evaluate(cube, catalogue).columns
        assert float(columns["jn_s_political_score"][0, -2]) > 0
