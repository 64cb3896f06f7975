"""Of the branch file: light, points and key figures, two years of points, the five basics, how the branch is set up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from dashboard.formats import day_label, decimal, integer, month_label, percent
from dashboard.leadership.comparing import compared, than_label
from dashboard.leadership.figures.five_basics import BasicAxis, Names, draw_basics
from dashboard.leadership.figures.score_history import ScoreLine, draw_history
from dashboard.leadership.key_figures import KeyFigures
from dashboard.leadership.parts import Figure, Line, Number, Numbers, Origin, Text
from dashboard.leadership.registry import Asked
from dashboard.leadership.sections.structure_words import kind_of
from dashboard.reports.grades import grade
from data.clock import last_day, months_between
from data.queries.leadership.branch_file import BranchFile
from data.queries.leadership.sums import Row, ratio
from data.readmodel.light import Light
from data.readmodel.results import RADAR_AXES
from data.readmodel.scoped import Place

MEASURES = (
    "members", "full_members", "scored_members", "index_points", "present", "required", "dues_full", "dues_owed",
    "study_hours", "term_days", "temporary", "has_committee", "has_secretary", "committee_size", "vacancy_days",
    "groups", "groups_met", "stars", "stars_before", "weak_lax", "venue_access", "venue_inspected", "venue_issues",
    "venue_issues_overdue", "dev_overdue", "dev_overdue_days", "dev_due_soon", "dev_uploads_missing", "admitted",
)  # fmt: skip
# From so many full members on a branch has a committee (R11).
COMMITTEE_FROM = 7


def key_figures(asked: Asked, found: BranchFile, before: Row | None) -> Numbers:
    """Light and points first, each with its change against the month compared with."""
    now, check, org = found.own[asked.month], found.check, asked.place.org_id

    key = KeyFigures(asked, now, before)
    hours, per_head = _hours(asked, found), f"人均{asked.profile.index_name}"
    level = grade(check.score, check.light, asked.profile.healthy_score) or ""
    return Numbers(
        "figures",
        asked.place.name,
        numbers=(
            Number("当月亮灯", float(check.light), "light", origin=Origin("light", org, asked.month)),
            key.number("诊疗分", "score", kind="decimal", unit="分", note=level, why=_why(asked)),
            *_places(asked, found),
            key.number("党员", "members", unit="名", better="neither"),
            key.number("活动参与率", "present", "required", kind="share"),
            key.number("党费收缴率", "dues_full", "dues_owed", kind="share"),
            Number("本年人均学时", hours, "decimal", "学时", origin=Origin("study_hours", org, asked.month)),
            key.number(per_head, "index_points", "scored_members", kind="decimal", unit="分"),
        ),
        note=_who(asked, found),
    )


def _why(asked: Asked) -> str:
    """Why there is no score: points are given when the month is closed."""
    return "进行中，关账后计分" if asked.month > asked.closed else "不计分"


def _places(asked: Asked, found: BranchFile) -> list[Number]:
    """Where it stands below its superior, as far as the viewer sees that, and in the whole district."""
    whole, share = f"高于{asked.profile.words.whole}", found.check.percentile
    if found.rank is None or found.superior is None:
        return [Number(f"{whole}支部", share, "share", digits=0, why="不计分")]
    note = "" if share is None else f"{whole} {percent(share, 0)}"
    return [Number(f"{_short(found.superior)}内名次", found.rank[0], unit=f"/ {found.rank[1]}", note=note)]


def _who(asked: Asked, found: BranchFile) -> str:
    kind = kind_of(asked.place)
    superior = found.check.organisation.superior
    month = month_label(asked.month, year=True)
    return " · ".join(word for word in (superior and f"上级 {superior}", kind, month) if word)


def _hours(asked: Asked, found: BranchFile) -> float | None:
    """Study hours from January to the month, per member of the month."""
    year = [m for m in months_between(f"{asked.month[:4]}-01", asked.month) if m in found.own]
    hours = [found.own[m].get("study_hours") for m in year]
    members = found.own[asked.month].get("members")
    known = [value for value in hours if value is not None]
    return sum(known) / members if known and members else None


def history(asked: Asked, found: BranchFile) -> Figure:
    """Own points beside those of the superior and the district, the lights of the months below."""
    months, look, words = found.months, asked.look, asked.profile.words
    mean = [ratio(found.district.get(m), "score_sum", "score_count") for m in months]
    lines = [ScoreLine(words.average, mean, look.district)]
    if found.superior is not None:
        above = [ratio(found.above.get(m), "score_sum", "score_count") for m in months]
        lines.append(ScoreLine(_short(found.superior), above, look.superior))
    own = [found.own[m]["score"] if m in found.own else None for m in months]
    lines.append(ScoreLine("本支部", own, look.own, width=3))
    lights = [_lit(found.own[m]["light"]) if m in found.own else None for m in months]
    links = [asked.address.but(month=m).url for m in months]
    red, yellow = lights.count(Light.RED), lights.count(Light.YELLOW)
    known = any(value is not None for value in own) or red + yellow > 0
    return Figure(
        "history",
        "诊疗分与亮灯 24 个月",
        figure=draw_history(look, months, lines, lights, links) if known else None,
        describes=f"24 个月中红灯 {red} 个月、黄灯 {yellow} 个月，本月诊疗分 {decimal(own[-1])}",
        span=8,
        note=f"红灯 {red} 个月 · 黄灯 {yellow} 个月 · 点灯号看当月",
        empty="有得分的指标不足权重的一半，不计诊疗分",
    )


def _short(place: Place) -> str:
    """南门街道 for 南门街道党工委."""
    name = place.short_name.removesuffix("党工委").removesuffix("党委").removesuffix("党总支")
    return name if len(name) <= 6 else name[:5] + "…"


def _lit(value: float | None) -> Light | None:
    return None if value is None else Light(int(value))


def basics(asked: Asked, found: BranchFile, before: Row | None) -> Figure:
    """Five axes of this month, the month compared with, and the mean of the district."""
    now, mean, radar = found.own[asked.month], found.district.get(asked.month), asked.profile.radar
    axes = [
        BasicAxis(
            radar[axis].short,
            now[axis],
            before.get(axis) if before else None,
            ratio(mean, f"{axis}_sum", f"{axis}_count"),
            asked.address.to("trace", asked.place.org_id).but(indicator=axis).url,
        )
        for axis in RADAR_AXES
    ]
    then = than_label(asked).removeprefix("较")
    names = Names("本月", then, asked.profile.words.average)
    words = "，".join(f"{axis.name}{decimal(axis.now, 0)}" for axis in axes)
    known = any(axis.now is not None for axis in axes)
    return Figure(
        "basics",
        "五个基本",
        figure=draw_basics(asked.look, axes, names) if known else None,
        describes=f"五个基本得分：{words}",
        span=4,
        note="" if known else month_label(compared(asked), year=True),
        empty="本月进行中，关账后计分"
        if asked.month > asked.closed
        else "五个基本的组成指标未启用或没有数据",
    )


def standing(asked: Asked, found: BranchFile) -> Text:
    """Committee and term, secretary, stars, development, venue: each with its state and where it comes from."""
    row = found.own[asked.month]
    makers = (_term, _secretary, _committee, _groups, _development, _venue, _stars, _put_right)
    lines = [line for make in makers if (line := make(asked, row)) is not None]
    return Text(
        "standing",
        "班子 · 发展 · 阵地",
        lines=lines,
        span=5,
        note=f"{month_label(asked.month, year=True)}月末",
        empty="班子、发展和阵地的数据未接入",
    )


def _line(
    asked: Asked, row: Row, label: str, text: str, of: str, judged_by: Sequence[str] = (), aside: str = ""
) -> Line:
    """The light is that of the first of these indicators the district judges by, shown where it asks for something;
    without one the words say it."""
    lights = [row.get(f"{name}_light") for name in judged_by]
    light = next((int(value) for value in lights if value is not None), None)
    if light in (Light.GREEN, Light.NA):
        light = None
    link = asked.address.to("trace", asked.place.org_id).but(indicator=of)
    return Line(text, label=label, light=light, aside=aside, link=link)


def _term(asked: Asked, row: Row) -> Line:
    days = row.get("term_days")
    by = ("hs_b_term", "jn_w12_term_expired")
    if row.get("temporary"):
        return _line(asked, row, "任期", "临时党支部，不计任期", "term_days")
    if days is None:
        return _line(asked, row, "任期", "没有任期记录", "term_days", by)
    until = day_label(last_day(asked.month) + timedelta(days=round(days)), year=True)
    if days < 0:
        return _line(asked, row, "任期", f"{until} 已届满", "term_days", by, f"超 {integer(-days)} 天")
    return _line(asked, row, "任期", f"{until} 届满", "term_days", by, f"剩 {integer(days)} 天")


def _secretary(asked: Asked, row: Row) -> Line | None:
    has, vacant = row.get("has_secretary"), row.get("vacancy_days")
    if has is None:
        return None
    words = "在任" if has else f"空缺 {integer(vacant)} 天" if vacant is not None else "空缺"
    return _line(asked, row, "书记", words, "vacancy_days", ("hs_b_leadership", "jn_w13_secretary_vacant"))


def _committee(asked: Asked, row: Row) -> Line | None:
    has, full = row.get("has_committee"), row.get("full_members")
    if has is None:
        return None
    if has:
        size = row.get("committee_size")
        words = f"已设，{integer(size)} 名委员" if size else "已设"
    elif full is not None and full < COMMITTEE_FROM:
        words = f"正式党员 {integer(full)} 名，可不设"
    else:
        words = f"正式党员 {integer(full)} 名，应设未设"
    return _line(asked, row, "支委会", words, "has_committee")


def _groups(asked: Asked, row: Row) -> Line | None:
    groups = row.get("groups")
    if not groups:
        return None
    words = f"{integer(groups)} 个，本月开会 {integer(row.get('groups_met'))} 个"
    return _line(asked, row, "党小组", words, "groups")


def _development(asked: Asked, row: Row) -> Line:
    overdue, soon, missing = (row.get(n) for n in ("dev_overdue", "dev_due_soon", "dev_uploads_missing"))
    by = ("hs_b_development", "jn_w14_development_overdue")
    if overdue is None:
        return _line(asked, row, "发展党员", "发展环节未接入", "dev_overdue")
    words = [f"环节超期 {integer(overdue)} 步" if overdue else "环节无超期"]
    words += (
        [f"最长 {integer(row['dev_overdue_days'])} 天"] if overdue and row.get("dev_overdue_days") else []
    )
    words += [f"七日内到期 {integer(soon)} 步"] if soon else []
    words += [f"缺材料 {integer(missing)} 步"] if missing else []
    admitted = row.get("admitted")
    aside = f"本月新发展 {integer(admitted)} 名" if admitted else ""
    return _line(asked, row, "发展党员", "，".join(words), "dev_overdue", by, aside)


def _venue(asked: Asked, row: Row) -> Line:
    access, issues, late = (row.get(n) for n in ("venue_access", "venue_issues", "venue_issues_overdue"))
    if access is None:
        return _line(asked, row, "阵地", "阵地数据未接入", "venue_access")
    if not access:
        return _line(asked, row, "阵地", "没有可用阵地", "venue_access", ("hs_b_venue",))
    seen = "一年内已检查" if row.get("venue_inspected") else "一年内未检查"
    words = f"有阵地，{seen}，" + (f"待整改 {integer(issues)} 项" if issues else "无待整改问题")
    aside = f"超期 {integer(late)} 项" if late else ""
    return _line(asked, row, "阵地", words, "venue_issues", ("hs_b_venue",), aside)


def _stars(asked: Asked, row: Row) -> Line | None:
    stars, before = row.get("stars"), row.get("stars_before")
    if stars is None:
        return None
    aside = "" if before is None else f"上年 {integer(before)} 星"
    return _line(asked, row, "星级", f"{integer(stars)} 星", "stars", ("hs_b_star",), aside)


def _put_right(asked: Asked, row: Row) -> Line | None:
    return _line(asked, row, "整顿", "列为软弱涣散党组织", "weak_lax") if row.get("weak_lax") else None
