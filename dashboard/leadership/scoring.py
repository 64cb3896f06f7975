"""What a district evaluates by: points of 武进, the quarterly score of 惠济, elsewhere the 诊疗分; and its quarters."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.leadership.registry import Asked
from dashboard.profile import DistrictProfile
from dashboard.quarters import quarter_label
from data.clock import add_months
from data.queries.committee_scores import BRANCH_POINTS, MEMBER_POINTS, quarter_of
from data.queries.leadership.standings import Measured

QUARTERS = 8
_INDEX = ("index_points", "scored_members")


@dataclass(frozen=True)
class Scoring:
    """``of`` is the number behind it (its trace), ``full`` the full mark of the total, ``branch`` and ``member`` what
    the two means are called. ``is_of_year``: the score is of the year to date, so that there is no other yearly one;
    ``line``: points a branch needs for honours, None without such a line."""

    of: str
    name: str
    measured: Measured
    full: float
    branch: str
    member: str
    is_of_year: bool = False
    line: float | None = None


def scoring_of(profile: DistrictProfile) -> Scoring:
    """By the sets the district keeps."""
    if "wj_b" in profile.sets:
        measured = Measured(
            "wj_b_total_value",
            ("wj_b_total_value_sum", "wj_b_total_value_count"),
            ("wj_member_score_sum", "wj_member_scored"),
            adds_members=True,
        )
        line = profile.rule("wj_b_total").yellow
        full = BRANCH_POINTS + MEMBER_POINTS
        return Scoring(
            "wj_b_total",
            "考评得分",
            measured,
            full,
            "支部均分",
            "党员均分",
            True,
            None if line is None else line.at,
        )
    member = f"{profile.index_name}均值"
    if "hj" in profile.sets:
        of = "hj_quarter_score"
        measured = Measured(f"{of}_value", (f"{of}_value_sum", f"{of}_value_count"), _INDEX)
        return Scoring(of, "季度计分", measured, 100, "季度计分", member)
    measured = Measured("score", ("score_sum", "score_count"), _INDEX)
    return Scoring("score", "诊疗分", measured, 100, "诊疗分", member)


def quarter_end(asked: Asked) -> str:
    """Last month of the last quarter that was closed by the month asked for."""
    month = min(asked.month, asked.closed)
    return add_months(month, -(int(month[5:]) % 3))


def ends_to(last: str, count: int = QUARTERS) -> list[str]:
    """Last months of so many quarters, oldest first."""
    return [add_months(last, -3 * n) for n in range(count - 1, -1, -1)]


def before_of(asked: Asked, end: str) -> str:
    """The quarter it is compared with: the one before, or the same of the year before."""
    return add_months(end, -12 if asked.address.versus == "year" else -3)


def than_quarter(asked: Asked, end: str) -> str:
    """较二季度, 较同期."""
    if asked.address.versus == "year":
        return "较同期"
    return f"较{quarter_words(before_of(asked, end), year=False)}"


def quarter_words(end: str, *, year: bool = True) -> str:
    """2026年三季度 of its last month."""
    return quarter_label(quarter_of(end), year=year)
