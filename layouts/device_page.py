"""The page of a screen that waits to be let in: one large code, no form and no dialog."""

from __future__ import annotations

from html import escape

from layouts.page import font_faces

FILES = "/device/files/"


def code_html(title: str, code: str, kind: str) -> str:
    """``code`` has six digits; ``kind`` says which page follows once somebody has typed it."""
    shown = f"{escape(code[:3])}<i></i>{escape(code[3:])}"
    name = "展陈终端" if kind == "kiosk" else "大屏"
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>{escape(title)}</title><link rel="icon" href="data:,"><style>{font_faces()}</style>
<link rel="stylesheet" href="{FILES}device.css"></head>
<body data-next="/{"kiosk/" if kind == "kiosk" else "wall"}"><main><h1>{escape(title)}</h1>
<p>本屏尚未登记。请中心运行人员在导控台“设备”中输入登记码</p><p class="code">{shown}</p>
<p class="small">登记为{name}后本页自动切换 · 登记码十五分钟内有效，到期自动更换</p></main>
<script src="{FILES}device.js"></script></body></html>"""
