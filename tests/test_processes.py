"""Children that end with their parent, with all that they started."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from flows import processes

ROOT = Path(__file__).parent.parent
# A process that starts another in a session of its own, says both ids, and does not hear SIGTERM.
STUBBORN = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
asleep = [sys.executable, "-c", "import time; time.sleep(60)"]
child = subprocess.Popen(asleep, start_new_session=True)
print(child.pid, flush=True)
time.sleep(60)
"""


def wait_until_gone(pids: list[int], seconds: float = 10.0) -> bool:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and any(map(processes.is_alive, pids)):
        time.sleep(0.05)
    return not any(map(processes.is_alive, pids))


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="descendants are told by /proc")
def test_stop_ends_the_whole_family() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert processes.descendants(parent.pid) == [child]
    processes.stop([parent.pid], patience=0.3)
    assert not processes.is_alive(parent.pid)
    assert wait_until_gone([child])
    parent.stdout.close()


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells children of their parent's end")
def test_a_child_ends_with_a_killed_parent(tmp_path: Path) -> None:
    script = """
        import os, sys, time
        from pathlib import Path
        from flows import processes
        with open(os.devnull, "wb") as log:
            asleep = [sys.executable, "-c", "import time; time.sleep(60)"]
            child = processes.start(asleep, os.environ, log)
        print(child.pid, flush=True)
        time.sleep(60)
    """
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert processes.is_alive(child)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    assert wait_until_gone([child])


def test_a_process_that_never_was_is_not_alive() -> None:
    assert not processes.is_alive(2**22 + 1)
    processes.stop([2**22 + 1], patience=0.1)
