"""The light of an indicator or a branch; codes are ordered so that the worst of a set is its maximum."""

from __future__ import annotations

from enum import IntEnum


class Light(IntEnum):
    """A light; ``NA`` (the rule does not apply) and ``NODATA`` (the feed is missing) are never green."""

    NA = 0
    NODATA = 1
    GREEN = 2
    YELLOW = 3
    RED = 4
