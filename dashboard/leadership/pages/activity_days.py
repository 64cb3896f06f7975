"""L-14 时间轴 · 日: one month day by day, read now from the operational database, and what was held on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dashboard.formats import day_label, month_label
from dashboard.leadership.figures.day_columns import draw_days
from dashboard.leadership.life_words import AXIS, DAY, KIND, kind_words
from dashboard.leadership.parts import (
    Choice,
    Column,
    Figure,
    Line,
    Number,
    Numbers,
    Origin,
    Part,
    Switch,
    Table,
    Text,
)
from dashboard.leadership.registry import Asked, home_of
from data.clock import add_months, first_day, last_day
from data.errors import SourceError
from data.projection.trace.listing import Cut
from data.queries.leadership import months
from data.queries.leadership.sums import branches_below, months_of
from data.readmodel.scoped import ScopedReader

# Rows a table shows at once; of a month with more, a day is chosen first.
AT_ONCE = 2_000
GONE = "业务库暂时连接不上，看不到每天的活动；按月的数仍在时间轴上。请稍后刷新本页。"
_WIDTHS = {"title": 260, "branch": 170, "place": 150}


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """Which month, its days, the activities of the day or of the whole month."""
    kind = _kind(asked)
    switch = _month_switch(reader, asked)
    if asked.evidence is None:
        return [switch, _said(GONE)]
    try:
        days = asked.evidence.days(reader, asked.place.org_id, kind, asked.month)
        if days is None:
            return [switch, _said("活动表未接入，没有每天的数。")]
        return [
            switch,
            _numbers(reader, asked, kind, days),
            _days(asked, kind, days),
            _held(reader, asked, kind, days),
        ]
    except SourceError:
        return [switch, _said(GONE)]


def _said(text: str) -> Text:
    return Text("said", "每天的活动", lines=(Line(text),))


def _kind(asked: Asked) -> str:
    kind = asked.address.more.get(KIND, "activities")
    return kind if kind in kind_words("") else "activities"


def _word(asked: Asked) -> str:
    return kind_words(asked.profile.words.activity_day)[_kind(asked)]


def _chosen(asked: Asked) -> date | None:
    """The day of the address, a number of the month; None for none and for one the month does not have."""
    day = asked.address.more.get(DAY, "")
    if not day.isdecimal() or not 1 <= int(day) <= last_day(asked.month).day:
        return None
    return first_day(asked.month) + timedelta(days=int(day) - 1)


def _month_switch(reader: ScopedReader, asked: Asked) -> Switch:
    known = months.load(reader)
    kind = asked.address.more.get(KIND)
    near = [add_months(asked.month, step) for step in (-2, -1, 0, 1, 2)]
    choices = [Choice("← 时间轴", asked.address.to(AXIS).but(**{KIND: kind}))]
    choices += [
        Choice(
            month_label(month, year=True), asked.address.but(month=month, **{DAY: None}), month == asked.month
        )
        for month in near
        if month in known
    ]
    return Switch("months", _word(asked), choices=choices)


def _numbers(reader: ScopedReader, asked: Asked, kind: str, days: Mapping[date, float]) -> Numbers:
    row = months_of(reader, asked.place, (kind,), asked.month, asked.month).get(asked.month)
    peak = max(days, key=lambda day: (days[day], -day.toordinal()), default=None)
    origin = Origin(kind, asked.place.org_id, asked.month)
    return Numbers(
        "figures",
        "",
        numbers=(
            Number("已发布", row[kind] if row else None, unit="次", origin=origin, better="neither"),
            Number("业务库合计", sum(days.values()), unit="次", note="此刻读取", better="neither"),
            Number("有活动的天数", len(days), unit="天", better="neither"),
            Number(
                "最多的一天",
                days[peak] if peak else None,
                unit="次",
                note=day_label(peak) if peak else "",
                why="没有活动",
            ),
        ),
        note=month_label(asked.month, year=True),
    )


def _days(asked: Asked, kind: str, days: Mapping[date, float]) -> Figure:
    first, last = first_day(asked.month), last_day(asked.month)
    whole = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    drawn = draw_days(
        asked.look, whole, days, lambda day: asked.address.but(**{DAY: str(day.day)}).url, _chosen(asked)
    )
    return Figure(
        "days",
        f"{_word(asked)}按日",
        figure=drawn if days else None,
        describes=f"{asked.month}每天{_word(asked)}次数",
        note="按开始的日期；点一天看当天的活动",
        empty="本月没有按期录入的活动",
    )


def _held(reader: ScopedReader, asked: Asked, kind: str, days: Mapping[date, float]) -> Part:
    day, total = _chosen(asked), sum(days.values())
    if asked.evidence is None or (day is None and total > AT_ONCE):
        return Text("held", "活动", lines=(Line("本月活动较多：在上图中点一天，列出当天的活动。"),))
    cut = Cut(limit=AT_ONCE, sort=(("started", "asc"),), on=day)
    found = asked.evidence.of(reader, asked.place.org_id, kind, asked.month, cut)
    columns = [
        Column(
            one.name,
            one.title,
            "moment" if one.kind == "moment" else "text",
            width=_WIDTHS.get(one.name, 130),
            link="open" if one.name == "branch" else "",
            grows=one.name == "title",
            pinned=one.name == "branch",
            hidden=one.name == "recorded",
        )
        for one in found.columns
    ]
    when = month_label(asked.month, year=True) if day is None else f"{day.month}月{day.day}日"
    return Table(
        "held",
        f"{when}的活动",
        columns=columns,
        rows=_linked(reader, asked, found.rows),
        key="row",
        note=f"{len(found.rows):,} 次",
        empty=f"{when}没有按期录入的活动",
    )


def _linked(reader: ScopedReader, asked: Asked, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows that lead to their branch, party groups nowhere; kinds without what stands in brackets."""
    homes = {
        place.org_id: asked.address.to(home_of(place), place.org_id)
        for place, _ in branches_below(reader, asked.place, ("eligible",), asked.month)
    }
    return [
        {**row, "kind": str(row["kind"]).partition("(")[0], "open": homes.get(row["org_id"])} for row in rows
    ]
