"""How the tests are shared out: a file stays whole, browsers and servers stay with one of two processes."""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
# Two browsers on two cores disturb each other; what needs neither browser nor server goes on beside them.
ONE_AFTER_THE_OTHER = ("browser", "engines", "fault", "visual")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Groups for `-n 2 --dist loadgroup`; without it nothing changes."""
    for item in items:
        folder, *_ = item.path.relative_to(TESTS).parts
        group = "screens" if folder in ONE_AFTER_THE_OTHER else str(item.path.relative_to(TESTS))
        item.add_marker(pytest.mark.xdist_group(group))
