"""Which addresses a source may have: public ones over http or https, and what the site's settings add."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable

import httpx

from .errors import DefinitionError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

SCHEMES = ("http", "https")
FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
"""White space, control characters and the backslash: two parsers read them as two different hosts."""

AUTHORITY = re.compile(r"//|[/?#]")
"""What stands before and after the part of an address that names user, host and port."""

ENDS_IN_A_NUMBER = re.compile(r"(^|\.)(\d+|0x[0-9a-f]*)\.?$", re.IGNORECASE)
"""A host that old parsers take for a number, as in ``2130706433``, ``0x7f.1``, ``127.1``."""

SPECIAL = tuple(
    ipaddress.ip_network(block)
    for block in (
        "168.63.129.16/32",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "2001:2::/48",
        "3fff::/20",
        "5f00::/16",
    )
)
"""A cloud's metadata service, and special-purpose blocks that some releases of Python call global."""

NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


class AddressRefused(DefinitionError):
    """An address that fetching may not touch.

    ``code`` is ``address_`` and ``form``, ``scheme``, ``host``, ``credentials``, ``port`` or ``private``;
    ``params`` are ``address`` and ``found``, the part of it that is refused.
    """

    def __init__(self, address: str, reason: str, found: str) -> None:
        super().__init__(f"address_{reason}", address=address, found=found)


def parse(address: str) -> httpx.URL:
    """The address, taken apart once: what is checked here is what will be connected to.

    Raises:
        AddressRefused: other scheme, credentials, no host, or a host or port written in an odd form.
    """
    if not isinstance(address, str) or FORBIDDEN.search(address):
        raise AddressRefused(repr(address), "form", "blank, control character or backslash")
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise AddressRefused(address, "form", str(error)) from error
    if url.scheme not in SCHEMES:
        raise AddressRefused(address, "scheme", url.scheme)
    if not url.host:
        raise AddressRefused(address, "host", "")
    if url.userinfo or "@" in AUTHORITY.split(address, 2)[1]:
        raise AddressRefused(str(url.copy_with(userinfo=b"")), "credentials", "user name or password")
    if url.port is not None and not 0 < url.port < 65536:
        raise AddressRefused(address, "port", str(url.port))
    _check_form(address, host_of(url))
    return url


def host_of(url: httpx.URL) -> str:
    """The host as it goes to the resolver and to TLS: ASCII, without brackets or a final dot."""
    return url.raw_host.decode("ascii").strip("[]").rstrip(".").lower()


def _check_form(address: str, host: str) -> None:
    """Refuse numbers that are not a plain dotted address: ``0177.0.0.1`` and its relatives."""
    if ENDS_IN_A_NUMBER.search(host) and literal(host) is None:
        raise AddressRefused(address, "form", host)
    if "%" in host:
        raise AddressRefused(address, "form", host)


def literal(host: str) -> IPAddress | None:
    """The host as an IP address, when it is written as one."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def check(address: str, host: str, ips: Iterable[str], allow_private: Iterable[str]) -> list[str]:
    """Give back the addresses a host resolved to, all of them fit to be called.

    One private address among several public ones refuses the host.

    Raises:
        AddressRefused: an address is not public, and neither it nor the host is allowed.
    """
    allowed = tuple(allow_private)
    good = []
    for text in ips:
        ip = ipaddress.ip_address(text.split("%", 1)[0])
        if not (is_public(ip) or _is_allowed(host, ip, allowed)):
            raise AddressRefused(address, "private", str(ip))
        good.append(text)
    return good


def is_public(ip: IPAddress) -> bool:
    """Whether the address belongs to the public internet, also when it wraps an IPv4 one."""
    inner = _wrapped(ip)
    if inner is not None:
        return is_public(inner)
    if any(ip in block for block in SPECIAL):
        return False
    refused = ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback or ip.is_link_local
    return ip.is_global and not refused and not getattr(ip, "is_site_local", False)


def _wrapped(ip: IPAddress) -> ipaddress.IPv4Address | None:
    """The IPv4 address inside an IPv4-mapped, 6to4, Teredo, NAT64 or IPv4-compatible one."""
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if ip.ipv4_mapped or ip.sixtofour:
        return ip.ipv4_mapped or ip.sixtofour
    if ip.teredo:
        return ip.teredo[1]
    low = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    if any(ip in block for block in NAT64):
        return low
    return low if int(ip) >> 32 == 0 and int(ip) > 1 else None


def _is_allowed(host: str, ip: IPAddress, allowed: tuple[str, ...]) -> bool:
    """Whether the settings name this host, this address, or a block that holds it."""
    plain = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped else ip
    for entry in allowed:
        try:
            if plain in ipaddress.ip_network(entry, strict=False):
                return True
        except ValueError:
            if entry.rstrip(".").lower() == host:
                return True
    return False
