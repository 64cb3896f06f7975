"""How numbers, months and days are written."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from dashboard.formats import (
    NA,
    day_label,
    integer,
    long_day_label,
    moment_label,
    month_label,
    percent,
    percent_number,
    score,
    signed,
    wan,
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (integer(47411), "47,411"),
        (integer(0), "0"),
        (integer(-1200), "−1,200"),
        (score(88.84), "88.8"),
        (score(-0.04), "0.0"),
        (signed(3), "+3"),
        (signed(-1.25, 1), "−1.2"),
        (signed(0), "0"),
        (signed(0.04, 1), "0.0"),
        (signed(-1234), "−1,234"),
        (percent(0.962), "96.2%"),
        (percent_number(0.5, 0), "50"),
        (wan(47411), "4.7万"),
        (wan(9999), "9,999"),
        (month_label("2026-03"), "3月"),
        (month_label("2026-03", year=True), "2026.03"),
        (day_label(date(2026, 11, 5)), "11-05"),
        (day_label(date(2026, 11, 5), year=True), "2026-11-05"),
        (long_day_label(date(2026, 11, 21)), "2026年11月21日 星期六"),
        (moment_label(datetime(2026, 11, 20, 9, 5)), "11月20日 09:05"),
    ],
)
def test_a_value_is_written_as_expected(written: str, expected: str) -> None:
    assert written == expected


def test_nothing_to_divide_by_is_a_dash_and_zero_is_zero() -> None:
    assert {integer(None), score(None), percent(None), signed(None), wan(None), day_label(None)} == {NA}
    assert percent(0.0) == "0.0%"


def test_only_all_is_written_as_one_hundred_and_only_nothing_as_zero() -> None:
    assert percent(0.99999) == "99.9%"
    assert percent(1.0) == "100.0%"
    assert percent(0.00001) == "0.1%"


def test_negative_numbers_carry_the_true_minus() -> None:
    assert "-" not in signed(-5) + integer(-5) + score(-5.5)
