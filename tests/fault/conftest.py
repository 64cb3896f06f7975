"""The two databases of a projection that is disturbed."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests.fault.interrupted import DISTRICT
from tests.naive.projected import new_source, new_store


@pytest.fixture
def source() -> sa.Engine:
    """An operational database."""
    return new_source(DISTRICT.rows)


@pytest.fixture
def store() -> sa.Engine:
    """An empty read model."""
    return new_store()
