"""Matching the town names of a customer's file with those of the district."""

import re
from collections.abc import Iterable

SUFFIXES = ("街道办事处", "镇人民政府", "乡人民政府", "街道办", "街道", "镇", "乡")


class TownNames:
    """The names of one district's towns, found again in other spellings."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(dict.fromkeys(names))
        self._exact = {_squeezed(name): name for name in self.names}
        short: dict[str, list[str]] = {}
        for name in self.names:
            short.setdefault(_without_suffix(_squeezed(name)), []).append(name)
        # A short name two towns share (湖塘镇, 湖塘街道) says nothing.
        self._short = {key: found[0] for key, found in short.items() if len(found) == 1}

    def match(self, spelling: object) -> str | None:
        """The town meant by a cell of the file: exact, without suffix, or behind 省市区 names; None otherwise."""
        if not isinstance(spelling, str):
            return None
        text = _squeezed(spelling)
        tail = re.split(r"[省市区县]", text)[-1]
        for key in (text, tail):
            if found := self._exact.get(key) or self._short.get(_without_suffix(key)):
                return found
        return None

    def count(self, column: Iterable[object]) -> int:
        """How many different towns a column names."""
        return len({self.match(cell) for cell in column} - {None})


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\x00\u3000]+", "", text)


def _without_suffix(text: str) -> str:
    for suffix in SUFFIXES:
        if text.endswith(suffix) and len(text) > len(suffix) + 1:
            return text.removesuffix(suffix)
    return text
