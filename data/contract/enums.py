"""Code lists of the operational contract: code → the Chinese label a screen shows.

A reader that meets an unknown code treats it as ``other`` and counts it; it never fails.
"""

from __future__ import annotations

from data.contract.codes_of_register import REGISTER
from data.contract.codes_of_work import WORK

ENUMS: dict[str, dict[str, str]] = {**REGISTER, **WORK}
