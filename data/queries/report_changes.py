"""District figures that changed so much against the month before that a person has to confirm them (§11.7)."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from data.clock import add_months
from data.queries.figures_of_month import Amount
from data.readmodel.reader import Reader
from data.readmodel.schema import months, org_months

# What the reports stand on: counts of the register that hardly move, shares, means and lights. What a season moves
# by itself (activities, posts, visits, dues sums) would ask for a confirmation every month and is left out.
COUNTS = ("members", "eligible", "scored_members", "red_branches", "yellow_branches", "green_branches")
RATIOS = {
    "attendance_rate": ("present", "required"),
    "dues_rate": ("dues_full", "dues_owed"),
    "transfer_on_time": ("transfer_steps_on_time", "transfer_steps"),
    "development_on_time": ("dev_steps_proper", "dev_steps"),
    "red_member_share": ("red_members", "scored_members"),
    "score": ("score_sum", "score_count"),
}
WORDS = {
    "members": "党员",
    "eligible": "参评支部",
    "scored_members": "参评党员",
    "red_branches": "红灯支部",
    "yellow_branches": "黄灯支部",
    "green_branches": "正常支部",
    "attendance_rate": "组织生活参与率",
    "dues_rate": "党费收缴率",
    "transfer_on_time": "组织关系接转及时率",
    "development_on_time": "发展党员程序规范率",
    "red_member_share": "红灯党员占比",
    "score": "支部诊疗分均值",
}
LIMIT = 0.30


@dataclass(frozen=True)
class Change:
    """One figure of the district in two months; ``share`` is its change against the earlier one."""

    figure: str
    before: float
    now: float

    @property
    def share(self) -> float:
        """Change as share of the earlier value; a figure that was 0 changed wholly."""
        return (self.now - self.before) / self.before if self.before else float(self.now != self.before)


def jumps(reader: Reader, month: str, limit: float = LIMIT) -> list[Change]:
    """Figures that changed by more than ``limit``; none where either month has no value."""
    rows = {name: _figures(reader, name) for name in (add_months(month, -1), month)}
    before, now = rows.values()
    found = [
        Change(name, amount.value, now[name].value or 0.0)
        for name, amount in before.items()
        if amount.value is not None and now[name].value is not None
    ]
    return [change for change in found if abs(change.share) > limit]


def closing_version(reader: Reader, month: str) -> int | None:
    """Version of the month's closing; None while the month is open or unknown."""
    m = months.c
    query = sa.select(m.version_no).where(m.period_month == month, m.status != "open")
    found: int | None = reader.connection.execute(query).scalar_one_or_none()
    return found


def _figures(reader: Reader, month: str) -> dict[str, Amount]:
    o = org_months.c
    names = [*COUNTS, *(name for pair in RATIOS.values() for name in pair)]
    query = sa.select(*(o[name] for name in dict.fromkeys(names))).where(
        o.org_id == reader.root_org_id, o.period_month == month
    )
    row = reader.connection.execute(query).mappings().one_or_none()
    if row is None:
        return dict.fromkeys((*COUNTS, *RATIOS), Amount("nodata"))
    ratios = {name: Amount.ratio(row[part], row[whole]) for name, (part, whole) in RATIOS.items()}
    return {name: Amount.of(row[name]) for name in COUNTS} | ratios
