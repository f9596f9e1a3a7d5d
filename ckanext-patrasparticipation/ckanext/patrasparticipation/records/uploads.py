"""Uploaded files: a Latin name for the address, the name it came with for people."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from werkzeug.datastructures import FileStorage

from ckanext.patrasparticipation.records import slugs, translated

NAME = "file_name"


def rename(resource: dict[str, Any]) -> None:
    """Give the uploaded file of a resource dict a Latin name; keep its own as ``file_name``.

    CKAN would make `-.csv` of `Κάδοι.csv`. A resource that has no name takes the file's; one without an
    upload is left alone.

    Raises:
        ValidationError: the address is not text.
    """
    url = resource.get("url")
    if url is not None and not isinstance(url, str):  # CKAN guesses its type before it validates anything
        raise tk.ValidationError({"url": [tk._("Expected text, got {kind}").format(kind=type(url).__name__)]})
    upload = resource.get("upload")
    if not isinstance(upload, FileStorage) or not upload.filename:
        return
    original = translated.clean(upload.filename.replace("\\", "/").rsplit("/", 1)[-1])
    upload.filename = slugs.file_name(original)
    resource[NAME] = original
    if not any(resource.get(name) for name in ("name", "name_translated", "name_translated-el")):
        resource["name"] = original
