"""`app.py indicators`: every indicator as the program knows it, in a table or one in full."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from dashboard.near_names import near_indicators, perhaps
from dashboard.profile import DistrictProfile
from dashboard.units import unit_words
from data import provenance
from data.errors import SettingError
from data.indicators.entry import Indicator
from data.indicators.sets import BY_ID, INDICATORS

LEVELS = {"branch": "支部", "member": "党员", "area": "区域"}
Words = list[tuple[str, str]]


def listed(profile: DistrictProfile, only_set: str | None = None) -> Table:
    """One row per indicator of the set (all sets: None), with the district's weight and lines.

    Raises SettingError for a set nothing belongs to.
    """
    sets = sorted({entry.set for entry in INDICATORS})
    if only_set is not None and only_set not in sets:
        raise SettingError("--set", only_set, f"no such set; one of {', '.join(sets)}")
    table = Table(title=f"{profile.name} 指标目录", title_justify="left")
    for heading in ("id", "名称", "级别", "单位", "权重", "黄灯", "红灯", "来源"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "id")
    for entry in _entries(only_set):
        weight, yellow, red = _rule_words(profile, entry)
        level = _level(entry)
        table.add_row(entry.id, entry.name, level, unit_words(entry.unit), weight, yellow, red, entry.source)
    return table


def in_full(profile: DistrictProfile, indicator: str) -> RenderableType:
    """One entry: words, formula, what it is read from, regulations, rule and prescription of the district.

    Raises SettingError for an unknown id.
    """
    if indicator not in BY_ID:
        hint = perhaps(near_indicators(indicator)) or "; `app.py indicators` lists them"
        raise SettingError("ID", indicator, f"no such indicator{hint}")
    entry = BY_ID[indicator]
    parts: list[RenderableType] = [_words(_definition(entry))]
    if origins := provenance.origins(entry):
        table = Table(title="数据来源", title_justify="left")
        for heading in ("名称", "中文", "单位", "种类", "数据族", "业务表"):
            table.add_column(heading, overflow="fold")
        for origin in origins:
            read = ", ".join(origin.tables)
            table.add_row(origin.name, origin.zh, origin.unit, origin.kind, origin.family, read)
        parts.append(table)
    if regulations := provenance.regulations(entry):
        parts.append(_words(list(regulations.items())))
    if rule := _district_rule(profile, entry):
        parts.append(_words(rule))
    return Panel(Group(*parts), title=f"{entry.id}  {entry.name}", title_align="left")


def _entries(only_set: str | None) -> Iterable[Indicator]:
    return (entry for entry in INDICATORS if only_set in (None, entry.set))


def _level(entry: Indicator) -> str:
    return LEVELS[entry.level] + ("、党委（党总支）本级" if entry.committees else "")


def _definition(entry: Indicator) -> Words:
    words = [
        ("英文", entry.english),
        ("级别", _level(entry)),
        ("单位", unit_words(entry.unit)),
        ("公式", entry.formula),
        ("黄灯", entry.yellow),
        ("红灯", entry.red),
        ("汇总", " ÷ ".join(f"Σ {name}" for name in entry.pooled) if entry.pooled else ""),
        ("出处", entry.source),
    ]
    return [(key, text) for key, text in words if text]


def _rule_words(profile: DistrictProfile, entry: Indicator) -> tuple[str, str, str]:
    """Weight or full marks, yellow and red line of the district; "-" where it has none."""
    rules = {rule.id: rule for found in profile.rules.values() for rule in found}
    if rule := rules.get(entry.id):
        return f"{rule.weight:g}" if rule.weight else "-", str(rule.yellow or "-"), str(rule.red or "-")
    if of_member := profile.member_rules.get(entry.id):
        marks = of_member.attainable or of_member.points
        return f"{marks:g}" if marks else "-", str(of_member.yellow or "-"), str(of_member.red or "-")
    return "-", "-", "-"


def _district_rule(profile: DistrictProfile, entry: Indicator) -> Words:
    weight, yellow, red = _rule_words(profile, entry)
    rules = {rule.id: rule for found in profile.rules.values() for rule in found}
    enabled = any(rule.id == entry.id for rule in profile.indicators)
    words = [(f"{profile.name}规则", f"权重或分值 {weight}；黄灯 {yellow}；红灯 {red}")]
    if rule := rules.get(entry.id):
        state = "启用" if enabled else "未启用"
        words[0] = (words[0][0], f"{words[0][1]}；{state}")
        words.append(("内容", " · ".join(part for part in (rule.group, rule.norm) if part)))
        words += [("诊断", rule.finding), ("处方", rule.measure), ("诊疗处方", rule.prescription)]
    elif of_member := profile.member_rules.get(entry.id):
        words.append(("提醒", of_member.message))
    elif (weight, yellow, red) == ("-", "-", "-"):
        return []
    return [(key, text) for key, text in words if text]


def _words(rows: Words) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for key, text in rows:
        grid.add_row(key, Text(text))
    return grid
