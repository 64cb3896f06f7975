"""Posts of the branches: disclosure as a quarterly duty, news and exchange by their character and the season."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.demo.bulk import coded
from data.demo.people import PRESENT
from data.demo.timeline import DAY, SEASON, Array, Timeline
from data.demo.world import World

KINDS = ("branch_news", "disclosure", "snapshot", "discussion", "practice", "notice")
NEWS, DISCLOSURE, SNAPSHOT, DISCUSSION, PRACTICE, NOTICE = range(6)
MODULES = ("info", "interact", "study", "manage", "personal")
_SHARES = (0.62, 0.0, 0.16, 0.08, 0.08, 0.06)
_PUBLIC = np.array([0.6, 0.9, 0.35, 0.0, 0.85, 0.5])
_PICTURES = np.array([6, 2, 3, 0, 5, 0])
# Usual module of each kind, and the one some posts of the kind stand in instead.
_MODULE = np.array([[0, 0], [3, 3], [1, 4], [1, 2], [0, 2], [3, 3]])
_TITLES = (
    (
        "支部开展主题党日活动", "支部召开党员大会", "党课进一线", "支部组织集中学习", "党员志愿服务在行动",
        "支部走访慰问老党员", "组织生活会如期召开", "参观党性教育基地",
    ),
    ("党务公开：本季度工作", "党务公开：党费收缴情况", "党务公开：发展党员情况", "党务公开：近期重要事项"),
    ("随手拍：身边的变化", "随手拍：党员在现场", "随手拍：我们的服务点", "随手拍：整治前后"),
    ("在线讨论：如何发挥作用", "在线讨论：学习体会", "在线讨论：为支部建言"),
    ("先进经验：支部工作法", "先进经验：楼道里的组织生活", "先进经验：积分管理怎么做", "先进经验：流动党员这样管"),
    ("通知：近期工作安排", "通知：本月主题党日安排", "通知：党费缴纳提醒"),
)  # fmt: skip
_USUAL_EXTRA = 0.42  # posts a month and branch beside disclosure
# A platform whose totals an article counts was young then: its posts fall into these last months.
_YOUNG_MONTHS = 9


@dataclass
class Posts:
    """One entry per post: key, branch, kind and second of publication."""

    ids: Array
    branch: Array
    kind: Array
    moment: Array


def write_posts(world: World) -> Posts:
    """Rows of ``posts``, exactly as many as published where a number is."""
    rng, time = world.time.stream("posts"), world.time
    wanted = world.registry.tree.spec.figures.posts
    begin = 0 if wanted is None else max(0, time.closed - _YOUNG_MONTHS)
    disclosed, told = _told(time, rng, *_disclosures(world, rng, begin), wanted)
    month, other = _others(world, rng, begin, None if wanted is None else wanted - len(disclosed))
    moment = _moments(time, rng, month)
    moment = np.where(moment < time.now_s - 60, moment, np.minimum(moment - DAY, time.now_s - 60))
    branch, moment = np.concatenate([disclosed, other]), np.concatenate([told, moment])
    kind = np.concatenate([np.full(len(told), DISCLOSURE), rng.choice(6, len(other), p=_SHARES)])
    order = np.argsort(moment, kind="stable")
    posts = Posts(world.ids.take("posts", len(order)), branch[order], kind[order], moment[order])
    _put(world, rng, posts)
    return posts


def _told(
    time: Timeline, rng: np.random.Generator, month: Array, branch: Array, wanted: int | None
) -> tuple[Array, Array]:
    """Branch and second of the disclosures made by now: not more than three fifths of the wanted posts."""
    moment = _moments(time, rng, month, whole=True)
    made = np.flatnonzero(moment < time.now_s - 60)
    if wanted is not None:
        made = np.sort(rng.permutation(made)[: int(0.6 * wanted)])
    return branch[made], moment[made]


def _moments(time: Timeline, rng: np.random.Generator, month: Array, *, whole: bool = False) -> Array:
    """Office hours of any day of the month, today at the latest unless the ``whole`` month is meant."""
    end = time.starts[month + 1] if whole else np.minimum(time.starts[month + 1], time.now_day + 1)
    span = end - time.starts[month]
    day = time.starts[month] + (rng.random(len(month)) * span).astype(int)
    return np.asarray(day * DAY + rng.integers(8 * 3600, 19 * 3600, len(month)))


def _disclosures(world: World, rng: np.random.Generator, begin: int) -> tuple[Array, Array]:
    """Month and branch: once a quarter, in its first two months but for very few, some of whom never do."""
    time, nb = world.time, world.registry.branches
    months, branches = [], []
    quarter_of = np.array([int(m[:4]) * 4 + (int(m[5:]) - 1) // 3 for m in time.months])
    # A few fall silent for good at some time in the window.
    poor = np.clip(0.002 * np.exp(-0.8 * world.registry.quality[-1]), 0, 0.02)
    silent = np.where(rng.random(nb) < poor, rng.integers(quarter_of[0], quarter_of[-1] + 1, nb), 10**6)
    for quarter in np.unique(quarter_of[begin:]).tolist():
        mine = np.flatnonzero(quarter_of == quarter)
        mine = mine[mine >= begin]
        position = (int(time.months[mine[0]][5:]) - 1) % 3
        tardy = rng.random(nb) < np.clip(0.008 * np.exp(-0.9 * world.registry.quality[mine[-1]]), 0, 0.15)
        place = np.where(tardy, np.where(rng.random(nb) < 0.7, 2, 3), (rng.random(nb) < 0.42).astype(int))
        place = np.where(quarter >= silent, 3, np.maximum(place, position))
        for month in mine.tolist():
            here = (place == (time.month_no(month) - 1) % 3) & (
                world.registry.established <= time.starts[month]
            )
            months.append(np.full(int(here.sum()), month))
            branches.append(np.flatnonzero(here))
    return np.concatenate(months), np.concatenate(branches)


def _others(world: World, rng: np.random.Generator, begin: int, wanted: int | None) -> tuple[Array, Array]:
    """Month and branch of everything but disclosure, more of it where branches are good."""
    time, registry = world.time, world.registry
    elapsed = np.minimum(time.starts[1:], time.now_day + 1) - time.starts[:-1]
    season = np.array([SEASON[time.month_no(m)] for m in range(len(time.months))])
    rate = (season * elapsed / 30.4)[:, None] * np.exp(0.35 * registry.quality)
    rate *= registry.established[None] <= time.starts[:-1, None]
    rate[:begin] = 0
    if wanted is None:
        count = rng.poisson(_USUAL_EXTRA * rate)
    else:
        count = rng.multinomial(wanted, rate.ravel() / rate.sum()).reshape(rate.shape)
    month, branch = np.divmod(np.repeat(np.arange(rate.size), count.ravel()), registry.branches)
    return month, branch


def _put(world: World, rng: np.random.Generator, posts: Posts) -> None:
    n, kind = len(posts.ids), posts.kind
    personal = np.isin(kind, (SNAPSHOT, DISCUSSION))
    writer = _author(world, rng, posts)
    words = np.array([len(t) for t in _TITLES])
    title = np.concatenate([[0], np.cumsum(words)[:-1]])[kind] + rng.integers(0, words[kind])
    elsewhere = (rng.random(n) < 0.3).astype(int)
    world.writer.put(
        "posts",
        {
            "post_id": posts.ids,
            "org_id": world.registry.branch_org[posts.branch],
            "member_id": np.where(personal, writer + 1, -1),
            "post_kind": coded(kind, KINDS),
            "module": coded(_MODULE[kind, elsewhere], MODULES),
            "title": coded(title, [t for texts in _TITLES for t in texts]),
            "published_at": posts.moment,
            "media_count": rng.integers(0, _PICTURES[kind] + 1),
            "status": coded(np.zeros(n, int), ("published",)),
            "is_public": rng.random(n) < _PUBLIC[kind],
            "created_at": posts.moment,
        },
    )


def _author(world: World, rng: np.random.Generator, posts: Posts) -> Array:
    """Any member who was in the branch by then; the secretary where the one drawn was not."""
    people = world.people
    own = np.flatnonzero((people.fate == PRESENT) & (people.came_from < 0))
    own = own[np.argsort(people.home[own], kind="stable")]
    ptr = np.searchsorted(people.home[own], np.arange(world.registry.branches + 1))
    size = ptr[posts.branch + 1] - ptr[posts.branch]
    drawn = own[np.minimum(ptr[posts.branch] + (rng.random(len(size)) * size).astype(int), len(own) - 1)]
    there = (size > 0) & (people.start[drawn] <= posts.moment // DAY)
    return np.asarray(np.where(there, drawn, world.offices.secretary[posts.branch]))
