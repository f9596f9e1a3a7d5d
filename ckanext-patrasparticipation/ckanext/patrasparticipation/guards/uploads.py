"""Uploaded files are data: checked by their content on the way in, never shown as a page on the way out.

CKAN 2.12.0 sends an uploaded ``.html`` or ``.svg`` inline from the site's own origin, under whatever media
type its owner wrote (CVE-2021-25967 and CVE-2025-24372 closed this for pictures only). May go when CKAN
answers every upload as an attachment with ``nosniff``.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import magic
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import CKANApp
from flask import Response, request
from werkzeug.datastructures import FileStorage

from ckanext.patrasparticipation.guards import file_kinds
from ckanext.patrasparticipation.guards.headers import SANDBOX
from ckanext.patrasparticipation.records.uploads import NAME

HEAD = 64 * 1024
"""Bytes that libmagic looks at."""


def check(resource: dict[str, Any]) -> None:
    """Refuse an upload whose name or content is of no kind that the catalogue takes.

    Raises:
        ValidationError: on ``upload``, with the kinds that are taken.
    """
    upload = resource.get("upload")
    if not isinstance(upload, FileStorage):
        return
    if not upload.filename:
        _check_empty(upload)
        return
    extension = file_kinds.extension(upload.filename)
    if extension not in file_kinds.KINDS:
        raise _refusal(
            tk._("Files of the kind “.{found}” are not accepted. Accepted: {allowed}.").format(
                found=extension, allowed=", ".join(sorted(file_kinds.KINDS))
            )
        )
    head = _head(upload)
    content = magic.from_buffer(head, mime=True)
    if not file_kinds.agrees(extension, content, head):
        raise _refusal(
            tk._("The file is named “.{named}”, but its content is {found}.").format(
                named=extension, found=content
            )
        )


def _check_empty(upload: FileStorage) -> None:
    """A form sends an empty file field along; a file without a name is something else."""
    if upload.stream.read(1):
        upload.stream.seek(0)
        raise _refusal(tk._("The file has no name."))


def _head(upload: FileStorage) -> bytes:
    """The bytes that libmagic looks at."""
    head = upload.stream.read(HEAD)
    upload.stream.seek(0)
    return head


def _refusal(message: str) -> tk.ValidationError:
    return tk.ValidationError({"upload": [message]})


def as_attachment(response: Response) -> Response:
    """Answer an uploaded file as something to save, of the kind its name says."""
    if _is_upload() and response.status_code in (200, 206, 304):
        values = request.view_args or {}
        name = values.get("filename") or "download"
        response.headers["Content-Type"] = file_kinds.media_type(name)
        response.headers.set("Content-Disposition", "attachment", **_names(name, _own_name(values)))
        response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _is_upload() -> bool:
    """Whether the answer is a file somebody uploaded: a resource's, or a picture of a group or a user."""
    endpoint = request.endpoint or ""
    if endpoint == "static":
        return request.path.startswith("/uploads/")
    return endpoint.endswith("resource.download")


def _names(latin: str, own: str | None) -> dict[str, str]:
    """The name of the address, and beside it the file's own when that has Greek letters (RFC 5987)."""
    if own is None or own.isascii():
        return {"filename": own or latin}
    return {"filename": latin, "filename*": "UTF-8''" + quote(own, safe="")}


def _own_name(values: dict[str, Any]) -> str | None:
    """The name a resource's file came with, in its own letters; pictures have none."""
    resource = model.Resource.get(values["resource_id"]) if "resource_id" in values else None
    return resource.extras.get(NAME) if resource else None


def install(app: CKANApp) -> None:
    """Look at every answer once it is made."""
    app.after_request(as_attachment)
