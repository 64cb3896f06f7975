"""The warnings of organisations: those the operational system raised, and one for every light it did not.

A warning is owned by its organisation, a branch or a committee that is judged itself; not acknowledged in time it
climbs to the superior committee, red and not rectified in time to the district, red for months it makes its
organisation a candidate for weak_lax review. Every light has exactly one open warning, whoever raised it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from data.clock import cutoff
from data.indicators.evaluate import Catalogue
from data.indicators.rules import IndicatorRule
from data.indicators.sets import BRANCH_INDICATORS
from data.indicators.warning_life import Episode, episodes
from data.projection.source import Source
from data.readmodel.light import Light
from data.readmodel.results import indicator_column
from data.readmodel.sheet import Sheet

Rows = list[dict[str, Any]]

# Old closed warnings are history for the drill-down; a screen needs those of the last year.
WARNING_MONTHS = 12
ENDED = ("rectified", "closed", "invalid")
# Rectified reds nobody verified are closed by the system after so many closings without a light.
SELF_CLOSING = 2
BRANCH, COMMITTEE, DISTRICT, WEAK_LAX = range(4)
_NUMBER = {indicator: number for number, indicator in enumerate(BRANCH_INDICATORS)}
_LEVELS = {Light.YELLOW: "yellow", Light.RED: "red"}


@dataclass(frozen=True)
class Book:
    """``rows`` are all warnings, ordered by id. ``operational`` are those of the operational system as they were
    read; ``waiting`` the organisations with a warning that outlives its light for a minimum of days."""

    rows: Rows = field(default_factory=list)
    operational: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    waiting: frozenset[int] = frozenset()


def write_book(
    source: Source,
    sheets: Sequence[Sheet],
    catalogue: Catalogue,
    operational: Rows,
    previous: Book,
    *,
    touched: set[int] | None = None,
) -> Book:
    """Operational warnings with their limits, then those of lights without one.

    ``sheets`` are the settled results of branches and of committees themselves. What was raised at a moment nobody
    recorded keeps the moment it was first seen (``previous``). ``touched`` are the organisations whose lights may
    differ from those of the previous book, written on the same day (None: all); the warnings of the others only climb.
    """
    read = {row["warning_id"]: row for row in operational}
    again = None if touched is None else touched | previous.waiting | _changed(previous.operational, read)
    mine = [row for row in previous.rows if row["warning_id"] < 0]
    before = {row["warning_id"]: row for row in mine if again is None or row["org_id"] in again}
    held = _spans(operational)
    rules = {rule.id: rule for rule in (*catalogue.beneath.values(), *catalogue.rules)}
    book = [_with_limits(source, catalogue, rules.get(row["indicator_id"]), row) for row in operational]
    if again is not None:
        book += [_climbed(source, catalogue, row) for row in mine if row["org_id"] not in again]
    for results in sheets:
        for rule, row, red_run in _of_lights(source, results, catalogue, before, again):
            if not _stands(held, row):
                book.append(_with_limits(source, catalogue, rule, row, red_run))
    there = {row["warning_id"] for row in book}
    gone = (row for warning_id, row in before.items() if warning_id not in there)
    left = [row for row in (_ended(source, catalogue, row) for row in gone) if not _stands(held, row)]
    waiting = frozenset(row["org_id"] for row in left if row["state"] not in ENDED)
    return Book(sorted([*book, *left], key=lambda row: int(row["warning_id"])), read, waiting)


def _changed(then: Mapping[int, Mapping[str, Any]], now: Mapping[int, Mapping[str, Any]]) -> set[int]:
    """Organisations of the operational warnings that came, went or are not what they were."""
    some = {row["org_id"] for warning_id, row in now.items() if then.get(warning_id) != row}
    return some | {row["org_id"] for warning_id, row in then.items() if now.get(warning_id) != row}


def _of_lights(
    source: Source,
    results: Sheet,
    catalogue: Catalogue,
    before: Mapping[int, Mapping[str, Any]],
    again: set[int] | None,
) -> Iterator[tuple[IndicatorRule, dict[str, Any], int]]:
    """(rule, warning, months red in a row) of every light of the sheet's last year, of these organisations."""
    rows = [i for i, org in enumerate(results.ids) if again is None or org in again]
    ids, months = [results.ids[i] for i in rows], results.months
    since = len(months) - 1 - WARNING_MONTHS
    closings = [min(cutoff(month), source.calendar.now) for month in months]
    for rule in catalogue.rules:
        column = indicator_column(rule.id, "light")
        if column in results.columns:
            lights = np.nan_to_num(results.values[rows, :, results.columns.index(column)])
            for episode in episodes(lights, rule.hysteresis, since):
                org = ids[episode.branch]
                row = _derived(org, months, rule, episode, before, closings)
                yield rule, row, episode.red_run


def _ended(source: Source, catalogue: Catalogue, row: Mapping[str, Any]) -> dict[str, Any]:
    """A warning whose light was on and is gone without a closing between: rectified now, but not before its
    minimum duration has passed."""
    now = source.calendar.now
    if row["state"] in ENDED or now < row["raised_at"] + timedelta(days=catalogue.due.minimum_days):
        return dict(row)
    closed = row["level"] == "yellow"
    return {
        **row,
        "state": "closed" if closed else "rectified",
        "rectified_at": now,
        "verified_at": now if closed else None,
        "escalation": BRANCH,
        "escalated_to_org_id": None,
    }


def _spans(rows: Rows) -> dict[tuple[str, int], list[tuple[datetime, datetime | None]]]:
    """Per indicator and organisation when its operational warnings stood."""
    found: dict[tuple[str, int], list[tuple[datetime, datetime | None]]] = {}
    for row in rows:
        end = row["verified_at"] if row["state"] in ("closed", "invalid") else None
        if row["state"] == "invalid" and end is None:
            end = row["raised_at"]
        found.setdefault((row["indicator_id"], row["org_id"]), []).append((row["raised_at"], end))
    return found


def _stands(
    held: Mapping[tuple[str, int], list[tuple[datetime, datetime | None]]], row: dict[str, Any]
) -> bool:
    """Whether an operational warning stands for the same light: of an open one, an open one."""
    end = row["verified_at"] or row["rectified_at"]
    # A closing is worked through in its first days: the two clocks need not agree to the hour.
    day = timedelta(days=3)
    for started, ended in held.get((row["indicator_id"], row["org_id"]), ()):
        if end is None and ended is None:
            return True
        if end is not None and started <= end + day and (ended is None or ended >= row["raised_at"] - day):
            return True
    return False


def _derived(
    org: int,
    months: Sequence[str],
    rule: IndicatorRule,
    episode: Episode,
    before: Mapping[int, Mapping[str, Any]],
    closings: Sequence[datetime],
) -> dict[str, Any]:
    """The warning of a light as a row; ``closings`` are the ends of the months as far as they have passed."""
    period = months[episode.first]
    warning_id = _id_of(org, rule.id, period)
    known = before.get(warning_id)
    raised_at = closings[episode.first] if known is None else known["raised_at"]
    ended_at = None if episode.ended is None else _ended_at(episode.ended, closings, known)
    quiet = 0 if episode.ended is None else len(months) - 1 - episode.ended
    closed = ended_at is not None and (episode.level is Light.YELLOW or quiet >= SELF_CLOSING)
    state = "raised" if ended_at is None else "closed" if closed else "rectified"
    return {
        "warning_id": warning_id,
        "indicator_id": rule.id,
        "level": _LEVELS[episode.level],
        "org_id": org,
        "period": period,
        "state": "invalid" if episode.void else state,
        "raised_at": raised_at,
        "pushed_at": None,
        "acknowledged_at": None,
        "rectify_due_on": None,
        "rectified_at": None if episode.void else ended_at,
        "verified_at": ended_at if closed or episode.void else None,
    }


def _ended_at(column: int, closings: Sequence[datetime], known: Mapping[str, Any] | None) -> datetime:
    """The closing that ended it, or the moment within that month it was first seen without its light."""
    seen = None if known is None else known["verified_at"] or known["rectified_at"]
    if seen is not None and closings[column - 1] < seen < closings[column]:
        moment: datetime = seen
        return moment
    return closings[column]


def _id_of(org: int, indicator: str, period: str) -> int:
    """A negative number, the same in every run; operational ids are positive."""
    month = (int(period[:4]) - 2000) * 12 + int(period[5:])
    return -((org * 1000 + _NUMBER[indicator]) * 10_000 + month)


def _with_limits(
    source: Source,
    catalogue: Catalogue,
    rule: IndicatorRule | None,
    row: dict[str, Any],
    red_run: int = 0,
) -> dict[str, Any]:
    """The row with its owner, its limits and how far it has climbed today."""
    due, red = catalogue.due, row["level"] == "red"
    days = (rule.rectify_days if rule else None) or (due.rectify_red if red else due.rectify_yellow)
    rectify = row["rectify_due_on"] or (row["raised_at"] + timedelta(days=days)).date()
    limited = {**row, "rectify_due_on": rectify}
    run = red_run or _months_since(row["raised_at"], source.calendar.now)
    climbed = _beyond(limited, catalogue, source.calendar.now)
    if red and row["state"] not in ENDED and run >= due.weak_lax_months:
        climbed = WEAK_LAX
    return {
        **limited,
        "acknowledge_due_on": _acknowledge_by(row, catalogue).date(),
        "owner_org_id": row["org_id"],
        "escalation": climbed,
        "escalated_to_org_id": _superior(source, row["org_id"], climbed),
    }


def _climbed(source: Source, catalogue: Catalogue, row: dict[str, Any]) -> dict[str, Any]:
    """A row of the same day whose light stands as it did: only a limit may have passed since."""
    climbed = _beyond(row, catalogue, source.calendar.now)
    if climbed <= row["escalation"]:
        return row
    superior = _superior(source, row["org_id"], climbed)
    return {**row, "escalation": climbed, "escalated_to_org_id": superior}


def _beyond(row: Mapping[str, Any], catalogue: Catalogue, now: datetime) -> int:
    """How far the limits that have passed take an open warning."""
    if row["state"] in ENDED:
        return BRANCH
    if row["level"] == "red" and now.date() > row["rectify_due_on"]:
        return DISTRICT
    late = row["acknowledged_at"] is None and now > _acknowledge_by(row, catalogue)
    return COMMITTEE if late else BRANCH


def _acknowledge_by(row: Mapping[str, Any], catalogue: Catalogue) -> datetime:
    due = catalogue.due
    days = due.acknowledge_red if row["level"] == "red" else due.acknowledge_yellow
    moment: datetime = row["raised_at"] + timedelta(days=days)
    return moment


def _months_since(raised: datetime, now: datetime) -> int:
    """Closings that have passed since."""
    return max(0, (now.year - raised.year) * 12 + now.month - raised.month)


def _superior(source: Source, org: int, climbed: int) -> int | None:
    """Who has it now beside its owner."""
    if climbed == BRANCH:
        return None
    organisation = source.tree.organisations.get(org)
    parent = None if organisation is None else organisation.parent_org_id
    root = source.tree.root.org_id
    # Nobody here stands above the district committee.
    return (parent or root) if climbed == COMMITTEE else root
