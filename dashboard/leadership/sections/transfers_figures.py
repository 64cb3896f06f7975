"""Drawings of L-08: flows between places, waiting steps by age, months, days taken, what became of lost contact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from dashboard.flow_places import flow_place
from dashboard.formats import decimal, integer, month_label
from dashboard.leadership.figures.flows import Node, Ribbon, draw_flows
from dashboard.leadership.figures.month_columns import Series, draw_columns
from dashboard.leadership.figures.waiting_ages import draw_ages
from dashboard.leadership.figures.waterfall import Step, draw_waterfall
from dashboard.leadership.parts import Figure, Part
from dashboard.leadership.registry import Asked
from dashboard.town_names import short_town
from data.clock import add_months, months_between
from data.queries.leadership import transfers
from data.queries.leadership.sums import Row
from data.queries.transfer_flow import OTHER_REGIONS, OTHER_TOWNS, Direction, Flow
from data.readmodel.scoped import ScopedReader

STEP_WORDS = {
    "branch_register": "支部登记",
    "out_committee_review": "转出党委审核",
    "district_review": "组织部审核",
    "in_committee_review": "转入党委审核",
    "branch_accept": "转入支部接收",
    "receipt": "回执",
}
_AGES = ("3天内", "3–7天", "8–15天", "16–30天", "30天以上")
_HISTORY = 24
# Days from which on all transfers share one column.
_LONG = 30
# Up to here an axis counts one by one.
_FEW_TICKS = 4


def distributions(reader: ScopedReader, asked: Asked) -> list[Part]:
    """Of the district the flows; of every place that has them the waiting steps and the cases of lost contact."""
    found = transfers.flows(reader, asked.place, asked.month)
    side = [_waiting(reader, asked), _lost(reader, asked)]
    return [*side] if found is None else [_flows(asked, *found), *side]


def _flows(asked: Asked, flows: Sequence[Flow], towns: Mapping[str, str]) -> Figure:
    look = asked.look
    colors: dict[Direction, str] = {
        "within": "rgba(111,163,220,.45)",
        "in": "rgba(31,95,168,.45)",
        "out": "rgba(192,138,43,.45)",
    }

    nodes = [*_side(asked, flows, towns, 0), *_side(asked, flows, towns, 1)]
    ribbons = [Ribbon(_key(f, 0), _key(f, 1), f.members, colors[f.direction]) for f in flows]
    total = sum(flow.members for flow in flows)
    figure = draw_flows(look, nodes, ribbons, lambda n: f"{integer(n)}", 560) if flows else None
    spoken = "；".join(
        f"{_name(asked, f.origin, towns)}到{_name(asked, f.target, towns)}{f.members}人" for f in flows[:8]
    )
    return Figure(
        "flows",
        "从哪里来、到哪里去",
        figure=figure,
        describes=spoken,
        span=7,
        rows_beside=2,
        note=f"{asked.month[:4]}年1月至{month_label(asked.month)} · {integer(total)} 人次 · 不足5人的流向已合并",
        empty="本年没有达到5人的流向",
    )


def _key(flow: Flow, column: int) -> str:
    """A place abroad and a place of the same name within are two."""
    abroad = flow.direction == ("out" if column else "in")
    return f"{column}|{int(abroad)}|{flow.target if column else flow.origin}"


def _side(asked: Asked, flows: Sequence[Flow], towns: Mapping[str, str], column: int) -> list[Node]:
    """Places of one side: towns by size and the rest of them, then regions likewise."""
    sums: dict[str, int] = {}
    for flow in flows:
        sums[_key(flow, column)] = sums.get(_key(flow, column), 0) + flow.members
    nodes = []
    for key in sorted(sums, key=lambda key: (key[2], key[4:] in (OTHER_TOWNS, OTHER_REGIONS), -sums[key])):
        abroad, place = key[2] == "1", key[4:]
        color = asked.look.gold if abroad and column else asked.look.blue[4 if abroad else 2]
        nodes.append(Node(key, _name(asked, place, towns), column, color))
    return nodes


def _name(asked: Asked, place: str, towns: Mapping[str, str]) -> str:
    if place in towns:
        return short_town(towns[place], asked.profile.short_names)
    return flow_place(asked.profile.words, place)


def _waiting(reader: ScopedReader, asked: Asked) -> Figure:
    found = transfers.waiting(reader, asked.place) or []
    rows = [(STEP_WORDS[one.step], one.by_age, one.overdue) for one in found]
    late = sum(one.overdue for one in found)
    return Figure(
        "waiting",
        "等候环节",
        figure=draw_ages(asked.look, _AGES, rows, 232) if rows else None,
        describes="；".join(f"{name}{sum(counts)}件，超期{overdue}件" for name, counts, overdue in rows),
        span=5 if asked.place.parent_org_id is None else 6,
        note=f"今日 · {sum(one.total for one in found)} 件，超期 {late} 件 · 按已等候天数",
        empty="今日没有等候的环节",
    )


def _lost(reader: ScopedReader, asked: Asked) -> Figure:
    found = transfers.lost(reader, asked.place)
    figure, note = None, ""
    if found is not None and found.total:
        look = asked.look
        steps = [
            Step("累计登记", found.total, look.blue[3], total=True),
            Step("纳入管理", found.integrated, look.ok),
            *([Step("已找到", found.found, look.blue[2])] if found.found else []),
            *([Step("其他结案", found.other, look.district)] if found.other else []),
            Step("仍在查找", found.searching, look.alarm, total=True),
        ]
        figure = draw_waterfall(look, steps, "件", 240)
        note = f"截至今日 · 登记 {found.total} 件，仍在查找 {found.searching} 件"
    return Figure(
        "lost",
        "失联处置",
        figure=figure,
        describes=note,
        span=5 if asked.place.parent_org_id is None else 6,
        note=note,
        empty="没有登记过的失联案件",
    )


def moves(asked: Asked, months: Mapping[str, Row], width: int) -> Figure:
    """Members who came and went, month by month, over so many columns of the page."""
    span = [m for m in months_between(add_months(asked.month, 1 - _HISTORY), asked.month) if m in months]
    came, went = ([months[month][name] for month in span] for name in ("moved_in", "moved_out"))
    figure = draw_columns(
        asked.look,
        span,
        [Series("转入", came, asked.look.blue[3]), Series("转出", went, asked.look.gold)],
        url=lambda month: asked.address.but(month=month).url,
        unit=" 名",
    )
    most = max((n or 0 for n in (*came, *went)), default=0)
    few = {"dtick": 1} if most <= _FEW_TICKS else {}
    figure.update_layout(barmode="group", yaxis={"range": [0, most * 1.1 or 1], **few})
    return Figure(
        "moves",
        "逐月转入转出",
        figure=figure if any(came) or any(went) else None,
        describes=f"近{len(span)}个月转入和转出党员",
        span=width,
        note="党员所在支部的变动 · 点击切换月份",
        empty="近两年没有转入转出",
    )


def days(reader: ScopedReader, asked: Asked) -> Figure:
    """How long completed transfers took, in whole days."""
    found = transfers.days(reader, asked.place, asked.month)
    figure, note = None, ""
    if found is not None and found.median is not None:
        figure = _columns(asked, found.counts, found.median)
        note = f"{asked.month[:4]}年1月至{month_label(asked.month)} · 办结 {integer(found.total)} 件"
    return Figure(
        "days",
        "办结用时",
        figure=figure,
        describes=note,
        span=5,
        note=note,
        empty="本年没有办结的转接",
    )


def _columns(asked: Asked, counts: Mapping[int, int], median: float) -> go.Figure:
    look = asked.look
    shown = [0] * (_LONG + 1)
    for day, n in counts.items():
        shown[min(day, _LONG)] += n
    figure = look.figure(240)
    words = [f"{day} 天" if day < _LONG else f"{_LONG} 天及以上" for day in range(_LONG + 1)]
    figure.add_bar(
        x=list(range(_LONG + 1)),
        y=shown,
        marker={"color": [look.blue[2]] * _LONG + [look.alarm]},
        hovertext=[f"{word}　{n} 件" for word, n in zip(words, shown, strict=True)],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    figure.add_shape(
        type="line", x0=median, x1=median, y0=0, y1=1, yref="paper", line={"color": look.gold, "width": 2}
    )
    figure.add_annotation(
        x=median,
        y=1,
        yref="paper",
        text=f"中位数 <b>{decimal(median)}</b> 天",
        showarrow=False,
        xanchor="left",
        xshift=6,
        yanchor="top",
    )
    figure.update_layout(
        bargap=0.15,
        xaxis={
            "tickvals": [0, 5, 10, 15, 20, 25, 30],
            "ticktext": ["0", "5", "10", "15", "20", "25", "30天+"],
        },
        yaxis={"nticks": 4},
    )
    return figure
