"""The page of the director's tablet: a plain page that assets_director/director.js fills and keeps true."""

from __future__ import annotations

from html import escape
from pathlib import Path

from layouts.page import font_faces

PAGE = Path(__file__).parent.parent / "assets_director" / "director.html"


def director_html(title: str, name: str, *, is_demo: bool) -> str:
    """``name`` is that of the account; everything that changes is empty until the first answer."""
    demo = '<span class="mark">演示数据</span>' if is_demo else ""
    page = PAGE.read_text(encoding="utf-8")
    for token, words in (
        ("TITLE", escape(title)),
        ("NAME", escape(name)),
        ("DEMO", demo),
        ("FACES", font_faces()),
    ):
        page = page.replace(f"%{token}%", words)
    return page
