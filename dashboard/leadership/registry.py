"""The registry of leadership pages: one line each; a slug names its module in ``dashboard.leadership.pages``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from data.viewer import ROLES, Role, Viewer

if TYPE_CHECKING:
    from dashboard.leadership.address import Address
    from dashboard.leadership.look import Look
    from dashboard.leadership.parts import Part
    from dashboard.profile import DistrictProfile
    from data.readmodel.scoped import Place, ScopedReader

Group = Literal["总览", "组织", "预警", "考核", "党员", "业务", "数据"]
GROUPS: tuple[Group, ...] = ("总览", "组织", "预警", "考核", "党员", "业务", "数据")
_LEADERS: tuple[Role, ...] = tuple(role for role in ROLES if role != "operator")
_DISTRICT: tuple[Role, ...] = ("district_leader", "district_org_dept")


@dataclass(frozen=True)
class Asked:
    """One question to a page: where the viewer stands, which month, how it looks.

    ``month`` is the month of the address or the last closed one, ``closed`` the last closed one, ``now`` Asia/Shanghai
    wall clock.
    """

    address: Address
    place: Place
    month: str
    closed: str
    profile: DistrictProfile
    look: Look
    now: datetime


@dataclass(frozen=True)
class Page:
    """One page: ``dashboard.leadership.pages.<slug>.build(reader, asked)`` gives its parts, top to bottom.

    ``of`` says what kind of organisation it is about: any, the district or a committee ("area"), or a branch.
    ``in_menu`` is false for a page that is only reached from another one.
    """

    code: str
    slug: str
    title: str
    group: Group
    roles: tuple[Role, ...] = _LEADERS
    of: Literal["any", "area", "branch"] = "any"
    in_menu: bool = True

    @property
    def build(self) -> Callable[[ScopedReader, Asked], Sequence[Part]]:
        """Reads the viewer's rows and makes the parts."""
        module = import_module(f"dashboard.leadership.pages.{self.slug.replace('-', '_')}")
        build: Callable[[ScopedReader, Asked], Sequence[Part]] = module.build
        return build

    def allows(self, viewer: Viewer) -> bool:
        """Whether the viewer's role opens this page."""
        return viewer.role in self.roles


PAGES: tuple[Page, ...] = (Page("L-01", "cockpit", "总览", "总览", of="area"),)
BY_SLUG = {page.slug: page for page in PAGES}
BRANCH_PAGE, COMMITTEE_PAGE, DISTRICT_PAGE, MEMBER_PAGE = "branch", "committee", "cockpit", "member"


def pages_of(viewer: Viewer) -> list[Page]:
    """Pages this viewer may open, in order of the menu."""
    return [page for page in PAGES if page.allows(viewer)]
