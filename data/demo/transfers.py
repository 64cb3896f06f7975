"""Transfers of the organisational relation: finished, rejected and pending ones with every step of approval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.demo.bulk import NULL_DAY, coded
from data.demo.people import LEFT, PRESENT, People
from data.demo.timeline import DAY, Array
from data.demo.world import World

STEP_TYPES = (
    "branch_register",
    "out_committee_review",
    "district_review",
    "in_committee_review",
    "branch_accept",
)
REGISTER, OUT, DISTRICT, IN, ACCEPT = range(5)
_REVIEWS = (OUT, DISTRICT, IN)
REASONS = ("job_change", "relocation", "graduation", "retirement", "demobilized", "other")
STATES = ("completed", "pending", "rejected", "letter_issued", "expired")
COMPLETED, PENDING, REJECTED, LETTER, EXPIRED = range(5)
_PATHS = {"within": (REGISTER, OUT, IN, ACCEPT), "in": (IN, ACCEPT), "out": (REGISTER, OUT, DISTRICT)}
_LIMIT_DAYS = np.array([5, 10, 10, 10, 5])
_DISTRICT_COMMITTEE = 1
_VALID_DAYS = 60  # of a letter of introduction (R21: at most 90)


@dataclass
class Steps:
    """Steps handled by branches: branch number, due and decided second (-1 while open), for the lights."""

    branch: Array
    due: Array
    decided: Array


def transfer_ids(people: People) -> Array:
    """Transfer id per member, -1 for those who never moved: within first, then in, then out."""
    found = np.full(len(people), -1)
    moved = np.concatenate(_moved(people))
    found[moved] = np.arange(1, len(moved) + 1)
    return found


def _moved(people: People) -> tuple[Array, Array, Array]:
    return (
        np.flatnonzero(people.came_from >= 0),
        np.flatnonzero((people.came == 2) & (people.fate == PRESENT)),
        np.flatnonzero(people.fate == LEFT),
    )


class Transfers:
    """Writes all transfers; ``steps`` are the branches' own steps."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._rng = world.time.stream("transfers")
        self._found: list[Steps] = []
        self._applied = np.zeros(0, int)
        self._solved = world.registry.tree.spec.figures.transfers_overdue_solved

    def write(self) -> Steps:
        """Finished ones in the order of ``transfer_ids``, then rejected, pending and unredeemed ones."""
        people, home = self.world.people, self.world.people.home
        within, came, left = _moved(people)
        self._finished("within", within, people.came_from[within], home[within], people.moved[within])
        self._finished("in", came, np.full(len(came), -1), home[came], people.start[came])
        self._finished("out", left, home[left], np.full(len(left), -1), people.end[left])
        self._others()
        self._letters()
        return Steps(
            *(np.concatenate([getattr(s, f) for s in self._found]) for f in ("branch", "due", "decided"))
        )

    def _durations(self, n: int, path: tuple[int, ...], quality: Array) -> Array:
        """(n, steps) seconds at each desk; weak branches overrun now and then."""
        rng, limit = self._rng, _LIMIT_DAYS[list(path)]
        share = rng.beta(1.3, 3.0, (n, len(path))) * 0.95
        late = self._late(n, path, quality)
        days = np.where(late, limit + rng.gamma(1.5, 6.0, (n, len(path))), share * limit)
        return np.asarray((days * DAY).astype(int) + 600)

    def _late(self, n: int, path: tuple[int, ...], quality: Array) -> Array:
        """(n, steps) flags of decisions after their limit: by chance, or one in each of the published number."""
        if self._solved is None:
            chance = np.clip(0.012 * np.exp(-0.8 * quality), 0, 0.2)
            return np.asarray(self._rng.random((n, len(path))) < chance[:, None])
        late, reviews = (
            np.zeros((n, len(path)), bool),
            [at for at, step in enumerate(path) if step in _REVIEWS],
        )
        chosen = self._rng.permutation(n)[: self._solved]
        late[chosen, self._rng.choice(reviews, len(chosen))] = True
        self._solved -= len(chosen)
        return late

    def _finished(self, direction: str, member: Array, source: Array, target: Array, day: Array) -> None:
        rng, path, n = self._rng, _PATHS[direction], len(member)
        if not n:
            return
        desk = np.where(target >= 0, target, source)
        took = self._durations(n, path, self.world.registry.quality[-1][desk])
        done = np.minimum(day * DAY + rng.integers(9 * 3600, 17 * 3600, n), self.world.time.now_s - 120)
        after = np.cumsum(took[:, ::-1], axis=1)[:, ::-1]
        opened = done[:, None] - after
        decided = np.column_stack([opened[:, 1:], done])
        self._put(direction, member, source, target, opened, decided, np.zeros(n, int))

    def _others(self) -> None:
        """Rejected ones of the past and pending ones, a few of them stuck beyond their limit."""
        world, rng = self.world, self._rng
        time, n_all = world.time, len(world.people)
        n_rejected, n_pending = max(1, n_all // 160), max(2, n_all // 250)
        n = n_rejected + n_pending
        free = np.flatnonzero((world.people.fate == PRESENT) & (world.people.came_from < 0))
        member = rng.choice(free, n, replace=False)
        self._applied = member
        source, target = world.people.home[member], rng.integers(0, world.registry.branches, n)
        pending = np.arange(n) >= n_rejected
        stop = np.where(pending, rng.choice([1, 2, 3, 3], n), rng.integers(0, 4, n))
        wait = np.where(rng.random(n) < 0.16, rng.gamma(2.0, 9.0, n) + 6, rng.uniform(0.1, 4.0, n)) * DAY
        span = (time.now_day - int(time.starts[0]) - 30) * DAY
        here = np.where(
            pending, time.now_s - wait.astype(int), time.now_s - (rng.random(n) * max(span, DAY)).astype(int)
        )
        took = self._durations(n, _PATHS["within"], np.ones(n))
        at = np.arange(4)[None]
        before = np.where(at < stop[:, None], took, 0)
        opened = here[:, None] - np.cumsum(before[:, ::-1], axis=1)[:, ::-1]
        end = np.where(pending, -1, np.minimum(here + 20000, time.now_s - 60))[:, None]
        decided = np.where(at < stop[:, None], np.column_stack([opened[:, 1:], opened[:, -1]]), end)
        reached = at <= stop[:, None]
        self._put(
            "within",
            member,
            source,
            target,
            np.where(reached, opened, -1),
            np.where(reached, decided, -1),
            np.where(pending, 1, 2),
        )

    def _letters(self) -> None:
        """Letters of introduction nobody has taken in yet, a few of them expired: 口袋党员."""
        world, rng = self.world, self._rng
        n_valid, n_expired = max(2, len(world.people) // 1600), max(1, len(world.people) // 8000)
        people, n = world.people, n_valid + n_expired
        since = world.time.now_day - 200
        stays = (people.fate == PRESENT) & (people.came_from < 0) & (people.start < since)
        free = np.setdiff1d(np.flatnonzero(stays), self._applied)
        member = rng.choice(free, n, replace=False)
        expired = np.arange(n) >= n_valid
        age = np.where(
            expired, rng.integers(_VALID_DAYS + 2, _VALID_DAYS + 60, n), rng.integers(1, _VALID_DAYS, n)
        )
        took = self._durations(n, _PATHS["out"], np.ones(n))
        issued = (world.time.now_day - age) * DAY + rng.integers(9 * 3600, 17 * 3600, n)
        opened = issued[:, None] - np.cumsum(took[:, ::-1], axis=1)[:, ::-1]
        decided = np.column_stack([opened[:, 1:], issued])
        state = np.where(expired, EXPIRED, LETTER)
        self._put("out", member, people.home[member], np.full(n, -1), opened, decided, state)

    def _put(
        self,
        direction: str,
        member: Array,
        source: Array,
        target: Array,
        opened: Array,
        decided: Array,
        state: Array,
    ) -> None:
        world, rng, n = self.world, self._rng, len(member)
        ids, registry = world.ids.take("transfers", n), world.registry
        applied, outside = opened[:, 0] - 1800, direction != "within"
        last = decided.max(axis=1)
        orgs = np.append(registry.branch_org, -1)
        world.writer.put(
            "transfers",
            {
                "transfer_id": ids,
                "member_id": member + 1,
                "direction": coded(np.zeros(n, int), (direction,)),
                "from_org_id": orgs[source],
                "to_org_id": orgs[target],
                "external_org_name": coded(np.full(n, 0 if outside else -1), ("外地某党组织",)),
                "external_region": coded(
                    np.where(outside, rng.integers(0, 6, n), -1),
                    ("330200", "330100", "310000", "320500", "440300", "340100"),
                ),
                "reason": coded(np.searchsorted([0.55, 0.75, 0.85, 0.94, 0.97], rng.random(n)), REASONS),
                "applied_at": applied,
                "state": coded(state, STATES),
                "completed_at": np.where(state == COMPLETED, last, -1),
                "created_at": np.maximum(applied, last),
            }
            | (self._letter_columns(ids, last, state) if direction == "out" else {}),
        )
        self._put_steps(direction, ids, source, target, opened, decided, state)

    def _letter_columns(self, ids: Array, issued: Array, state: Array) -> dict[str, Array]:
        """Each transfer to outside carries a letter; the receipt comes days after it was taken in."""
        day, n, now = issued // DAY, len(ids), self.world.time.now_day
        until = day + _VALID_DAYS
        receipt = np.where(state == COMPLETED, day + self._rng.integers(5, 40, n), now)
        changed = np.where(receipt < now, receipt * DAY + 36_000, issued)
        return {
            "letter_no": np.array([f"介{i:07d}" for i in ids.tolist()], object),
            "letter_issued_on": day,
            "letter_valid_until": until,
            "receipt_on": np.where(receipt < now, receipt, NULL_DAY),
            "updated_at": np.where(state == EXPIRED, (until + 1) * DAY + 3600, changed),
        }

    def _put_steps(
        self,
        direction: str,
        ids: Array,
        source: Array,
        target: Array,
        opened: Array,
        decided: Array,
        state: Array,
    ) -> None:
        world, path, n = self.world, _PATHS[direction], len(ids)
        kind = np.tile(np.array(path), (n, 1))
        handler = self._handlers(path, source, target)
        due = np.where(opened >= 0, opened + _LIMIT_DAYS[kind] * DAY, -1)
        refused = (state == 2)[:, None] & (decided == decided.max(axis=1)[:, None]) & (decided >= 0)
        verdict = np.where(decided < 0, -1, np.where(refused, 1, 0))
        seq = np.tile(np.arange(1, len(path) + 1), (n, 1))
        first = np.repeat(opened[:, :1], len(path), axis=1)
        world.writer.put(
            "transfer_steps",
            {
                "step_id": world.ids.take("transfer_steps", kind.size),
                "transfer_id": np.repeat(ids, len(path)),
                "step_seq": seq.ravel(),
                "step_type": coded(kind.ravel(), STEP_TYPES),
                "handler_org_id": handler.ravel(),
                "opened_at": opened.ravel(),
                "due_at": due.ravel(),
                "decided_at": decided.ravel(),
                "decision": coded(verdict.ravel(), ("approve", "reject")),
                "created_at": np.maximum(np.maximum(opened, decided), first).ravel(),
            },
        )
        own = np.isin(kind, (REGISTER, ACCEPT)) & (opened >= 0)
        branch = np.where(kind == REGISTER, source[:, None], target[:, None])
        self._found.append(Steps(branch[own], due[own], decided[own]))

    def _handlers(self, path: tuple[int, ...], source: Array, target: Array) -> Array:
        """(transfers, steps) organisation at whose desk each step lies."""
        registry, handler = self.world.registry, np.empty((len(source), len(path)), int)
        for at, step in enumerate(path):
            where = source if step in (REGISTER, OUT, DISTRICT) else target
            desk = registry.branch_org if step in (REGISTER, ACCEPT) else registry.parent_org
            handler[:, at] = _DISTRICT_COMMITTEE if step == DISTRICT else desk[where]
        return handler
