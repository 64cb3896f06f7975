"""How many random districts a test looks at."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

seeds = st.integers(0, 100_000)
random_districts = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
fewer_districts = settings(random_districts, max_examples=12)
