"""L-13 季度统计报告: what a quarter brought — node calendar, scores of units, problem list and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dashboard.formats import day_label
from dashboard.leadership.evaluated import Evaluated
from dashboard.leadership.figures.node_calendar import WORDS, draw_nodes
from dashboard.leadership.parts import Choice, Column, Figure, Number, Numbers, Part, Switch, Table, Text
from dashboard.leadership.registry import Asked
from dashboard.leadership.scoring import before_of, ends_to, quarter_end, quarter_words, scoring_of
from dashboard.leadership.sections import problem_parts, score_parts, unit_parts
from dashboard.leadership.sections.own_score import branch_figures, means
from data.clock import add_months
from data.indicators.nodes import NODES
from data.queries.leadership import problems, quarter_nodes, standings
from data.queries.leadership.problems import Problem
from data.queries.leadership.quarter_nodes import STATES, NodePeriod, State
from data.queries.leadership.sums import months_of
from data.readmodel.scoped import ScopedReader

CHOICES = 6
_HEADS: Mapping[State, str] = {
    "done": "已完成",
    "partly": "未满分",
    "pending": "待完成",
    "reminded": "过节点未办",
    "missed": "期末未完成",
}


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """The last closed quarter up to the month asked for; the running one for the open month."""
    seen = _Seen(reader, asked)
    parts: list[Part] = [_quarters(seen), *_figures(seen)]
    if seen.has_nodes:
        periods = quarter_nodes.load(reader, asked.place, seen.end)
        shares = _shares(seen, periods)
        parts += [_calendar(seen, periods, shares), _nodes(seen, periods, shares)]
    elif seen.is_closed:
        view = score_parts.broken_down(reader, asked, seen.end, before_of(asked, seen.end))
        parts += [score_parts.groups_part(asked, view, 5), score_parts.items_part(reader, asked, view, 7)]
    if not asked.place.is_branch:
        found = seen.problems if seen.is_closed else None
        parts.append(unit_parts.units_part(reader, asked, seen.end, found))
    if not seen.is_closed:
        parts.append(Text("problems", "问题清单", empty="季度尚未结束，问题清单在关账后形成"))
    else:
        due = (problem_parts.DUE, problem_parts.IN_TIME)
        months = months_of(reader, asked.place, due, add_months(seen.end, -2), seen.end)
        parts += [
            problem_parts.numbers_part(asked, seen.problems, months, seen.end),
            problem_parts.switch_part(asked),
            problem_parts.table_part(asked, seen.problems, seen.end),
        ]
    return parts


def _figures(seen: _Seen) -> list[Part]:
    """The score of the quarter; none while it is running."""
    if not seen.is_closed:
        return []
    asked = seen.asked
    evaluated = Evaluated(seen.reader, asked, scoring_of(asked.profile), seen.end)
    if asked.place.is_branch:
        return [branch_figures(evaluated)]
    own = standings.own(seen.reader, asked.place, evaluated.scoring.measured, evaluated.read)
    branches = own[seen.end].branches if seen.end in own else None
    numbers = [*means(evaluated, own), Number("得分支部", branches, unit="个", better="neither")]
    return [Numbers("figures", "", numbers=numbers, note=quarter_words(seen.end))]


@dataclass(frozen=True)
class _Seen:
    """One question: the quarter, and what was found in it."""

    reader: ScopedReader
    asked: Asked

    @property
    def is_closed(self) -> bool:
        """Whether the quarter is over; the open month asks for the running one."""
        return self.asked.month <= self.asked.closed

    @property
    def end(self) -> str:
        """The last month of the quarter."""
        month = self.asked.month
        return quarter_end(self.asked) if self.is_closed else add_months(month, -int(month[5:]) % 3)

    @property
    def has_nodes(self) -> bool:
        """Whether the district judges by nodes."""
        return "hj" in self.asked.profile.sets

    @cached_property
    def problems(self) -> list[Problem]:
        """The problem list of the quarter."""
        rules = [rule.id for rule in self.asked.profile.catalogue.rules]
        return problems.load(self.reader, self.asked.place, rules, self.end)


def _quarters(seen: _Seen) -> Switch:
    asked, running = seen.asked, add_months(seen.asked.closed, 1)
    last = add_months(asked.closed, -(int(asked.closed[5:]) % 3))
    choices = [
        Choice(
            quarter_words(end, year=end == last or end.endswith("-03")),
            asked.address.but(month=end),
            seen.is_closed and end == seen.end,
        )
        for end in ends_to(last, CHOICES)
    ]
    words = f"{quarter_words(add_months(running, -int(running[5:]) % 3), year=False)}（进行中）"
    choices.append(Choice(words, asked.address.but(month=running, state=None), not seen.is_closed))
    return Switch("quarter", "季度", choices=choices)


def _shares(seen: _Seen, periods: Sequence[NodePeriod]) -> Mapping[str, float | None]:
    """Share of the points of each node so far."""
    if not periods:
        return {}
    rule = seen.asked.profile.rule
    weights = {name: rule(name).weight for name in dict.fromkeys(p.indicator for p in periods)}
    month = max(period.month for period in periods)
    return quarter_nodes.own_rates(seen.reader, seen.asked.place, month, seen.is_closed, weights)


def _calendar(seen: _Seen, periods: Sequence[NodePeriod], shares: Mapping[str, float | None]) -> Figure:
    """Into the bar of a month goes the share of branches that are done, into that of a quarter the share of points."""
    asked, rule = seen.asked, seen.asked.profile.rule
    rows = [
        (
            f"{rule(name).short}　{rule(name).weight:g}分",
            [
                (p, p.branches["done"] / p.asked if NODES[name].monthly and p.asked else shares.get(name))
                for p in periods
                if p.indicator == name
            ],
        )
        for name in dict.fromkeys(period.indicator for period in periods)
    ]

    def url(period: NodePeriod) -> str:
        return asked.address.to("trace").but(indicator=period.indicator, month=period.month).url

    running = "" if seen.is_closed else "（进行中）"
    return Figure(
        "calendar",
        "节点日历",
        figure=draw_nodes(asked.look, seen.end, asked.now.date(), rows, url) if rows else None,
        describes="；".join(_said(seen, period) for period in periods),
        note=f"{quarter_words(seen.end)}{running}，蓝已完成、浅蓝未满分、黄过节点、红未完成；每月为完成率，每季为得分率",
        empty="这一季度没有节点数据",
    )


def _said(seen: _Seen, period: NodePeriod) -> str:
    rule = seen.asked.profile.rule(period.indicator)
    states = "，".join(
        f"{WORDS[state]}{period.branches[state]}个" for state in WORDS if period.branches[state]
    )
    return f"{rule.short}{day_label(period.first)}至{day_label(period.last)}：{states or '不适用'}"


def _nodes(seen: _Seen, periods: Sequence[NodePeriod], shares: Mapping[str, float | None]) -> Table:
    """One row per node; counts of branches add up over its periods."""
    names = dict.fromkeys(period.indicator for period in periods)
    rows = [_node_row(seen, [p for p in periods if p.indicator == name], shares.get(name)) for name in names]
    columns = (
        Column("name", "节点", link="open", grows=True, width=90, pinned=True),
        Column("often", "频次", width=76),
        Column("days", "节点日", width=160),
        Column("weight", "满分", "decimal", digits=0, width=72, explains="全季满分"),
        Column("rate", "得分率", "share", width=88),
        Column("light", "灯", "light", width=88, explains="最近一期；区域按红黄灯支部占比"),
        *(Column(state, word, "integer", width=22 * len(word) + 26) for state, word in _HEADS.items()),
        Column("na", "不适用", "integer", width=84, hidden=True),
        Column("nodata", "无数据", "integer", width=84, hidden=True),
    )
    return Table(
        "nodes",
        "节点完成情况",
        columns=columns,
        rows=rows,
        key="indicator",
        note="各期支部数合计，按月的节点一季三期",
        empty="这一季度没有节点数据",
    )


def _node_row(seen: _Seen, periods: Sequence[NodePeriod], rate: float | None) -> dict[str, object]:
    last, rule = periods[-1], seen.asked.profile.rule(periods[-1].indicator)
    return {
        "indicator": rule.id,
        "name": rule.short,
        "open": seen.asked.address.to("trace").but(indicator=rule.id, month=last.month),
        "often": "每月" if NODES[rule.id].monthly else "每季",
        "days": "、".join(day_label(day) for period in periods for day in period.days),
        "weight": rule.weight,
        "rate": rate,
        "light": last.light,
        **{state: sum(period.branches[state] for period in periods) for state in STATES},
    }
