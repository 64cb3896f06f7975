"""How numbers, months and days are written on every screen; None is a ratio without a denominator: "–"."""

from __future__ import annotations

from datetime import date, datetime

MINUS = "−"
NA = "–"
NO_DATA = "无数据"
OPEN_MONTH = "进行中"
_WEEKDAYS = "一二三四五六日"


def _negative(text: str) -> str:
    return text.replace("-", MINUS)


def integer(n: float | None) -> str:
    """A count with thousands separator: 47,411."""
    return NA if n is None else _negative(f"{round(n):,}")


def decimal(x: float | None, digits: int = 1) -> str:
    """A measured number with a fixed count of decimals and thousands separator."""
    return NA if x is None else _negative(_without_negative_zero(f"{x:,.{digits}f}"))


def score(x: float | None, digits: int = 1) -> str:
    """A score of 0-100 with one decimal unless told: 88.8."""
    return decimal(x, digits)


def percent_number(share: float | None, digits: int = 1) -> str:
    """A share of 0-1 as percent without the sign; only all is 100 and only nothing is 0."""
    if share is None:
        return NA
    step = 10.0**-digits
    pct = share * 100
    if 0 < share < 1:
        pct = min(max(pct, step), 100 - step)
    return decimal(pct, digits)


def percent(share: float | None, digits: int = 1) -> str:
    """A share of 0-1 as percent with the sign: 96.2%."""
    return NA if share is None else f"{percent_number(share, digits)}%"


def signed(n: float | None, digits: int = 0) -> str:
    """A change: +3, −1.2, and 0 without a sign."""
    if n is None:
        return NA
    text = _without_negative_zero(f"{n:+,.{digits}f}")
    return _negative(text if float(text.replace(",", "")) else text.lstrip("+-"))


def wan(n: float | None, digits: int = 1) -> str:
    """A large count in 万 from ten thousand up: 4.7万; below that with thousands separator."""
    if n is None or abs(n) < 10_000:
        return integer(n)
    return f"{decimal(n / 10_000, digits)}万"


def month_label(month: str, *, year: bool = False) -> str:
    """Month "2026-11" as 11月, or 2026.11 with the year."""
    return f"{month[:4]}.{month[5:]}" if year else f"{int(month[5:])}月"


def day_label(day: date | None, *, year: bool = False) -> str:
    """A day as 11-25, or 2026-11-25 with the year."""
    return NA if day is None else day.strftime("%Y-%m-%d" if year else "%m-%d")


def long_day_label(day: date) -> str:
    """A day as 2026年11月21日 星期六."""
    return f"{day.year}年{day.month}月{day.day}日 星期{_WEEKDAYS[day.weekday()]}"


def moment_label(moment: datetime | None) -> str:
    """A moment as 11月20日 14:32 (Asia/Shanghai)."""
    return NA if moment is None else f"{moment.month}月{moment.day}日 {moment:%H:%M}"


def _without_negative_zero(text: str) -> str:
    """-0.0 and +0.0 are both nothing: no sign."""
    return text if text.strip("+-0.,") else text.lstrip("+-")
