"""One indicator as the program knows it: what it is called, how it is computed and from what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from data.indicators.result import Result
from data.indicators.rules import IndicatorRule
from data.indicators.setting import Setting

# branch: a value per branch and month; member: per member, in the restricted store; area: of a committee or district.
Level = Literal["branch", "member", "area"]
Formula = Callable[[Setting, IndicatorRule], Result]


@dataclass(frozen=True)
class Indicator:
    """``formula``, ``yellow`` and ``red`` are the definition in words, with Rnn of `regulations.REGULATIONS`;
    the numbers of a district stand in its rules. ``reads`` names the measures (branch, member) or tallies (area)
    the value is made of; ``pooled`` the measures whose sums give the ratio of a whole subtree. ``committees`` is
    the formula for committees and general branches themselves, where they are judged beside their branches.
    """

    id: str
    name: str
    english: str
    level: Level
    unit: str
    better: Literal["up", "down", "none"]
    formula: str
    source: str
    yellow: str = ""
    red: str = ""
    compute: Formula | None = None
    reads: tuple[str, ...] = ()
    pooled: tuple[str, str] | None = None
    committees: Formula | None = None

    @property
    def set(self) -> str:
        """The set it belongs to: hs_b, hs_m, wj_b, wj_m, jn, hj, ks or d."""
        prefix, _, rest = self.id.partition("_")
        return f"{prefix}_{rest[0]}" if prefix in ("hs", "wj") else prefix
