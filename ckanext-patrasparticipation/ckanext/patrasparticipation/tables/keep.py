"""A file that stays a file: looked at for personal data all the same, as far as it can be read as a table."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from werkzeug.datastructures import FileStorage

from ..feeds.site import worded
from ..harvesters.errors import HarvestError, SourceRefused
from ..model import Table, Upload
from . import budget, check, held


def check_upload(upload: FileStorage) -> None:
    """Refuse a file in which a detector finds a person.

    Raises:
        ValidationError: on ``upload``, naming column, rule and rows.
    """
    with tempfile.TemporaryDirectory(prefix="kept-") as folder:
        path = Path(folder) / "file"
        upload.save(path)
        upload.stream.seek(0)
        try:
            budget.need_no_voters(path, str(upload.filename))
        except HarvestError as error:
            raise tk.ValidationError({"upload": [worded(error.text)]}) from error
        try:
            found = check.file(path, str(upload.filename), {})
        except HarvestError:
            return  # no table: nothing that could be looked at by column
    if found.report.outcome == SourceRefused.outcome:
        raise tk.ValidationError({"upload": [worded(found.report.reason.text)]})


def keep(context: Any, table: Table, upload: Upload) -> dict[str, Any]:
    """Make the waiting file a plain file of its resource, and forget that it was to be a table."""
    with held.path(upload).open("rb") as stream:
        file = FileStorage(stream, filename=str(upload.file_name))
        data = {"id": table.resource_id, "upload": file, "keep_as_file": True}
        resource: dict[str, Any] = tk.get_action("resource_patch")(context, data)
    held.forget(upload)
    model.Session.delete(table)
    model.Session.commit()
    return resource
