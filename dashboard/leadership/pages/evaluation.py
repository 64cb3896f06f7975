"""L-06 考核与排名: who stands where among its like, how places moved over eight quarters, and where points get lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.leadership.evaluated import ALL, Evaluated, period_of, quarters_switch
from dashboard.leadership.figures.rank_bump import MOST, Course, draw_bump
from dashboard.leadership.parts import Choice, Column, Figure, Number, Numbers, Part, Switch, Table
from dashboard.leadership.registry import Asked
from dashboard.leadership.scoring import before_of, quarter_end, quarter_words, scoring_of, than_quarter
from dashboard.leadership.sections import score_parts
from dashboard.leadership.sections.own_score import branch_figures, course, means
from data.queries.leadership import standings
from data.queries.leadership.honours import Honours
from data.queries.leadership.standings import Scored
from data.readmodel.scoped import Place, ScopedReader


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """An area ranks what stands below it; a branch sees its own score and where it stands."""
    seen = Evaluated(reader, asked, scoring_of(asked.profile), quarter_end(asked))
    view = score_parts.broken_down(reader, asked, seen.end, before_of(asked, seen.end))
    found = score_parts.honours_of(reader, asked, seen.scoring, seen.end)
    if asked.place.is_branch:
        return [
            quarters_switch(seen),
            branch_figures(seen),
            course(seen),
            score_parts.groups_part(asked, view, 5),
            score_parts.items_part(reader, asked, view, 12),
            score_parts.honours_lines(asked, found, seen.scoring),
        ]
    return [
        *_switches(seen),
        _area_figures(seen, found),
        _ranking(seen),
        _bump(seen),
        score_parts.groups_part(asked, view, 5),
        score_parts.items_part(reader, asked, view, 7),
        score_parts.barred_part(asked, found, seen.scoring),
    ]


def _switches(seen: Evaluated) -> list[Part]:
    address = seen.asked.address
    groups = [Choice(word, address.but(of=name), name == seen.group) for name, word in seen.groups.items()]
    return [Switch("group", "对象", choices=groups, span=4), quarters_switch(seen, span=8)]


def _area_figures(seen: Evaluated, honours: Honours) -> Numbers:
    asked, scoring = seen.asked, seen.scoring
    own = standings.own(seen.reader, asked.place, scoring.measured, seen.read)
    numbers = [*means(seen, own)]
    totals = [t for t in (seen.total(one, seen.end) for one in seen.listed) if t is not None]
    numbers += [
        Number("参加排名", len(totals), unit="个", note=seen.groups[seen.group]),
        Number("可评先评优支部", honours.free, unit="个", note=f"共 {honours.branches}"),
    ]
    return Numbers("figures", "", numbers=numbers, note=period_of(seen))


def _ranking(seen: Evaluated) -> Table:
    now, before = seen.places_at(seen.end), seen.places_at(seen.before)
    in_order = sorted(seen.listed, key=lambda one: _order(seen, one, now))
    rows = [_row(seen, one, now, before) for one in in_order]
    unranked = len(rows) - len(now)
    note = f"{period_of(seen)}，{len(now)} 个" + (f"，另 {unranked} 个不排名" if unranked else "")
    return Table(
        "ranking",
        f"{seen.groups[seen.group]}排名",
        columns=_columns(seen, bool(unranked)),
        rows=rows,
        origin_month=seen.end,
        span=12 if seen.group == ALL else 7,
        note=note,
        empty=f"{quarter_words(seen.end)}没有可以排名的党组织",
    )


def _order(seen: Evaluated, one: Scored, now: Mapping[int, int]) -> tuple[float, float, float, str]:
    """Equals by attendance, members and code (§11.3)."""
    score = one.scores[seen.end]
    place = now.get(one.place.org_id, 1_000_000)
    return place, -(score.attendance or -1), -(score.members or 0), one.place.org_code


def _row(
    seen: Evaluated, one: Scored, now: Mapping[int, int], before: Mapping[int, int]
) -> dict[str, object]:
    org_id, score = one.place.org_id, one.scores[seen.end]
    place, was = now.get(org_id), before.get(org_id)
    total, then = seen.total(one, seen.end), seen.total(one, seen.before)
    return {
        "org_id": org_id,
        "name": one.place.short_name,
        "open": seen.asked.address.but(org=org_id, of=None),
        "superior": one.superior,
        "place": place,
        "climbed": None if place is None or was is None else was - place,
        "total": score.total if total is None else total,
        "change": None if total is None or then is None else round(total - then, 2),
        "mean": score.mean,
        "member_mean": score.member_mean,
        "branches": score.branches,
        "members": score.members,
        "attendance": score.attendance,
        "state": _state(one.place, place, was),
    }


def _state(place: Place, rank: int | None, was: int | None) -> str:
    if rank is None:
        return "临时支部，不排名" if place.org_type == "temporary_branch" else "新设或无分，不排名"
    return "新" if was is None else ""


def _columns(seen: Evaluated, unranked: bool) -> Sequence[Column]:
    scoring, branches = seen.scoring, seen.group == ALL
    adds = scoring.measured.adds_members
    than = "较上年" if seen.is_yearly else than_quarter(seen.asked, seen.end)
    return (
        Column("name", "党支部" if branches else "党组织", link="open", grows=True, width=84, pinned=True),
        Column("place", "名次", "integer", width=66),
        Column("climbed", "升降", "change", digits=0, width=66, explains="较上期名次，+ 为进位"),
        Column("superior", "上级", grows=True, width=120, hidden=not branches),
        Column("total", scoring.name, "decimal", digits=2, width=104, origin=scoring.of),
        Column("change", than, "change", digits=2, width=104, hidden=adds),
        Column("mean", scoring.branch, "decimal", digits=2, width=104, hidden=not adds),
        Column("member_mean", scoring.member, "decimal", digits=2, width=104, hidden=seen.is_yearly),
        Column("branches", "支部", "integer", width=66, hidden=branches or adds),
        Column("members", "党员", "integer", width=80, hidden=True),
        Column("attendance", "参与率", "share", width=90, hidden=not branches),
        Column("state", "说明", width=140, hidden=not unranked),
    )  # fmt: skip


def _bump(seen: Evaluated) -> Part:
    """Places of the group over eight quarters; of all branches the course is that of each by itself."""
    now = seen.places_at(seen.end)
    if seen.group == ALL:
        return course(seen)
    by_quarter = {end: seen.places_at(end) for end in seen.ends}
    ranked = sorted(
        (one for one in seen.listed if one.place.org_id in now), key=lambda o: _order(seen, o, now)
    )
    courses = [
        Course(
            one.place.short_name,
            [by_quarter[end].get(one.place.org_id) for end in seen.ends],
            seen.asked.address.but(org=one.place.org_id, of=None).url,
        )
        for one in ranked
    ]
    said = "，".join(f"{c.name}第{c.places[-1]}名" for c in courses[:MOST])
    return Figure(
        "bump",
        "名次走势",
        figure=draw_bump(seen.asked.look, seen.ends, courses) if len(courses) > 1 else None,
        describes=f"{quarter_words(seen.end)}：{said}",
        span=5,
        note="近八季" + (f"，前{MOST}名" if len(courses) > MOST else "") + "；蓝前三、绿进位、红退位最多",
        empty="同级不足两个，没有名次可比",
    )
