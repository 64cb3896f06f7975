"""The trace of a number in words: for the terminal and for the page of internal views."""

from __future__ import annotations

from typing import Any

from dashboard.profile import DistrictProfile
from dashboard.units import unit_words
from data.indicators.entry import Indicator
from data.queries.trace import MeasureSeen, Traced
from data.readmodel.light import Light

LIGHT_WORDS = {
    Light.RED: "⬣ 红灯",
    Light.YELLOW: "▲ 黄灯",
    Light.GREEN: "● 正常",
    Light.NA: "○ 不适用",
    Light.NODATA: "◌ 无数据",
}
MONTH_WORDS = {"open": "本月进行中", "closed": "已关账，未发布", "published": "已发布"}
ABSENT = "–"


def facts(profile: DistrictProfile, entry: Indicator, found: Traced) -> list[tuple[str, str]]:
    """Label and text of everything the read model says, in reading order; what does not apply is left out."""
    lines = [
        ("指标", f"{entry.name}（{entry.id}，{unit_words(entry.unit)}）"),
        ("组织", f"{found.place.name}（{found.place.org_code}）"),
        ("月份", f"{found.month} · {_month_state(found)}"),
        *_values(entry, found),
        ("公式", entry.formula),
        *_lines(profile, entry),
        ("来源", entry.source),
        ("数据截至", f"{_moment(found.as_of)} · 版本 {found.version}，{_moment(found.published_at)} 发布"),
    ]
    return [(label, text) for label, text in lines if text]


def _month_state(found: Traced) -> str:
    state = MONTH_WORDS.get(found.month_status, found.month_status)
    return f"{state}（月结第 {found.closing_version} 版）" if found.closing_version else state


def _values(entry: Indicator, found: Traced) -> list[tuple[str, str]]:
    if found.parts:
        return [(part.key or "数值", "<5" if part.withheld else _amount(part)) for part in found.parts]
    if found.place.is_branch:
        percentile = "" if found.percentile is None else f"，高于 {found.percentile:.1%} 的支部"
        return [
            ("数值", number(found.value)),
            ("得分", number(found.score) + (percentile if found.score is not None else "")),
            ("亮灯", LIGHT_WORDS[found.light] if found.light is not None else "未启用"),
            ("区域平均", number(found.average)),
        ]
    own = found.own
    return [
        ("本级数值", "" if own is None else number(own.value)),
        ("本级亮灯", "" if own is None else LIGHT_WORDS[own.light]),
        ("支部均值", number(found.value)),
        ("支部平均得分", number(found.score)),
        ("亮灯", LIGHT_WORDS[found.light] if found.light is not None else "未启用"),
        ("合并计算", "" if found.pooled is None else f"{found.pooled:.4f}"),
        (
            "红灯/黄灯支部",
            f"{number(found.red)} / {number(found.yellow)}（有值支部 {number(found.branches)}）",
        ),
        ("区域平均", number(found.average)),
    ]


def _amount(part: Any) -> str:
    words = {"na": "不适用", "nodata": "无数据"}
    if part.amount.state in words:
        return words[part.amount.state]
    return f"{number(part.amount.value)} {unit_words(part.unit)}".strip()


def _lines(profile: DistrictProfile, entry: Indicator) -> list[tuple[str, str]]:
    """The district's own lines beside their definition in words."""
    try:
        rule = profile.rule(entry.id)
    except KeyError:
        return [("黄灯", entry.yellow), ("红灯", entry.red)]
    weight = f"{rule.weight:g}" if rule.weight else ""
    pairs = (("黄灯", rule.yellow, entry.yellow), ("红灯", rule.red, entry.red))
    return [("权重", weight), *((word, f"{line}（{text}）" if line else text) for word, line, text in pairs)]


def _moment(at: Any) -> str:
    return ABSENT if at is None else f"{at:%Y-%m-%d %H:%M:%S}"


def number(value: float | None) -> str:
    """Plain digits, at most four decimals; a dash for nothing."""
    return ABSENT if value is None else f"{round(value, 4):,g}" if abs(value) < 1e6 else f"{value:,.0f}"


def measure_row(seen: MeasureSeen) -> tuple[str, str, str, str, str, str]:
    """Name, Chinese name, unit, month, three months, twelve months."""
    m = seen.measure
    return m.name, m.zh, m.unit, number(seen.month), number(seen.three_months), number(seen.year)
