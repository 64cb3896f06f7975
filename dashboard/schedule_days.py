"""The schedule day by day: which entry and which darkness a moment has, and when that changes.

What begins on a day is that of its day of the week, or of its special entry; what runs over midnight runs on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Literal, Protocol

from dashboard.schedule_rules import MODES, Hours, ScheduleRule, Span, SpecialRule
from data.scope import Mode

_DAY = timedelta(days=1)
# A week without a change, a day more for what began before it: the week never changes.
_QUIET = 8

# A rule by its place in the profile: what tells two programmes apart.
Place = tuple[Literal["week", "special"], int, int]
State = tuple[Place | None, bool]


class Ruled(Protocol):
    """What the days need of a profile."""

    @property
    def schedule(self) -> tuple[ScheduleRule, ...]:
        """Entries of the week."""

    @property
    def dark(self) -> Hours | None:
        """Dark hours of the week."""

    @property
    def special(self) -> tuple[SpecialRule, ...]:
        """Days that follow the week no longer."""


class Days:
    """The days of one profile, for one question; ``only``: entries of another mode count as none."""

    def __init__(self, profile: Ruled | None, only: Mode | None = None) -> None:
        self._only = only
        self._dark = profile.dark if profile else None
        self._week = profile.schedule if profile else ()
        self._specials = profile.special if profile else ()
        self._special = {day: at for at, rule in enumerate(self._specials) for day in rule.days}
        self._known: dict[date, tuple[list[tuple[Span, Place, ScheduleRule]], list[Span]]] = {}

    def rule_at(self, moment: datetime) -> ScheduleRule | None:
        """The entry of a moment; None: none names it."""
        found = self._entry_at(moment)
        return found[1] if found else None

    def is_dark_at(self, moment: datetime) -> bool:
        """Whether the wall is dark: by a special day, or in dark hours unless a special day's own hours light it."""
        found = self._entry_at(moment)
        if found is not None and found[0][0] == "special":
            return False
        return any(start <= moment < end for day in _days_of(moment) for start, end in self._begun_on(day)[1])

    def state_at(self, moment: datetime) -> State:
        """What tells two programmes apart."""
        found = self._entry_at(moment)
        return found[0] if found else None, self.is_dark_at(moment)

    def before(self, now: datetime, true: Callable[[datetime], bool]) -> datetime | None:
        """The last edge up to now of which this is true; None: there was none since ever."""
        for day in self._walk(now.date(), -1):
            for edge in sorted(self._edges(day), reverse=True):
                if edge <= now and true(edge):
                    return edge
        return None

    def after(self, now: datetime, true: Callable[[datetime], bool]) -> datetime | None:
        """The first edge after now of which this is true; None: there is none for ever."""
        for day in self._walk(now.date(), 1):
            for edge in sorted(self._edges(day)):
                if edge > now and true(edge):
                    return edge
        return None

    def _entry_at(self, moment: datetime) -> tuple[Place, ScheduleRule] | None:
        """A special day's own entry before one of the week that runs into it."""
        found = [
            (place, rule)
            for day in _days_of(moment)
            for (start, end), place, rule in self._begun_on(day)[0]
            if start <= moment < end
        ]
        return min(found, key=lambda one: one[0][0] != "special") if found else None

    def _begun_on(self, day: date) -> tuple[list[tuple[Span, Place, ScheduleRule]], list[Span]]:
        """Entries and darkness that begin on a day."""
        if day not in self._known:
            self._known[day] = self._found_on(day)
        return self._known[day]

    def _found_on(self, day: date) -> tuple[list[tuple[Span, Place, ScheduleRule]], list[Span]]:
        night = self._dark.on(day) if self._dark else None
        dark = [night] if night else []
        special = self._special.get(day)
        if special is None:
            return self._spans(day, "week", 0, self._week), dark
        rule = self._specials[special]
        if rule.is_dark:
            midnight = datetime(day.year, day.month, day.day)
            return [], [*dark, (midnight, midnight + _DAY)]
        return self._spans(day, "special", special, rule.hours), dark

    def _spans(
        self, day: date, kind: Literal["week", "special"], of: int, rules: Sequence[ScheduleRule]
    ) -> list[tuple[Span, Place, ScheduleRule]]:
        return [
            (span, (kind, of, at), rule)
            for at, rule in enumerate(rules)
            if self._only in (None, MODES[rule.mode]) and (span := rule.on(day))
        ]

    def _edges(self, day: date) -> set[datetime]:
        """Moments of a day at which something begins or ends."""
        begun = [self._begun_on(one) for one in (day, day - _DAY)]
        spans = [span for entries, dark in begun for span in [*(one[0] for one in entries), *dark]]
        return {edge for span in spans for edge in span if edge.date() == day}

    def _walk(self, day: date, step: Literal[1, -1]) -> Iterator[date]:
        """Days from this one on, or back; the week is gone through once wherever special days have ended."""
        quiet = 0
        while True:
            yield day
            quiet = 0 if day in self._special else quiet + 1
            day += step * _DAY
            if quiet > _QUIET:
                coming = [one for one in self._special if (one - day).days * step >= 0]
                if not coming:
                    return
                day, quiet = (min(coming) if step > 0 else max(coming) + _DAY), 0


def _days_of(moment: datetime) -> tuple[date, date]:
    """The days on which what holds at a moment can have begun."""
    return moment.date(), moment.date() - _DAY
