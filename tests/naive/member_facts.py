"""What each member did, month by month, counted once more from plain rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

from tests.naive.district import add_months, end_of, month_of
from tests.naive.paperwork import is_lost
from tests.naive.register import Register
from tests.naive.rows import Row

LIFE = {
    "member_assembly",
    "group_meeting",
    "party_lecture",
    "organization_life_meeting",
    "theme_party_day",
    "democratic_appraisal",
}
MEETINGS = {"member_assembly", "committee_meeting", "group_meeting", "party_lecture"}
STUDY = {"party_lecture", "fixed_study_day", "theory_study", "training", "visit_base"}
# member → month → name → how often or how much
Facts = dict[int, dict[str, Counter[str]]]


def member_facts(r: Register) -> Facts:
    """Everything that is counted by the month it belongs to."""
    facts: Facts = defaultdict(lambda: defaultdict(Counter))
    _rosters(r, facts)
    _dues(r, facts)
    for row in r.living("volunteer_records"):
        month = month_of(row["service_on"])
        if row["verified_at"] is not None and row["recorded_at"] < end_of(month):
            facts[row["member_id"]][month].update(service_hours=float(row["hours"]), services=1)
    for row in r.living("learning_records"):
        if row["completed_at"]:
            hours = float(row["credited_hours"])
            facts[row["member_id"]][month_of(row["completed_at"])].update(online=hours, courses=1)
    for row in talks(r):
        month = month_of(row["talked_on"])
        if row["recorded_at"] < end_of(month):
            for who in {row["initiator_member_id"], row["partner_member_id"]}:
                facts[who][month]["talks"] += 1
    for row in r.living("member_tasks"):
        done = (
            row["completed_on"] is not None
            and row["completed_on"] <= row["due_on"]
            and row["result"] == "done"
        )
        counts = facts[row["member_id"]][month_of(row["due_on"])]
        counts.update(tasks=1, tasks_done=done, refused=row["result"] == "refused")
    for row in r.living("member_deeds"):
        if row["verified_at"] is not None and row["deed_kind"] == "complaint":
            facts[row["member_id"]][month_of(row["occurred_on"])]["complaints"] += 1
    for row in r.living("community_checkins"):
        month = month_of(row["occurred_on"])
        if row["recorded_at"] < end_of(month):
            facts[row["member_id"]][month]["checkins"] += 1
    for row in r.living("member_submissions"):
        facts[row["member_id"]][month_of(row["submitted_at"])]["submissions"] += 1
    for row in r.living("floating_reports"):
        if row["review_result"] == "approve":
            quarter = f"{row['quarter'][:4]}-{int(row['quarter'][5]) * 3:02d}"
            facts[row["member_id"]][quarter][row["report_kind"]] += 1
    return facts


def talks(r: Register) -> list[Row]:
    """Talks nobody who took part in was deleted from is the question of each of the two."""
    return r.living("heart_talks")


def _rosters(r: Register, facts: Facts) -> None:
    held = {row["activity_id"]: row for row in r.living("activities") if r.is_valid(row)}
    for row in r.living("attendances"):
        activity = held.get(row["activity_id"])
        if activity is None or not r.in_time(row["recorded_at"], activity):
            continue
        present = row["status"] == "present"
        if present and (row["sign_method"] is None or row["signed_at"] is None):
            continue
        opened = activity["started_at"] - timedelta(hours=2)
        closed = (activity["ended_at"] or activity["started_at"] + timedelta(hours=4)) + timedelta(hours=2)
        signed = present and row["sign_method"] in ("id_card", "wechat", "qr")
        signed = bool(signed and opened <= row["signed_at"] <= closed)
        due = bool(row["is_required"]) and row["status"] != "leave"
        counts = facts[row["member_id"]][activity["period_month"]]
        kind = activity["activity_type"]
        counts["signins"] += signed
        counts["class_hours"] += float(activity["class_hours"] or 0) if signed else 0
        group = "meetings" if kind in MEETINGS else "others"
        counts[f"{group}_due"] += due
        counts[f"{group}_signed"] += due and signed
        counts["study_signins"] += signed and kind in STUDY
        for name, kinds in (
            ("life", LIFE),
            ("theme", {"theme_party_day"}),
            ("life_meeting", {"organization_life_meeting"}),
        ):
            if kind in kinds:
                counts[f"{name}_due"] += due
                counts[f"{name}_any"] += signed
                counts[f"{name}_signed"] += due and signed


def _dues(r: Register, facts: Facts) -> None:
    """``owed`` and the month an obligation was paid in full as ``settled`` (months since year 0), 0 for never."""
    payments = {row["payment_id"]: row for row in r.living("dues_payments")}
    for owed in r.living("dues_obligations"):
        if owed["payable_amount"] is None or owed["payable_amount"] <= 0:
            continue
        counts = facts[owed["member_id"]][owed["dues_month"]]
        parts = []
        for part in r.living("dues_payment_allocations"):
            payment = payments.get(part["payment_id"])
            if part["obligation_id"] != owed["obligation_id"] or payment is None:
                continue
            facts[owed["member_id"]][month_of(payment["paid_at"])]["payments"] += 1
            known = month_of(payment["recorded_at"] - timedelta(days=3))
            parts.append(
                (max(owed["dues_month"], month_of(payment["paid_at"]), known), float(part["amount"]))
            )
        total, settled = 0.0, ""
        for month, amount in sorted(parts):
            total += amount
            if total >= float(owed["payable_amount"]) - 0.005:
                settled = month
                break
        counts["owed"] = 1
        counts["settled"] = number(settled) if settled else 0


def number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def appraised(r: Register, member: int, month: str) -> tuple[int, float | None]:
    """Code of the last grade until the month (5: passed over, 0: none) and the peers' satisfaction then."""
    found = [x for x in _grades(r, member) if month_of(x[0]) <= month]
    peers = [x for x in found if x[1]]
    satisfaction = peers[-1][4] if peers else None
    return (found[-1][3] if found else 0), None if satisfaction is None else float(satisfaction)


def appraised_in(r: Register, member: int, months: list[str]) -> int:
    """Code of the last grade given, or missed, in one of these months."""
    found = [x for x in _grades(r, member) if month_of(x[0]) in months]
    return int(found[-1][3]) if found else 0


def _grades(r: Register, member: int) -> list[tuple[Any, ...]]:
    """(held on, whether given, appraisal, code, peers) of every valid appraisal, in order."""
    found: list[tuple[Any, ...]] = []
    codes = {"excellent": 1, "qualified": 2, "basic": 3, "unqualified": 4}
    for row in r.living("appraisals"):
        held, year = row["held_on"], row["appraisal_year"]
        serves = held.year == year or (held.year == year + 1 and held.month <= 2)
        if row["appraisal_kind"] != "democratic_appraisal" or not serves:
            continue
        if row["recorded_at"] >= end_of(month_of(held)):
            continue
        mine = [
            x
            for x in r.living("appraisal_results")
            if x["appraisal_id"] == row["appraisal_id"] and x["member_id"] == member
        ]
        for result in mine:
            if result["grade"] in codes:
                key = (held, 1, row["appraisal_id"])
                found.append((*key, codes[result["grade"]], result["peer_satisfaction"]))
        if not mine:
            for membership, _, category in r.members_of(row["org_id"], held):
                if (
                    membership["member_id"] == member
                    and category != "abroad"
                    and not is_lost(r, member, held)
                ):
                    found.append((held, 0, row["appraisal_id"], 5, None))
    return sorted(found, key=lambda x: x[:3])


def letter_days(r: Register, member: int, day: date) -> int | None:
    """Days past the letter of the latest transfer applied for until the day; None when none is under way."""
    applied = [
        row for row in r.living("transfers") if row["member_id"] == member and row["applied_at"].date() <= day
    ]
    if not applied:
        return None
    latest = max(applied, key=lambda row: (row["applied_at"], row["transfer_id"]))
    if latest["letter_valid_until"] is None or latest["state"] not in (
        "letter_issued",
        "expired",
        "completed",
    ):
        return None
    if (latest["letter_issued_on"] or latest["applied_at"].date()) > day:
        return None
    if latest["state"] == "completed" and latest["completed_at"].date() <= day:
        return None
    return int((day - latest["letter_valid_until"]).days)


def before(month: str, n: int) -> list[str]:
    """The n months ending with the month."""
    return [add_months(month, -k) for k in range(n)]


def of_year(month: str) -> list[str]:
    """January to the month."""
    return before(month, int(month[5:]))


def of_quarter(month: str) -> list[str]:
    return before(month, (int(month[5:]) - 1) % 3 + 1)
