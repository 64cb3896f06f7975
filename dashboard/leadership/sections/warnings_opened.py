"""One warning of the workbench: what it is about, its life in the operational system, the notes, the form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dashboard.formats import day_label, moment_label
from dashboard.leadership.parts import Act, Field, Form, Line, Part, Text
from dashboard.leadership.registry import Asked, home_of
from dashboard.leadership.warning_words import ACTIONS, ESCALATED, LEVELS, STANDINGS, STATES, days_late
from data.indicators.sets import BY_ID
from data.queries.leadership import warnings
from data.queries.leadership.warnings import Listed
from data.readmodel.scoped import ScopedReader
from data.workbench.note import MOST_NAME, MOST_TEXT, OVER, Action, Note, Standing
from data.workbench.workbench import standing_of

ACTION = "workbench"
_EXPLAINS: dict[Action, str] = {
    "acknowledge": "表示已知悉，由本组织处理",
    "assign": "交给一个党组织或责任人",
    "comment": "补充说明，不改变状态",
    "close": "填写整改佐证（不少于10个字）后办结",
    "reopen": "说明理由（不少于4个字）后重新打开",
}


def opened(reader: ScopedReader, asked: Asked) -> list[Part]:
    """Nothing where the address names no warning."""
    wanted = asked.address.more.get("warning")
    if wanted is None:
        return []
    digits = wanted.removeprefix("-")
    number = int(wanted) if digits.isascii() and digits.isdecimal() and len(digits) <= 18 else 0
    one = warnings.one(reader, number)
    if one is None:
        gone = "可能已经超过一年，或由业务系统的预警代替；也可能不在您的查看范围内。"
        back = asked.address.but(warning=None)
        return [Text("about", "没有这条预警", lines=(Line(gone), Line("回到预警列表", link=back)))]
    parts: list[Part] = [_about(asked, one), _life(asked, one)]
    if asked.workbench is None:
        return [*parts, Text("notes", "工作台记录", empty="工作台未接入", span=4)]
    notes = asked.workbench.notes(reader, number)
    standing = standing_of(notes)
    return [*parts, _notes(notes, standing), _form(reader, asked, one, standing)]


def _about(asked: Asked, one: Listed) -> Text:
    rule, entry = asked.profile.every_rule.get(one.indicator), BY_ID.get(one.indicator)
    name = entry.name if entry else one.indicator
    trace = asked.address.to("trace", one.place.org_id).but(indicator=one.indicator)
    lines = [
        Line(name, light=int(LEVELS[one.level]), link=trace, strong=True),
        Line(one.place.name, label="党组织", link=asked.address.to(home_of(one.place), one.place.org_id)),
    ]
    if rule and rule.finding:
        lines.append(Line(rule.finding, label="诊断"))
    if rule and (rule.prescription or rule.measure):
        lines.append(Line(rule.measure or rule.prescription, label="处方"))
    if one.escalation:
        lines.append(Line(ESCALATED[one.escalation], label="升级", strong=True))
    lines.append(Line("返回列表", link=asked.address.but(warning=None)))
    return Text("about", f"{one.place.short_name} · {rule.short if rule else name}", lines=lines, span=4)


def _life(asked: Asked, one: Listed) -> Text:
    """The steps of the operational system, taken and not yet taken."""
    late = days_late(one.rectify_due_on, asked.now.date())
    due = f"限 {day_label(one.rectify_due_on, year=True)}" if one.rectify_due_on else ""
    if late and one.state not in warnings.ENDED:
        due += f"，超期 {late} 天"
    signed = f"限 {day_label(one.acknowledge_due_on, year=True)}" if one.acknowledge_due_on else ""
    lines = [_step("产生", one.raised_at, one.period)]
    if one.is_derived:
        lines.append(Line("由亮灯自动生成，业务系统没有推送和签收", label="来源"))
    else:
        lines.append(_step("推送", one.pushed_at))
        lines.append(_step("签收", one.acknowledged_at, signed))
    lines += [_step("整改", one.rectified_at, due), _step("核验", one.verified_at)]
    return Text(
        "life", "业务状态", lines=lines, span=4, note=f"{STATES.get(one.state, one.state)} · 来自业务系统"
    )


def _step(label: str, at: datetime | None, aside: str = "") -> Line:
    return Line(day_label(at.date(), year=True) if at else "尚未", label=label, aside=aside)


def _notes(notes: Sequence[Note], standing: Standing) -> Text:
    """What was done at the workbench, newest first."""
    lines = [
        Line(_said(note), label=ACTIONS[note.action], aside=f"{note.name} {moment_label(note.at)}")
        for note in reversed(notes)
    ]
    state = STANDINGS[standing.state] + (f" · 转 {standing.assignee}" if standing.assignee else "")
    return Text(
        "notes",
        "工作台记录",
        lines=lines,
        span=4,
        note=f"{state} · 不写入业务系统",
        empty="还没有人处理这条预警",
    )


def _said(note: Note) -> str:
    to = f"转 {note.assignee}" if note.action == "assign" else ""
    return "：".join(filter(None, (to, note.text))) or "–"


def _form(reader: ScopedReader, asked: Asked, one: Listed, standing: Standing) -> Form:
    may = standing.may(asked.viewer, one.state in OVER)
    fields = [Field("text", "说明或整改佐证", "lines", most=MOST_TEXT, hint="不填姓名、证件号和电话")]
    if "assign" in may:
        ways = [place.short_name for place in reversed(reader.path(one.place))]
        hint = "选党组织，或写责任人职务"
        fields.append(Field("assignee", "转办给", most=MOST_NAME, choices=ways, hint=hint))
    main: Action = "acknowledge" if "acknowledge" in may else "close"
    acts = [Act(name, ACTIONS[name], name == main, _EXPLAINS[name]) for name in may]
    return Form(
        "step",
        "处置",
        action=ACTION,
        fields=fields,
        acts=acts,
        kept={"warning": str(one.warning_id), "revision": str(standing.revision)},
        note="每一步都记入审计",
        empty="您的角色只查看这条预警",
    )
