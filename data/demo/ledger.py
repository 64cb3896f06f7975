"""党费账目 on three levels (WJ-32): branches collect and remit, committees pass on, the district returns and spends."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from data.demo.bulk import coded
from data.demo.timeline import DAY, Array
from data.demo.world import World

KINDS = ("collect", "remit_up", "return_down", "training", "publication", "award", "relief", "facility")
COLLECT, REMIT, RETURN, TRAINING, PUBLICATION, AWARD, RELIEF, FACILITY = range(8)
_TO_COMMITTEE, _TO_DISTRICT = 0.6, 0.5
_DISTRICT = 1


class Lines(NamedTuple):
    """Ledger lines of one kind: organisation, month, amount and the other side (-1 none)."""

    org: Array
    month: Array
    amount: Array
    other: Array


def write_ledger(world: World, collected: Array) -> None:
    """Rows of ``dues_ledger_entries`` of every closed month; ``collected`` is (months, branches) in yuan.

    No level spends more than it has received by then.
    """
    closed = world.time.closed
    if not closed:
        return
    rng, cents = world.time.stream("ledger"), np.round(collected[:closed], 2)
    above, committee = _committees(world)
    branch_org = world.registry.branch_org
    remitted = np.round(cents * _TO_COMMITTEE, 2)
    _put(world, COLLECT, "in", _lines(branch_org, cents))
    _put(world, REMIT, "out", _lines(branch_org, remitted, above))
    received = np.round(remitted @ (above[:, None] == committee), 2)
    _put(world, REMIT, "in", _lines(committee, received))
    passed = np.round(received * _TO_DISTRICT, 2)
    _put(world, REMIT, "out", _lines(committee, passed, np.full(len(committee), _DISTRICT)))
    _put(world, REMIT, "in", _lines(np.full(len(committee), _DISTRICT), passed, committee))
    returned = np.round(passed * 0.25, 2)
    _put(world, RETURN, "out", _lines(np.full(len(committee), _DISTRICT), returned, committee))
    _put(world, RETURN, "in", _lines(committee, returned, np.full(len(committee), _DISTRICT)))
    _spend(world, rng, branch_org, cents - remitted, 0.13)
    _spend(world, rng, committee, received - passed + returned, 0.8)
    district = (passed - returned).sum(axis=1, keepdims=True)
    _spend(world, rng, np.array([_DISTRICT]), district, 1.0)


def _committees(world: World) -> tuple[Array, Array]:
    """The second-level body above each branch, and all of those in order of their keys."""
    orgs, found = world.registry.tree.orgs, []
    for org in world.registry.parent_org.tolist():
        while org > _DISTRICT and orgs[org - 1].parent > _DISTRICT:
            org = orgs[org - 1].parent
        found.append(org)
    return np.array(found), np.unique(found)


def _lines(org: Array, amount: Array, other: Array | None = None) -> Lines:
    """Lines of all positive amounts of a (months, organisations) table."""
    month, at = np.nonzero(amount > 0)
    return Lines(org[at], month, amount[month, at], np.full(len(at), -1) if other is None else other[at])


def _spend(world: World, rng: np.random.Generator, org: Array, kept: Array, often: float) -> None:
    """Expenses of some months, each a part of what has been kept since the last one."""
    kinds = (TRAINING, PUBLICATION, AWARD, RELIEF, FACILITY)
    kind = rng.choice(len(kinds), kept.shape, p=[0.4, 0.25, 0.08, 0.15, 0.12])
    spends, purse = rng.random(kept.shape) < often, np.zeros(kept.shape[1])
    amount = np.zeros(kept.shape)
    for month in range(len(kept)):
        purse += kept[month]
        amount[month] = np.where(spends[month], np.floor(purse * rng.uniform(0.3, 0.8, len(purse))), 0.0)
        purse -= amount[month]
    for number, code in enumerate(kinds):
        _put(world, code, "out", _lines(org, np.where(kind == number, amount, 0.0)))


def _put(world: World, kind: int, direction: str, lines: Lines) -> None:
    time, n = world.time, len(lines.org)
    if not n:
        return
    day = time.starts[lines.month + 1] - 1
    world.writer.put(
        "dues_ledger_entries",
        {
            "entry_id": world.ids.take("dues_ledger_entries", n),
            "org_id": lines.org,
            "entry_on": day,
            "period_month": coded(lines.month, time.months),
            "entry_kind": coded(np.full(n, kind), KINDS),
            "direction": coded(np.zeros(n, int), (direction,)),
            "amount": lines.amount,
            "counterparty_org_id": lines.other,
            # On the last evening of the month: what is booked later does not count.
            "recorded_at": day * DAY + 75_600 + 600 * kind + lines.org % 600,
        },
    )
