"""Members: how many there are now, and how old; shares of women and of higher education."""

from __future__ import annotations

from dataclasses import dataclass

from data.queries.figures_of_month import Amount, Months, amount_of, district_months
from data.queries.small_cells import small_cells
from data.readmodel.reader import Reader
from data.scope import Scope

# Five bands that can be read from the far end of the room, each from the bands of the read model.
AGE_GROUPS: dict[str, tuple[str, ...]] = {
    "to_35": ("age_30", "age_35"),
    "36_45": ("age_40", "age_45"),
    "46_55": ("age_50", "age_55"),
    "56_60": ("age_60",),
    "from_61": ("age_61",),
    "unknown": ("age_unknown",),
}
_COLUMNS = ("members", "women", "college", *(band for bands in AGE_GROUPS.values() for band in bands))


@dataclass(frozen=True)
class AgeGroup:
    """One band; ``count`` None is withheld: ``is_small`` for a cell of 1-4, else its complement."""

    name: str
    count: int | None
    is_small: bool = False


@dataclass(frozen=True)
class Members:
    """The membership of today; ``ages`` is empty when ages are not connected."""

    total: Amount
    women: Amount
    college: Amount
    ages: tuple[AgeGroup, ...]


def load(reader: Reader, scope: Scope) -> Members:
    """Structure of the open month; the same in every exposure mode, small cells withheld."""
    month = reader.version.open_month
    rows = district_months(reader, _COLUMNS, month)
    row = rows.get(month, {})
    counts: dict[str, int] = {}
    for name, bands in AGE_GROUPS.items():
        values = [row.get(band) for band in bands]
        if all(value is None for value in values):
            continue
        counts[name] = round(sum(value or 0 for value in values))
    return Members(
        total=amount_of(rows, month, "members"),
        women=_share(rows, month, "women"),
        college=_share(rows, month, "college"),
        ages=guarded(counts),
    )


def _share(rows: Months, month: str, part: str) -> Amount:
    """Share of the members; no data where it would tell of one to four who are of this part or are not."""
    row = rows.get(month, {})
    inside, members = row.get(part) or 0, row.get("members") or 0
    told = amount_of(rows, month, part, over="members")
    return Amount("nodata") if small_cells({"in": inside, "out": members - inside}).small else told


def guarded(counts: dict[str, int]) -> tuple[AgeGroup, ...]:
    """Counts with cells of 1-4 withheld, and with them what would give them away."""
    small, hidden = small_cells(counts)
    return tuple(AgeGroup(name, None if name in hidden else n, name in small) for name, n in counts.items())
