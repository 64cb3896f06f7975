"""The overview of warnings and the numbers of today: what is drawn, what is said, what visitors may not read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from dashboard.figures import today as today_figure
from dashboard.figures import warning_overview as overview_figure
from dashboard.profile import load_profile
from dashboard.theme import Theme
from dashboard.wall_profile import load_wall
from data.queries.figures_of_month import Amount
from data.queries.today import METHODS, Day, Today
from data.queries.warning_overview import LitBranches, LitMonth, RectifiedTrend
from layouts.panels import today, warning_overview
from tests.component_text import raw_values, words

TODAY = date(2026, 11, 21)
THEME = Theme(load_wall("3840x1280"), load_profile("haishu"))


def lit(*months: LitMonth) -> LitBranches:
    value = Amount("value", 72)
    return LitBranches(value, value, Amount("value", 0.0313), Amount("na"), months, Amount("value", 0.581))


def test_columns_are_as_high_as_their_counts_and_the_last_carries_its_numbers() -> None:
    figure = overview_figure.draw(lit(LitMonth("2026-09", 10, 20), LitMonth("2026-10", 5, 30)), THEME)
    red, last_red = figure.data[0], figure.data[1]
    assert max(red.y) - min(red.y) == pytest.approx(2 * (max(last_red.y) - min(last_red.y)), abs=0.3)
    assert {"5", "30", "10月"} <= {annotation.text for annotation in figure.layout.annotations}


def test_a_month_without_data_carries_no_number() -> None:
    figure = overview_figure.draw(lit(LitMonth("2026-10", None, None)), THEME)
    assert {annotation.text for annotation in figure.layout.annotations} == {"10月"}


def test_staff_read_lights_and_visitors_none() -> None:
    staff = words(warning_overview.body(lit(), THEME))
    view = RectifiedTrend(Amount("value", 0.581), (("2026-09", 300), ("2026-10", 278)))
    tree = [warning_overview.title(view, THEME), *warning_overview.body(view, THEME)]
    assert "红灯支部" in staff
    assert "3.1%" in staff
    assert "58.1" in words(tree)
    assert "578" in words(tree)
    assert not any(word in words(tree) for word in ("红", "黄", "灯"))


def day(**changes: Any) -> Today:
    signins = tuple(zip(METHODS, (Amount.of(n) for n in (60, 30, 10)), strict=True))
    days = tuple(Day(TODAY - timedelta(days=back), 10.0 * back) for back in range(14, -1, -1))
    values = {
        "on": TODAY, "activities": Amount.of(155), "signins": signins, "posts": Amount.of(71),
        "transfers": Amount.of(12), "birthdays": Amount.of(128), "days": days, **changes,
    }  # fmt: skip
    counts = [amount.value for _, amount in values["signins"]]
    values.setdefault("signed_in", Amount.of(None if None in counts else sum(counts)))
    return Today(**values)


def test_the_bar_of_methods_is_shared_by_their_sign_ins() -> None:
    found = today_figure.parts(day(), THEME)
    width = THEME.size("today")[0]
    assert [round((part.x1 - part.x0) / width, 3) for part in found] == [0.6, 0.3, 0.1]
    assert "60%" in words(today.body(day(), THEME))


@pytest.mark.parametrize("measure", ["transfers", "birthdays"])
@pytest.mark.parametrize(("persons", "shown"), [(None, "<5"), (5, "5"), (0, "0")])
def test_one_to_four_persons_are_never_told_by_number(
    measure: str, persons: float | None, shown: str
) -> None:
    tree = today.body(day(**{measure: Amount.of(persons)}, few=(measure,) if persons is None else ()), THEME)
    raw = raw_values(tree)[measure]
    assert f"|{shown}|" in words(tree)
    assert raw == ("" if shown == "<5" else shown)


def test_no_sign_in_yet_is_not_no_data() -> None:
    none = tuple((method, Amount.of(0)) for method in METHODS)
    missing = tuple((method, Amount("nodata")) for method in METHODS)
    assert "今日尚无签到" in words(today.body(day(signins=none), THEME))
    assert "签到无数据" in words(today.body(day(signins=missing), THEME))


def test_with_room_every_day_carries_its_number_and_without_it_the_highest_and_today(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def shown(width: int) -> set[str]:
        monkeypatch.setattr(Theme, "size", lambda *_: (width, 452))
        return {annotation.text for annotation in today_figure.draw(day(), THEME).layout.annotations}

    names = {"11-07", "11-14", "今日"}
    assert shown(904) - names == {"140", "0"}
    assert shown(2152) - names == {str(10 * back) for back in range(15)}


@pytest.mark.parametrize(
    ("size", "factor"), [((904, 452), 1), ((452, 226), 1), ((1356, 904), 1.5), ((9040, 4520), 1.8)]
)
def test_a_panel_grows_with_its_room_but_never_shrinks(
    size: tuple[int, int], factor: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Theme, "size", lambda *_: size)
    assert today_figure.scale(THEME) == factor
