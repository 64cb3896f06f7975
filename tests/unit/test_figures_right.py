"""Figures of the centre and the right wing: what is drawn, what is left out, how heavy it is."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import plotly.graph_objects as go
import pytest
import sqlalchemy as sa

from dashboard.figures import diagnosis, district_map, map_focus, time_axis, warning_feed
from dashboard.figures.event_labels import place_events
from dashboard.profile import load_profile
from dashboard.theme import Theme
from dashboard.wall_profile import load_wall, wall_names
from data.queries import diagnosis as diagnosis_query
from data.queries import district_map as district_map_query
from data.queries import map_focus as map_focus_query
from data.queries import time_axis as time_axis_query
from data.queries import warning_feed as warning_feed_query
from data.queries.diagnosis import AxisScore, Diagnosis
from data.queries.time_axis import LifeMonth, TimeAxis
from data.readmodel.reader import Reader, open_reader
from data.readmodel.results import RADAR_AXES
from data.scope import Scope
from tests.readmodel_district import NOW, fill
from tests.readmodel_rows import reader_of

PANELS: dict[str, tuple[Any, Any]] = {
    "district-map": (district_map_query, district_map),
    "map-focus": (map_focus_query, map_focus),
    "time-axis": (time_axis_query, time_axis),
    "warning-feed": (warning_feed_query, warning_feed),
    "diagnosis": (diagnosis_query, diagnosis),
}
SCOPES = (Scope("wall_reception", 12), Scope("wall_internal", 22))


def theme_of(wall: str) -> Theme:
    return Theme(load_wall(wall), load_profile("haishu"))


THEME = theme_of("3840x1280")


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    engine = sa.create_engine("sqlite://")
    fill(engine, branches=340)
    with open_reader(engine) as opened:
        yield opened
    engine.dispose()


def texts(figure: go.Figure) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


@pytest.mark.parametrize("slug", PANELS)
@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope.mode)
@pytest.mark.parametrize("wall", wall_names())
def test_no_word_of_a_figure_is_smaller_than_a_caption(
    reader: Reader, slug: str, scope: Scope, wall: str
) -> None:
    query, drawing = PANELS[slug]
    theme = theme_of(wall)
    figure = drawing.draw(query.load(reader, scope), theme)
    sizes = [annotation.font.size for annotation in figure.layout.annotations] if figure else []
    assert all(size >= theme.caption for size in sizes)


@pytest.mark.parametrize("slug", PANELS)
@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope.mode)
def test_figures_need_the_basic_bundle_only_and_stay_within_their_budget(
    reader: Reader, slug: str, scope: Scope
) -> None:
    query, drawing = PANELS[slug]
    figure = drawing.draw(query.load(reader, scope), THEME)
    if figure is not None:
        assert {trace.type for trace in figure.data} <= {"scatter"}
        budget = 120_000 if slug == "district-map" else 20_000
        assert len(figure.to_json()) < budget


@pytest.mark.parametrize("slug", PANELS)
def test_the_same_view_draws_the_same_bytes(reader: Reader, slug: str) -> None:
    query, drawing = PANELS[slug]
    view = query.load(reader, SCOPES[0])
    first, second = (drawing.draw(view, THEME) for _ in range(2))
    assert json.dumps(first.to_plotly_json(), default=str) == json.dumps(second.to_plotly_json(), default=str)


@pytest.mark.parametrize("slug", PANELS)
@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope.mode)
def test_a_read_model_without_rows_has_a_picture_too(slug: str, scope: Scope) -> None:
    query, drawing = PANELS[slug]
    words = import_module(f"layouts.panels.{slug.replace('-', '_')}")
    with reader_of() as bare:
        view = query.load(bare, scope)
    drawing.draw(view, THEME)
    assert isinstance(words.body(view, THEME), list)
    assert words.note(view, THEME) is not None


def test_the_map_of_visitors_has_no_light(reader: Reader) -> None:
    shown, hidden = (
        {trace.marker.symbol for trace in district_map.draw(district_map_query.load(reader, s), THEME).data}
        for s in reversed(SCOPES)
    )
    assert {"octagon", "triangle-up"} <= shown
    assert not {"octagon", "triangle-up"} & hidden


def test_many_lights_are_drawn_smaller_but_never_below_two_thirds() -> None:
    assert [district_map.mark_scale(n) for n in (0, 80, 100_000)] == [1, 1, district_map.MARK_FLOOR]
    assert district_map.MARK_FLOOR < district_map.mark_scale(120) < 1


def test_the_district_has_no_outline_in_focus(reader: Reader) -> None:
    view = map_focus_query.load(reader, Scope("wall_reception"))
    assert len(map_focus.draw(view, THEME).data) == 0


def axis_of(shares: list[tuple[int, int]], meetings: int | None = 100) -> TimeAxis:
    months = [LifeMonth(f"2026-{i + 1:02d}", meetings, n, done) for i, (n, done) in enumerate(shares)]
    return TimeAxis(tuple(months), NOW.date())


def gold_line(figure: go.Figure) -> list[float | None]:
    (line,) = [
        t for t in figure.data if t.line.color == THEME.tokens.gold and t.line.dash is None and t.line.width
    ]
    return list(line.y)


def test_the_open_month_has_a_hollow_bar_and_no_point_on_the_rate_line() -> None:
    figure = time_axis.draw(axis_of([(10, 9), (10, 8), (10, 2)]), THEME)
    assert len(gold_line(figure)) == 2
    assert any(t.fillcolor and t.fillcolor.startswith("rgba") for t in figure.data)


def test_a_month_without_a_share_is_a_gap_in_the_rate_line() -> None:
    figure = time_axis.draw(axis_of([(10, 9), (0, 0), (10, 8), (10, 8)]), THEME)
    assert gold_line(figure)[1] is None


def test_an_axis_without_any_data_still_names_its_months() -> None:
    figure = time_axis.draw(axis_of([(0, 0)] * 4, meetings=None), THEME)
    assert any("月" in words for words in texts(figure))


def test_round_ticks_leave_the_highest_bar_above_them() -> None:
    assert time_axis.round_ticks(4600) == (2000, 4000)
    assert time_axis.round_ticks(1) == ()


def test_words_of_events_never_cover_each_other_nor_a_stem_of_the_upper_row() -> None:
    events = [(x * 75.0, f"事件{x}", 150.0) for x in range(12)]
    placed = place_events(events, right_edge=1000, gap=18)
    assert len(placed) >= 6
    for a, b in itertools.combinations(placed, 2):
        if a.level == b.level:
            assert a.right <= b.left or b.right <= a.left
        else:
            upper, lower = (a, b) if a.level < b.level else (b, a)
            assert not lower.left < upper.x < lower.right


def test_when_events_do_not_all_fit_the_newest_stay() -> None:
    placed = place_events([(x * 10.0, str(x), 150.0) for x in range(30)], right_edge=300, gap=18)
    assert placed[-1].words == "29"


def radar_of(*now: float | None) -> Diagnosis:
    axes = [AxisScore(a, v, 80.0, 82.0) for a, v in zip(RADAR_AXES, now, strict=True)]
    return Diagnosis(None, "2026-10", tuple(axes))


def test_a_gap_breaks_the_radar_and_is_never_drawn_as_zero() -> None:
    figure = diagnosis.draw(radar_of(90, None, 85, 80, 88), THEME)
    now = figure.data[-2]
    assert list(now.x)[1] is None
    assert len(figure.data[-1].x) == 4
    assert any("–" in words for words in texts(figure))


def test_a_score_below_fifty_moves_the_centre_of_the_radar_to_zero() -> None:
    assert diagnosis.radar(radar_of(90, 60, 85, 80, 88), THEME).floor == 50
    assert diagnosis.radar(radar_of(90, 30, 85, 80, 88), THEME).floor == 0


def test_the_best_score_lies_on_the_rim_and_the_floor_in_the_centre() -> None:
    shape = diagnosis.radar(radar_of(90, 60, 85, 80, 88), THEME)
    assert shape.at(0, 100) == (round(shape.x, 1), round(shape.y - shape.radius, 1))
    assert shape.at(3, shape.floor) == (round(shape.x, 1), round(shape.y, 1))
