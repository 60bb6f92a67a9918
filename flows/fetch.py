"""HTTP, bounded in time, size and redirects; what cannot be fetched has a reason.

No proxy or credentials from the environment, only gzip and deflate (a brotli bomb of a kilobyte
grows to a gigabyte), a deadline over the whole response and a cap on its unpacked bytes.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx

MAX_BYTES = 5 << 20
DEADLINE_SECONDS = 30.0
MAX_REDIRECTS = 5
USER_AGENT = "readout-news/0.1 (+https://pypi.org/project/readout-news/)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SECRET = re.compile(r"(?i)\b(token|key|apikey|api_key|password|secret|sig|signature|auth)=[^&#]*")


class FetchError(Exception):
    """The address could not be fetched; the message says why and holds no secret.

    `retry` is True where another attempt may succeed (no answer, 429, 5xx).
    """

    def __init__(self, message: str, *, retry: bool = False) -> None:  # noqa: D107
        super().__init__(message)
        self.retry = retry


@dataclass(frozen=True, slots=True)
class Response:
    """A body with its final address, Content-Type, and the time it was complete (UTC)."""

    url: str
    media_type: str
    body: bytes
    fetched_at: datetime


def redact(url: str) -> str:
    """An address fit for logs: no user, no password, no token."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.port:
        host = f"{host}:{parts.port}"
    return urlunsplit(parts._replace(netloc=host, query=_SECRET.sub(r"\1=…", parts.query)))


def make_client() -> httpx.Client:
    """A client with Readout's limits; close it after use."""
    return httpx.Client(
        trust_env=False,
        follow_redirects=False,
        timeout=httpx.Timeout(10.0),
        headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate"},
    )


def fetch(client: httpx.Client, url: str, deadline: float = DEADLINE_SECONDS) -> Response:
    """Fetch one address. Raises FetchError; ends within `deadline` seconds plus one timeout."""
    ends = time.monotonic() + deadline
    for _ in range(MAX_REDIRECTS + 1):
        if urlsplit(url).scheme not in ("http", "https"):
            raise FetchError(f"not an http address: {redact(url)}")
        try:
            with client.stream("GET", url) as response:
                if response.status_code in _REDIRECTS and "location" in response.headers:
                    url = urljoin(url, response.headers["location"])
                    continue
                return _read(response, url, ends)
        except httpx.HTTPError as error:
            raise FetchError(f"{type(error).__name__} at {redact(url)}", retry=True) from None
        except (httpx.InvalidURL, UnicodeError):
            raise FetchError(f"no valid address: {redact(url)}") from None
    raise FetchError(f"more than {MAX_REDIRECTS} redirects, the last to {redact(url)}")


def _read(response: httpx.Response, url: str, ends: float) -> Response:
    if response.status_code != 200:
        retry = response.status_code == 429 or response.status_code >= 500
        raise FetchError(f"status {response.status_code} at {redact(url)}", retry=retry)
    if response.headers.get("content-encoding", "identity") not in ("identity", "gzip", "deflate"):
        raise FetchError(f"unsupported encoding at {redact(url)}")
    body = bytearray()
    for block in response.iter_bytes(64 << 10):
        body += block
        if len(body) > MAX_BYTES:
            raise FetchError(f"over {MAX_BYTES >> 20} MiB at {redact(url)}")
        if time.monotonic() > ends:
            raise FetchError(f"too slow at {redact(url)}", retry=True)
    media_type = response.headers.get("content-type", "text/html")
    return Response(url, media_type, bytes(body), datetime.now(UTC).replace(microsecond=0))
