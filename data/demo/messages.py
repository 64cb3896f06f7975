"""通知提醒: birthdays in the Party, transfers, warnings and the reminders of members, as messages sent."""

from __future__ import annotations

import numpy as np

from data.demo.bulk import coded
from data.demo.moments import date_number
from data.demo.people import GUEST, home_on
from data.demo.timeline import DAY, Array, year_of_day
from data.demo.transfers import transfer_ids
from data.demo.warnings import Pushed
from data.demo.world import World

KINDS = ("political_birthday", "transfer_in_out", "warning", "dues", "activity")
BIRTHDAY, TRANSFER, WARNING, DUES, ACTIVITY = range(5)
CHANNELS = ("wechat", "sms", "app")


def write_messages(world: World, warned: Pushed, reminded: Pushed, members: Array) -> None:
    """Rows of ``notifications``; ``reminded`` are the warnings of ``members``, in the same order."""
    rng = world.time.stream("messages")
    _birthdays(world, rng)
    _transfers(world, rng)
    nobody = np.full(len(warned.pushed), -1)
    _put(world, rng, WARNING, nobody, warned.account_id, "warnings", warned.warning_id, warned.pushed)
    alone = np.full(len(members), -1)
    _put(world, rng, DUES, members, alone, "warnings", reminded.warning_id, reminded.pushed + 30)


class EverydayMessages:
    """Reminders of dues and invitations to meetings, month after month: 2.6 a member, which is 1.5 million
    a year in a district of 50,000 (operational contract, volume of ``notifications``)."""

    _INVITATIONS = 1.64

    def __init__(self, world: World) -> None:
        self._world, self._rng = world, world.time.stream("everyday messages")

    def write_month(self, month: int) -> None:
        """Rows of one month to everybody on the roster when it begins."""
        world, rng, first = self._world, self._rng, int(self._world.time.starts[month])
        roster, people = world.roster, world.people
        here = (roster.start < first) & (roster.end > first) & (people.fate[roster.member] != GUEST)
        owing = roster.member[here]
        again = rng.random(len(owing)) < self._INVITATIONS - 1
        invited = np.concatenate([owing, owing[again]])
        for kind, member, day in (
            (DUES, owing, rng.integers(19, 25, len(owing))),
            (ACTIVITY, invited, rng.integers(1, 26, len(invited))),
        ):
            moment = (first + day) * DAY + rng.integers(28_800, 72_000, len(member))
            _put(world, rng, kind, member, np.full(len(member), -1), "members", member + 1, moment)


def _birthdays(world: World, rng: np.random.Generator) -> None:
    """The day of joining, every year, to whoever is a member on it."""
    people, time = world.people, world.time
    own = np.flatnonzero(people.fate != GUEST)
    joined = year_of_day(people.joined[own])
    first = {year: date_number(year, 1, 1) for year in range(int(joined.min()), time.years()[-1] + 1)}
    offset = people.joined[own] - np.array([first[year] for year in joined.tolist()])
    for year in time.years():
        day = first[year] + offset
        here = (joined < year) & (day >= int(time.starts[0])) & (home_on(people, own, day) >= 0)
        member, moment = own[here], day[here] * DAY + 28_800 + rng.integers(0, 5400, int(here.sum()))
        nobody = np.full(len(member), -1)
        _put(world, rng, BIRTHDAY, member, nobody, "members", member + 1, moment)


def _transfers(world: World, rng: np.random.Generator) -> None:
    """To everybody whose transfer was completed."""
    people = world.people
    transfer = transfer_ids(people)
    member = np.flatnonzero(transfer >= 0)
    day = np.select(
        [people.came_from[member] >= 0, people.came[member] == 2],
        [people.moved[member], people.start[member]],
        people.end[member],
    )
    moment = day * DAY + 64_800 + rng.integers(0, 3600, len(member))
    nobody = np.full(len(member), -1)
    _put(world, rng, TRANSFER, member, nobody, "transfers", transfer[member], moment)


def _put(
    world: World,
    rng: np.random.Generator,
    kind: int,
    member: Array,
    account: Array,
    table: str,
    key: Array,
    moment: Array,
) -> None:
    keep = np.flatnonzero(moment < world.time.now_s)
    n = len(keep)
    delivered = moment[keep] + rng.integers(1, 90, n)
    delivered = np.where((delivered < world.time.now_s) & (rng.random(n) < 0.988), delivered, -1)
    world.writer.put(
        "notifications",
        {
            "notification_id": world.ids.take("notifications", n),
            "notify_kind": coded(np.full(n, kind), KINDS),
            "channel": coded(np.searchsorted([0.7, 0.9], rng.random(n)), CHANNELS),
            "member_id": np.where(member >= 0, member + 1, -1)[keep],
            "account_id": account[keep],
            "ref_table": coded(np.zeros(n, int), (table,)),
            "ref_id": key[keep],
            "sent_at": moment[keep],
            "delivered_at": delivered,
            "created_at": moment[keep],
            "updated_at": np.maximum(moment[keep], delivered),
        },
    )
