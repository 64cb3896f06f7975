"""Plain pages before and around the leadership pages: login, new password, leaving, and why something is refused.

Their style and script are the files of ``assets_login``; without script they work just as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from layouts.page import font_faces

# Address of the files of ``assets_login``, open to everybody.
FILES = "/leadership/login/"
# The icon of the pages behind the login; without it a browser asks for /favicon.ico, which nobody serves.
ICON = "/leadership/_favicon.ico"


@dataclass(frozen=True)
class House:
    """Whose pages these are; ``is_demo`` marks them as synthetic."""

    title: str
    owner: str
    is_demo: bool = False


@dataclass(frozen=True)
class DemoLogin:
    """A demo account that the login page offers."""

    login: str
    name: str
    password: str


@dataclass(frozen=True)
class LoginForm:
    """What the login page shows; ``sso`` are address and words of the single sign-on, ``error`` and ``notice`` empty
    when there is none."""

    action: str
    csrf: str
    target: str
    login: str = ""
    error: str = ""
    notice: str = ""
    sso: tuple[str, str] | None = None
    demo: Sequence[DemoLogin] = ()


@dataclass(frozen=True)
class PasswordForm:
    """What the page for a new password shows; ``wrong`` names the field an error belongs to."""

    action: str
    csrf: str
    target: str
    login: str
    shortest: int
    first: bool
    error: str = ""
    wrong: str = "current"


def login_html(house: House, form: LoginForm) -> str:
    """The login page; the cursor stands where something is to be typed."""
    notice = f'<p class="notice" role="status">{escape(form.notice)}</p>' if form.notice else ""
    first, second = ("", " autofocus") if form.login else (" autofocus", "")
    name = (
        '<label for="login">用户名</label><div class="field"><input id="login" name="login" required maxlength="64" '
        'autocomplete="username" autocapitalize="none" spellcheck="false" '
        f'value="{escape(form.login, quote=True)}"{first}></div>'
    )
    secret = _secret("password", "密码", "current-password", form.error, second)
    sso = ""
    if form.sso:
        sso = f'<a class="other" href="{escape(form.sso[0], quote=True)}">{escape(form.sso[1])}</a>'
    card = (
        f'<section class="card"><h1>登录</h1><p class="sub">领导驾驶 · 查看范围由账号决定</p>{notice}'
        f"{_form(form.action, form.csrf, form.target, name + secret + _CAPS, '登录')}{sso}</section>"
    )
    return _page(house, "登录", card + _demo(form.demo), "忘记密码或账号被锁定，请联系本单位的系统管理员。")


def password_html(house: House, form: PasswordForm) -> str:
    """The page for a new password; ``first`` says that no other page opens before."""
    why = "首次登录，请先设置自己的密码。" if form.first else "修改后，其他地方的登录会全部退出。"
    error = {form.wrong: form.error}
    # Password managers pair the new password with this field.
    login = f'<input type="text" name="login" value="{escape(form.login, quote=True)}" autocomplete="username" hidden>'
    hint = f"至少 {form.shortest} 个字符，不含用户名，不用常见密码"
    fields = (
        _secret("current", "当前密码", "current-password", error.get("current", ""), " autofocus")
        + _secret(
            "new", "新密码", "new-password", error.get("new", ""), f' minlength="{form.shortest}"', hint
        )
        + _secret("repeated", "再输入一次新密码", "new-password", "", "")
    )
    back = "" if form.first else f'<a class="other" href="{escape(form.target, quote=True)}">返回</a>'
    card = (
        f'<section class="card"><h1>设置新密码</h1><p class="sub">{why}</p>'
        f"{_form(form.action, form.csrf, form.target, login + fields + _CAPS, '保存新密码')}{back}</section>"
    )
    return _page(house, "设置新密码", card)


def leave_html(house: House, action: str, csrf: str, back: str) -> str:
    """Asks whether to log out, where a link of another site led here."""
    card = (
        f'<section class="card"><h1>退出登录？</h1>{_form(action, csrf, back, "", "退出登录")}'
        f'<a class="other" href="{escape(back, quote=True)}">返回</a></section>'
    )
    return _page(house, "退出登录", card)


def refused_html(house: House, title: str, lines: Sequence[str], link: tuple[str, str]) -> str:
    """Why something is refused and what to do."""
    text = "".join(f"<p>{escape(line)}</p>" for line in lines)
    way = f'<a class="other" href="{escape(link[0], quote=True)}">{escape(link[1])}</a>'
    return _page(house, title, f'<section class="card"><h1>{escape(title)}</h1>{text}{way}</section>')


_CAPS = '<p id="caps" class="hint" role="status" hidden>大写锁定已打开</p>'


def _secret(name: str, label: str, autocomplete: str, error: str, more: str, hint: str = "") -> str:
    """A field for a password with its error right below."""
    described = " ".join([f"{name}-error"] * bool(error) + [f"{name}-hint"] * bool(hint))
    state = f' aria-describedby="{described}"' if described else ""
    state += ' aria-invalid="true"' if error else ""
    told = f'<p class="error" id="{name}-error" role="alert">{escape(error)}</p>' if error else ""
    told += f'<p class="hint" id="{name}-hint">{escape(hint)}</p>' if hint else ""
    return (
        f'<label for="{name}">{label}</label><div class="field{" wrong" if error else ""}">'
        f'<input id="{name}" name="{name}" type="password" required maxlength="128" autocomplete="{autocomplete}"'
        f'{state}{more}><button type="button" class="show" aria-controls="{name}" aria-pressed="false" '
        f'aria-label="显示{label}" hidden>显示</button></div>{told}'
    )


def _form(action: str, csrf: str, target: str, fields: str, button: str) -> str:
    return (
        f'<form method="post" action="{escape(action, quote=True)}">'
        f'<input type="hidden" name="csrf" value="{escape(csrf, quote=True)}">'
        f'<input type="hidden" name="next" value="{escape(target, quote=True)}">'
        f'{fields}<button class="main" type="submit">{button}</button></form>'
    )


def _demo(logins: Sequence[DemoLogin]) -> str:
    if not logins:
        return ""
    rows = "".join(
        f'<tr><td><button type="button" data-login="{escape(one.login, quote=True)}" '
        f'data-password="{escape(one.password, quote=True)}">{escape(one.name)}　{escape(one.login)}</button></td></tr>'
        for one in logins
    )
    return (
        f'<section class="card" aria-labelledby="demo"><h2 id="demo">演示账号</h2><table>{rows}</table>'
        f'<p class="hint">密码都是 {escape(logins[0].password)}，选一个即填入。只在演示数据上有效。</p></section>'
    )


def _page(house: House, title: str, body: str, foot: str = "") -> str:
    demo = '<span class="demo">演示数据</span>' if house.is_demo else ""
    owner = "　".join(escape(text) for text in (house.owner, foot) if text)
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>{escape(title)} · {escape(house.title)}</title><style>{font_faces()}</style>
<link rel="icon" href="{ICON}"><link rel="stylesheet" href="{FILES}login.css"></head>
<body><header class="bar"><strong>{escape(house.title)}</strong>{demo}</header><main>{body}</main>
<footer>{owner}</footer><script src="{FILES}login.js"></script></body></html>"""
