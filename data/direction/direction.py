"""What a director has ordered of the walls so far, as one row: what is not ordered follows the programme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

WallMode = Literal["internal", "reception"]
MOST_BANNER = 40


@dataclass(frozen=True)
class Direction:
    """State after command ``number``; 0: nobody has ever directed. Times are Asia/Shanghai wall clock.

    ``scene`` is shown from ``scene_at`` on and the programme goes on after it, or not while ``held``. ``mode`` None:
    the programme's. ``town`` and ``org`` are in focus (an organisation comes with its town). ``month`` "YYYY-MM" is
    marked on time axes, from ``months_at`` on with its followers one after the other. ``blackout`` None: dark in dark
    hours only; a False of ``blackout_at`` wakes the wall until those hours end.
    """

    number: int = 0
    at: datetime | None = None
    scene: str = ""
    scene_at: datetime | None = None
    held: bool = False
    mode: WallMode | None = None
    mode_at: datetime | None = None
    town: int | None = None
    org: int | None = None
    month: str | None = None
    months_at: datetime | None = None
    banner: str = ""
    blackout: bool | None = None
    blackout_at: datetime | None = None
    account_id: int | None = None
    name: str = ""


UNDIRECTED = Direction()
