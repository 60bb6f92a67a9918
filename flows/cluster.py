"""A Dask cluster as the place where batches are worked on (`--dask tcp://host:8786`).

A batch carries its raw bytes to a worker and its rows back, so workers need no disk in common; they
need the same Readout, rules and seeds, which is proved before anything starts.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from .engine import Item, Result, in_order
from .settings import coder_version

_PATIENCE_SECONDS = 10
_FORWARD = 4  # batches in work at once for each worker thread


class ClusterError(ValueError):
    """The cluster cannot be used; the message says why."""


def _client(kind: Any, address: str) -> Any:
    return kind(address, timeout=_PATIENCE_SECONDS, set_as_default=False)


@contextmanager
def open_cluster(address: str) -> Iterator[Any]:
    """A client of the scheduler at this address. Raises ClusterError where there is none."""
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise ClusterError("--dask needs pip install 'readout-news[dask]'") from None
    logging.getLogger("distributed").setLevel(logging.ERROR)
    try:
        client = _client(Client, address)
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ClusterError(f"--dask {address}: no scheduler there ({reason})") from None
    with client:
        yield client


def check_cluster(address: str) -> int:
    """How many worker threads a cluster has, all with the rules and seeds that are installed here.

    Raises ClusterError where there is no worker, or one with no Readout or another one.
    """
    with open_cluster(address) as client:
        threads = client.nthreads()
        if not threads:
            raise ClusterError(f"--dask {address}: the cluster has no worker")
        found = client.run(_version_there, on_error="return")
        for worker, version in found.items():
            if isinstance(version, BaseException):
                raise ClusterError(f"--dask {address}: worker {worker}: {version}")
            if version != coder_version():
                raise ClusterError(
                    f"--dask {address}: worker {worker} has the rules {version}, "
                    f"here are {coder_version()}"
                )
        return sum(threads.values())


def _version_there() -> str:
    return coder_version()


class DaskEngine:
    """Carries out steps on a Dask cluster, with no Prefect; results come in order."""

    def __init__(self, address: str) -> None:  # noqa: D107
        self._address = address

    def each(
        self, name: str, work: Callable[[Item], Result], items: Iterable[Item], retries: int = 0
    ) -> Iterator[Result]:
        """See engine.Engine. The work must be a function of a module."""
        with open_cluster(self._address) as client:
            ahead = _FORWARD * sum(client.nthreads().values())

            def submit(work: Callable[[Item], Result], item: Item) -> Any:
                return client.submit(work, item, pure=False, key=None)

            yield from in_order(submit, work, items, ahead)
