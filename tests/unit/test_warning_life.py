"""The life of a warning: one per light, through flicker and missing data, climbing when nobody acts (§13)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from dashboard.profile import load_profile
from data.clock import months_between
from data.indicators.warning_life import Episode, episodes
from data.projection.source import Calendar, Source
from data.projection.tree import Organisation, Tree
from data.projection.warning_book import BRANCH, COMMITTEE, DISTRICT, WEAK_LAX, Book, write_book
from data.readmodel import schema
from data.readmodel.light import Light
from data.readmodel.results import indicator_column
from data.readmodel.sheet import Sheet

NA, NODATA, GREEN, YELLOW, RED = Light
BRANCH_ID, COMMITTEE_ID, ROOT_ID = 30, 20, 10
MONTHS = months_between("2026-03", "2026-11")
NOW = datetime(2026, 11, 21, 14, 0)
MONTHLY, DATED = "hs_b_dues_collection", "hs_b_term"


def run(*lights: Light, hysteresis: int = 1) -> list[Episode]:
    return episodes(np.array([lights], dtype=float), hysteresis)


def test_a_light_opens_one_warning_and_a_closing_without_it_ends_it() -> None:
    assert run(GREEN, YELLOW, YELLOW, GREEN) == [Episode(0, 1, 2, 3, Light.YELLOW, 0, False)]


def test_the_level_is_that_of_the_last_light_and_its_reds_in_a_row_are_counted() -> None:
    (found,) = run(YELLOW, RED, RED)
    assert (found.level, found.red_run, found.ended) == (Light.RED, 2, None)
    (softer,) = run(RED, RED, YELLOW)
    assert (softer.level, softer.red_run) == (Light.YELLOW, 0)


def test_with_hysteresis_a_single_green_closing_ends_nothing() -> None:
    assert len(run(RED, GREEN, RED, GREEN, GREEN, hysteresis=2)) == 1
    assert len(run(RED, GREEN, RED, GREEN, GREEN, hysteresis=1)) == 2


def test_a_month_without_data_neither_ends_nor_renews_a_warning() -> None:
    (found,) = run(RED, NODATA, NODATA, GREEN)
    assert (found.last, found.ended) == (0, 3)
    assert run(NODATA, GREEN, NODATA) == []


def test_a_rule_that_no_longer_applies_voids_the_warning() -> None:
    (found,) = run(RED, NA, GREEN)
    assert found.void
    assert found.ended == 1


def organisation(org_id: int, parent: int | None, org_type: str) -> Organisation:
    return Organisation(
        org_id, parent, "x", "x", "x", org_type, "village", None, None, None, True, date(2000, 1, 1), None
    )


TREE = Tree(
    {
        ROOT_ID: organisation(ROOT_ID, None, "district_committee"),
        COMMITTEE_ID: organisation(COMMITTEE_ID, ROOT_ID, "party_committee"),
        BRANCH_ID: organisation(BRANCH_ID, COMMITTEE_ID, "branch"),
    },
    {},
)


def book(
    lights: dict[str, list[Light]],
    *,
    now: datetime = NOW,
    operational: list[dict[str, Any]] | None = None,
    previous: list[dict[str, Any]] | None = None,
    **due: int,
) -> list[dict[str, Any]]:
    """Warnings of one branch whose lights end with the open month; indicators not given are green."""
    profile = load_profile("haishu")
    catalogue = replace(profile.catalogue, due=profile.due.model_copy(update=due))
    values = np.full((1, len(MONTHS), len(catalogue.columns)), float(GREEN))
    for indicator, given in lights.items():
        column = catalogue.columns.index(indicator_column(indicator, "light"))
        values[0, len(MONTHS) - len(given) :, column] = given
    sheet = Sheet(schema.branch_results, [BRANCH_ID], MONTHS, catalogue.columns, values)
    source = Source(None, Calendar(MONTHS[0], now), TREE)  # type: ignore[arg-type]
    return write_book(source, [sheet], catalogue, operational or [], Book(previous or [])).rows


def several(
    lights: dict[int, list[Light]],
    previous: Book,
    *,
    now: datetime = NOW,
    read: list[dict[str, Any]] | None = None,
    touched: set[int] | None = None,
) -> Book:
    """A book of several branches, each with the lights of one monthly indicator, the others green."""
    catalogue = load_profile("haishu").catalogue
    values = np.full((len(lights), len(MONTHS), len(catalogue.columns)), float(GREEN))
    values[:, :, catalogue.columns.index(indicator_column(MONTHLY, "light"))] = list(lights.values())
    sheet = Sheet(schema.branch_results, list(lights), MONTHS, catalogue.columns, values)
    source = Source(None, Calendar(MONTHS[0], now), TREE)  # type: ignore[arg-type]
    return write_book(source, [sheet], catalogue, read or [], previous, touched=touched)


def test_a_book_written_again_for_some_is_the_one_written_for_all() -> None:
    chance = np.random.default_rng(5)
    lights = {org: list(chance.choice([Light.NA, *Light], len(MONTHS))) for org in range(100, 140)}
    monday = datetime(2026, 11, 16, 8, 0)
    first = several(lights, Book(), now=monday)
    # Some lights go out or come on, an operational warning comes, and hours later limits have passed.
    touched = {100, 107, 121}
    for org in touched:
        lights[org] = list(chance.choice(Light, len(MONTHS)))
    later = monday.replace(hour=23)
    read = [{**operational("raised", later), "org_id": 130}]
    part = several(lights, first, now=later, read=read, touched=touched)
    whole = several(lights, first, now=later, read=read)
    assert part == whole
    assert part.rows != first.rows


def test_a_light_that_went_out_within_the_month_keeps_the_moment_it_was_first_seen() -> None:
    monday, tuesday = datetime(2026, 11, 16, 8, 0), datetime(2026, 11, 17, 9, 0)
    (raised,) = book({DATED: [YELLOW, YELLOW]}, now=datetime(2026, 11, 9))
    (gone,) = book({DATED: [YELLOW, GREEN]}, now=monday, previous=[raised])
    assert gone["rectified_at"] == monday
    (still,) = book({DATED: [YELLOW, GREEN]}, now=tuesday, previous=[gone])
    assert still["rectified_at"] == monday


def operational(state: str, raised_at: datetime, **columns: Any) -> dict[str, Any]:
    row = dict.fromkeys(("pushed_at", "acknowledged_at", "rectify_due_on", "rectified_at", "verified_at"))
    return {
        "warning_id": 5,
        "indicator_id": MONTHLY,
        "level": "red",
        "org_id": BRANCH_ID,
        "period": "2026-10",
        "state": state,
        "raised_at": raised_at,
        **row,
        **columns,
    }


def test_a_light_nobody_raised_gets_a_warning_of_the_closing_with_owner_and_limits() -> None:
    (row,) = book({MONTHLY: [GREEN, YELLOW, YELLOW]}, now=datetime(2026, 11, 3))
    assert row["warning_id"] < 0
    assert row["state"] == "raised"
    assert row["level"] == "yellow"
    assert (row["period"], row["raised_at"]) == ("2026-10", datetime(2026, 11, 1))
    assert row["owner_org_id"] == BRANCH_ID
    assert (row["acknowledge_due_on"], row["rectify_due_on"]) == (date(2026, 11, 8), date(2026, 12, 1))
    assert (row["escalation"], row["escalated_to_org_id"]) == (BRANCH, None)


@pytest.mark.parametrize(
    ("now", "climbed", "to"),
    [
        (datetime(2026, 11, 3, 23), BRANCH, None),
        (datetime(2026, 11, 4, 1), COMMITTEE, COMMITTEE_ID),
        (datetime(2026, 11, 16, 23), COMMITTEE, COMMITTEE_ID),
        (datetime(2026, 11, 17, 1), DISTRICT, ROOT_ID),
    ],
)
def test_a_red_warning_climbs_when_it_is_not_acknowledged_and_when_it_is_not_rectified(
    now: datetime, climbed: int, to: int | None
) -> None:
    (row,) = book({MONTHLY: [RED, RED]}, now=now)
    assert (row["escalation"], row["escalated_to_org_id"]) == (climbed, to)


def test_three_red_closings_in_a_row_make_a_candidate_for_review() -> None:
    (row,) = book({MONTHLY: [RED, RED, RED, RED]})
    assert row["escalation"] == WEAK_LAX
    (earlier,) = book({MONTHLY: [RED, RED, RED, RED]}, weak_lax_months=5)
    assert earlier["escalation"] == DISTRICT


def test_an_acknowledged_warning_stays_with_its_branch_until_its_limit() -> None:
    acknowledged = operational("acknowledged", datetime(2026, 11, 10), acknowledged_at=datetime(2026, 11, 11))
    (row,) = book({MONTHLY: [RED, RED]}, operational=[acknowledged])
    assert (row["warning_id"], row["escalation"]) == (5, BRANCH)


@pytest.mark.parametrize(("state", "rows"), [("raised", 1), ("rectified", 1), ("closed", 2), ("invalid", 2)])
def test_a_light_has_exactly_one_living_warning(state: str, rows: int) -> None:
    ended = {"verified_at": datetime(2026, 11, 6)} if state == "closed" else {}
    given = operational(state, datetime(2026, 11, 1), **ended)
    found = book({MONTHLY: [RED, RED]}, operational=[given])
    assert len(found) == rows
    assert sum(row["state"] not in ("closed", "invalid") for row in found) == 1


def test_yellow_is_closed_by_the_next_green_closing_and_red_waits_for_its_superior() -> None:
    (yellow,) = book({MONTHLY: [YELLOW, GREEN, GREEN]})
    assert (yellow["state"], yellow["verified_at"]) == ("closed", datetime(2026, 11, 1))
    (red,) = book({MONTHLY: [RED, GREEN, GREEN]})
    assert (red["state"], red["rectified_at"], red["verified_at"]) == (
        "rectified",
        datetime(2026, 11, 1),
        None,
    )
    (later,) = book({MONTHLY: [RED, GREEN, GREEN, GREEN]})
    assert later["state"] == "closed"


def test_a_dated_light_that_goes_out_within_the_month_stays_in_the_book() -> None:
    (before,) = book({DATED: [RED]}, now=NOW)
    assert before["raised_at"] == NOW
    (young,) = book({}, now=NOW + timedelta(days=1), previous=[before])
    assert young["state"] == "raised", "a warning stands for its minimum duration"
    (after,) = book({}, now=NOW + timedelta(days=4), previous=[before])
    assert (after["state"], after["rectified_at"]) == ("rectified", NOW + timedelta(days=4))


def test_a_warning_keeps_the_moment_it_was_first_raised() -> None:
    (first,) = book({DATED: [RED]}, now=NOW)
    (second,) = book({DATED: [RED]}, now=NOW + timedelta(days=2), previous=[first])
    assert second["raised_at"] == NOW


def test_an_organisation_that_is_gone_has_its_warning_voided_with_its_history_kept() -> None:
    (row,) = book({MONTHLY: [RED, NA, NA]})
    assert (row["state"], row["rectified_at"]) == ("invalid", None)
