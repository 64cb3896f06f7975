"""What the tests of published figures share: how a number is asked for and who counts."""

from __future__ import annotations

from typing import Protocol


class Count(Protocol):
    """The one number a statement finds in a full-size district, by its slug."""

    def __call__(self, slug: str, statement: str) -> int: ...


BRANCHES = "org_type IN ('branch', 'joint_branch', 'temporary_branch') AND dissolved_on IS NULL"
GRASSROOTS = (
    "org_type IN ('party_committee', 'general_branch', 'branch', 'joint_branch', 'temporary_branch')"
    " AND dissolved_on IS NULL"
)
# Condition on ``members``: in the Party with an open formal membership here.
PRESENT = (
    "membership_state = 'in_party' AND EXISTS (SELECT 1 FROM memberships s"
    " WHERE s.member_id = members.member_id AND s.kind = 'formal' AND s.ended_on IS NULL)"
)
