"""One attempt at an address: ask, follow redirects, and lay the body in the spool."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import httpcore
import httpx

from . import addresses, failures, retries, spool, wire
from .errors import SourceUnavailable
from .fetched import Fetched

if TYPE_CHECKING:
    from .fetch import Opener

Headers = dict[bytes | str, bytes | str]

AGENT = "ckanext-patrasparticipation"
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Question:
    """What is asked of an address: with which conditions, and, for a POST, with which JSON."""

    etag: str | None = None
    last_modified: str | None = None
    post: bytes | None = None

    @property
    def conditional(self) -> bool:
        """Whether "not modified" is an answer."""
        return bool(self.etag or self.last_modified)

    @property
    def redirects(self) -> frozenset[int]:
        """Statuses that are followed: a POST only where it stays one."""
        return frozenset({307, 308}) if self.post is not None else REDIRECTS


def attempt(opener: Opener, address: str, question: Question) -> Fetched:
    """Ask once, following redirects, each checked like a first address.

    Raises:
        AddressRefused, SourceUnavailable, HarvestError: for good.
        TryAgain: a failure that may pass.
    """
    clock = wire.Clock(opener.policy.limits.total)
    url = addresses.parse(address)
    headers = _headers(opener.policy.site, question)
    for hop in range(opener.policy.limits.redirects + 1):
        with failures.named(str(url), hop), _asked(opener, url, headers, clock, question) as answer:
            if answer.status not in question.redirects:
                return _taken(opener, url, answer, conditional=question.conditional)
            url = _next(url, answer)
    raise SourceUnavailable("too_many_redirects", address=address, limit=opener.policy.limits.redirects)


@contextmanager
def _asked(
    opener: Opener, url: httpx.URL, headers: Headers, clock: wire.Clock, question: Question
) -> Iterator[httpcore.Response]:
    """The answer's status and headers, its body still on the wire; its socket serves nothing else."""
    backend = wire.PinnedBackend(opener.policy, clock, opener.resolve)
    host = addresses.host_of(url)
    netloc = f"[{host}]" if ":" in host else host
    named: Headers = {"Host": f"{netloc}:{url.port}" if url.port else netloc, **headers}
    method = "GET" if question.post is None else "POST"
    target = httpcore.URL(scheme=url.scheme, host=host, port=url.port, target=url.raw_path)
    with (
        httpcore.ConnectionPool(ssl_context=opener.tls, network_backend=backend) as pool,
        pool.stream(method, target, headers=named, content=question.post) as answer,
    ):
        yield answer


def _headers(site: str, question: Question) -> Headers:
    """Who asks, and what we have already."""
    headers: Headers = {
        "User-Agent": f"{AGENT} (+{site})" if site else AGENT,
        "Accept": "*/*",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }
    if question.etag:
        headers["If-None-Match"] = question.etag
    if question.last_modified:
        headers["If-Modified-Since"] = question.last_modified
    if question.post is not None:
        headers |= {"Content-Type": "application/json", "Content-Length": str(len(question.post))}
    return headers


def _next(url: httpx.URL, answer: httpcore.Response) -> httpx.URL:
    """Where a redirect leads; never from https down to http."""
    location = _header(answer, "location")
    if not location:
        raise SourceUnavailable("redirect_refused", address=str(url), found="")
    try:
        following = addresses.parse(str(url.join(location)))
    except (addresses.AddressRefused, httpx.InvalidURL) as error:
        raise SourceUnavailable("redirect_refused", address=location, found=str(error)) from error
    if url.scheme == "https" and following.scheme == "http":
        raise SourceUnavailable("redirect_refused", address=str(following), found="http")
    return following


def _taken(opener: Opener, url: httpx.URL, answer: httpcore.Response, *, conditional: bool) -> Fetched:
    """The answer as a file, or the news that nothing changed."""
    policy = opener.policy
    if answer.status not in (200, 304) or (answer.status == 304 and not conditional):
        raise retries.refused(
            str(url), answer.status, _header(answer, "retry-after"), policy.limits, opener.now()
        )
    told = Fetched(
        str(url),
        opener.now(),
        etag=_header(answer, "etag"),
        last_modified=_header(answer, "last-modified"),
        content_type=_header(answer, "content-type"),
        not_modified=answer.status == 304,
    )
    return told if told.not_modified else _spooled(opener, told, answer)


def _spooled(opener: Opener, told: Fetched, answer: httpcore.Response) -> Fetched:
    """The body on disk, added to what the headers told."""
    policy = opener.policy
    announced = _header(answer, "content-length") or ""
    if announced.isdecimal():
        spool.check_announced(opener.folder, int(announced), policy.limits)
    pieces = spool.counted(answer.iter_stream(), policy.limits)
    encoding = (_header(answer, "content-encoding") or "").strip().lower()
    body = spool.expanded(pieces, encoding, policy.limits)
    path, size, sha256 = spool.save(body, opener.folder, policy.limits)
    return replace(told, path=path, size=size, sha256=sha256)


def _header(answer: httpcore.Response, name: str) -> str | None:
    """One header of the answer, if it is there."""
    found = [value for key, value in answer.headers if key.lower() == name.encode()]
    return found[0].decode("latin-1") if found else None
