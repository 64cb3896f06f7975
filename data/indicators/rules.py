"""The rule of one indicator: the numbers and texts a district may change without touching code."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, model_validator

from data.indicators.line import NO_LINE, Line, WrittenLine
from data.indicators.timeline import Array, Mask


class IndicatorRule(BaseModel):
    """Weight, lights and texts of one indicator; what a line is compared with is fixed by its formula.

    ``published`` marks a line printed in an article: the small-number guard does not soften it. ``live`` lights
    change inside the open month, because their limit is a date. ``turns_branch_red`` lets its red turn the whole
    branch red; any other red is yellow for the branch. ``hysteresis`` is the number of closings in a row without
    a light that end a warning, ``rectify_days`` its own limit instead of 15 (red) and 30 (yellow) days.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    short: str = Field(max_length=8, description="name on the wall")
    group: str = ""
    norm: str = ""
    weight: float = Field(0, ge=0, le=600)
    yellow: WrittenLine | None = None
    red: WrittenLine | None = None
    published: bool = False
    live: bool = False
    turns_branch_red: bool = False
    hysteresis: int = Field(1, ge=1, le=12)
    rectify_days: int | None = Field(None, ge=1, le=366)
    finding: str = Field("", max_length=12, description="诊断 on the wall")
    measure: str = Field("", max_length=12, description="处方 on the wall")
    prescription: str = Field("", description="诊疗处方 of the report")

    @model_validator(mode="after")
    def _lines_agree(self) -> IndicatorRule:
        if self.yellow is not None and self.red is not None and self.yellow.is_below != self.red.is_below:
            raise ValueError(f"yellow ({self.yellow}) and red ({self.red}) look in opposite directions")
        return self

    def beyond(self, values: Array) -> tuple[Mask, Mask]:
        """Where the values lie beyond the yellow and beyond the red line."""
        return self.yellow_line.crossed(values), self.red_line.crossed(values)

    @property
    def yellow_line(self) -> Line:
        """The yellow line; one that nothing crosses where the rule has none."""
        return self.yellow or NO_LINE

    @property
    def red_line(self) -> Line:
        """The red line; one that nothing crosses where the rule has none."""
        return self.red or NO_LINE


class RadarAxis(BaseModel):
    """One axis of 五个基本: the mean of its components that are not na."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    short: str
    components: tuple[str, ...] = Field(min_length=1)
    finding: str = Field(max_length=12)
    measure: str = Field(max_length=12)
