"""The light of an indicator for a committee or the district: by the shares of its lit branches (rulings 17)."""

from __future__ import annotations

from data.readmodel.light import Light

# From these shares of its judged branches on an area is red, or yellow.
RED_FROM, YELLOW_FROM_RED, YELLOW_FROM_YELLOW = 0.10, 0.05, 0.20


def area_light(red: float, yellow: float, judged: float) -> Light:
    """Red from 10 % red branches on; yellow from 5 % red or 20 % yellow ones on; na where none is judged."""
    if judged <= 0:
        return Light.NA
    # Quotients, not products: 7 of 70 is 0.1, but 0.1 × 70 is more than 7.
    if red / judged >= RED_FROM:
        return Light.RED
    is_yellow = red / judged >= YELLOW_FROM_RED or yellow / judged >= YELLOW_FROM_YELLOW
    return Light.YELLOW if is_yellow else Light.GREEN
