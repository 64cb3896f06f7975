"""A note on a warning, how the warning stands after it, and which step may follow."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from data.errors import StepRefused
from data.storable import storable
from data.viewer import Role, Viewer

Action = Literal["acknowledge", "assign", "comment", "close", "reopen"]
ACTIONS: tuple[Action, ...] = get_args(Action)
State = Literal["open", "acknowledged", "closed"]
# The operational system has nothing left to do about these: only words can follow.
OVER = ("closed", "invalid")
MOST_TEXT, MOST_NAME = 500, 40
# Characters a text must have; evidence is more than a word.
LEAST_TEXT: dict[Action, int] = {"comment": 2, "close": 10, "reopen": 4}
_WORKS: tuple[Role, ...] = ("district_org_dept", "committee_admin", "branch_secretary")
# A mobile or an identity number, however it is grouped: neither belongs into a note.
_OF_A_PERSON = re.compile(
    r"(?<!\d)(1[3-9]\d[ -]?\d{4}[ -]?\d{4}|\d{6}[ -]?\d{4}[ -]?\d{4}[ -]?\d{3}[\dXx])(?!\d)"
)
# Stands for an organisation outside of what a viewer sees.
ELSEWHERE = "查看范围外的党组织"


@dataclass(frozen=True)
class Note:
    """One step about one warning. ``revision`` counts from 1; ``state`` and the assignee are those after it."""

    warning_id: int
    revision: int
    org_id: int
    action: Action
    account_id: int
    name: str
    role: Role
    at: datetime
    text: str
    state: State
    assignee_org_id: int | None
    assignee: str


@dataclass(frozen=True)
class Standing:
    """How a warning stands at the workbench; revision 0: nobody has touched it."""

    revision: int = 0
    state: State = "open"
    assignee_org_id: int | None = None
    assignee: str = ""
    at: datetime | None = None

    def may(self, viewer: Viewer, over: bool) -> tuple[Action, ...]:
        """Steps this viewer can take now; ``over``: the operational system has closed or voided the warning."""
        works = viewer.role in _WORKS and not over
        possible: dict[Action, bool] = {
            "acknowledge": works and self.state == "open",
            "assign": works and self.state != "closed",
            "comment": viewer.role in _WORKS or viewer.role == "district_leader",
            "close": works and self.state != "closed",
            "reopen": works and self.state == "closed",
        }
        return tuple(action for action in ACTIONS if possible[action])


UNTOUCHED = Standing()


@dataclass(frozen=True)
class Step:
    """What a viewer wants to do, having seen ``revision``; ``assignee`` names an organisation of the subtree or says
    in words whose task it is."""

    warning_id: int
    revision: int
    action: Action
    text: str = ""
    assignee: str = ""


def checked(step: Step) -> Step:
    """The step with its texts trimmed. Raises StepRefused."""
    text, assignee = storable(step.text).strip(), storable(step.assignee).strip()
    least = LEAST_TEXT.get(step.action, 0)
    if len(text) < least:
        raise StepRefused(f"请填写不少于{least}个字的{'佐证' if step.action == 'close' else '说明'}")
    if len(text) > MOST_TEXT or len(assignee) > MOST_NAME:
        raise StepRefused(f"说明不超过{MOST_TEXT}个字，责任人不超过{MOST_NAME}个字")
    if any(_OF_A_PERSON.search(unicodedata.normalize("NFKC", one)) for one in (text, assignee)):
        raise StepRefused("请不要填写身份证号和手机号")
    if step.action == "assign" and not assignee:
        raise StepRefused("请填写转办给哪个党组织，或责任人职务")
    return Step(step.warning_id, step.revision, step.action, text, assignee)
