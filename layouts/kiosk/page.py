"""The HTML around the kiosk: no Plotly, no zoom, no address of another house."""

from __future__ import annotations

from html import escape

from dashboard.assets_served import font_urls
from layouts.page import font_faces

# Nothing is drawn before the numerals are there.
RENDERER = """
var fonts = [500, 600, 700].map(function (w) { return document.fonts.load(w + ' 40px "Barlow Semi Condensed"', '0'); });
var patience = new Promise(function (go) { setTimeout(go, 3000); });
Promise.race([Promise.allSettled(fonts), patience]).then(function () {
  window.renderer = new DashRenderer();
});
"""


def index_string(title: str) -> str:
    """Dash's page template."""
    preloads = "".join(
        f'<link rel="preload" as="font" type="font/ttf" crossorigin href="{url}">'
        for url in font_urls().values()
    )
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head>{{%metas%}}
<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1, user-scalable=no">
<title>{escape(title)}</title>{{%favicon%}}{preloads}<style>{font_faces()}</style>{{%css%}}</head>
<body>{{%app_entry%}}<footer>{{%config%}}{{%scripts%}}{{%renderer%}}</footer></body></html>"""
