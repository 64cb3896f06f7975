"""Venues: how many of which kind, whether what inspections found is put right, newest public pictures in words."""

from __future__ import annotations

from dataclasses import dataclass

from data.queries.figure_parts import Asked
from data.queries.figures_of_month import Amount
from data.queries.listed import Line, listed
from data.readmodel.reader import Reader
from data.scope import Scope

# Accounts and pages, no places: counted apart (d_venue_total).
MICRO = "micro_position"
ROWS = 3


@dataclass(frozen=True)
class Findings:
    """What the inspections of the last twelve months found: flags not in order, put right since, past their limit."""

    found: Amount
    rectified: Amount
    overdue: Amount

    @property
    def open(self) -> Amount:
        """Not put right yet."""
        left = self.found.minus(self.rectified)
        return Amount.of(left)

    @property
    def share(self) -> Amount:
        """Put right ÷ found; na where nothing was found."""
        return Amount.ratio(self.rectified.value, self.found.value)


@dataclass(frozen=True)
class Venues:
    """``kinds`` most first, micro positions apart; ``findings`` is None for visitors."""

    total: Amount
    public: Amount
    micro: Amount
    kinds: tuple[tuple[str, float], ...]
    findings: Findings | None
    pictures: tuple[Line, ...]


def load(reader: Reader, scope: Scope) -> Venues:
    """The district; visitors' screens select no finding."""
    asked = Asked(reader, scope.with_focus(None), reader.version.open_month)
    found = asked.tally("venues")
    kinds = {key.removeprefix("kind|"): n for key, n in (found or {}).items() if key.startswith("kind|")}
    micro = kinds.pop(MICRO, 0.0)
    public = sum(
        n for key, n in (found or {}).items() if key.startswith("public|") and key != f"public|{MICRO}"
    )
    known = found is not None
    return Venues(
        total=Amount.of(sum(kinds.values()) if known else None),
        public=Amount.of(public if known else None),
        micro=Amount.of(micro if known else None),
        kinds=tuple(sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))),
        findings=_findings(asked) if scope.names_lights else None,
        pictures=listed(reader, scope, "public_pictures", ROWS),
    )


def _findings(asked: Asked) -> Findings:
    found = asked.tally("venue_findings")
    names = ("found", "rectified", "overdue")
    return Findings(*(Amount.of(None if found is None else found.get(name, 0.0)) for name in names))
