"""The part of the quality page only viewers of the district have: feeds, rows set aside, months, versions."""

from __future__ import annotations

from datetime import timedelta

from dashboard.formats import decimal, integer, moment_label
from dashboard.leadership.figures.version_cost import draw_versions
from dashboard.leadership.parts import Column, Figure, Line, Part, Table, Text
from dashboard.leadership.registry import Asked
from data.contract import METADATA
from data.errors import AccountsUnreachable
from data.queries.leadership import operation
from data.queries.leadership.operation import Operation
from data.readmodel.light import Light
from data.readmodel.scoped import ScopedReader

FEEDS = {"ok": "业务库连接正常", "unreachable": "业务库连接不上", "broken": "业务库读取出错"}
# Reasons as the projector writes them, in words.
REASONS = {
    "held without a start": "已开展但缺开始时间",
    "starts in the future": "开始时间在将来",
    "present without method or time": "出席但缺签到方式或时间",
    "no payable amount": "缺应缴金额",
    "branch does not exist": "所在支部不存在",
    "no path to the district committee (orphan or cycle)": "不在组织树上（孤立或成环）",
}
STATES = {"open": "进行中", "closed": "已封账，未发布", "published": "已发布"}
LISTED = 12
ALARMS = {"silent": "没有消息", "behind": "没有跟上场景", "hidden": "页面被遮住"}
ALARM_DAYS = 7


def parts(reader: ScopedReader, asked: Asked) -> list[Part]:
    """State of the feed first."""
    found = operation.load(reader)
    return [
        _state(reader, found),
        _set_aside(found),
        *_screens(asked),
        _tables(found),
        _months(found),
        _cost(asked, found),
        _versions(found),
    ]


def _screens(asked: Asked) -> list[Table]:
    """Alarms of walls and kiosks; nothing where no screen is watched, or nobody knows."""
    try:
        alarms = asked.screens.since(asked.now - timedelta(days=ALARM_DAYS)) if asked.screens else None
    except AccountsUnreachable:
        alarms = None
    if alarms is None:
        return []
    rows = [
        {"row": one.id, "name": one.name, "kind": ALARMS[one.kind], "at": one.at, "ended": one.ended_at}
        for one in alarms
    ]
    columns = (
        Column("name", "屏幕", grows=True, width=160, pinned=True),
        Column("kind", "情况", width=140),
        Column("at", "开始", "moment", width=150),
        Column("ended", "恢复", "moment", width=150),
    )
    return [
        Table(
            "screens", "大屏与终端报警", columns=columns, rows=rows, key="row", span=12,
            note=f"近 {ALARM_DAYS} 天；没有恢复时间的仍在发生", empty=f"近 {ALARM_DAYS} 天没有掉线或落后",
        )
    ]  # fmt: skip


def table_word(name: str) -> str:
    """What an operational table is called in Chinese."""
    table = METADATA.tables.get(name)
    return (table.comment if table is not None else None) or name


def _state(reader: ScopedReader, found: Operation) -> Text:
    feed, version = reader.feed, reader.version
    absent = [table_word(table.name) for table in found.tables if not table.connected]
    fine = feed.state == "ok"
    lines = [
        Line(
            FEEDS.get(feed.state, "投影尚未运行"),
            light=Light.GREEN if fine else Light.RED,
            aside=f"最近核对 {moment_label(feed.checked_at)}",
        ),
        Line(
            f"第 {integer(version.number)} 版，{moment_label(version.published_at)} 发布",
            label="数据版本",
            aside=f"业务数据截至 {moment_label(version.as_of)}",
        ),
        Line(
            "、".join(absent) if absent else f"{len(found.tables)} 张业务表全部接入",
            label="未接入" if absent else "接入",
            light=Light.YELLOW if absent else Light.GREEN,
        ),
    ]
    return Text("state", "运行状态", lines=lines, span=6)


def _set_aside(found: Operation) -> Table:
    rows = [
        {
            "row": f"{one.table}|{one.reason}",
            "table": table_word(one.table),
            "reason": REASONS.get(one.reason, one.reason),
            "rows": one.rows,
            "samples": one.samples,
        }
        for one in found.set_aside
    ]
    columns = (
        Column("table", "业务表", width=120, pinned=True),
        Column("reason", "原因", grows=True, width=160),
        Column("rows", "条数", "integer", width=90, better="down"),
        Column("samples", "样例编号", width=200, hidden=True),
    )
    return Table(
        "set-aside",
        "隔离记录",
        columns=columns,
        rows=rows,
        key="row",
        span=6,
        note="不计入任何数字，待业务系统更正",
        empty="没有被隔离的记录",
    )


def _tables(found: Operation) -> Table:
    rows = [
        {
            "table": one.name,
            "name": table_word(one.name),
            "state": "已接入" if one.connected else "未接入",
            "changed": one.changed_at,
            "read": one.read_at,
            "rows": one.rows,
        }
        for one in found.tables
    ]
    columns = (
        Column("name", "业务表", grows=True, width=110, pinned=True),
        Column("state", "状态", width=90),
        Column("changed", "最近变动", "moment", width=150),
        Column("read", "最近读取", "moment", width=150),
        Column("rows", "记录数", "integer", width=120, explains="最近一次数据量快照"),
    )
    return Table(
        "tables",
        "业务表新鲜度",
        columns=columns,
        rows=rows,
        key="table",
        height=420,
        span=8,
        note=f"{len(rows)} 张，投影实际读取的表",
    )


def _months(found: Operation) -> Table:
    rows = [
        {
            "month": one.month,
            "state": STATES.get(one.status, one.status),
            "at": one.published_at,
            "edition": one.edition or None,
        }
        for one in found.months
    ]
    columns = (
        Column("month", "月份", "month", width=96, pinned=True),
        Column("state", "状态", width=100),
        Column("at", "发布时间", "moment", width=130),
        Column("edition", "版次", "integer", width=76),
    )
    return Table("months", "月结", columns=columns, rows=rows, key="month", height=420, span=4)


def _cost(asked: Asked, found: Operation) -> Figure:
    slowest = max((one.seconds for one in found.versions), default=0)
    return Figure(
        "cost",
        "各版本用时",
        figure=draw_versions(asked.look, found.versions) if found.versions else None,
        describes=f"最近 {len(found.versions)} 个版本的计算与发布用时，最长 {decimal(slowest)} 秒",
        note=f"最近 {len(found.versions)} 个版本，秒（对数刻度）",
        span=5,
    )


def _versions(found: Operation) -> Table:
    rows = [
        {
            "number": one.number,
            "at": one.at,
            "as_of": one.as_of,
            "cells": one.cells,
            "seconds": one.seconds,
            "statements": one.statements,
            "rows": one.rows,
        }
        for one in found.versions[:LISTED]
    ]
    columns = (
        Column("number", "版本", "integer", width=84, pinned=True),
        Column("at", "发布时间", "moment", width=140),
        Column("as_of", "业务数据截至", "moment", width=140),
        Column("cells", "变动格数", "integer", width=104),
        Column("seconds", "用时", "decimal", "秒", width=96),
        Column("statements", "查询业务库", "integer", "次", width=110),
        Column("rows", "读取", "integer", "行", width=96),
    )
    return Table(
        "versions", "最近版本", columns=columns, rows=rows, key="number", span=7, note=f"最新 {len(rows)} 个"
    )
