"""Headline figures of what there is: organisations, members, villages, venues, records (§10)."""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa

from data.queries.figure_parts import Asked, Figure, Part, count, counts, of_persons, share
from data.queries.figures_of_month import BRANCH_TYPES, GRASSROOTS_TYPES, organisation_counts
from data.readmodel.schema import towns

EDUCATION = (
    "postgraduate",
    "bachelor",
    "junior_college",
    "secondary",
    "junior_high",
    "primary_or_less",
    "unknown",
)
OCCUPATIONS = (
    "worker", "farmer", "professional", "manager", "civil_servant", "student", "other", "retired", "unknown",
)  # fmt: skip
CATEGORIES = ("normal_active", "flow_out", "aged_infirm", "abroad", "other_exempt", "unknown")
JOIN_PERIODS = ("before_1949", "to_1978", "to_2012", "later")
AGE_BANDS = ("30", "35", "40", "45", "50", "55", "60", "61", "unknown")
COLLEGE = EDUCATION[:3]
TWO_NEW = ("private_enterprise", "social_org")


def _organisations(asked: Asked, prefix: Literal["type", "sector"]) -> dict[str, float] | None:
    """By type or sector code: of the district in any month, of a town today."""
    if asked.scope.focus_town is None:
        found = organisation_counts(asked.reader, asked.month, prefix).get(asked.month)
        return None if found is None else {key: float(n or 0) for key, n in found.items()}
    found_now = asked.tally("organisations", prefix=f"{prefix}|")
    return None if found_now is None else dict(found_now)


def org_total(asked: Asked) -> list[Part]:
    found = _organisations(asked, "type")
    total = None if found is None else sum(found.get(kind, 0) for kind in GRASSROOTS_TYPES)
    return [count("total", "organizations", total)]


def org_by_type(asked: Asked) -> list[Part]:
    found = _organisations(asked, "type")
    if found is None:
        return counts(None, "organizations")
    branches = sum(found.get(kind, 0) for kind in BRANCH_TYPES)
    both = {kind: found.get(kind, 0.0) for kind in ("party_committee", "general_branch")}
    return counts(
        {**both, "branch": branches}, "organizations", ("party_committee", "general_branch", "branch")
    )


def org_by_sector(asked: Asked) -> list[Part]:
    """Each sector, then 两新 together (``two_new``)."""
    found = _organisations(asked, "sector")
    parts = counts(found, "organizations")
    if found is not None:
        parts.append(count("two_new", "organizations", sum(found.get(sector, 0) for sector in TWO_NEW)))
    return parts


def member_total(asked: Asked) -> list[Part]:
    return [count("total", "members", asked.measures("members")["members"])]


def member_full(asked: Asked) -> list[Part]:
    row = asked.measures("members", "full_members")
    members, full = row["members"], row["full_members"]
    rest = None if members is None or full is None else members - full
    return of_persons(asked, [count("full", "members", full), count("probationary", "members", rest)])


def _structure(prefix: str, keys: tuple[str, ...]) -> Figure:
    def figure(asked: Asked) -> list[Part]:
        return of_persons(
            asked, counts(asked.tally("member_structure", prefix=f"{prefix}|"), "members", keys)
        )

    return figure


def by_category(asked: Asked) -> list[Part]:
    """``flow_in`` stands last: they are not in the total."""
    found = asked.tally("member_structure", prefix="category|")
    return of_persons(asked, counts(found, "members", (*CATEGORIES, "flow_in")))


def by_age(asked: Asked) -> list[Part]:
    found = asked.tally("member_structure", prefix="age|")
    if found is None:
        return counts(None, "members")
    bands = {band: sum(n for key, n in found.items() if key.split("|")[0] == band) for band in AGE_BANDS}
    return of_persons(asked, counts(bands, "members", AGE_BANDS))


def by_education(asked: Asked) -> list[Part]:
    """The levels, then the share of junior college and above (``college``) among those who told."""
    found = asked.tally("member_structure", prefix="education|")
    parts = of_persons(asked, counts(found, "members", EDUCATION))
    if found is not None:
        told = sum(n for level, n in found.items() if level != "unknown")
        parts.append(share("college", sum(found.get(level, 0) for level in COLLEGE), told))
    return parts


def by_gender(asked: Asked) -> list[Part]:
    """NULL is in neither part of a share."""
    found = asked.tally("member_structure")
    if found is None:
        return [share("women", None, None), share("minority", None, None)]
    gender = {key.split("|")[2]: 0.0 for key in found if key.startswith("age|")}
    for key, n in found.items():
        if key.startswith("age|"):
            gender[key.split("|")[2]] += n
    minority, majority = (found.get(f"ethnicity|{name}", 0.0) for name in ("minority", "majority"))
    women, men = gender.get("F", 0.0), gender.get("M", 0.0)
    return [share("women", women, women + men), share("minority", minority, minority + majority)]


def member_flow(asked: Asked) -> list[Part]:
    """``net`` is the change of the total; ``left`` is what admissions and moves do not explain of it."""
    row = asked.measures("members", "admitted", "moved_in", "moved_out")
    before = asked.measures("members", months=[asked.before()])["members"]
    members, moves = row["members"], [row[name] for name in ("admitted", "moved_in", "moved_out")]
    net = None if members is None or before is None else members - before
    known = [move for move in moves if move is not None]
    left = None if net is None or len(known) < len(moves) else known[0] + known[1] - known[2] - net
    names = ("admitted", "moved_in", "moved_out")
    parts = [count(name, "members", move) for name, move in zip(names, moves, strict=True)]
    return [count("net", "members", net), *of_persons(asked, [*parts, count("left", "members", left)])]


def _divisions(kind: str, unit: str) -> Figure:
    def figure(asked: Asked) -> list[Part]:
        statement = sa.select(sa.func.sum(towns.c[kind]))
        if asked.scope.focus_town is not None:
            statement = statement.where(towns.c.town_id == asked.scope.focus_town)
        return [count("total", unit, asked.reader.connection.execute(statement).scalar_one())]

    return figure


def venue_total(asked: Asked) -> list[Part]:
    """All kinds but the “两微” positions together, then each kind."""
    found = asked.tally("venues", prefix="kind|")
    if found is None:
        return counts(None, "venues")
    rooms = sum(n for kind, n in found.items() if kind != "micro_position")
    return [count("total", "venues", rooms), *counts(found, "venues", ("micro_position",))]


def record_total(asked: Asked) -> list[Part]:
    """Records are the district's, whatever town is in focus."""
    whole = Asked(asked.reader, asked.scope.with_focus(None), asked.month)
    found = whole.tally("records")
    return [count("total", "records", None if found is None else sum(found.values()))]


FIGURES: dict[str, Figure] = {
    "d_org_total": org_total,
    "d_org_by_type": org_by_type,
    "d_org_by_sector": org_by_sector,
    "d_member_total": member_total,
    "d_member_full": member_full,
    "d_member_by_category": by_category,
    "d_member_by_age": by_age,
    "d_member_by_education": by_education,
    "d_member_by_occupation": _structure("occupation", OCCUPATIONS),
    "d_member_by_gender": by_gender,
    "d_member_by_join_period": _structure("join", JOIN_PERIODS),
    "d_member_flow": member_flow,
    "d_village_total": _divisions("villages", "villages"),
    "d_community_total": _divisions("communities", "communities"),
    "d_venue_total": venue_total,
    "d_record_total": record_total,
}
