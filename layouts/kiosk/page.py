"""The HTML around the kiosk: no Plotly, no zoom, no address of another house."""

from __future__ import annotations

from html import escape

from layouts.page import font_faces, font_preloads


def index_string(title: str) -> str:
    """Dash's page template."""
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head>{{%metas%}}
<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1, user-scalable=no">
<title>{escape(title)}</title>{{%favicon%}}{font_preloads()}<style>{font_faces()}</style>{{%css%}}</head>
<body>{{%app_entry%}}<footer>{{%config%}}{{%scripts%}}{{%renderer%}}</footer></body></html>"""
