"""What a command of the director makes of the direction so far; pure, so that a refusal changes nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, get_args

from dashboard.direction import MONTHS_BACK, Step
from dashboard.scenes import WALL_MODES
from data.clock import add_months, month_of
from data.direction.direction import MOST_BANNER, Direction, WallMode
from data.errors import DirectionRefused
from data.storable import one_line

Action = Literal[
    "show",
    "next",
    "previous",
    "hold",
    "go_on",
    "mode",
    "focus",
    "months",
    "month",
    "banner",
    "dark",
    "programme",
]
ACTIONS: tuple[Action, ...] = get_args(Action)


@dataclass(frozen=True)
class Order:
    """One command as the tablet sends it: ``scene`` for show, ``mode`` internal | reception | "" (the programme's),
    ``town`` and ``org`` for focus (both None: none), ``month`` to mark or to play from ("" ends it), ``text`` of the
    banner, ``on`` for dark."""

    action: Action
    scene: str = ""
    mode: str = ""
    town: int | None = None
    org: int | None = None
    month: str = ""
    text: str = ""
    on: bool = False

    @property
    def told(self) -> str:
        """The order in one line of the audit."""
        given = (self.scene, self.mode, self.month, self.text, *(["on"] if self.on else []))
        places = [
            f"{name} {value}" for name, value in (("town", self.town), ("org", self.org)) if value is not None
        ]
        return " ".join((self.action, *(part for part in given if part), *places))


@dataclass(frozen=True)
class Known:
    """What can be ordered: the scenes of each mode in their order, the programme's own mode, towns of the district."""

    scenes: Mapping[WallMode, Sequence[str]]
    programme: WallMode
    towns: Collection[int]


def directed(before: Direction, order: Order, step: Step, now: datetime, known: Known) -> Direction:
    """The direction after an order, without its author. Raises DirectionRefused."""
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    changed: dict[str, Any] = _CHANGES[order.action](order, step, now, known)
    if order.action == "programme":
        before = Direction(number=before.number)
    return replace(before, number=before.number + 1, at=now, **changed)


def _show(order: Order, step: Step, now: datetime, known: Known) -> dict[str, Any]:
    if order.scene not in known.scenes[WALL_MODES[step.mode]]:
        raise DirectionRefused("这一幕在当前模式下不存在")
    return {"scene": order.scene, "scene_at": now}


def _next(order: Order, step: Step, now: datetime, known: Known) -> dict[str, Any]:
    return {"scene": step.next[0].slug, "scene_at": now}


def _previous(order: Order, step: Step, now: datetime, known: Known) -> dict[str, Any]:
    # The round that follows ends with the scene of now where it is one of the programme's.
    last = -2 if step.next[-1].slug == step.scene and len(step.next) > 1 else -1
    return {"scene": step.next[last].slug, "scene_at": now}


def _hold(order: Order, step: Step, now: datetime, known: Known) -> dict[str, Any]:
    return {"scene": step.scene, "scene_at": step.since, "held": True}


def _go_on(order: Order, step: Step, now: datetime, known: Known) -> dict[str, Any]:
    return {"scene": step.scene, "scene_at": now, "held": False}


def _mode(order: Order, step: Step, now: datetime, known: Known) -> dict[str, Any]:
    own = next(
        (found for mode, found in known.scenes.items() if mode == (order.mode or known.programme)), None
    )
    if own is None:
        raise DirectionRefused("本系统不提供这种模式")
    # The scene goes on where the other mode has it; where not, that mode begins with its first one.
    scene = (step.scene, step.since) if step.scene in own else (own[0], now)
    return {"mode": order.mode or None, "mode_at": now, "scene": scene[0], "scene_at": scene[1]}


def _focus(order: Order, step: Step, now: datetime, known: Known) -> dict[str, Any]:
    if order.town is not None and order.town not in known.towns:
        raise DirectionRefused("没有这个镇街")
    if order.org is not None and order.town is None:
        raise DirectionRefused("这个党组织不在任何镇街，地图上无从聚焦")
    return {"town": order.town, "org": order.org}


def _months(order: Order, step: Step, now: datetime, known: Known) -> dict[str, Any]:
    open_month = month_of(now)
    first = order.month or add_months(open_month, -MONTHS_BACK)
    return {"month": _month_of_the_axis(first, open_month), "months_at": now}


def _still(order: Order, step: Step, now: datetime, known: Known) -> dict[str, Any]:
    month = _month_of_the_axis(order.month, month_of(now)) if order.month else None
    return {"month": month, "months_at": None}


def _month_of_the_axis(month: str, open_month: str) -> str:
    fine = re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month)
    if not fine or not add_months(open_month, -MONTHS_BACK) <= month <= open_month:
        raise DirectionRefused("时间轴上没有这个月")
    return month


def _banner(order: Order, step: Step, now: datetime, known: Known) -> dict[str, Any]:
    text = one_line(order.text)
    if len(text) > MOST_BANNER:
        raise DirectionRefused(f"横幅不超过{MOST_BANNER}个字")
    return {"banner": text}


def _dark(order: Order, step: Step, now: datetime, known: Known) -> dict[str, Any]:
    return {"blackout": order.on, "blackout_at": now}


def _programme(order: Order, step: Step, now: datetime, known: Known) -> dict[str, Any]:
    return {}


_CHANGES = {
    "show": _show,
    "next": _next,
    "previous": _previous,
    "hold": _hold,
    "go_on": _go_on,
    "mode": _mode,
    "focus": _focus,
    "months": _months,
    "month": _still,
    "banner": _banner,
    "dark": _dark,
    "programme": _programme,
}
