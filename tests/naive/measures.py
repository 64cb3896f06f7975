"""Every measure of the read model once more, from the specification, in loops over plain rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from tests.naive.cell import Cell, Cells, belongs
from tests.naive.district import last_of
from tests.naive.member_counts import member_lights
from tests.naive.paperwork import (
    appraisals,
    contribution,
    dues,
    floating,
    offices,
    papers,
    transfers,
)
from tests.naive.platform_use import COUNTERS as PLATFORM_USE
from tests.naive.register import Register
from tests.naive.rows import Row
from tests.naive.setting_up import institutions, set_up
from tests.naive.standing import standing

LIFE = (
    "member_assembly",
    "group_meeting",
    "party_lecture",
    "organization_life_meeting",
    "theme_party_day",
    "democratic_appraisal",
)
STUDY = ("party_lecture", "fixed_study_day", "theory_study", "training", "visit_base")
OWN = {
    "member_assembly": "assemblies",
    "committee_meeting": "committee_meetings",
    "party_lecture": "lectures",
    "theme_party_day": "theme_days",
    "fixed_study_day": "study_days",
}


def branch_months(register: Register) -> Cells:
    """All measures of all branches and months; what a cell does not name is zero."""
    cells = {}
    for org in register.branches():
        for month in register.months:
            cell = Cell(register, org, month)
            for count in COUNTERS:
                count(cell)
            cells[cell.id, month] = cell.counts
    institutions(cells, register.months)
    return cells


def being(cell: Cell) -> None:
    org, month = cell.org, cell.month
    before = date(int(month[:4]), int(month[5:]), 1) - timedelta(days=1)
    founded = f"{org['established_on']:%Y-%m}" == month
    eligible = cell.r.active(org, before) and cell.r.active(org, last_of(month))
    cell.put(
        active=cell.r.active(org, cell.r.day(month)),
        eligible=eligible,
        founded=founded,
        established_day=org["established_on"].toordinal(),
        temporary=org["org_type"] == "temporary_branch",
    )


def people(cell: Cell) -> None:
    month, day = cell.month, cell.r.day(cell.month)
    for membership, state, category in cell.r.members_of(cell.id, day):
        cell.add("members")
        cell.add("full_members", state["member_stage"] == "full")
        if cell.r.scored(membership, category, month):
            cell.add("scored_members")
            count_points(cell, membership["member_id"])
    for row in cell.r.living("memberships"):
        if row["branch_org_id"] != cell.id or row["kind"] != "formal":
            continue
        if f"{row['started_on']:%Y-%m}" == month and row["started_on"] <= cell.r.now.date():
            cell.add("admitted", row["start_reason"] == "admitted")
            cell.add("moved_in", row["start_reason"] == "transfer_in")
        left = row["ended_on"]
        if left and f"{left:%Y-%m}" == month and left <= cell.r.now.date():
            cell.add("moved_out", row["end_reason"] == "transfer_out")


def count_points(cell: Cell, member: int) -> None:
    """The ledger of the year to date, by the class of the rule that booked it, and the band of the sum."""
    total = 0.0
    classes = {"hs_m_dues": "index_life", "hs_m_task": "index_post"}
    rules = {row["rule_id"]: classes.get(row["indicator_id"]) for row in cell.r.living("point_rules")}
    for row in entries_to_date(cell.r, member, cell.month):
        total += float(row["points"])
        name = rules.get(row["rule_id"])
        if name is not None:
            cell.add(name, float(row["points"]))
    cell.add("index_points", total)
    band = max((low for low in (10, 20, 30, 50, 75, 100, 150) if total >= low), default=None)
    cell.add("index_below_10" if band is None else f"index_from_{band}")


def entries_to_date(r: Register, member: int, month: str) -> list[Row]:
    found = []
    for row in r.living("point_entries"):
        own = row["member_id"] == member and row["scheme"] == "haishu" and row["subject_type"] == "member"
        if own and row["period_month"][:4] == month[:4] and row["period_month"] <= month:
            found.append(row)
    return found


def structure(cell: Cell) -> None:
    """Known for the open month only, unknown in every other."""
    bands = {f"age_{upper}": upper for upper in (30, 35, 40, 45, 50, 55, 60)}
    names = ("women", "minority", "college", "floating_out", "age_unknown", *bands, "age_61")
    if cell.month != cell.r.open_month:
        cell.put(**dict.fromkeys(names))
        return
    persons = {row["member_id"]: row for row in cell.r.living("members")}
    today = cell.r.now.date()
    for membership, _, category in cell.r.members_of(cell.id, today):
        person = persons.get(membership["member_id"])
        if person is None:
            continue
        cell.add("women", person["gender"] == "F")
        cell.add("minority", person["ethnicity"] not in (None, "汉族", "汉"))
        cell.add("college", person["education"] in ("postgraduate", "bachelor", "junior_college"))
        cell.add("floating_out", category == "flow_out")
        born = person["birthday"]
        if born is None:
            cell.add("age_unknown")
            continue
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        fitting = [name for name, upper in bands.items() if age <= upper]
        cell.add(fitting[0] if fitting else "age_61")


def activities(cell: Cell) -> None:
    groups = {row["org_id"] for row in cell.r.groups_of(cell.id)}
    met = set()
    for row in cell.r.living("activities"):
        own = row["org_id"] == cell.id
        if not own and row["org_id"] not in groups:
            continue
        if row["status"] != "held" or row["period_month"] != cell.month:
            continue
        if not cell.r.is_countable(row):
            cell.add("activities_broken")
        elif not cell.r.is_valid(row):
            cell.add("backfilled")
        else:
            if row["activity_type"] == "group_meeting":
                met.add(row["org_id"])
            count_activity(cell, row, own)
    day = cell.r.day(cell.month)
    active = {row["org_id"] for row in cell.r.groups_of(cell.id) if cell.r.active(row, day)}
    cell.put(groups=len(active), groups_met=len(active & met))


def count_activity(cell: Cell, row: Row, own: bool) -> None:
    """VA(o, …) is the branch itself; only organisation life is said to include its party groups."""
    kind = row["activity_type"]
    cell.add("activities")
    cell.add("activities_at_venue", row["venue_id"] is not None)
    cell.add("life_activities", kind in LIFE)
    cell.add("group_meetings", kind == "group_meeting")
    if own:
        cell.add("study_sessions", kind in STUDY)
        cell.add("deliberations", bool(row["is_deliberation"]) or kind == "deliberation")
        if kind in OWN:
            cell.add(OWN[kind])


def attendance(cell: Cell) -> None:
    groups = {row["org_id"] for row in cell.r.groups_of(cell.id)}
    above = {row["org_id"] for row in cell.r.organisations if row["org_type"] in COMMITTEES}
    held = {row["activity_id"]: row for row in cell.r.living("activities") if cell.r.is_valid(row)}
    for row in cell.r.living("attendances"):
        activity = held.get(row["activity_id"])
        if activity is None or activity["period_month"] != cell.month:
            continue
        organiser = activity["org_id"]
        if organiser == cell.id or organiser in groups:
            count_roster_row(cell, row, activity)
        elif organiser in above:
            for _ in belongs(cell, row["member_id"], activity["started_at"].date()):
                count_roster_row(cell, row, activity)


COMMITTEES = ("district_committee", "working_committee", "party_committee", "general_branch")


def count_roster_row(cell: Cell, row: Row, activity: Row) -> None:
    if not cell.r.in_time(row["recorded_at"], activity):
        return
    present = row["status"] == "present"
    if present and (row["sign_method"] is None or row["signed_at"] is None):
        cell.add("attendance_broken")
        return
    opened = activity["started_at"] - timedelta(hours=2)
    closed = (activity["ended_at"] or activity["started_at"] + timedelta(hours=4)) + timedelta(hours=2)
    signed = present and row["sign_method"] in ("id_card", "wechat", "qr")
    signed = signed and opened <= row["signed_at"] <= closed
    if signed:
        cell.add("signins")
        cell.add("class_hours", float(activity["class_hours"] or 0))
    if row["is_required"] and activity["activity_type"] in LIFE:
        cell.add("required")
        cell.add("present", signed)
        cell.add("on_leave", row["status"] == "leave")


COUNTERS: tuple[Callable[[Cell], None], ...] = (
    being,
    people,
    structure,
    activities,
    attendance,
    dues,
    transfers,
    floating,
    appraisals,
    offices,
    contribution,
    papers,
    standing,
    *PLATFORM_USE,
    set_up,
    member_lights,
)
