"""Dues: obligations of every month, payments and their allocation, make-up payments and the points for both."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from data.demo.bulk import coded
from data.demo.people import GUEST
from data.demo.timeline import DAY, Array
from data.demo.world import World

BASES = ("monthly_wage", "annual_salary", "self_employed", "retired", "farmer", "low_fixed", "exempt")
CHANNELS = ("mobile", "bank", "cash", "payroll")
WAGE, ANNUAL, SELF, RETIRED, FARMER, LOW, EXEMPT = range(7)


class _Paid(NamedTuple):
    """Payments of one month's obligations; ``in_time`` are those in full before the cut-off."""

    obligation: Array
    member: Array
    branch: Array
    amount: Array
    paid_at: Array
    in_time: Array


class Dues:
    """Writes month after month; ``owed`` and ``failed`` (months, branches) are the parts of the collection rate."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._rng = world.time.stream("dues")
        shape = world.registry.quality.shape
        self.owed, self.failed = np.zeros(shape, int), np.zeros(shape, int)
        self.collected = np.zeros(shape)
        self._basis, self._base, self._rate, self._payable = self._terms()

    def _terms(self) -> tuple[Array, Array, Array, Array]:
        """Basis, monthly base, rate and payable amount per member (R15, R16)."""
        people, rng = self.world.people, self._rng
        n = len(people)
        kind = np.select(
            [people.occupation == 1, people.occupation == 7, people.occupation == 5],
            [FARMER, RETIRED, LOW],
            WAGE,
        )
        draw = rng.random(n)
        kind = np.where(
            (kind == WAGE) & (draw < 0.04), SELF, np.where((kind == WAGE) & (draw > 0.97), ANNUAL, kind)
        )
        kind = np.where((draw > 0.5) & (draw < 0.508), EXEMPT, kind)
        base = np.round(np.exp(rng.normal(8.75, 0.38, n)) + (people.education < 2) * 900, 0)
        base = np.where(kind == RETIRED, np.round(np.exp(rng.normal(8.35, 0.3, n))), base)
        wage = np.select([base <= 3000, base <= 5000, base <= 10000], [0.005, 0.01, 0.015], 0.02)
        rate = np.where(kind == RETIRED, np.where(base <= 5000, 0.005, 0.01), wage)
        fixed = np.select([kind == FARMER, kind == LOW, kind == EXEMPT], [1.0, 0.2, 0.0], np.nan)
        payable = np.where(np.isnan(fixed), np.maximum(np.round(base * rate, 2), 0.2), fixed)
        share = np.isnan(fixed)
        return kind, np.where(share, base, np.nan), np.where(share, rate, np.nan), payable

    def _failing(self, month: int, branch: Array, payable: Array) -> Array:
        """Who does not pay in full in time: few, and clustered in weak branches."""
        world, rng = self.world, self._rng
        nb = world.registry.branches
        owed = np.bincount(branch[payable > 0], minlength=nb)
        q = world.registry.quality[month]
        season = 1.5 if world.time.month_no(month) in (2, 8) else 1.0
        count = ((rng.random(nb) < 0.55 * season) & (owed >= 21)).astype(int) + (
            (rng.random(nb) < 0.4) & (owed >= 41)
        )
        weak = rng.random(nb) < np.clip(0.014 * season * np.exp(-0.9 * q), 0, 0.4)
        poor = rng.random(nb) < np.clip(0.0016 * season * np.exp(-1.1 * q), 0, 0.2)
        count = np.where(weak, np.maximum(2, np.round(owed * rng.uniform(0.06, 0.135, nb))), count)
        count = np.where(poor, np.maximum(2, np.round(owed * rng.uniform(0.2, 0.5, nb))), count).astype(int)
        key = np.where(payable > 0, rng.random(len(branch)), 2.0)
        order = np.lexsort((key, branch))
        rank = np.empty(len(branch), int)
        rank[order] = np.arange(len(branch)) - np.searchsorted(branch[order], branch[order])
        return np.asarray((rank < count[branch]) & (payable > 0))

    def write_month(self, month: int) -> None:
        """Obligations, payments, allocations and points of one month."""
        world, time = self.world, self.world.time
        first = int(time.starts[month])
        roster = world.roster
        here = (roster.start < first) & (roster.end > first) & (world.people.fate[roster.member] != GUEST)
        member, branch = roster.member[here], roster.branch[here]
        payable = self._payable[member]
        ids = self._owe(month, member, branch)
        failing = self._failing(month, branch, payable)
        paid_at, amount, paid = self._moments(month, payable, failing)
        dues = _Paid(ids[paid], member[paid], branch[paid], amount[paid], paid_at[paid], ~failing[paid])
        self._pay(dues, time.cutoff_s(month))
        nb = world.registry.branches
        # What is made up is booked in the month it is paid.
        paid_in = np.searchsorted(time.starts, dues.paid_at // DAY, side="right") - 1
        np.add.at(self.collected, (paid_in, dues.branch), dues.amount)
        self.owed[month] = np.bincount(branch[payable != 0], minlength=nb)
        self.failed[month] = np.bincount(branch[failing], minlength=nb)

    def _owe(self, month: int, member: Array, branch: Array) -> Array:
        """Write the obligations of a month and return their keys."""
        world, time, n = self.world, self.world.time, len(member)
        payable = self._payable[member]
        ids = world.ids.take("dues_obligations", n)
        world.writer.put(
            "dues_obligations",
            {
                "obligation_id": ids,
                "member_id": member + 1,
                "branch_org_id": world.registry.branch_org[branch],
                "dues_month": coded(np.full(n, month), time.months),
                "basis_type": coded(self._basis[member], BASES),
                "base_amount": self._base[member],
                "rate": self._rate[member],
                "payable_amount": payable,
                "exempt_reason": coded(np.where(payable == 0, 0, -1), ("经支部研究并报上级批准免缴",)),
                "due_on": np.full(n, int(time.starts[month + 1]) - 1),
                "created_at": np.full(n, int(time.starts[month]) * DAY + 1800),
            },
        )
        return ids

    def _moments(self, month: int, payable: Array, failing: Array) -> tuple[Array, Array, Array]:
        """When each obligation is paid, how much of it, and whether that has happened by now."""
        rng, time, n = self._rng, self.world.time, len(payable)
        first, cutoff = int(time.starts[month]) * DAY, time.cutoff_s(month)
        peak = np.where(rng.random(n) < 0.55, rng.beta(2.0, 5.0, n), rng.beta(5.0, 1.6, n))
        day = (peak * ((cutoff - first) // DAY - 1)).astype(int)
        paid_at = first + day * DAY + _daytime(rng, n)
        after = np.where(rng.random(n) < 0.86, rng.integers(1, 26, n), rng.integers(27, 120, n))
        paid_at = np.where(failing, cutoff + after * DAY + 40000, paid_at)
        never = failing & (rng.random(n) < 0.05)
        short = failing & ~never & (rng.random(n) < 0.06)
        paid_at = np.where(short, first + 12 * DAY + 40000, paid_at)
        amount = np.where(short, np.round(payable * 0.5, 2), payable)
        return paid_at, amount, (payable != 0) & ~never & (paid_at < time.now_s - 60) & (amount > 0)

    def _pay(self, dues: _Paid, cutoff: int) -> None:
        """Payments in time and made up, each allocated to its obligation; those in full and in time earn a point."""
        world, rng, n = self.world, self._rng, len(dues.member)
        channel = np.searchsorted([0.82, 0.88, 0.97], rng.random(n))
        recorded = self._recorded(dues.paid_at, channel == 2, cutoff)
        payments = world.ids.take("dues_payments", n)
        extra = np.where(rng.random(n) < 0.01, rng.integers(1, 100, n), 0)
        world.writer.put(
            "dues_payments",
            {
                "payment_id": payments,
                "member_id": dues.member + 1,
                "amount": dues.amount + extra,
                "paid_at": dues.paid_at,
                "channel": coded(channel, CHANNELS),
                "payer_kind": coded((rng.random(n) < 0.06).astype(int), ("self", "family")),
                "recorded_at": recorded,
            },
        )
        world.writer.put(
            "dues_payment_allocations",
            {
                "allocation_id": world.ids.take("dues_payment_allocations", n),
                "payment_id": payments,
                "obligation_id": dues.obligation,
                "amount": dues.amount,
                "is_makeup": dues.paid_at >= cutoff,
                "created_at": recorded,
            },
        )
        full = dues.in_time
        days = np.minimum(dues.paid_at[full] // DAY, cutoff // DAY - 1)
        organisations = world.registry.branch_org[dues.branch[full]]
        world.ledger.book(
            "dues_payments", payments[full], dues.member[full], organisations, 7, 1.0, days, recorded[full]
        )

    def _recorded(self, paid_at: Array, slow: Array, cutoff: int) -> Array:
        """At once, cash within a day or so; before the cut-off what was paid before it."""
        rng, n, now = self._rng, len(paid_at), self.world.time.now_s
        recorded = paid_at + np.where(slow, rng.integers(600, 30 * 3600, n), rng.integers(1, 20, n))
        recorded = np.minimum(recorded, np.where(paid_at < cutoff, cutoff - 10, now))
        return np.asarray(np.maximum(np.minimum(recorded, now - 5), paid_at))


def _daytime(rng: np.random.Generator, n: int) -> Array:
    """Seconds of the day, mostly between 8 and 21 o'clock."""
    return np.asarray((7.5 * 3600 + rng.beta(1.6, 1.8, n) * 13.5 * 3600).astype(int))
