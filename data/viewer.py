"""Who looks at the leadership pages: an account with a role and the subtree it may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["district_leader", "district_org_dept", "committee_admin", "branch_secretary", "operator"]
ROLES: tuple[Role, ...] = get_args(Role)
_OF_THE_DISTRICT = ("district_leader", "district_org_dept", "operator")


@dataclass(frozen=True)
class Viewer:
    """One account as it is logged in; ``org_id`` is the root of the subtree it sees, whatever it asks for."""

    account_id: int
    login: str
    name: str
    role: Role
    org_id: int

    @property
    def is_of_district(self) -> bool:
        """Whether the role's subtree is the whole district."""
        return self.role in _OF_THE_DISTRICT

    @property
    def sees_persons(self) -> bool:
        """Whether the role may open the file of a member of its subtree; each look is audited."""
        return self.role in ("district_org_dept", "committee_admin", "branch_secretary")

    @property
    def gives_reason(self) -> bool:
        """Whether a reason is asked for before each member file."""
        return self.role == "district_org_dept"

    @property
    def sees_grades(self) -> bool:
        """Whether appraisal grades of single members are shown."""
        return self.role in ("district_org_dept", "branch_secretary")

    @property
    def sees_dispositions(self) -> bool:
        """Whether the text of an organisational disposition of a member is shown."""
        return self.role == "district_org_dept"
