"""Runs that hang are ended, in order or by force, and a server that is gone is noticed."""

import subprocess
import sys
import textwrap
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from flows.deadline import (
    HARD_STATUS,
    RunStoppedError,
    is_healthy,
    server_is_gone,
    stopped_by,
    time_is_up,
)

ROOT = Path(__file__).parent.parent


def test_a_block_over_its_limit_is_interrupted() -> None:
    with (
        pytest.raises(RunStoppedError, match="over its limit of 0.1 s"),
        stopped_by(time_is_up(0.1), every=0.02),
    ):
        threading.Event().wait(20)


def test_a_block_within_its_limit_is_left_alone() -> None:
    with stopped_by(time_is_up(30), every=0.01):
        pass
    with stopped_by(time_is_up(None), every=0.01):
        time.sleep(0.05)


def test_who_does_not_hear_is_ended_with_a_status() -> None:
    script = """
        import time
        from flows.deadline import stopped_by, time_is_up
        with stopped_by(time_is_up(0.1), every=0.02, grace=0.3):
            while True:
                try:
                    time.sleep(60)
                except Exception:
                    pass
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == HARD_STATUS
    assert "was cut off" in done.stderr


class _Healthy(BaseHTTPRequestHandler):
    def do_GET(self) -> None:  # noqa: N802 - the name that the library calls
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_a_server_that_goes_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.deadline._ASK_SECONDS", 0.0)
    server = HTTPServer(("127.0.0.1", 0), _Healthy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    api = f"http://127.0.0.1:{server.server_address[1]}"
    gone = server_is_gone(api, patience=0.0)
    assert is_healthy(api)
    assert gone() is None
    server.shutdown()
    server.server_close()
    assert not is_healthy(api)
    assert "the Prefect server is gone" in (gone() or "")


def test_no_server_is_never_missed() -> None:
    assert server_is_gone(None, patience=0.0)() is None
