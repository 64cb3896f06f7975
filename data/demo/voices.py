"""党代表 and what is asked of them: delegates of the congresses, suggestions, requests for help, public opinion."""

from __future__ import annotations

import numpy as np

from data.demo.bulk import NULL_DAY, coded
from data.demo.moments import date_number
from data.demo.people import PRESENT, home_on
from data.demo.timeline import DAY, SEASON, Array
from data.demo.world import World

LEVELS = ("town", "district", "city", "province", "nation")
REQUESTS = ("suggestion", "help", "delegate_studio", "public_opinion")
# Delegates of a district of 50,000 members.
_DELEGATES = (150, 260, 28, 5, 1)
_A_YEAR = 5_000 / 50_000


def write_voices(world: World) -> None:
    """Rows of ``party_delegates`` and ``service_requests``; an adopted suggestion earns a point."""
    _requests(world, _delegates(world))


def _delegates(world: World) -> Array:
    """Secretaries and other full members of long standing; returns the delegate keys."""
    rng, people, time = world.time.stream("delegates"), world.people, world.time
    settled = (people.fate == PRESENT) & (people.category1 == 0) & (people.full_on > -(10**8))
    settled &= people.start < int(time.starts[0]) - 400
    chance = np.where(settled, 1.0, 0.0)
    chance[world.offices.secretary] *= 12
    share = len(people) / 50_000
    counts = [max(1, round(n * share)) for n in _DELEGATES]
    total = min(sum(counts), int((chance > 0).sum()))
    member = rng.choice(len(people), total, replace=False, p=chance / chance.sum())
    level = np.repeat(np.arange(len(LEVELS)), counts)[:total]
    begin = date_number(time.years()[-1] - time.years()[-1] % 5, 1, 10) + level * 60
    begin = np.where(begin > time.now_day - 200, begin - 1826, begin)
    ids = world.ids.take("party_delegates", total)
    world.writer.put(
        "party_delegates",
        {
            "delegate_id": ids,
            "member_id": member + 1,
            "congress_level": coded(level, LEVELS),
            "term_no": np.array([18, 15, 14, 15, 20])[level],
            "started_on": begin,
            "ended_on": np.full(total, NULL_DAY),
            "created_at": begin * DAY + 36_000,
        },
    )
    return ids


def _asked(world: World, rng: np.random.Generator) -> Array:
    """Seconds of the requests up to now, in order."""
    time = world.time
    weight = np.array([SEASON[time.month_no(m)] for m in range(len(time.months))])
    n = round(len(world.people) * _A_YEAR * len(time.months) / 12)
    month = rng.choice(len(weight), n, p=weight / weight.sum())
    span = time.starts[month + 1] - time.starts[month]
    day = time.starts[month] + (rng.random(n) * span).astype(int)
    moment = np.sort(day * DAY + rng.integers(25_000, 79_000, n))
    return np.asarray(moment[moment < time.now_s])


def _requests(world: World, delegates: Array) -> None:
    rng, time, registry, people = world.time.stream("requests"), world.time, world.registry, world.people
    moment = _asked(world, rng)
    n, day = len(moment), moment // DAY
    kind = np.searchsorted([0.48, 0.72, 0.88], rng.random(n))
    member = rng.choice(np.flatnonzero((people.fate == PRESENT) & (people.category1 == 0)), n)
    branch = home_on(people, member, day)
    asks = (kind != 3) & (branch >= 0)
    branch = np.where(branch >= 0, branch, rng.integers(0, registry.branches, n))
    answered = moment + (rng.gamma(1.8, 1.9, n) * DAY).astype(int) + 3600
    answered = np.where((answered < time.now_s) & (rng.random(n) < 0.985), answered, -1)
    adopted = np.where((kind == 0) & (answered >= 0), (rng.random(n) < 0.42).astype(int), -1)
    ids = world.ids.take("service_requests", n)
    org = np.where(rng.random(n) < 0.6, registry.branch_org[branch], registry.parent_org[branch])
    world.writer.put(
        "service_requests",
        {
            "request_id": ids,
            "request_kind": coded(kind, REQUESTS),
            "member_id": np.where(asks, member + 1, -1),
            "org_id": org,
            "delegate_id": np.where(kind == 2, rng.choice(delegates, n), -1),
            "submitted_at": moment,
            "answered_at": answered,
            "is_adopted": adopted,
            "created_at": moment,
            "updated_at": np.maximum(moment, answered),
        },
    )
    good = np.flatnonzero((adopted == 1) & asks)
    home = registry.branch_org[branch[good]]
    world.ledger.book_capped(
        "service_requests", ids[good], member[good], home, "hs_m_suggestion", day[good], answered[good]
    )
