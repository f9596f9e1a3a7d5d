"""What the pipeline asks of whoever fetches: an address in, a local file out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Protocol

from .definitions import Reader


class Fetched(Protocol):
    """A local file and what the server said; see ``fetch.Fetched``."""

    @property
    def address(self) -> str: ...

    @property
    def fetched_at(self) -> datetime: ...

    @property
    def path(self) -> Path | None: ...

    @property
    def sha256(self) -> str | None: ...

    @property
    def etag(self) -> str | None: ...

    @property
    def last_modified(self) -> str | None: ...

    @property
    def not_modified(self) -> bool: ...


class Opener(Protocol):
    """Opens an address, or a file of the folder of incoming files; see ``fetch.Opener``."""

    def open(
        self,
        address: str,
        etag: str | None = None,
        last_modified: str | None = None,
        post: bytes | None = None,
    ) -> Fetched: ...

    def pause(self, seconds: float) -> None: ...

    def open_path(self, name: str) -> Fetched: ...


def ask(opener: Opener, reader: Reader, etag: str | None, last_modified: str | None) -> Fetched:
    """What the source gives now; ``not_modified`` when it says so.

    Raises:
        SourceUnavailable: no complete answer.
        DefinitionError: the address is not allowed.
    """
    if "path" in reader.options:
        return opener.open_path(reader.options["path"])
    return opener.open(reader.options["url"], etag=etag, last_modified=last_modified)
