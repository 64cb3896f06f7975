"""What direction keeps in the side database, opened together."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from data.devices.device import Devices
from data.devices.reports import Reports
from data.direction.store import Directions
from data.direction.wheel import Wheels


@dataclass(frozen=True)
class DirectionStores:
    """Commands, wheel, devices and what they report."""

    directions: Directions
    wheels: Wheels
    devices: Devices
    reports: Reports


def direction_stores(store: sa.Engine) -> DirectionStores:
    """The stores with their tables made. Raises AccountsUnreachable."""
    found = DirectionStores(Directions(store), Wheels(store), Devices(store), Reports(store))
    found.directions.prepare()
    found.devices.prepare()
    return found
