"""The page that says where a number comes from: plain HTML without script, for internal views only."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dashboard.theme import HEI_FACES

HEADS = ("量", "名称", "单位", "当月", "近3月", "近12月")
Link = tuple[str, str]


def trace_html(
    title: str,
    facts: Sequence[tuple[str, str]],
    measures: Sequence[Sequence[str]],
    command: str,
    links: Sequence[Link] = (),
) -> str:
    """Facts as a list, measures as a table, other indicators as links; everything is escaped."""
    lines = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in facts)
    rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in measures)
    head = "".join(f"<th>{word}</th>" for word in HEADS)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>" if measures else ""
    others = "".join(
        f'<li><a href="{escape(url, quote=True)}">{escape(text)}</a></li>' for text, url in links
    )
    rest = f"<ul>{others}</ul>" if links else ""
    how = f"<p>行级明细：<code>{escape(command)}</code></p>" if command else ""
    faces = ",".join(f"'{face}'" for face in HEI_FACES)
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title><style>
body{{margin:0 auto;max-width:1100px;padding:40px;background:#F1F4F8;color:#14233B;font:17px/1.7 {faces},sans-serif}}
h1{{font-size:30px;margin:0 0 16px;border-top:3px solid #8E1418;padding-top:12px}}
dl{{display:grid;grid-template-columns:9em 1fr;gap:4px 16px;background:#FFF;padding:20px}}
dt{{color:#5A6B85}}dd{{margin:0;font-variant-numeric:tabular-nums}}
table{{width:100%;border-collapse:collapse;background:#FFF;font-variant-numeric:tabular-nums}}
td,th{{padding:6px 12px;border-bottom:1px solid #DDE3EC;text-align:right}}
td:nth-child(-n+3),th:nth-child(-n+3){{text-align:left}}
a{{color:#1F5FA8}}code{{background:#FFF;padding:2px 8px}}a:focus-visible{{outline:3px solid #C08A2B}}
</style></head><body><h1>{escape(title)}</h1><dl>{lines}</dl>{table}{rest}{how}
<p><a href="/wall">返回大屏</a></p></body></html>"""
