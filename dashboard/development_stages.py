"""The five stages of admission as the wall names them: in a row of their own, and over a few narrow columns."""

from __future__ import annotations

STAGE_NAMES = {1: "申请入党", 2: "积极分子", 3: "发展对象", 4: "预备接收", 5: "预备转正"}
STAGE_WORDS = {1: "申请", 2: "积极分子", 3: "发展对象", 4: "接收", 5: "转正"}
