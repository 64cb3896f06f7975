"""Care for the platform: records entered late, rows that cannot be counted, weekly logins of administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.queries.leadership.town_tallies import of_place
from data.readmodel.scoped import Place, ScopedReader

# Records of one month: counted activities, those entered after the month was closed, rows nobody can count.
RECORDS = ("activities", "backfilled", "activities_broken", "attendance_broken", "dues_broken")
BROKEN = RECORDS[2:]


@dataclass(frozen=True)
class Week:
    """Main accounts and those of them that logged in on two days or more in the week that ends on this Sunday."""

    ends_on: date
    accounts: int
    compliant: int

    @property
    def share(self) -> float | None:
        """Compliant ÷ accounts."""
        return self.compliant / self.accounts if self.accounts else None


def weeks(reader: ScopedReader, place: Place) -> list[Week] | None:
    """The last twelve full weeks, oldest first; None where the organisation keeps no town."""
    cells = of_place(reader, place, "logins")
    if cells is None:
        return None
    found: dict[str, dict[str, float]] = {}
    for (_, key), n in cells.items():
        day, _, what = key.partition("|")
        found.setdefault(day, {})[what] = n
    return [
        Week(date.fromisoformat(day), round(of.get("accounts", 0)), round(of.get("compliant", 0)))
        for day, of in sorted(found.items())
    ]
