"""An evaluation as it is asked for: which quarter or year, which group is ranked, what each has reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import mean

from dashboard.leadership.parts import Choice, Switch
from dashboard.leadership.registry import Asked
from dashboard.leadership.scoring import Scoring, before_of, ends_to, quarter_words
from data.clock import add_months
from data.queries.leadership import standings
from data.queries.leadership.standings import Scored, places, two_decimals
from data.readmodel.scoped import ScopedReader

# The group of all branches, by its word in the address.
ALL = "branches"
# Quarters one can choose from.
CHOICES = 6


@dataclass(frozen=True)
class Evaluated:
    """One question with what it is answered from; ``end`` is the last month of the quarter."""

    reader: ScopedReader
    asked: Asked
    scoring: Scoring
    end: str

    @property
    def is_yearly(self) -> bool:
        """Whether the mean of the year's quarters is ranked."""
        return self.asked.address.more.get("by") == "year" and not self.scoring.is_of_year

    @property
    def before(self) -> str:
        """The quarter it is compared with; of a year the same quarter a year earlier."""
        return add_months(self.end, -12) if self.is_yearly else before_of(self.asked, self.end)

    @property
    def ends(self) -> list[str]:
        """Quarters of the course, oldest first."""
        return ends_to(self.end)

    @property
    def read(self) -> list[str]:
        """Quarters a comparison needs: this one and the other, of a year all of both."""
        if not self.is_yearly:
            return [self.before, self.end]
        return [*of_year(self.before), *of_year(self.end)]

    @cached_property
    def siblings(self) -> list[Scored]:
        """What stands directly below."""
        return standings.below(self.reader, self.asked.place, self.scoring.measured, self.ends)

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """Groups that are ranked apart, by the value in the address."""
        words = self.asked.profile.words
        found: dict[str, str] = {}
        if self.asked.place.depth == 0:
            found["towns"] = words.towns
            if any(one.is_unit for one in self.siblings):
                found["units"] = f"{words.direct}单位"
        elif any(not one.place.is_branch for one in self.siblings):
            found["below"] = "下级党组织"
        return found | {ALL: "全部支部"}

    @cached_property
    def group(self) -> str:
        """The group shown: what the address names, else the first."""
        asked = self.asked.address.more.get("of", "")
        return asked if asked in self.groups else next(iter(self.groups))

    @cached_property
    def listed(self) -> list[Scored]:
        """Organisations of the group with a score in the quarter."""
        if self.group == ALL:
            found = standings.branches(self.reader, self.asked.place, self.scoring.measured, self.read)
        else:
            found = [one for one in self.siblings if one.is_unit == (self.group == "units")]
            if self.asked.place.depth:
                found = self.siblings
        return [one for one in found if self.end in one.scores]

    def total(self, one: Scored, end: str) -> float | None:
        """What is ranked at the end of a quarter; None for one that is not ranked then."""
        score = one.scores.get(end)
        if score is None or not score.is_ranked:
            return None
        if not self.is_yearly:
            return score.total
        year = [one.scores[m].total for m in of_year(end) if m in one.scores]
        return two_decimals(mean(t for t in year if t is not None))

    def places_at(self, end: str) -> dict[int, int]:
        """Places of the group at the end of a quarter."""
        totals = {one.place.org_id: self.total(one, end) for one in self.listed}
        return places({org_id: total for org_id, total in totals.items() if total is not None})


def of_year(end: str) -> list[str]:
    return [f"{end[:4]}-{month:02d}" for month in range(3, int(end[5:]) + 1, 3)]


def quarters_switch(seen: Evaluated, span: int = 12) -> Switch:
    """Eight quarters up to the last closed one, and the year where the score is not one of the year already."""
    asked = seen.asked
    last = add_months(asked.closed, -(int(asked.closed[5:]) % 3))
    choices = [
        Choice(
            quarter_words(end, year=end == last or end.endswith("-03")),
            asked.address.but(month=end, by=None),
            end == seen.end and not seen.is_yearly,
        )
        for end in ends_to(last, CHOICES)
    ]
    if not seen.scoring.is_of_year and not asked.place.is_branch:
        choices.append(
            Choice(f"{seen.end[:4]}年度", asked.address.but(month=seen.end, by="year"), seen.is_yearly)
        )
    return Switch("quarter", "季度", choices=choices, span=span)


def period_of(seen: Evaluated) -> str:
    if seen.is_yearly:
        return f"{seen.end[:4]}年1—{int(seen.end[5:])}月各季平均"
    return quarter_words(seen.end) + ("，本年累计" if seen.scoring.is_of_year else "")
