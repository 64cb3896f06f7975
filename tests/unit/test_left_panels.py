"""The left wing as drawn and worded: honest words for missing numbers, dots inside their axis, readable type."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from dashboard.amounts import count, shown, tone
from dashboard.figures import ranking as ranking_figure
from dashboard.figures.spark_lines import Spark, spark_points
from dashboard.formats import integer
from dashboard.profile import load_profile
from dashboard.theme import Theme
from dashboard.wall_profile import load_wall, wall_names
from data.queries.figures_of_month import Amount
from data.queries.ranking import RankedTown, Ranking
from data.readmodel.reader import open_reader
from data.scope import Mode, Scope
from layouts.panels import members as members_words
from layouts.panels import ranking as ranking_words
from tests.readmodel_district import fill
from tests.readmodel_rows import reader_of

SLUGS = (
    "key-figures-left", "key-figures-right", "organisation", "members", "monthly-operation", "ranking",
)  # fmt: skip
MODES: tuple[Mode, ...] = ("wall_reception", "wall_internal")


def theme_of(wall: str = "3840x1280", district: str = "haishu") -> Theme:
    return Theme(load_wall(wall), load_profile(district))


def of(slug: str, package: str) -> Any:
    return import_module(f"{package}.{slug.replace('-', '_')}")


def spans(tree: Any) -> Iterator[Any]:
    """Every component of a tree, depth first."""
    if isinstance(tree, list | tuple):
        for part in tree:
            yield from spans(part)
    elif hasattr(tree, "to_plotly_json"):
        yield tree
        yield from spans(getattr(tree, "children", None))


def words(tree: Any) -> str:
    """All text of a tree."""
    own = [str(child) for part in spans(tree) for child in _texts(getattr(part, "children", None))]
    return " ".join(own)


def _texts(children: Any) -> list[Any]:
    listed = children if isinstance(children, list | tuple) else [children]
    return [child for child in listed if isinstance(child, str | int | float)]


@pytest.fixture(scope="module")
def district() -> Iterator[sa.Engine]:
    """A small filled read model."""
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    fill(engine, branches=40, months=6)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("wall", wall_names())
@pytest.mark.parametrize("slug", SLUGS)
def test_no_text_in_a_figure_is_smaller_than_a_caption(slug: str, wall: str, district: sa.Engine) -> None:
    theme = theme_of(wall)
    with open_reader(district) as reader:
        figure = of(slug, "dashboard.figures").draw(
            of(slug, "data.queries").load(reader, Scope("wall_internal")), theme
        )
    sizes = [note.font.size for note in figure.layout.annotations]
    assert all(size >= theme.caption for size in sizes)
    assert (figure.layout.width, figure.layout.height) == theme.size(slug)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_number_carries_its_measure_and_its_raw_value(
    slug: str, mode: Mode, district: sa.Engine
) -> None:
    with open_reader(district) as reader:
        view = of(slug, "data.queries").load(reader, Scope(mode))
    body = of(slug, "layouts.panels").body(view, theme_of())
    numbers = [part for part in spans(body) if " n " in f" {getattr(part, 'className', '')} "]
    assert numbers
    for number in numbers:
        raw = number.to_plotly_json()["props"]
        assert raw["data-measure"]
        assert raw["data-value"] == "" or float(raw["data-value"]) is not None


@pytest.mark.parametrize("slug", SLUGS)
def test_an_empty_read_model_says_so_and_draws_no_zero(slug: str) -> None:
    theme = theme_of()
    with reader_of() as reader:
        view = of(slug, "data.queries").load(reader, Scope("wall_internal"))
    body = of(slug, "layouts.panels").body(view, theme)
    assert "数据" in words(body)
    assert "0" not in [part.children for part in spans(body) if hasattr(part, "children")]
    figure = of(slug, "dashboard.figures").draw(view, theme)
    assert figure.layout.xaxis.visible is False


def test_reception_words_name_no_light(district: sa.Engine) -> None:
    with open_reader(district) as reader:
        found = {
            mode: words(
                of("key-figures-right", "layouts.panels").body(
                    of("key-figures-right", "data.queries").load(reader, Scope(mode)), theme_of()
                )
            )
            for mode in MODES
        }
    assert "预警支部" in found["wall_internal"]
    assert not {"红", "黄"} & set(found["wall_reception"])


def test_zero_not_applicable_and_no_data_are_three_words() -> None:
    written = [shown(amount, integer) for amount in (Amount.of(0), Amount("na"), Amount("nodata"))]
    assert written == ["0", "–", "无数据"]


def test_counts_are_written_in_full_up_to_99999() -> None:
    assert [count(99_999), count(100_000), count(0)] == ["99,999", "10.0万", "0"]


@pytest.mark.parametrize(
    ("change", "better", "expected"),
    [
        (0.3, "up", "c-ok"), (-0.3, "up", "c-dn"), (-0.3, "down", "c-ok"), (0.04, "up", "c-mut"),
        (None, "up", "c-mut"),
    ],
)  # fmt: skip
def test_a_change_is_coloured_by_better_and_worse(change: float | None, better: str, expected: str) -> None:
    assert tone(change, 1, better=better) == expected


def test_a_spark_line_keeps_its_gaps_and_a_constant_one_lies_in_the_middle() -> None:
    assert spark_points(Spark((5, None, 5), 0, 10, 0, 20)) == [(0, 10), (5, None), (10, 10)]
    assert spark_points(Spark((None, None), 0, 10, 0, 20)) == []
    assert spark_points(Spark((0, 4), 0, 10, 0, 20)) == [(0, 20), (10, 0)]


def towns(*scores: tuple[float, float | None]) -> Ranking:
    rows = tuple(RankedTown(k, "甲镇", k + 1, None, now, then) for k, (now, then) in enumerate(scores))
    return Ranking("2026-10", "2026-09", Amount.of(scores[0][0]), rows, False)


@given(
    st.lists(st.tuples(st.floats(0, 150), st.one_of(st.none(), st.floats(0, 150))), min_size=1, max_size=17)
)
def test_every_dot_stands_inside_the_axis(scores: list[tuple[float, float | None]]) -> None:
    axis, ticks = ranking_figure.track(towns(*scores), theme_of())
    known = [score for pair in scores for score in pair if score is not None]
    assert ticks[0] <= min(known)
    assert ticks[-1] >= max(known)
    assert 2 <= len(ticks) <= 5
    assert all(axis.left <= axis.x(score) <= axis.right for score in known)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("石碶街道", "石碶街道"), ("江山路街道", "江山路"), ("武进经济开发区", "经开区"),
        ("西太湖生态休闲区", "西太湖"), ("玉湖生态休闲区", "玉湖生…"),
    ],
)  # fmt: skip
def test_a_town_has_at_most_four_characters_and_a_zone_its_usual_name(name: str, short: str) -> None:
    assert ranking_words.short_name(name, theme_of(district="wujin")) == short


def test_movement_says_new_up_down_and_unchanged() -> None:
    rows = tuple(RankedTown(k, "甲镇", 5, before, 80, 80) for k, before in enumerate((None, 7, 4, 5)))
    body = ranking_words.body(Ranking("2026-10", "2026-09", Amount.of(80), rows, False), theme_of())
    moves = [part for part in spans(body) if "move" in str(getattr(part, "className", ""))]
    assert [words([move]) for move in moves] == ["新", "2", "1", "–"]
    assert [move.className.split()[-1] for move in moves] == ["c-gold", "c-ok", "c-dn", "c-mut"]


def test_a_new_year_shows_no_movement() -> None:
    rows = (RankedTown(1, "甲镇", 1, None, 80, None),)
    body = ranking_words.body(Ranking("2026-01", None, Amount.of(80), rows, False), theme_of())
    assert "新年度" in words(body)
    assert "新" not in words(body).split()


def test_many_unknown_ages_are_told_inside_the_ring() -> None:
    view = of("members", "data.queries").Members(
        Amount.of(1000),
        Amount.of(0.3),
        Amount.of(0.5),
        (of("members", "data.queries").AgeGroup("unknown", 40),),
    )
    assert "未填  4%" in words(members_words.body(view, theme_of()))
