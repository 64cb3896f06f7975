"""Kinds of posts in words, for lines whose title no wall may show."""

from __future__ import annotations

POST_KINDS = {
    "branch_news": "工作信息",
    "snapshot": "随手拍",
    "discussion": "在线讨论",
    "disclosure": "党务公开",
    "practice": "先进经验",
    "notice": "通知公告",
}


def post_kind(code: str | None) -> str:
    """The word of a kind; a kind nobody knows is a 信息."""
    return POST_KINDS.get(code or "", "信息")
