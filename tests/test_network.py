"""Nothing private is ever connected to: the matrix of addresses, on a server that must stay quiet.

The protected server listens on loopback; every address here leads to it, or would on a machine
that has such a network. Not one of them may reach it.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Iterator

import httpcore
import pytest

from flows.fetch import FetchError, Rules, fetch
from flows.network import Allowed, RefusedError, VettedNetwork, find_refusal
from tests.misbehaving import Site, answer, running

PUBLIC = "93.184.216.34"


@pytest.fixture(scope="module")
def protected() -> Iterator[Site]:
    with running() as site:
        site.extra["/"] = answer(b"the secret")
        yield site


@pytest.fixture(scope="module")
def public() -> Iterator[Site]:
    with running() as site:
        yield site


# {P} is the protected server's port.
MATRIX = [
    "http://127.0.0.1:{P}/",
    "http://127.0.0.1/",
    "http://127.1:{P}/",
    "http://127.0.1:{P}/",
    "http://127.255.255.254:{P}/",
    "http://2130706433:{P}/",
    "http://0x7f000001:{P}/",
    "http://0x7f.0x0.0x0.0x1:{P}/",
    "http://0x7f.1:{P}/",
    "http://0177.0.0.1:{P}/",
    "http://017700000001:{P}/",
    "http://0177.0x0.0.01:{P}/",
    "http://0:{P}/",
    "http://0.0.0.0:{P}/",
    "http://localhost:{P}/",
    "http://LOCALHOST:{P}/",
    "http://localhost.:{P}/",
    "http://[::1]:{P}/",
    "http://[0:0:0:0:0:0:0:1]:{P}/",
    "http://[::]:{P}/",
    "http://[::ffff:127.0.0.1]:{P}/",
    "http://[::ffff:7f00:1]:{P}/",
    "http://[::127.0.0.1]:{P}/",
    "http://[64:ff9b::127.0.0.1]:{P}/",
    "http://[64:ff9b::7f00:1]:{P}/",
    "http://[64:ff9b:1::7f00:1]:{P}/",
    "http://[2002:7f00:1::]:{P}/",
    "http://[2001:0:4136:e378:8000:63bf:80ff:fffe]:{P}/",
    "http://[fe80::1%25lo]:{P}/",
    "http://[fc00::1]:{P}/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://169.254.169.254/latest/meta-data/",
    "http://168.63.129.16/machine",
    "http://100.100.100.200/latest/meta-data/",
    "http://192.0.0.192/opc/v2/",
    "http://10.0.0.1:{P}/",
    "http://172.16.0.1:{P}/",
    "http://192.168.0.1:{P}/",
    "http://100.64.0.1:{P}/",
    "http://198.18.0.1:{P}/",
    "http://224.0.0.1:{P}/",
    "http://255.255.255.255:{P}/",
    "http://user:password@127.0.0.1:{P}/",
    "http://example.com@127.0.0.1:{P}/",
    "http://127.0.0.1:{P}#@example.com/",
    "http://example.com:80@127.0.0.1:{P}/",
    "http://①②⑦.⓪.⓪.①:{P}/",
    "http://127。0。0。1:{P}/",
    "http://127.0.0.1:{P}\\@example.com/",
    "https://127.0.0.1:{P}/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:{P}/_GET",
    "ftp://127.0.0.1:{P}/",
]
ANY_PORT = frozenset(range(65536))


def test_the_matrix_is_as_large_as_it_has_to_be() -> None:
    assert len(set(MATRIX)) >= 38


@pytest.mark.parametrize("ports", [ANY_PORT, frozenset({80, 443})], ids=["any port", "web ports"])
@pytest.mark.parametrize("url", MATRIX)
def test_no_address_reaches_the_protected_server(
    url: str, ports: frozenset[int], protected: Site
) -> None:
    rules = Rules(Allowed(ports=ports), deadline=2)
    with pytest.raises(FetchError):
        fetch(url.replace("{P}", str(protected.port)), rules)
    assert protected.asked == []


@pytest.mark.parametrize("url", MATRIX)
def test_no_redirect_reaches_it(url: str, protected: Site, public: Site) -> None:
    location = url.replace("{P}", str(protected.port)).encode("ascii", "ignore").decode()
    public.extra["/start"] = answer(b"", f"Location: {location}", status="302 Found")
    allowed = Allowed(frozenset({f"127.0.0.1:{public.port}"}), ANY_PORT)
    with pytest.raises(FetchError):
        fetch(f"{public.base}/start", Rules(allowed, deadline=2))
    assert protected.asked == []


def network(addresses: list[list[str]], **more: object) -> VettedNetwork:
    """A network whose resolver gives the next of these answers each time it is asked."""
    answers = iter(addresses)
    allowed = Allowed(ports=ANY_PORT)
    return VettedNetwork(allowed, time.monotonic() + 2, lambda *_: next(answers), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], [PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC], ["::1"], ["no"]]
)
def test_one_private_address_among_several_is_enough(addresses: list[str]) -> None:
    with pytest.raises(RefusedError):
        network([addresses]).connect_tcp("news.example", 80)


def test_a_name_is_resolved_once_so_that_rebinding_gains_nothing(protected: Site) -> None:
    connected: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        connected.append(address)
        raise OSError(113, "No route to host")

    with pytest.raises(httpcore.ConnectError):
        network([[PUBLIC], ["127.0.0.1"]], connect=connect).connect_tcp(
            "news.example", protected.port
        )
    assert connected == [(PUBLIC, protected.port)]


def test_the_peer_is_vetted_after_all(protected: Site) -> None:
    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        return socket.create_connection(("127.0.0.1", protected.port), timeout)

    with pytest.raises(RefusedError):
        network([[PUBLIC]], connect=connect).connect_tcp("news.example", 80)
    assert protected.asked == []


def test_a_slow_resolver_does_not_outlast_the_deadline() -> None:
    def slow(host: str, port: int) -> list[str]:
        time.sleep(3)
        return [PUBLIC]

    start = time.monotonic()
    with pytest.raises(httpcore.ConnectTimeout):
        VettedNetwork(Allowed(), start + 0.3, slow).connect_tcp("news.example", 80)
    assert time.monotonic() - start < 1.3


def test_a_host_allowed_by_name_is_reached_on_its_port_only(protected: Site) -> None:
    with running() as site:
        site.extra["/"] = answer(b"hello")
        allowed = Allowed(frozenset({f"127.0.0.1:{site.port}"}))
        assert fetch(f"{site.base}/", Rules(allowed, deadline=2)).body == b"hello"
        with pytest.raises(FetchError, match="refused: port"):
            fetch(f"{protected.base}/", Rules(allowed, deadline=2))
        with pytest.raises(FetchError, match="refused: port"):  # another name of the same
            fetch(f"http://localhost:{site.port}/", Rules(allowed, deadline=2))


@pytest.mark.parametrize("port", [22, 25, 6379, 8080])
def test_only_the_ports_of_the_web(port: int) -> None:
    with pytest.raises(RefusedError, match=f"port {port}"):
        VettedNetwork(Allowed(), time.monotonic() + 1, lambda *_: [PUBLIC]).connect_tcp("a", port)


def test_local_sockets_are_refused() -> None:
    with pytest.raises(RefusedError):
        network([]).connect_unix_socket("/run/docker.sock")


@pytest.mark.parametrize("text", [PUBLIC, "8.8.8.8", "2606:4700:4700::1111", "2a00:1450::200e"])
def test_public_addresses_pass(text: str) -> None:
    assert find_refusal(ipaddress.ip_address(text)) is None


@pytest.mark.parametrize(
    "text", ["192.88.99.1", "240.0.0.1", "fec0::1", "3fff::1", "5f00::1", "ff02::1"]
)
def test_what_ipaddress_alone_would_let_pass(text: str) -> None:
    assert find_refusal(ipaddress.ip_address(text)) == "is not public"
