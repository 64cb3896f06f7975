"""Pictures and words of the scene 队伍与发展: nothing too small, too heavy, from nothing, or for the wrong eyes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from itertools import pairwise
from typing import Any

import pytest
import sqlalchemy as sa
from dash.development.base_component import Component

from dashboard.figures import floating_lost, step_board, transfer_flow
from dashboard.panels import BY_SLUG
from dashboard.profile import load_profile
from dashboard.theme import Theme
from dashboard.wall_profile import load_wall, wall_names
from data.queries.step_board import StepBoard
from data.queries.transfer_flow import Flow, TransferFlow
from data.readmodel import schema
from data.readmodel.reader import Reader, open_reader
from data.scope import Mode, Scope
from tests.readmodel_district import fill
from tests.readmodel_rows import reader_of

SLUGS = ("development-funnel", "step-board", "transfer-flow", "floating-lost", "member-trend", "cadres")
MODES: tuple[Mode, ...] = ("wall_internal", "wall_reception")
STEPS = 43
KINDS = (
    "village_secretary",
    "community_secretary",
    "two_new_secretary",
    "committee_member",
    "graduate_cadre",
)


def theme_of(mode: Mode = "wall_internal", wall: str = "3840x1280") -> Theme:
    return Theme(load_wall(wall), load_profile("haishu"), mode=mode)


def tallies() -> Iterator[tuple[str, str, int, str, float]]:
    for stage in range(1, 6):
        yield "development_funnel", "", 0, f"stage|{stage}", 300.0 * stage
        yield "development_funnel", "", 0, f"reached|{stage}", 1500.0 / stage
    for trait, n in {"all": 509, "age_35": 331, "college": 478, "frontline": 265, "women": 204}.items():
        yield "development_admitted", "2026-10", 0, trait, n
    for step in range(1, STEPS + 1):
        yield "step_board", "", 0, f"43|{step}|waiting", 7.0 * step
        yield "step_board", "", 0, f"43|{step}|overdue", float(step % 4)
    for origin in range(10, 27):
        for target in range(10, 27):
            yield "transfer_flow", "2026-10", 0, f"within|{origin}|{target}", 3.0 + (origin * target) % 17
        yield "transfer_flow", "2026-10", 0, f"in|{11 + origin}0100|{origin}", 12.0
        yield "transfer_flow", "2026-10", 0, f"out|{origin}|{41 - origin % 5}0100", 9.0
        yield "cadres", "", origin, "reserve", float(origin)
        yield "cadres", "", origin, "units", 10.0
    for kind in KINDS:
        yield "cadres", "", 0, f"count|{kind}", 100.0
        yield "cadres", "", 0, f"age_sum|{kind}", 4400.0
        yield "cadres", "", 0, f"age|{kind}|40", 100.0
        yield "cadres", "", 0, f"education|{kind}|bachelor", 100.0
    yield "transfers_done", "2026-10", 0, "within", 2671.0
    yield "transfer_days", "2026-10", 0, "0008", 2671.0
    yield "transfers_open", "", 0, "branch_accept", 97.0
    yield "transfers_open", "", 0, "branch_accept|overdue", 10.0
    for key, n in {"total": 277, "found": 248, "integrated": 232}.items():
        yield "lost_contact", "", 0, key, n
    for key, n in {"farmer": 13900, "retired": 9485, "manager": 5994, "student": 3}.items():
        yield "member_structure", "", 0, f"occupation|{key}", n


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    engine = sa.create_engine("sqlite://")
    fill(engine, branches=60)
    names = ("tally", "period_month", "town_id", "key", "value")
    steps = [
        {
            "listing": "step_names",
            "position": n,
            "kind": f"43|{n}|{1 + n // 9}",
            "title": f"第{n}步",
            "is_public": True,
        }
        for n in range(1, STEPS + 1)
    ]
    with engine.begin() as connection:
        connection.execute(
            sa.insert(schema.tallies), [dict(zip(names, row, strict=True)) for row in tallies()]
        )
        connection.execute(sa.insert(schema.listings), steps)
    with open_reader(engine) as opened:
        yield opened
    engine.dispose()


def words(tree: Any) -> str:
    """All text of a component tree, in order."""
    if isinstance(tree, list | tuple):
        return "|".join(filter(None, (words(child) for child in tree)))
    if isinstance(tree, Component):
        return words(getattr(tree, "children", None))
    return "" if tree is None else str(tree)


def parts(slug: str, reader: Reader, theme: Theme) -> tuple[Any, Any, str]:
    """View, figure, and all words of a panel."""
    panel = BY_SLUG[slug]
    view = panel.load(reader, Scope(theme.mode))
    layout = import_module(f"layouts.panels.{panel.module}")
    return view, panel.draw(view, theme), words([layout.note(view, theme), layout.body(view, theme)])


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("wall", wall_names())
def test_no_word_is_smaller_than_a_caption_and_none_leaves_its_panel(
    reader: Reader, mode: Mode, wall: str
) -> None:
    theme = theme_of(mode, wall)
    for slug in SLUGS:
        _, figure, _ = parts(slug, reader, theme)
        width, height = theme.size(slug)
        for note in figure.layout.annotations:
            assert note.font.size >= theme.caption, slug
            assert 0 <= note.x <= width, slug
            assert note.y >= note.font.size / 2, slug
            assert note.y + note.font.size / 2 <= height, slug


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("slug", SLUGS)
def test_a_picture_needs_the_basic_bundle_only_and_is_drawn_the_same_twice(
    reader: Reader, slug: str, mode: Mode
) -> None:
    theme = theme_of(mode)
    first, second = (parts(slug, reader, theme)[1] for _ in range(2))
    assert {trace.type for trace in first.data} <= {"scatter"}
    assert len(first.to_json()) < BY_SLUG[slug].max_bytes * 0.6
    assert json.dumps(first.to_plotly_json(), default=str) == json.dumps(second.to_plotly_json(), default=str)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("slug", SLUGS)
def test_a_read_model_without_rows_says_that_there_is_no_data_and_shows_no_zero(
    slug: str, mode: Mode
) -> None:
    with reader_of() as bare:
        _, figure, text = parts(slug, bare, theme_of(mode))
    assert "无数据" in text
    assert "0" not in text.replace("2026", "").replace("超30天", "").replace("10", "")
    assert all(trace.fill is None or trace.line.width for trace in figure.data)


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if BY_SLUG[slug].in_reception])
def test_visitors_read_neither_lights_nor_limits_nor_handling(reader: Reader, slug: str) -> None:
    text = parts(slug, reader, theme_of("wall_reception"))[2]
    for word in ("超期", "到期", "办理", "用时", "红", "黄", "≤35"):
        assert word not in text


def test_visitors_read_of_lost_and_floating_members_shares_alone(reader: Reader) -> None:
    counts = ("277", "248", "232", "29", "16")
    staff, visitors = (parts("floating-lost", reader, theme_of(mode))[2].split("|") for mode in MODES)
    assert set(counts[:3]) <= set(staff)
    assert not set(counts) & set(visitors)
    assert "90%" in visitors


def test_the_panels_of_staff_are_empty_for_visitors(reader: Reader) -> None:
    for slug in ("step-board", "cadres"):
        _, figure, text = parts(slug, reader, theme_of("wall_reception"))
        assert not figure.data
        assert not any(letter.isdigit() for letter in text)


def ribbon_view(flows: tuple[Flow, ...]) -> TransferFlow:
    return TransferFlow("2026", flows, {}, None)


def test_a_ribbon_is_as_thick_at_both_ends_and_every_bar_is_the_sum_of_its_ribbons() -> None:
    flows = (
        Flow("within", "direct", "direct", 600), Flow("in", "31", "direct", 40), Flow("out", "direct", "31", 5),
    )  # fmt: skip
    where = transfer_flow.sides(ribbon_view(flows), theme_of())
    for side in (where.origins, where.targets):
        assert sum(place.members for place in side) == 645
        for place in side:
            assert place.bottom - place.top == pytest.approx(place.members * where.scale)


def test_places_of_a_side_never_lie_on_each_other_and_keep_the_room_of_their_words(reader: Reader) -> None:
    for mode in MODES:
        for wall in wall_names():
            theme = theme_of(mode, wall)
            view = BY_SLUG["transfer-flow"].load(reader, Scope(mode))
            where = transfer_flow.sides(view, theme)
            for side in (where.origins, where.targets):
                assert side[-1].bottom <= theme.size("transfer-flow")[1] + 1
                middles = [place.middle for place in side]
                assert min(b - a for a, b in pairwise(middles)) >= theme.data


def test_outside_places_stand_below_the_towns_and_never_mix_with_them() -> None:
    flows = (Flow("in", "31", "direct", 40), Flow("within", "direct", "31", 20))
    where = transfer_flow.sides(ribbon_view(flows), theme_of())
    assert [(place.place, place.is_outside) for place in where.origins] == [("direct", False), ("31", True)]
    assert [(place.place, place.is_outside) for place in where.targets] == [("direct", False), ("31", False)]


def test_the_waterfall_falls_from_all_cases_to_those_taken_in(reader: Reader) -> None:
    view = BY_SLUG["floating-lost"].load(reader, Scope("wall_internal"))
    found = floating_lost.steps(view)
    assert [step.name for step in found] == ["立案", "未找到", "已找到", "未纳入", "已纳入"]
    assert found[0].share == 1
    assert found[1].low == found[2].high
    assert found[3].low == found[4].high == pytest.approx(232 / 277)


@pytest.mark.parametrize(
    ("shares", "span"),
    [([0.98, 0.99], (0.9, 1.0)), ([0.5, 0.72], (0.5, 0.75)), ([1.0], (0.9, 1.0)), ([0.0], (0.0, 0.1))],
)
def test_the_rate_line_spans_round_shares_that_hold_every_value(
    shares: list[float], span: tuple[float, float]
) -> None:
    assert floating_lost.rate_span(shares) == pytest.approx(span)


def test_the_list_of_steps_names_the_fullest_then_those_with_most_overdue(reader: Reader) -> None:
    view: StepBoard = BY_SLUG["step-board"].load(reader, Scope("wall_internal"))
    assert [step.number for step in step_board.listed(view)] == [43, 39, 35]
    punctual = tuple(
        replace(step, overdue=step.overdue if step.number == 3 else 0) for step in view.steps or ()
    )
    assert [step.number for step in step_board.listed(replace(view, steps=punctual))] == [43, 3, 42]
    idle = tuple(replace(step, waiting=0, overdue=0) for step in view.steps or ())
    assert step_board.listed(replace(view, steps=idle)) == []


def test_a_direction_whose_flows_are_all_withheld_is_not_said_to_be_zero() -> None:
    notes = words(
        import_module("layouts.panels.transfer_flow").note(
            ribbon_view((Flow("in", "31", "direct", 9),)), theme_of()
        )
    )
    assert "转入" in notes
    assert "转出" not in notes
