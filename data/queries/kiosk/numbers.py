"""The district in numbers: how many members and organisations, how old, how schooled, since when in the Party."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.queries.district_figures_register import EDUCATION, JOIN_PERIODS
from data.queries.figure_parts import Asked
from data.queries.figures_of_month import district_months
from data.queries.kiosk.cells import Cell, of_persons, shown_cells, whole
from data.queries.members import AGE_GROUPS
from data.queries.organisation import load as load_organisation
from data.readmodel.reader import Reader
from data.scope import Scope

JOINED = (*JOIN_PERIODS, "unknown")
_AGES = tuple(band for bands in AGE_GROUPS.values() for band in bands)


@dataclass(frozen=True)
class Numbers:
    """Today's numbers; a tuple is empty where its feed is missing, None where there is no number to tell."""

    members: int | None
    gender: tuple[Cell, ...]
    ages: tuple[Cell, ...]
    education: tuple[Cell, ...]
    joined: tuple[Cell, ...]
    committees: int | None
    general_branches: int | None
    branches: int | None
    sectors: tuple[Cell, ...]


def load(reader: Reader) -> Numbers:
    """Sums of the district in the open month."""
    month = reader.version.open_month
    row = district_months(reader, ("members", "women", *_AGES), month).get(month, {})
    structure = Asked(reader, Scope("kiosk"), month).tally("member_structure") or {}
    organisation = load_organisation(reader, Scope("kiosk"))
    return Numbers(
        members=of_persons(row.get("members")),
        gender=_gender(row),
        ages=shown_cells(_ages(row)),
        education=shown_cells(_ordered(structure, "education", EDUCATION)),
        joined=shown_cells(_ordered(structure, "join", JOINED)),
        committees=whole(organisation.committees.value),
        general_branches=whole(organisation.general_branches.value),
        branches=whole(organisation.branches.value),
        sectors=tuple(Cell(name, n) for name, n in organisation.sectors),
    )


def _gender(row: Mapping[str, float | None]) -> tuple[Cell, ...]:
    members, women = row.get("members"), row.get("women")
    return () if members is None or women is None else shown_cells({"F": women, "M": members - women})


def _ages(row: Mapping[str, float | None]) -> dict[str, float]:
    known = {name: [row.get(band) for band in bands] for name, bands in AGE_GROUPS.items()}
    return {
        name: sum(n or 0 for n in found) for name, found in known.items() if any(n is not None for n in found)
    }


def _ordered(found: Mapping[str, float], kind: str, keys: tuple[str, ...]) -> dict[str, float]:
    """Cells of one distribution in the order of its keys; a kind nobody is of is left out."""
    return {key: found[f"{kind}|{key}"] for key in keys if found.get(f"{kind}|{key}")}
