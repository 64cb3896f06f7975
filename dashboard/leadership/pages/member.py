"""L-04 党员数字档案: four classes, 33 indicators, twelve months in four lanes, lights and what was put right."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.formats import day_label
from dashboard.leadership.figures.member_classes import draw_classes
from dashboard.leadership.figures.member_lanes import LANE_WORDS, draw_lanes
from dashboard.leadership.pages.members import AUDITED, ask, unavailable
from dashboard.leadership.parts import Column, Figure, Line, Number, Numbers, Part, Table, Text
from dashboard.leadership.registry import Asked
from dashboard.reports.grades import LIGHT_WORDS
from dashboard.units import unit_words
from data.indicators.sets import BY_ID
from data.persons.file import LEAST_REASON, ClassPoints, Item, MemberFile, Notice
from data.readmodel.light import Light
from data.readmodel.scoped import ScopedReader

CLASS_WORDS = {"life": "党内生活", "post": "岗位履职", "conduct": "道德品行", "contribution": "作用贡献"}
_LEVELS = {"red": Light.RED, "yellow": Light.YELLOW}
_GONE = "业务库暂时连接不上：姓名、时间轴和整改记录暂不能显示，指标仍按已关账月份显示。"
_UNWRITTEN = "这个月的党员指标尚未生成：只有已关账的月份才有，由月度任务写入限制库。"


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """The question for a reason where the role gives one, else the file."""
    member = asked.address.more.get("member", "")
    if not member.isdecimal() or len(member) > 18:
        return [
            Text(
                "said",
                "请从支部党员名单进入",
                lines=(Line("地址中没有党员。", link=asked.address.to("members")),),
            )
        ]
    if asked.viewer.gives_reason and len(asked.reason.strip()) < LEAST_REASON:
        return [ask("查看党员数字档案")]
    if asked.members is None:
        return [unavailable()]
    found = asked.members.file(reader, int(member), min(asked.month, asked.closed), asked.reason)
    parts: list[Part] = [_who(reader, asked, found)]
    if found.month is None:
        parts.append(Text("unwritten", "指标", lines=(Line(_UNWRITTEN),)))
    else:
        parts += [_figures(found), _radar(asked, found), _lights(found), _items(asked, found)]
    if found.person is not None:
        parts += [_lanes(asked, found), _notices(asked, found)]
    return parts


def _who(reader: ScopedReader, asked: Asked, found: MemberFile) -> Text:
    branch = reader.place(found.branch_org_id)
    lines = [Line(branch.name, label="所在支部", link=asked.address.to("branch", branch.org_id))]
    title = "党员数字档案"
    if found.person is None:
        lines.insert(0, Line(_GONE, strong=True))
    else:
        one = found.person
        title = f"{one.name} 党员数字档案"
        lines += [
            Line(one.gender, label="性别"),
            Line(day_label(one.joined_on, year=True), label="入党时间"),
            Line(day_label(one.full_member_on, year=True), label="转正时间"),
            Line(f"{one.stage} · {one.category}", label="类别"),
        ]
    if found.grades is not None and found.person is not None:
        words = "、".join(f"{year}年 {grade}" for year, grade in found.grades)
        lines.append(Line(words or "没有记录", label="民主评议"))
    for opened, kind, closed in found.dispositions or ():
        until = f"，{day_label(closed, year=True)} 办结" if closed else "，未办结"
        lines.append(Line(f"{day_label(opened, year=True)} {kind}{until}", label="组织处置"))
    return Text("who", title, lines=lines, note=AUDITED)


def _figures(found: MemberFile) -> Numbers:
    known = [one.points for one in found.classes if one.points is not None]
    means = [one.average for one in found.classes if one.average is not None]
    own, mean = (sum(values) if values else None for values in (known, means))
    change = None if own is None or mean is None else own - mean
    lit = [one for one in found.items if one.light >= Light.YELLOW and not one.hidden]
    total = Number("锋领指数", own, "decimal", "分", change=change, change_label="较全区平均", why="不计分")
    return Numbers(
        "figures",
        "",
        numbers=(
            total,
            Number("红灯指标", sum(one.light == Light.RED for one in lit), unit="项", better="down"),
            Number("黄灯指标", sum(one.light == Light.YELLOW for one in lit), unit="项", better="down"),
        ),
        note=f"{found.month} · {LIGHT_WORDS[found.light]}",
    )


def _radar(asked: Asked, found: MemberFile) -> Figure:
    words = "；".join(_class_words(one) for one in found.classes)
    return Figure(
        "classes",
        "四类积分在全区的位置",
        figure=draw_classes(asked.look, [(CLASS_WORDS[one.name], one.percentile) for one in found.classes]),
        describes=words,
        span=5,
        note="百分位：积分低于本人的党员占比，虚线为中位",
        height=300,
    )


def _class_words(one: ClassPoints) -> str:
    if one.points is None or one.percentile is None:
        return f"{CLASS_WORDS[one.name]}不计分"
    return f"{CLASS_WORDS[one.name]}{one.points:.1f}分，高于全区{one.percentile:.0%}的党员"


def _lights(found: MemberFile) -> Text:
    lines = [
        Line(LIGHT_WORDS[light], label=month, light=int(light)) for month, light in reversed(found.lights)
    ]
    return Text("lights", "各月亮灯", lines=lines, span=7, note="已关账的月份")


def _items(asked: Asked, found: MemberFile) -> Table:
    rows = [_item(asked, one) for one in found.items]
    columns = (
        Column("name", "指标", pinned=True, width=200, explains="33项党员指标"),
        Column("group", "类别", width=110),
        Column("value", "数值", "decimal", digits=2),
        Column("unit", "单位", width=100),
        Column("points", "积分", "decimal", "分"),
        Column("average", "全区平均", "decimal", "分"),
        Column("light", "亮灯", "light"),
        Column("said", "说明", grows=True),
    )
    note = found.month or ""
    return Table(
        "items",
        "33项指标",
        columns=columns,
        rows=rows,
        key="id",
        exports=False,
        note=note,
        empty="只保留最近两个月的明细",
    )


def _item(asked: Asked, one: Item) -> dict[str, object]:
    entry = BY_ID[one.indicator]
    rule = asked.profile.member_rules.get(one.indicator)
    row: dict[str, object] = {
        "id": one.indicator,
        "name": entry.name,
        "group": rule.group if rule else "",
        "unit": unit_words(entry.unit),
    }
    if one.hidden:
        return {**row, "light": int(Light.NA), "said": "按权限不显示"}
    said = "" if one.light < Light.YELLOW else "需整改"
    return {
        **row,
        "value": one.value,
        "points": one.points,
        "average": one.average,
        "light": int(one.light),
        "said": said,
    }


def _lanes(asked: Asked, found: MemberFile) -> Figure:
    counts = {lane: sum(event.lane == lane for event in found.events) for lane in LANE_WORDS}
    words = "，".join(f"{LANE_WORDS[lane]}{n}次" for lane, n in counts.items())
    return Figure(
        "lanes",
        "近12个月时间轴",
        figure=draw_lanes(asked.look, found.events, asked.now.date()) if found.events else None,
        describes=f"近12个月：{words}",
        note="党费只显示缴纳状态，不显示金额",
        height=260,
    )


def _notices(asked: Asked, found: MemberFile) -> Table:
    rows = [_notice(at, one) for at, one in enumerate(found.notices)]
    columns = (
        Column("light", "亮灯", "light"),
        Column("name", "指标", grows=True),
        Column("raised", "亮灯时间", "moment", width=150),
        Column("due", "整改期限", "date"),
        Column("done", "整改完成", "moment", width=150),
        Column("state", "状态", "state", width=140),
    )
    return Table(
        "notices",
        "亮灯与整改",
        columns=columns,
        rows=rows,
        key="id",
        exports=False,
        empty="没有针对本人的预警",
    )


def _notice(at: int, one: Notice) -> dict[str, object]:
    entry = BY_ID.get(one.indicator)
    return {
        "id": at,
        "light": int(_LEVELS.get(one.level, Light.NODATA)),
        "name": entry.name if entry else one.indicator,
        "raised": one.raised_at,
        "due": one.rectify_due_on,
        "done": one.rectified_at,
        "state": one.state,
    }
