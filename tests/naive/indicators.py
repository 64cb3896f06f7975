"""The thirteen branch indicators once more, month by month and branch by branch, as the catalogue words them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tests.naive.cell import Cells
from tests.naive.district import last_of

NA, NODATA, GREEN, YELLOW, RED = range(5)
BLANK = None


@dataclass
class Branch:
    """One branch through the months; the last month is open."""

    cells: Cells
    org: int
    months: list[str]

    def get(self, name: str, at: int) -> float:
        """A measure of the month at this place; nothing counted and nothing known before the first are 0."""
        return 0.0 if at < 0 else float(self.cells[self.org, self.months[at]].get(name) or 0)

    def known(self, name: str, at: int) -> bool:
        return self.cells[self.org, self.months[at]].get(name) is not None

    def eligible(self, at: int) -> bool:
        return at >= 0 and bool(self.get("eligible", at))

    def number(self, at: int) -> int:
        return int(self.months[at][5:])

    def year(self, at: int) -> int:
        return int(self.months[at][:4])

    def founded(self) -> date:
        return date.fromordinal(int(self.get("established_day", 0)))

    def broken(self, at: int, first: int | None = None) -> bool:
        """More than 5 % of the held activities of these months cannot be counted (rulings 3)."""
        span = range(at if first is None else max(first, 0), at + 1)
        bad = sum(self.get("activities_broken", j) for j in span)
        good = sum(self.get("activities", j) for j in span)
        return bad > 0.05 * (bad + good)

    def failed_in_a_row(self, at: int, failed: Callable[[int], bool]) -> int:
        """Months in a row ending with this one that failed; a month nobody can judge ends the row."""
        n = 0
        while at - n >= 0 and self.eligible(at - n) and failed(at - n) and not self.broken(at - n):
            n += 1
        return n


@dataclass
class Finding:
    """Value, score and light of one indicator in one month."""

    value: float | None
    score: float | None
    light: int


NOT_ASKED = Finding(BLANK, BLANK, NA)
UNKNOWN = Finding(BLANK, BLANK, NODATA)


def quarterly(measure: str) -> Callable[[Branch, int], Finding]:
    def find(b: Branch, at: int) -> Finding:
        place = (b.number(at) - 1) % 3
        first = at - place
        n = sum(b.get(measure, j) for j in range(max(first, 0), at + 1))
        active_days = (last_of(b.months[at]) - b.founded()).days + 1
        if not b.eligible(at) or (place == 2 and active_days < 45):
            return NOT_ASKED
        if n == 0 and (first < 0 or place == 0):
            return NOT_ASKED
        if b.broken(at, first):
            return UNKNOWN
        if n > 0:
            return Finding(n, 100, GREEN)
        return Finding(0, 50, YELLOW) if place == 1 else Finding(0, 0, RED)

    return find


def monthly(measure: str, asked: Callable[[Branch, int], bool]) -> Callable[[Branch, int], Finding]:
    def find(b: Branch, at: int) -> Finding:
        if not b.eligible(at) or not asked(b, at):
            return NOT_ASKED
        if b.broken(at):
            return UNKNOWN
        n = b.get(measure, at)
        if n > 0:
            return Finding(n, 100, GREEN)
        missed = b.failed_in_a_row(at, lambda j: asked(b, j) and b.get(measure, j) == 0)
        return Finding(0, 0, RED if missed >= 2 else YELLOW)

    return find


def group_meeting(b: Branch, at: int) -> Finding:
    d, n = b.get("groups", at), b.get("groups_met", at)
    if not b.eligible(at) or d == 0:
        return NOT_ASKED
    if b.broken(at):
        return UNKNOWN

    def half_missed(j: int) -> bool:
        return b.get("groups", j) > 0 and b.get("groups_met", j) / b.get("groups", j) < 0.5

    red = d - n >= 2 and b.failed_in_a_row(at, half_missed) >= 2
    return Finding(n / d, 100 * n / d, RED if red else YELLOW if n < d else GREEN)


def life_gap(b: Branch, at: int) -> Finding:
    if not b.eligible(at):
        return NOT_ASKED
    if b.broken(at):
        return UNKNOWN
    gap = b.failed_in_a_row(at, lambda j: b.get("life_activities", j) == 0)
    return Finding(gap, {0: 100, 1: 50}.get(gap, 0), {0: GREEN, 1: YELLOW}.get(gap, RED))


def reviewed(b: Branch, at: int, name: str) -> float:
    """What was held for the reviewed year up to this month: within it, or in the January or February after."""
    year = b.year(at) if b.number(at) >= 10 else b.year(at) - 1
    total = 0.0
    for j in range(at + 1):
        if b.year(j) == year:
            total += b.get(f"{name}_this_year", j)
        if b.year(j) == year + 1 and b.number(j) <= 2:
            total += b.get(f"{name}_last_year", j)
    return total


def review_asked(b: Branch, at: int, held: bool) -> bool:
    """Not of branches founded after September, not before December while it is not held, not of years without
    data."""
    year = b.year(at) if b.number(at) >= 10 else b.year(at) - 1
    if not b.eligible(at) or b.founded() > date(year, 9, 30):
        return False
    return held or (b.number(at) not in (10, 11) and year >= b.year(0))


def life_meeting(b: Branch, at: int) -> Finding:
    held = reviewed(b, at, "life_meeting") > 0
    if not review_asked(b, at, held):
        return NOT_ASKED
    if held:
        return Finding(1, 100, GREEN)
    return Finding(0, BLANK, YELLOW) if b.number(at) in (12, 1) else Finding(0, 0, RED)


def appraisal(b: Branch, at: int) -> Finding:
    held = reviewed(b, at, "appraisal") > 0
    n, d = reviewed(b, at, "appraised"), reviewed(b, at, "appraisable")
    if not held:
        february = f"{b.year(at)}-02" if 2 <= b.number(at) <= 9 else b.months[at]
        d = b.get("members", b.months.index(february) if february in b.months else at)
    if not review_asked(b, at, held) or d == 0:
        return NOT_ASKED
    value = n / d if held else 0.0
    closed_for_good = 2 <= b.number(at) <= 9
    if closed_for_good and (not held or (value < 0.60 and d - n >= 2)):
        return Finding(value, 100 * value, RED)
    low = value < 0.90 and b.number(at) not in (10, 11)
    return Finding(value, 100 * value, YELLOW if low else GREEN)


def transfer(b: Branch, at: int) -> Finding:
    d = sum(b.get("transfer_steps", j) for j in range(at - 11, at + 1))
    n = sum(b.get("transfer_steps_on_time", j) for j in range(at - 11, at + 1))
    overdue, long_overdue = b.get("transfer_overdue", at), b.get("transfer_overdue_30", at)
    if not b.eligible(at) or (d == 0 and overdue == 0):
        return NOT_ASKED
    value = n / d if d else 0.0
    red = long_overdue >= 1 or overdue >= 3 or d == 0
    return Finding(value, max(0, 100 * value - 20 * overdue), RED if red else YELLOW if overdue else GREEN)


def share(n: float, d: float, yellow: float, red: float) -> Finding:
    """A ratio with its lights; one single failure is at most yellow (§11.5)."""
    if d == 0:
        return NOT_ASKED
    value = n / d
    light = RED if value < red and d - n >= 2 else YELLOW if value < yellow else GREEN
    return Finding(value, 100 * value, light)


def attendance_rate(b: Branch, at: int) -> Finding:
    if not b.eligible(at):
        return NOT_ASKED
    d, bad = b.get("required", at), b.get("attendance_broken", at)
    return UNKNOWN if bad > 0.05 * (d + bad) else share(b.get("present", at), d, 0.80, 0.50)


def dues_collection(b: Branch, at: int) -> Finding:
    return share(b.get("dues_full", at), b.get("dues_owed", at), 0.95, 0.85) if b.eligible(at) else NOT_ASKED


def floating(b: Branch, at: int) -> Finding:
    """Of the last closed quarter known from its start; the last month is open, so its quarter is not closed."""
    ends = [j for j in range(2, at + 1) if b.number(j) % 3 == 0 and j < len(b.months) - 1]
    if not b.eligible(at) or not ends:
        return NOT_ASKED
    return share(b.get("floating_reported", ends[-1]), b.get("floating_due", ends[-1]), 1, 0.60)


def term(b: Branch, at: int) -> Finding:
    if not b.eligible(at) or b.get("temporary", at):
        return NOT_ASKED
    if not b.known("term_days", at):
        young = (last_of(b.months[at]) - b.founded()).days < 365
        return NOT_ASKED if young else UNKNOWN
    days = b.get("term_days", at)
    return Finding(days, 100 if days >= 0 else 0, RED if days < 0 else YELLOW if days <= 90 else GREEN)


INDICATORS: dict[str, Callable[[Branch, int], Finding]] = {
    "hs_b_member_assembly": quarterly("assemblies"),
    "hs_b_committee_meeting": monthly("committee_meetings", lambda b, j: b.get("has_committee", j) > 0),
    "hs_b_group_meeting": group_meeting,
    "hs_b_party_lecture": quarterly("lectures"),
    "hs_b_theme_party_day": monthly("theme_days", lambda b, j: True),
    "hs_b_life_gap": life_gap,
    "hs_b_life_meeting": life_meeting,
    "hs_b_attendance_rate": attendance_rate,
    "hs_b_appraisal": appraisal,
    "hs_b_transfer": transfer,
    "hs_b_dues_collection": dues_collection,
    "hs_b_floating": floating,
    "hs_b_term": term,
}
