"""L-08 转接与流动: who moves where, where transfers stop, who is out of contact."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.formats import month_label
from dashboard.leadership.comparing import compared
from dashboard.leadership.key_figures import KeyFigures
from dashboard.leadership.parts import Number, Numbers, Part
from dashboard.leadership.registry import Asked
from dashboard.leadership.sections import transfers_below, transfers_figures
from dashboard.leadership.sections.elsewhere import elsewhere
from data.clock import add_months
from data.queries.leadership import transfers
from data.queries.leadership.sums import Row, months_of
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
    now = months.get(asked.month)
    key = KeyFigures(asked, now, months.get(compared(asked)))
    soon = (now or {}).get("pocket_soon")
    return Numbers(
        "figures",
        "",
        numbers=(
            *_handled(reader, asked),
            key.number("转入", "moved_in", unit="名", better="neither"),
            key.number("转出", "moved_out", unit="名", better="neither"),
            key.rate("按期办结率", "transfer_steps_on_time", "transfer_steps", no_case="无到期环节"),
            key.number("支部超期环节", "transfer_overdue", unit="件", better="down"),
            key.number(
                "口袋党员",
                "pocket_overdue",
                unit="名",
                better="down",
                note=f"临期 {soon:.0f}" if soon else "",
            ),
            key.number("失联党员", "lost_members", unit="名", better="down"),
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
