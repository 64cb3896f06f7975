"""The whole state of a leadership page as its address: page, organisation, month, indicator, comparison, the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlencode

from data.storable import storable

BASE = "/leadership/"
# The first page of whoever looks.
HOME = "home"
MONTH = re.compile(r"^\d{4}-(0[1-9]|1[0-2])$")
_NAME = re.compile(r"^[a-z][a-z0-9_]{0,30}$")
_WORD = re.compile(r"^[\w.|:-]{1,80}$")
# Longer than any page of ours writes; what is kept by address must not grow with what somebody types.
LONGEST = 1_000


class AddressInvalid(ValueError):  # noqa: N818 - the name says what happened
    """An address of no page: names the part and what is expected of it."""

    def __init__(self, part: str, value: str, expected: str) -> None:
        self.part, self.value, self.expected = part, storable(value)[:60], expected
        super().__init__(f"{part}={value!r}: {expected}")


@dataclass(frozen=True)
class Address:
    """Where a viewer stands. ``org`` None is the root of what the viewer may see, ``month`` None the last closed one,
    ``versus`` "month", "year" or the id of another organisation. ``more`` holds what only one page knows."""

    page: str = "cockpit"
    org: int | None = None
    month: str | None = None
    indicator: str | None = None
    versus: str | None = None
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Path and query; the same state always gives the same text."""
        named = {"org": self.org, "month": self.month, "indicator": self.indicator, "vs": self.versus}
        query = {name: str(value) for name, value in named.items() if value is not None}
        query.update(sorted(self.more.items()))
        return f"{BASE}{self.page}" + (f"?{urlencode(query)}" if query else "")

    def to(self, page: str, org: int | None = None, **more: str) -> Address:
        """Another page (and organisation), the month kept, everything else of this page left behind."""
        return Address(page, self.org if org is None else org, self.month, more=more)

    def but(self, **changed: object) -> Address:
        """The same page with these parts changed; of ``more`` a part set to None goes away."""
        own = {name: value for name, value in changed.items() if name in self.__dataclass_fields__}
        rest = {name: value for name, value in changed.items() if name not in own}
        more = {**self.more, **rest}
        kept = {name: str(value) for name, value in more.items() if value is not None}
        return replace(self, **{**own, "more": kept})  # type: ignore[arg-type]


def parse(path: str, search: str) -> Address:
    """The address of a path and its query ("?a=b" or ""), which a browser may have forged. Raises AddressInvalid."""
    if not isinstance(path, str) or not isinstance(search, str) or len(path) + len(search) > LONGEST:
        raise AddressInvalid("page", "…", f"地址不超过{LONGEST}个字符")
    page = path.removeprefix(BASE.rstrip("/")).strip("/") or HOME
    asked = dict(parse_qsl(search.removeprefix("?"), keep_blank_values=False))
    org, month = asked.pop("org", None), asked.pop("month", None)
    if org is not None and not (org.isdecimal() and len(org) <= 18):
        raise AddressInvalid("org", org, "组织编号是数字")
    if month is not None and not MONTH.match(month):
        raise AddressInvalid("month", month, "月份写作 2026-10")
    indicator, versus = asked.pop("indicator", None), asked.pop("vs", None)
    for name, value in (("indicator", indicator), ("vs", versus), *asked.items()):
        if not _NAME.match(name) or (value is not None and not _WORD.match(value)):
            raise AddressInvalid(name[:30], value or "", "只能是字母、数字和 . | : -")
    return Address(page, int(org) if org else None, month, indicator, versus, asked)
