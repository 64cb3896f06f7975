"""L-02 党(工)委页: how an area and its branches are doing — ranking inside, five basics, two years, life."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.formats import decimal, integer, month_label
from dashboard.leadership.comparing import compared
from dashboard.leadership.figures.five_basics import BasicAxis, Names, draw_basics
from dashboard.leadership.key_figures import KeyFigures
from dashboard.leadership.parts import (
    Figure,
    Line,
    Number,
    Numbers,
    Part,
    Text,
)
from dashboard.leadership.registry import Asked
from dashboard.leadership.sections import area_trend, committee_ranking
from dashboard.leadership.sections.onward import onward
from dashboard.leadership.sections.structure_words import kind_of
from data.clock import add_months
from data.queries.leadership import open_warnings, ranking
from data.queries.leadership.open_warnings import Urgency
from data.queries.leadership.sums import Row, committees_below, months_of, months_of_district, ratio
from data.readmodel.results import RADAR_AXES
from data.readmodel.scoped import ScopedReader

_AXES = tuple(f"{axis}_{part}" for axis in RADAR_AXES for part in ("sum", "count"))
_SUMS = (
    *area_trend.SUMS,
    *("members", "eligible", "green_branches", "grey_branches", "dues_full", "dues_owed"),
    *_AXES,
)
_QUARTER = 3
_ONWARD = (
    ("matrix", "体检矩阵"),
    ("compare", "与其他组织对比"),
    ("warnings", "预警处置"),
    ("evaluation", "考核排名"),
    ("structure", "组织架构"),
)


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """The ranking at the left reaches beside radar and trend at the right."""
    first = min(area_trend.span_of(asked)[0], compared(asked))
    own = months_of(reader, asked.place, _SUMS, first, asked.month)
    now = own.get(asked.month)
    if now is None:
        return [_no_row(asked), *onward(asked, _ONWARD)]
    urgency = open_warnings.load(reader, asked.place, asked.now.date())
    listed = committee_ranking.load(reader, asked)
    return [
        _figures(reader, asked, now, own.get(compared(asked)), urgency),
        *onward(asked, _ONWARD),
        committee_ranking.table(asked, listed),
        _basics(reader, asked, now, own.get(add_months(asked.month, -_QUARTER))),
        area_trend.trend(reader, asked, own, span=5, height=316),
        area_trend.life(asked, own, span=7),
        area_trend.weakest(reader, asked, span=5),
        area_trend.to_do(asked, urgency, span=12, title="未销号预警"),
    ]


def _no_row(asked: Asked) -> Text:
    return Text(
        "said",
        asked.place.name,
        lines=(Line("这个党组织在这个月尚未成立、已撤销，或下面没有支部，请换一个月份。"),),
    )


def _figures(reader: ScopedReader, asked: Asked, now: Row, then: Row | None, urgency: Urgency) -> Numbers:
    key = KeyFigures(asked, now, then)
    words = asked.profile.words
    mean = ratio(
        months_of_district(reader, ("score_sum", "score_count"), asked.month, asked.month).get(asked.month),
        "score_sum",
        "score_count",
    )
    average = "" if mean is None or asked.place.depth == 0 else f"{words.average} {decimal(mean)}"
    judged = f"参评支部 {integer(now['eligible'])}"
    return Numbers(
        "figures",
        asked.place.name,
        numbers=(
            key.number(
                "诊疗分", "score_sum", "score_count", kind="decimal", unit="分", note=average, of="score"
            ),
            key.number("党员", "members", unit="名", better="neither"),
            key.number("红灯支部", "red_branches", unit="个", better="down", note=judged),
            key.number("黄灯支部", "yellow_branches", unit="个", better="down"),
            key.number("活动参与率", "present", "required", kind="share"),
            key.number("党费收缴率", "dues_full", "dues_owed", kind="share"),
            Number("未销号预警", urgency.open, unit="件", better="down", note=f"超期 {urgency.overdue}"),
        ),
        note=" · ".join(
            word
            for word in (
                kind_of(asked.place),
                _place_among(reader, asked),
                month_label(asked.month, year=True),
            )
            if word
        ),
    )


def _place_among(reader: ScopedReader, asked: Asked) -> str:
    """Its place among the areas beside it, where the viewer sees them."""
    path = reader.path(asked.place)
    if len(path) < 2:
        return ""
    beside = committees_below(reader, path[-2], ("score_sum", "score_count"), asked.month)
    scores = {place.org_id: ratio(row, "score_sum", "score_count") for place, row in beside}
    own, known = scores.get(asked.place.org_id), [score for score in scores.values() if score is not None]
    if own is None:
        return ""
    rank = 1 + sum(round(score, 1) > round(own, 1) for score in known)
    return f"同级第 {rank} 名（共 {len(known)} 个）"


def _basics(reader: ScopedReader, asked: Asked, now: Row, before: Row | None) -> Figure:
    """Five axes now, a quarter ago, and the mean of the district."""
    names = ("eligible", *_AXES)
    whole = months_of_district(reader, names, asked.month, asked.month).get(asked.month)
    radar, mean = asked.profile.radar, ranking.axis_mean
    axes = [
        BasicAxis(
            radar[axis].short,
            mean(now, axis),
            mean(before, axis),
            mean(whole, axis),
            asked.address.to("trace", asked.place.org_id).but(indicator=axis).url,
        )
        for axis in RADAR_AXES
    ]
    words = "，".join(f"{axis.name}{decimal(axis.now, 0)}" for axis in axes)
    known = any(axis.now is not None for axis in axes)
    drawn = draw_basics(asked.look, axes, Names("本月", "上季", asked.profile.words.average), 310)
    return Figure(
        "basics",
        "五个基本",
        figure=drawn if known else None,
        describes=f"五个基本得分：{words}",
        span=5,
        note="" if known else month_label(asked.month, year=True),
        empty="五个基本的组成指标未启用或没有数据",
    )
