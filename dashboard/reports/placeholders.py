"""The values a prescription's template is filled with ({n}, {months}, {due} …); None drops the sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from dashboard.formats import decimal, percent
from dashboard.indicator_values import is_share
from data.clock import add_months, first_day, last_day
from data.indicators.line import Line
from data.indicators.rules import IndicatorRule
from data.indicators.sets import BY_ID
from data.queries.report_branches import Array, BranchCheck, Judged
from data.readmodel.light import Light

# October begins the season of the reviews of a year (rulings 11).
REVIEW_MONTH = 10
_YEARLY = ("life_meeting", "appraisal")
_LIGHT = {Light.YELLOW: "黄", Light.RED: "红"}


@dataclass(frozen=True)
class Counted:
    """Measures added and taken off, over so many months ending with the reported one."""

    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    months: int = 1


# {n}: how many are concerned. Other indicators: what is missing of their pooled ratio.
_CONCERNED: dict[str, Counted] = {
    "hs_b_transfer": Counted(("transfer_overdue",)),
    "hs_b_unqualified": Counted(("unqualified_overdue",)),
    "hs_b_red_members": Counted(("red_members",)),
}


def measures_read(indicators: tuple[str, ...]) -> set[str]:
    """Measures that {n} of these indicators is counted from."""
    found = {"dev_overdue", "dev_uploads_missing", "condolence_due", "condolence_visited"}
    found |= {f"{name}_{year}_year" for name in ("appraised", "appraisable") for year in ("this", "last")}
    for indicator in indicators:
        spec = _concerned(indicator)
        found |= set() if spec is None else {*spec.plus, *spec.minus}
    return found


def number_concerned(check: BranchCheck, judged: Judged) -> float | None:
    """How many members, groups, steps or rows are concerned; None where nobody is or it is not known."""
    indicator, counts = judged.indicator, check.counts
    number: float | None
    if indicator == "hs_b_development":
        number = counts["dev_overdue"][-1] + np.nansum(counts["dev_uploads_missing"][-12:])
    elif indicator == "hs_b_venue":
        number = judged.value
    elif indicator == "hs_b_condolence":
        season = int(check.month[5:]) % 12 + 1
        number = _season(counts["condolence_due"], season) - _season(counts["condolence_visited"], season)
    elif indicator == "hs_b_appraisal":
        year = "this" if review_year(check.month) == int(check.month[:4]) else "last"
        number = counts[f"appraisable_{year}_year"][-1] - counts[f"appraised_{year}_year"][-1]
    elif indicator == "hs_b_floating":
        at = -1 - int(check.month[5:]) % 3
        number = counts["floating_due"][at] - counts["floating_reported"][at]
    else:
        number = _counted(check.counts, indicator)
    return float(number) if number is not None and number > 0 else None


def values_of(
    check: BranchCheck, judged: Judged, rule: IndicatorRule, report_day: date
) -> dict[str, str | None]:
    """Placeholders of one indicator of one branch, without {res}, {title}, {grade}, {items} and {best}."""
    value, month = judged.value, check.month
    missed = _missed_in_a_row(judged.values)
    number = number_concerned(check, judged) if "{n}" in rule.prescription else None
    return {
        "short_name": check.organisation.short_name,
        "value": written(judged.indicator, value),
        "avg": written(judged.indicator, judged.average),
        "threshold": threshold_words(judged.indicator, rule, judged.light),
        "target": threshold_words(judged.indicator, rule, Light.YELLOW),
        "n": None if number is None else decimal(number, 0),
        "months": str(missed) if missed else None,
        "days": str((report_day - _quarter_start(report_day)).days),
        "due": _due_words(check, judged, rule, report_day),
        "month": f"{int(month[5:])}月",
        "quarter": f"第{'一二三四'[(int(month[5:]) - 1) // 3]}季度",
        "year": str(review_year(month) if any(w in rule.id for w in _YEARLY) else int(month[:4])),
        "delta": _delta(judged.values),
        "light": _LIGHT.get(judged.light),
    }


def written(indicator: str, value: float | None) -> str | None:
    """A value as a template wants it: a share with its sign, a count bare (the template names its unit)."""
    if value is None:
        return None
    if is_share(indicator):
        return percent(value) if value >= 0 else None
    whole = abs(value - round(value)) < 0.05
    return decimal(value, 0 if whole else 1)


def threshold_words(indicator: str, rule: IndicatorRule, light: Light) -> str | None:
    """The line that was crossed (without a light, the yellow one): 80%."""
    line: Line | None = rule.red if light == Light.RED and rule.red is not None else rule.yellow
    if line is None:
        return None
    return f"{line.at * 100:g}%" if is_share(indicator) else f"{line.at:g}"


def review_year(month: str) -> int:
    """The year whose organisation-life meeting and appraisal a month is about."""
    year = int(month[:4])
    return year if int(month[5:]) >= REVIEW_MONTH else year - 1


def due_day(check: BranchCheck, judged: Judged, rule: IndicatorRule, report_day: date) -> date:
    """Limit of the open warning, else the rule's own or 15 (red) or 30 days from the day of the report."""
    limits = [one.due_on for one in check.warnings if one.indicator == judged.indicator and one.due_on]
    if limits and min(limits) >= report_day:
        return min(limits)
    return report_day + timedelta(days=rule.rectify_days or (15 if judged.light == Light.RED else 30))


def report_moment(month: str, publish_day: int) -> datetime:
    """When the report of a month is due: the publish day of the month after, 08:00."""
    first = first_day(add_months(month, 1))
    return datetime(first.year, first.month, publish_day, 8)


def _due_words(check: BranchCheck, judged: Judged, rule: IndicatorRule, report_day: date) -> str | None:
    if judged.indicator == "hs_b_term":
        if judged.value is None:
            return None
        day = last_day(check.month) + timedelta(days=round(judged.value))
        return f"{day.year}年{day.month}月{day.day}日"
    day = due_day(check, judged, rule, report_day)
    if "本月{due}" in rule.prescription:
        # What is to be done this month has its limit in it.
        return f"{min(day, last_day(f'{report_day:%Y-%m}')).day}日"
    return f"{day.month}月{day.day}日"


def _concerned(indicator: str) -> Counted | None:
    if indicator in _CONCERNED:
        return _CONCERNED[indicator]
    entry = BY_ID[indicator]
    if entry.pooled is None:
        return None
    part, whole = entry.pooled
    return Counted((whole,), (part,)) if entry.better == "up" else Counted((part,))


def _counted(counts: Mapping[str, Array], indicator: str) -> float | None:
    spec = _concerned(indicator)
    if spec is None:
        return None
    total = sum(counts[name][-1] for name in spec.plus) - sum(counts[name][-1] for name in spec.minus)
    return None if np.isnan(total) else float(total)


def _season(values: Array, months_since_december: int) -> float:
    """Sum over December to February of the last season up to the reported month."""
    start = len(values) - months_since_december
    return float(np.nansum(values[max(0, start) : start + 3]))


def _missed_in_a_row(values: Array) -> int:
    """Months in a row, ending with the reported one, in which nothing was held."""
    run = 0
    for value in values[::-1]:
        if np.isnan(value) or value >= 1:
            break
        run += 1
    return run


def _delta(values: Array) -> str | None:
    """Change against twelve months before, in words; None without a value then."""
    change = values[-1] - values[0]
    if np.isnan(change):
        return None
    return "持平" if change == 0 else f"{'上升' if change > 0 else '下降'}{decimal(abs(change), 0)}星"


def _quarter_start(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
