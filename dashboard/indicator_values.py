"""How the value of an indicator is written: as percent, or as a number with its unit."""

from __future__ import annotations

from dashboard.formats import MINUS, NA, decimal, integer, percent_number
from dashboard.units import UNITS
from data.indicators.sets import BY_ID
from data.queries.figures_of_month import Amount

# Numbers whose meaning differs from branch to branch, as days and cases: their sum and mean say nothing.
_MIXED = "number"
_PERCENT = frozenset({"ratio", "0/1"})
# Units of what a branch scores by a share: its own value is no share.
_SCORED = ("points", "class hours")
# Units that stand beside a number on the wall, by their beginning: 次 for "times/quarter".
_SHOWN = (
    *("times", "hours", "class hours", "days", "months", "quarters"),
    *("stars", "issues", "items", "steps", "members", "points", "posts", "views"),
)

# What is counted one by one: the district has so many, not so many a branch.
_COUNTED = frozenset({"members", "issues", "items", "steps"})


def is_counted(indicator: str) -> bool:
    """Whether the sum over the branches says more than their mean."""
    return BY_ID[indicator].unit in _COUNTED and BY_ID[indicator].pooled is None


def is_percent(indicator: str) -> bool:
    """Whether the value of a whole area is a share."""
    return BY_ID[indicator].unit in _PERCENT or BY_ID[indicator].pooled is not None


def is_share(indicator: str) -> bool:
    """Whether the value of one branch, and the mean of such values, is a share: points that are made of a share and
    hours per head are none."""
    return is_percent(indicator) and not BY_ID[indicator].unit.startswith(_SCORED)


def branch_words(indicator: str, value: float | None) -> str:
    """The value of one branch: 96.6%, 1.5 小时, what is counted whole as 3 次; – without a value."""
    if value is None:
        return NA
    if BY_ID[indicator].unit == "0/1" and value in (0, 1):
        return "已开展" if value else "未开展"
    if is_share(indicator):
        return _share_words(value)
    return f"{decimal(value, 0 if value == round(value) else 1)} {unit_word(indicator)}".rstrip()


def mean_words(indicator: str, value: float | None) -> str:
    """The mean of branches; – without a value, nothing for a number of no unit."""
    if BY_ID[indicator].unit == _MIXED and not is_share(indicator):
        return ""
    if value is None:
        return NA
    return _share_words(value) if is_share(indicator) else f"{decimal(value)} {unit_word(indicator)}".rstrip()


def _share_words(value: float) -> str:
    return f"{MINUS if value < 0 else ''}{percent_number(abs(value))}%"


def value_words(indicator: str, amount: Amount) -> str:
    """A mean or a pooled share: 96.6%, 1.5 次; – without a value, nothing for a number of no unit."""
    if BY_ID[indicator].unit == _MIXED and not is_percent(indicator):
        return ""
    if amount.value is None:
        return NA
    if is_percent(indicator):
        return _share_words(amount.value)
    return f"{decimal(amount.value)} {unit_word(indicator)}".rstrip()


def whole_words(indicator: str, amount: Amount) -> str:
    """A value in whole units: 47 天."""
    return NA if amount.value is None else f"{integer(amount.value)} {unit_word(indicator)}".rstrip()


def unit_word(indicator: str) -> str:
    """The unit in Chinese; empty for a bare number."""
    unit = BY_ID[indicator].unit
    return next((UNITS[begin] for begin in _SHOWN if unit.startswith(begin)), "")
