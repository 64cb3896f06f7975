"""L-07 发展党员: which cases wait where, what breaks the procedure, who was admitted."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.development_stages import STAGE_NAMES
from dashboard.formats import month_label
from dashboard.leadership.comparing import compared
from dashboard.leadership.figures.month_columns import Series, draw_columns
from dashboard.leadership.figures.share_bars import ShareBar, draw_shares
from dashboard.leadership.key_figures import KeyFigures
from dashboard.leadership.parts import (
    Column,
    Figure,
    Number,
    Numbers,
    Part,
    Table,
)
from dashboard.leadership.registry import Asked, home_of
from dashboard.leadership.sections import development_stages
from dashboard.leadership.sections.elsewhere import elsewhere
from dashboard.leadership.small_rates import rate_shown
from data.clock import add_months, months_between
from data.queries.leadership import development
from data.queries.leadership.below import measures_below
from data.queries.leadership.development import Admitted, Stage
from data.queries.leadership.sums import Row, months_of
from data.readmodel.scoped import ScopedReader

_SUMS = (
    "admitted",
    "dev_steps",
    "dev_steps_proper",
    "dev_steps_on_time",
    "dev_overdue",
    "dev_overdue_30",
    "dev_due_soon",
    "dev_uploads_missing",
    "dev_steps_early",
)
_HISTORY = 24
_TRAITS = {"age_35": "35岁及以下", "college": "大专及以上", "frontline": "生产工作一线", "women": "女性"}


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """Key figures, stages, steps, exams, admissions, months, what stands below."""
    first = min(add_months(asked.month, 1 - _HISTORY), compared(asked))
    months = months_of(reader, asked.place, _SUMS, first, asked.month)
    stages, steps = development.stages(reader, asked.place), development.steps(reader, asked.place)
    parts: list[Part] = [_figures(asked, months, stages)]
    if stages:
        parts += development_stages.parts(asked, stages, steps)
    missing = elsewhere(reader, asked, "各阶段案件、步骤、考试和接收结构")
    parts += [_admitted(reader, asked), _gates(reader, asked)] if missing is None else [missing]
    parts.append(_history(asked, months))
    return parts if asked.place.is_branch else [*parts, _below(reader, asked)]


def _figures(asked: Asked, months: dict[str, Row], stages: Sequence[Stage]) -> Numbers:
    key = KeyFigures(asked, months.get(asked.month), months.get(compared(asked)))
    year = [row["admitted"] for month, row in months.items() if month[:4] == asked.month[:4]]
    known = [n for n in year if n is not None]
    cases = (
        Number("在办", sum(stage.waiting for stage in stages), unit="件", better="neither", note="今日"),
    )
    return Numbers(
        "figures",
        "",
        numbers=(
            *(cases if stages else ()),
            key.number("到期步骤", "dev_steps", unit="步", better="neither"),
            key.rate("按期规范率", "dev_steps_proper", "dev_steps", no_case="无到期步骤"),
            key.number("超期步骤", "dev_overdue", unit="步", better="down"),
            key.number("超期30天", "dev_overdue_30", unit="步", better="down"),
            key.number("七日内到期", "dev_due_soon", unit="步", better="neither"),
            Number("本年接收", sum(known) if known else None, unit="名", better="neither", note="1月至本月"),
        ),
        note=month_label(asked.month, year=True),
    )


def _admitted(reader: ScopedReader, asked: Asked) -> Figure:
    found = development.admitted(reader, asked.place, asked.month)
    before = development.admitted(reader, asked.place, add_months(asked.month, -12))
    figure, spoken = None, ""
    if found is not None and found.total >= 5:
        bars = [
            ShareBar(word, found.traits[name] / found.total, found.traits[name], _share(before, name))
            for name, word in _TRAITS.items()
        ]
        figure = draw_shares(asked.look, bars, "上年同期")
        spoken = "；".join(f"{bar.name}{bar.count}名" for bar in bars)
    return Figure(
        "admitted",
        "本年接收结构",
        figure=figure,
        describes=spoken,
        empty="本年接收不足5名，不计比例",
        span=6,
        note=""
        if found is None
        else f"{asked.month[:4]}年1月至{month_label(asked.month)} · 已审批 {found.total} 名",
    )


def _share(found: Admitted | None, name: str) -> float | None:
    return found.traits[name] / found.total if found is not None and found.total >= 5 else None


def _gates(reader: ScopedReader, asked: Asked) -> Table:
    rows = [
        {
            "stage": gate.stage,
            "name": f"进入{STAGE_NAMES[gate.stage]}",
            "taken": gate.taken,
            "first": gate.first,
            "passed": gate.passed,
            "first_rate": rate_shown(gate.first, gate.taken),
        }
        for gate in development.gates(reader, asked.place, asked.month)
    ]
    columns = (
        Column("name", "考试", width=140, pinned=True),
        Column("taken", "参考", "integer", better="neither", width=80),
        Column("first", "首考通过", "integer", width=90),
        Column("first_rate", "首考通过率", "share", width=100),
        Column("passed", "通过", "integer", width=80, explains="本年第一次通过的件数，含往年参考者"),
    )
    return Table(
        "exams",
        "各关考试",
        columns=columns,
        rows=rows,
        key="stage",
        span=6,
        note=f"{asked.month[:4]}年1月至{month_label(asked.month)}",
        empty="本年没有考试记录",
    )


def _history(asked: Asked, months: dict[str, Row]) -> Figure:
    span = months_between(add_months(asked.month, 1 - _HISTORY), asked.month)
    span = [month for month in span if month in months]
    due = [months[month]["dev_steps"] for month in span]
    done = [months[month]["dev_steps_proper"] for month in span]
    late = [None if n is None or ok is None else max(0.0, n - ok) for n, ok in zip(due, done, strict=True)]
    figure = draw_columns(
        asked.look,
        span,
        [Series("按期规范", done, asked.look.blue[2]), Series("未按期或不规范", late, asked.look.alarm)],
        url=lambda month: asked.address.but(month=month).url,
        unit=" 步",
    )
    return Figure(
        "history",
        "到期步骤逐月办理",
        figure=figure if any(due) else None,
        describes=f"近{len(span)}个月到期步骤与按期规范步骤",
        note="按到期月份 · 点击切换月份",
        empty="近两年没有到期步骤",
    )


def _below(reader: ScopedReader, asked: Asked) -> Table:
    found = measures_below(reader, asked.place, _SUMS, asked.month, asked.month)
    rows = []
    for place, months in found:
        row = months[asked.month]
        rows.append(
            {
                "org_id": place.org_id,
                "name": place.short_name,
                "open": asked.address.to(home_of(place), place.org_id),
                **{name: row[name] for name in _SUMS},
                "rate": rate_shown(row["dev_steps_proper"], row["dev_steps"]),
                "light": 4 if row["dev_overdue_30"] else 3 if row["dev_overdue"] else None,
            }
        )
    rows.sort(key=lambda row: (-(row["dev_overdue"] or 0), -(row["dev_due_soon"] or 0)))  # type: ignore[operator]
    columns = (
        Column("name", "党组织", link="open", grows=True, width=130, pinned=True),
        Column("dev_steps", "到期步骤", "integer", better="neither", origin="dev_steps"),
        Column("rate", "按期规范率", "share", width=110),
        Column(
            "dev_overdue", "超期", "integer", better="down", origin="dev_overdue", light="light", width=90
        ),
        Column("dev_overdue_30", "超期30天", "integer", better="down", origin="dev_overdue_30", width=100),
        Column("dev_due_soon", "七日内到期", "integer", better="neither", origin="dev_due_soon"),
        Column("dev_uploads_missing", "材料缺失", "integer", better="down", origin="dev_uploads_missing"),
        Column("dev_steps_early", "时间不足", "integer", better="down", origin="dev_steps_early"),
        Column("admitted", "本月接收", "integer", better="neither", origin="admitted", hidden=True),
        Column("dev_steps_on_time", "按期", "integer", origin="dev_steps_on_time", hidden=True),
    )
    return Table(
        "below",
        "下级党组织",
        columns=columns,
        rows=rows,
        origin_month=asked.month,
        note=f"{month_label(asked.month, year=True)} · {len(rows)} 个 · 超期多的在前",
        empty="本月下级党组织没有记录",
    )
