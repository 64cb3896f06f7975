"""The monthly report of one branch as parts: what its document says, for reading before it is taken away."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dashboard.formats import month_label
from dashboard.leadership.comparing import difference
from dashboard.leadership.figures.score_history import ScoreLine, draw_history
from dashboard.leadership.parts import Column, Figure, Line, Number, Numbers, Origin, Table, Text
from dashboard.leadership.registry import Asked
from dashboard.reports.branch_report import BranchReport
from dashboard.reports.grades import LIGHT_WORDS, grade
from data.indicators.sets import BY_ID
from data.queries.report_branches import Array, BranchCheck
from data.readmodel.light import Light

_LIGHT_OF = {word: light for light, word in LIGHT_WORDS.items()}
_LAST_YEAR = 12


def head(asked: Asked, check: BranchCheck) -> Numbers:
    """The condition of the branch: its score beside the district's, its light and grade, its place."""
    now, before = (_value(check.scores, at) for at in (-1, -2))
    mean, whole = _value(check.average_scores, -1), asked.profile.words.whole
    origin = Origin("score", asked.place.org_id, check.month)
    lights = [one.light for one in check.judged]
    word = grade(check.score, check.light, asked.profile.healthy_score)
    return Numbers(
        "head",
        "",
        numbers=(
            Number(
                "支部诊疗分",
                now,
                "decimal",
                "分",
                change=difference(now, before),
                change_label=f"较{month_label(check.months[-2])}",
                origin=origin,
                note=word or "",
                why="无法评分",
            ),
            Number(f"{whole}平均", mean, "decimal", "分"),
            Number(f"高于{whole}支部", check.percentile, "share", why="没有可比的支部"),
            Number("红灯指标", lights.count(Light.RED), unit="项", better="down"),
            Number("黄灯指标", lights.count(Light.YELLOW), unit="项", better="down"),
            Number("未销号预警", len(check.warnings), unit="件", better="down"),
        ),
        note=month_label(check.month, year=True),
    )


def cover(asked: Asked, report: BranchReport, sent: str) -> Text:
    """Whom the report is about, from when it is and how far it has got."""
    lines = [
        Line(report.name, label="支部", strong=True, aside=f"组织代码 {report.org_code}"),
        Line(report.grade or "无法评分", label="等次", light=_LIGHT_OF[report.light]),
        Line(f"{asked.profile.calendar.publish_day}日前后推送支部书记，正式报告从“导出”取用", label="发布"),
        Line(sent, label="送达"),
    ]
    if report.superior:
        lines.insert(1, Line(report.superior, label="上级党组织"))
    return Text("cover", report.title, lines=lines, span=5, note=f"{report.period}，预览")


def history(asked: Asked, check: BranchCheck) -> Figure:
    """The score over twelve months beside the district's mean, the light of each month below."""
    months = check.months[-_LAST_YEAR:]
    own, mean = (_values(series) for series in (check.scores, check.average_scores))
    lines = [
        ScoreLine(asked.profile.words.average, mean, asked.look.district),
        ScoreLine("本支部", own, asked.look.own, 3),
    ]
    lights = [None if np.isnan(v) else Light(int(v)) for v in check.lights[-_LAST_YEAR:]]
    links = [asked.address.but(month=month).url for month in months]
    known = any(value is not None for value in own)
    return Figure(
        "history",
        "近十二个月",
        figure=draw_history(asked.look, months, lines, lights, links, 260) if known else None,
        describes="，".join(f"{month_label(m)}{v:.1f}分" for m, v in zip(months, own, strict=True) if v),
        span=7,
        note="诊疗分与每月亮灯，点灯看当月报告",
        empty="近十二个月没有诊疗分",
    )


def prescriptions(asked: Asked, report: BranchReport) -> Text:
    """The diagnoses as the document words them, the remaining ones in one line."""
    ids = {BY_ID[rule.id].name: rule.id for rule in asked.profile.light_rules}
    lines: list[Line] = []
    for one in report.prescriptions:
        light = _LIGHT_OF.get(one.kind)
        link = asked.address.to("trace", asked.place.org_id).but(indicator=ids[one.name])
        label = "" if light is not None else one.kind
        lines += [
            Line(one.name, label=label, light=light, link=link, strong=True),
            Line(one.text, joined=True),
        ]
    if report.listed:
        lines.append(Line("、".join(report.listed), label="另有"))
    if report.praise:
        lines.append(Line(report.praise, light=Light.GREEN))
    return Text(
        "prescriptions",
        "诊断与处方",
        lines=lines,
        note=f"{len(report.prescriptions)} 项",
        empty="本月没有亮灯指标",
    )


def indicators(asked: Asked, report: BranchReport) -> Table:
    """Every indicator beside the mean of the district."""
    whole = asked.profile.words.whole
    ids = {BY_ID[rule.id].name: rule.id for rule in asked.profile.light_rules}
    rows = [
        {
            "indicator": ids[line.name],
            "name": line.name,
            "open": asked.address.to("trace", asked.place.org_id).but(indicator=ids[line.name]),
            "group": line.group,
            "value": line.value,
            "average": line.average,
            "side": line.side,
            "difference": line.difference,
            "light": _LIGHT_OF[line.light],
        }
        for line in report.lines
    ]
    columns = (
        Column("name", "指标", link="open", grows=True, width=110, pinned=True),
        Column("group", "类别", width=130),
        Column("value", "本支部", width=110),
        Column("average", f"{whole}平均", width=110),
        Column("side", "对比", width=90),
        Column("difference", "差值", width=120),
        Column("light", "亮灯", "light", width=100),
    )
    return Table(
        "indicators", "指标明细", columns=columns, rows=rows, key="indicator", note=f"{len(rows)} 项指标"
    )


def warnings(report: BranchReport) -> Table:
    """Warnings not yet put right."""
    rows = [
        {
            "at": position,
            "name": one.name,
            "light": _LIGHT_OF[one.light],
            "raised": one.raised_on,
            "state": one.state,
            "owner": one.owner or "上级党组织",
            "due": one.due_on + ("　超期" if one.overdue else ""),
            "climbed": one.climbed,
        }
        for position, one in enumerate(report.warnings)
    ]
    columns: Sequence[Column] = (
        Column("name", "指标", grows=True, width=110, pinned=True),
        Column("light", "亮灯", "light", width=100),
        Column("raised", "亮灯日期", width=120),
        Column("state", "状态", width=110),
        Column("owner", "责任组织", grows=True, width=130),
        Column("due", "整改期限", width=150),
        Column("climbed", "提级", width=130),
    )
    return Table(
        "warnings",
        "未销号预警",
        columns=columns,
        rows=rows,
        key="at",
        note="以今日为准",
        empty="没有未销号的预警",
    )


def _value(series: Array, at: int) -> float | None:
    return None if np.isnan(series[at]) else float(series[at])


def _values(series: Array) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in series[-_LAST_YEAR:]]
