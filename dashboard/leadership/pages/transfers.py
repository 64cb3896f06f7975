"""L-08 转接与流动: who moves where, where transfers stop, who is out of contact."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.formats import month_label
from dashboard.leadership.comparing import compared, than_label
from dashboard.leadership.parts import Better, Number, Numbers, Origin, Part
from dashboard.leadership.registry import Asked
from dashboard.leadership.sections import transfers_below, transfers_figures
from dashboard.leadership.sections.elsewhere import elsewhere
from dashboard.leadership.small_rates import rate_of
from data.clock import add_months
from data.queries.leadership import transfers
from data.queries.leadership.sums import Row, months_of, ratio
from data.readmodel.scoped import ScopedReader

_SUMS = (
    "moved_in",
    "moved_out",
    "transfer_steps",
    "transfer_steps_on_time",
    "transfer_overdue",
    "transfer_due_soon",
    "pocket_soon",
    "pocket_overdue",
    "lost_members",
    "floating_due",
    "floating_reported",
)
HISTORY = 24


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """Key figures, flows or months, waiting steps, days, lost contact, what stands below, reports by quarter."""
    first = min(add_months(asked.month, 1 - HISTORY), compared(asked))
    months = months_of(reader, asked.place, _SUMS, first, asked.month)
    parts: list[Part] = [_figures(reader, asked, months)]
    missing = elsewhere(reader, asked, "转接流向、等候环节、用时和失联处置")
    if missing is None:
        parts += transfers_figures.distributions(reader, asked)
    parts.append(transfers_figures.moves(asked, months, 7 if missing is None else 12))
    parts.append(missing if missing is not None else transfers_figures.days(reader, asked))
    if not asked.place.is_branch:
        parts.append(transfers_below.handling(reader, asked))
    return [*parts, transfers_below.reports(reader, asked)]


def _figures(reader: ScopedReader, asked: Asked, months: dict[str, Row]) -> Numbers:
    now, then = months.get(asked.month), months.get(compared(asked))

    def number(label: str, name: str, unit: str, better: Better = "neither", note: str = "") -> Number:
        here, before = ((row or {}).get(name) for row in (now, then))
        return Number(
            label,
            here,
            unit=unit,
            change=None if here is None or before is None else here - before,
            change_label=than_label(asked),
            better=better,
            origin=Origin(name, asked.place.org_id, asked.month),
            note=note,
        )

    soon = (now or {}).get("pocket_soon")
    return Numbers(
        "figures",
        "",
        numbers=(
            *_handled(reader, asked),
            number("转入", "moved_in", "名"),
            number("转出", "moved_out", "名"),
            _on_time(asked, now, then),
            number("支部超期环节", "transfer_overdue", "件", "down"),
            number("口袋党员", "pocket_overdue", "名", "down", f"临期 {soon:.0f}" if soon else ""),
            number("失联党员", "lost_members", "名", "down"),
        ),
        note=month_label(asked.month, year=True),
    )


def _handled(reader: ScopedReader, asked: Asked) -> list[Number]:
    months = transfers.done(reader, asked.place, asked.month, asked.month)
    if months is None:
        return []
    done = Number(
        "本月办结",
        sum(months.get(asked.month, {}).values()),
        unit="件",
        better="neither",
        note="内转、转入、转出",
    )
    taken = transfers.days(reader, asked.place, asked.month)
    median = Number(
        "用时中位数",
        None if taken is None else taken.median,
        "decimal",
        unit="天",
        better="down",
        note="本年",
        why="本年无办结",
    )
    return [done, median]


def _on_time(asked: Asked, now: Row | None, then: Row | None) -> Number:
    here, before = (ratio(row, "transfer_steps_on_time", "transfer_steps") for row in (now, then))
    return Number(
        "按期办结率",
        rate_of(now, "transfer_steps_on_time", "transfer_steps"),
        "share",
        change=None if here is None or before is None else here - before,
        change_label=than_label(asked),
        origin=Origin("transfer_steps_on_time", asked.place.org_id, asked.month),
        why="小样本" if (now or {}).get("transfer_steps") else "无到期环节",
    )
