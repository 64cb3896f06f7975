"""Keys on the screen: letters of the pinyin and digits, nothing that could write a sentence."""

from __future__ import annotations

from string import ascii_uppercase, digits

from dash import html

from layouts.kiosk.parts import attributes, button


def keys() -> html.Div:
    """The keys with what was typed above them."""
    board = [button(letter, "key", data_key=letter) for letter in ascii_uppercase + digits]
    typed = [
        html.Span("名称首字母", className="label"),
        html.Span(className="query", **attributes(data_query="", aria_live="polite")),
        button("退格", "button", data_key="back"),
        button("清除", "button", data_key="clear"),
        button("收起", "button", data_pick="search:", aria_label="收起键盘"),
    ]
    return html.Div(
        [html.Div(typed, className="typed"), html.Div(board, className="board")], className="keys"
    )
