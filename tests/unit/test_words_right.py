"""The words over the figures of the centre and the right wing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from dash.development.base_component import Component

from dashboard.profile import load_profile
from dashboard.theme import Theme
from dashboard.wall_profile import load_wall
from data.queries.diagnosis import AxisScore, Diagnosis
from data.queries.map_focus import MapFocus, Standing
from data.queries.time_axis import LifeMonth, TimeAxis
from data.queries.warning_feed import (
    OpenWarning,
    OpenWarnings,
    Rectified,
    RectifiedIndicator,
    RectifiedMonth,
)
from layouts.panels import diagnosis, map_focus, time_axis, warning_feed

THEME = Theme(load_wall("3840x1280"), load_profile("haishu"))
TODAY = date(2026, 11, 21)


def words(tree: Any) -> str:
    """All text of a component tree, in order."""
    if isinstance(tree, list | tuple):
        return "|".join(filter(None, (words(child) for child in tree)))
    if isinstance(tree, Component):
        return words(getattr(tree, "children", None))
    return "" if tree is None else str(tree)


def raw_values(tree: Any) -> dict[str, str]:
    """data-value by data-measure."""
    if isinstance(tree, list | tuple):
        return {k: v for child in tree for k, v in raw_values(child).items()}
    if not isinstance(tree, Component):
        return {}
    own = tree.to_plotly_json()["props"]
    found = {own["data-measure"]: own["data-value"]} if "data-measure" in own else {}
    return {**found, **raw_values(getattr(tree, "children", None))}


def feed(*rows: OpenWarning) -> OpenWarnings:
    return OpenWarnings(rows, len(rows), 9, 34, 51, TODAY)


def row(**changes: Any) -> OpenWarning:
    values = {
        "level": "red", "town": "古林镇", "organisation": "薛家村党支部", "indicator": "hs_b_theme_party_day",
        "state": "rectifying", "raised_at": datetime(2026, 11, 10), "due_on": None, **changes,
    }  # fmt: skip
    return OpenWarning(**values)


def test_a_row_names_level_organisation_finding_prescription_limit_and_state() -> None:
    text = words(warning_feed.body(feed(row()), THEME))
    rule = THEME.profile.rule("hs_b_theme_party_day")
    for part in ("红", "古林", "薛家村党支部", rule.finding, rule.measure, "11-25", "整改中"):
        assert part in text


def test_a_limit_that_passed_is_said_in_words() -> None:
    assert "已超期" in words(warning_feed.body(feed(row(due_on=date(2026, 11, 20))), THEME))
    assert "已超期" not in words(warning_feed.body(feed(row(due_on=TODAY)), THEME))


def test_an_empty_feed_says_why() -> None:
    assert "没有" in words(warning_feed.body(feed(), THEME))


def test_an_indicator_the_district_no_longer_uses_does_not_break_the_feed() -> None:
    assert "薛家村党支部" in words(warning_feed.body(feed(row(indicator="hs_b_gone")), THEME))


@pytest.mark.parametrize(
    ("name", "town", "shown"),
    [
        ("薛家村党支部", "古林镇", "薛家村党支部"),
        ("古林镇薛家村党支部", "古林镇", "薛家村党支部"),
        ("丽园社区第二党支部", "段塘街道", "丽园社区第二支部"),
        ("宁波市海曙区某某物流有限公司党支部", None, "宁波市海曙区某…"),
        ("古林党支部", "古林镇", "古林党支部"),
    ],
)
def test_a_name_is_at_most_eight_characters_and_the_town_is_not_said_twice(
    name: str, town: str | None, shown: str
) -> None:
    assert warning_feed.short_name(name, town, THEME) == shown


def rectified() -> Rectified:
    return Rectified(
        (RectifiedMonth("2026-09", 10, 9), RectifiedMonth("2026-10", 2, 0)),
        (RectifiedIndicator("hs_b_term", 8, 7), RectifiedIndicator("hs_b_gone", 4, 2)),
    )


def test_visitors_read_a_share_and_indicators_but_no_organisation_and_no_light() -> None:
    view = rectified()
    text = words(
        [warning_feed.title(view, THEME), warning_feed.note(view, THEME), *warning_feed.body(view, THEME)]
    )
    assert "75.0" in text
    assert THEME.profile.rule("hs_b_term").short in text
    assert not any(word in text for word in ("红", "黄", "支部"))


def test_the_share_of_visitors_carries_its_raw_value() -> None:
    assert raw_values(warning_feed.body(rectified(), THEME))["rectified_share"] == "0.75"


def test_a_year_without_warnings_has_no_share() -> None:
    text = words(warning_feed.body(Rectified((), ()), THEME))
    assert "–" in text
    assert "%" not in text


def axis(now: float | None, before: float | None = 88, reference: float | None = 86) -> AxisScore:
    return AxisScore("jn_r_team", now, before, reference)


@pytest.mark.parametrize(
    ("score", "tone"),
    [
        (axis(84.9), "weak"),
        (axis(90), "good"),
        (axis(None), "gap"),
        (axis(86, before=88), "weak"),
        (axis(86, 86, 88), "weak"),
    ],
    ids=["below healthy", "healthy", "gap", "falling", "below the reference"],
)
def test_a_diagnosis_follows_from_score_change_and_reference(score: AxisScore, tone: str) -> None:
    assert diagnosis.diagnose(score, THEME)[2] == tone


@pytest.mark.parametrize(("now", "written"), [(99.94, "99.9"), (99.96, "100"), (100.0, "100")])
def test_the_full_mark_carries_no_decimal_that_would_run_into_the_change(now: float, written: str) -> None:
    view = Diagnosis("鼓楼街道", "2026-10", (axis(now, 98.9, 99.0),))
    assert f"|{written}|" in words(diagnosis.body(view, THEME))


def test_the_end_labels_show_the_closed_rate_and_the_running_count() -> None:
    months = (LifeMonth("2026-10", 4000, 8, 6), LifeMonth("2026-11", 2871, 8, 1))
    view = TimeAxis(months, TODAY)
    tree = time_axis.body(view, THEME)
    assert raw_values(tree) == {"theme_day_share": "0.75", "meetings": "2871"}
    assert "10月" in words(tree)
    assert "截至 21 日" in time_axis.note(view, THEME)


def test_missing_meetings_are_no_data_and_an_empty_denominator_is_a_dash() -> None:
    months = (LifeMonth("2026-10", 4000, 0, 0), LifeMonth("2026-11", None, 8, 1))
    text = words(time_axis.body(TimeAxis(months, TODAY), THEME))
    assert "无数据" in text
    assert "–" in text


def focus(**changes: Any) -> MapFocus:
    values = {
        "town": "古林镇", "towns": ("古林镇",), "organisations": 233, "members": 2835.0, "activities": 530.0,
        "standing": Standing("2026-10", 82.6, 16, -0.9), "red": 2.0, "yellow": 5.0, **changes,
    }  # fmt: skip
    return MapFocus(**values)


def test_staff_read_index_place_change_and_lights_of_the_focus() -> None:
    tree = map_focus.body(focus(), THEME)
    text = words(tree)
    for part in ("古林镇", "82.6", "第 16 名", "−0.9", "233"):
        assert part in text
    assert raw_values(tree)["red_branches"] == "2"


def test_visitors_read_members_and_activities_and_a_place_only_where_there_is_one() -> None:
    hidden = words(map_focus.body(focus(red=None, yellow=None, standing=None), THEME))
    shown = words(
        map_focus.body(focus(red=None, yellow=None, standing=Standing("2026-10", 95, 2, None)), THEME)
    )
    assert "2,835" in hidden
    assert "530" in hidden
    assert "名次" not in hidden
    assert "第" not in hidden
    assert "第2名" in shown
    assert "红" not in shown


def test_without_a_focus_the_tile_speaks_of_the_district() -> None:
    text = words(map_focus.body(focus(town=None, standing=None, red=None, yellow=None), THEME))
    assert THEME.profile.name in text
