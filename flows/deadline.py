"""The outer limit of a run: whatever hangs, it ends, and the data folder is whole.

At the limit an exception is raised in the main thread, which ends a run in order. Where even that
is not heard (a library that waits in C, or swallows exceptions), the process ends a little later;
nothing is lost with it, since a snapshot is published in one step or not at all.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import httpx

GRACE_SECONDS = 30.0
PATIENCE_SECONDS = 60.0
_ASK_SECONDS = 5.0
HARD_STATUS = 75  # EX_TEMPFAIL: another attempt may do better


class RunStoppedError(Exception):
    """The run was ended from outside its steps; the message says why."""


class ServerGoneError(RunStoppedError):
    """The Prefect server failed in mid-run."""


@contextmanager
def stopped_by(
    reason: Callable[[], str | None], every: float = 1.0, grace: float = GRACE_SECONDS
) -> Iterator[None]:
    """Raise RunStoppedError in the block once `reason` (asked every so many seconds) gives one.

    Only the main thread can be interrupted; elsewhere, and where the exception is not heard within
    `grace` seconds, the process ends with status 75.
    """
    done = threading.Event()
    told: list[str] = []
    in_main = threading.current_thread() is threading.main_thread()

    def raise_it(number: int, frame: FrameType | None) -> None:
        raise RunStoppedError(told[0])

    def watch() -> None:
        while not done.wait(every):
            if why := reason():
                told.append(why)
                break
        else:
            return
        if in_main:
            os.kill(os.getpid(), signal.SIGUSR1)
            if done.wait(grace):
                return
        _end(told[0])

    before = signal.signal(signal.SIGUSR1, raise_it) if in_main else None
    watcher = threading.Thread(target=watch, name="readout-deadline", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
        if in_main:
            signal.signal(signal.SIGUSR1, before)


def _end(why: str) -> None:
    """End this process and its workers now."""
    sys.stderr.write(f"readout: {why}; the run did not end by itself and was cut off\n")
    sys.stderr.flush()
    for child in multiprocessing.active_children():
        child.kill()
    os._exit(HARD_STATUS)


def time_is_up(seconds: float | None) -> Callable[[], str | None]:
    """A reason to stop once so many seconds have passed from now; None never gives one."""
    ends = time.monotonic() + seconds if seconds else None

    def reason() -> str | None:
        if ends is None or time.monotonic() < ends:
            return None
        return f"the run was over its limit of {seconds:g} s"

    return reason


def server_is_gone(api: str | None, patience: float = PATIENCE_SECONDS) -> Callable[[], str | None]:
    """A reason to stop once the Prefect server at `api` has not answered for so many seconds.

    Prefect's client retries for minutes at every call, and may wait for good; a run under a server
    that is gone would hold the lock all that time.
    """
    heard = asked = time.monotonic()

    def reason() -> str | None:
        nonlocal heard, asked
        now = time.monotonic()
        if api is None or now < asked + _ASK_SECONDS:
            return None
        asked = now
        if is_healthy(api):
            heard = time.monotonic()
            return None
        silent = time.monotonic() - heard
        return f"the Prefect server is gone since {silent:.0f} s" if silent > patience else None

    return reason


def is_healthy(api: str) -> bool:
    """Whether a Prefect server answers at this address of its API."""
    try:
        with httpx.Client(trust_env=False, timeout=3.0) as client:
            return client.get(f"{api}/health").status_code == 200
    except (httpx.HTTPError, httpx.InvalidURL):
        return False
