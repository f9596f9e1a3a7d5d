"""What CKAN hands an uploaded table to: the file is held, and the resource points to the table it will be."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.model.types import make_uuid
from ckan.plugins import toolkit as tk
from flask import g, has_request_context
from werkzeug.datastructures import FileStorage

from .. import clock
from ..feeds import handed
from ..guards import file_kinds
from ..records.uploads import NAME
from . import held, keep, register, roles

KEEP = "keep_as_file"
"""The field of a resource by which a person wants the file as it is."""
TABLES = {
    "csv",
    "tsv",
    "txt",
    "json",
    "jsonl",
    "ndjson",
    "geojson",
    "xlsx",
    "xls",
    "ods",
    "gpkg",
    "zip",
    "gz",
    "pb",
}
"""Endings of files that may hold a table."""


class HeldUpload:
    """CKAN's uploader of one resource, for a file that waits."""

    mimetype = "text/csv"  # of what the resource points to

    def __init__(self, resource: dict[str, Any], upload: FileStorage) -> None:
        self._upload, self._name = upload, str(resource.get(NAME) or upload.filename)
        resource["id"] = resource.get("id") or make_uuid()
        self._source = register.name_of(resource)
        resource.update(url=handed.url(self._source), url_type="", format="CSV", mimetype=self.mimetype)
        # CKAN calls an uploader only when something of the resource differs: a field it makes no use of
        resource["cache_last_updated"] = clock.now().replace(tzinfo=None).isoformat()

    def upload(self, id: str, max_size: int = 10) -> None:  # noqa: A002 -- CKAN's own word
        """Hold the file; called once the resource is saved, in the same transaction."""
        author = str(tk.current_user.name) if has_request_context() and tk.current_user else "command line"
        saved = model.Resource.get(id)
        held.take(id, self._upload.stream, self._name, author, max_size)
        register.add(self._source, id, str(saved.package_id if saved else ""), author)
        if has_request_context():
            g.participation_held = id


def need_table(upload: FileStorage) -> None:
    """Refuse a file that cannot be a table, by its ending.

    Raises:
        ValidationError: on ``upload``, with the endings that may be one.
    """
    found = file_kinds.extension(str(upload.filename))
    if found not in TABLES:
        sentence = tk._("A file “.{found}” cannot become a table. Accepted: {allowed}.")
        allowed = ", ".join(sorted(TABLES))
        raise tk.ValidationError({"upload": [sentence.format(found=found, allowed=allowed)]})


def uploader(resource: dict[str, Any]) -> HeldUpload | None:
    """The uploader for a file that may be a table; nothing leaves it to CKAN's own.

    Raises:
        ValidationError: on ``upload``: the rows of this resource come from a feed, or the file is to be kept
            as it is and holds personal data; or it cannot be what its role says.
    """
    upload, as_it_is = resource.get("upload"), tk.asbool(resource.pop(KEEP, None) or False)
    if not isinstance(upload, FileStorage) or not upload.filename:
        return None
    if feed := register.feed_of(str(resource.get("id") or "")):
        message = tk._(
            "The rows of this resource come from the feed “{feed}”; a file cannot take their place."
        )
        raise tk.ValidationError({"upload": [message.format(feed=feed)]})
    ending = file_kinds.extension(upload.filename)
    if roles.feed_of(resource.get(roles.NAME)) and not as_it_is:
        need_table(upload)
    roles.need_table(resource.get(roles.NAME), ending, as_it_is=as_it_is)
    if ending not in TABLES:
        return None
    if as_it_is:
        register.need_unpublished(str(resource.get("id") or ""))
        keep.check_upload(upload)
        return None
    resource.pop("upload")
    resource.pop("clear_upload", None)
    return HeldUpload(resource, upload)
