"""Of the comparison: which two stand beside each other — an organisation and another one, or one in two months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.formats import month_label
from dashboard.leadership.address import AddressInvalid
from dashboard.leadership.parts import Choice, Switch
from dashboard.leadership.registry import Asked
from dashboard.leadership.sections.structure_words import short_of
from data.clock import add_months
from data.queries.leadership import ranking
from data.queries.leadership.ranking import Ranked
from data.readmodel.scoped import Place, ScopedReader

_PERIODS = {"month": -1, "year": -12}
_LONGEST = 10


@dataclass(frozen=True)
class Sides:
    """What is compared: the organisation and month of both; ``beside`` the organisations next to the first one,
    best first, itself included; ``superior`` what stands above it, as far as the viewer sees that."""

    first: Place
    second: Place
    month: str
    other_month: str
    beside: Sequence[Ranked]
    superior: Place | None

    @property
    def is_periods(self) -> bool:
        """Whether one organisation is compared with itself."""
        return self.first.org_id == self.second.org_id

    @property
    def names(self) -> tuple[str, str]:
        """What the two are called."""
        if self.is_periods:
            return month_label(self.month, year=True), month_label(self.other_month, year=True)
        return cut(short_of(self.first)), cut(short_of(self.second))


def cut(name: str) -> str:
    """At most ten characters."""
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def sides_of(reader: ScopedReader, asked: Asked) -> Sides:
    """The address says a period or an organisation; else the next one beside it, else the month before. Raises
    AddressInvalid, and OutOfScope for an organisation out of sight."""
    path, place = reader.path(asked.place), asked.place
    superior = path[-2] if len(path) > 1 else None
    beside: list[Ranked] = []
    if superior is not None:
        found = ranking.load(reader, superior, asked.month, asked.month, direct=True)
        beside = [one for one in found if one.place.is_branch == place.is_branch]
    versus = asked.address.versus or _default(place, beside)
    if versus in _PERIODS:
        then = add_months(asked.month, _PERIODS[versus])
        return Sides(place, place, asked.month, then, beside, superior)
    if not (versus.isascii() and versus.isdecimal() and len(versus) <= 18):
        raise AddressInvalid("vs", versus, "month、year 或组织编号")
    second = reader.place(int(versus))
    then = asked.month if second.org_id != place.org_id else add_months(asked.month, -1)
    return Sides(place, second, asked.month, then, beside, superior)


def _default(place: Place, beside: Sequence[Ranked]) -> str:
    """The next one in the order of the tree, after the last the first."""
    in_order = sorted((one.place for one in beside), key=lambda one: one.position)
    after = [one for one in in_order if one.position > place.position]
    before = [one for one in in_order if one.position < place.position]
    following = (after or before)[:1]
    return str(following[0].org_id) if following else "month"


def switch(asked: Asked, sides: Sides) -> Switch:
    """The periods, the superior, and the organisations before and after the second one in the ranking."""
    choices = [
        Choice(word, asked.address.but(versus=versus), sides.is_periods and sides.other_month == then)
        for word, versus, then in (
            ("本组织上月", "month", add_months(asked.month, -1)),
            ("本组织上年同期", "year", add_months(asked.month, -12)),
        )
    ]
    others = [one.place for one in sides.beside if one.place.org_id != sides.first.org_id]
    shown = others[:3]
    if not sides.is_periods and sides.second.org_id not in {place.org_id for place in shown}:
        shown = [sides.second, *shown]
    if sides.superior is not None and sides.superior not in shown:
        shown.append(sides.superior)
    choices += [
        Choice(
            cut(place.short_name),
            asked.address.but(versus=str(place.org_id)),
            not sides.is_periods and place.org_id == sides.second.org_id,
        )
        for place in shown
    ]
    return Switch("against", "对比", choices=choices)
