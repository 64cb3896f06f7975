"""What members are given to do and hand in: tasks of the branch, yearly summaries, pledges, thought reports."""

from __future__ import annotations

import numpy as np

from data.demo.bulk import NULL_DAY, coded
from data.demo.moments import at_work, date_number
from data.demo.people import ABROAD, EXEMPT, GUEST, NORMAL, home_on
from data.demo.timeline import DAY, Array
from data.demo.world import World

_TASKS = (
    "联系服务群众",
    "网格走访",
    "政策宣讲",
    "会务服务",
    "结对帮学",
    "环境巡查",
    "材料整理",
    "志愿服务带队",
)
RESULTS = ("done", "failed", "refused")
SUBMISSIONS = ("annual_summary", "thought_report", "pledge")
_EVERY_QUARTER = 91


def write_tasks(world: World) -> None:
    """Rows of ``member_tasks``: about one and a third a year for every active member."""
    rng, time = world.time.stream("tasks"), world.time
    member, branch, assigned, due = _assigned(world, rng)
    n, now = len(member), time.now_day
    worse = np.exp(-0.8 * world.registry.quality[time.month_of_day(assigned), branch])
    draw = rng.random(n) / np.clip(worse, 0.2, 8)
    fate = np.searchsorted([0.0001, 0.0035, 0.0085], draw)  # refused, failed, done late, done in time
    finished = assigned + np.maximum(1, (rng.beta(2.5, 1.8, n) * (due - assigned)).astype(int))
    finished = np.where(fate == 2, due + rng.integers(1, 25, n), finished)
    finished = np.where((fate <= 1) | (finished >= now), NULL_DAY, finished)
    told = np.where((fate <= 1) & (due < now), due, finished)
    ids, org = world.ids.take("member_tasks", n), world.registry.branch_org[branch]
    last = np.maximum(np.where(told > NULL_DAY, told, assigned), assigned)
    stamp = np.minimum(at_work(rng, last), time.now_s - 60)
    world.writer.put(
        "member_tasks",
        {
            "task_id": ids,
            "member_id": member + 1,
            "org_id": org,
            "title": coded(rng.integers(0, len(_TASKS), n), _TASKS),
            "assigned_on": assigned,
            "due_on": due,
            "completed_on": finished,
            "result": coded(
                np.where(told == NULL_DAY, -1, np.select([fate == 0, fate == 1], [2, 1], 0)), RESULTS
            ),
            "created_at": np.minimum(assigned * DAY + 30_000, stamp),
            "updated_at": stamp,
        },
    )
    done = np.flatnonzero((finished > NULL_DAY) & (finished <= due))
    world.ledger.book_capped(
        "member_tasks", ids[done], member[done], org[done], "hs_m_task", finished[done], stamp[done]
    )


def _assigned(world: World, rng: np.random.Generator) -> tuple[Array, Array, Array, Array]:
    """(member, branch, day assigned, day due) of every task."""
    time, people = world.time, world.people
    active = np.flatnonzero((people.fate != GUEST) & (people.category1 == NORMAL))
    span = time.now_day - int(time.starts[0])
    member = rng.choice(active, round(len(active) * 1.33 * span / 365.25))
    assigned = np.sort(int(time.starts[0]) + (rng.random(len(member)) * span).astype(int))
    due = assigned + rng.integers(10, 46, len(member))
    branch = home_on(people, member, assigned)
    keep = (
        (branch >= 0) & (people.end[member] > due) & (people.came[member] * people.start[member] < assigned)
    )
    return member[keep], branch[keep], assigned[keep], due[keep]


def write_submissions(world: World) -> None:
    """Rows of ``member_submissions``; a summary is due on 31 January of the year after (hs_m_annual_summary)."""
    rng, time = world.time.stream("submissions"), world.time
    for year in time.years():
        _summaries(world, rng, year - 1)
        _pledges(world, rng, year)
    _thought_reports(world, rng)


def _put(world: World, rng: np.random.Generator, kind: int, member: Array, period: Array, day: Array) -> None:
    """Rows of one kind in time, accepted within ten days; a summary handed in by 31 January earns a point."""
    moment = day * DAY + rng.integers(7 * 3600, 22 * 3600, len(day))
    branch = home_on(world.people, member, day)
    keep = (branch >= 0) & (moment < world.time.now_s) & (day >= int(world.time.starts[0]))
    member, day, moment, branch = member[keep], day[keep], moment[keep], branch[keep]
    n = len(member)
    accepted = moment + rng.integers(3600, 10 * DAY, n)
    accepted = np.where((accepted < world.time.now_s) & (rng.random(n) < 0.998), accepted, -1)
    ids = world.ids.take("member_submissions", n)
    world.writer.put(
        "member_submissions",
        {
            "submission_id": ids,
            "member_id": member + 1,
            "submission_kind": coded(np.full(n, kind), SUBMISSIONS),
            "period": period[keep],
            "submitted_at": moment,
            "accepted_at": accepted,
            "created_at": moment,
            "updated_at": np.maximum(moment, accepted),
        },
    )
    if kind == 0:
        month = day.astype("int64").view("datetime64[D]").astype("datetime64[M]").astype(int) % 12 + 1
        ok = (accepted >= 0) & np.isin(month, (12, 1))
        org = world.registry.branch_org[branch]
        world.ledger.book_capped(
            "member_submissions", ids[ok], member[ok], org[ok], "hs_m_annual_summary", day[ok], accepted[ok]
        )


def _summaries(world: World, rng: np.random.Generator, year: int) -> None:
    """Handed in between 5 December and 31 January by nearly all, a few later or never."""
    people, close = world.people, date_number(year + 1, 1, 1)
    own = np.flatnonzero(people.fate != GUEST)
    branch = home_on(people, own, close)
    away = np.isin(people.category_on(own, np.full(len(own), close)), (ABROAD, EXEMPT))
    here = (branch >= 0) & ~(away & (rng.random(len(own)) < 0.4))
    member, branch = own[here], branch[here]
    quality = world.registry.quality[world.time.month_of_day(np.array([close]))[0]][branch]
    draw = rng.random(len(member)) / np.clip(np.exp(-0.7 * quality), 0.2, 6)
    day = date_number(year, 12, 5) + (rng.beta(2.4, 1.2, len(member)) * 56).astype(int)
    day = np.maximum(day, int(world.time.starts[0]) + rng.integers(0, 5, len(member)))
    day = np.minimum(day, np.maximum(people.end[member] - 1, close - 20))
    day = np.where(draw < 0.009, close + rng.integers(33, 75, len(member)), day)
    keep = draw > 0.004
    _put(world, rng, 0, member[keep], np.full(int(keep.sum()), str(year), dtype=object), day[keep])


def _pledges(world: World, rng: np.random.Generator, year: int) -> None:
    people = world.people
    own = np.flatnonzero((people.fate != GUEST) & (people.category1 == NORMAL))
    member = own[rng.random(len(own)) < 0.12]
    day = date_number(year, 2, 20) + rng.integers(0, 40, len(member))
    _put(world, rng, 2, member, np.full(len(member), str(year), dtype=object), day)


def _thought_reports(world: World, rng: np.random.Generator) -> None:
    """Every quarter of the year of probation."""
    people = world.people
    fresh = np.flatnonzero((people.came == 1) & (people.fate != GUEST))
    member = np.repeat(fresh, 4)
    day = (
        people.joined[member]
        + np.tile(np.arange(4), len(fresh)) * _EVERY_QUARTER
        + rng.integers(20, 85, len(member))
    )
    pick = (day < world.time.now_day) & (rng.random(len(member)) < 0.97)
    member, day = member[pick], day[pick]
    months = day.astype("int64").view("datetime64[D]").astype("datetime64[M]").astype(int)
    texts = np.array([f"{m // 12 + 1970}Q{m % 12 // 3 + 1}" for m in months.tolist()], dtype=object)
    _put(world, rng, 1, member, texts, day)
