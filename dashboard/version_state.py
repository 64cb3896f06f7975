"""The truth state of a screen: how old the data are allowed to be before the screen says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from data.readmodel.reader import Feed, Version

State = Literal["fresh", "ageing", "stale", "down"]

WORDS: dict[State, str] = {
    "fresh": "数据正常",
    "ageing": "数据延迟",
    "stale": "数据过期",
    "down": "连接中断",
}


@dataclass(frozen=True)
class Limits:
    """Ages up to which data are fresh, then ageing (both ends included); older data are stale.

    ``lost`` instead of ``fresh`` where the projector says that its source does not answer: longer than one
    failed cycle, so that a hiccup does not flicker over the wall.
    """

    fresh: timedelta = timedelta(minutes=15)
    lost: timedelta = timedelta(seconds=10)
    ageing: timedelta = timedelta(hours=48)


@dataclass(frozen=True)
class Truth:
    """State of the data now; ``true_at`` is the last moment they were known to equal their source."""

    state: State
    true_at: datetime | None

    @property
    def word(self) -> str:
        """The state as the header says it."""
        return WORDS[self.state]


DOWN = Truth("down", None)


def truth_of(version: Version, feed: Feed, now: datetime, limits: Limits) -> Truth:
    """State by the time the source last answered; before its first answer, by the publish time."""
    true_at = feed.checked_at or version.published_at
    age = now - true_at
    if age <= (limits.lost if feed.state in ("unreachable", "broken") else limits.fresh):
        return Truth("fresh", true_at)
    return Truth("ageing" if age <= limits.ageing else "stale", true_at)
