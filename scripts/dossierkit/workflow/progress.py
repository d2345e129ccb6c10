"""The progress bar on standard error, if that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress, Task

_T = TypeVar("_T")


def watched(steps: Iterable[_T], total: int, what: str) -> Iterator[_T]:
    """The steps, with a bar that shows the number done, the rate and the remaining time. No bar for a single step."""
    if total < 2 or not sys.stderr.isatty():
        yield from steps
        return
    with _bar() as bar:
        task = bar.add_task(what, total=total)
        for step in steps:
            yield step
            bar.advance(task)


def _bar() -> Progress:
    from rich.console import Console  # noqa: PLC0415 -- heavy
    from rich.progress import (  # noqa: PLC0415 -- heavy
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text  # noqa: PLC0415 -- heavy

    class Rate(ProgressColumn):
        """Steps per second, over the last half minute."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f}/s" if task.speed else "", style="progress.data.speed")

    # Lines that the command prints go above the bar, but not if standard output is a file.
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=sys.stdout.isatty(),
    )
