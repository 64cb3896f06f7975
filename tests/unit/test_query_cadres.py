"""Cadres: age and education by kind, reserve by town, nothing for visitors."""

from __future__ import annotations

from collections.abc import Mapping

from data.queries.cadres import Cadres, load
from data.queries.figures_of_month import Amount
from data.scope import Scope
from tests.readmodel_rows import reader_of, town

STAFF = Scope("wall_internal")
KEYS = {
    "count|village_secretary": 10, "age_sum|village_secretary": 450, "age|village_secretary|30": 1,
    "age|village_secretary|40": 2, "age|village_secretary|45": 4, "age|village_secretary|61": 3,
    "education|village_secretary|bachelor": 2, "education|village_secretary|junior_college": 4,
    "education|village_secretary|secondary": 1, "education|village_secretary|junior_high": 1,
    "education|village_secretary|unknown": 2, "reserve": 9, "units": 6,
}  # fmt: skip


def view(scope: Scope = STAFF, keys: Mapping[str, float] | None = None) -> Cadres:
    cells = [(0, key, n) for key, n in (KEYS if keys is None else keys).items()]
    cells += [(10, "reserve", 4), (10, "units", 4), (11, "reserve", 5), (11, "units", 2), (12, "reserve", 1)]
    rows = [
        {"tally": "cadres", "period_month": "", "town_id": place, "key": key, "value": n}
        for place, key, n in (cells if keys != {} else [])
    ]
    for month, due, updated in (("2026-06", 10, 1), ("2026-09", 10, 8)):
        for key, n in (("due", due), ("updated", updated)):
            rows.append(
                {"tally": "cadre_updates", "period_month": month, "town_id": 0, "key": key, "value": n}
            )
    places = [town(10, "古林镇"), town(11, "白云街道"), town(12, "西门街道")]
    with reader_of(tallies=rows, towns=places) as reader:
        return load(reader, scope)


def test_bands_and_levels_of_a_kind_add_up_to_its_cadres() -> None:
    (kind,) = view().kinds or ()
    assert (kind.ages, kind.education) == ((1, 6, 0, 3), (6, 1, 1, 2))
    assert sum(kind.ages) == sum(kind.education) == kind.count
    assert kind.mean_age == Amount("value", 45.0)
    assert kind.college == Amount("value", 6 / 8)


def test_towns_stand_by_reserve_per_village_and_those_without_villages_are_left_out() -> None:
    found = view()
    assert [(one.name, one.ratio.value) for one in found.towns] == [("白云街道", 2.5), ("古林镇", 1.0)]
    assert found.reserve == Amount("value", 1.5)


def test_records_are_up_to_date_by_the_last_quarter() -> None:
    assert view().updated == Amount("value", 0.8)


def test_nobody_who_told_a_level_has_no_share() -> None:
    (kind,) = (
        view(keys={"count|reserve": 2, "age_sum|reserve": 60, "education|reserve|unknown": 2}).kinds or ()
    )
    assert (kind.college, kind.mean_age.value) == (Amount("na"), 30)


def test_visitors_and_a_missing_feed_get_nothing() -> None:
    assert view(Scope("wall_reception")) == Cadres(None, Amount("nodata"), Amount("nodata"), ())
    assert view(keys={}).kinds is None
