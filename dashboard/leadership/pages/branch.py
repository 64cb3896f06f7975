"""L-03 支部数字档案: the condition of a branch and its treatment, from the light of the month to its warnings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.leadership.comparing import compared
from dashboard.leadership.parts import Line, Part, Text
from dashboard.leadership.registry import Asked
from dashboard.leadership.sections import branch_condition, branch_life, branch_treatment
from dashboard.leadership.sections.onward import onward
from dashboard.lit_rules import checked_rules
from dashboard.reports.placeholders import measures_read
from data.queries.leadership import branch_file
from data.queries.leadership.branch_file import BranchFile
from data.queries.leadership.sums import months_of
from data.readmodel.results import RADAR_AXES
from data.readmodel.scoped import ScopedReader

# From so many lines on the diagnoses are as tall as two cards.
_TALL = 11
_MEASURES = (*branch_condition.MEASURES, *branch_life.MEASURES)
# Where one goes on from here, as far as the page exists and the role opens it.
_ONWARD = (
    ("warnings", "预警处置"),
    ("report", "月度诊疗报告"),
    ("members", "党员名单"),
    ("activities", "时间轴"),
    ("compare", "对比"),
)


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """What is wrong comes before what is counted."""
    rules = checked_rules(asked.profile)
    measures = [*_MEASURES, *measures_read(tuple(rules))]
    known = [name for name in dict.fromkeys(measures) if name in reader.branch_months.c]
    found = branch_file.load(reader, asked.place, asked.month, tuple(rules), RADAR_AXES, known)
    if found is None:
        return [_no_row(asked)]
    then = compared(asked)
    before = found.own.get(then)
    if before is None:
        before = months_of(reader, asked.place, [*found.own[asked.month]], then, then).get(then)
    return [
        branch_condition.key_figures(asked, found, before),
        *onward(asked, _ONWARD, "相关"),
        branch_condition.basics(asked, found, before),
        branch_condition.history(asked, found),
        *_body(reader, asked, found),
        branch_treatment.warnings(asked, found.warnings),
    ]


def _body(reader: ScopedReader, asked: Asked, found: BranchFile) -> list[Part]:
    """Many diagnoses have how the branch is set up and its attendance beside them, few only the former."""
    diagnoses = branch_treatment.diagnoses(asked, found)
    standing, attendance = branch_condition.standing(asked, found), branch_life.attendance(asked, found)
    indicators, dues = branch_treatment.indicators(asked, found), branch_life.dues(asked, found)
    activities = branch_life.activities(reader, asked, found)
    if len(diagnoses.lines) > _TALL:
        return [replace(diagnoses, rows_beside=2), standing, attendance, indicators, activities, dues]
    halves = [replace(part, span=6) for part in (attendance, dues)]
    return [diagnoses, standing, indicators, replace(activities, span=12), *halves]


def _no_row(asked: Asked) -> Text:
    return Text(
        "said",
        asked.place.name,
        lines=(Line("该支部在这个月尚未成立、已撤销，或当月没有投影记录，请换一个月份。"),),
    )
