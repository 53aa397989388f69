"""Addresses: which may be fetched at all, which belong to one site, and which machines are private."""

import ipaddress

import httpx

from pipeline.fetching.failures import FetchFailure

PORTS = {"http": 80, "https": 443}
OPEN_PORTS = 1024  # below it only those of web servers: nothing else is to be talked to by a link
LONGEST = 4_000
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # an IPv4 address in the last four bytes


def clean(address: str, base: str | None = None) -> str:
    """The address in its usual form, seen from `base`, without a fragment. Raises FetchFailure `address`."""
    try:
        url = httpx.URL(base).join(address.strip()) if base else httpx.URL(address.strip())
        url = url.copy_with(fragment=None)
        fine = url.scheme in PORTS and url.host and not url.userinfo and len(str(url)) <= LONGEST
        fine = fine and (url.port is None or url.port in PORTS.values() or url.port > OPEN_PORTS)
    except (httpx.InvalidURL, ValueError, TypeError):
        fine = False
    if not fine:
        raise FetchFailure("address", found=address[:200])
    return str(url)


def host_of(address: str) -> str:
    """The host of a clean address, with its port where that is not the usual one."""
    url = httpx.URL(address)
    return url.host if url.port is None else f"{url.host}:{url.port}"


def origin_of(address: str) -> str:
    """Scheme, host and port of a clean address, without a slash behind."""
    url = httpx.URL(address)
    return f"{url.scheme}://{url.netloc.decode()}"


def same_site(host: str, other: str) -> bool:
    """Whether two hosts are of one office: the same, or one below the other (mzj.x.gov.cn, www.x.gov.cn)."""
    one, two = host.removeprefix("www."), other.removeprefix("www.")
    return one == two or one.endswith(f".{two}") or two.endswith(f".{one}")


def is_public(ip: str) -> bool:
    """Whether an IP address is one of the open internet, seen through the forms that hide an IPv4 address."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in NAT64:
            inner = ipaddress.IPv4Address(address.packed[-4:])
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not address.is_multicast
