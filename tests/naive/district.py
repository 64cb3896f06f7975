"""A random small district: its tree, its members and their histories, with the oddities real districts have."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from tests.naive.rows import Row, Rows

SECTORS = ("village", "community", "soe", "private_enterprise")
CATEGORIES = ("normal_active", "flow_out", "aged_infirm", "abroad", "other_exempt")


def add_months(month: str, n: int) -> str:
    index = int(month[:4]) * 12 + int(month[5:]) - 1 + n
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def first_of(month: str) -> date:
    return date(int(month[:4]), int(month[5:]), 1)


def last_of(month: str) -> date:
    return first_of(add_months(month, 1)) - timedelta(days=1)


def end_of(month: str) -> datetime:
    day = first_of(add_months(month, 1))
    return datetime(day.year, day.month, 1)


@dataclass
class District:
    """Rows per table under construction, the seeded chance behind them and the moment they are looked at."""

    chance: random.Random
    now: datetime
    months: list[str]
    rows: Rows = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)

    def add(self, table: str, key: str, **values: Any) -> int:
        """One row more; returns its key. It changed last a day before anybody looked."""
        number = self.keys.get(table, 0) + 1
        self.keys[table] = number
        row: Row = {key: number, "updated_at": self.now - timedelta(days=1), **values}
        self.rows.setdefault(table, []).append(row)
        return number

    def likely(self, share: float) -> bool:
        return self.chance.random() < share

    def day_in(self, month: str) -> date:
        return first_of(month) + timedelta(days=self.chance.randrange(28))

    def a_month(self) -> str:
        return self.chance.choice(self.months)

    def moment_in(self, month: str) -> datetime:
        day = self.day_in(month)
        return datetime(day.year, day.month, day.day, self.chance.randrange(8, 21), self.chance.randrange(60))

    def branches(self) -> list[Row]:
        types = ("branch", "joint_branch", "temporary_branch")
        return [row for row in self.rows["organizations"] if row["org_type"] in types]

    def groups(self) -> list[Row]:
        return [row for row in self.rows["organizations"] if row["org_type"] == "party_group"]

    def committees(self) -> list[Row]:
        return [row for row in self.rows["organizations"] if "committee" in row["org_type"]]


def empty_district(seed: int) -> District:
    """A district of four to eight months that ends in any month of the year."""
    chance = random.Random(seed)
    open_month = add_months("2026-01", chance.randrange(12))
    day = first_of(open_month) + timedelta(days=chance.randrange(27))
    now = datetime(day.year, day.month, day.day, 14, 0)
    first = add_months(open_month, -chance.randrange(3, 8))
    months = [first]
    while months[-1] < open_month:
        months.append(add_months(months[-1], 1))
    return District(chance, now, months)


def add_organisations(d: District) -> None:
    """A district committee, two or three committees, four to eight branches, some of them with party groups."""
    for town in (1, 2, 3):
        d.add(
            "divisions",
            "division_id",
            division_code=f"33020310{town}",
            name=f"镇{town}",
            kind="town",
            parent_division_id=None,
        )
    root = _organisation(d, "district_committee", None, None)
    tops = [_organisation(d, "party_committee", root, d.chance.choice((1, 2, 3, None))) for _ in range(2)]
    if d.likely(0.5):
        tops.append(_organisation(d, "general_branch", tops[0], 2))
    for _ in range(d.chance.randrange(4, 9)):
        kind = d.chance.choice(("branch", "branch", "branch", "joint_branch", "temporary_branch"))
        branch = _organisation(d, kind, d.chance.choice(tops), d.chance.choice((1, 2, 3, None)))
        row = d.rows["organizations"][-1]
        if d.likely(0.25):
            row["established_on"] = d.day_in(d.a_month())
        if d.likely(0.15):
            row["dissolved_on"] = max(d.day_in(d.a_month()), row["established_on"] + timedelta(days=1))
        for _ in range(d.chance.choice((0, 0, 1, 2, 3))):
            _organisation(d, "party_group", branch, None)
            if d.likely(0.2):
                d.rows["organizations"][-1]["established_on"] = d.day_in(d.a_month())
        if d.likely(0.2):
            _moved_branch(d, branch, tops)
    if d.likely(0.15):
        d.chance.choice(d.groups() or d.branches())["deleted_at"] = d.now - timedelta(days=1)


def _organisation(d: District, kind: str, parent: int | None, town: int | None) -> int:
    return d.add(
        "organizations",
        "org_id",
        org_code=f"C{len(d.rows.get('organizations', [])) + 1:04d}",
        name="组织",
        short_name="组织",
        org_type=kind,
        parent_org_id=parent,
        path="/",
        depth=0,
        sector=d.chance.choice(SECTORS),
        town_id=town,
        is_public=True,
        established_on=date(2019, 7, 1),
    )


def _moved_branch(d: District, branch: int, tops: list[int]) -> None:
    """The branch had another parent until some day of the period."""
    row = next(r for r in d.rows["organizations"] if r["org_id"] == branch)
    moved = d.day_in(d.a_month())
    before, now = d.chance.choice(tops), row["parent_org_id"]
    common = {"org_id": branch}
    d.add(
        "organization_parent_history",
        "history_id",
        **common,
        parent_org_id=before,
        valid_from=date(2019, 7, 1),
        valid_to=moved,
    )
    d.add("organization_parent_history", "history_id", **common, parent_org_id=now, valid_from=moved)


def add_members(d: District) -> None:
    """Fifteen to forty-five members: some move, arrive, leave, are suspended, float in from elsewhere."""
    branches = [row["org_id"] for row in d.branches()]
    for _ in range(d.chance.randrange(15, 46)):
        born = date(d.chance.randrange(1930, 2006), d.chance.randrange(1, 13), d.chance.randrange(1, 29))
        member = d.add(
            "members",
            "member_id",
            member_no=f"M{d.keys.get('members', 0) + 1}",
            name="某",
            gender=d.chance.choice("MF"),
            birthday=None if d.likely(0.1) else born,
            ethnicity=d.chance.choice((None, "汉族", "汉", "回族")),
            education=d.chance.choice((None, "bachelor", "junior_high", "junior_college", "postgraduate")),
            member_stage="full",
            membership_state="in_party",
            category="normal_active",
            deleted_at=d.now if d.likely(0.03) else None,
        )
        _states(d, member)
        _categories(d, member)
        _memberships(d, member, branches)


def _states(d: District, member: int) -> None:
    since = date(2010, 1, 1)
    stage = d.chance.choice(("full", "full", "full", "probationary"))
    turning = d.day_in(d.a_month())
    change = d.chance.random()
    if change < 0.7:
        _state(d, member, stage, "in_party", since, None)
    elif change < 0.8:
        _state(d, member, "probationary", "in_party", since, turning)
        _state(d, member, "full", "in_party", turning, None)
    else:
        state = d.chance.choice(("suspended", "deceased", "removed"))
        _state(d, member, stage, "in_party", since, turning)
        _state(d, member, stage, state, turning, None)


def _state(d: District, member: int, stage: str, state: str, start: date, end: date | None) -> None:
    d.add(
        "member_state_history",
        "history_id",
        member_id=member,
        member_stage=stage,
        membership_state=state,
        valid_from=start,
        valid_to=end,
        deleted_at=d.now if d.likely(0.02) else None,
    )


def _categories(d: District, member: int) -> None:
    if d.likely(0.05):
        return
    first, second = d.chance.choice(CATEGORIES), d.chance.choice(CATEGORIES)
    turning = d.day_in(add_months(d.a_month(), -d.chance.randrange(3))) if d.likely(0.4) else None
    common = {"member_id": member}
    d.add(
        "member_category_history",
        "history_id",
        **common,
        category=first,
        valid_from=date(2010, 1, 1),
        valid_to=turning,
    )
    if turning is not None:
        d.add("member_category_history", "history_id", **common, category=second, valid_from=turning)
    if d.likely(0.1):
        d.add(
            "member_category_history",
            "history_id",
            **common,
            category="flow_in",
            valid_from=turning or date(2020, 1, 1),
        )


def _memberships(d: District, member: int, branches: list[int]) -> None:
    home, other = d.chance.choice(branches), d.chance.choice(branches)
    start, reason = date(2015, 1, 1), "admitted"
    if d.likely(0.25):
        start, reason = d.day_in(d.a_month()), d.chance.choice(("admitted", "transfer_in", "reorganized"))
    end = d.day_in(d.a_month()) if d.likely(0.25) else None
    if end is not None and end <= start:
        end = start + timedelta(days=20)
    leaving = None if end is None else d.chance.choice(("transfer_out", "left_party", "transfer_out"))
    _membership(d, member, home, "formal", start, end, reason, leaving)
    if end is not None and d.likely(0.6):
        _membership(d, member, other, "formal", end, None, "transfer_in", None)
    elif d.likely(0.15) and other != home:
        _membership(d, member, other, "flow_in", d.day_in(d.a_month()), None, "flow_in_start", None)


def _membership(
    d: District,
    member: int,
    branch: int,
    kind: str,
    start: date,
    end: date | None,
    why: str,
    left: str | None,
) -> None:
    d.add(
        "memberships",
        "membership_id",
        member_id=member,
        branch_org_id=branch,
        kind=kind,
        started_on=start,
        ended_on=end,
        start_reason=why,
        end_reason=left,
        deleted_at=d.now if d.likely(0.03) else None,
    )
