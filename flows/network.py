"""Connections that may be made, and no others: a network backend for httpcore that vets addresses.

Every address that a name resolves to is vetted, then one of those very addresses is connected to,
and the peer is vetted again: a name that resolves differently a moment later gains nothing.
Private, loopback, link-local, metadata, multicast and reserved addresses are refused, and all that
carry an IPv4 address inside (mapped, compatible, NAT64, 6to4, Teredo), unless the configuration
allows the host by its name.

One deadline holds for all of it: name, connection, TLS, and every read and write.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import httpcore

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
WEB_PORTS = frozenset({80, 443})
_CARRIERS = tuple(
    map(
        ipaddress.ip_network,
        ("::ffff:0:0/96", "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"),
    )
)
# Not public, whatever the installed version of ipaddress holds (they differ): metadata of clouds,
# anycast of 6to4, site-local, documentation.
_REFUSED = tuple(
    map(
        ipaddress.ip_network,
        ("168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24", "fec0::/10", "3fff::/20"),
    )
)
_UNICAST = ipaddress.ip_network("2000::/3")  # all IPv6 that is routed in public
_HEAD_KEPT = 1 << 17  # bytes in which the end of the response's headers is looked for


class RefusedError(httpcore.ConnectError):
    """The address may not be connected to; the message says why."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the configuration allows: `hosts` (names, or name:port) wherever they lead, `ports`."""

    hosts: frozenset[str] = frozenset()
    ports: frozenset[int] = WEB_PORTS

    def has(self, host: str, port: int) -> bool:
        """Whether this very host, on this port, is allowed by name."""
        name = host.lower().strip("[]")
        return f"{name}:{port}" in self.hosts or (port in self.ports and name in self.hosts)


def find_refusal(address: Address) -> str | None:
    """Why an address may not be connected to; None for a public one."""
    if any(address in network for network in _CARRIERS):
        return "carries an IPv4 address"
    is_routed = address.is_global and not address.is_multicast
    if address.version == 6:
        is_routed = is_routed and address in _UNICAST
    if not is_routed or any(address in network for network in _REFUSED):
        return "is not public"
    return None


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a host, numbers in any spelling included. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class VettedNetwork(httpcore.NetworkBackend):
    """A backend for one exchange: `ends` is its deadline on the monotonic clock."""

    def __init__(
        self,
        allowed: Allowed,
        ends: float,
        resolver: Callable[[str, int], list[str]] = resolve,
        connect: Callable[..., socket.socket] = socket.create_connection,
    ) -> None:
        self._allowed = allowed
        self._ends = ends
        self._resolver = resolver
        self._connect = connect
        self.stream: TimedStream | None = None

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers. Raises RefusedError and httpcore's errors."""
        is_allowed = self._allowed.has(host, port)
        if not is_allowed and port not in self._allowed.ports:
            raise RefusedError(f"port {port} is not allowed")
        addresses = self._resolved(host, port)
        if not is_allowed:
            for address in addresses:
                _vet(address)
        failure: OSError | None = None
        for address in addresses:
            try:
                peer = self._connect((address, port), timeout=self._left(httpcore.ConnectTimeout))
            except OSError as error:
                failure = error
                continue
            if not is_allowed:
                _vet_peer(peer)
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.stream = TimedStream(peer, self._ends)
            return self.stream
        if isinstance(failure, TimeoutError):
            raise httpcore.ConnectTimeout("no connection in time")
        raise httpcore.ConnectError(failure.strerror if failure else "no address")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Never: see httpcore.NetworkBackend."""
        raise RefusedError("no local sockets")

    def _resolved(self, host: str, port: int) -> list[str]:
        """Resolve in a thread of its own: the system's resolver knows no deadline."""
        found: list[str] = []
        failures: list[OSError | UnicodeError] = []

        def work() -> None:
            try:
                found.extend(self._resolver(host, port))
            except (OSError, UnicodeError) as error:
                failures.append(error)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        thread.join(self._left(httpcore.ConnectTimeout))
        if thread.is_alive():
            raise httpcore.ConnectTimeout("the name was not resolved in time")
        if failures or not found:
            raise httpcore.ConnectError("the name has no address")
        return found

    def _left(self, error: type[httpcore.TimeoutException]) -> float:
        return _seconds_left(self._ends, None, error)


def _vet(text: str) -> None:
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        raise RefusedError(f"{text} is no address") from None
    refusal = find_refusal(address)
    if refusal:
        raise RefusedError(f"{text} {refusal}")


def _vet_peer(peer: socket.socket) -> None:
    try:
        _vet(str(peer.getpeername()[0]))
    except OSError:
        peer.close()
        raise httpcore.ConnectError("the connection was closed at once") from None
    except RefusedError:
        peer.close()
        raise


def _seconds_left(
    ends: float, timeout: float | None, error: type[httpcore.TimeoutException]
) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise error("the time is up")
    return left if timeout is None else min(left, timeout)


class TimedStream(httpcore.NetworkStream):
    """A connection under a deadline; counts the bytes that follow the first response's headers."""

    def __init__(self, connection: socket.socket, ends: float) -> None:
        self._socket = connection
        self._ends = ends
        self._head: bytearray | None = bytearray()
        self.body_bytes = 0

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """See httpcore.NetworkStream. Raises ReadTimeout, ReadError."""
        try:
            self._socket.settimeout(_seconds_left(self._ends, timeout, httpcore.ReadTimeout))
            data = self._socket.recv(max_bytes)
        except TimeoutError:
            raise httpcore.ReadTimeout("nothing came in time") from None
        except OSError as error:
            raise httpcore.ReadError(error.strerror or str(error)) from None
        self._count(data)
        return data

    def _count(self, data: bytes) -> None:
        if self._head is None:
            self.body_bytes += len(data)
            return
        self._head += data
        while (at := self._head.find(b"\r\n\r\n")) >= 0 and self._head[9:10] == b"1":
            del self._head[: at + 4]  # "100 Continue" and its like: the answer comes after it
        if at >= 0 or len(self._head) > _HEAD_KEPT:
            self.body_bytes = len(self._head) - at - 4
            self._head = None

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """See httpcore.NetworkStream. Raises WriteTimeout, WriteError."""
        try:
            while buffer:
                self._socket.settimeout(_seconds_left(self._ends, timeout, httpcore.WriteTimeout))
                buffer = buffer[self._socket.send(buffer) :]
        except TimeoutError:
            raise httpcore.WriteTimeout("nothing was taken in time") from None
        except OSError as error:
            raise httpcore.WriteError(error.strerror or str(error)) from None

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Begin TLS on this connection. Raises ConnectTimeout, ConnectError."""
        try:
            self._socket.settimeout(_seconds_left(self._ends, timeout, httpcore.ConnectTimeout))
            self._socket = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)
        except TimeoutError:
            self.close()
            raise httpcore.ConnectTimeout("no TLS in time") from None
        except (OSError, ValueError) as error:
            self.close()
            reason = getattr(error, "verify_message", "") or getattr(error, "reason", "") or error
            raise httpcore.ConnectError(f"TLS: {reason}") from None
        return self

    def get_extra_info(self, info: str) -> Any:
        """See httpcore.NetworkStream."""
        if info == "ssl_object" and isinstance(self._socket, ssl.SSLSocket):
            return self._socket
        if info == "server_addr":
            return self._socket.getpeername()
        return None
