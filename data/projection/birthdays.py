"""Political birthdays in SQL: the day and month a member joined on, come round again."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

import sqlalchemy as sa


def is_birthday(joined_on: sa.ColumnElement[Any], day: date) -> sa.ColumnElement[bool]:
    """Joined on this day of any year; 29 February counts on 28 February in common years."""
    days = [day.day]
    if (day.month, day.day) == (2, 28) and not calendar.isleap(day.year):
        days.append(29)
    return sa.and_(
        sa.extract("month", joined_on) == day.month,
        sa.extract("day", joined_on).in_(days),
        joined_on <= day,
    )
