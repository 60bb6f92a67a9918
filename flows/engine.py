"""How steps are carried out: one after the other, in processes, or as Prefect tasks.

The steps themselves are plain functions; an engine only calls them, so every engine gives the same
result. Results come in the order of the items.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Protocol, TypeVar

from .fetch import FetchError

PAUSES_SECONDS = (1, 4)
Item = TypeVar("Item")
Result = TypeVar("Result")
_FORWARD = 4  # items in work at once for each worker, so that memory stays bounded


class Engine(Protocol):
    """Calls a function for every item."""

    def each(
        self, name: str, work: Callable[[Item], Result], items: Iterable[Item], retries: int = 0
    ) -> Iterator[Result]:
        """Results of `work` for each item, in order; a failing item raises.

        `retries` is how often an item whose work raises a FetchError with `retry` is tried again.
        """
        ...


class PlainEngine:
    """Runs steps in this process, or in `workers` processes where there are more than one."""

    def __init__(self, workers: int = 1) -> None:  # noqa: D107
        self._workers = workers

    def each(
        self, name: str, work: Callable[[Item], Result], items: Iterable[Item], retries: int = 0
    ) -> Iterator[Result]:
        """See Engine. The work of several processes must be a function of a module."""
        if self._workers <= 1 or retries:
            for item in items:
                yield patiently(work, item, retries)
            return
        context = multiprocessing.get_context("spawn")  # fork and threads do not go together
        with ProcessPoolExecutor(self._workers, mp_context=context) as pool:
            yield from in_order(pool.submit, work, items, self._workers * _FORWARD)


def patiently(work: Callable[[Item], Result], item: Item, retries: int) -> Result:
    """Call `work`, again after a pause where it raises a FetchError worth another attempt."""
    for attempt in range(retries):
        try:
            return work(item)
        except FetchError as error:
            if not error.retry:
                raise
            time.sleep(PAUSES_SECONDS[min(attempt, len(PAUSES_SECONDS) - 1)])
    return work(item)


def in_order(
    submit: Callable[..., object],
    work: Callable[[Item], Result],
    items: Iterable[Item],
    ahead: int,
) -> Iterator[Result]:
    """Submit items, at most `ahead` unfinished at once, and give their results in order."""
    pending: list[object] = []
    for item in items:
        pending.append(submit(work, item))
        if len(pending) >= ahead:
            yield pending.pop(0).result()  # type: ignore[attr-defined]
    for future in pending:
        yield future.result()  # type: ignore[attr-defined]
