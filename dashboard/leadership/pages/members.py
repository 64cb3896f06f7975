"""支部党员名单: members of a branch with points and light, each leading to a file; shown, never taken away."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.leadership.parts import Ask, Column, Line, Part, Table, Text
from dashboard.leadership.registry import MEMBER_PAGE, Asked
from data.persons.file import LEAST_REASON, Listed
from data.readmodel.scoped import ScopedReader

_GONE = "姓名与入党时间暂不能显示，积分和亮灯仍按已关账月份显示。"
AUDITED = "本次查看已记入审计；名单只供查看，不导出。"


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """The question for a reason where the role gives one, else the list."""
    if asked.viewer.gives_reason and len(asked.reason.strip()) < LEAST_REASON:
        return [ask("查看支部党员名单")]
    if asked.members is None:
        return [unavailable()]
    month = min(asked.month, asked.closed)
    found = asked.members.members(reader, asked.place.org_id, month, asked.reason)
    parts: list[Part] = [_table(asked, found, month)]
    if any(one.name is None for one in found):
        parts.insert(
            0,
            Text(
                "said",
                "业务库暂时连接不上",
                lines=(Line("姓名与入党时间暂不能显示，积分和亮灯仍按已关账月份显示。"),),
            ),
        )
    return parts


def ask(what: str) -> Ask:
    """Why the viewer looks: goes into the audit, holds for one opening."""
    return Ask(
        "reason",
        what,
        note="每次查看都记入审计",
        prompt="请填写查看事由（不少于4个字），每次打开都要填写。",
        button="查看",
        least=LEAST_REASON,
    )


def unavailable() -> Text:
    """No service for persons was handed to this server."""
    return Text("said", "党员数据未接入", lines=(Line("本服务未配置党员限制库，请联系中心运行人员。"),))


def _table(asked: Asked, found: Sequence[Listed], month: str) -> Table:
    rows = [
        {
            "member": str(one.member_id),
            "name": one.name or "（暂不显示）",
            "category": one.category,
            "joined": one.joined_on,
            "points": one.points,
            "light": int(one.light),
            "to": asked.address.to(MEMBER_PAGE, member=str(one.member_id)),
        }
        for one in found
    ]
    columns = (
        Column("name", "姓名", link="to", pinned=True, width=140),
        Column("joined", "入党时间", "date"),
        Column("category", "管理类别", width=180),
        Column("points", asked.profile.index_name, "decimal", "分"),
        Column("light", "亮灯", "light"),
    )
    return Table(
        "members",
        f"{asked.place.short_name} 党员",
        columns=columns,
        rows=rows,
        key="member",
        exports=False,
        note=f"{len(rows)} 名 · 积分和亮灯为 {month} · {AUDITED}",
        empty="这个支部目前没有党员",
    )
