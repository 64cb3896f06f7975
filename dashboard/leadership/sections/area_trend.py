"""Of an area: what cockpit and committee page both show — two years of points and lights, months of life, to-do
list, weakest indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.formats import day_label, decimal, integer, month_label, percent
from dashboard.leadership.figures.life_months import draw_life
from dashboard.leadership.figures.lit_months import LitMonth, draw_lit_months
from dashboard.leadership.figures.month_columns import Series
from dashboard.leadership.figures.score_history import ScoreLine
from dashboard.leadership.life_words import kind_words
from dashboard.leadership.parts import Column, Figure, Line, Table, Text
from dashboard.leadership.registry import BY_SLUG, Asked
from dashboard.leadership.sections.structure_words import short_of
from dashboard.leadership.warning_words import ESCALATED, LEVELS, STATES
from dashboard.lit_rules import checked_rules
from data.clock import add_months, months_between
from data.queries.leadership import lights
from data.queries.leadership.life import ALL, KINDS
from data.queries.leadership.open_warnings import Urgency
from data.queries.leadership.sums import Row, months_of, months_of_district, ratio
from data.readmodel.scoped import Place, ScopedReader

HISTORY, LIFE = 24, 12
SUMS = ("score_sum", "score_count", "red_branches", "yellow_branches", ALL, *KINDS, "present", "required")
WORST = 5


def span_of(asked: Asked) -> list[str]:
    """The two years that end with the month asked for, oldest first."""
    return months_between(add_months(asked.month, 1 - HISTORY), asked.month)


def superior_of(reader: ScopedReader, place: Place) -> Place | None:
    """The committee above, as far as the viewer sees it and it is not the district."""
    path = reader.path(place)
    above = path[-2] if len(path) > 1 else None
    return above if above is not None and above.depth > 0 else None


def trend(reader: ScopedReader, asked: Asked, own: Mapping[str, Row], *, span: int, height: int) -> Figure:
    """Points of the area, of its superior and of the district over two years; lit branches below."""
    months, look = span_of(asked), asked.look
    place, lines = asked.place, []
    if place.depth > 0:
        whole = months_of_district(reader, SUMS[:2], months[0], months[-1])
        lines.append(ScoreLine(asked.profile.words.average, _scores(whole, months), look.district))
    superior = superior_of(reader, place)
    if superior is not None:
        above = months_of(reader, superior, SUMS[:2], months[0], months[-1])
        lines.append(ScoreLine(_cut(short_of(superior)), _scores(above, months), look.superior))
    name = asked.profile.words.whole if place.depth == 0 else _cut(short_of(place))
    lines.append(ScoreLine(name, _scores(own, months), look.own, width=3))
    lit = [_lit(asked, month, own.get(month)) for month in months]
    known = any(value is not None for value in lines[-1].values) or any(one.red is not None for one in lit)
    last = lines[-1].values[-1]
    return Figure(
        "trend",
        "诊疗分与亮灯支部 24 个月",
        figure=draw_lit_months(look, lit, lines, height) if known else None,
        describes=f"{month_label(asked.month)}诊疗分 {decimal(last)}，"
        f"红灯支部 {integer(lit[-1].red)} 个，黄灯支部 {integer(lit[-1].yellow)} 个",
        span=span,
        note="点柱看当月",
        empty="24 个月内没有诊疗分和亮灯记录",
    )


def _scores(rows: Mapping[str, Row], months: Sequence[str]) -> list[float | None]:
    return [ratio(rows.get(month), "score_sum", "score_count") for month in months]


def _lit(asked: Asked, month: str, row: Row | None) -> LitMonth:
    red, yellow = (None, None) if row is None else (row["red_branches"], row["yellow_branches"])
    return LitMonth(month, red, yellow, asked.address.but(month=month).url)


def _cut(name: str) -> str:
    return name if len(name) <= 6 else name[:5] + "…"


def life(asked: Asked, own: Mapping[str, Row], *, span: int) -> Figure:
    """Activities of twelve months by kind, with the share of those who came."""
    months, look = span_of(asked)[-LIFE:], asked.look
    words = kind_words(asked.profile.words.activity_day)
    colors = (look.blue[4], look.blue[3], look.blue[2], look.blue[1], look.gold)
    rows = [own.get(month) for month in months]
    kinds = [
        Series(words[kind], [None if row is None else row[kind] for row in rows], color)
        for kind, color in zip(KINDS, colors, strict=True)
    ]
    kinds.append(Series("其他", [_rest(row) for row in rows], look.rule))
    rate = Series("参与率", [ratio(row, "present", "required") for row in rows], look.own)
    page = "activities" if "activities" in BY_SLUG else asked.address.page
    links = [asked.address.to(page).but(month=month).url for month in months]
    known = any(value is not None for kind in kinds for value in kind.values)
    now = rows[-1]
    return Figure(
        "life",
        "组织生活 12 个月",
        figure=draw_life(look, months, kinds, rate, links) if known else None,
        describes=f"{month_label(asked.month)}活动 {integer(None if now is None else now[ALL])} 场，"
        f"参与率 {percent(rate.values[-1])}",
        span=span,
        note=f"有效活动场次与参与率 · {month_label(asked.month, year=True)}止",
        empty="组织生活数据未接入，或 12 个月内没有活动",
    )


def _rest(row: Row | None) -> float | None:
    """Activities of no kind of their own; None where one part is not known."""
    if row is None:
        return None
    parts = [row[name] for name in (ALL, *KINDS)]
    if any(part is None for part in parts):
        return None
    every, *own = (part or 0.0 for part in parts)
    return max(0.0, every - sum(own))


def to_do(asked: Asked, urgency: Urgency, *, span: int, title: str = "待办") -> Text:
    """The most urgent open warnings; each leads to its life."""
    rules = asked.profile.every_rule
    page = "warnings" if "warnings" in BY_SLUG and BY_SLUG["warnings"].allows(asked.viewer) else "trace"
    lines = []
    for one in urgency.rows:
        link = asked.address.to("trace", one.org_id).but(indicator=one.indicator)
        if page == "warnings":
            link = asked.address.to(page, asked.place.org_id, warning=str(one.warning_id))
        name = rules[one.indicator].short if one.indicator in rules else one.indicator
        late = one.due_on is not None and one.due_on < asked.now.date()
        due = f"{'超期' if late else '限'} {day_label(one.due_on)}" if one.due_on else ""
        lines.append(
            Line(
                f"{name}，{STATES.get(one.state, one.state)}",
                label=one.organisation,
                light=LEVELS.get(one.level),
                aside=" · ".join(word for word in (ESCALATED.get(one.escalation, ""), due) if word),
                link=link,
            )
        )
    return Text(
        "to-do",
        title,
        lines=lines,
        span=span,
        note=f"未销号 {urgency.open} 件 · 超期 {urgency.overdue} · 升级督办 {urgency.escalated}",
        empty="没有未销号的预警",
    )


def weakest(reader: ScopedReader, asked: Asked, *, span: int) -> Table:
    """The indicators with most red, then yellow branches; each leads to the branches behind it."""
    rules = checked_rules(asked.profile)
    found = lights.of_area(reader, asked.place, tuple(rules), asked.month)
    found.sort(key=lambda lit: (-lit.red, -lit.yellow, lit.score if lit.score is not None else 101))
    matrix = "matrix" if "matrix" in BY_SLUG else "trace"
    rows = [
        {
            "indicator": lit.indicator,
            "name": rules[lit.indicator].short,
            "red": lit.red,
            "yellow": lit.yellow,
            "score": lit.score,
            "measure": rules[lit.indicator].measure,
            "open": asked.address.to(matrix).but(indicator=lit.indicator),
            "source": asked.address.to("trace").but(indicator=lit.indicator),
            "org_id": asked.place.org_id,
        }
        for lit in found[:WORST]
    ]
    columns = (
        Column("name", "指标", link="open", grows=True, width=120),
        Column("red", "红灯", "integer", width=72, better="down", link="source"),
        Column("yellow", "黄灯", "integer", width=72, better="down", link="source"),
        Column("score", "均分", "decimal", width=76, link="source"),
        Column("measure", "处方", grows=True, width=120),
    )
    return Table(
        "worst",
        "最弱的五项",
        columns=columns,
        rows=rows,
        key="indicator",
        span=span,
        note="按红灯、黄灯支部数",
        empty="本月没有参评指标",
    )
