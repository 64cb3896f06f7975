"""The one clock: Asia/Shanghai wall-clock time without zone, injected wherever a day or a month is decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

Clock = Callable[[], datetime]


def shanghai_now() -> datetime:
    """The present moment as naive Asia/Shanghai wall-clock time."""
    return datetime.now(SHANGHAI).replace(tzinfo=None)


def month_of(day: date) -> str:
    """Month "YYYY-MM" of a day."""
    return f"{day.year:04d}-{day.month:02d}"


def add_months(month: str, n: int) -> str:
    """The month n months after (or before, n < 0)."""
    index = int(month[:4]) * 12 + int(month[5:]) - 1 + n
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def first_day(month: str) -> date:
    """First calendar day of a month."""
    return date(int(month[:4]), int(month[5:]), 1)


def cutoff(month: str) -> datetime:
    """First instant after the month: evidence recorded at or after it is late (schema §3.1)."""
    following = first_day(add_months(month, 1))
    return datetime(following.year, following.month, 1)


def last_day(month: str) -> date:
    """Last calendar day of a month."""
    return first_day(add_months(month, 1)) - timedelta(days=1)


def months_between(first: str, last: str) -> list[str]:
    """Months from first to last, both included, oldest first."""
    found = [first]
    while found[-1] < last:
        found.append(add_months(found[-1], 1))
    return found
