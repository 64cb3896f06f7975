"""L-16 对比: two organisations in one month, or one organisation in two — key figures, five basics, indicators."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.formats import decimal, month_label
from dashboard.indicator_values import branch_words, value_words
from dashboard.leadership.figures.five_basics import BasicAxis, Names, draw_basics
from dashboard.leadership.figures.score_history import ScoreLine
from dashboard.leadership.figures.score_lines import draw_score_lines
from dashboard.leadership.parts import Column, Figure, Part, Table
from dashboard.leadership.registry import Asked
from dashboard.leadership.sections.compare_figures import MEASURES, figures
from dashboard.leadership.sections.compare_sides import Sides, sides_of, switch
from dashboard.lit_rules import checked_rules
from data.clock import add_months, months_between
from data.queries.figures_of_month import Amount
from data.queries.leadership import condition
from data.queries.leadership.condition import Condition, Judged
from data.queries.leadership.ranking import axis_mean
from data.queries.leadership.sums import months_of_district, ratio
from data.readmodel.light import Light
from data.readmodel.results import RADAR_AXES
from data.readmodel.scoped import Place, ScopedReader

_HISTORY = 24
_AXES = ("eligible", *(f"{axis}_{part}" for axis in RADAR_AXES for part in ("sum", "count")))


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """The choice, both sides' key figures, radar and lines, the indicators, whom else to compare with."""
    sides, rules = sides_of(reader, asked), tuple(checked_rules(asked.profile))
    first = condition.load(reader, sides.first, sides.month, rules, MEASURES)
    second = condition.load(reader, sides.second, sides.other_month, rules, MEASURES)
    return [
        switch(asked, sides),
        figures(asked, sides, "first", first, second),
        figures(asked, sides, "second", second, None),
        _basics(reader, asked, sides, first, second),
        _trend(reader, asked, sides),
        _indicators(asked, sides, first, second),
        _others(asked, sides),
    ]


def _basics(
    reader: ScopedReader, asked: Asked, sides: Sides, first: Condition | None, second: Condition | None
) -> Figure:
    whole = months_of_district(reader, _AXES, asked.month, asked.month).get(asked.month)
    radar, words = asked.profile.radar, asked.profile.words
    axes = [
        BasicAxis(
            radar[axis].short,
            first.axes[axis] if first else None,
            second.axes[axis] if second else None,
            axis_mean(whole, axis),
            asked.address.to("trace", sides.first.org_id).but(indicator=axis).url,
        )
        for axis in RADAR_AXES
    ]
    before = None if sides.is_periods else asked.look.superior
    known = any(axis.now is not None or axis.before is not None for axis in axes)
    names = Names(*sides.names, words.average)
    said = "，".join(f"{axis.name}{decimal(axis.now, 0)}比{decimal(axis.before, 0)}" for axis in axes)
    return Figure(
        "basics",
        "五个基本",
        figure=draw_basics(asked.look, axes, names, 340, before) if known else None,
        describes=f"五个基本得分：{said}",
        span=5,
        empty="五个基本的组成指标未启用或没有数据",
    )


def _trend(reader: ScopedReader, asked: Asked, sides: Sides) -> Figure:
    months = months_between(add_months(asked.month, 1 - _HISTORY), asked.month)
    look, ends = asked.look, (months[0], months[-1])
    whole = months_of_district(reader, ("score_sum", "score_count"), *ends)
    mean = [ratio(whole.get(month), "score_sum", "score_count") for month in months]
    own = condition.scores(reader, sides.first, *ends)
    lines = []
    if sides.first.depth > 0:
        lines.append(ScoreLine(asked.profile.words.average, mean, look.district))
    if not sides.is_periods:
        other = condition.scores(reader, sides.second, *ends)
        lines.append(ScoreLine(_line(sides.names[1]), [other.get(m) for m in months], look.superior, 3))
    name = "本组织" if sides.is_periods else _line(sides.names[0])
    lines.append(ScoreLine(name, [own.get(m) for m in months], look.own, 3))
    known = any(value is not None for line in lines[-2:] for value in line.values)
    marked = (sides.month, sides.other_month) if sides.is_periods else ()
    return Figure(
        "trend",
        "诊疗分 24 个月",
        figure=draw_score_lines(look, months, lines, marked, 340) if known else None,
        describes=f"{month_label(asked.month)}："
        + "，".join(f"{line.name} {decimal(line.values[-1])}" for line in reversed(lines)),
        span=7,
        note="竖线是对比的两个月" if marked else "",
        empty="24 个月内没有诊疗分",
    )


def _line(name: str) -> str:
    return name if len(name) <= 6 else name[:5] + "…"


def _indicators(asked: Asked, sides: Sides, first: Condition | None, second: Condition | None) -> Table:
    """Largest difference of points first, what only one side has last."""
    rules = checked_rules(asked.profile)
    rows = []
    for name, rule in rules.items():
        own, other = ((side.judged.get(name) if side else None) for side in (first, second))
        if own is None and other is None:
            continue
        both = own is not None and other is not None and own.score is not None and other.score is not None
        rows.append(
            {
                "indicator": name,
                "name": rule.short,
                **_cells("first", name, own, asked, sides.first, sides.month),
                **_cells("second", name, other, asked, sides.second, sides.other_month),
                "difference": round(own.score - other.score, 1) if both else None,  # type: ignore[operator,union-attr]
            }
        )
    rows.sort(key=lambda row: _order(row["difference"]))
    one, two = sides.names
    columns = (
        Column("name", "指标", pinned=True, width=150),
        Column("first_value", f"{one} 数值", link="first_open", width=120),
        Column("first_score", f"{one} 得分", "decimal", width=100),
        Column("first_light", f"{one} 亮灯", "light", width=110, light="first_light", link="first_open"),
        Column("second_value", f"{two} 数值", link="second_open", width=120),
        Column("second_score", f"{two} 得分", "decimal", width=100),
        Column("second_light", f"{two} 亮灯", "light", width=110, light="second_light", link="second_open"),
        Column("difference", "得分差", "change", width=90, explains=f"{one}减{two}，+ 为{one}高"),
    )
    return Table(
        "indicators",
        "各项指标",
        columns=columns,
        rows=rows,
        key="indicator",
        note=f"{one} 对 {two} · 按得分差",
        empty="两边在这个月都没有参评指标",
    )


def _order(difference: object) -> tuple[bool, float]:
    return not isinstance(difference, float), -abs(difference) if isinstance(difference, float) else 0.0


def _cells(
    side: str, name: str, judged: Judged | None, asked: Asked, place: Place, month: str
) -> dict[str, object]:
    if judged is None:
        return {}
    words = (
        branch_words(name, judged.value) if place.is_branch else value_words(name, Amount.of(judged.value))
    )
    return {
        f"{side}_value": words if judged.light is not None and judged.light >= Light.GREEN else None,
        f"{side}_light": None if judged.light is None else int(judged.light),
        f"{side}_score": judged.score,
        f"{side}_open": asked.address.to("trace", place.org_id).but(month=month, indicator=name),
    }


def _others(asked: Asked, sides: Sides) -> Table:
    """The organisations beside the first one; each name changes the second side."""
    own = next((one for one in sides.beside if one.place.org_id == sides.first.org_id), None)
    rows = [
        {
            "org_id": one.place.org_id,
            "name": one.place.short_name,
            "open": asked.address.but(versus=str(one.place.org_id)),
            "rank": one.rank,
            "score": one.score,
            "difference": None
            if own is None or own.score is None or one.score is None
            else round(own.score - one.score, 1),
            "members": one.members,
            "light": None if one.light is None else int(one.light),
            "red": one.red,
            "yellow": one.yellow,
        }
        for one in sides.beside
        if one.place.org_id != sides.first.org_id
    ]
    branches = sides.first.is_branch
    columns = (
        Column("name", "换一个对比", link="open", grows=True, width=110, pinned=True),
        Column("rank", "名次", "integer", width=80),
        Column("score", "诊疗分", "decimal", origin="score"),
        Column("difference", "本组织高出", "change", width=120),
        Column("members", "党员", "integer", width=90, origin="members"),
        Column("light", "亮灯", "light", width=100, hidden=not branches),
        Column("red", "红灯支部", "integer", hidden=branches, origin="red_branches"),
        Column("yellow", "黄灯支部", "integer", hidden=branches, origin="yellow_branches"),
    )
    return Table(
        "others",
        "同级组织",
        columns=columns,
        rows=rows,
        selected=None if sides.is_periods else sides.second.org_id,
        origin_month=asked.month,
        note=f"{len(rows)} 个 · 点名称换对比对象",
        empty="您的查看范围内没有同级组织，可以与上月、上年同期对比",
    )
