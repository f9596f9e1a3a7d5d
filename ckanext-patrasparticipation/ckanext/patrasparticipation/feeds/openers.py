"""How a source is reached: through the guarded opener with the site's policy, or a local copy on demand."""

from __future__ import annotations

from pathlib import Path

from ckan.plugins import toolkit as tk

from .. import clock, config
from ..harvesters import local
from ..harvesters.fetch import Fetched, Opener, Policy


def policy() -> Policy:
    """What this site's settings allow fetching to do."""
    return Policy(
        allow_private=config.allow_private(),
        files_folder=config.files_folder(),
        site=str(tk.config["ckan.site_url"]),
    )


class CopyOpener(Opener):
    """Reads a copy that the operator names on the command line, whatever address the source has."""

    def __init__(self, path: Path) -> None:
        super().__init__(policy(), now=clock.now)
        self.path = path

    def open(
        self,
        address: str,
        etag: str | None = None,
        last_modified: str | None = None,
        post: bytes | None = None,
    ) -> Fetched:
        """The copy; nothing is asked of the address."""
        return local.copy(self.path, self.folder, self.policy.limits, self.now())

    def open_path(self, name: str) -> Fetched:
        """The copy, in place of the file in the folder."""
        return self.open(name)


def opener(file: Path | None = None) -> Opener:
    """The opener for one run."""
    return CopyOpener(file) if file else Opener(policy(), now=clock.now)
