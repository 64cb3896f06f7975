"""支部党建诊疗报告: everything one branch's report says, as words ready for the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from dashboard.formats import MINUS, NA, decimal, month_label, percent, score, signed
from dashboard.indicator_values import branch_words, is_share, mean_words
from dashboard.prescriptions import MOST_PRESCRIBED, Finding, fill, in_order
from dashboard.profile import DistrictProfile
from dashboard.reports.best_group import best_group
from dashboard.reports.grades import LIGHT_SHAPES, LIGHT_WORDS, compared, grade
from dashboard.reports.placeholders import report_moment, values_of
from dashboard.reports.resources import resources_words
from dashboard.words import Words
from data.indicators.rules import IndicatorRule
from data.indicators.sets import BY_ID
from data.projection.resource_library import Library
from data.queries.report_branches import BranchCheck, Judged, OpenWarning
from data.readmodel.light import Light

_STATES = {"raised": "已亮灯", "pushed": "已推送", "acknowledged": "已确认", "rectifying": "整改中"}
_CLIMBED = ("支部", "上级党委", "{level}委组织部", "软弱涣散排查")


@dataclass(frozen=True)
class Line:
    """One row of the table of indicators, all words; ``shape`` is the sign beside the word of the light."""

    name: str
    group: str
    value: str
    average: str
    difference: str
    side: str
    light: str
    shape: str


@dataclass(frozen=True)
class Prescription:
    """One filled template; ``kind`` is 红灯, 黄灯 or 对标提示."""

    name: str
    kind: str
    shape: str
    text: str


@dataclass(frozen=True)
class HistoryMonth:
    """One month of the history; ``height`` is the score as share of 100, None without a score."""

    label: str
    score: str
    height: float | None
    average: float | None
    light: str
    shape: str


@dataclass(frozen=True)
class WarningLine:
    """One open warning."""

    name: str
    light: str
    shape: str
    raised_on: str
    state: str
    owner: str
    due_on: str
    overdue: bool
    climbed: str


@dataclass(frozen=True)
class BranchReport:
    """The report of one branch; ``praise`` stands where nothing has a light."""

    title: str
    org_id: int
    org_code: str
    name: str
    short_name: str
    superior: str
    month: str
    period: str
    issued_on: str
    light: str
    shape: str
    score: str
    grade: str | None
    average: str
    sector_average: str | None
    percentile: str | None
    lines: tuple[Line, ...]
    prescriptions: tuple[Prescription, ...]
    listed: tuple[str, ...]
    praise: str | None
    history: tuple[HistoryMonth, ...]
    warnings: tuple[WarningLine, ...]


def branch_report(
    profile: DistrictProfile, check: BranchCheck, library: Library, now: datetime
) -> BranchReport:
    """The report of one branch as of ``now``; limits are counted from the day it was due."""
    rules = {rule.id: rule for rule in profile.light_rules}
    judged = [one for one in check.judged if one.indicator in rules]
    findings = {one.indicator: Finding(rules[one.indicator], one.light, is_worse(one)) for one in judged}
    order = in_order(findings.values())
    shown, rest = order[:MOST_PRESCRIBED], order[MOST_PRESCRIBED:]
    return BranchReport(
        title="支部党建诊疗报告",
        org_id=check.organisation.org_id,
        org_code=check.organisation.org_code,
        name=check.organisation.name,
        short_name=check.organisation.short_name,
        superior=check.organisation.superior,
        month=check.month,
        period=f"{check.month[:4]}年{int(check.month[5:])}月",
        issued_on=f"{now.year}年{now.month}月{now.day}日",
        light=LIGHT_WORDS[check.light],
        shape=LIGHT_SHAPES[check.light],
        score=score(check.score),
        grade=grade(check.score, check.light, profile.healthy_score),
        average=_against(check.score, _number(check.average_scores[-1])),
        sector_average=None if check.sector_score is None else _against(check.score, check.sector_score),
        percentile=None if check.percentile is None else percent(check.percentile),
        lines=tuple(_line(one, rules[one.indicator]) for one in judged),
        prescriptions=tuple(_prescription(profile, check, one, library, findings) for one in shown),
        listed=tuple(f"{BY_ID[one.rule.id].name}（{_kind(one)}）" for one in rest),
        praise=_praise(profile, check, order),
        history=tuple(_history(check)),
        warnings=tuple(
            _warning(one, now.date(), profile.words) for one in check.warnings if one.indicator in rules
        ),
    )


def is_worse(one: Judged) -> bool:
    """Whether the value is worse than the average, as both are shown."""
    if one.value is None or one.average is None:
        return False
    side = compared(one.value, one.average, _step(one.indicator))
    return side == ("低于" if BY_ID[one.indicator].better == "up" else "高于")


def _line(one: Judged, rule: IndicatorRule) -> Line:
    side = difference = NA
    if one.value is not None and one.average is not None:
        gap = one.value - one.average
        side = compared(one.value, one.average, _step(one.indicator))
        shown = f"{signed(gap * 100, 1)}百分点" if is_share(one.indicator) else signed(gap, 1)
        difference = NA if side == "等于" else shown
    return Line(
        BY_ID[one.indicator].name,
        rule.group,
        branch_words(one.indicator, one.value),
        mean_words(one.indicator, one.average),
        difference,
        side,
        LIGHT_WORDS[one.light],
        LIGHT_SHAPES[one.light],
    )


def _prescription(
    profile: DistrictProfile,
    check: BranchCheck,
    finding: Finding,
    library: Library,
    findings: dict[str, Finding],
) -> Prescription:
    rule, organisation = finding.rule, check.organisation
    place = None
    if organisation.lng is not None and organisation.lat is not None:
        place = (organisation.lng, organisation.lat)
    one = next(one for one in check.judged if one.indicator == rule.id)
    report_day = report_moment(check.month, profile.calendar.publish_day).date()
    values = values_of(check, one, rule, report_day)
    if "{res}" in rule.prescription:
        values["res"] = resources_words(library, rule.id, organisation.org_id, organisation.sector, place)
    values["title"] = library.projects.get(organisation.org_id)
    values["grade"] = grade(check.score, check.light, profile.healthy_score)
    values["items"] = _items(rule.id, findings)
    return Prescription(
        BY_ID[rule.id].name, _kind(finding), LIGHT_SHAPES[finding.light], fill(rule.prescription, values)
    )


def _items(indicator: str, findings: dict[str, Finding]) -> str | None:
    """The lit indicators of the same set, for a score that is made of them."""
    if not indicator.endswith(("_score", "_total")):
        return None
    lit = [
        finding.rule.short
        for name, finding in findings.items()
        if name != indicator and BY_ID[name].set == BY_ID[indicator].set and finding.light >= Light.YELLOW
    ]
    return "、".join(lit) or None


def _praise(profile: DistrictProfile, check: BranchCheck, order: list[Finding]) -> str | None:
    """What a branch without any light is told: its best group against the average."""
    if check.light != Light.GREEN or any(one.light >= Light.YELLOW for one in order):
        return None
    return fill("本月各项指标正常。继续保持：{best}。", {"best": best_group(profile, check)})


def _history(check: BranchCheck) -> list[HistoryMonth]:
    found = []
    for j in range(1, len(check.months)):
        value, mean, light = (_number(row[j]) for row in (check.scores, check.average_scores, check.lights))
        shown = Light.NODATA if light is None else Light(int(light))
        found.append(
            HistoryMonth(
                month_label(check.months[j]),
                score(value),
                value,
                mean,
                LIGHT_WORDS[shown],
                LIGHT_SHAPES[shown],
            )
        )
    return found


def _warning(one: OpenWarning, today: date, words: Words) -> WarningLine:
    climbed = _CLIMBED[one.escalation].format(level=words.level) if one.escalation else NA
    if one.escalated_to is not None:
        climbed = one.escalated_to
    light = Light.RED if one.level == "red" else Light.YELLOW
    return WarningLine(
        BY_ID[one.indicator].name,
        LIGHT_WORDS[light],
        LIGHT_SHAPES[light],
        f"{one.raised_at:%Y-%m-%d}",
        _STATES.get(one.state, one.state),
        one.owner,
        NA if one.due_on is None else f"{one.due_on:%Y-%m-%d}",
        one.due_on is not None and one.due_on < today,
        climbed,
    )


def _kind(finding: Finding) -> str:
    return "对标提示" if finding.is_hint else LIGHT_WORDS[finding.light]


def _against(own: float | None, mean: float | None) -> str:
    """88.2（高于 3.1）."""
    if mean is None:
        return NA
    if own is None:
        return decimal(mean)
    side = compared(own, mean, 0.1)
    gap = "" if side == "等于" else f" {decimal(abs(own - mean)).lstrip(MINUS)}"
    return f"{decimal(mean)}（{side}{gap}）"


def _step(indicator: str) -> float:
    return 0.001 if is_share(indicator) else 0.1


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
