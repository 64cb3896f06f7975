"""Of the branch file: diagnoses and prescriptions, all indicators beside the district, the life of the warnings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from dashboard.formats import day_label, month_label
from dashboard.indicator_values import branch_words, mean_words
from dashboard.leadership.parts import Column, Line, Table, Text
from dashboard.leadership.registry import Asked
from dashboard.leadership.warning_words import ESCALATED, LEVELS, STATES
from dashboard.lit_rules import checked_rules
from dashboard.prescriptions import resources_for
from dashboard.reports.branch_report import BranchReport, branch_report
from dashboard.reports.placeholders import due_day, report_moment
from data.indicators.rules import IndicatorRule
from data.indicators.sets import BY_ID
from data.queries.leadership.branch_file import BranchFile
from data.queries.leadership.warning_life import WarningLife
from data.queries.report_branches import Judged, OpenWarning
from data.readmodel.light import Light

_PART = re.compile(r"【([^】]+)】([^【]*)")
_HINT = "对标提示"
_ENDED = ("rectified", "closed", "invalid")
# A prescription is what is to be done: it stands out.
_STRONG = ("处方", "预警")


def diagnoses(asked: Asked, found: BranchFile) -> Text:
    """As the monthly report of the branch says them: red, yellow, then hints; at most five, the rest in one line."""
    report = branch_report(asked.profile, found.check, asked.library(), asked.now)
    judged = {BY_ID[one.indicator].name: one for one in found.check.judged}
    lines = [
        line
        for one in report.prescriptions
        for line in _treatment(asked, found, judged[one.name], one.kind, one.text)
    ]
    if report.listed:
        lines.append(Line("、".join(report.listed), label="另有"))
    if report.praise:
        lines.append(Line(report.praise, light=int(Light.GREEN)))
    return Text(
        "diagnoses",
        "诊断与处方",
        lines=lines,
        span=7,
        note=_counted(report, found),
        empty="本月没有红灯、黄灯，也没有低于平均的指标",
    )


def _counted(report: BranchReport, found: BranchFile) -> str:
    lights = [one.light for one in found.check.judged]
    red, yellow = lights.count(Light.RED), lights.count(Light.YELLOW)
    hints = sum(one.kind == _HINT for one in report.prescriptions)
    words = [f"红灯 {red} 项", f"黄灯 {yellow} 项", *([f"{_HINT} {hints} 项"] if hints else [])]
    return f"{month_label(found.check.month, year=True)} · " + " · ".join(words)


def _treatment(asked: Asked, found: BranchFile, judged: Judged, kind: str, text: str) -> list[Line]:
    """The indicator with its value, limit and owner; below it what the template says, and what may help."""
    rule = asked.profile.rule(judged.indicator)
    hint = kind == _HINT
    name = BY_ID[judged.indicator].name
    value = "" if judged.value is None else branch_words(judged.indicator, judged.value)
    head = Line(
        f"{name}　{value}" if value else name,
        label=_HINT if hint else "",
        light=None if hint else int(judged.light),
        aside="" if hint else _limit(asked, found, judged, rule),
        link=asked.address.to("trace", asked.place.org_id).but(indicator=judged.indicator),
        strong=True,
    )
    said = [(label, words.strip()) for label, words in _PART.findall(text)]
    if not said:
        said = [pair for pair in (("诊断", rule.finding), ("处方", rule.measure)) if pair[1]]
    help_ = "" if hint else f"资源：{resources_for(judged.indicator)[1]}"
    below = [
        Line(
            words, label=label, strong=label in _STRONG, aside=help_ if label in _STRONG else "", joined=True
        )
        for label, words in said
        if words
    ]
    return [head, *below]


def _limit(asked: Asked, found: BranchFile, judged: Judged, rule: IndicatorRule) -> str:
    """责任 · 状态 · 限期 of its open warning; without one the limit the report gives."""
    of = [one for one in found.check.warnings if one.indicator == judged.indicator]
    if not of:
        day = report_moment(asked.month, asked.profile.calendar.publish_day).date()
        return f"限 {_day(due_day(found.check, judged, rule, day), asked.now.date())}"
    return " · ".join(_warning_words(of[0], asked.now.date()))


def _warning_words(one: OpenWarning, today: date) -> list[str]:
    words = [one.owner or "上级党组织", STATES.get(one.state, one.state)]
    if one.escalation:
        words.append(ESCALATED[one.escalation])
    if one.due_on:
        words.append(f"{'超期，' if one.due_on < today else ''}限 {_day(one.due_on, today)}")
    return words


def _day(day: date, today: date) -> str:
    return day_label(day, year=day.year != today.year)


def indicators(asked: Asked, found: BranchFile) -> Table:
    """Every indicator that lights or weighs, the lit ones first: value, points, district, place in it, treatment."""
    rules = checked_rules(asked.profile)
    judged = sorted(found.check.judged, key=lambda one: -max(one.light, Light.GREEN))
    rows = [_indicator(asked, found, one, rules[one.indicator]) for one in judged]
    whole = asked.profile.words
    columns = (
        Column("name", "指标", link="open", width=150, pinned=True),
        Column("light", "亮灯", "light", width=104),
        Column("value", "本支部", width=104, light="light"),
        Column("average", whole.average, width=96),
        Column("score", "得分", "decimal", width=88),
        Column("average_score", f"{whole.average}得分", "decimal", width=104),
        Column("gap", "差", "change", width=84, digits=1),
        Column(
            "percentile", "高于支部", "share", digits=0, width=104, explains=f"得分高于{whole.whole}多少支部"
        ),
        Column("weight", "权重", "decimal", digits=0, width=80),
        Column("finding", "诊断", width=150),
        Column("measure", "处方", width=150),
        Column("resource", "资源", width=104),
        Column("due", "限期", "date", width=104),
        Column("group", "类别", width=120, hidden=True),
        Column("year_ago", "上年同期", width=104, hidden=True),
    )
    return Table(
        "indicators",
        f"{len(rows)} 项指标",
        columns=columns,
        rows=rows,
        key="indicator",
        selected=asked.address.indicator,
        origin_month=asked.month,
        note=f"{month_label(asked.month, year=True)} · 亮灯在前 · 点指标看来源",
        empty="没有启用评判支部的指标",
    )


def _indicator(asked: Asked, found: BranchFile, one: Judged, rule: IndicatorRule) -> dict[str, object]:
    lit = one.light >= Light.YELLOW
    limits = [w.due_on for w in found.check.warnings if w.indicator == one.indicator and w.due_on]
    both = one.score is not None and one.average_score is not None
    before = one.values[0]
    return {
        "indicator": one.indicator,
        "org_id": asked.place.org_id,
        "name": rule.short,
        "open": asked.address.to("trace", asked.place.org_id).but(indicator=one.indicator),
        "light": int(one.light),
        "value": branch_words(one.indicator, one.value),
        "average": mean_words(one.indicator, one.average) or "–",
        "score": one.score,
        "average_score": one.average_score,
        "gap": (one.score or 0) - (one.average_score or 0) if both else None,
        "percentile": found.percentiles.get(one.indicator),
        "weight": rule.weight or None,
        "finding": rule.finding if lit else "",
        "measure": rule.measure if lit else "",
        "resource": resources_for(one.indicator)[1] if lit else "",
        "due": min(limits) if limits else None,
        "group": rule.group,
        "year_ago": branch_words(one.indicator, None if before != before else float(before)),
    }


def warnings(asked: Asked, lives: Sequence[WarningLife]) -> Table:
    """Newest first: when it was raised, pushed, acknowledged, put right and verified, and how long it took."""
    rows = [_life(asked, one) for one in lives]
    columns = (
        Column("name", "预警", link="open", width=150, pinned=True),
        Column("level", "等级", "light", width=100),
        Column("period", "月份", "month", width=90),
        Column("state", "状态", "state", width=124),
        Column("raised", "亮灯", "date", width=110),
        Column("pushed", "推送", "date", width=110),
        Column("acknowledged", "签收", "date", width=110),
        Column("due", "整改限期", "date", width=110),
        Column("rectified", "整改", "date", width=110),
        Column("verified", "销号", "date", width=110),
        Column("days", "历时", "integer", "天", width=90, better="down"),
        Column("late", "超期", "integer", "天", width=90, better="down"),
        Column("escalated", "督办", width=110),
    )
    open_ones = sum(one.state not in _ENDED for one in lives)
    return Table(
        "warnings",
        "预警经过",
        columns=columns,
        rows=rows,
        key="warning",
        height=0 if len(rows) <= 10 else 422,
        note=f"未销号 {open_ones} 件 · 共 {len(rows)} 件",
        empty="这个支部没有亮过灯",
    )


def _life(asked: Asked, one: WarningLife) -> dict[str, object]:
    rules = asked.profile.every_rule
    end = one.verified_at or one.rectified_at or (asked.now if one.state not in _ENDED else None)
    days = None if end is None else (end.date() - one.raised_at.date()).days
    return {
        "warning": str(one.warning_id),
        "name": rules[one.indicator].short if one.indicator in rules else one.indicator,
        "open": asked.address.to("trace", asked.place.org_id).but(month=one.period, indicator=one.indicator),
        "level": int(LEVELS.get(one.level, Light.NODATA)),
        "period": one.period,
        "state": STATES.get(one.state, one.state),
        "raised": one.raised_at,
        "pushed": one.pushed_at,
        "acknowledged": one.acknowledged_at,
        "due": one.due_on,
        "rectified": one.rectified_at,
        "verified": one.verified_at,
        "days": days,
        "late": _late(one, asked.now),
        "escalated": ESCALATED.get(one.escalation, ""),
    }


def _late(one: WarningLife, now: datetime) -> int | None:
    """Days past its limit when it was put right, or until now while it is open; None in time or without a limit."""
    end = one.rectified_at or one.verified_at or (now if one.state not in _ENDED else None)
    if one.due_on is None or end is None:
        return None
    days = (end.date() - one.due_on).days
    return days if days > 0 else None
