"""L-12 数据质量与运行: whether the numbers can be trusted — gaps, late records, feeds, rows set aside, versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.formats import day_label, month_label
from dashboard.leadership.comparing import compared, difference, than_label
from dashboard.leadership.figures.month_columns import Series, draw_columns
from dashboard.leadership.figures.week_line import draw_weeks
from dashboard.leadership.parts import Column, Figure, Number, Numbers, Origin, Part, Table
from dashboard.leadership.registry import Asked, home_of
from dashboard.leadership.sections import quality_operation
from data.clock import add_months, months_between
from data.queries.leadership import completeness, platform_care
from data.queries.leadership.below import measures_below
from data.queries.leadership.completeness import Known
from data.queries.leadership.platform_care import BROKEN, RECORDS, Week
from data.queries.leadership.sums import Row, months_of
from data.readmodel.scoped import ScopedReader

TREND = 24


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """What concerns the organisation; for viewers of the district also how the whole is fed."""
    span = months_between(add_months(asked.month, 1 - TREND), asked.month)
    found = months_of(reader, asked.place, RECORDS, min(span[0], compared(asked)), asked.month)
    known = completeness.load(
        reader, asked.place, [rule.id for rule in asked.profile.light_rules], asked.month
    )
    weeks = platform_care.weeks(reader, asked.place)
    parts = [
        _numbers(asked, found, known, weeks),
        _late_months(asked, span, found),
        _logins(asked, weeks),
        _gaps(asked, known),
        _below(reader, asked),
    ]
    if reader.viewer.is_of_district and asked.place.parent_org_id is None:
        parts += quality_operation.parts(reader, asked)
    return parts


def opens(asked: Asked) -> bool:
    """Whether the viewer opens pages of organisations and of numbers: the operator does not."""
    return asked.viewer.role != "operator"


def late_share(row: Row | None) -> float | None:
    """Entered late ÷ all entered; None without an activity."""
    late, in_time = (None if row is None else row[name] for name in ("backfilled", "activities"))
    return late / (late + in_time) if late is not None and in_time is not None and late + in_time else None


def broken(row: Row | None) -> float | None:
    """Rows nobody can count; None where no feed of them is connected."""
    counts = [] if row is None else [row[name] for name in BROKEN if row[name] is not None]
    return sum(count or 0 for count in counts) if counts else None


def _numbers(
    asked: Asked, found: Mapping[str, Row], known: Sequence[Known], weeks: Sequence[Week] | None
) -> Numbers:
    now, then = found.get(asked.month), found.get(compared(asked))
    here, before = late_share(now), late_share(then)
    empty = [one for one in known if one.no_data]
    last = weeks[-1] if weeks else None
    origin = Origin("backfilled", asked.place.org_id, asked.month) if opens(asked) else None
    return Numbers(
        "figures",
        "",
        numbers=(
            Number("补录活动", now["backfilled"] if now else None, unit="次", better="down", origin=origin),
            Number(
                "补录率",
                here,
                "share",
                change=difference(here, before),
                change_label=than_label(asked),
                better="down",
            ),
            Number("不可计数记录", broken(now), unit="条", better="down", note="活动、签到、应缴"),
            Number("有无数据支部的指标", len(empty), unit="项", note=f"共 {len(known)} 项"),
            Number(
                "登录达标率",
                last.share if last else None,
                "share",
                note=f"截至 {day_label(last.ends_on)} 一周" if last else "",
                why="按镇街统计" if weeks is None else "",
            ),
        ),
        note=month_label(asked.month, year=True),
    )


def _late_months(asked: Asked, span: Sequence[str], found: Mapping[str, Row]) -> Figure:
    values = [late_share(found.get(month)) for month in span]
    drawn = draw_columns(
        asked.look,
        span,
        [Series("补录率", values, asked.look.blue[3])],
        url=lambda month: asked.address.but(month=month).url,
        share=True,
    )
    some = any(value is not None for value in values)
    return Figure(
        "late-months",
        "补录率",
        figure=drawn if some else None,
        describes="近24个月补录活动占全部录入活动的比例",
        note="近24个月，封账后录入的活动 ÷ 录入的活动；补录不计入任何落实率",
        span=7,
        empty="近24个月没有录入的活动",
    )


def _logins(asked: Asked, weeks: Sequence[Week] | None) -> Figure:
    why = "登录按镇街统计：请在镇街党(工)委或全区查看" if weeks is None else "登录日志未接入"
    return Figure(
        "logins",
        "管理员登录达标率",
        figure=draw_weeks(asked.look, weeks) if weeks else None,
        describes="近12周每周登录两天及以上的主账号占比",
        note="近12周，每周登录两天及以上的主账号 ÷ 启用的主账号",
        span=5,
        empty=why,
    )


def _gaps(asked: Asked, known: Sequence[Known]) -> Table:
    rules = asked.profile.every_rule
    rows = [
        {
            "indicator": one.indicator,
            "name": rules[one.indicator].short,
            "judged": one.judged,
            "na": one.not_applicable,
            "gap": one.no_data,
            "share": one.no_data_share,
            "open": asked.address.to("trace").but(indicator=one.indicator) if opens(asked) else None,
        }
        for one in known
    ]
    columns = (
        Column("name", "指标", link="open", width=150, pinned=True),
        Column("judged", "已评支部", "integer", width=104),
        Column("na", "不适用", "integer", width=92, better="neither"),
        Column("gap", "无数据", "integer", width=92, better="down"),
        Column("share", "无数据率", "share", width=104, better="down", explains="无数据 ÷ (已评 + 无数据)"),
    )
    return Table(
        "gaps",
        "各指标数据缺口",
        columns=columns,
        rows=rows,
        key="indicator",
        height=420,
        note=f"{month_label(asked.month)}，参评支部",
        span=6,
        empty="本月没有参评支部",
    )


def _below(reader: ScopedReader, asked: Asked) -> Table:
    found = [
        (place, months[asked.month])
        for place, months in measures_below(
            reader, asked.place, (*RECORDS, "active"), asked.month, asked.month
        )
        if months[asked.month]["active"]
    ]
    rows = [
        {
            "org_id": place.org_id,
            "name": place.short_name,
            "open": asked.address.to(home_of(place), place.org_id) if opens(asked) else None,
            "late": row["backfilled"],
            "share": late_share(row),
            **{name: row[name] for name in BROKEN},
        }
        for place, row in sorted(found, key=lambda pair: -(late_share(pair[1]) or 0))
    ]
    columns = (
        Column("name", "党组织", link="open", width=170, pinned=True),
        Column("late", "补录", "integer", width=84, origin="backfilled" if opens(asked) else ""),
        Column("share", "补录率", "share", width=96, better="down"),
        Column("activities_broken", "活动", "integer", width=84, explains="缺开始时间等不可计数的活动"),
        Column("attendance_broken", "签到", "integer", width=84, explains="缺方式或时间等不可计数的签到"),
        Column("dues_broken", "应缴", "integer", width=84, explains="缺应缴金额等不可计数的应缴"),
    )
    return Table(
        "below",
        "下级党组织补录与不可计数",
        columns=columns,
        rows=rows,
        origin_month=asked.month,
        height=420,
        note=f"{month_label(asked.month)}；活动、签到、应缴为不可计数的条数",
        span=6,
    )
