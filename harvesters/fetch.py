"""Fetching: an address in, a local file out, or an error that says whether to try again."""

from __future__ import annotations

import shutil
import ssl
import time
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from types import TracebackType

import tenacity

from . import addresses, exchange, local, retries, spool, wire
from .fetched import Fetched
from .policy import Limits, Policy

__all__ = ["Fetched", "Limits", "Opener", "Policy"]


class Opener:
    """Opens addresses under a policy; its downloads live until it is closed.

    ``sleep``, ``resolve`` and ``now`` are for tests. Use it as a context manager::

        with Opener(Policy(site="https://data.example.gr")) as opener:
            fetched = opener.open("https://city.example.gr/lights.json", etag='"7"')
    """

    def __init__(
        self,
        policy: Policy,
        *,
        sleep: Callable[[float], None] = time.sleep,
        resolve: wire.Resolve = wire.resolve,
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    ) -> None:
        self.policy, self.sleep, self.resolve, self.now = policy, sleep, resolve, now
        self._tls: ssl.SSLContext | None = None
        self._folder: Path | None = None

    def __enter__(self) -> Opener:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove the downloads."""
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    @property
    def folder(self) -> Path:
        """Where this opener's downloads wait."""
        if self._folder is None:
            self._folder = spool.folder(self.policy.spool)
        return self._folder

    @property
    def tls(self) -> ssl.SSLContext:
        """The TLS context, read from disk once."""
        if self._tls is None:
            self._tls = wire.tls(self.policy)
        return self._tls

    def open(
        self,
        address: str,
        etag: str | None = None,
        last_modified: str | None = None,
        post: bytes | None = None,
    ) -> Fetched:
        """Fetch an ``http`` or ``https`` address, trying again where that can help.

        Args:
            address: without user name or password; public, or allowed by the policy.
            etag, last_modified: what the last *successful* run stored. Hand them in only while the copy
                made from them is still there: a 304 brings no bytes.
            post: a question in JSON (a GraphQL query), for addresses that are asked by POST; it must change
                nothing over there, for it may be sent again.

        Raises:
            AddressRefused: (a ``DefinitionError``) the address, or what its host resolves to, is not allowed.
            SourceUnavailable: no complete answer with status 200 or 304; ``retry_at`` when the source asked
                for more than an hour.
            HarvestError: ``disk_full``.
        """
        addresses.parse(address)
        limits = self.policy.limits
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(retries.TryAgain),
            wait=retries.Wait(limits),
            stop=tenacity.stop_after_attempt(limits.tries),
            sleep=self.sleep,
            reraise=True,
        )
        try:
            return retrying(exchange.attempt, self, address, exchange.Question(etag, last_modified, post))
        except retries.TryAgain as last:
            raise last.error from last.__cause__

    def pause(self, seconds: float) -> None:
        """Wait between two questions to one source."""
        self.sleep(seconds)

    def open_path(self, name: str) -> Fetched:
        """A copy of a file inside the policy's folder; raises ``DefinitionError`` when it is not inside."""
        path = local.find(name, self.policy.files_folder)
        return local.copy(path, self.folder, self.policy.limits, self.now())
