"""Small cells stay small: from what is shown and the sum, no cell of one to four follows."""

from __future__ import annotations

from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from data.queries.small_cells import small_cells

CELLS = st.lists(st.integers(0, 12), min_size=2, max_size=5).map(
    lambda counts: {f"k{i}": n for i, n in enumerate(counts)}
)


def possible(counts: dict[str, int]) -> dict[str, set[int]]:
    """Every value a small cell may have for somebody who knows the sum, what is shown and which cells are small."""
    small, hidden = small_cells(counts)
    shown = [n for name, n in counts.items() if name not in hidden]
    most = min((n for n in shown if n >= 5), default=max(counts.values()) + 13) - 1
    names = sorted(hidden)
    left = sum(counts[name] for name in names)
    found: dict[str, set[int]] = {name: set() for name in small}
    for values in product(*(range(1, 5) if name in small else range(5, most + 1) for name in names)):
        if sum(values) == left:
            for name, value in zip(names, values, strict=True):
                if name in small:
                    found[name].add(value)
    return found


@settings(deadline=None)
@given(CELLS)
def test_no_small_cell_follows_from_the_sum_while_there_is_another_to_hide(counts: dict[str, int]) -> None:
    small, hidden = small_cells(counts)
    assert small == {name for name, n in counts.items() if 0 < n < 5} <= hidden
    told = {name for name, values in possible(counts).items() if len(values) == 1}
    assert not told or hidden == {name for name, n in counts.items() if n}, "all that could be hidden is"


@settings(deadline=None)
@given(CELLS)
def test_nothing_is_hidden_without_need(counts: dict[str, int]) -> None:
    assume(all(n == 0 or n >= 5 for n in counts.values()))
    assert not small_cells(counts).hidden


def test_six_says_one_and_five_so_a_third_cell_goes() -> None:
    assert small_cells({"a": 1, "b": 5, "c": 9, "d": 20}).hidden == {"a", "b", "c"}


def test_who_knows_that_the_smallest_is_hidden_still_learns_nothing() -> None:
    # 10 are hidden beside 7: 4 and 6, for of 3 and 7 the other seven would be hidden.
    assert small_cells({"a": 4, "b": 7, "c": 6}).hidden == {"a", "b", "c"}
