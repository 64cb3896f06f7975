"""The scene of organisation life on every wall and in both modes: sizes, budgets, empty states, no town."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import plotly.graph_objects as go
import pytest
import sqlalchemy as sa

from dashboard.panels import BY_SLUG
from dashboard.profile import load_profile
from dashboard.theme import Theme
from dashboard.wall_profile import load_wall, wall_names
from data.queries.eight_x import Fulfilment
from data.readmodel.reader import Reader, open_reader
from data.scope import Mode, Scope
from layouts.panels import eight_x as eight_x_words
from tests.component_text import classes, words
from tests.readmodel_district import fill
from tests.readmodel_rows import reader_of

SLUGS = ("theme-day", "meetings", "activity-axis", "eight-x", "appraisal", "dues")
MODES: tuple[Mode, ...] = ("wall_reception", "wall_internal")
THEME = Theme(load_wall("3840x1280"), load_profile("haishu"))


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    engine = sa.create_engine("sqlite://")
    fill(engine, branches=200)
    with open_reader(engine) as opened:
        yield opened
    engine.dispose()


def drawn(reader: Reader, slug: str, mode: Mode, theme: Theme = THEME) -> tuple[go.Figure | None, Any]:
    panel = BY_SLUG[slug]
    view = panel.load(reader, Scope(mode))
    words = import_module(f"layouts.panels.{panel.module}")
    return panel.draw(view, theme), [words.note(view, theme), words.body(view, theme)]


@pytest.mark.parametrize("wall", wall_names())
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("slug", SLUGS)
def test_words_of_figures_are_captions_inside_their_panel(
    reader: Reader, slug: str, mode: Mode, wall: str
) -> None:
    theme = Theme(load_wall(wall), load_profile("haishu"), mode=mode)
    figure, _ = drawn(reader, slug, mode, theme)
    width, height = theme.size(slug)
    for note in figure.layout.annotations if figure else ():
        assert note.font.size >= theme.caption
        assert 0 <= note.x <= width
        assert theme.caption * 0.45 <= note.y <= height - theme.caption * 0.45


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("slug", SLUGS)
def test_figures_need_the_basic_bundle_and_frames_keep_their_budget(
    reader: Reader, slug: str, mode: Mode
) -> None:
    figure, body = drawn(reader, slug, mode)
    size = len(json.dumps([part.to_plotly_json() for part in body[1]], default=lambda c: c.to_plotly_json()))
    if figure is not None:
        assert {trace.type for trace in figure.data} <= {"scatter", "pie"}
        size += len(figure.to_json())
    assert size < BY_SLUG[slug].max_bytes


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("slug", SLUGS)
def test_a_read_model_without_rows_says_so_and_draws_no_zero(slug: str, mode: Mode) -> None:
    with reader_of() as bare:
        _, body = drawn(bare, slug, mode)
    text = words(body)
    assert "无数据" in text
    assert not {"0", "0.0"} & set(text.split("|"))


def test_the_matrix_marks_what_lags_with_a_shape_and_visitors_see_no_town(reader: Reader) -> None:
    view = BY_SLUG["eight-x"].load(reader, Scope("wall_internal"))
    text = words(eight_x_words.body(view, THEME))
    assert "古林" in text
    assert "全区" in text
    reception = BY_SLUG["eight-x"].load(reader, Scope("wall_reception"))
    body = eight_x_words.body(reception, THEME)
    assert "古林" not in words(body)
    assert not [name for name in classes(body) if "sign" in name]
    lagging = [Fulfilment(80, 100), Fulfilment(92, 100), *[Fulfilment(100, 100)] * 6]
    area = type(view.areas[0])("古林镇", tuple(lagging))
    marked = classes(eight_x_words.body(type(view)(**{**vars(view), "areas": (area,)}), THEME))
    assert {"sign red", "sign yellow"} <= set(marked)
