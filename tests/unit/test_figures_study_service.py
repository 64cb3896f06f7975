"""Figures and words of the scene of study and service: what is drawn, what is said, what visitors never get."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from typing import Any

import plotly.graph_objects as go
import pytest
import sqlalchemy as sa
from dash.development.base_component import Component

from dashboard.figures import posts, study, volunteering
from dashboard.panels import BY_SLUG
from dashboard.profile import load_profile
from dashboard.theme import Theme
from dashboard.wall_profile import load_wall, wall_names
from data.queries.figures_of_month import Amount
from data.readmodel import schema
from data.readmodel.reader import Reader, open_reader
from data.scope import Mode, Scope
from layouts.panels import study as study_words
from layouts.panels import venues as venues_words
from layouts.panels import volunteering as volunteering_words
from tests.readmodel_district import NOW, fill
from tests.readmodel_rows import Rows, reader_of

SLUGS = ("study", "library", "posts", "volunteering", "index-distribution", "venues")
MODES: tuple[Mode, ...] = ("wall_reception", "wall_internal")
THEME = Theme(load_wall("3840x1280"), load_profile("haishu"))
COURSES = (
    "party_building",
    "current_affairs",
    "rule_of_law",
    "party_history",
    "discipline",
    "skills",
    "rural",
)
SERVICES = (
    "community", "environment", "medical", "security", "poverty_help", "culture", "emergency", "professional",
)  # fmt: skip
VENUES = (
    "service_center", "activity_room", "micro_position", "education_base", "open_life_base", "rural_school",
    "live_classroom", "delegate_studio", "smart_center", "online_position",
)  # fmt: skip


def tallied() -> Rows:
    days = [NOW.date() - timedelta(days=n) for n in range(30)]
    parts = {
        ("courses", "2026-03"): {f"lessons|{kind}": 3 + i for i, kind in enumerate(COURSES)},
        ("resources", ""): {"lecturer": 132, "lecture": 88, "public|lecture": 80, "video": 96, "base": 85},
        ("resource_use", "2026-10"): {"video": 5600},
        ("post_days", ""): {
            f"{measure}|{day}": 1500 + n for measure in posts_measures() for n, day in enumerate(days)
        },
        ("service_needs", "2026-10"): {f"open|{kind}": 40 + i for i, kind in enumerate(SERVICES)},
        ("venues", ""): {f"kind|{kind}": 4 + i * 40 for i, kind in enumerate(VENUES)},
        ("venue_findings", ""): {"inspected": 1100, "found": 68, "rectified": 63, "overdue": 2},
    }
    return [
        {"tally": tally, "period_month": month, "town_id": 0, "key": key, "value": value}
        for (tally, month), values in parts.items()
        for key, value in values.items()
    ]


def posts_measures() -> tuple[str, ...]:
    return ("posts", "views", "comments", "likes")


def listed(org: int) -> Rows:
    return [
        {
            "listing": listing, "position": i, "at": NOW, "org_id": org, "kind": kind, "title": f"{title}{i}",
            "amount": 40 - i, "is_public": True,
        }
        for listing, kind, title in (
            ("resources_used", "video", "红色视频党课：红色地标里的初心（乡村振兴）"),
            ("open_needs", "culture", "文体宣传志愿服务招募"),
            ("public_pictures", "branch_news", "支部走访慰问老党员"),
        )
        for i in range(12)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    engine = sa.create_engine("sqlite://")
    district = fill(engine, branches=120)
    with engine.begin() as connection:
        connection.execute(sa.insert(schema.tallies), tallied())
        connection.execute(sa.insert(schema.listings), listed(district.branches[0]))
    with open_reader(engine) as opened:
        yield opened
    engine.dispose()


def view_of(reader: Reader, slug: str, mode: Mode = "wall_internal") -> Any:
    return BY_SLUG[slug].load(reader, Scope(mode))


def drawn(reader: Reader, slug: str, mode: Mode, theme: Theme = THEME) -> tuple[go.Figure, Any]:
    panel = BY_SLUG[slug]
    view = view_of(reader, slug, mode)
    words = import_module(f"layouts.panels.{panel.module}")
    figure = panel.draw(view, theme)
    assert figure is not None
    return figure, [words.note(view, theme), words.body(view, theme)]


def words(tree: Any) -> str:
    """All text of a component tree, in order."""
    if isinstance(tree, list | tuple):
        return "|".join(filter(None, (words(child) for child in tree)))
    if isinstance(tree, Component):
        return words(getattr(tree, "children", None))
    return "" if tree is None else str(tree)


def texts(figure: go.Figure) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


def areas(figure: go.Figure) -> list[Any]:
    return [trace for trace in figure.data if trace.fill == "toself"]


@pytest.mark.parametrize("wall", wall_names())
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("slug", SLUGS)
def test_words_of_figures_are_captions_inside_their_panel_and_apart(
    reader: Reader, slug: str, mode: Mode, wall: str
) -> None:
    theme = Theme(load_wall(wall), load_profile("haishu"), mode=mode)
    figure, _ = drawn(reader, slug, mode, theme)
    width, height = theme.size(slug)
    boxes = []
    for note in figure.layout.annotations:
        assert note.font.size >= theme.caption
        assert 0 <= note.x <= width
        assert theme.caption * 0.45 <= note.y <= height - theme.caption * 0.45
        letters = re.sub("<[^>]*>", "", note.text)
        wide = sum(1.0 if ord(letter) > 0x2E7F else 0.42 for letter in letters) * note.font.size
        left = note.x - wide * {"left": 0, "center": 0.5, "right": 1}[note.xanchor]
        boxes.append(
            (left, note.y - theme.caption * 0.4, left + wide, note.y + theme.caption * 0.4, note.text)
        )
    for i, one in enumerate(boxes):
        for two in boxes[i + 1 :]:
            meets = min(one[2], two[2]) - max(one[0], two[0]) > 1 and min(one[3], two[3]) > max(
                one[1], two[1]
            )
            assert not meets, (one[4], two[4])


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("slug", SLUGS)
def test_figures_need_the_basic_bundle_and_frames_keep_their_budget(
    reader: Reader, slug: str, mode: Mode
) -> None:
    figure, body = drawn(reader, slug, mode)
    size = len(json.dumps([part.to_plotly_json() for part in body[1]], default=lambda c: c.to_plotly_json()))
    assert {trace.type for trace in figure.data} <= {"scatter", "pie"}
    assert size + len(figure.to_json()) < BY_SLUG[slug].max_bytes


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("slug", SLUGS)
def test_a_read_model_without_rows_says_so_and_draws_no_zero(slug: str, mode: Mode) -> None:
    with reader_of() as bare:
        figure, body = drawn(bare, slug, mode)
    text = words(body)
    assert "无数据" in text
    assert not {"0", "0.0"} & set(text.split("|"))
    assert not areas(figure)


def test_hours_of_the_year_stand_between_zero_and_its_target(reader: Reader) -> None:
    hours = tuple(Amount.of(4.0 * n) for n in range(1, 12))
    view = replace(view_of(reader, "study"), this_year=hours, last_year=(), per_head=hours[-1], pace=28.4)
    figure = study.draw(view, THEME)
    lines = [trace for trace in figure.data if trace.mode == "lines" and len(trace.x) > 2]
    target = next(line for line in lines if line.line.dash == "dot")
    ours = next(line for line in lines if len(line.x) == 11)
    foot = max(y for trace in figure.data if trace.mode == "lines" and len(trace.x) == 2 for y in trace.y)
    # 8 hours in February against a pace of 32 × 2 ÷ 12.
    assert (foot - ours.y[1]) / (foot - target.y[1]) == pytest.approx(1.5, rel=0.02)
    assert {"目标 32", "2026", "11月"} <= set(texts(figure))
    assert "较序时 |+15.6" in words(study_words.body(view, THEME))
    behind = replace(view, per_head=Amount.of(20.0))
    assert "较序时 |−8.4" in words(study_words.body(behind, THEME))


def test_a_year_above_its_target_is_more_than_all_and_one_below_never_all(reader: Reader) -> None:
    view = view_of(reader, "study")
    assert "|125.0|%" in words(study_words.body(replace(view, per_head=Amount.of(40.0)), THEME))
    assert "|99.9|%" in words(study_words.body(replace(view, per_head=Amount.of(31.999)), THEME))


def test_the_ring_is_of_those_under_45_and_absent_without_them(reader: Reader) -> None:
    view = replace(view_of(reader, "study"), under_45=Amount.of(200), registered=Amount.of(150))
    ring = next(trace for trace in study.draw(view, THEME).data if trace.type == "pie")
    assert list(ring.values) == [150, 50]
    assert "75.0" in words(study_words.body(view, THEME))
    none = replace(view, registered=Amount("nodata"))
    assert not [trace for trace in study.draw(none, THEME).data if trace.type == "pie"]
    assert "已注册 |无数据" in words(study_words.body(none, THEME))


def test_the_library_says_the_kind_once(reader: Reader) -> None:
    _, body = drawn(reader, "library", "wall_internal")
    assert "视频|红色地标里的初心（乡村振兴）0|40" in words(body)
    assert "本年使用 |5,600| 次" in words(body)


def test_no_lecturers_stand_before_visitors(reader: Reader) -> None:
    assert "红色讲师|132" in words(drawn(reader, "library", "wall_internal")[1])
    text = words(drawn(reader, "library", "wall_reception")[1])
    assert "讲师" not in text
    assert "特色党课|80" in text


def test_today_is_apart_from_the_days_that_are_over(reader: Reader) -> None:
    view = view_of(reader, "posts")
    days = (*[10.0] * 28, 20.0, 5.0)
    figure = posts.draw(replace(view, series=(replace(view.series[0], days=days),)), THEME)
    over = next(
        trace for trace in figure.data if trace.mode == "lines" and len(trace.x) == 29 and not trace.fill
    )
    dot = next(trace for trace in figure.data if trace.mode == "markers")
    base = max(y for y in areas(figure)[0].y)
    assert (base - over.y[0]) / (base - over.y[-1]) == pytest.approx(0.5, abs=0.01)
    assert (base - dot.y[0]) / (base - over.y[-1]) == pytest.approx(0.25, abs=0.01)
    assert dot.x[0] > over.x[-1]


def test_service_hours_start_at_zero_and_the_running_month_is_hollow(reader: Reader) -> None:
    view = view_of(reader, "volunteering")
    months = tuple(
        replace(month, hours=Amount.of(100.0), participation=Amount.of(0.2)) for month in view.months[:-1]
    )
    last = replace(view.months[-1], hours=Amount.of(50.0), participation=Amount("nodata"))
    figure = volunteering.draw(
        replace(view, months=(*months, last), running=replace(view.running, hours=Amount.of(25.0))), THEME
    )
    whole, half, hollow = areas(figure)[:3]
    foot = max(y for y in whole.y if y is not None)
    tall = [foot - min(y for y in trace.y if y is not None) for trace in (whole, half)]
    assert tall[1] / tall[0] == pytest.approx(0.5, abs=0.02)
    assert hollow.line.width > 0
    assert hollow.fillcolor == THEME.tokens.ground2
    line = next(
        trace for trace in figure.data if trace.line.color == THEME.tokens.gold and trace.mode == "lines"
    )
    assert line.y[-1] is None


def test_needs_are_told_by_kind_and_the_newest_in_words(reader: Reader) -> None:
    text = words(drawn(reader, "volunteering", "wall_internal")[1])
    assert "招募中的服务需求|348|项" in text
    assert "文体宣传志愿服务招募0" in text
    assert "招募 |40| 人" in text
    view = view_of(reader, "volunteering")
    calm = replace(view, open_needs=Amount.of(0.0), kinds=(), newest=())
    assert "暂无招募中的需求" in words(volunteering_words.body(calm, THEME))


def test_what_inspections_found_is_for_staff(reader: Reader) -> None:
    staff, visitors = (
        words(drawn(reader, "venues", mode)[1]) for mode in ("wall_internal", "wall_reception")
    )
    for part in ("检查整改率|92.6|%", "待整改|5|项", "68", "超期"):
        assert part in staff
    assert not any(word in visitors for word in ("整改", "超期", "检查", "68"))
    assert "各类阵地" in visitors
    assert "支部走访慰问老党员0" in visitors


def test_a_place_without_a_name_is_of_the_district_itself(reader: Reader) -> None:
    view = view_of(reader, "venues")
    nameless = replace(view, pictures=(replace(view.pictures[0], place=""),))
    assert f"支部走访慰问老党员0|{THEME.profile.words.direct}" in words(venues_words.body(nameless, THEME))
