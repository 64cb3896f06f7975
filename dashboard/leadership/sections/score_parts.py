"""Parts about a score: what it is made of, item by item, and whom it keeps from honours."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.formats import day_label, decimal
from dashboard.leadership.figures.score_groups import draw_groups
from dashboard.leadership.parts import Column, Figure, Line, Table, Text
from dashboard.leadership.registry import Asked, home_of
from dashboard.leadership.scoring import Scoring, quarter_words, than_quarter
from dashboard.score_items import groups_of, items_of, keeps_points, scored_rules
from data.indicators.sets import BY_ID
from data.queries.leadership import breakdown, honours
from data.queries.leadership.honours import Barred, Honours
from data.queries.score_breakdown import ScoreBreakdown
from data.readmodel.light import Light
from data.readmodel.scoped import ScopedReader

_ASPECTS = tuple(f"wj_b_aspect_{name}" for name in ("setup", "members", "activities", "guarantee"))
_RULE = "有未销号红灯的支部不参加评先评优"


def broken_down(reader: ScopedReader, asked: Asked, end: str, before: str) -> ScoreBreakdown:
    """Every item of the place in two quarters, with the sums the groups of points need."""
    names = [rule.id for rule in scored_rules(asked.profile)]
    if keeps_points(asked.profile):
        names += _ASPECTS
    return breakdown.load(reader, asked.place, names, end, before)


def groups_part(asked: Asked, view: ScoreBreakdown, span: int) -> Figure:
    """Attained and lost points by group."""
    groups = groups_of(view, asked.profile)
    said = "；".join(f"{g.name}得{decimal(g.attained)}分，满分{decimal(g.attainable)}分" for g in groups)
    return Figure(
        "groups",
        "得分构成",
        figure=draw_groups(asked.look, groups, len(view.indicators)) if groups else None,
        describes=said,
        span=span,
        note=f"{quarter_words(view.last)}，每支部平均，金色为失分"
        if not asked.place.is_branch
        else "金色为失分",
        empty="这一季度没有得分",
    )


def items_part(reader: ScopedReader, asked: Asked, view: ScoreBreakdown, span: int) -> Table:
    """Items from the weakest on, beside the district."""
    items = items_of(view, asked.profile)
    district = breakdown.of_district(reader, [item.indicator for item in items], view.last)
    rows = []
    for item in items:
        mean = district.get(item.indicator)
        average = None if mean is None or mean.score.value is None else mean.score.value / 100
        found = view.at(item.indicator)
        rows.append(
            {
                "indicator": item.indicator,
                "name": item.name,
                "open": asked.address.to("trace").but(indicator=item.indicator, month=view.last),
                "group": item.group,
                "weight": item.weight or None,
                "rate": item.rate,
                "lost": None if item.rate is None or not item.weight else item.weight * (1 - item.rate),
                "change": _points(item.rate, item.before),
                "district": average,
                "gap": _points(item.rate, average),
                "red": found.red if found else None,
                "yellow": found.yellow if found else None,
                "light": _light(found.red, found.yellow, found.judged) if found else None,
            }
        )  # fmt: skip
    return Table(
        "items",
        "逐项得失分",
        columns=_item_columns(asked, view),
        rows=rows,
        key="indicator",
        span=span,
        note=f"{quarter_words(view.last)}，由弱到强",
        empty="这一季度没有得分的项目",
    )


def _item_columns(asked: Asked, view: ScoreBreakdown) -> Sequence[Column]:
    branch, whole = asked.place.is_branch, asked.place.depth == 0
    return (
        Column("name", "项目", link="open", grows=True, width=84, pinned=True),
        Column("group", "类别", width=96, hidden=not branch),
        Column("weight", "满分", "decimal", digits=0, width=72),
        Column("rate", "得分率", "share", width=88),
        Column("lost", "失分", "decimal", width=72, better="down", explains="满分 ×（1 − 得分率）"),
        Column("change", than_quarter(asked, view.last), "change", width=100, explains="得分率变化，百分点"),
        Column("district", asked.profile.words.average, "share", width=80, hidden=whole),
        Column(
            "gap",
            f"与{asked.profile.words.average}差",
            "change",
            width=104,
            hidden=whole,
            explains="得分率之差，百分点",
        ),
        Column("light", "灯", "light", width=84, hidden=not branch),
        Column("red", "红灯支部", "integer", width=92, better="down", hidden=True),
        Column("yellow", "黄灯支部", "integer", width=92, better="down", hidden=True),
    )


def _points(now: float | None, then: float | None) -> float | None:
    """Difference of two shares in percentage points, as it is written."""
    return None if now is None or then is None else round(100 * (now - then), 1)


def _light(red: float, yellow: float, judged: float) -> Light:
    if red:
        return Light.RED
    if yellow:
        return Light.YELLOW
    return Light.GREEN if judged else Light.NA


def honours_of(reader: ScopedReader, asked: Asked, scoring: Scoring, end: str) -> Honours:
    """Who is kept from honours in the place."""
    column = scoring.measured.column if scoring.line is not None else None
    return honours.load(reader, asked.place, end, column, scoring.line)


def barred_part(asked: Asked, found: Honours, scoring: Scoring) -> Table:
    """Branches that may not be proposed, and why."""
    rules = asked.profile.every_rule
    rows = [
        {
            "org_id": one.place.org_id,
            "name": one.place.short_name,
            "open": asked.address.to(home_of(one.place), one.place.org_id),
            "superior": one.superior,
            "why": _why(one, scoring),
            "items": "、".join(rules[i].short if i in rules else BY_ID[i].name for i in one.indicators),
            "since": one.since,
            "due": one.due_on,
            "points": one.points,
        }
        for one in found.barred
    ]
    columns = (
        Column("name", "党支部", link="open", grows=True, width=110, pinned=True),
        Column("superior", "上级", grows=True, width=130),
        Column("why", "原因", width=150),
        Column("items", "未销号红灯", grows=True, width=150),
        Column("since", "亮灯日期", "date", width=110),
        Column("due", "整改期限", "date", width=110),
        Column("points", "得分", "decimal", width=84, hidden=scoring.line is None),
    )
    return Table(
        "barred",
        "评先评优受限支部",
        columns=columns,
        rows=rows,
        note=f"{found.branches} 个支部中 {len(rows)} 个，{_condition(scoring)}，红灯以今日为准",
        empty="没有支部受限：没有未销号的红灯"
        + (f"，得分均不低于{scoring.line:g}分" if scoring.line else ""),
    )


def honours_lines(asked: Asked, found: Honours, scoring: Scoring) -> Text:
    """Whether this branch may be proposed."""
    mine = next((one for one in found.barred if one.place.org_id == asked.place.org_id), None)
    if mine is None:
        lines = [Line("目前没有影响评先评优的情形", strong=True)] if found.branches else []
    else:
        rules = asked.profile.every_rule
        lines = [
            Line(
                f"{rules[i].short if i in rules else BY_ID[i].name}红灯未销号，销号前不参加评先评优",
                light=Light.RED,
                aside="" if mine.due_on is None else f"限 {day_label(mine.due_on)}",
                link=asked.address.to("trace").but(indicator=i),
            )
            for i in mine.indicators
        ]
        if mine.points is not None:
            lines.append(
                Line(f"得分 {decimal(mine.points)}，低于评先评优所需的 {scoring.line:g} 分", strong=True)
            )
    return Text(
        "honours", "评先评优资格", lines=lines, span=12, note=_condition(scoring), empty="本季度不在册"
    )


def _condition(scoring: Scoring) -> str:
    return _RULE + (f"，得分须达{scoring.line:g}分" if scoring.line is not None else "")


def _why(one: Barred, scoring: Scoring) -> str:
    reasons = ["红灯未销号"] if one.indicators else []
    if one.points is not None:
        reasons.append(f"不足{scoring.line:g}分")
    return "、".join(reasons)
