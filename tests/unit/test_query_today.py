"""Today in numbers: what was counted of this day, 0 apart from no data; and the tally of birthdays."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from data.queries.figures_of_month import Amount
from data.queries.today import DAYS_BACK, Today, load
from data.scope import Scope
from tests.readmodel_rows import reader_of
from tests.tallied import DIRECT, FIVE, SIX, members, read

SCOPE = Scope("wall_reception")


def cell(tally: str, key: str, value: float, town_id: int = 0) -> dict[str, Any]:
    return {"tally": tally, "period_month": "", "town_id": town_id, "key": key, "value": value}


def view_of(*cells: dict[str, Any]) -> Today:
    with reader_of(tallies=list(cells)) as reader:
        return load(reader, SCOPE)


def test_the_numbers_are_those_of_the_whole_district() -> None:
    view = view_of(
        cell("today", "activities", 155), cell("today", "activities", 9, 5), cell("today", "posts", 71),
        cell("today", "signins|qr", 1285), cell("today", "signins|id_card", 111), cell("birthdays", "today", 128),
    )  # fmt: skip
    assert (view.activities.value, view.posts.value, view.birthdays.value) == (155, 71, 128)
    assert [amount.value for _, amount in view.signins] == [1285, 0, 111]
    assert view.signed_in == Amount("value", 1396)


@pytest.mark.parametrize(("persons", "shown"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_one_to_four_persons_are_not_told(persons: int, shown: int | None) -> None:
    view = view_of(cell("today", "transfers", persons), cell("birthdays", "today", persons))
    assert (view.transfers.value, view.birthdays.value) == (shown, shown)
    assert view.few == (() if shown is not None else ("transfers", "birthdays"))


@pytest.mark.parametrize(
    ("cards", "total", "by_method", "few"),
    [(3, None, None, ("signed_in",)), (9, 9, 9, ()), (0, 0, 0, ())],
)
def test_few_sign_ins_are_not_told(
    cards: int, total: int | None, by_method: int | None, few: tuple[str, ...]
) -> None:
    view = view_of(
        cell("today", "posts", 1), cell("today", "signins|id_card", cards), cell("birthdays", "today", 9)
    )
    assert (view.signed_in.value, view.signins[2][1].value, view.few) == (total, by_method, few)


def test_a_method_of_few_hides_the_others_for_they_would_tell_it() -> None:
    view = view_of(cell("today", "signins|qr", 40), cell("today", "signins|id_card", 2))
    assert view.signed_in == Amount("value", 42)
    assert {amount.value for _, amount in view.signins} == {None}


def test_what_did_not_happen_yet_is_zero_but_a_day_nobody_counted_is_no_data() -> None:
    counted, uncounted = view_of(cell("today", "activities", 1)), view_of()
    assert counted.transfers == Amount("value", 0)
    assert counted.birthdays == Amount("nodata")
    assert uncounted.transfers == Amount("nodata")
    assert uncounted.signed_in == Amount("nodata")
    assert {day.held for day in uncounted.days} == {None}


def test_days_are_two_weeks_and_today_with_all_types_added_and_plans_left_out() -> None:
    view = view_of(
        cell("activity_days", "held|2026-11-07|party_lecture", 3),
        cell("activity_days", "held|2026-11-20|party_lecture", 4),
        cell("activity_days", "held|2026-11-20|theme_party_day", 6),
        cell("activity_days", "held|2026-11-06|theme_party_day", 99),
        cell("activity_days", "planned|2026-11-21|theme_party_day", 50),
    )
    assert len(view.days) == DAYS_BACK + 1
    assert (view.days[0].on, view.days[0].held) == (date(2026, 11, 7), 3)
    assert [day.held for day in view.days[-2:]] == [10, 0]


def test_birthdays_are_of_members_who_joined_on_this_day_of_any_year() -> None:
    rows = members(FIVE, SIX, DIRECT)
    for person, joined in zip(
        rows["members"], (date(1990, 11, 21), date(2010, 11, 20), date(2025, 11, 21)), strict=True
    ):
        person["joined_on"] = joined
    (row,) = read("birthdays", rows)
    assert (row["key"], row["value"]) == ("today", 2)


def test_a_day_without_birthdays_is_a_zero() -> None:
    (row,) = read("birthdays", members(FIVE))
    assert row["value"] == 0
