"""Which hosts may be asked, and at which IP address.

A feed can name any host, and a host's owner can let its name point to any address: to this machine, to a router, to
the service that hands out a cloud machine's keys. So a name is looked up once, what it points to is checked, and the
connection goes to the very address that was checked (looking it up again would let the owner change the answer).
"""

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable, Sequence

from pipeline.errors import AddressError, TimedOutError

Resolve = Callable[[str, int, float], Sequence[str]]
"""Returns the IP addresses of a host and port, within so many seconds. Raises FetchError."""

_IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "::ffff:0:0:0/96")))
"""RFC 6052, 8215 and 2765: a gateway passes these on to the IPv4 address at their end."""
_COMPATIBLE = ipaddress.ip_network("::/96")
"""RFC 4291: an IPv4 address, as IPv6 once wrote it."""
_NOT_PUBLIC = tuple(
    map(
        ipaddress.ip_network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
            *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
            *("::/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001:db8::/32", "3fff::/20"),
            *("5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
        ),
    )
)
"""Special purposes (RFC 6890 and IANA's registries): Python's own list differs from one patch release to the next."""
_MOST_ADDRESSES = 4


def look_up(host: str, port: int, seconds: float) -> Sequence[str]:
    """Return the IP addresses of a host as the operating system knows them, the preferred one first.

    Raises:
        AddressError: it has none.
        TimedOutError: the answer takes longer than `seconds`. The system's own look-up cannot be stopped, and is left
            to a thread that nobody waits for.
    """
    answers: queue.SimpleQueue[list[str] | OSError | UnicodeError] = queue.SimpleQueue()
    threading.Thread(target=_look_up, args=(host, port, answers), daemon=True).start()
    try:
        found = answers.get(timeout=seconds)
    except queue.Empty:
        raise TimedOutError(seconds) from None
    if isinstance(found, Exception):
        raise AddressError(f"no host {host!r} is known ({found})") from found
    return found


def _look_up(host: str, port: int, answers: "queue.SimpleQueue[list[str] | OSError | UnicodeError]") -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        answers.put(error)
    else:
        answers.put(list(dict.fromkeys(str(address[4][0]) for address in found)))


def permitted(host: str, found: Sequence[str], allow_private: bool) -> list[str]:
    """Return those of a host's addresses that may be asked, the first few.

    Raises:
        AddressError: none may.
    """
    allowed = [address for address in found if allow_private or is_public(address)]
    if not allowed:
        raise AddressError(
            f"{host!r} is at a private address ({', '.join(found)}): if you trust it, add --allow-private-hosts"
        )
    return allowed[:_MOST_ADDRESSES]


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public Internet, whatever other address is wrapped in it."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return not any(_is_special(each) for each in (parsed, *_wrapped_in(parsed)))


def _is_special(address: _IPAddress) -> bool:
    return not address.is_global or address.is_multicast or any(address in each for each in _NOT_PUBLIC)


def _wrapped_in(address: _IPAddress) -> list[_IPAddress]:
    """Return the IPv4 addresses that an IPv6 address may be turned into on its way."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    wrapped = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _COMPATIBLE or any(address in network for network in _NAT64):
        wrapped.append(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
    return [each for each in wrapped if each is not None]
