"""The lights of one member, judged once more from the definitions, indicator by indicator."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from tests.naive.district import add_months, first_of, last_of, month_of
from tests.naive.member_facts import Facts, appraised, before, letter_days, member_facts, number, of_year
from tests.naive.register import Register, holds
from tests.naive.rows import Row

GREEN, YELLOW, RED = 0, 1, 2
COMMITTEE = {"secretary", "deputy_secretary", "organization", "publicity", "discipline", "other_committee"}


_HELD: dict[int, tuple[Register, Facts]] = {}


def facts_of(register: Register) -> Facts:
    """The facts of a register, counted once."""
    if id(register) not in _HELD:
        _HELD.clear()
        _HELD[id(register)] = (register, member_facts(register))
    return _HELD[id(register)][1]


class Person:
    """One member of a branch at the end of a month; ``closed`` is the last closed month up to it."""

    def __init__(self, r: Register, membership: Row, category: str, month: str) -> None:
        self.r, self.category, self.month = r, category, month
        self.id: int = membership["member_id"]
        self.day = r.day(month)
        self.is_scored = r.scored(membership, category, month)
        self.closed = month if month != r.open_month else add_months(month, -1)
        self.facts = facts_of(r)[self.id]
        self.person = next(row for row in r.living("members") if row["member_id"] == self.id)

    def total(self, name: str, months: list[str]) -> float:
        return sum(self.facts[month][name] for month in months if month in self.facts)

    def known(self, month: str) -> bool:
        """Whether the January of the month lies inside the data."""
        return f"{month[:4]}-01" >= self.r.months[0]

    def unpaid(self) -> tuple[int, int]:
        """(u, a) at the cut-off of the last closed month."""
        run, breaks, twelve = 0, False, 0
        for month in before(self.closed, 12):
            counts = self.facts.get(month, Counter())
            if not counts["owed"]:
                continue
            failing = not counts["settled"] or counts["settled"] > number(self.closed)
            twelve += failing
            breaks = breaks or not failing
            run += failing and not breaks
        return run, twelve

    def lights(self) -> dict[str, int]:
        u, a = self.unpaid()
        grade, peers = appraised(self.r, self.id, self.month)
        days = letter_days(self.r, self.id, self.day)
        n, d = (self.total(name, before(self.closed, 3)) for name in ("theme_signed", "theme_due"))
        tasks, done, refused = (
            self.total(name, before(self.closed, 6)) for name in ("tasks", "tasks_done", "refused")
        )
        complaints = self.total("complaints", before(self.closed, 12))
        rough = tasks > 0 and done / tasks < 0.7
        return {
            "theme": RED if d >= 3 and n == 0 else YELLOW if d >= 2 and n / d < 0.5 else GREEN,
            "dues": RED if u >= 3 else YELLOW if u or a else GREEN,
            "appraisal": RED if grade == 4 else YELLOW if grade in (3, 5) else GREEN,
            "life_gap": self._life_gap(),
            "study": self._study(),
            "talk": self._talk(),
            "summary": self._summary(),
            "task": RED if refused or (tasks >= 3 and done == 0) else YELLOW if rough else GREEN,
            "relation": GREEN if days is None or days < -15 else RED if days > 0 else YELLOW,
            "discipline": self._discipline(),
            "complaint": RED if complaints >= 3 else YELLOW if complaints else GREEN,
            "peer": YELLOW if peers is not None and peers < 0.6 else GREEN,
            "rectification": self._rectification(),
            "community": self._community(),
        }

    def _life_gap(self) -> int:
        if self.category != "normal_active":
            return GREEN
        run = 0
        for month in before(self.closed, 12):
            counts = self.facts.get(month, Counter())
            if counts["life_due"] and counts["life_any"]:
                break
            run += counts["life_due"] > 0
        return RED if run >= 3 else YELLOW if run == 2 else GREEN

    def _study(self) -> int:
        month = self.closed
        start = date(int(self.month[:4]), 7, 1)
        if not self.known(month) or (self.person["joined_on"] and self.person["joined_on"] > start):
            return GREEN
        hours = self.total("class_hours", of_year(month)) + self.total("online", of_year(month))
        day = self.r.day(month)
        office = any(
            row["member_id"] == self.id
            and row["post_type"] in COMMITTEE
            and holds(row["started_on"], row["ended_on"], day)
            for row in self.r.living("party_posts")
        )
        share = hours / ((56 if office else 32) * int(month[5:]) / 12)
        if month[5:] == "12" and share < 0.5:
            return RED
        return YELLOW if month[5:] >= "06" and share < 0.7 else GREEN

    def _talk(self) -> int:
        late = self.closed[5:] == "12" and self.known(self.closed)
        return YELLOW if late and not self.total("talks", of_year(self.closed)) else GREEN

    def _summary(self) -> int:
        """Judged at the close of the last closed month; whoever joined this year or after October owes nothing."""
        if self.month[5:] >= "10":
            mine = [row for row in self._summaries() if row["submitted_at"].year == int(self.month[:4])]
            if not any(
                row["period"][:4] == self.month[:4] and month_of(row["submitted_at"]) <= self.month
                for row in mine
            ):
                return GREEN
        if self.closed[5:] >= "10" or not self.known(self.closed):
            return GREEN
        if self.person["joined_on"] >= first_of(f"{self.month[:4]}-01"):
            return GREEN
        last = str(int(self.closed[:4]) - 1)
        handed_in = [
            row
            for row in self._summaries()
            if row["period"][:4] == last and month_of(row["submitted_at"]) <= self.closed
        ]
        in_time = any(month_of(row["submitted_at"]) <= f"{self.closed[:4]}-01" for row in handed_in)
        return (
            GREEN
            if in_time or any(month_of(r["submitted_at"])[:4] == self.closed[:4] for r in handed_in)
            else YELLOW
        )

    def _summaries(self) -> list[Row]:
        return [
            row
            for row in self.r.living("member_submissions")
            if row["member_id"] == self.id
            and row["submission_kind"] == "annual_summary"
            and row["accepted_at"] is not None
        ]

    def _discipline(self) -> int:
        worst = GREEN
        for row in self.r.living("member_dispositions"):
            if row["member_id"] != self.id or row["opened_on"] > self.day:
                continue
            still = row["closed_on"] is None or row["closed_on"] > self.day
            if still or (row["effective_until"] is not None and row["effective_until"] >= self.day):
                mild = row["disposition_kind"] in ("rectify", "warning")
                worst = max(worst, YELLOW if mild else RED)
        return worst

    def _rectification(self) -> int:
        worst = GREEN
        for row in self.r.living("warnings"):
            mine = (
                row["subject_type"] == "member" and row["member_id"] == self.id and row["state"] != "invalid"
            )
            due = row["rectify_due_on"]
            if not mine or due is None or due >= self.day:
                continue
            if row["rectified_at"] is not None and row["rectified_at"].date() <= self.day:
                continue
            worst = max(worst, RED if self.day > due + timedelta(days=60) else YELLOW)
        return worst

    def _community(self) -> int:
        if not self.person["is_in_service"] or not self.known(self.closed) or self.closed[5:] < "06":
            return GREEN
        registered = any(
            row["member_id"] == self.id
            and row["checkin_kind"] == "register"
            and month_of(row["occurred_on"]) <= self.closed
            for row in self.r.living("community_checkins")
        )
        return GREEN if registered else YELLOW

    def owes_report(self, month: str) -> bool:
        """Floating out on the last day of the quarter (today in the open month) for 45 days."""
        day = self.r.day(month) if month in self.r.months else last_of(month)
        row = self.r.category_row(self.id, day)
        return bool(row and row["category"] == "flow_out" and row["valid_from"] <= day - timedelta(days=44))
