"""手机党校: courses in batches, and who studied which, how far and when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data.demo.bulk import coded
from data.demo.people import PRESENT, home_on
from data.demo.points import RULE_ID
from data.demo.registrations import Registrations, under45
from data.demo.timeline import DAY, FAR_DAY, SEASON, Array
from data.demo.world import World

COURSE_S = 2700  # one class hour of 45 minutes
_USUAL_HOURS = 10.0
_YEAR_BEFORE = 0.75
_YOUNG_YEAR_DAYS = 90
_POINT_HOURS, _POINTS_A_YEAR = 8, 4
_CATEGORIES = (
    ("party_building", 0.24, ("支部工作条例解读", "组织生活怎样开", "发展党员工作实务", "党费收缴问答")),
    ("current_affairs", 0.2, ("政府工作报告解读", "宏观经济形势", "区域发展战略", "国际形势述评")),
    ("rule_of_law", 0.13, ("民法典与生活", "宪法专题", "村（居）民自治法律问答", "个人信息保护")),
    ("party_history", 0.17, ("党史百年专题", "红色地标故事", "入党誓词的变迁", "党章学习")),
    ("discipline", 0.12, ("纪律处分条例解读", "作风建设专题", "警示教育")),
    ("skills", 0.05, ("办公软件与移动应用", "群众工作方法")),
    ("rural", 0.09, ("乡村振兴案例", "农村人居环境整治", "集体经济发展")),
)


@dataclass
class Catalogue:
    """Keys and publication days of the courses, in order of publication; one class hour each."""

    ids: Array
    published: Array


def write_mobile_school(world: World, registrations: Registrations) -> None:
    """Rows of ``courses`` and ``learning_records``; every eighth class hour of a year earns its points."""
    rng, time = world.time.stream("mobile-school"), world.time
    courses = _write_courses(world)
    pupil = np.flatnonzero((registrations.school < FAR_DAY) & (world.people.fate == PRESENT))
    since = registrations.school[pupil]
    begin = rng.integers(0, max(1, int((courses.published < int(time.starts[0])).sum()) // 2), len(pupil))
    hours = np.zeros((len(time.months), len(pupil)), int)
    young, _ = under45(world)
    for group in (young[pupil], ~young[pupil]):
        hours[:, group] = _plan(world, rng, courses, pupil[group], since[group], begin[group])
    taken, of_year = np.zeros(len(pupil), int), np.zeros(len(pupil), int)
    for month in range(len(time.months)):
        of_year *= time.month_no(month) != 1
        row = np.repeat(np.arange(len(pupil)), hours[month])
        nth = np.arange(len(row)) - np.repeat(np.cumsum(hours[month]) - hours[month], hours[month])
        course = (begin + taken)[row] + nth
        _write_finished(world, rng, courses, month, pupil[row], since[row], course, of_year[row] + nth + 1)
        taken += hours[month]
        of_year += hours[month]
    _write_unfinished(world, rng, courses, pupil, since, begin + taken)


def _write_courses(world: World) -> Catalogue:
    """As many class hours as published, else six new ones a month; two fifths were there before the window."""
    time, figures = world.time, world.registry.tree.spec.figures
    n = figures.course_hours or max(30, 6 * len(time.months))
    before = round(0.4 * n)
    early = int(time.starts[0]) - 30 * (12 - np.arange(before) * 12 // max(1, before))
    month = np.arange(n - before) * len(time.months) // max(1, n - before)
    published = np.concatenate([early, time.starts[month]])
    rng = time.stream("courses")
    category = rng.choice(len(_CATEGORIES), n, p=[c[1] for c in _CATEGORIES])
    titles: list[str] = []
    parts: dict[str, int] = {}
    for number, kind in enumerate(category.tolist()):
        words = _CATEGORIES[kind][2]
        word = words[number % len(words)]
        parts[word] = parts.get(word, 0) + 1
        titles.append(f"{word}（第{parts[word]}讲）")
    ids = world.ids.take("courses", n)
    world.writer.put(
        "courses",
        {
            "course_id": ids,
            "title": pa.array(titles),
            "course_category": coded(category, [c[0] for c in _CATEGORIES]),
            "class_hours": np.ones(n),
            "batch_no": np.searchsorted(np.unique(published), published) + 1,
            "published_on": published,
            "is_required": category == 0,
            "created_at": published * DAY,
        },
    )
    return Catalogue(ids, published)


def _plan(
    world: World, rng: np.random.Generator, courses: Catalogue, pupil: Array, since: Array, begin: Array
) -> Array:
    """(months, pupils) courses finished; their mean of the running year is the published one.

    A year younger than ninety days has had no time for it and gets its share.
    """
    time, n = world.time, len(since)
    zeal = rng.gamma(2.6, 1 / 2.6, n)
    # The zealous are spread over all branches: the mean of one seldom lies far from the district's.
    home = world.people.home[pupil]
    zeal /= (np.bincount(home, zeal)[home] / np.bincount(home)[home]) ** 0.9
    year = np.array([m[:4] == time.months[-1][:4] for m in time.months])
    full = np.minimum(time.starts[1:], time.now_day) - time.starts[:-1]
    season = np.array([SEASON[time.month_no(m)] for m in range(len(time.months))]) ** 0.4
    weight = season * full / 30.4 * np.where(year, 1.0, _YEAR_BEFORE)
    rate = weight[:, None] * zeal * (since[None] < time.starts[:-1, None])
    there = np.searchsorted(courses.published, time.starts[:-1], side="right")
    chance = rng.random(rate.shape)
    wanted = _hours_of_year(world, int(full[year].sum())) * n
    scale = wanted / max(1e-9, float(rate[year].sum()))
    for _ in range(4):
        hours = _within(np.floor(rate * scale + chance).astype(int), there, begin)
        scale *= wanted / max(1, int(hours[year].sum()))
    last = np.flatnonzero(year & (full > 0))
    if len(last):
        _settle(rng, hours, int(last[-1]), round(wanted) - int(hours[year].sum()), int(there[-1]) - begin)
    return hours


def _hours_of_year(world: World, days: int) -> float:
    """Class hours per pupil in the running year so far."""
    published = world.registry.tree.spec.figures.hours_per_registered
    if published is None:
        return _USUAL_HOURS * days / 365
    return published * min(1.0, days / _YOUNG_YEAR_DAYS)


def _within(hours: Array, there: Array, begin: Array) -> Array:
    """Nobody takes more courses than are published by then."""
    taken = np.zeros(len(begin), int)
    for month, courses in enumerate(there.tolist()):
        hours[month] = np.clip(hours[month], 0, np.maximum(courses - begin - taken, 0))
        taken += hours[month]
    return hours


def _settle(rng: np.random.Generator, hours: Array, month: int, missing: int, room: Array) -> None:
    """Add or take single courses of one month until the year's sum is met, as far as there is room."""
    free = hours.sum(axis=0) < room if missing > 0 else hours[month] > 0
    chosen = rng.permutation(np.flatnonzero(free))[: abs(missing)]
    hours[month, chosen] += np.sign(missing)


def _write_finished(
    world: World,
    rng: np.random.Generator,
    courses: Catalogue,
    month: int,
    member: Array,
    since: Array,
    course: Array,
    of_year: Array,
) -> None:
    """One in eight was interrupted and taken up again later where it had stopped."""
    time, n = world.time, len(member)
    first, last = int(time.starts[month]), min(int(time.starts[month + 1]), time.now_day)
    day = first + (rng.random(n) * (last - first)).astype(int)
    end = day * DAY + rng.integers(6 * 3600, 23 * 3600, n)
    pause = np.where(rng.random(n) < 0.125, rng.integers(3600, 5 * DAY, n), 0)
    floor = np.maximum(courses.published[course], since + 1) * DAY + 5 * 3600
    begun = np.minimum(np.maximum(end - COURSE_S - pause, floor), end - COURSE_S)
    ids = world.ids.take("learning_records", n)
    world.writer.put(
        "learning_records",
        {
            "record_id": ids,
            "member_id": member + 1,
            "course_id": courses.ids[course],
            "started_at": begun,
            "last_position_s": np.full(n, COURSE_S),
            "progress": np.ones(n),
            "completed_at": end,
            "credited_hours": np.ones(n),
            "channel": _channels(rng, n),
            "created_at": begun,
            "updated_at": end,
        },
    )
    earns = (of_year % _POINT_HOURS == 0) & (of_year <= _POINT_HOURS * _POINTS_A_YEAR)
    _book(world, ids[earns], member[earns], day[earns], end[earns])


def _book(world: World, records: Array, member: Array, day: Array, moment: Array) -> None:
    """Two points for the class hour that fills up eight."""
    org = world.registry.branch_org[home_on(world.people, member, day)]
    rule = RULE_ID["hs_m_study_hours"]
    world.ledger.book("learning_records", records, member, org, rule, 2.0, day, moment)


def _write_unfinished(
    world: World, rng: np.random.Generator, courses: Catalogue, pupil: Array, since: Array, course: Array
) -> None:
    """The course some have open just now, with the second where they stopped."""
    now = world.time.now_s
    some = np.flatnonzero((course < len(courses.ids)) & (rng.random(len(pupil)) < 0.14))
    some = some[np.maximum(courses.published[course[some]], since[some]) * DAY < now - 2 * DAY]
    n = len(some)
    floor = np.maximum(courses.published[course[some]], since[some] + 1) * DAY + 8 * 3600
    begun = np.maximum(now - rng.integers(3600, 25 * DAY, n), floor)
    position = rng.integers(60, COURSE_S - 60, n)
    world.writer.put(
        "learning_records",
        {
            "record_id": world.ids.take("learning_records", n),
            "member_id": pupil[some] + 1,
            "course_id": courses.ids[course[some]],
            "started_at": begun,
            "last_position_s": position,
            "progress": np.round(position / COURSE_S, 4),
            "credited_hours": np.zeros(n),
            "channel": _channels(rng, n),
            "created_at": begun,
            "updated_at": np.minimum(begun + position, now - 30),
        },
    )


def _channels(rng: np.random.Generator, n: int) -> pa.Array:
    return coded(np.searchsorted([0.82, 0.94], rng.random(n)), ("app", "web", "tv"))
