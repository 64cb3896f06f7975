"""Single panels of organisation life over hand-made views: heights, words, and what stands for no value."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.figures import activity_axis, appraisal, dues, eight_x, meetings, month_chart, theme_day
from dashboard.profile import load_profile
from dashboard.theme import Theme
from dashboard.wall_profile import load_wall
from data.queries.activity_axis import ActivityAxis, LifeDay
from data.queries.appraisal import Appraisal, Grade, Grades, Progress, Round
from data.queries.dues import Dues, DuesStates
from data.queries.eight_x import Fulfilment
from data.queries.figures_of_month import Amount, trend_months
from data.queries.meetings import Meeting, Meetings
from data.queries.theme_day import ThemeDay, ThemeDayMonth
from layouts.panels import activity_axis as axis_words
from layouts.panels import appraisal as appraisal_words
from layouts.panels import dues as dues_words
from layouts.panels import eight_x as eight_x_words
from layouts.panels import meetings as meetings_words
from layouts.panels import theme_day as theme_day_words
from tests.component_text import words

MONTHS = tuple(trend_months("2026-10", 12))
THEME = Theme(load_wall("3840x1280"), load_profile("haishu"))


def texts(figure: go.Figure) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


def month(name: str, eligible: int, held: int | None) -> ThemeDayMonth:
    return ThemeDayMonth(name, eligible, held)


def theme_days(last: ThemeDayMonth) -> ThemeDay:
    earlier = [month(name, 100, 90) for name in MONTHS[:-1]]
    return ThemeDay((*earlier, last), month("2026-11", 100, 60))


def test_columns_of_branches_start_at_zero_and_end_at_all_branches() -> None:
    figure = theme_day.draw(theme_days(month("2026-10", 100, 50)), THEME)
    held, newest, missed = (trace for trace in figure.data if trace.fill == "toself")
    foot = max(y for y in held.y if y is not None)
    whole = foot - min(y for y in missed.y if y is not None)
    assert foot - min(y for y in newest.y if y is not None) == pytest.approx(whole / 2, abs=1)
    assert foot - min(y for y in held.y if y is not None) == pytest.approx(whole * 0.9, abs=1)


def test_every_month_says_how_many_branches_had_no_theme_day() -> None:
    assert "50" in texts(theme_day.draw(theme_days(month("2026-10", 100, 50)), THEME))
    unknown = theme_days(month("2026-10", 100, None))
    assert "无数据" in texts(theme_day.draw(unknown, THEME))
    text = words([theme_day_words.note(unknown, THEME), theme_day_words.body(unknown, THEME)])
    assert text.count("无数据") == 3
    assert "60.0%" in text


def test_the_theme_day_is_called_as_the_district_calls_it() -> None:
    jiangning = Theme(load_wall("3840x1280"), load_profile("jiangning"))
    assert theme_day_words.title(theme_days(month("2026-10", 9, 9)), jiangning) == "统一活动日"
    assert eight_x_words.institution_names(jiangning)["theme_day"] == "统一活动日"


def meeting(kind: str, period: Any, *newest: Amount) -> Meeting:
    values: list[Amount | None] = [None] * (12 - len(newest))
    return Meeting(kind, period, (*values, *newest), MONTHS)


def value(share: float) -> Amount:
    return Amount("value", share)


def four_meetings(group: Amount) -> Meetings:
    return Meetings(
        MONTHS,
        (
            meeting("assembly", "quarter", value(0.97), value(0.99)),
            meeting("committee", "month", value(0.96), value(0.95)),
            meeting("group", "month", value(0.9), group),
            meeting("lecture", "quarter", value(0.98), value(0.98)),
        ),
    )


def test_the_weakest_kind_is_gold_and_the_others_are_not() -> None:
    view = four_meetings(value(0.91))
    gold = [k for k, color in meetings.line_colors(view, THEME).items() if color == THEME.tokens.gold]
    assert gold == ["group"]
    ends = {note.text: note.font.color for note in meetings.draw(view, THEME).layout.annotations}
    assert ends["党小组会"] == THEME.tokens.gold
    assert ends["支委会"] != THEME.tokens.gold


def test_a_kind_without_a_value_breaks_its_line_and_says_why() -> None:
    view = four_meetings(Amount("na"))
    assert not [
        k for k, c in meetings.line_colors(view, THEME).items() if c == THEME.tokens.gold and k == "group"
    ]
    group = next(t for t in meetings.draw(view, THEME).data if t.mode == "lines" and None in t.y)
    assert group.y[-1] is None
    text = words(meetings_words.body(view, THEME))
    assert "|–|" in text
    assert "10月 |−1.0" in text


def test_quarters_are_named_where_a_kind_is_due_by_quarter() -> None:
    quarter = Meeting("lecture", "quarter", (*([None] * 10), value(0.5), None), MONTHS)
    assert "三季度" in words(meetings_words.body(Meetings(MONTHS, (quarter,)), THEME))


def test_names_at_the_ends_of_lines_never_touch() -> None:
    assert meetings.apart([10, 11, 12], 20, (0, 200)) == [10, 30, 50]
    assert meetings.apart([190, 195, 199], 20, (0, 200)) == [160, 180, 200]
    assert meetings.apart([], 20, (0, 200)) == []


@pytest.mark.parametrize(
    ("shares", "ticks"),
    [
        ([0.976, 0.999], (0.97, 0.98, 0.99, 1.0)),
        ([0.9859, 0.9857], (0.98, 0.99, 1.0)),
        ([0.31, 0.97], (0.25, 0.5, 0.75, 1.0)),
        ([1.0], (0.99, 1.0)),
        ([0.0, 0.0], (0.0, 0.5, 1.0)),
        ([0.93], (0.9, 0.95, 1.0)),
    ],
)
def test_a_rate_axis_holds_all_shares_between_few_round_ticks(
    shares: list[float], ticks: tuple[float, ...]
) -> None:
    axis = month_chart.rate_axis(shares, 100, 200)
    assert axis.ticks == pytest.approx(ticks)
    assert all(100 <= axis.y(share) <= 200 for share in shares)


def dues_of(states: bool) -> Dues:
    rates = tuple(value(0.98) for _ in MONTHS)
    one = DuesStates(*(Amount.of(n) for n in (980, 5, 15, 10)))
    return Dues(MONTHS, rates, tuple(one for _ in MONTHS) if states else None)


def test_arrears_stand_on_the_line_from_which_make_ups_hang() -> None:
    figure = dues.draw(dues_of(states=True), THEME)
    unpaid, short, makeup = (trace for trace in figure.data if trace.fill == "toself")
    spans = [
        (min(ys), max(ys)) for ys in ([y for y in t.y if y is not None] for t in (unpaid, short, makeup))
    ]
    assert spans[0][1] == spans[2][0]
    assert spans[1][1] == spans[0][0]
    heights = [high - low for low, high in spans]
    assert heights[0] / heights[1] == pytest.approx(3, rel=0.05)
    assert heights[2] / heights[1] == pytest.approx(2, rel=0.05)


def test_visitors_get_the_rate_and_no_number_of_members() -> None:
    view = dues_of(states=False)
    assert not [trace for trace in dues.draw(view, THEME).data if trace.fill == "toself"]
    text = words(dues_words.body(view, THEME))
    assert "98.0" in text
    assert not any(word in text for word in ("未缴", "少缴", "补缴", "名"))
    assert "未缴" in words(dues_words.body(dues_of(states=True), THEME))


def rounds(grades: Grades | None) -> Appraisal:
    last = Round(2025, date(2026, 2, 28), True, Progress(95, 100), Progress(96, 100))
    running = Round(2026, date(2027, 2, 28), False, Progress(30, 104), Progress(None, None))
    return Appraisal(last, running, grades)


GRADES = (
    Grade("excellent", 200), Grade("qualified", 790), Grade("basic", None), Grade("unqualified", None, True),
)  # fmt: skip


def test_staff_read_turnout_grades_and_both_rounds() -> None:
    view = rounds(Grades(value(0.99), Amount.of(1000), GRADES))
    text = words(appraisal_words.body(view, THEME))
    for part in ("99.0", "参评率", "优秀", "200", "<5", "略", "2025年度组织生活会", "95.0", "2027年2月底前"):
        assert part in text
    ring = appraisal.draw(view, THEME)
    assert ring is not None
    assert list(ring.data[0].values) == [200, 790, 10]


def test_visitors_read_progress_and_neither_grade_nor_turnout() -> None:
    view = rounds(None)
    assert appraisal.draw(view, THEME) is None
    text = words([appraisal_words.title(view, THEME), appraisal_words.body(view, THEME)])
    assert "2026年度组织生活会" in text
    assert "28.8" in text
    assert "无数据" in text
    assert not any(word in text for word in ("优秀", "合格", "参评"))


@pytest.mark.parametrize(
    ("done", "due", "how"),
    [
        (90, 100, "yellow"), (89.9, 100, "red"), (95, 100, "close"), (94.9, 100, "yellow"),
        (98, 100, "kept"), (0, 4, "small"), (5, 5, "kept"), (0, 0, "na"), (None, 5, "nodata"), (0, 5, "red"),
    ],
)  # fmt: skip
def test_a_cell_is_judged_by_what_is_undone(done: float | None, due: float, how: str) -> None:
    assert eight_x.standing(Fulfilment(done, due)) == how


def axis_view() -> ActivityAxis:
    today = date(2026, 11, 21)
    held = [LifeDay(today - timedelta(days=89 - n), (0, 0, 0, 0, 0)) for n in range(89)]
    plan = [LifeDay(today + timedelta(days=n), (0, 2, 0, 0, 0)) for n in range(1, 15)]
    return ActivityAxis(today, (*held, LifeDay(today, (10, 30, 0, 0, 0))), tuple(plan))


def test_the_plan_is_hatched_and_what_was_held_is_not() -> None:
    figure = activity_axis.draw(axis_view(), THEME)
    hatched = [trace for trace in figure.data if trace.fillpattern.shape]
    solid = [trace for trace in figure.data if trace.fill and not trace.fillpattern.shape]
    where = activity_axis.day_columns(axis_view(), THEME)
    assert len(hatched) == 1
    assert min(hatched[0].x) == where.x(90)
    assert min(hatched[0].y) == where.y(2)
    # Two kinds, the second upon the first.
    assert [min(trace.y) for trace in solid] == [where.y(10), where.y(40)]


def test_the_unified_day_carries_its_date_and_number() -> None:
    figure = activity_axis.draw(axis_view(), THEME)
    assert "11-21 30场" in texts(figure)
    assert "今日" in texts(figure)


def test_the_numbers_beside_the_axis_are_sums_of_its_days() -> None:
    text = words(axis_words.body(axis_view(), THEME))
    assert text.split("|")[:3] == ["近 90 天", "40", "场"]
    assert "后 14 天计划|28" in text
    assert "无数据" in words(axis_words.body(ActivityAxis(date(2026, 11, 21), (), ()), THEME))
