"""活动标记: what an activity was about, beside its kind (WJ-16)."""

from __future__ import annotations

import numpy as np

from data.demo.bulk import coded
from data.demo.life_plan import DELIBERATION, LECTURE, STUDY_DAY, THEME, THEORY, VISIT, VOLUNTEER
from data.demo.timeline import Array
from data.demo.world import World

TAGS = ("主题教育", "党史学习", "警示教育", "乡村振兴", "基层治理", "志愿服务", "民生实事", "红色教育")
# Tags a kind of activity may bear; kinds not named bear none.
_OF_KIND = {
    THEME: (0, 1, 3, 4, 5, 7),
    LECTURE: (0, 1, 2),
    STUDY_DAY: (0, 1, 2),
    THEORY: (0, 2),
    DELIBERATION: (4, 6),
    VOLUNTEER: (4, 5),
    VISIT: (1, 7),
}
_SHARE = 0.4


def write_tags(world: World, month: int, activity: Array, kind: Array, recorded: Array) -> None:
    """Rows of ``activity_tags`` for two in five of the activities of one month."""
    rng = world.time.stream(f"tags-{month}")
    chosen = rng.random(len(activity)) < _SHARE
    rows, tags = [], []
    for of, known in _OF_KIND.items():
        mine = np.flatnonzero(chosen & (kind == of))
        rows.append(mine)
        tags.append(rng.choice(known, len(mine)))
    row = np.concatenate(rows)
    world.writer.put(
        "activity_tags",
        {
            "activity_tag_id": world.ids.take("activity_tags", len(row)),
            "activity_id": activity[row],
            "tag": coded(np.concatenate(tags), TAGS),
            "created_at": np.minimum(recorded[row] + 60, world.time.now_s - 1),
        },
    )
