"""The HTML around every page, and the plain pages that say why there is no picture."""

from __future__ import annotations

from html import escape

from dashboard.assets_served import FONT_RANGE, font_urls, plotly_url
from dashboard.theme import HEI_FACES, NUMERALS

# Dash draws nothing before the numerals are there: a late font would move every figure (29 overlaps).
RENDERER = """
var fonts = [500, 600, 700].map(function (w) { return document.fonts.load(w + ' 40px "NUMERALS"', '0'); });
var patience = new Promise(function (go) { setTimeout(go, 3000); });
Promise.race([Promise.allSettled(fonts), patience]).then(function () {
  window.renderer = new DashRenderer();
});
""".replace("NUMERALS", NUMERALS)


def index_string(title: str) -> str:
    """Dash's page template: fonts preloaded, our Plotly bundle first so that Dash fetches none."""
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head>{{%metas%}}<title>{escape(title)}</title>{{%favicon%}}
<link rel="preload" as="script" href="{plotly_url()}">{font_preloads()}<style>{font_faces()}</style>{{%css%}}</head>
<body>{{%app_entry%}}<footer>{{%config%}}<script src="{plotly_url()}"></script>{{%scripts%}}{{%renderer%}}</footer>
</body></html>"""


def font_preloads() -> str:
    """The numeral face asked for before any style sheet names it."""
    return "".join(
        f'<link rel="preload" as="font" type="font/ttf" crossorigin href="{url}">'
        for url in font_urls().values()
    )


def font_faces() -> str:
    """The numeral face in its three weights."""
    return "".join(
        f'@font-face{{font-family:"{NUMERALS}";font-weight:{weight};src:url({url}) format("truetype");'
        f"unicode-range:{FONT_RANGE};font-display:block}}"
        for weight, url in font_urls().items()
    )


def plain_page(title: str, lines: list[str]) -> str:
    """A page without script: a title and why; every line is escaped."""
    text = "".join(f"<p>{escape(line)}</p>" for line in lines)
    faces = ",".join(f"'{face}'" for face in HEI_FACES)
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><link rel="icon" href="data:,">
<title>{escape(title)}</title><style>
body{{margin:0;min-height:100vh;display:grid;place-content:center;background:#07182F;color:#B9C8DE;
font:24px/1.7 {faces},sans-serif}}h1{{color:#F3F6FB;font-size:40px;margin:0 0 16px}}p{{margin:0}}
</style></head><body><main><h1>{escape(title)}</h1>{text}</main></body></html>"""
