"""The progress bar of long commands, on the terminal's error channel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

Report = Callable[[str, int, int], None]

console = Console(stderr=True)


@contextmanager
def progress_bar(title: str) -> Iterator[Report]:
    """Yields report(step, done, total)."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
    with Progress(*columns, TimeElapsedColumn(), console=console) as progress:
        task = progress.add_task(title, total=None)

        def report(step: str, done: int, total: int) -> None:
            progress.update(task, description=f"{title} {step}", completed=done, total=total)

        yield report
