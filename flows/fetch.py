"""HTTP, bounded in time, size and redirects; what cannot be fetched has a reason.

Connections are made by network.py alone, which vets addresses and holds the deadline; no proxy and
no credentials come from the environment. Redirects are followed here, each hop like a new address.
Only gzip and deflate are taken, one of them once, and undone here under a cap (a brotli bomb of a
kilobyte grows to a gigabyte); a body that is cut, or not as long as it says, is an error.
"""

from __future__ import annotations

import logging
import re
import ssl
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpcore
import httpx

from .network import Allowed, RefusedError, VettedNetwork

MAX_BYTES = 5 << 20
DEADLINE_SECONDS = 30.0
MAX_REDIRECTS = 5
CONTACT = "https://pypi.org/project/readout-news/"
_SILENCE_SECONDS = 10.0  # in which something has to come
_MAX_WAIT = 7 * 86_400  # seconds; no Retry-After is believed beyond it
_BLOCK = 64 << 10
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WINDOW_BITS = {"gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}
_SECRET = re.compile(
    r"(?i)\b((?:[a-z]+[_-]?)?(?:token|key|password|secret|signature|auth)"
    r"|apikey|pwd|pass|sig|sid|session_?id)=[^&#\s]*"
)

# Both log whole addresses, with their passwords and tokens.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)


class FetchError(Exception):
    """The address could not be fetched; the message says why and holds no secret.

    `retry` is True where another attempt may succeed (no answer, 429, 5xx); `wait` is for how many
    seconds the server asked to be left alone; `status` is the answer's, where there was one;
    `kind` is "connect" or "timeout" where nothing came.
    """

    def __init__(
        self,
        message: str,
        *,
        retry: bool = False,
        wait: float | None = None,
        status: int | None = None,
        kind: str = "",
    ) -> None:
        super().__init__(message)
        self.retry = retry
        self.wait = wait
        self.status = status
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Rules:
    """How to fetch: which hosts and ports, who asks, and the limits of one exchange."""

    allowed: Allowed = field(default_factory=Allowed)
    contact: str = CONTACT
    deadline: float = DEADLINE_SECONDS
    max_bytes: int = MAX_BYTES

    @property
    def user_agent(self) -> str:
        """Who asks, as every request says it."""
        return f"readout-news/0.1 (+{self.contact})"


@dataclass(frozen=True, slots=True)
class Condition:
    """What a server said of the body that is kept: it may answer 304 where that is still so."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The request headers of a conditional GET."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Response:
    """A body with its final address, Content-Type, and the time it was complete (UTC).

    `is_unchanged` is True, and the body empty, for an answer of 304. `request` and `head` are the
    headers of both sides as they were sent, without credentials.
    """

    url: str
    media_type: str
    body: bytes
    fetched_at: datetime
    condition: Condition = Condition()
    is_unchanged: bool = False
    request: str = ""
    head: str = ""


def redact(url: str) -> str:
    """An address fit for logs: no user, no password, no token."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        host = f"[{host}]" if ":" in host else host
        if parts.port:
            host = f"{host}:{parts.port}"
    except ValueError:
        return "an address that is none"
    return urlunsplit(parts._replace(netloc=host, query=_SECRET.sub(r"\1=…", parts.query)))


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


class _Transport(httpx.HTTPTransport):
    """httpx's own transport over a network that vets addresses."""

    def __init__(self, network: VettedNetwork) -> None:
        super().__init__(verify=_tls(), trust_env=False)
        self._pool = httpcore.ConnectionPool(ssl_context=_tls(), network_backend=network)


def fetch(
    url: str,
    rules: Rules | None = None,
    condition: Condition | None = None,
    network: Callable[[Allowed, float], VettedNetwork] = VettedNetwork,
) -> Response:
    """Fetch one address. Raises FetchError; ends within the deadline of the rules."""
    rules = rules or Rules()
    ends = time.monotonic() + rules.deadline
    seen: set[str] = set()
    for _ in range(MAX_REDIRECTS + 1):
        _check_address(url)
        if url in seen:
            raise FetchError(f"redirects in a circle at {redact(url)}")
        seen.add(url)
        answer = _exchange(url, rules, condition, network(rules.allowed, ends))
        if isinstance(answer, Response):
            return answer
        url = _joined(url, answer)
    raise FetchError(f"more than {MAX_REDIRECTS} redirects, the last to {redact(url)}")


def _check_address(url: str) -> None:
    try:
        scheme, host = urlsplit(url).scheme.lower(), urlsplit(url).hostname
    except ValueError:
        raise FetchError("no valid address") from None
    if scheme not in ("http", "https"):
        raise FetchError(f"not an http address: {redact(url)}")
    if not host:
        raise FetchError(f"no host in {redact(url)}")


def _joined(url: str, location: str) -> str:
    """The address of a redirect; credentials in it are not followed."""
    try:
        joined = urlsplit(urljoin(url, location))
    except ValueError:
        raise FetchError(f"redirects to no valid address from {redact(url)}") from None
    return urlunsplit(joined._replace(netloc=joined.netloc.rpartition("@")[2], fragment=""))


def _exchange(
    url: str, rules: Rules, condition: Condition | None, network: VettedNetwork
) -> Response | str:
    """One request: the response, or the address that it redirects to. Raises FetchError."""
    headers = {"User-Agent": rules.user_agent, "Accept-Encoding": "gzip, deflate"}
    headers |= condition.headers() if condition else {}
    try:
        with (
            httpx.Client(
                transport=_Transport(network),
                trust_env=False,
                timeout=httpx.Timeout(_SILENCE_SECONDS),
                headers=headers,
            ) as client,
            client.stream("GET", url) as response,
        ):
            if response.status_code in _REDIRECTS and "location" in response.headers:
                return response.headers["location"]
            return _read(response, url, rules, network, bool(condition and condition.headers()))
    except httpx.HTTPError as error:
        raise _failed(error, url) from None
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise FetchError(f"no valid address: {redact(url)}") from None


def _failed(error: httpx.HTTPError, url: str) -> FetchError:
    """A failure on the way, in words; only what chance may mend is worth another attempt."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, RefusedError):
        cause = cause.__cause__ or cause.__context__
    if cause is not None:
        return FetchError(f"refused: {cause} at {redact(url)}")
    kind, detail = type(error).__name__, _SECRET.sub(r"\1=…", str(error))[:200]
    if "without sending complete" in detail or "incomplete" in detail:
        return FetchError(f"truncated: {detail} at {redact(url)}", retry=True)
    what = f"{kind} ({detail})" if detail else kind
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return FetchError(f"{what} at {redact(url)}", retry=True, kind="connect")
    silent = "timeout" if isinstance(error, httpx.TimeoutException) else ""
    return FetchError(f"{what} at {redact(url)}", retry=True, kind=silent)


def _read(
    response: httpx.Response, url: str, rules: Rules, network: VettedNetwork, is_conditional: bool
) -> Response:
    status = response.status_code
    if status == 304 and not is_conditional:
        raise FetchError(f"status 304 to a request with no condition at {redact(url)}", retry=True)
    if status not in (200, 304):
        retry = status in (408, 425, 429) or 500 <= status < 600
        wait = parse_retry_after(response.headers.get("retry-after")) if retry else None
        message = f"status {status} at {redact(url)}"
        raise FetchError(message, retry=retry, wait=wait, status=status)
    body = b"" if status == 304 else _read_body(response, url, rules, network)
    return Response(
        url=url,
        media_type=response.headers.get("content-type", "text/html"),
        body=body,
        fetched_at=datetime.now(UTC).replace(microsecond=0),
        condition=Condition(response.headers.get("etag"), response.headers.get("last-modified")),
        is_unchanged=status == 304,
        request=_request_head(response.request),
        head=_response_head(response),
    )


def _read_body(response: httpx.Response, url: str, rules: Rules, network: VettedNetwork) -> bytes:
    encoding = response.headers.get("content-encoding", "identity").strip().lower() or "identity"
    if encoding != "identity" and encoding not in _WINDOW_BITS:
        raise FetchError(f"unsupported encoding {encoding[:40]} at {redact(url)}")
    packed = bytearray()
    for block in response.iter_raw(_BLOCK):
        packed += block
        if len(packed) > rules.max_bytes:
            raise _too_large(url, rules)
    declared = response.headers.get("content-length", "")
    after = network.stream.body_bytes if network.stream else 0
    if declared.isdecimal() and after > int(declared):
        raise FetchError(
            f"truncated: more bytes than the {declared} of its Content-Length at {redact(url)}"
        )
    body = bytes(packed) if encoding == "identity" else _unpacked(packed, encoding, url, rules)
    if not body.strip():
        raise FetchError(f"empty answer at {redact(url)}", retry=True)
    return body


def _too_large(url: str, rules: Rules) -> FetchError:
    return FetchError(f"over {rules.max_bytes / (1 << 20):g} MiB at {redact(url)}")


def _unpacked(packed: bytearray, encoding: str, url: str, rules: Rules) -> bytes:
    """The body with its content encoding undone, all gzip members of it."""
    for bits in _WINDOW_BITS[encoding]:
        try:
            return b"".join(_inflated(bytes(packed), bits, url, rules))
        except zlib.error:
            continue
    raise FetchError(f"the {encoding} body is damaged at {redact(url)}", retry=True)


def _inflated(packed: bytes, bits: int, url: str, rules: Rules) -> Iterator[bytes]:
    room = rules.max_bytes
    while packed:
        inflate = zlib.decompressobj(bits)
        plain = inflate.decompress(packed, room + 1)
        room -= len(plain)
        if room < 0:
            raise _too_large(url, rules)
        if not inflate.eof:
            raise FetchError(f"truncated: the packed body is cut at {redact(url)}", retry=True)
        yield plain
        rest = inflate.unused_data
        packed = rest if bits == 31 and rest.startswith(b"\x1f\x8b") else b""


def _request_head(request: httpx.Request) -> str:
    lines = [f"GET {request.url.raw_path.decode('ascii')} HTTP/1.1"]
    lines[0] = _SECRET.sub(r"\1=…", lines[0])
    kept = ((n, v) for n, v in request.headers.items() if n not in ("authorization", "cookie"))
    return "\r\n".join([*lines, *(f"{name}: {value}" for name, value in kept)])


def _response_head(response: httpx.Response) -> str:
    """Status line and headers as they came, but for cookies, in Latin-1."""
    lines = [f"{response.http_version} {response.status_code} {response.reason_phrase}"]
    for name, value in response.headers.raw:
        if name.lower() != b"set-cookie":
            lines.append(f"{name.decode('latin-1')}: {value.decode('latin-1')}")
    return "\r\n".join(lines)


def parse_retry_after(value: str | None, now: datetime | None = None) -> float | None:
    """Seconds to wait, from a number of them or from a date; None for what is neither."""
    text = (value or "").strip()
    if text.isdecimal() and len(text) < 10:
        return float(min(int(text), _MAX_WAIT))
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    seconds = (moment - (now or datetime.now(UTC))).total_seconds()
    return min(max(seconds, 0.0), float(_MAX_WAIT))
