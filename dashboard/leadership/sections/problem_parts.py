"""Parts about the problem list of a quarter: how many are put right, and the list itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard.indicator_values import value_words
from dashboard.leadership.address import Address
from dashboard.leadership.parts import Choice, Column, Number, Numbers, Origin, Switch, Table
from dashboard.leadership.registry import Asked, home_of
from dashboard.leadership.scoring import quarter_words
from dashboard.reports.quarter_reports import KINDS, problem_kind
from data.indicators.sets import BY_ID
from data.queries.figures_of_month import Amount
from data.queries.leadership.problems import Problem
from data.queries.leadership.sums import Row

STATES = {"open": "未销号", "late": "超期", "closed": "已销号"}
DUE, IN_TIME = "problems_due", "problems_closed_in_time"


def state_of(problem: Problem, today: date) -> str:
    """已销号, 整改中, 超期未销号; 待下发 without a warning."""
    if problem.is_closed:
        return "已销号"
    if not problem.is_issued:
        return "待下发"
    return "超期未销号" if problem.is_late(today) else "整改中"


def numbers_part(asked: Asked, found: Sequence[Problem], months: Mapping[str, Row], end: str) -> Numbers:
    """Of the list of this quarter, and of what fell due in its months."""
    today = asked.now.date()
    closed = sum(one.is_closed for one in found)
    late = sum(one.is_late(today) for one in found)
    due, in_time = (_sum(months, name) for name in (DUE, IN_TIME))
    origin = Origin(DUE, asked.place.org_id, end)
    return Numbers(
        "problem-numbers",
        "问题清单",
        numbers=(
            Number("问题", len(found), unit="项", better="down"),
            Number("涉及支部", len({one.place.org_id for one in found}), unit="个", better="down"),
            Number("已销号", closed, unit="项", note=f"未销号 {len(found) - closed}"),
            Number("超期未销号", late, unit="项", better="down"),
            Number("本季到期问题", due, unit="项", origin=origin, why="未接入"),
            Number(
                "按期销号率",
                None if due is None or in_time is None or not due else in_time / due,
                "share",
                note="小样本" if due and due < 5 else "",
                why="无到期" if due == 0 else "未接入",
            ),
        ),
        note=f"{quarter_words(end)}关账形成，销号以今日为准",
    )


def _sum(months: Mapping[str, Row], name: str) -> float | None:
    values = [row[name] for row in months.values()]
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def switch_part(asked: Asked) -> Switch:
    """All, open, overdue or closed ones."""
    chosen = asked.address.more.get("state", "")
    choices = [("", "全部"), *STATES.items()]
    return Switch(
        "problem-state",
        "问题",
        choices=[
            Choice(word, asked.address.but(state=name or None), name == chosen) for name, word in choices
        ],
    )


def table_part(asked: Asked, found: Sequence[Problem], end: str) -> Table:
    """The list, open ones first."""
    today, chosen = asked.now.date(), asked.address.more.get("state", "")
    shown = [one for one in found if _is_of(one, chosen, today)]
    shown.sort(key=lambda one: (one.is_closed, not one.is_late(today)))
    columns = (
        Column("name", "党支部", link="open", grows=True, width=110, pinned=True),
        Column("superior", "上级", grows=True, width=120),
        Column("kind", "类别", width=150),
        Column("item", "问题", link="trace", grows=True, width=120),
        Column("value", "数值", width=90),
        Column("light", "灯", "light", width=90),
        Column("state", "状态", "state", width=110),
        Column("due", "整改期限", "date", width=110),
        Column("closed", "销号日期", "date", width=110),
    )
    return Table(
        "problems",
        "问题清单明细",
        columns=columns,
        rows=[_row(asked, one, end) for one in shown],
        key="id",
        note=f"{len(shown)} 项，红灯指标和组织设置不规范各列一项",
        empty="没有这样的问题" if found else f"{quarter_words(end)}关账时没有红灯指标，也没有组织设置不规范",
    )


def _is_of(one: Problem, chosen: str, today: date) -> bool:
    if chosen == "closed":
        return one.is_closed
    if chosen == "late":
        return one.is_late(today)
    return not one.is_closed if chosen == "open" else True


def _row(asked: Asked, one: Problem, end: str) -> dict[str, object]:
    rule = asked.profile.every_rule.get(one.indicator)
    amount = Amount("na") if one.value is None else Amount.of(one.value)
    return {
        "id": f"{one.place.org_id}-{one.indicator}",
        "name": one.place.short_name,
        "open": Address(home_of(one.place), one.place.org_id, asked.address.month),
        "superior": one.superior,
        "kind": KINDS[problem_kind(one.indicator)],
        "item": rule.short if rule is not None else BY_ID[one.indicator].name,
        "trace": Address("trace", one.place.org_id, end, one.indicator),
        "value": value_words(one.indicator, amount),
        "light": one.light,
        "state": state_of(one, asked.now.date()),
        "due": one.due_on,
        "closed": one.closed_on,
    }
