"""What stands below on the page of venues: towns with their findings, branches with a want."""

from __future__ import annotations

from dashboard.formats import month_label
from dashboard.leadership.parts import Column, Table
from dashboard.leadership.registry import Asked, home_of
from data.queries.leadership import venues
from data.queries.leadership.sums import Row, branches_below, ratio
from data.readmodel.scoped import Place, ScopedReader

_OF_BRANCH = (
    "venue_access",
    "venue_inspected",
    "venue_issues",
    "venue_issues_overdue",
    "activities",
    "activities_at_venue",
)


def towns(reader: ScopedReader, asked: Asked) -> Table:
    """Towns at or below the organisation."""
    rows = []
    for place, of in venues.towns(reader, asked.place):
        seen = of.findings
        rows.append(
            {
                "org_id": place.org_id,
                "name": place.short_name,
                "open": asked.address.but(org=place.org_id),
                "total": of.total,
                "center": of.kinds.get("service_center", 0),
                "room": of.kinds.get("activity_room", 0),
                "inspected": seen.inspected if seen else None,
                "found": seen.found if seen else None,
                "left": seen.open if seen else None,
                "overdue": seen.overdue if seen else None,
                "share": seen.share if seen else None,
            }
        )
    columns = (
        Column("name", "镇街", link="open", grows=True, width=120, pinned=True),
        Column("total", "阵地", "integer", width=84),
        Column("center", "党群服务中心", "integer", width=124),
        Column("room", "党员活动室", "integer", width=112),
        Column("inspected", "检查次数", "integer", width=100),
        Column("found", "发现问题", "integer", width=100, better="down"),
        Column("left", "待整改", "integer", width=92, better="down"),
        Column("overdue", "超期", "integer", width=84, better="down"),
        Column("share", "整改率", "share", width=96),
    )
    return Table(
        "towns",
        "各镇街",
        columns=columns,
        rows=rows,
        note="阵地为今天，检查为近一年",
        empty="这里不按镇街统计阵地",
    )


def branches(reader: ScopedReader, asked: Asked) -> Table:
    """Branches without a venue, with one nobody inspected within a year, or with something left open."""
    found = branches_below(reader, asked.place, _OF_BRANCH, asked.month)
    rows = [_branch(asked, place, row) for place, row in found if _wants(row)]
    columns = (
        Column("name", "党支部", link="open", grows=True, width=120, pinned=True),
        Column("want", "情况", grows=True, width=160),
        Column("issues", "待整改项", "integer", width=100, better="down"),
        Column("overdue", "超期项", "integer", width=92, better="down"),
        Column("share", "在阵地开展", "share", width=108, explains="在阵地开展的活动 ÷ 活动"),
    )
    return Table(
        "branches",
        "需要关注的支部",
        columns=columns,
        rows=rows,
        height=420 if len(rows) > 8 else 0,
        note=f"{month_label(asked.month)}末，{len(rows)} / {len(found)} 个：无阵地可用、一年未检查或有待整改",
        empty="支部都有阵地可用，一年内检查过，没有待整改的问题" if found else "本月没有支部数据",
    )


def _wants(row: Row) -> bool:
    return row["venue_access"] == 0 or bool(row["venue_issues"]) or _unseen(row)


def _unseen(row: Row) -> bool:
    return bool(row["venue_access"]) and row["venue_inspected"] == 0


def _branch(asked: Asked, place: Place, row: Row) -> dict[str, object]:
    wants = [
        word
        for word, holds in (
            ("无阵地可用", row["venue_access"] == 0),
            ("一年未检查", _unseen(row)),
            ("超期未整改", bool(row["venue_issues_overdue"])),
            ("待整改", bool(row["venue_issues"]) and not row["venue_issues_overdue"]),
        )
        if holds
    ]
    return {
        "org_id": place.org_id,
        "name": place.short_name,
        "open": asked.address.to(home_of(place), place.org_id),
        "want": "、".join(wants),
        "issues": row["venue_issues"],
        "overdue": row["venue_issues_overdue"],
        "share": ratio(row, "activities_at_venue", "activities"),
    }
