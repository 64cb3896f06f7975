"""Who looks at posts: views per day, comments and likes, falling off within days of publication."""

from __future__ import annotations

import numpy as np

from data.demo.bulk import coded
from data.demo.people import PRESENT
from data.demo.posts import DISCUSSION, PRACTICE, SNAPSHOT, Posts
from data.demo.registrations import Registrations
from data.demo.timeline import DAY, Array
from data.demo.world import World

_DAYS = 6
_DECAY = 0.5
_USUAL_VIEWS = 21.9  # a post, as in 惠济 (HJ-27)
_MOST_COMMENTS, _MOST_LIKES = 60_000, 40_000


def write_post_traffic(world: World, posts: Posts, registrations: Registrations) -> None:
    """Rows of ``post_view_daily`` and ``post_interactions``, their sums as published where they are."""
    rng, figures = world.time.stream("post-traffic"), world.registry.tree.spec.figures
    if not len(posts.ids):
        return
    post, day, views = _views(world, rng, posts, figures.views)
    lively = np.array([1.0, 0.4, 2.0, 4.0, 1.2, 0.2])[posts.kind[post]] * views
    usual = len(posts.ids)
    comments = _whole(figures.comments, min(_MOST_COMMENTS, 1.2 * usual))
    likes = _whole(figures.likes, min(_MOST_LIKES, 0.8 * usual))
    users = _Users(world, registrations, int(posts.moment[0]) // DAY)
    for name, total in (("comment", comments), ("like", likes)):
        cell = np.repeat(np.arange(len(post)), rng.multinomial(total, lively / lively.sum()))
        member = users.draw(rng, posts.branch[post[cell]], post[cell], once=name == "like")
        _put(world, rng, posts, name, post[cell], day[cell], member)


def _whole(published: int | None, usual: float) -> int:
    return round(usual) if published is None else published


def _views(
    world: World, rng: np.random.Generator, posts: Posts, published: int | None
) -> tuple[Array, Array, Array]:
    """Post, day and views of every post and day with views; writes them."""
    n, now = len(posts.ids), world.time.now_day
    likeable = np.where(np.isin(posts.kind, (SNAPSHOT, DISCUSSION, PRACTICE)), 1.5, 1.0)
    fame = rng.lognormal(0, 0.7, n) * likeable
    first = posts.moment // DAY
    day = first[:, None] + np.arange(_DAYS)
    weight = fame[:, None] * _DECAY ** np.arange(_DAYS) * (day <= now)
    total = rng.poisson(_USUAL_VIEWS * n) if published is None else published
    count = rng.multinomial(total, (weight / weight.sum()).ravel()).reshape(weight.shape)
    post, later = np.nonzero(count)
    seen, views = day[post, later], count[post, later]
    entered = np.minimum((seen + 1) * DAY - 60, world.time.now_s - 30)
    world.writer.put(
        "post_view_daily",
        {
            "view_id": world.ids.take("post_view_daily", len(post)),
            "post_id": posts.ids[post],
            "view_on": seen,
            "views": views,
            "created_at": entered,
        },
    )
    return post, seen, views


class _Users:
    """Members with an account since before the first post, by branch."""

    def __init__(self, world: World, registrations: Registrations, first_day: int) -> None:
        people = world.people
        old = (registrations.first < first_day) & (people.fate == PRESENT) & (people.came_from < 0)
        pool = np.flatnonzero(old)
        self._pool = pool[np.argsort(people.home[pool], kind="stable")]
        self._ptr = np.searchsorted(people.home[self._pool], np.arange(world.registry.branches + 1))

    def draw(self, rng: np.random.Generator, branch: Array, post: Array, *, once: bool) -> Array:
        """A member for each entry, most from the branch itself; ``once`` gives a post no member twice.

        ``post`` is ascending. Then members of a post are neighbours in the list, its own branch among them.
        """
        low, size = self._ptr[branch], np.maximum(self._ptr[branch + 1] - self._ptr[branch], 1)
        if once:
            nth = np.arange(len(post)) - np.searchsorted(post, post)
            start = rng.integers(0, 2**30, int(post.max(initial=0)) + 1)[post] % size
            return np.asarray(self._pool[(low + start + nth) % len(self._pool)])
        own = low + rng.integers(0, size)
        other = rng.integers(0, len(self._pool), len(post))
        return np.asarray(self._pool[np.where(rng.random(len(post)) < 0.7, own, other) % len(self._pool)])


def _put(
    world: World, rng: np.random.Generator, posts: Posts, name: str, post: Array, day: Array, member: Array
) -> None:
    """Between publication, or seven in the morning, and the end of the day or now."""
    low = np.maximum(posts.moment[post] + 60, day * DAY + 7 * 3600)
    high = np.minimum(day * DAY + 23 * 3600, world.time.now_s - 20)
    low = np.minimum(low, high - 1)
    moment = low + (rng.random(len(post)) * (high - low)).astype(int)
    world.writer.put(
        "post_interactions",
        {
            "interaction_id": world.ids.take("post_interactions", len(post)),
            "post_id": posts.ids[post],
            "member_id": member + 1,
            "interaction_kind": coded(np.zeros(len(post), int), (name,)),
            "occurred_at": moment,
            "created_at": moment,
        },
    )
