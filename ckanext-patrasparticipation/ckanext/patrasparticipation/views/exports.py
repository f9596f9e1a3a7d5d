"""The doors of exports: a table's rows in six formats, and a dataset as one zip."""

from __future__ import annotations

from typing import Any, NoReturn

from ckan.plugins import toolkit as tk
from flask import Blueprint, Response, request

from .. import clock
from ..model import Version
from ..reading import citation
from ..reading.bundle import whole
from ..reading.export import names, slots
from ..reading.export.errors import Busy, Wrong
from ..reading.export.formats import FORMATS
from ..reading.export.start import start
from . import doors

participation_exports = Blueprint("participation_exports", __name__)


@participation_exports.route("/dataset/<id>/resource/<resource_id>/export.<form>")
def export(id: str, resource_id: str, form: str) -> Response:  # noqa: A002
    """The rows that the address asks for; a whole version's CSV and GeoJSON are its own files."""
    package, resource, public = _table(id, resource_id)
    if form not in FORMATS:
        return _told(
            404, tk._("There is no such format; there are {names}.").format(names=", ".join(FORMATS))
        )
    lifetime = doors.lifetime(public)
    version = None if any(request.args.values()) else _version(resource["id"], form)
    if version is not None:
        name = f"{names.stem(package, resource, version.created)}.{form}"
        answer = doors.sent(version, f"{version.source}.{form}", lifetime)
        answer.headers["Content-Disposition"] = names.disposition(name)
        return answer
    try:
        found = start(resource["id"], form, request.args.to_dict())
    except Wrong as wrong:
        return _told(400, wrong.sentence())
    except Busy:
        return busy()
    answer = Response(found.blocks, content_type=found.mime)
    name = f"{names.stem(package, resource, found.created or clock.now())}.{form}"
    answer.headers["Content-Disposition"] = names.disposition(name)
    if found.generation is not None:
        answer.headers["X-Participation-Generation"] = str(found.generation)
    return doors.closed(answer, lifetime)


@participation_exports.route("/dataset/<id>/export.zip")
def bundle(id: str) -> Response:  # noqa: A002
    """A dataset as one zip: its files, the dictionary of its columns, its licence, how to cite it."""
    package, public = doors.dataset(id)
    try:
        blocks = whole.start(package)
    except Busy:
        return busy()
    answer = Response(blocks, content_type="application/zip")
    name = f"{names.stem(package, None, clock.now())}.zip"
    answer.headers["Content-Disposition"] = names.disposition(name)
    return doors.closed(answer, doors.lifetime(public))


def _table(dataset: str, resource_id: str) -> tuple[dict[str, Any], dict[str, Any], bool]:
    """Dataset and table, for a caller who may read them, and whether everybody may; 404 otherwise."""
    package, public = doors.dataset(dataset)
    found = next((one for one in package["resources"] if one["id"] == resource_id), None)
    if found is None or not found.get("datastore_active"):
        _missing()
    try:
        tk.check_access("datastore_search", {}, {"resource_id": resource_id})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        _missing()
    return package, found, public


def _missing() -> NoReturn:
    tk.abort(404, tk._("No table is here."))
    raise AssertionError("unreachable")


def _version(resource_id: str, form: str) -> Version | None:
    """The published version, where its file of that format is there."""
    found = citation.published(resource_id) if form in doors.KINDS else None
    has_file = found and any(file["name"] == f"{found.source}.{form}" for file in found.files)
    return found if has_file else None


def _told(status: int, sentence: str) -> Response:
    """A sentence in the reader's language, as text."""
    answer = Response(sentence + "\n", status=status, content_type="text/plain; charset=utf-8")
    return doors.closed(answer, "private, no-store")


def busy() -> Response:
    """Come back in a minute."""
    answer = _told(503, tk._("Many large files are being made right now. Please try again in a minute."))
    answer.headers["Retry-After"] = str(slots.WAIT)
    return answer
