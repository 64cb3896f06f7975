"""What a member formula computes with: the facts, the calendar of their months, and who is judged at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from data.indicators.member.cube import Array, MemberCube
from data.indicators.member.facts import FACT
from data.indicators.timeline import Mask, Timeline
from data.readmodel.light import Light


@dataclass(frozen=True)
class MemberResult:
    """Members × months: ``value`` (NaN where na), ``points`` of the year to date, ``light`` (`Light`)."""

    value: Array
    points: Array
    light: Array


@dataclass(frozen=True)
class MemberSetting:
    """Windows over the months of a cube. Only closed months are judged: ``of_closed`` lets the open one show what
    the month before it closed with."""

    cube: MemberCube

    def __getitem__(self, name: str) -> Array:
        return self.cube[name]

    @property
    def shape(self) -> tuple[int, int]:
        """Members × months."""
        return len(self.cube.members), len(self.cube.months)

    @cached_property
    def timeline(self) -> Timeline:
        """Calendar of the columns."""
        return Timeline(self.cube.months)

    def of_closed(self, values: Array) -> Array:
        """The open month stands as the last closed one left it; unknown where there is none."""
        if not self.cube.is_open:
            return values
        held = values.copy()
        held[:, -1] = values[:, -2] if values.shape[1] > 1 else False if values.dtype == bool else np.nan
        return held

    def closed_flow(self, values: Array) -> Array:
        """What happened in closed months only: the open one adds nothing yet."""
        if not self.cube.is_open:
            return values
        kept = values.copy()
        kept[:, -1] = 0
        return kept

    def to_date(self, values: Array) -> Array:
        """Sum from January up to and including the column."""
        total = np.cumsum(values, axis=1)
        number = self.timeline.number
        before = np.zeros_like(total)
        for j, month in enumerate(number):
            if j >= month:
                before[:, j] = total[:, j - month]
        return np.asarray(total - before)

    def to_date_of_quarter(self, values: Array) -> Array:
        """Sum from the first month of the quarter up to and including the column."""
        return self.timeline.since_quarter_start(values)

    def last(self, values: Array, months: int) -> Array:
        """Sum over the last n closed months."""
        return self.of_closed(self.timeline.last(values, months))

    def run(self, counts: Mask, failing: Mask) -> Array:
        """Consecutive failing months ending with the column; months that do not count neither add nor break.

        Followed twelve months back and no further: what a column says must not depend on where the facts begin.
        """
        length = np.zeros(self.shape)
        for j in range(self.shape[1]):
            running = np.ones(self.shape[0], dtype=bool)
            for i in range(j, max(j - 12, -1), -1):
                running &= failing[:, i] | ~counts[:, i]
                length[:, j] += running & counts[:, i]
        return length

    @cached_property
    def year_is_known(self) -> Mask:
        """Months of a year whose January lies inside the data: before them nothing can be missed."""
        january = np.arange(self.shape[1]) - self.timeline.number + 1
        return np.broadcast_to(january >= self.cube.known_from, self.shape)

    @cached_property
    def is_known(self) -> Mask:
        """Months inside the data."""
        return np.broadcast_to(np.arange(self.shape[1]) >= self.cube.known_from, self.shape)

    @cached_property
    def scored(self) -> Mask:
        """SCORED: judged by the 33 indicators in the month."""
        return np.asarray(self["is_scored"] > 0)

    def is_category(self, *codes: int) -> Mask:
        """Members in one of the categories at the end of the month."""
        return np.isin(self.cube.facts["category"], codes)

    def no_feed(self, *facts: str) -> bool:
        """Whether a table that one of the facts is read from is not connected."""
        return any(FACT[name].table in self.cube.missing for name in facts)

    def result(
        self, value: Array, points: Array, yellow: Mask, red: Mask, na: Mask, facts: tuple[str, ...]
    ) -> MemberResult:
        """Value and light of scored members; ``facts`` are what it stands on, without their feed it is nodata."""
        light = np.full(self.shape, Light.GREEN, dtype=np.int8)
        light[yellow] = Light.YELLOW
        light[red] = Light.RED
        if self.no_feed(*facts):
            light[:] = Light.NODATA
        light[na | ~self.scored] = Light.NA
        blank = light <= Light.NODATA
        return MemberResult(np.where(blank, np.nan, value), points, light)
