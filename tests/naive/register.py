"""Who is where on a day, asked of plain rows one by one: the naive side's picture of the district's register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.naive.district import end_of, last_of
from tests.naive.rows import Row, Rows

BRANCH_TYPES = ("branch", "joint_branch", "temporary_branch")


@dataclass
class Register:
    """The rows that are not deleted, the months asked about and the present moment."""

    rows: Rows
    months: list[str]
    now: datetime

    @property
    def open_month(self) -> str:
        return self.months[-1]

    def living(self, table: str) -> list[Row]:
        """Rows that are not deleted; a deleted member takes all rows about it along (rulings 21)."""
        living = [row for row in self.rows[table] if row["deleted_at"] is None]
        gone = {row["member_id"] for row in self.rows["members"] if row["deleted_at"] is not None}
        return [row for row in living if row.get("member_id") not in gone]

    def day(self, month: str) -> date:
        """The day a month's state is taken: its last one, today in the open month."""
        return min(last_of(month), self.now.date())

    def end(self, month: str) -> datetime:
        return min(end_of(month), self.now)

    def org(self, org_id: int | None) -> Row | None:
        for row in self.organisations:
            if row["org_id"] == org_id:
                return row
        return None

    @property
    def organisations(self) -> list[Row]:
        """Organisations with an unbroken line of living superiors up to the district committee."""
        living = {row["org_id"]: row for row in self.living("organizations")}
        found = []
        for row in living.values():
            up: Row | None = row
            steps = 0
            while up is not None and up["parent_org_id"] is not None and steps < 20:
                up = living.get(up["parent_org_id"])
                steps += 1
            if up is not None and steps < 20:
                found.append(row)
        return found

    def branches(self) -> list[Row]:
        return [row for row in self.organisations if row["org_type"] in BRANCH_TYPES]

    def groups_of(self, branch: int) -> list[Row]:
        return [
            row
            for row in self.organisations
            if row["org_type"] == "party_group" and row["parent_org_id"] == branch
        ]

    def active(self, org: Row, day: date) -> bool:
        """Founded on or before the day and not yet dissolved."""
        return org["established_on"] <= day and (org["dissolved_on"] is None or org["dissolved_on"] > day)

    def members_of(self, branch: int, day: date) -> Iterator[tuple[Row, Row, str | None]]:
        """MEM(branch, day): membership row, state row and category of each formal member in party."""
        for row in self.living("memberships"):
            if row["branch_org_id"] != branch or row["kind"] != "formal":
                continue
            if not holds(row["started_on"], row["ended_on"], day):
                continue
            for state in self.living("member_state_history"):
                if state["member_id"] != row["member_id"] or state["membership_state"] != "in_party":
                    continue
                if holds(state["valid_from"], state["valid_to"], day):
                    yield row, state, self.category(row["member_id"], day)

    def category_row(self, member: int, day: date) -> Row | None:
        for row in self.living("member_category_history"):
            formal = row["member_id"] == member and row["category"] != "flow_in"
            if formal and holds(row["valid_from"], row["valid_to"], day):
                return row
        return None

    def category(self, member: int, day: date) -> str | None:
        row = self.category_row(member, day)
        return None if row is None else row["category"]

    def scored(self, membership: Row, category: str | None, month: str) -> bool:
        """SCORED: neither exempt nor arrived within the month."""
        arrived = membership["started_on"] >= date(int(month[:4]), int(month[5:]), 1)
        if arrived and membership["start_reason"] in ("admitted", "transfer_in"):
            return False
        return category not in ("abroad", "other_exempt")

    def in_time(self, recorded: datetime, activity: Row) -> bool:
        """Recorded before the month closed, or by noon after it when the activity ended late on the last day."""
        close = end_of(activity["period_month"])
        if recorded < close:
            return True
        ended = activity["ended_at"]
        return bool(ended and ended >= close - timedelta(hours=2) and recorded < close + timedelta(hours=12))

    def is_countable(self, activity: Row) -> bool:
        started = activity["started_at"]
        return started is not None and f"{started:%Y-%m}" == activity["period_month"]

    def is_valid(self, activity: Row) -> bool:
        """Valid evidence of schema §3.1."""
        if activity["deleted_at"] is not None or activity["status"] != "held":
            return False
        return self.is_countable(activity) and self.in_time(activity["recorded_at"], activity)


def holds(start: date, end: date | None, day: date) -> bool:
    return start <= day and (end is None or day < end)
