"""Upkeep of the platform: administrators' weekly logins, back-filled activities, reports pushed and opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.queries.figure_parts import Asked
from data.queries.figures_of_month import Amount, closed_month
from data.readmodel.reader import Reader
from data.scope import Scope

REPORT_KINDS = ("branch_diagnosis", "member_index")


@dataclass(frozen=True)
class Reports:
    """Reports of one kind about the month: made, pushed, and opened of the pushed ones."""

    kind: str
    generated: Amount
    pushed: Amount
    opened: Amount

    @property
    def opened_share(self) -> Amount:
        """Opened of pushed; na where none was pushed."""
        return Amount.ratio(self.opened.value, self.pushed.value)


@dataclass(frozen=True)
class PlatformOperation:
    """``weeks``: (Sunday, share of accounts that kept the login rule), oldest first, empty without the feed.

    ``late`` are activities entered after the time allowed in the closed ``month``, ``late_before`` in the one before.
    """

    month: str
    weeks: tuple[tuple[date, Amount], ...]
    late: Amount
    late_before: Amount
    reports: tuple[Reports, ...]


def load(reader: Reader, scope: Scope) -> PlatformOperation:
    """Counts of the district for staff; visitors get none of it."""
    month = closed_month(reader)
    asked = Asked(reader, Scope(scope.mode), month)
    if not scope.names_lights:
        return PlatformOperation(month, (), Amount("nodata"), Amount("nodata"), ())
    late = Amount.of(asked.measures("backfilled")["backfilled"])
    before = Amount.of(asked.measures("backfilled", months=[asked.before()])["backfilled"])
    return PlatformOperation(month, _weeks(asked), late, before, _reports(asked))


def _weeks(asked: Asked) -> tuple[tuple[date, Amount], ...]:
    found = asked.tally("logins") or {}
    sundays = sorted({key.partition("|")[0] for key in found})
    return tuple(
        (
            date.fromisoformat(day),
            Amount.ratio(found.get(f"{day}|compliant", 0.0), found.get(f"{day}|accounts", 0.0)),
        )
        for day in sundays
    )


def _reports(asked: Asked) -> tuple[Reports, ...]:
    """Kinds nobody is sent in the month are left out."""
    found = asked.tally("reports", [asked.month]) or {}
    return tuple(
        Reports(
            kind, *(Amount.of(found.get(f"{kind}|{part}", 0.0)) for part in ("generated", "pushed", "opened"))
        )
        for kind in REPORT_KINDS
        if found.get(f"{kind}|generated")
    )
