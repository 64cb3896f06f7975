"""The registry of leadership pages: one line each; a slug names its module in ``dashboard.leadership.pages``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from data.projection.resource_library import Library
from data.viewer import ROLES, Role, Viewer

if TYPE_CHECKING:
    from dashboard.area_file import AreaFile
    from dashboard.leadership.address import Address
    from dashboard.leadership.look import Look
    from dashboard.leadership.parts import Part
    from dashboard.profile import DistrictProfile
    from data.devices.reports import Reports
    from data.persons.file import MemberFiles
    from data.projection.trace.evidence import Evidence
    from data.readmodel.scoped import Place, ScopedReader
    from data.workbench.workbench import Workbench

Group = Literal["总览", "组织", "预警", "考核", "党员", "业务", "数据"]
GROUPS: tuple[Group, ...] = ("总览", "组织", "预警", "考核", "党员", "业务", "数据")
_LEADERS: tuple[Role, ...] = tuple(role for role in ROLES if role != "operator")
# Roles that see more than one branch.
_OF_AREAS: tuple[Role, ...] = ("district_leader", "district_org_dept", "committee_admin")


@dataclass(frozen=True)
class Asked:
    """One question to a page: where the viewer stands, which month, how it looks.

    ``month`` is the month of the address or the last closed one, ``closed`` the last closed one, ``now`` Asia/Shanghai
    wall clock. ``evidence`` and ``members`` look into the operational database and the restricted store, ``workbench``
    into the notes on warnings, ``library`` is what prescriptions recommend from, ``areas`` the customer's own town
    areas, ``screens`` the alarms of walls and kiosks; ``reason`` is what the viewer gave for one look at persons.
    """

    address: Address
    place: Place
    month: str
    closed: str
    profile: DistrictProfile
    look: Look
    now: datetime
    viewer: Viewer
    evidence: Evidence | None = None
    library: Callable[[], Library] = Library
    members: MemberFiles | None = None
    workbench: Workbench | None = None
    areas: AreaFile | None = None
    screens: Reports | None = None
    reason: str = ""


Way = Literal["asc", "desc"]


@dataclass(frozen=True)
class Block:
    """Rows ``first`` to ``first + rows`` of a long table, ordered by these fields, the first one first."""

    first: int
    rows: int
    sort: tuple[tuple[str, Way], ...] = ()


@dataclass(frozen=True)
class Page:
    """One page: ``dashboard.leadership.pages.<slug>.build(reader, asked)`` gives its parts, top to bottom.

    ``of`` says what kind of organisation it is about: any, the district or a committee ("area"), or a branch.
    ``in_menu`` is false for a page that is only reached from another one, ``cached`` for one that shows what no
    version of the read model holds (notes, evidence, persons), ``refreshed`` for one that a newer version repaints:
    evidence and persons are looked at once, each look is on record. ``exports`` is false for what is about persons:
    shown, never taken away.
    """

    code: str
    slug: str
    title: str
    group: Group
    roles: tuple[Role, ...] = _LEADERS
    of: Literal["any", "area", "branch"] = "any"
    in_menu: bool = True
    cached: bool = True
    refreshed: bool = True
    exports: bool = True

    @property
    def build(self) -> Callable[[ScopedReader, Asked], Sequence[Part]]:
        """Reads the viewer's rows and makes the parts."""
        module = import_module(f"dashboard.leadership.pages.{self.slug.replace('-', '_')}")
        build: Callable[[ScopedReader, Asked], Sequence[Part]] = module.build
        return build

    @property
    def block(
        self,
    ) -> Callable[[ScopedReader, Asked, Block], tuple[Sequence[Mapping[str, object]], int]] | None:
        """Reads a block of the page's long table and the table's length; None for a page without one."""
        module = import_module(f"dashboard.leadership.pages.{self.slug.replace('-', '_')}")
        return getattr(module, "block", None)

    def allows(self, viewer: Viewer) -> bool:
        """Whether the viewer's role opens this page."""
        return viewer.role in self.roles


# The page on which the search box chooses the second side.
COMPARE = "compare"
_SEE_PERSONS: tuple[Role, ...] = ("district_org_dept", "committee_admin", "branch_secretary")

PAGES: tuple[Page, ...] = (
    Page("L-01", "cockpit", "总览", "总览", _OF_AREAS, "area"),
    Page("L-02", "committee", "党(工)委", "组织", _OF_AREAS, "area", False),
    Page("L-02", "matrix", "体检矩阵", "组织", _OF_AREAS, "area"),
    Page("L-03", "branch", "支部数字档案", "组织", of="branch", in_menu=False),
    Page(
        "L-04",
        "members",
        "党员名单",
        "党员",
        _SEE_PERSONS,
        "branch",
        False,
        cached=False,
        refreshed=False,
        exports=False,
    ),
    Page(
        "L-04",
        "member",
        "党员数字档案",
        "党员",
        _SEE_PERSONS,
        in_menu=False,
        cached=False,
        refreshed=False,
        exports=False,
    ),
    Page("L-06", "evaluation", "考核排名", "考核"),
    Page("L-07", "development", "发展党员", "业务"),
    Page("L-08", "transfers", "转接与流动", "业务"),
    Page("L-09", "dues", "党费", "业务"),
    Page("L-12", "quality", "数据质量", "数据", (*_OF_AREAS, "operator"), "area", cached=False),
    Page("L-13", "quarter", "季度统计报告", "考核"),
    Page("L-15", "report", "月度报告", "考核"),
    Page("L-05", "warnings", "预警工作台", "预警", cached=False),
    Page("L-14", "activities", "时间轴", "组织"),
    Page("L-14", "activity-days", "时间轴 · 日", "组织", in_menu=False, cached=False, refreshed=False),
    Page("L-16", COMPARE, "对比", "组织"),
    Page("L-17", "structure", "组织架构", "组织", _OF_AREAS, "area"),
    Page("L-18", "venues", "阵地", "业务"),
    Page("L-10", "cadres", "基层干部", "党员", _OF_AREAS, "area"),
    Page("L-11", "study", "学习与资源", "业务"),
    Page("L-00", "trace", "数据来源", "数据", in_menu=False),
    Page("L-00", "evidence", "明细", "数据", in_menu=False, cached=False, refreshed=False),
)
BY_SLUG = {page.slug: page for page in PAGES}
BRANCH_PAGE, COMMITTEE_PAGE, DISTRICT_PAGE, MEMBER_PAGE = "branch", "committee", "cockpit", "member"


def pages_of(viewer: Viewer) -> list[Page]:
    """Pages this viewer may open, in order of the menu."""
    return [page for page in PAGES if page.allows(viewer)]


def home_of(place: Place) -> str:
    """The page an organisation is shown on; without a page of its kind, the cockpit of it or of what is above it."""
    page = BRANCH_PAGE if place.is_branch or place.is_group else COMMITTEE_PAGE
    return DISTRICT_PAGE if place.parent_org_id is None or page not in BY_SLUG else page


def opened_on(place: Place, viewer: Viewer) -> str:
    """The page this viewer sees an organisation on: its own, or the first one the role opens."""
    page = home_of(place)
    return page if BY_SLUG[page].allows(viewer) else pages_of(viewer)[0].slug
