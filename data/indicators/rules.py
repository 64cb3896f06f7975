"""One indicator of a district profile: the numbers and texts a district may change without touching code."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Number = float


class IndicatorRule(BaseModel):
    """Weight, lights and texts of one indicator; what a threshold is compared with is fixed by its formula.

    ``yellow`` and ``red`` are the lines of indicators.md §5.1. ``published`` marks a rule printed in an article:
    the small-number guard (§11.5) does not soften it. ``live`` lights change inside the open month, because
    their limit is a date. ``turns_branch_red`` is the list of §5.3.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: str
    short: str = Field(max_length=8)
    group: str
    unit: Literal["次", "%", "月", "天", "是否", "件"]
    better: Literal["up", "down"]
    weight: float = Field(ge=0, le=100)
    yellow: Number | None = None
    red: Number | None = None
    published: bool = False
    live: bool = False
    turns_branch_red: bool = False
    finding: str = Field(max_length=12, description="诊断 on the wall")
    measure: str = Field(max_length=12, description="处方 on the wall")
    prescription: str = Field(description="template of indicators.md §5.5")


class RadarAxis(BaseModel):
    """One axis of 五个基本: the mean of its components that are not na."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    short: str
    components: tuple[str, ...] = Field(min_length=1)
    finding: str = Field(max_length=12)
    measure: str = Field(max_length=12)
