"""L-18 阵地: which venues there are, whether every branch has one, what inspections left open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.formats import day_label, month_label
from dashboard.leadership.comparing import compared, difference, than_label
from dashboard.leadership.figures.kind_bars import draw_kinds
from dashboard.leadership.figures.month_columns import Series, draw_columns
from dashboard.leadership.figures.place_dots import draw_dots
from dashboard.leadership.parts import Column, Figure, Number, Numbers, Origin, Part, Table
from dashboard.leadership.registry import Asked, home_of
from dashboard.leadership.sections import venues_below
from data.clock import add_months, months_between
from data.contract.enums import ENUMS
from data.queries.leadership import venues
from data.queries.leadership.sums import Row, months_of, ratio
from data.queries.leadership.venues import Issue, Venues
from data.readmodel.light import Light
from data.readmodel.scoped import ScopedReader

TREND = 24
KINDS: Mapping[str, str] = ENUMS["venue_kind"]
FLAG_WORDS = {"facilities": "设施", "rules": "制度", "environment": "环境", "usage": "使用"}
_AT_VENUE = ("activities", "activities_at_venue")

Counts = Mapping[str, Mapping[str, int | None]]


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """Numbers, kinds, months, what is open (list and map), towns, branches with a want."""
    place = asked.place
    span = months_between(add_months(asked.month, 1 - TREND), asked.month)
    counted = venues.months(reader, place, min(span[0], compared(asked)), asked.month)
    found, issues = venues.load(reader, place), venues.issues(reader, place)
    use = months_of(reader, place, _AT_VENUE, compared(asked), asked.month)
    parts: list[Part] = [
        _numbers(asked, found, counted, use, issues),
        _months(asked, span, counted),
        *([] if place.is_branch else [_kinds(asked, found)]),
        _issues(asked, issues, known=_inspected(counted)),
    ]
    if place.is_branch:
        return parts
    if issues:
        parts.append(_map(reader, asked, issues))
    if place.parent_org_id is None:
        parts.append(venues_below.towns(reader, asked))
    parts.append(venues_below.branches(reader, asked))
    return parts


def _numbers(
    asked: Asked,
    found: Venues | None,
    counted: Counts,
    use: Mapping[str, Row],
    issues: Sequence[Issue],
) -> Numbers:
    now, then = counted.get(asked.month, {}), counted.get(compared(asked), {})
    here, before = (
        ratio(use.get(m), "activities_at_venue", "activities") for m in (asked.month, compared(asked))
    )
    late = [one for one in issues if _overdue(asked, one)]
    return Numbers(
        "figures",
        "",
        numbers=(
            *([] if asked.place.is_branch else _of_town(found)),
            _share(asked, "有阵地可用的支部", now, then, "with_venue", "branches"),
            _share(asked, "一年内检查过", now, then, "inspected", "with_venue"),
            Number(
                "待整改阵地",
                len(issues) if issues or _inspected(counted) else None,
                unit="处",
                note=f"今天，超期 {len(late)}",
                better="down",
            ),
            Number(
                "在阵地开展的活动",
                here,
                "share",
                change=difference(here, before),
                change_label=than_label(asked),
                origin=Origin("activities_at_venue", asked.place.org_id, asked.month),
            ),
        ),
        note=month_label(asked.month, year=True),
    )


def _of_town(found: Venues | None) -> list[Number]:
    findings = found.findings if found else None
    nothing = "没有发现问题" if findings else "按镇街统计" if found is None else ""
    public = f"对外开放 {found.public:.0f}" if found else ""
    total = found.total if found else None
    return [
        Number("阵地", total, unit="处", note=public, why="按镇街统计", better="neither"),
        Number("整改率", findings.share if findings else None, "share", note="近一年检查发现", why=nothing),
    ]


def _share(
    asked: Asked,
    label: str,
    now: Mapping[str, int | None],
    then: Mapping[str, int | None],
    part: str,
    of: str,
) -> Number:
    here, before = ratio(now, part, of), ratio(then, part, of)
    change = difference(here, before)
    return Number(label, here, "share", change=change, change_label=than_label(asked))


def _inspected(counted: Counts) -> bool:
    """Whether any inspection is known: without one, nothing open is not good news."""
    return any(month["with_issues"] is not None for month in counted.values())


def _overdue(asked: Asked, one: Issue) -> bool:
    return one.due_on is not None and one.due_on < asked.now.date()


def _months(asked: Asked, span: Sequence[str], counted: Counts) -> Figure:
    late = [counted.get(month, {}).get("overdue") for month in span]
    all_ = [counted.get(month, {}).get("with_issues") for month in span]
    waiting = [None if n is None else n - (m or 0) for n, m in zip(all_, late, strict=True)]
    drawn = draw_columns(
        asked.look,
        span,
        [
            Series("超期未整改", late, asked.look.alarm),
            Series("待整改", waiting, asked.look.warn_fill),
        ],
        url=lambda month: asked.address.but(month=month).url,
        unit="个支部",
        height=320,
    )
    return Figure(
        "months",
        "阵地待整改的支部",
        figure=drawn if any(all_) else None,
        describes="近24个月所用阵地有待整改问题的支部数，超期的另列",
        note="近24个月月末；支部所用阵地最近一次检查的问题",
        span=12 if asked.place.is_branch else 7,
        empty="近24个月没有待整改的问题" if _inspected(counted) else "没有阵地检查记录",
    )


def _kinds(asked: Asked, found: Venues | None) -> Figure:
    kinds = found.kinds if found else {}
    drawn = draw_kinds(
        asked.look,
        [KINDS.get(kind, kind) for kind in kinds],
        [Series("阵地", list(kinds.values()), asked.look.blue[3])],
        unit="处",
        height=320,
    )
    return Figure(
        "kinds",
        "阵地类型",
        figure=drawn if kinds else None,
        describes="；".join(f"{KINDS.get(kind, kind)}{n:.0f}处" for kind, n in kinds.items()),
        note="今天",
        span=5,
        empty="阵地按镇街统计：请在镇街党(工)委或全区查看" if found is None else "没有登记的阵地",
    )


def _issues(asked: Asked, issues: Sequence[Issue], *, known: bool) -> Table:
    rows = [
        {
            "row": f"{i}",
            "venue": one.venue,
            "kind": KINDS.get(one.kind, one.kind),
            "keeper": one.keeper.short_name,
            "open": asked.address.to(home_of(one.keeper), one.keeper.org_id),
            "flags": "、".join(FLAG_WORDS[flag] for flag in one.flags),
            "due": one.due_on,
            "light": Light.RED if _overdue(asked, one) else Light.YELLOW,
        }
        for i, one in enumerate(issues)
    ]
    columns = (
        Column("venue", "阵地", grows=True, width=120, pinned=True),
        Column("light", "状态", "light", width=88, explains="红灯：超过整改期限；黄灯：待整改"),
        Column("flags", "待整改", width=120),
        Column("due", "期限", "date", width=112),
        Column("keeper", "管理组织", link="open", width=150),
        Column("kind", "类型", width=130, hidden=True),
    )
    return Table(
        "issues",
        "待整改清单",
        columns=columns,
        rows=rows,
        key="row",
        span=12 if asked.place.is_branch or not rows else 7,
        height=420 if len(rows) > 8 else 0,
        note=f"今天，{len(rows)} 处，按期限",
        empty="所管阵地没有待整改的问题" if known else "没有阵地检查记录",
    )


def _map(reader: ScopedReader, asked: Asked, issues: Sequence[Issue]) -> Figure:
    dots = venues.dots(reader, asked.place)
    at = {dot.org_id: dot for dot in dots}
    words: dict[int, list[str]] = {}
    for one in issues:
        limit = f"（限 {day_label(one.due_on)}）" if one.due_on else ""
        words.setdefault(one.keeper.org_id, []).append(f"{one.venue}{limit}")
    homes = {one.keeper.org_id: one.keeper for one in issues}
    late = {one.keeper.org_id for one in issues if _overdue(asked, one)}
    drawn = draw_dots(
        asked.look,
        dots,
        [(at[org], "；".join(text)) for org, text in words.items() if org in at],
        late,
        lambda org: asked.address.to(home_of(homes[org]), org).url,
    )
    return Figure(
        "map",
        "待整改分布",
        figure=drawn if dots else None,
        describes=f"{len(words)} 个党组织管理的阵地有待整改问题，其中 {len(late)} 个超期",
        note="管理组织所在位置",
        span=5,
        empty="党组织没有登记位置",
    )
