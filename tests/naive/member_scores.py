"""The 200 points of 武进 and the member points of 昆山 of one member, month by month from the definitions."""

from __future__ import annotations

from typing import Any

from tests.naive.district import last_of
from tests.naive.member_facts import appraised_in, number, of_year

GRADES = {1: 10, 2: 8, 3: 3, 4: 0, 5: 0}


def year_score(p: Any) -> float | None:
    """200 × attained ÷ attainable over the closed months of the year inside the data; None when nothing was asked."""
    months = [m for m in reversed(of_year(p.closed)) if m >= p.r.months[0] and m[:4] == p.month[:4]]
    attained = attainable = 0.0
    study = service = 0.0
    for month in reversed(of_year(p.closed)):
        counts = p.facts.get(month, {})
        if (int(month[5:]) - 1) % 3 == 0:
            service = 0.0
        study += counts.get("class_hours", 0) + counts.get("online", 0)
        service += counts.get("service_hours", 0)
        used_study, used_service = min(study, 32 / 12), min(service, 2)
        study, service = study - used_study, service - used_service
        if month not in months or not settled(p, month):
            continue
        for got, asked in _items(p, month, counts, used_study, used_service):
            attained, attainable = attained + got, attainable + asked
    extra = _review(p, months)
    attained, attainable = attained + extra[0], attainable + extra[1]
    return 200 * attained / attainable if attainable else None


def _items(p: Any, month: str, counts: Any, study: float, service: float) -> list[tuple[float, float]]:
    category = (
        p.r.category(p.id, p.r.day(month) if month in p.r.months else last_of(month)) or "normal_active"
    )
    found = [(2 * study / (32 / 12), 2.0)]
    if int(month[5:]) % 3 == 0:
        found.append((2.5 * info_share(p.person), 2.5))
    takes_part = category not in ("flow_out", "aged_infirm")
    due, signed = counts.get("meetings_due", 0), counts.get("meetings_signed", 0)
    if takes_part and due:
        found.append((4 * signed / due, 4))
    came = counts.get("theme_any", 0) > 0
    if takes_part and (came or counts.get("theme_due", 0)):
        found.append((4.0 * came, 4))
    if int(month[5:]) % 3 == 0 and p.owes_report(month):
        found.append((12.0 * (counts.get("activity_proof", 0) > 0), 12))
        found.append((12.0 * (counts.get("thought_report", 0) > 0), 12))
    if counts.get("owed", 0):
        found.append((3.0 * paid_in_time(counts, month), 3))
    if category != "aged_infirm":
        found.append((1.5 * service / 2, 1.5))
    return found


def _review(p: Any, months: list[str]) -> tuple[float, float]:
    """The life meeting and the last grade given in the closed months of the year."""
    year = of_year(p.closed) if p.closed[:4] == p.month[:4] else []
    signed = p.total("life_meeting_any", year) > 0
    called = signed or p.total("life_meeting_due", year) > 0
    grade = appraised_in(p.r, p.id, year)
    return 6 * signed + GRADES.get(grade, 0), 6 * called + 10 * (grade > 0)


def settled(p: Any, month: str) -> bool:
    """Enrolled and scored at the end of the month and not arrived in it."""
    day = p.r.day(month) if month in p.r.months else last_of(month)
    for branch in {row["branch_org_id"] for row in p.r.living("memberships") if row["member_id"] == p.id}:
        for membership, _, category in p.r.members_of(branch, day):
            if membership["member_id"] == p.id and p.r.scored(membership, category, month):
                return True
    return False


def info_share(person: Any) -> float:
    fields = ["birthday", "education", "occupation", "joined_on", "home_division_id"]
    if person["member_stage"] == "full":
        fields.append("full_member_on")
    return (1 + sum(person[name] is not None for name in fields)) / (1 + len(fields))


def paid_in_time(counts: Any, month: str) -> bool:
    return bool(counts.get("settled", 0)) and counts["settled"] <= number(month)


def kunshan_points(p: Any) -> float | None:
    """Five parts of 100, those that do not apply left out; None before a month of the year has closed."""
    year = of_year(p.closed) if p.closed[:4] == p.month[:4] else []
    if not year:
        return None
    earned = full = 0.0
    for signed, due, mark in (("others_signed", "others_due", 20), ("meetings_signed", "meetings_due", 30)):
        if p.total(due, year):
            earned, full = earned + mark * p.total(signed, year) / p.total(due, year), full + mark
    hours = p.total("class_hours", year) + p.total("online", year)
    earned += 20 * min(1, hours / 32) + 18 * min(1, p.total("service_hours", year) / 24)
    full += 38
    owed = [month for month in year if month in p.facts and p.facts[month]["owed"]]
    if owed:
        earned += sum(paid_in_time(p.facts[month], month) for month in owed)
        full += 12
    return 100 * earned / full
