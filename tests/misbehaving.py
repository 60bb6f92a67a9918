"""A server on loopback that misbehaves: one way a path, each as real servers have been seen to."""

from __future__ import annotations

import gzip
import socketserver
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socket import SO_LINGER, SOL_SOCKET, socket

MEGABYTES = 1 << 20
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Courier</title>
<item><title>Talks</title><guid>t1</guid><pubDate>Thu, 05 Mar 2020 10:00:00 GMT</pubDate>
<description>{text}</description></item></channel></rss>"""


def answer(body: bytes = b"", *headers: str, status: str = "200 OK") -> bytes:
    """A whole and right answer with a Content-Length."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def bomb(plain: int = 200 * MEGABYTES, bits: int = 31) -> bytes:
    """Zeros, packed: a thousandth of what they grow to."""
    pack = zlib.compressobj(9, zlib.DEFLATED, bits)
    zeros = bytes(MEGABYTES)
    parts = [pack.compress(zeros) for _ in range(plain // MEGABYTES)]
    return b"".join([*parts, pack.flush()])


class Site(socketserver.ThreadingTCPServer):
    """Counts what is asked for in `asked`; `extra` adds answers by path."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        self.requests: list[str] = []
        self.extra: dict[str, bytes | Callable[[str], bytes]] = {}
        self.is_over = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is what these tests are about."""


@contextmanager
def running() -> Iterator[Site]:
    """A site that serves while the block runs."""
    site = Site()
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield site
    finally:
        site.is_over.set()
        site.shutdown()
        site.server_close()
        thread.join()


class _Handler(socketserver.BaseRequestHandler):
    request: socket
    server: Site

    def handle(self) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            block = self.request.recv(4096)
            if not block:
                return
            head += block
        text = head.decode("latin-1")
        path = text.split(" ")[1]
        self.server.asked.append(path)
        self.server.requests.append(text)
        given = self.server.extra.get(path)
        if given is not None:
            self.request.sendall(given(text) if callable(given) else given)
            return
        way = WAYS.get(path.lstrip("/").partition("?")[0])
        if way is None:
            self.request.sendall(answer(status="404 Not Found"))
        else:
            way(self)

    def pause(self, seconds: float) -> bool:
        """Wait, but no longer than the test; True while the test goes on."""
        return not self.server.is_over.wait(seconds)

    def send(self, data: bytes) -> None:
        self.request.sendall(data)


def _hang(handler: _Handler) -> None:
    handler.pause(30)


def _drip(handler: _Handler) -> None:
    handler.send(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
    while handler.pause(0.05):
        handler.send(b"x")


def _drip_in_headers(handler: _Handler) -> None:
    handler.send(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while handler.pause(0.05):
        handler.send(b"x")


def _endless_headers(handler: _Handler) -> None:
    handler.send(b"HTTP/1.1 200 OK\r\n")
    while handler.pause(0):
        handler.send(b"X-More: " + b"x" * 8000 + b"\r\n")


def _endless(handler: _Handler) -> None:
    handler.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while handler.pause(0):
        handler.send(b"<p>and on it goes</p>" * 4000)


def _endless_chunks(handler: _Handler) -> None:
    handler.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while handler.pause(0):
        handler.send(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")


def _reset(handler: _Handler) -> None:
    handler.send(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nhalf")
    handler.request.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    handler.request.close()


def _sends(*parts: bytes) -> Callable[[_Handler], None]:
    def send(handler: _Handler) -> None:
        for part in parts:
            handler.send(part)

    return send


def _redirects(location: str) -> Callable[[_Handler], None]:
    return _sends(answer(b"", f"Location: {location}", status="302 Found"))


def _chain(handler: _Handler) -> None:
    _redirects(f"/redirect-chain?{len(handler.server.asked)}")(handler)


_PLAIN = b"<p>The ministers met.</p>" * 40
_PACKED = gzip.compress(_PLAIN)
# What a brotli encoder makes of 16 MB of zeros: a few bytes that no one here should unpack.
_BROTLI = bytes.fromhex("5b ff ff ff 07 00 24 00 a2 b1 40 72".replace(" ", ""))
WAYS: dict[str, Callable[[_Handler], None]] = {
    "hang": _hang,
    "drip": _drip,
    "drip-in-headers": _drip_in_headers,
    "endless-headers": _endless_headers,
    "endless": _endless,
    "endless-chunks": _endless_chunks,
    "reset": _reset,
    "closed": _sends(),
    "short-length": _sends(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n" + _PLAIN),
    "long-length": _sends(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + _PLAIN),
    "cut-chunks": _sends(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nhalf"),
    "cut-gzip": _sends(answer(_PACKED[:-12], "Content-Encoding: gzip")),
    "no-gzip": _sends(answer(_PLAIN, "Content-Encoding: gzip")),
    "gzip-bomb": _sends(answer(bomb(), "Content-Encoding: gzip")),
    "deflate-bomb": _sends(answer(bomb(bits=15), "Content-Encoding: deflate")),
    "brotli-bomb": _sends(answer(_BROTLI, "Content-Encoding: br")),
    "double-gzip": _sends(answer(gzip.compress(bomb()), "Content-Encoding: gzip, gzip")),
    "redirect-loop": _redirects("/redirect-loop"),
    "redirect-chain": _chain,
    "redirect-to-private": _redirects("http://10.0.0.1/"),
    "redirect-to-file": _redirects("file:///etc/passwd"),
    "redirect-to-nowhere": _redirects("http://[::1/"),
    "garbage": _sends(bytes(range(256)) * 40),
    "nul-in-headers": _sends(b"HTTP/1.1 200 OK\r\nX: a\x00b\r\nContent-Length: 2\r\n\r\nhi"),
    "no-such-status": _sends(b"HTTP/1.1 999 Whatever\r\nContent-Length: 2\r\n\r\nhi"),
    "429": _sends(answer(b"", "Retry-After: 120", status="429 Too Many Requests")),
    "503": _sends(answer(b"", status="503 Service Unavailable")),
    "304": _sends(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"),
    "empty": _sends(answer()),
    "html-for-a-feed": _sends(
        answer(b"<html><body>Sign in</body></html>", "Content-Type: text/html")
    ),
    "bad-charset": _sends(
        answer(
            FEED.format(text="The ministers met in Sofia. " * 20).encode("utf-16")[2:],
            "Content-Type: application/rss+xml; charset=x-klingon",
        )
    ),
    "nul-bytes": _sends(answer(bytes(5000), "Content-Type: application/rss+xml")),
}
