"""管理账号 and their use: sub-accounts beside the main ones, and the logins of every week (WJ-10, WJ-11)."""

from __future__ import annotations

import numpy as np

from data.demo.bulk import coded
from data.demo.timeline import DAY, Array
from data.demo.world import World

_SCOPES = ('["manage"]', '["study"]', '["info","interact"]')


def write_accounts(world: World) -> None:
    """Rows of ``admin_accounts`` (kind sub) and ``account_logins``; the main accounts bear their organisation's key."""
    _write_subs(world)
    _write_logins(world)


def _write_subs(world: World) -> None:
    rng, registry = world.time.stream("sub-accounts"), world.registry
    above = [o.org_id for o in registry.tree.orgs if o.org_type in ("party_committee", "working_committee")]
    large = registry.branch_org[(registry.size >= 25) & (rng.random(registry.branches) < 0.8)]
    org = np.concatenate([np.repeat(np.array(above, dtype=int), 2), large])
    n, begin = len(org), (int(world.time.starts[0]) - 30) * DAY
    world.writer.put(
        "admin_accounts",
        {
            "account_id": len(registry.tree.orgs) + np.arange(1, n + 1),
            "org_id": org,
            "parent_account_id": org,
            "account_kind": coded(np.zeros(n, int), ("sub",)),
            "module_scope": coded(np.arange(n) % 3, _SCOPES),
            "is_enabled": rng.random(n) < 0.97,
            "created_at": np.full(n, begin),
        },
    )


def _write_logins(world: World) -> None:
    """Two days a week or more by nearly all, Monday to Friday; a weak branch leaves a week out now and then."""
    rng, time, registry = world.time.stream("logins"), world.time, world.registry
    orgs = np.array([o.org_id for o in registry.tree.orgs if o.org_type != "party_group"])
    place = np.full(len(registry.tree.orgs) + 1, -1)
    place[registry.branch_org] = np.arange(registry.branches)
    branch = place[orgs]
    monday = int(time.starts[0]) + (-(int(time.starts[0]) + 3)) % 7
    # Day 0 was a Thursday.
    for week in range(monday, time.now_day + 1, 7):
        quality = registry.quality[time.month_of_day(np.array([week]))[0]]
        character = np.where(branch >= 0, quality[branch], 0.8)
        draw = rng.random(len(orgs)) / np.clip(np.exp(-0.9 * character), 0.1, 8)
        times = np.searchsorted([0.002, 0.012, 0.75], draw)
        _put_week(world, rng, orgs, week, times)


def _put_week(world: World, rng: np.random.Generator, orgs: Array, week: int, times: Array) -> None:
    """``times`` 0-3 different days of the week of each account."""
    spread = np.column_stack(
        [rng.integers(0, 2, len(orgs)), rng.integers(2, 4, len(orgs)), np.full(len(orgs), 4)]
    )
    account, nth = np.nonzero(np.arange(3)[None] < times[:, None])
    moment = (week + spread[account, nth]) * DAY + rng.integers(8 * 3600, 64_000, len(account))
    keep = moment < world.time.now_s
    account, moment = orgs[account[keep]], moment[keep]
    world.writer.put(
        "account_logins",
        {
            "login_id": world.ids.take("account_logins", len(account)),
            "account_id": account,
            "logged_in_at": moment,
            "channel": coded(np.searchsorted([0.6, 0.9], rng.random(len(account))), ("web", "app", "wechat")),
            "created_at": moment,
        },
    )
