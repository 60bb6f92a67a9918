"""Child processes that end with their parent, and whose own children end with them."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1


def start(
    command: Sequence[str], environment: Mapping[str, str], log: IO[bytes]
) -> subprocess.Popen[bytes]:
    """Start a command in a session of its own, its output into a file."""
    return subprocess.Popen(
        command,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
        preexec_fn=end_with_parent if sys.platform == "linux" else None,
    )


def end_with_parent() -> None:
    """Let this process get SIGTERM when its parent ends, however it ends (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def stop(pids: Collection[int], patience: float) -> None:
    """End processes with all their descendants: SIGTERM, and SIGKILL after so many seconds.

    Descendants are told by /proc; where there is none, by the process groups.
    """
    family = set(pids) | {child for pid in pids for child in descendants(pid)}
    for pid in pids:
        _signal(pid, signal.SIGTERM)
    ends = time.monotonic() + patience
    while time.monotonic() < ends and any(map(is_alive, pids)):
        time.sleep(0.1)
    for pid in family:
        if is_alive(pid):
            _signal(pid, signal.SIGTERM if pid not in pids else signal.SIGKILL)
    ends = time.monotonic() + 1.0
    while time.monotonic() < ends and any(map(is_alive, family)):
        time.sleep(0.1)
    for pid in family:
        if is_alive(pid):
            _signal(pid, signal.SIGKILL)


def descendants(pid: int) -> list[int]:
    """The children of a process, their children, and so on; none where /proc tells nothing."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            # The name in the second field may hold anything; fields are counted behind its end.
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(entry.name))
    found: list[int] = []
    todo = [pid]
    while todo:
        for child in children.get(todo.pop(), []):
            found.append(child)
            todo.append(child)
    return found


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not yet waited for does not."""
    with suppress(ChildProcessError, OSError):
        os.waitpid(pid, os.WNOHANG)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    with suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return True


def _signal(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)
