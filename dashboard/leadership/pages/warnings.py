"""L-05 预警工作台: open warnings and who is late, their course, and one of them to be worked through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.formats import day_label, integer, month_label
from dashboard.leadership.comparing import compared, than_label
from dashboard.leadership.figures import warning_funnel
from dashboard.leadership.parts import Choice, Column, Figure, Number, Numbers, Part, Switch, Table
from dashboard.leadership.registry import Asked, Block, Way, home_of
from dashboard.leadership.sections.warnings_opened import opened
from dashboard.leadership.warning_words import ESCALATED, LEVELS, STANDINGS, STATES, days_late
from data.clock import add_months
from data.queries.leadership import warning_course, warnings
from data.queries.leadership.warning_course import FUNNEL_MONTHS, STAGES, Days, Reached, Stage
from data.queries.leadership.warnings import Bench, Counts, Listed, Listing, Window
from data.readmodel.scoped import Place, ScopedReader
from data.workbench.note import UNTOUCHED, Standing

SHOWN: dict[warnings.Choice, str] = {
    "open": "未销号",
    "waiting": "待签收",
    "taken": "工作台在办",
    "done": "工作台办结",
    "late": "超期",
    "escalated": "已升级",
    "rectified": "待核验",
    "over": "已销号、撤销",
    "all": "全部",
}
_LEVELS = {"": "红灯和黄灯", "red": "红灯", "yellow": "黄灯"}
# Columns of the table that are ordered by another field of the warning.
_SORTED = {
    "light": "level", "age": "raised_at", "raised": "raised_at", "due": "rectify_due_on",
    "late": "rectify_due_on", "acknowledge_due": "acknowledge_due_on", "acknowledged": "acknowledged_at",
    "rectified": "rectified_at", "verified": "verified_at",
}  # fmt: skip
_TURNED: dict[Way, Way] = {"asc": "desc", "desc": "asc"}
# Which list a step of the funnel opens.
_LISTED: dict[Stage, warnings.Choice] = {"raised": "all", "rectified": "rectified", "closed": "over"}
# Fewer than so many: a share says more about chance than about work.
SMALL = 5
# Rows that fit beside the funnel.
BESIDE = 6
Standings = Mapping[int, Standing]


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """Choices, key figures, the warning that was opened, the list, funnel and organisations below."""
    standings = _standings(reader, asked)
    bench, place, choice = _bench(standings), asked.place, _choice(asked)
    counts, below = warnings.now(reader, place, asked.now.date(), bench)
    listing = warnings.load(reader, place, _wanted(asked, choice, bench))
    parts: list[Part] = [
        *_switches(asked, choice),
        _figures(reader, asked, counts),
        *opened(reader, asked),
        _table(asked, listing, standings),
        _funnel(asked, warning_course.funnel(reader, place, asked.month)),
    ]
    if not place.is_branch:
        parts.append(_below(asked, below))
    return parts


def block(reader: ScopedReader, asked: Asked, wanted: Block) -> tuple[Sequence[Mapping[str, object]], int]:
    """Rows of a list that is too long to be sent at once."""
    standings = _standings(reader, asked)
    of = _wanted(asked, _choice(asked), _bench(standings))
    # Older is earlier, and later than its limit is an earlier limit.
    sort = [
        (_SORTED.get(field, field), _TURNED[way] if field in ("age", "late") else way)
        for field, way in wanted.sort
    ]
    found = warnings.load(reader, asked.place, of, Window(wanted.first, wanted.rows, sort))
    return [_row(asked, one, standings.get(one.warning_id, UNTOUCHED)) for one in found.rows], found.total


def _standings(reader: ScopedReader, asked: Asked) -> Standings:
    return asked.workbench.standings(reader) if asked.workbench else {}


def _bench(standings: Standings) -> Bench:
    of = [(one, standing.state) for one, standing in standings.items()]
    return Bench(*([one for one, state in of if state == wanted] for wanted in ("acknowledged", "closed")))


def _choice(asked: Asked) -> warnings.Choice:
    wanted = asked.address.more.get("show", "open")
    return wanted if wanted in SHOWN else "open"


def _level(asked: Asked) -> str:
    wanted = asked.address.more.get("level", "")
    return wanted if wanted in _LEVELS else ""


def _set(asked: Asked) -> str:
    wanted = asked.address.more.get("set", "")
    return wanted if wanted in asked.profile.lights else ""


def _wanted(asked: Asked, choice: warnings.Choice, bench: Bench) -> warnings.Asked:
    chosen = _set(asked)
    of_set = [rule.id for rule in asked.profile.rules[chosen]] if chosen else ()
    return warnings.Asked(choice, asked.now.date(), bench, _level(asked), of_set)


def _switches(asked: Asked, choice: warnings.Choice) -> list[Part]:
    at, level, chosen = asked.address, _level(asked), _set(asked)
    states = [
        Choice(label, at.but(show=None if name == "open" else name), name == choice)
        for name, label in SHOWN.items()
    ]
    levels = [Choice(label, at.but(level=name or None), name == level) for name, label in _LEVELS.items()]
    found: list[Part] = [
        Switch("show", "状态", choices=states, span=8),
        Switch("level", "级别", choices=levels, span=4),
    ]
    if len(asked.profile.lights) > 1:
        sets = [Choice("全部", at.but(set=None), not chosen)]
        sets += [Choice(name, at.but(set=name), name == chosen) for name in asked.profile.lights]
        found.append(Switch("set", "指标体系", choices=sets))
    return found


def _figures(reader: ScopedReader, asked: Asked, counts: Counts) -> Numbers:
    now, then = warning_course.days(reader, asked.place, (asked.month, compared(asked)))
    than = than_label(asked)

    def median(label: str, here: float | None, before: float | None) -> Number:
        change = None if here is None or before is None else here - before
        return Number(
            label,
            here,
            "decimal",
            "天",
            digits=0,
            change=change,
            change_label=than,
            better="down",
            why="尚无",
        )

    rate, before = _rate(now), _rate(then)
    moved = None if rate is None or before is None else rate - before
    return Numbers(
        "figures",
        "",
        numbers=(
            Number("未销号预警", counts.open, unit="件", note=f"红灯 {integer(counts.red)}", better="down"),
            Number("超期未整改", counts.late, unit="件", better="down"),
            Number("升级督办", counts.escalated, unit="件", note=f"软弱涣散 {counts.climbed[2]}"),
            Number(
                "工作台在办", counts.taken, unit="件", note=f"已办结 {integer(counts.done)}", better="neither"
            ),
            Number(
                "近三月销号率",
                rate,
                "share",
                change=moved,
                change_label=than,
                note=f"产生 {integer(now.raised)}",
                why="小样本" if now.raised else "没有预警",
            ),
            median("整改中位用时", now.to_rectify, then.to_rectify),
            median("销号中位用时", now.to_close, then.to_close),
        ),
    )


def _rate(days: Days) -> float | None:
    return days.closed / days.raised if days.raised >= SMALL else None


def _table(asked: Asked, listing: Listing, standings: Standings) -> Table:
    long = listing.total > len(listing.rows)
    rows = () if long else listing.rows
    warning = asked.address.more.get("warning", "")
    columns = (
        Column("name", "党组织", link="home", pinned=True, width=190),
        Column("light", "级别", "light", width=92),
        Column("indicator", "预警指标", link="open", grows=True, width=130, explains="打开这条预警"),
        Column("state", "业务状态", "state", width=112, explains="业务系统中的状态"),
        Column("standing", "工作台", "state", width=88, explains="本系统工作台的记录，不写入业务系统"),
        Column("assignee", "转办", width=110),
        Column("escalation", "升级", width=112),
        Column("age", "天数", "integer", width=76, better="down", explains="产生至今"),
        Column("due", "整改期限", "date", width=108),
        Column("late", "超期", "integer", "天", width=88, better="down"),
        Column("town", "镇街", width=100),
        Column("raised", "产生", "date", width=108, hidden=True),
        Column("superior", "上级", width=150, hidden=True),
        Column("group", "类别", width=110, hidden=True),
        Column("period", "期间", "month", width=96, hidden=True),
        Column("acknowledge_due", "签收期限", "date", hidden=True),
        Column("acknowledged", "签收", "moment", width=150, hidden=True),
        Column("rectified", "整改完成", "moment", width=150, hidden=True),
        Column("verified", "核验销号", "moment", width=150, hidden=True),
    )
    return Table(
        "warnings",
        f"{SHOWN[_choice(asked)]}预警",
        columns=columns,
        rows=[_row(asked, one, standings.get(one.warning_id, UNTOUCHED)) for one in rows],
        source="warnings" if long else "",
        total=listing.total,
        key="warning_id",
        selected=warning if warning else None,
        note=f"{integer(listing.total)} 件 · 按升级、级别、期限 · 今天 {day_label(asked.now.date())}",
        empty="没有这样的预警，可以换一种状态或级别",
    )


def _row(asked: Asked, one: Listed, standing: Standing) -> dict[str, object]:
    rule, today = asked.profile.every_rule.get(one.indicator), asked.now.date()
    over = one.state in warnings.ENDED
    return {
        "warning_id": str(one.warning_id),
        "name": one.place.short_name,
        "home": asked.address.to(home_of(one.place), one.place.org_id),
        "light": int(LEVELS[one.level]),
        "indicator": rule.short if rule else one.indicator,
        "open": asked.address.but(warning=str(one.warning_id)),
        "state": STATES.get(one.state, one.state),
        "standing": STANDINGS[standing.state] if standing.revision else "",
        "assignee": standing.assignee,
        "escalation": ESCALATED.get(one.escalation, ""),
        "raised": one.raised_at.date(),
        "age": (today - one.raised_at.date()).days,
        "due": one.rectify_due_on,
        "late": None if over else days_late(one.rectify_due_on, today),
        "town": one.town,
        "superior": one.superior,
        "group": rule.group if rule else "",
        "period": one.period,
        "acknowledge_due": one.acknowledge_due_on,
        "acknowledged": one.acknowledged_at,
        "rectified": one.rectified_at,
        "verified": one.verified_at,
    }


def _funnel(asked: Asked, reached: Reached) -> Figure:
    pairs = zip(STAGES, reached.operational, reached.derived, strict=True)
    words = "，".join(f"{warning_funnel.WORDS[stage]} {own + derived} 件" for stage, own, derived in pairs)
    first, last = (month_label(add_months(asked.month, n), year=True) for n in (1 - FUNNEL_MONTHS, 0))
    links = {stage: asked.address.but(show=choice).url for stage, choice in _LISTED.items()}
    kinds = "不含撤销" if any(reached.operational) else "均由亮灯自动生成"
    return Figure(
        "funnel",
        "从产生到销号",
        figure=warning_funnel.draw(reached, asked.look, links) if reached.raised else None,
        describes=words,
        span=12 if asked.place.is_branch else 5,
        note=f"{first}–{last} 产生，{kinds}",
        empty="这十二个月没有产生预警",
    )


def _below(asked: Asked, below: Sequence[tuple[Place, Counts]]) -> Table:
    rows = [
        {
            "org_id": place.org_id,
            "name": place.short_name,
            "open": asked.address.but(org=place.org_id, warning=None),
            "count": counts.open,
            "red": counts.red,
            "late": counts.late,
            "taken": counts.taken,
            "committee": counts.climbed[0],
            "district": counts.climbed[1],
            "weak": counts.climbed[2],
        }
        for place, counts in below
    ]
    columns = (
        Column("name", "党组织", link="open", pinned=True, width=180),
        Column("count", "未销号", "integer", width=88, better="down"),
        Column("red", "红灯", "integer", width=76, better="down"),
        Column("late", "超期", "integer", width=76, better="down"),
        Column("taken", "在办", "integer", width=76, better="neither"),
        Column("committee", "报党(工)委", "integer", width=112, better="down"),
        Column("district", "报区委", "integer", width=88, better="down"),
        Column("weak", "软弱涣散", "integer", width=100, better="down"),
    )
    return Table(
        "below",
        "下级党组织的未销号预警",
        columns=columns,
        rows=rows,
        span=7,
        # As tall as the funnel beside it.
        height=warning_funnel.HEIGHT + 12 if len(rows) > BESIDE else 0,
        note=f"{len(rows)} 个有预警 · 今天 {day_label(asked.now.date())}",
        empty="下级党组织没有未销号的预警",
    )
