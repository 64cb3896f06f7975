"""Development of members by stage: cases in each now, cases that came to it this year; for staff what is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.queries.district_figures import figure
from data.queries.district_figures_work import STAGES
from data.queries.figure_parts import Asked, Part
from data.queries.figures_of_month import Amount
from data.queries.small_cells import SMALLEST_SHOWN
from data.readmodel.reader import Reader
from data.scope import Scope

TRAITS = ("age_35", "college", "frontline", "women")


@dataclass(frozen=True)
class Stage:
    """One of the five; ``withheld``: a cell of 1-4 persons, or the one that would give it away."""

    number: str
    waiting: Amount
    reached: Amount
    waiting_withheld: bool = False
    reached_withheld: bool = False


@dataclass(frozen=True)
class Limits:
    """Steps due within seven days, past their limit, and of these past it by more than thirty days."""

    soon: Amount
    overdue: Amount
    overdue_long: Amount


@dataclass(frozen=True)
class Admitted:
    """Members admitted this year and shares of them; no shares of fewer than five."""

    total: Amount
    withheld: bool
    shares: Mapping[str, Amount]


@dataclass(frozen=True)
class DevelopmentFunnel:
    """Stages in order, none when the feed is missing; visitors get no limits and no structure.

    ``passed`` are persons who ever passed an exam of a gate; no data where none is held.
    """

    stages: tuple[Stage, ...]
    year: str
    limits: Limits | None
    admitted: Admitted | None
    passed: Amount


def load(reader: Reader, scope: Scope) -> DevelopmentFunnel:
    """The district, whatever town is in focus."""
    whole, month = scope.with_focus(None), reader.version.open_month
    parts = {part.key: part for part in figure(reader, whole, "d_dev_funnel", month)}
    stages = tuple(_stage(number, parts) for number in STAGES if f"stage|{number}" in parts)
    passed = figure(reader, whole, "ks_exam_passed_total", month)[0].amount
    if not scope.names_lights:
        return DevelopmentFunnel(stages, month[:4], None, None, passed)
    limits, admitted = _limits(reader, whole), _admitted(reader, whole, month)
    return DevelopmentFunnel(stages, month[:4], limits, admitted, passed)


def _stage(number: str, parts: Mapping[str, Part]) -> Stage:
    now, year = parts[f"stage|{number}"], parts[f"reached|{number}"]
    return Stage(number, now.amount, year.amount, now.withheld, year.withheld)


def _limits(reader: Reader, whole: Scope) -> Limits:
    found = Asked(reader, whole, reader.version.open_month).tally("step_board")
    if found is None:
        return Limits(*(Amount("nodata"),) * 3)

    def steps(*states: str) -> Amount:
        return Amount.of(sum(n for key, n in found.items() if key.split("|")[2] in states))

    return Limits(steps("soon"), steps("overdue", "overdue_30"), steps("overdue_30"))


def _admitted(reader: Reader, whole: Scope, month: str) -> Admitted:
    total, *shares = figure(reader, whole, "d_dev_admitted", month)
    is_small = total.amount.value is not None and 0 < total.amount.value < SMALLEST_SHOWN
    if is_small:
        return Admitted(Amount("nodata"), True, {})
    return Admitted(total.amount, False, {part.key: part.amount for part in shares})
