"""The rule of one member indicator: points, caps, lines and the message, which a district may change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from data.indicators.line import NO_LINE, Line, WrittenLine
from data.indicators.member.cube import Array
from data.indicators.timeline import Mask


class MemberRule(BaseModel):
    """``points`` per unit of what the formula counts, at most ``cap`` in a year; ``levels`` the points of grades
    and levels of honours. ``attainable`` is the full mark of an item of a year (200-point and 100-point scales).

    ``yellow_from`` and ``red_from`` are the rows a rate must stand on before it gives that light. ``target`` is
    what a year asks for (class hours, hours); ``target_committee`` the same for committee members.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    short: str = Field(max_length=8)
    group: str = ""
    points: float = 0
    per: float = Field(1, gt=0)
    cap: float | None = Field(None, gt=0)
    levels: dict[str, float] = Field(default_factory=dict)
    attainable: float = Field(0, ge=0, le=200)
    yellow: WrittenLine | None = None
    red: WrittenLine | None = None
    yellow_from: int = Field(0, ge=0)
    red_from: int = Field(0, ge=0)
    target: float = Field(0, ge=0)
    target_committee: float = Field(0, ge=0)
    kind: Literal["indicator", "item", "part"] = "indicator"
    message: str = ""

    @model_validator(mode="after")
    def _lines_agree(self) -> MemberRule:
        if self.yellow is not None and self.red is not None and self.yellow.is_below != self.red.is_below:
            raise ValueError(f"yellow ({self.yellow}) and red ({self.red}) look in opposite directions")
        return self

    @property
    def yellow_line(self) -> Line:
        """The yellow line; one that nothing crosses where the rule has none."""
        return self.yellow or NO_LINE

    @property
    def red_line(self) -> Line:
        """The red line; one that nothing crosses where the rule has none."""
        return self.red or NO_LINE

    def beyond(self, values: Array) -> tuple[Mask, Mask]:
        """Where the values lie beyond the yellow and beyond the red line."""
        return self.yellow_line.crossed(values), self.red_line.crossed(values)


MemberRules = Mapping[str, MemberRule]
