"""A member's file and the list of a branch's members, as a page gets them; whoever reads them is handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from data.readmodel.light import Light
from data.readmodel.scoped import ScopedReader

# Characters a reason must have where one is asked for.
LEAST_REASON = 4

Lane = Literal["activities", "transfers", "dues", "study"]
LANES: tuple[Lane, ...] = ("activities", "transfers", "dues", "study")


@dataclass(frozen=True)
class Person:
    """Who the member is, as the register says today; codes in words."""

    name: str
    gender: str
    stage: str
    category: str
    joined_on: date
    full_member_on: date | None


@dataclass(frozen=True)
class ClassPoints:
    """Points of the year to date in one of the four classes; ``percentile`` is the share (0-1) of the district's
    members with fewer. None where the member is not scored."""

    name: str
    points: float | None
    average: float | None
    percentile: float | None


@dataclass(frozen=True)
class Item:
    """One of the 33 indicators; ``hidden`` where the role may not see what it is made of."""

    indicator: str
    value: float | None
    points: float | None
    average: float | None
    light: Light
    hidden: bool = False


@dataclass(frozen=True)
class Event:
    """One mark of the time line; dues are told by their state only."""

    lane: Lane
    at: date
    text: str
    state: str
    good: bool


@dataclass(frozen=True)
class Notice:
    """One warning about the member and how far it is put right."""

    indicator: str
    level: str
    raised_at: datetime
    rectify_due_on: date | None
    rectified_at: datetime | None
    state: str


@dataclass(frozen=True)
class MemberFile:
    """One member in one closed month.

    ``month`` is None where the restricted store does not hold it; then ``classes``, ``items`` and ``lights`` are
    empty. ``person`` is None while the operational database does not answer; then ``events`` and what follows are
    empty. ``grades`` (year, grade) and ``dispositions`` (opened, kind, closed) are None for a role that may not see
    them.
    """

    member_id: int
    branch_org_id: int
    month: str | None
    light: Light
    classes: tuple[ClassPoints, ...] = ()
    items: tuple[Item, ...] = ()
    lights: tuple[tuple[str, Light], ...] = ()
    person: Person | None = None
    events: tuple[Event, ...] = ()
    notices: tuple[Notice, ...] = ()
    grades: tuple[tuple[int, str], ...] | None = None
    dispositions: tuple[tuple[date, str, date | None], ...] | None = None
    read_at: datetime | None = None


@dataclass(frozen=True)
class Listed:
    """One line of a branch's members; without a name while the operational database does not answer."""

    member_id: int
    name: str | None
    category: str | None
    joined_on: date | None
    points: float | None
    light: Light


class MemberFiles(Protocol):
    """Looks at persons. Both raise OutOfScope for a member or branch outside the viewer's subtree, a role that sees
    no persons and a missing reason where one is asked for; AccountsUnreachable when the look cannot be put on record.
    """

    def members(self, reader: ScopedReader, org_id: int, month: str, reason: str) -> list[Listed]:
        """Members of a branch today, by name."""

    def file(self, reader: ScopedReader, member_id: int, month: str, reason: str) -> MemberFile:
        """One member's file."""
