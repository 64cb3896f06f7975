"""武进: what each of the 17 items books in a month, as parts of its points of the year (indicators.md §6.2)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

import numpy as np

from data.indicators.duties import broken_activities
from data.indicators.points import (
    MONTHLY,
    QUARTERLY,
    Accrual,
    Accrue,
    month_closes,
    monthly_duty,
    part,
    quarter_closes,
    quarterly_duty,
    share_of_month,
)
from data.indicators.result import ratio
from data.indicators.setting import Setting
from data.indicators.standing import FULL_FOR_COMMITTEE
from data.indicators.timeline import Array

# A branch of three to fifty members is of the right size, one of fewer than fifteen needs no groups (R10, R11).
SMALLEST, LARGEST, WITHOUT_GROUPS, MOST_UNITS = 3, 50, 15, 5
# A fifth of the members in service is enough.
SERVING = 0.20


def org_info(at: Setting) -> Accrual:
    filled, fields = at.cube["record_filled"], at.cube["record_fields"]
    return part(QUARTERLY, ratio(filled, fields), quarter_closes(at))


def leadership(at: Setting) -> Accrual:
    """4 points by month ends with a secretary, 2 for the committee the size asks for, 1.5 for a term in force."""
    timeline, cube, asked = at.timeline, at.cube, quarter_closes(at)
    led = timeline.since_quarter_start((cube["has_secretary"] > 0).astype(float))
    secretary = ratio(led, timeline.since_quarter_start(cube["active"]))
    complete = (cube["committee_size"] >= 3).astype(float)
    # Without any election on record nobody knows whether the term has expired.
    in_force = np.where(np.isnan(cube["term_days"]), np.nan, cube["term_days"] >= 0)
    return (
        part(QUARTERLY * 4 / 7.5, np.minimum(1, secretary), asked)
        + part(QUARTERLY * 2 / 7.5, complete, asked & (cube["full_members"] >= FULL_FOR_COMMITTEE))
        + part(QUARTERLY * 1.5 / 7.5, in_force, asked & (cube["temporary"] <= 0))
    )


def group_setup(at: Setting) -> Accrual:
    """3 points for the size, 2 for party groups where they are needed; a temporary branch may be smaller."""
    cube, asked = at.cube, quarter_closes(at)
    enough = (cube["full_members"] >= SMALLEST) | (cube["temporary"] > 0)
    fits = enough & (cube["members"] <= LARGEST) & (cube["joint_units"] <= MOST_UNITS)
    size = np.where(np.isnan(cube["joint_units"]), np.nan, fits)
    grouped = (cube["groups"] > 0) & (cube["ungrouped_members"] <= 0)
    groups = ((cube["members"] < WITHOUT_GROUPS) | grouped).astype(float)
    return part(QUARTERLY * 3 / 5, size, asked) + part(QUARTERLY * 2 / 5, groups, asked)


def development(at: Setting) -> Accrual:
    """Steps in time, documented and reviewed; one taken before its time spoils the quarter."""
    due, done, early = (
        at.timeline.since_quarter_start(at.cube[name])
        for name in ("dev_steps", "dev_steps_reviewed", "dev_steps_early")
    )
    share = np.where(early > 0, 0.0, ratio(done, due))
    return part(QUARTERLY, share, quarter_closes(at) & (due > 0), failing=due - done + early)


dues = share_of_month("dues_full", "dues_owed", "dues_broken")


def ledger(at: Setting) -> Accrual:
    """3 points by months with dues booked, 2 for a ledger that agrees with what was collected."""
    timeline, cube = at.timeline, at.cube
    asked = quarter_closes(at) & (timeline.since_quarter_start(cube["dues_owed"]) > 0)
    booked = timeline.since_quarter_start((cube["ledger_dues_entries"] > 0).astype(float))
    months = timeline.since_quarter_start(cube["eligible"])
    return part(QUARTERLY * 3 / 5, np.minimum(1, ratio(booked, months)), asked) + part(
        QUARTERLY * 2 / 5, cube["ledger_balanced"], asked
    )


def member_info(at: Setting) -> Accrual:
    """1.5 points by filled fields of the members' records, 0.5 when every member abroad has a procedure."""
    filled, fields = at.cube["member_fields_filled"], at.cube["member_fields"]
    settled = (at.cube["abroad_unsettled"] <= 0).astype(float)
    asked = month_closes(at)
    return part(MONTHLY * 1.5 / 2, ratio(filled, fields), asked) + part(MONTHLY * 0.5 / 2, settled, asked)


def floating(at: Setting) -> Accrual:
    due, reported = at.cube["floating_due"], at.cube["floating_reported"]
    return part(QUARTERLY, ratio(reported, due), quarter_closes(at) & (due > 0), failing=due - reported)


def transfer(at: Setting) -> Accrual:
    in_time = (at.cube["transfer_overdue_ever"] <= 0).astype(float)
    return part(MONTHLY, in_time, month_closes(at))


def committee_and_groups(at: Setting) -> Accrual:
    """2.5 points for the committee meeting, 1.5 by party groups that met; each part as in hs_b."""
    cube, broken = at.cube, broken_activities(at)
    met = cube["committee_meetings"] >= 1
    committee = monthly_duty(at, MONTHLY * 2.5 / 4, met, cube["has_committee"] > 0, broken)
    share = ratio(cube["groups_met"], cube["groups"])
    groups = part(MONTHLY * 1.5 / 4, share, month_closes(at) & (cube["groups"] > 0), unknown=broken)
    return committee + groups


def activity_day(at: Setting) -> Accrual:
    held = at.cube["theme_days"] >= 1
    return monthly_duty(at, MONTHLY, held, ~at.not_eligible, broken_activities(at))


def participation_points(share: Array) -> Array:
    """5 of 5 from 90 %, one less for every 10 points below, nothing below 50 %."""
    reached = np.digitize(np.nan_to_num(share), (0.5, 0.6, 0.7, 0.8, 0.9)) / 5
    return np.where(np.isnan(share), np.nan, reached)


participation = share_of_month("present", "required", "attendance_broken", participation_points)


def life_meeting(at: Setting) -> Accrual:
    """Half for the meeting, half by the share appraised, in the month each is held within its year.

    What is held in January and February for the year before is booked to that year: see `wujin_totals`.
    """
    cube, asked = at.cube, ~at.not_eligible & ~founded_late(at, at.timeline.year.tolist())
    held = np.minimum(1, cube["life_meeting_this_year"])
    share = ratio(cube["appraised_this_year"], cube["appraisable_this_year"])
    return part(1 / 2, held, asked & (held > 0)) + part(
        1 / 2, np.minimum(1, share), asked & (cube["appraisal_this_year"] > 0)
    )


def founded_late(at: Setting, years: list[int]) -> Array:
    """Branches founded after September of each column's year are not asked for its reviews."""
    return at.established_after([date(year, 9, 30).toordinal() for year in years])


def study_and_service(at: Setting) -> Accrual:
    """A study session, and a fifth of the members who must attend in verified service."""
    held, broken = at.cube["study_sessions"] >= 1, broken_activities(at)
    study = monthly_duty(at, MONTHLY / 2, held, ~at.not_eligible, broken)
    obliged = at.cube["normal_members"]
    serving = np.minimum(1, ratio(at.cube["served_in_month"], obliged) / SERVING)
    return study + part(MONTHLY / 2, serving, month_closes(at) & (obliged > 0))


def login_and_venue(at: Setting) -> Accrual:
    """2 points by full weeks with two logins, 1 for a venue without an open issue."""
    weeks = np.broadcast_to([float(_sundays(month)) for month in at.cube.months], at.shape)
    in_order = ((at.cube["venue_access"] > 0) & (at.cube["venue_issues"] <= 0)).astype(float)
    asked = month_closes(at)
    logins = np.minimum(1, at.cube["login_weeks"] / weeks)
    return part(MONTHLY * 2 / 3, logins, asked) + part(MONTHLY / 3, in_order, asked)


def _sundays(month: str) -> int:
    """Full weeks, by the month of their Sunday."""
    year, number = int(month[:4]), int(month[5:])
    begins, days = monthrange(year, number)
    return (days + begins) // 7


# Item → what it books and the families it counts from.
ITEMS: Mapping[str, tuple[Accrue, tuple[str, ...]]] = {
    "wj_b_org_info": (org_info, ("setup",)),
    "wj_b_leadership": (leadership, ("terms", "members")),
    "wj_b_group_setup": (group_setup, ("setup", "members", "groups")),
    "wj_b_development": (development, ("development",)),
    "wj_b_dues": (dues, ("dues",)),
    "wj_b_ledger": (ledger, ("ledger", "balance", "dues")),
    "wj_b_member_info": (member_info, ("members", "setup")),
    "wj_b_floating": (floating, ("floating",)),
    "wj_b_transfer": (transfer, ("transfers",)),
    "wj_b_assembly": (quarterly_duty("assemblies"), ("activities",)),
    "wj_b_committee_group": (committee_and_groups, ("activities", "groups", "terms")),
    "wj_b_lecture": (quarterly_duty("lectures"), ("activities",)),
    "wj_b_activity_day": (activity_day, ("activities",)),
    "wj_b_participation": (participation, ("attendance",)),
    "wj_b_life_meeting": (life_meeting, ("appraisals",)),
    "wj_b_study_service": (study_and_service, ("activities", "member_lights")),
    "wj_b_login_venue": (login_and_venue, ("logins", "venues")),
}
