"""The served wall and the browser of tests/browser."""

from __future__ import annotations

from tests.browser.conftest import browser, district_file, driver, internal, reception, serve_copy

__all__ = ["browser", "district_file", "driver", "internal", "reception", "serve_copy"]
