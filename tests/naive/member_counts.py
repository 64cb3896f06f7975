"""Lights, warnings and taking part of members, judged once more one by one, as measures of their branch."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from data.clock import add_months
from tests.naive.cell import Cell
from tests.naive.member_facts import appraised, before, letter_days, of_quarter, of_year
from tests.naive.member_person import RED, YELLOW, Person
from tests.naive.member_scores import kunshan_points, year_score
from tests.naive.register import holds


def member_lights(cell: Cell) -> None:
    """Every measure of the family for one branch and month."""
    day = cell.r.day(cell.month)
    for membership, _, category in cell.r.members_of(cell.id, day):
        person = Member(cell.r, membership, category or "normal_active", cell.month)
        for name, value in person.measures().items():
            cell.add(name, value)


WUJIN_BANDS = (180, 170, 160, 140, 120, 100, 80, 0)
KUNSHAN_BANDS = (95, 90, 80, 70, 60, 50, 40, 0)


def band_of(score: float, edges: tuple[int, ...]) -> int:
    """The highest edge not above the score."""
    return next(edge for edge in edges if score >= edge)


class Member(Person):
    """A member as what adds to the measures of the branch."""

    def measures(self) -> Counter[str]:
        found: Counter[str] = Counter()
        lights = self.lights()
        if self.is_scored:
            worst = max(lights.values())
            found["red_members"] += worst == RED
            found["yellow_members"] += worst == YELLOW
            kinds = {
                "long_unpaid": self.unpaid()[0] >= 3,
                "long_absent": lights["life_gap"] == RED,
                "task_red": lights["task"] == RED,
            }
            found.update(kinds)
            found["three_no"] += any(kinds.values())
            for name, axes in SOLID.items():
                limit = RED if name == "solid_politics" else YELLOW
                found[name] += all(lights[axis] < limit for axis in axes)
            asked = self.category not in ("aged_infirm", "flow_out")
            found["service_scored"] += asked
            found["solid_service"] += asked and self.total("service_hours", of_quarter(self.month)) > 0
            self._scores(found)
        self._warned(found)
        self._took_part(found)
        grade = appraised(self.r, self.id, self.month)[0]
        names = ("graded_excellent", "graded_qualified", "graded_basic", "graded_unqualified")
        if 1 <= grade <= 4:
            found[names[grade - 1]] += 1
        return found

    def _scores(self, found: Counter[str]) -> None:
        score = year_score(self)
        if score is not None:
            found.update({"wj_member_score_sum": score, "wj_member_scored": 1})  # type: ignore[dict-item]
            found["wj_members_160"] += score >= 160
            found["wj_members_below_80"] += score < 80
            found[f"wj_score_from_{band_of(score, WUJIN_BANDS)}"] += 1
        points = kunshan_points(self)
        if points is not None:
            found.update({"ks_points_sum": points, "ks_points_scored": 1})  # type: ignore[dict-item]
            found["ks_points_below_60"] += points < 60
            found["ks_points_below_40"] += points < 40
            found[f"ks_score_from_{band_of(points, KUNSHAN_BANDS)}"] += 1

    def _warned(self, found: Counter[str]) -> None:
        u, _ = self.unpaid()
        found["unpaid_3_to_6"] += 3 <= u <= 6
        found["unpaid_over_6"] += u > 6
        recent = any(
            row["member_id"] == self.id
            and row["kind"] == "formal"
            and row["start_reason"] in ("admitted", "transfer_in")
            and holds(row["started_on"], row["ended_on"], self.day)
            and row["started_on"] > self.day - timedelta(days=183)
            for row in self.r.living("memberships")
        )
        exempt = self.category in ("aged_infirm", "abroad", "other_exempt")
        silent = 0 if recent or exempt else self._silence()
        case = not recent and self.category != "abroad" and self._has_case()
        lost = case or silent >= 6
        found["lost_members"] += lost
        found["silent_members"] += silent >= 3 and not lost
        days = letter_days(self.r, self.id, self.day)
        found["pocket_soon"] += days is not None and -15 <= days <= 0
        found["pocket_overdue"] += days is not None and days > 0
        missed = self._missed_quarters() if self.category == "flow_out" else 0
        found["floating_missed_1"] += missed == 1
        found["floating_missed_2"] += missed >= 2

    def _silence(self) -> int:
        names = (
            "signins",
            "payments",
            "courses",
            "services",
            "submissions",
            "activity_proof",
            "thought_report",
        )
        run = 0
        for month in before(self.closed, 12):
            if month < self.r.months[0] or any(self.total(name, [month]) for name in names):
                break
            run += 1
        return run

    def _has_case(self) -> bool:
        for row in self.r.living("lost_contact_cases"):
            if row["member_id"] != self.id or row["registered_on"] > self.day:
                continue
            ends = [day for day in (row["found_on"], row["suspended_on"]) if day is not None]
            if ends and min(ends) > self.day:
                return True
            if not ends and row["status"] == "searching":
                return True
        return False

    def _missed_quarters(self) -> int:
        run = 0
        for month in before(self.closed, 12):
            if int(month[5:]) % 3:
                continue
            reported = self.total("activity_proof", [month]) + self.total("thought_report", [month])
            began_before_the_data = add_months(month, -2) < self.r.months[0]
            if began_before_the_data or not self.owes_report(month) or reported:
                break
            run += 1
        return run

    def _took_part(self, found: Counter[str]) -> None:
        normal = self.category == "normal_active"
        quarter, at_work = of_quarter(self.month), bool(self.person["is_in_service"])
        studied = self.total("study_signins", quarter) + self.total("courses", quarter)
        found["normal_members"] += normal
        found["studied_in_quarter"] += normal and studied > 0
        found["served_in_quarter"] += normal and self.total("services", quarter) > 0
        found["served_in_month"] += normal and self.total("services", [self.month]) > 0
        found["talked_in_year"] += self.total("talks", of_year(self.month)) > 0
        found["in_service_members"] += at_work
        found["in_community_in_quarter"] += at_work and self.total("checkins", quarter) > 0
        born, day = self.person["birthday"], self.day
        limit = date(day.year - 45, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
        young = born is not None and born > limit
        registered = any(
            row["member_id"] == self.id
            and row["app_code"] == "mobile_school"
            and row["registered_at"].date() <= day
            for row in self.r.living("app_registrations")
        )
        found["under_45"] += young
        found["under_45_registered"] += young and registered
        found["registered_members"] += registered


SOLID = {
    "solid_politics": ("life_gap", "appraisal"),
    "solid_study": ("study",),
    "solid_discipline": ("dues", "discipline"),
    "solid_duty": ("task",),
    "solid_style": ("complaint", "rectification"),
}
