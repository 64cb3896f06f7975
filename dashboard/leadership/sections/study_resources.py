"""The part of the study page a town has: courses, quizzes, the library's use and what is booked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from dashboard.formats import month_label
from dashboard.leadership.figures.month_columns import Series, draw_columns
from dashboard.leadership.parts import Column, Figure, Line, Part, Table, Text
from dashboard.leadership.registry import Asked
from data.clock import add_months, months_between
from data.contract.enums import ENUMS
from data.queries.leadership import study
from data.queries.leadership.town_tallies import town_of
from data.readmodel.scoped import ScopedReader

YEAR, SMALL_SAMPLE = 12, 5
COURSES: Mapping[str, str] = ENUMS["course_category"]
RESOURCES = {kind: word.partition("(")[0] for kind, word in ENUMS["resource_kind"].items()}


def parts(reader: ScopedReader, asked: Asked) -> list[Part]:
    """Nothing but a word where to look for what keeps no town."""
    if town_of(reader, asked.place) is None:
        where = "课程、答题和资源按镇街统计：请在镇街党(工)委或全区查看。"
        return [Text("resources", "课程与资源", lines=(Line(where),))]
    return [
        _courses(reader, asked),
        _quizzes(reader, asked),
        _use(reader, asked),
        _ahead(reader, asked),
    ]


def _courses(reader: ScopedReader, asked: Asked) -> Table:
    first = add_months(asked.month, 1 - YEAR)
    found = study.courses(reader, asked.place, first, asked.month) or {}
    rows = [
        {
            "category": kind,
            "name": COURSES.get(kind, kind),
            "started": pair.of,
            "completed": pair.part,
            "share": pair.share if pair.of >= SMALL_SAMPLE else None,
        }
        for kind, pair in found.items()
    ]
    columns = (
        Column("name", "课程类别", width=120, pinned=True),
        Column("started", "开始学习", "integer", width=104),
        Column("completed", "已完成", "integer", width=96),
        Column("share", "完成率", "share", width=96, explains="少于5人次不算"),
    )
    return Table(
        "courses",
        "课程完成",
        columns=columns,
        rows=rows,
        key="category",
        span=6,
        note=f"{month_label(first, year=True)}–{month_label(asked.month, year=True)}开始学习的，至今完成，人次",
        empty="没有线上学习记录",
    )


def _quizzes(reader: ScopedReader, asked: Asked) -> Table:
    first = add_months(asked.month, 1 - YEAR)
    found = study.quizzes(reader, asked.place, first, asked.month) or []
    rows = [
        {
            "month": one.month,
            "taken": one.taken,
            "passed": one.pass_share if one.taken >= SMALL_SAMPLE else None,
            "score": one.mean_score if one.taken >= SMALL_SAMPLE else None,
        }
        for one in reversed(found)
    ]
    columns = (
        Column("month", "月份", "month", width=100, pinned=True),
        Column("taken", "答题", "integer", width=96),
        Column("passed", "合格率", "share", width=100, explains="少于5人次不算"),
        Column("score", "平均分", "decimal", width=100, explains="折合百分制；少于5人次不算"),
    )
    return Table(
        "quizzes",
        "在线答题",
        columns=columns,
        rows=rows,
        key="month",
        span=6,
        note="近12个月，在线答题与年度测试，人次",
        empty="近12个月没有在线答题",
    )


def _use(reader: ScopedReader, asked: Asked) -> Figure:
    look = asked.look
    span = months_between(add_months(asked.month, -23), asked.month)
    found = study.use(reader, asked.place, span[0], span[-1]) or {}
    colors = (*reversed(look.blue), look.gold)
    stacks = [
        Series(RESOURCES.get(kind, kind), [months.get(month, 0.0) for month in span], color)
        for (kind, months), color in zip(found.items(), colors, strict=False)
    ]
    total = sum(sum(months.values()) for months in found.values())
    return Figure(
        "use",
        "资源使用",
        figure=draw_columns(
            look, span, stacks, url=lambda month: asked.address.but(month=month).url, unit="次", height=280
        )
        if stacks
        else None,
        describes=f"近24个月资料库预约使用 {total:,.0f} 次",
        note=f"近24个月，已使用的预约 {total:,.0f} 次",
        span=7,
        empty="没有使用记录",
    )


def _ahead(reader: ScopedReader, asked: Asked) -> Figure:
    found = study.ahead(reader, asked.place) or {}
    today = asked.now.date()
    days = [today + timedelta(days=i) for i in range(30)]
    figure = asked.look.figure(280)
    figure.add_bar(
        x=[f"{day:%m-%d}" for day in days],
        y=[found.get(day, 0) for day in days],
        marker={"color": asked.look.blue[3]},
        hovertemplate="%{x}　%{y:,} 个预约<extra></extra>",
    )
    highest = max((found.get(day, 0) for day in days), default=0)
    figure.update_layout(
        xaxis={"type": "category", "nticks": 10, "tickangle": 0},
        yaxis={"range": [0, highest * 1.14 or 1], "showgrid": True, "nticks": 4, "tickformat": ",d"},
    )
    total = sum(found.get(day, 0) for day in days)
    return Figure(
        "ahead",
        "预约日历",
        figure=figure if total else None,
        describes=f"今后30天有 {total:.0f} 个预约",
        note=f"今后30天，{total:.0f} 个预约",
        span=5,
        empty="今后30天没有预约",
    )
