"""What every file says of itself: of which organisation and month it is, how old, for whom, how it was filtered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dashboard.formats import month_label
from dashboard.leadership.address import Address
from dashboard.leadership.parts import Part, Switch
from data.viewer import Role, Viewer

DEMO = "演示数据，非真实业务数据"
ROLE_WORDS: dict[Role, str] = {
    "district_leader": "区委领导",
    "district_org_dept": "区委组织部",
    "committee_admin": "党(工)委",
    "branch_secretary": "支部书记",
    "operator": "运行人员",
}


@dataclass(frozen=True)
class Facts:
    """Origin of a page's numbers; ``as_of`` the change time of the newest row behind them, ``made_at`` the moment of
    the export, both Asia/Shanghai."""

    page: str
    organisation: str
    month: str
    as_of: datetime
    version: int
    is_demo: bool
    owner: str
    viewer: Viewer
    made_at: datetime

    @property
    def as_of_words(self) -> str:
        """数据截至 2026-11-20 14:32."""
        return f"数据截至 {self.as_of:%Y-%m-%d %H:%M}"

    @property
    def place_words(self) -> str:
        """Organisation, month, as-of and version in one line."""
        month = month_label(self.month, year=True)
        return f"组织：{self.organisation}　月份：{month}　{self.as_of_words}　数据版本：{self.version}"

    @property
    def who_words(self) -> str:
        """By whom and when it was taken away."""
        who = f"{ROLE_WORDS[self.viewer.role]} {self.viewer.login}"
        return f"导出人：{who}　导出时间：{self.made_at:%Y-%m-%d %H:%M}"

    def filter_words(self, parts: Sequence[Part]) -> str:
        """The page and what is chosen in its switches."""
        switches = [part for part in parts if isinstance(part, Switch)]
        chosen = [
            f"{switch.title}：{choice.label}"
            for switch in switches
            for choice in switch.choices
            if choice.chosen
        ]
        return "　".join([f"页面：{self.page}", *chosen])


@dataclass(frozen=True)
class Built:
    """One page as a viewer sees it, all parts of one version."""

    title: str
    parts: Sequence[Part]
    facts: Facts


class BuildParts(Protocol):
    """Makes the page of an address for a viewer; raises AddressInvalid, OutOfScope, ReadModelError."""

    def __call__(self, address: Address, viewer: Viewer) -> Built:
        """Everything the page shows, as far as the viewer's scope goes."""
