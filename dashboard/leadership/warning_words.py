"""What the steps of a warning are called: in the operational system, at the workbench, and where it has climbed to."""

from __future__ import annotations

from datetime import date

from data.readmodel.light import Light
from data.workbench.note import Action, State

STATES = {
    "raised": "已亮灯",
    "pushed": "已推送",
    "acknowledged": "已签收",
    "rectifying": "整改中",
    "rectified": "已整改待核验",
    "closed": "已销号",
    "invalid": "误报撤销",
}
LEVELS = {"red": Light.RED, "yellow": Light.YELLOW}
ESCALATED = {1: "已报党(工)委", 2: "已报区委", 3: "软弱涣散"}
STANDINGS: dict[State, str] = {"open": "未签收", "acknowledged": "已签收", "closed": "已办结"}
ACTIONS: dict[Action, str] = {
    "acknowledge": "签收",
    "assign": "转办",
    "comment": "批注",
    "close": "办结",
    "reopen": "重新打开",
}


def days_late(due: date | None, today: date) -> int | None:
    """Days past a limit; None while it is not passed, or where there is none."""
    return (today - due).days if due is not None and due < today else None
