"""短信提醒 when a limit of development draws near: a week and a day before it, and on the first day beyond it."""

from __future__ import annotations

import numpy as np

from data.demo.bulk import coded
from data.demo.development_cases import NO_LIMIT, Cases
from data.demo.timeline import DAY, Array
from data.demo.world import World

_DAYS = (-7, -1, 1)


def write_reminders(world: World, cases: Cases, step_ids: Array) -> None:
    """Rows of ``notifications`` to the main account of the branch, for steps still open on that day."""
    rng, time = world.time.stream("development-reminders"), world.time
    row, step = np.nonzero((step_ids >= 0) & (cases.due > NO_LIMIT))
    due, key = cases.due[row, step], step_ids[row, step]
    opened = cases.done[row, step - 1]
    done = np.where(cases.finished[row, step], cases.done[row, step], time.now_day + 1)
    found = []
    for days in _DAYS:
        day = due + days
        sent = (day > opened) & (day < done) & (day >= int(time.starts[0])) & (day < time.now_day)
        found.append(np.column_stack([key[sent], row[sent], day[sent]]))
    step_id, case, day = np.concatenate(found).T
    n = len(day)
    moment = day * DAY + 8 * 3600 + rng.integers(0, 900, n)
    delivered = np.where(rng.random(n) < 0.99, moment + rng.integers(2, 90, n), -1)
    world.writer.put(
        "notifications",
        {
            "notification_id": world.ids.take("notifications", n),
            "notify_kind": coded(np.zeros(n, int), ("dev_deadline",)),
            "channel": coded(np.zeros(n, int), ("sms",)),
            # The main account bears the key of its organisation.
            "account_id": world.registry.branch_org[cases.branch[case]],
            "ref_table": coded(np.zeros(n, int), ("development_steps",)),
            "ref_id": step_id,
            "sent_at": moment,
            "delivered_at": delivered,
            "created_at": moment,
            "updated_at": np.maximum(moment, delivered),
        },
    )
