"""L-01 全区驾驶舱: what needs attention today — lights, to-do list, worst indicators, towns, two years, committees."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.formats import decimal, integer, month_label
from dashboard.leadership.comparing import compared
from dashboard.leadership.figures.town_map import Shown, draw_towns
from dashboard.leadership.key_figures import KeyFigures
from dashboard.leadership.parts import Column, Figure, Number, Numbers, Part, Table
from dashboard.leadership.registry import Asked, home_of
from dashboard.leadership.sections import area_trend
from dashboard.leadership.small_rates import rate_shown
from dashboard.leadership.town_shapes import town_shapes
from dashboard.town_names import short_town
from data.queries.leadership import open_warnings, today, town_map
from data.queries.leadership.open_warnings import Urgency
from data.queries.leadership.sums import Row, branches_below, committees_below, months_of, ratio
from data.readmodel.scoped import Place, ScopedReader

_SUMS = (*area_trend.SUMS, "members", "dues_full", "dues_owed")
_MAP = 590


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """For the district the map stands beside what is to be done; an area below it has no towns to show."""
    first = min(compared(asked), area_trend.span_of(asked)[0])
    months = months_of(reader, asked.place, _SUMS, first, asked.month)
    urgency = open_warnings.load(reader, asked.place, asked.now.date())
    towns = [] if asked.place.depth else town_map.load(reader, asked.month)
    middle: list[Part]
    if towns:
        middle = [
            _map(asked, towns),
            area_trend.to_do(asked, urgency, span=5),
            area_trend.weakest(reader, asked, span=5),
        ]
    else:
        middle = [area_trend.to_do(asked, urgency, span=7), area_trend.weakest(reader, asked, span=5)]
    return [
        _figures(asked, months.get(asked.month), months.get(compared(asked)), urgency),
        *_today(reader, asked),
        *middle,
        area_trend.life(asked, months, span=7),
        area_trend.trend(reader, asked, months, span=5, height=300),
        _below(reader, asked),
    ]


def _figures(asked: Asked, now: Row | None, then: Row | None, urgency: Urgency) -> Numbers:
    key = KeyFigures(asked, now, then)
    return Numbers(
        "figures",
        "",
        numbers=(
            key.number("党员", "members", unit="名", better="neither"),
            key.number("诊疗分", "score_sum", "score_count", kind="decimal", unit="分", of="score"),
            key.number("红灯支部", "red_branches", unit="个", better="down"),
            key.number("黄灯支部", "yellow_branches", unit="个", better="down"),
            key.number("活动参与率", "present", "required", kind="share"),
            key.number("党费收缴率", "dues_full", "dues_owed", kind="share"),
            Number("未销号预警", urgency.open, unit="件", note=f"超期 {urgency.overdue}"),
        ),
        note=f"{month_label(asked.month, year=True)}",
    )


def _today(reader: ScopedReader, asked: Asked) -> list[Part]:
    """The day the data reaches to; nothing for an area that is no town."""
    seen = today.load(reader, asked.place)
    if seen is None:
        return []
    numbers = [
        Number("活动", seen.activities, unit="场"),
        Number("签到", seen.signins, unit="人次"),
        Number("发布信息", seen.posts, unit="条"),
    ]
    if seen.transfers is not None:
        numbers.append(Number("组织关系转接", seen.transfers, unit="人次"))
    return [Numbers("today", "今日动态", numbers=numbers, note=f"{seen.on.month}月{seen.on.day}日 截至当前")]


def _map(asked: Asked, towns: Sequence[town_map.Town]) -> Figure:
    """The towns with their points and lit branches; each opens its committee."""
    profile = asked.profile
    seats = tuple((seat.name, seat.lng, seat.lat) for seat in profile.seats)
    names = tuple(town.name for town in towns)
    shapes = town_shapes(profile.code, names, seats, asked.areas, _MAP)
    shown = [
        Shown(
            town,
            short_town(town.name, profile.short_names),
            ""
            if town.committee is None
            else asked.address.to(home_of(town.committee), town.committee.org_id).url,
        )
        for town in towns
    ]
    best = sorted((town for town in towns if town.score is not None), key=lambda town: -(town.score or 0))
    said = "，".join(f"{town.name}{decimal(town.score)}" for town in best)
    lit = sum((town.red or 0) + (town.yellow or 0) for town in towns)
    return Figure(
        "map",
        f"{profile.words.towns}诊疗分与亮灯支部",
        figure=draw_towns(asked.look, shown, shapes) if shapes.towns and best else None,
        describes=f"各{profile.words.towns}诊疗分：{said}；亮灯支部共 {integer(lit)} 个",
        span=7,
        rows_beside=2,
        note=f"{month_label(asked.month, year=True)} · 点名称看党(工)委",
        empty="本月没有诊疗分，或没有区划图形",
    )


def _below(reader: ScopedReader, asked: Asked) -> Table:
    found = committees_below(reader, asked.place, _SUMS, asked.month)
    if not found:
        names = ("members", "score", "light", "present", "required")
        return _branches(asked, branches_below(reader, asked.place, names, asked.month))
    rows = [
        {
            "org_id": place.org_id,
            "name": place.short_name,
            "open": asked.address.to(home_of(place), place.org_id),
            "members": row["members"],
            "score": ratio(row, "score_sum", "score_count"),
            "red": row["red_branches"],
            "yellow": row["yellow_branches"],
            "attendance": rate_shown(row["present"], row["required"]),
            "dues": rate_shown(row["dues_full"], row["dues_owed"]),
        }
        for place, row in found
    ]
    columns = (
        Column("name", "党组织", link="open", grows=True, width=110, pinned=True),
        Column("members", "党员", "integer", origin="members"),
        Column("score", "诊疗分", "decimal", origin="score"),
        Column("red", "红灯支部", "integer", better="down", origin="red_branches"),
        Column("yellow", "黄灯支部", "integer", better="down", origin="yellow_branches"),
        Column("attendance", "活动参与率", "share", width=120, origin="present"),
        Column("dues", "党费收缴率", "share", width=120, origin="dues_full"),
    )
    return Table(
        "below", "下级党组织", columns=columns, rows=rows, origin_month=asked.month, note=f"{len(rows)} 个"
    )


def _branches(asked: Asked, below: Sequence[tuple[Place, Row]]) -> Table:
    rows = [
        {
            "org_id": place.org_id,
            "name": place.short_name,
            "open": asked.address.to(home_of(place), place.org_id),
            "members": row["members"],
            "score": row["score"],
            "light": None if row["light"] is None else int(row["light"]),
            "attendance": rate_shown(row["present"], row["required"]),
        }
        for place, row in below
    ]
    columns = (
        Column("name", "党支部", link="open", grows=True, width=110, pinned=True),
        Column("light", "亮灯", "light", width=100),
        Column("members", "党员", "integer", origin="members"),
        Column("score", "诊疗分", "decimal", origin="score"),
        Column("attendance", "活动参与率", "share", width=120, origin="present"),
    )
    return Table(
        "below", "下级党支部", columns=columns, rows=rows, origin_month=asked.month, note=f"{len(rows)} 个",
        empty="下面没有当月在册的支部",
    )  # fmt: skip
