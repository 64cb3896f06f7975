"""The branch indicators of study, openness, members, leadership, support and contribution once more."""

from __future__ import annotations

from collections.abc import Callable

from tests.naive.district import add_months, first_of
from tests.naive.indicators import (
    GREEN,
    NOT_ASKED,
    RED,
    UNKNOWN,
    YELLOW,
    Branch,
    Finding,
    last_of,
    share,
)

# What a branch did in the months that end with a place: its amount, or None where it has none.
Amount = Callable[[Branch, int, int], float | None]


def last(b: Branch, name: str, at: int, months: int) -> float:
    return sum(b.get(name, j) for j in range(max(0, at - months + 1), at + 1))


def covers(b: Branch, at: int, months: int) -> bool:
    """The data and the branch are as old as the window."""
    return at - months + 1 >= 0 and b.founded() <= first_of(add_months(b.months[at], 1 - months))


def below_average(amount: Amount, red_months: int, broken: bool) -> Callable[[Branch, int], Finding]:
    def known(b: Branch, at: int) -> float | None:
        if not b.eligible(at) or not covers(b, at, 3) or (broken and b.broken(at, at - 2)):
            return None
        return amount(b, at, 3)

    def find(b: Branch, at: int) -> Finding:
        if not b.eligible(at) or not covers(b, at, 3) or amount(b, at, 3) is None:
            return NOT_ASKED
        value = known(b, at)
        if value is None:
            return UNKNOWN
        others = [known(Branch(b.cells, org, b.months), at) for org in {org for org, _ in b.cells}]
        amounts = [other for other in others if other is not None]
        # Four significant digits, by way of text.
        average = float(f"{sum(amounts) / len(amounts):.4g}")
        if average == 0:
            return NOT_ASKED
        red = covers(b, at, red_months) and amount(b, at, red_months) == 0
        light = RED if red else YELLOW if value / average < 0.5 else GREEN
        return Finding(value, min(100, 100 * value / average), light)

    return find


def served(b: Branch, at: int, months: int) -> float | None:
    heads = b.get("service_members", at)
    return last(b, "volunteer_hours", at, months) / heads if heads else None


def openness(b: Branch, at: int) -> Finding:
    place = (b.number(at) - 1) % 3
    first = at - place
    n = sum(b.get("disclosures", j) for j in range(max(first, 0), at + 1))
    young = (last_of(b.months[at]) - b.founded()).days + 1 < 45
    if not b.eligible(at) or (place == 2 and young):
        return NOT_ASKED
    if n > 0:
        return Finding(n, 100, GREEN)
    if first < 0 or place == 0:
        return NOT_ASKED
    if place == 1:
        return Finding(0, 50, YELLOW)
    before = openness(b, at - 3) if at >= 3 else NOT_ASKED
    return Finding(0, 0, RED if before.value == 0 else YELLOW)


def development(b: Branch, at: int) -> Finding:
    d, n, missing, early = (
        last(b, name, at, 12)
        for name in ("dev_steps", "dev_steps_proper", "dev_uploads_missing", "dev_steps_early")
    )
    overdue, long = b.get("dev_overdue", at), b.get("dev_overdue_30", at)
    if not b.eligible(at) or not (d or overdue or missing or early):
        return NOT_ASKED
    value = n / d if d else 0.0
    red = long or early or (overdue and not d)
    return Finding(
        value, max(0, 100 * value - 20 * overdue), RED if red else YELLOW if overdue or missing else GREEN
    )


def unqualified(b: Branch, at: int) -> Finding:
    late = b.get("unqualified_overdue", at)
    if not b.eligible(at) or b.get("unqualified_members", at) == 0:
        return NOT_ASKED
    red = b.get("unqualified_overdue_90", at) > 0
    return Finding(late, 0 if late else 100, RED if red else YELLOW if late else GREEN)


def red_members(b: Branch, at: int) -> Finding:
    d = b.get("scored_members", at)
    if not b.eligible(at) or d == 0:
        return NOT_ASKED
    value = b.get("red_members", at) / d
    light = RED if value >= 0.20 else YELLOW if value >= 0.10 else GREEN
    return Finding(value, 100 * max(0, 1 - value / 0.20), light)


def info_quality(b: Branch, at: int) -> Finding:
    if not b.eligible(at):
        return NOT_ASKED
    return share(b.get("member_fields_filled", at), b.get("member_fields", at), 0.98, 0.90)


def leadership(b: Branch, at: int) -> Finding:
    if not b.eligible(at):
        return NOT_ASKED
    if not b.known("vacancy_days", at):
        return UNKNOWN
    vacant = b.get("vacancy_days", at)
    small = b.get("full_members", at) >= 7 and b.get("committee_size", at) < 3
    light = RED if vacant > 90 else YELLOW if vacant > 30 or small else GREEN
    return Finding(vacant, 0 if vacant else 50 if small else 100, light)


def venue(b: Branch, at: int) -> Finding:
    if not b.eligible(at):
        return NOT_ASKED
    if not b.get("venue_access", at):
        return Finding(4, 0, RED)
    if not b.get("venue_inspected", at):
        return Finding(0, 60, YELLOW)
    issues = b.get("venue_issues", at)
    return Finding(issues, 100 - 25 * issues, YELLOW if b.get("venue_issues_overdue", at) else GREEN)


def condolence(b: Branch, at: int) -> Finding:
    december = at - b.number(at) % 12
    if not b.eligible(at) or december < 0:
        return NOT_ASKED
    n = sum(b.get("condolence_visited", j) for j in range(december, min(at, december + 2) + 1))
    found = share(n, b.get("condolence_due", december), 1, 0.5)
    if b.number(at) == 12:
        return Finding(found.value, found.score, min(found.light, GREEN))
    return Finding(found.value, found.score, min(found.light, YELLOW)) if b.number(at) == 1 else found


def star(b: Branch, at: int) -> Finding:
    rated, weak = b.known("stars", at), b.get("weak_lax", at) > 0
    if not b.eligible(at) or not (rated or weak):
        return NOT_ASKED
    stars = b.get("stars", at)
    fell = b.known("stars_before", at) and stars < b.get("stars_before", at)
    return Finding(stars, 20 * stars, RED if weak or stars <= 2 else YELLOW if fell else GREEN)


def secretary_project(b: Branch, at: int) -> Finding:
    if not b.eligible(at) or not b.known("project_lag", at):
        return NOT_ASKED
    lag = max(0.0, b.get("project_lag", at))
    light = RED if b.get("projects_overdue", at) else YELLOW if lag > 0.10 else GREEN
    return Finding(lag, 100 * (1 - lag), light)


STANDING: dict[str, Callable[[Branch, int], Finding]] = {
    "hs_b_theory_study": below_average(lambda b, at, n: last(b, "study_sessions", at, n), 3, broken=True),
    "hs_b_deliberation": below_average(lambda b, at, n: last(b, "deliberations", at, n), 6, broken=True),
    "hs_b_openness": openness,
    "hs_b_development": development,
    "hs_b_unqualified": unqualified,
    "hs_b_red_members": red_members,
    "hs_b_info_quality": info_quality,
    "hs_b_leadership": leadership,
    "hs_b_venue": venue,
    "hs_b_condolence": condolence,
    "hs_b_star": star,
    "hs_b_secretary_project": secretary_project,
    "hs_b_volunteer": below_average(served, 6, broken=False),
}
