"""Committees and general branches judged themselves, in loops over plain rows: what is counted and what is lit."""

from __future__ import annotations

from typing import Any

from tests.naive.cell import Cell
from tests.naive.district import District, add_months, last_of
from tests.naive.files import add_post
from tests.naive.indicators import GREEN, NA, NODATA, RED, YELLOW
from tests.naive.paperwork import offices, transfers
from tests.naive.register import Register
from tests.naive.rows import Row
from tests.naive.setting_up import overdue_within
from tests.naive.standing import vacancy

LOW = ("branch", "joint_branch", "temporary_branch", "party_group")
OFFICERS = ("secretary", "deputy_secretary", "organization", "publicity", "discipline", "other_committee")
COUNTED = (
    "active",
    "eligible",
    "members",
    "term_days",
    "has_secretary",
    "vacancy_days",
    "transfer_overdue",
    "transfer_due_soon",
)
Found = dict[tuple[int, str], dict[str, float | None]]


def add_committee_offices(d: District) -> None:
    """Some committees have terms and officers, some officers only, some nothing at all."""
    members = [row["member_id"] for row in d.rows["members"]]
    above = [row["org_id"] for row in d.rows["organizations"] if row["org_type"] not in LOW]
    for org in above:
        for number in range(d.chance.randrange(3)):
            elected = d.day_in(d.a_month())
            expires = elected.replace(year=elected.year + d.chance.choice((0, 1, 3)))
            common: dict[str, Any] = {"term_no": number, "term_years": 5, "extension_until": None}
            d.add("org_terms", "term_id", org_id=org, elected_on=elected, expires_on=expires, **common)
        for _ in range(d.chance.randrange(4)):
            add_post(d, org, d.chance.choice(members))


def committee_months(register: Register) -> Found:
    """Measures and lights of every committee and month; the last month is open."""
    found: Found = {}
    for org in [row for row in register.organisations if row["org_type"] not in LOW]:
        months = [_counts(register, org, month) for month in register.months]
        for at, month in enumerate(register.months):
            last = at == len(months) - 1 and at > 0
            row = {name: months[at][name] for name in COUNTED}
            lights = {
                "jn_w03_transfer_overdue": _transfers(months[at]),
                "jn_w12_term_expired": _term(months[at], org, month),
                "jn_w13_secretary_vacant": _vacant(months[at]),
                "jn_w15_structure_abnormal": _size(org, months[: at if last else at + 1]),
            }
            found[org["org_id"], month] = row | {f"{name}_light": light for name, light in lights.items()}
    return found


def _counts(register: Register, org: Row, month: str) -> dict[str, float | None]:
    cell = Cell(register, org, month)
    transfers(cell)
    overdue_within(cell)
    offices(cell)
    vacancy(cell)
    day = register.day(month)
    recorded = [
        row
        for row in register.living("party_posts")
        if row["org_id"] == cell.id and row["post_type"] in OFFICERS and row["started_on"] <= day
    ]
    if not recorded:
        cell.put(vacancy_days=None)
    there_before = register.active(org, last_of(add_months(month, -1)))
    cell.put(active=register.active(org, day))
    cell.put(eligible=there_before and register.active(org, last_of(month)))
    cell.put(members=_members_below(register, org, month) if org["org_type"] == "general_branch" else None)
    return {name: cell.counts.get(name, 0) for name in COUNTED}


def _members_below(register: Register, org: Row, month: str) -> int:
    """Members of the branches that stood below at the end of the month, however deep."""
    return sum(
        len(list(register.members_of(branch["org_id"], register.day(month))))
        for branch in register.branches()
        if _stands_below(register, branch["org_id"], org["org_id"], month)
    )


def _stands_below(register: Register, org_id: int, above: int, month: str) -> bool:
    at: int | None = org_id
    for _ in range(20):
        if at is None or at == above:
            return at == above
        at = _parent(register, at, month)
    return False


def _parent(register: Register, org_id: int, month: str) -> int | None:
    day = last_of(month)
    for row in register.living("organization_parent_history"):
        inside = row["valid_from"] <= day and (row["valid_to"] is None or day < row["valid_to"])
        if row["org_id"] == org_id and inside:
            return row["parent_org_id"]  # type: ignore[no-any-return]
    org = register.org(org_id)
    return None if org is None else org["parent_org_id"]


def _transfers(counts: dict[str, float | None]) -> int:
    if not counts["eligible"]:
        return NA
    if counts["transfer_overdue"]:
        return RED
    return YELLOW if counts["transfer_due_soon"] else GREEN


def _term(counts: dict[str, float | None], org: Row, month: str) -> int:
    days = counts["term_days"]
    in_first_year = (last_of(month) - org["established_on"]).days < 365
    if not counts["eligible"] or (days is None and in_first_year):
        return NA
    if days is None:
        return NODATA
    return RED if days < 0 else YELLOW if days <= 90 else GREEN


def _vacant(counts: dict[str, float | None]) -> int:
    if not counts["eligible"]:
        return NA
    days = counts["vacancy_days"]
    if days is None:
        return NODATA
    return RED if days > 90 else YELLOW if days > 30 else GREEN


def _size(org: Row, months: list[dict[str, float | None]]) -> int:
    """A general branch of more than 100 members, at one month end and at two in a row."""
    if org["org_type"] != "general_branch" or not months[-1]["eligible"]:
        return NA
    breaches = [bool(one["eligible"] and (one["members"] or 0) > 100) for one in months]
    if not breaches[-1]:
        return GREEN
    return RED if breaches[-2:] == [True, True] else YELLOW
