"""Small cells stay small: from what is shown, the sum and the rule itself, no cell of one to four follows."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from data.queries.small_cells import small_cells

CELLS = st.lists(st.integers(0, 11), min_size=2, max_size=5).map(
    lambda counts: {f"k{i}": n for i, n in enumerate(counts)}
)


def shown(counts: dict[str, int]) -> object:
    """All that a visitor sees of the counts."""
    small, hidden = small_cells(counts)
    return small, hidden, {name: n for name, n in counts.items() if name not in hidden}, sum(counts.values())


def fillings(names: list[str], small: frozenset[str], left: int) -> Iterator[dict[str, int]]:
    """Every way to fill hidden cells up to a sum."""
    name, *others = names
    least, most = (1, 4) if name in small else (5, left)
    for n in range(least, min(most, left) + 1):
        if others:
            yield from ({name: n} | rest for rest in fillings(others, small, left - n))
        elif n == left:
            yield {name: n}


def told(counts: dict[str, int]) -> set[str]:
    """Small cells that somebody is sure of who knows the rule and tries every distribution that would look the same."""
    small, hidden = small_cells(counts)
    unsure = set(small)
    names = sorted(hidden)
    left = sum(counts[name] for name in names)
    for filled in fillings(names, small, left) if small else ():
        if any(filled[name] != counts[name] for name in unsure) and shown(counts | filled) == shown(counts):
            unsure -= {name for name in unsure if filled[name] != counts[name]}
            if not unsure:
                break
    return unsure


@settings(deadline=None, max_examples=300)
@given(CELLS)
@example({"a": 4, "b": 6, "c": 6, "d": 8})
@example({"a": 4, "b": 6, "c": 6, "d": 6})
@example({"a": 1, "b": 1, "c": 5, "d": 6, "e": 9})
@example({"a": 3, "b": 7, "c": 7, "d": 40})
@example({"a": 2, "b": 4, "c": 5, "d": 5, "e": 5})
def test_no_small_cell_follows_though_the_rule_is_known(counts: dict[str, int]) -> None:
    small, hidden = small_cells(counts)
    assert small == {name for name, n in counts.items() if 0 < n < 5} <= hidden
    larger = [n for n in counts.values() if n >= 5]
    few = sum(counts[name] for name in small)
    # Where all are as small as they can be, or nothing but small cells is there, the sum alone tells them.
    by_the_sum = few + sum(larger) == len(small) + 5 * len(larger) or not larger
    assert not told(counts) or (by_the_sum and hidden == {name for name, n in counts.items() if n})


@settings(deadline=None)
@given(CELLS)
def test_nothing_is_hidden_without_need(counts: dict[str, int]) -> None:
    assume(all(n == 0 or n >= 5 for n in counts.values()))
    assert not small_cells(counts).hidden


@given(CELLS, st.randoms(use_true_random=False))
def test_the_order_of_the_cells_decides_nothing(counts: dict[str, int], chance: object) -> None:
    names = list(counts)
    chance.shuffle(names)  # type: ignore[attr-defined]
    assert small_cells({name: counts[name] for name in names}) == small_cells(counts)


def test_one_larger_cell_is_enough_as_a_rule() -> None:
    assert small_cells({"a": 3, "b": 40, "c": 60, "d": 900}).hidden == {"a", "b"}


def test_six_says_one_and_five_so_a_third_cell_goes() -> None:
    assert small_cells({"a": 1, "b": 5, "c": 9, "d": 20}).hidden == {"a", "b", "c"}


def test_who_knows_that_the_smallest_is_hidden_still_learns_nothing() -> None:
    # 10 are hidden beside 7: 4 and 6, for of 3 and 7 the other seven would be hidden.
    assert small_cells({"a": 4, "b": 7, "c": 6}).hidden == {"a", "b", "c"}


def test_of_two_that_are_equal_neither_tells_the_other() -> None:
    # 4 and 6 beside a shown 6: were the second hidden alone, or both, only 4 would have led there.
    assert small_cells({"a": 4, "b": 6, "c": 6, "d": 8}).hidden == {"a", "b", "c", "d"}
    assert small_cells({"a": 3, "b": 40, "c": 40, "d": 900}).hidden == {"a", "b", "c"}
