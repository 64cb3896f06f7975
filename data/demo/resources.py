"""The library: lecturers, lectures, videos, books, templates and bases, and the branches that book them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from data.demo.bulk import coded
from data.demo.spec import DistrictSpec
from data.demo.surroundings import venue_places
from data.demo.timeline import DAY, SEASON, Array
from data.demo.world import World

KINDS = ("lecturer", "lecture", "video", "book", "template", "base")
LECTURER, LECTURE, VIDEO, BOOK, TEMPLATE, BASE = range(6)
# Lecturers, lectures and videos, and books, of a district with 2,300 branches.
_USUAL, _USUAL_BOOKS = (132, 88, 96), 120
_TOPICS = ("party_building", "current_affairs", "party_history", "discipline", "rural", "skills")
_TOPIC_WORDS = ("党的建设", "形势政策", "党史党性", "纪律作风", "乡村振兴", "业务技能")
_LECTURES = (
    "一线支部的一堂课",
    "身边榜样讲给你听",
    "红色地标里的初心",
    "支部书记讲党课",
    "情景党课",
    "微型党课",
)
_BOOKS = ("学习读本", "案例选编", "知识问答", "工作手册")
_TEMPLATES = (
    "入党申请书范文与填写说明", "谈话记录模板", "入党积极分子公示模板", "培养教育考察登记表填写样例",
    "政治审查函调模板", "支部大会决议模板", "入党志愿书填写样例", "转正申请书样例", "预备党员考察表样例",
    "支部党员大会记录模板", "支委会记录模板", "党小组会记录模板", "主题党日方案模板", "组织生活会对照检查模板",
    "民主评议测评表", "谈心谈话记录模板", "换届选举全套文书", "组织关系介绍信样例", "流动党员季度汇报模板",
    "党费收缴台账模板", "党务公开模板", "问题整改清单模板", "阵地检查拍照指引", "年度述职报告模板",
)  # fmt: skip
_BASE_KINDS = ("education_base", "open_life_base", "rural_school", "live_classroom")
_BOOKABLE = np.array([3.0, 2.0, 2.5, 0.6, 0.0, 3.0])
_BOOKINGS_A_MONTH = 0.24  # per branch
_STATES = ("booked", "used", "cancelled")
BOOKED, USED, CANCELLED = range(3)


def _in_proportion(spec: DistrictSpec, usual: int) -> int:
    return max(6, round(usual * spec.branches / 2300))


def lesson_counts(spec: DistrictSpec) -> list[int]:
    """Lecturers, lectures and videos of a district; theirs are the first keys of ``resources``, in this order."""
    figures = spec.figures
    return [
        _in_proportion(spec, usual) if published is None else published
        for usual, published in zip(
            _USUAL, (figures.lecturers, figures.lectures, figures.videos), strict=True
        )
    ]


def write_resources(world: World) -> None:
    """Rows of ``resources`` and ``resource_bookings``; lecturers, lectures and videos as many as published."""
    rng, spec = world.time.stream("resources"), world.registry.tree.spec
    counts = [*lesson_counts(spec), _in_proportion(spec, _USUAL_BOOKS)]
    venues = [n for n, (_, kind) in enumerate(venue_places(world), 1) if kind in _BASE_KINDS]
    kind = np.repeat(np.arange(6), [*counts, len(_TEMPLATES), len(venues)])
    nth = np.concatenate([np.arange(n) for n in (*counts, len(_TEMPLATES), len(venues))])
    # A template serves the work itself; everything else is spread over the topics.
    topic = np.where(kind == TEMPLATE, 0, nth * 5 % 6)
    n, first = len(kind), int(world.time.starts[0])
    day = first - 30 - rng.integers(0, 700, n)
    fresh = rng.random(n) < 0.2
    day[fresh] = first + (rng.random(int(fresh.sum())) * (world.time.now_day - first - 1)).astype(int)
    active = (rng.random(n) >= 0.03) | np.isin(kind, (TEMPLATE, LECTURER, LECTURE, VIDEO))
    ids = world.ids.take("resources", n)
    at = np.concatenate([np.full(n - len(venues), -1), np.array(venues, dtype=int)])
    world.writer.put(
        "resources",
        {
            "resource_id": ids,
            "resource_kind": coded(kind, KINDS),
            "title": pa.array(_titles(kind.tolist(), nth.tolist(), topic.tolist())),
            "topic": coded(topic, _TOPICS),
            "venue_id": at,
            "class_hours": np.where(np.isin(kind, (LECTURE, VIDEO, BASE)), 1.0 + nth % 2, np.nan),
            "published_on": day,
            "is_public": (kind != LECTURER) & (kind != TEMPLATE),
            "is_active": active,
            "created_at": day * DAY,
        },
    )
    _write_bookings(world, rng, ids, kind, day, active)


def _titles(kinds: list[int], numbers: list[int], topics: list[int]) -> list[str]:
    """No names: a lecturer is a number and a field."""
    found = []
    for kind, n, topic in zip(kinds, numbers, topics, strict=True):
        field = _TOPIC_WORDS[topic]
        found.append(
            {
                LECTURER: f"红色讲师{n + 1:03d}号（{field}）",
                LECTURE: f"特色党课：{_LECTURES[n // 6 % 6]}（{field}·{n // 36 + 1}）",
                VIDEO: f"红色视频党课：{_LECTURES[n // 6 % 6]}（{field}·{n // 36 + 1}）",
                BOOK: f"《{field}{_BOOKS[n // 6 % 4]}》第{n // 24 + 1}辑",
                TEMPLATE: _TEMPLATES[n % len(_TEMPLATES)],
                BASE: f"现场教学点{n + 1:02d}（{field}）",
            }[kind]
        )
    return found


def _write_bookings(
    world: World, rng: np.random.Generator, ids: Array, kind: Array, published: Array, active: Array
) -> None:
    """Booked some days ahead, used on the day but for the cancelled ones; the newest still lie ahead."""
    time, registry = world.time, world.registry
    season = np.array([SEASON[time.month_no(m)] for m in range(len(time.months))])
    elapsed = np.minimum(time.starts[1:], time.now_day) - time.starts[:-1]
    rate = _BOOKINGS_A_MONTH * (season * elapsed / 30.4)[:, None] * np.exp(0.25 * registry.quality)
    month, branch = np.divmod(np.repeat(np.arange(rate.size), rng.poisson(rate).ravel()), registry.branches)
    n = len(month)
    weight = _BOOKABLE[kind] * active * rng.gamma(1.2, 1.0, len(kind))
    chosen = rng.choice(len(kind), n, p=weight / weight.sum())
    day = time.starts[month] + (rng.random(n) * elapsed[month]).astype(int)
    keep = (published[chosen] < day) & (registry.established[branch] <= day)
    branch, chosen, day = branch[keep], chosen[keep], day[keep]
    n = len(day)
    use = day + rng.integers(2, 18, n)
    booked = day * DAY + rng.integers(8 * 3600, 20 * 3600, n)
    state = np.where(rng.random(n) < 0.05, CANCELLED, np.where(use < time.now_day, USED, BOOKED))
    ended = np.where(state == BOOKED, booked, np.minimum(use * DAY + 19 * 3600, time.now_s - 60))
    ended = np.where(state == CANCELLED, np.minimum(booked + 20 * 3600, time.now_s - 60), ended)
    world.writer.put(
        "resource_bookings",
        {
            "booking_id": world.ids.take("resource_bookings", n),
            "resource_id": ids[chosen],
            "org_id": registry.branch_org[branch],
            "booked_at": booked,
            "use_on": use,
            "status": coded(state, _STATES),
            "created_at": booked,
            "updated_at": np.maximum(ended, booked),
        },
    )
