"""A headless Chromium, spoken to over its own protocol: enough to look at pages and to test them.

python tests/browser.py PAGE PICTURE.png [WIDTH [HEIGHT [dark]]]
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars "
    "--disable-background-networking --disable-component-update --disable-sync "
    "--disable-extensions "
    "--disable-dev-shm-usage --remote-debugging-port=0 --remote-debugging-address=127.0.0.1"
).split()
_PATIENCE = 30.0


def find_chromium() -> str | None:
    """The path of a Chromium or Chrome, or of what READOUT_CHROMIUM names."""
    named = os.environ.get("READOUT_CHROMIUM")
    names = [named] if named else ["chromium", "chromium-browser", "google-chrome"]
    return next((path for name in names if (path := shutil.which(name))), None)


class Browser:
    """One page of a browser, and everything that it said while pages were open."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._last = 0
        self.events: list[dict[str, Any]] = []
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of the protocol and wait for its answer; events on the way are kept."""
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv(timeout=_PATIENCE))
            if message.get("id") == self._last:
                assert "error" not in message, message["error"]
                result: dict[str, Any] = message["result"]
                return result
            self.events.append(message)

    def open(self, address: str) -> None:
        """Open a page and wait until it is loaded."""
        self.events.clear()
        self.call("Page.navigate", url=address)
        ends = time.monotonic() + _PATIENCE
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            assert time.monotonic() < ends, f"{address} did not load"
            self.events.append(json.loads(self._socket.recv(timeout=_PATIENCE)))

    def evaluate(self, script: str) -> Any:
        """The value of a script in the open page, promises waited for."""
        answer = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def complaints(self) -> list[str]:
        """What the page wrote to the console as error or warning, exceptions and broken rules."""
        found = []
        for event in self.events:
            parameters = event.get("params", {})
            if event.get("method") == "Runtime.exceptionThrown":
                found.append(json.dumps(parameters["exceptionDetails"]))
            elif event.get("method") == "Log.entryAdded":
                entry = parameters["entry"]
                if entry["level"] in ("error", "warning"):
                    found.append(f"{entry['text']} {entry.get('url', '')}")
            elif event.get("method") == "Runtime.consoleAPICalled":
                found.append(json.dumps(parameters["args"]))
        return found

    def requests(self) -> list[str]:
        """Every address that the page asked for."""
        return [
            event["params"]["request"]["url"]
            for event in self.events
            if event.get("method") == "Network.requestWillBeSent"
        ]

    def size(self, width: int, height: int = 900, *, dark: bool = False) -> None:
        """Make the window so large, in CSS pixels, and light or dark."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        scheme = "dark" if dark else "light"
        self.call(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": scheme}],
        )

    def picture(self, path: Path) -> None:
        """Write what the window shows as a PNG."""
        shot = self.call("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(shot["data"]))


@contextmanager
def open_browser(program: str) -> Iterator[Browser]:
    """Start a browser with a new profile on loopback; it ends with the block."""
    with tempfile.TemporaryDirectory(prefix="readout-browser-", ignore_cleanup_errors=True) as home:
        process = subprocess.Popen(
            [program, *_FLAGS, f"--user-data-dir={home}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            port = _port(Path(home) / "DevToolsActivePort", process)
            with connect(_target(port), max_size=None, open_timeout=_PATIENCE) as socket:
                yield Browser(socket)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _port(file: Path, process: subprocess.Popen[bytes]) -> int:
    ends = time.monotonic() + _PATIENCE
    while time.monotonic() < ends and process.poll() is None:
        if file.is_file() and (lines := file.read_text().splitlines()):
            return int(lines[0])
        time.sleep(0.05)
    raise RuntimeError("the browser did not start")


def _target(port: int) -> str:
    import httpx

    with httpx.Client(trust_env=False) as client:
        pages = client.get(f"http://127.0.0.1:{port}/json/list").json()
    return next(str(page["webSocketDebuggerUrl"]) for page in pages if page["type"] == "page")


def _address(path: Path) -> str:
    """The address of a page; of a report's folder, that of its fullest article."""
    if path.is_dir():
        pages = sorted((path / "article").iterdir(), key=lambda page: page.stat().st_size)
        path = pages[-1]
    return path.resolve().as_uri()


def main(arguments: list[str]) -> int:
    """Take one picture of one page."""
    program = find_chromium()
    if program is None:
        print("no Chromium found; set READOUT_CHROMIUM to its path", file=sys.stderr)
        return 2
    page, picture, *rest = arguments
    width, height = (int(rest[0]) if rest else 1280), (int(rest[1]) if len(rest) > 1 else 800)
    with open_browser(program) as browser:
        browser.size(width, height, dark="dark" in rest)
        address = page if "://" in page else _address(Path(page))
        browser.open(address)
        browser.picture(Path(picture))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
