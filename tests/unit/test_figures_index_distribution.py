"""The distribution of the index: bands and towns as columns, and the words beside them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from dash.development.base_component import Component

from dashboard.figures.canvas import text_width
from dashboard.figures.index_distribution import draw
from dashboard.profile import load_profile
from dashboard.theme import Theme
from dashboard.wall_profile import load_wall
from data.queries.figures_of_month import Amount
from data.queries.index_distribution import BANDS, Band, IndexDistribution, TownMean
from layouts.panels.index_distribution import body, title

THEME = Theme(load_wall("3840x1280"), load_profile("haishu"))
NONE = IndexDistribution("2026-10", Amount.of(50.0), None, (), (), False)


def bands(*counts: int | None, small: int = -1) -> tuple[Band, ...]:
    lows = (*BANDS.values(), None)
    return tuple(Band(lows[i] or 0, lows[i + 1], n, i == small) for i, n in enumerate(counts))


def columns(view: IndexDistribution) -> dict[str, Any]:
    """Areas of the figure by colour."""
    return {trace.fillcolor: trace for trace in draw(view, THEME).data if trace.fill == "toself"}


def words(tree: Any) -> str:
    """All text of a component tree, in order."""
    if isinstance(tree, list | tuple):
        return "|".join(filter(None, (words(child) for child in tree)))
    if isinstance(tree, Component):
        return words(getattr(tree, "children", None))
    return "" if tree is None else str(tree)


def test_bands_are_columns_from_zero_and_the_middle_one_is_lighter() -> None:
    view = replace(NONE, bands=bands(10, 40, 5, 5, 0, 0, 0, 0))
    drawn = columns(view)
    middle, others = drawn[THEME.tokens.blue[3]], drawn[THEME.tokens.blue[2]]
    foot = max(middle.y)
    # The first of the others has 10 members, the middle band 40.
    assert (foot - min(others.y[:5])) / (foot - min(middle.y)) == pytest.approx(0.25, abs=0.01)
    assert "中位 10–20 分" in words(body(view, THEME))


def test_withheld_bands_keep_their_place_and_say_so() -> None:
    view = replace(NONE, bands=bands(None, None, 50, 5, 0, 0, 0, 0, small=0))
    said = [note.text for note in draw(view, THEME).layout.annotations]
    assert said[:1] == ["<5"]
    assert {"略", "50", "150分"} <= set(said)


def test_towns_at_or_above_the_average_are_lighter() -> None:
    view = replace(NONE, towns=(TownMean("古林镇", 50.0), TownMean("南门街道", 40.0)))
    drawn = columns(view)
    above, below = drawn[THEME.tokens.blue[3]], drawn[THEME.tokens.blue[1]]
    foot = max(above.y)
    assert (foot - min(below.y)) / (foot - min(above.y)) == pytest.approx(0.8, abs=0.01)
    text = words(body(view, THEME))
    assert "1 个不低于区均" in text
    assert "积分分段无数据" in text
    assert "前 2 名" in words(body(replace(view, is_cut=True), THEME))


@pytest.mark.parametrize("slug", ["haishu", "kunshan"])
def test_index_and_towns_are_called_as_the_district_calls_them(slug: str) -> None:
    theme = Theme(load_wall("3840x1280"), load_profile(slug))
    view = replace(NONE, towns=(TownMean("古林镇", 50.0),))
    assert title(view, theme) == f"{theme.profile.index_name}分布"
    text = words(body(view, theme))
    assert f"{theme.profile.words.towns}人均" in text
    assert theme.profile.words.average in text


def test_a_change_is_against_the_year_before_or_not_told() -> None:
    assert "较上年同期 |+2.0" in words(body(replace(NONE, year_change=2.0), THEME))
    assert "较上年" not in words(body(NONE, THEME))


def test_twenty_towns_that_are_alike_are_dots_about_the_average_with_values_that_fit() -> None:
    means = [178.0 - i * 0.4 for i in range(20)]
    towns = tuple(TownMean(f"第{i}镇", mean) for i, mean in enumerate(means))
    figure = draw(replace(NONE, mean=Amount.of(174.5), towns=towns), THEME)
    dots = [trace for trace in figure.data if trace.mode == "markers"]
    above, below = dots
    assert max(above.y) < min(below.y)
    assert len(above.y) + len(below.y) == 20
    width = THEME.size("index-distribution")[0]
    values = sorted(
        (
            note.x - text_width(note.text, note.font.size) / 2,
            note.x + text_width(note.text, note.font.size) / 2,
        )
        for note in figure.layout.annotations
        if "." in note.text
    )
    assert 2 < len(values) < 20
    assert values[0][0] >= -0.1
    assert values[-1][1] <= width + 0.1
    assert all(left[1] < right[0] for left, right in pairwise(values))
