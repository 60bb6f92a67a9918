"""Progress on stderr: a bar a step, shown only where somebody looks at a terminal.

Steps tell what they have done by `report`; who hears it (a terminal, Prefect's page of the run,
nobody) is up to who started the run.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Reporter = Callable[[str, int, int | None], None]
_LISTENERS: ContextVar[tuple[Reporter, ...]] = ContextVar("progress_listeners", default=())


def report(step: str, done: int, total: int | None = None) -> None:
    """Tell that `done` more units of a step are done, of `total` where that is known."""
    for listener in _LISTENERS.get():
        listener(step, done, total)


@contextmanager
def heard_by(listener: Reporter) -> Iterator[None]:
    """Let one more listener hear what is reported in the block."""
    token = _LISTENERS.set((*_LISTENERS.get(), listener))
    try:
        yield
    finally:
        _LISTENERS.reset(token)


@contextmanager
def shown_progress(quiet: bool = False) -> Iterator[None]:
    """Show bars on stderr while the block runs, if stderr is a terminal and `quiet` is not set."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal or sys.stderr is None:
        yield
        return
    columns = (
        TextColumn("{task.description:<8}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        bars: dict[str, int] = {}

        def listen(step: str, done: int, total: int | None) -> None:
            if step not in bars:
                bars[step] = progress.add_task(step, total=total)
            progress.update(bars[step], advance=done, total=total)  # type: ignore[arg-type]

        with heard_by(listen):
            yield
