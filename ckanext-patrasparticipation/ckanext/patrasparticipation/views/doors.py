"""Who may pass a feed's door, and how what is behind it leaves: as a file, never as a page of ours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, cast

from ckan import model
from ckan.plugins import toolkit as tk
from flask import Response, send_file
from werkzeug.datastructures import Headers

from ..feeds import files
from ..model import SourceState, Version

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

SEALED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
}

KINDS = {"csv": "text/csv", "geojson": "application/geo+json"}


def newest(source: str) -> tuple[Version, bool]:
    """The published version and whether everybody may read it; 404 for whoever may not."""
    state, public = _allowed(source)
    return _there(state, state.generation), public


def version(source: str, generation: int) -> tuple[Version, bool]:
    """A version that is kept, likewise."""
    state, public = _allowed(source)
    return _there(state, generation), public


def _there(state: SourceState, generation: int) -> Version:
    found = model.Session.get(Version, (state.source, generation))
    if found is None or found.pruned:
        _missing()
    return found


def _allowed(source: str) -> tuple[SourceState, bool]:
    """The feed, when the caller may read its dataset and resource, as whom he says he is."""
    state = model.Session.get(SourceState, source) if "\0" not in source else None
    if state is None or not state.dataset_id:
        _missing()
    _package, public = dataset(state.dataset_id)
    try:
        tk.check_access("resource_show", {}, {"id": state.resource_id})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        _missing()
    return state, public


def dataset(name: str) -> tuple[dict[str, Any], bool]:
    """A dataset that the caller may read, and whether everybody may; 404 for whoever may not.

    A reader who may not read it is told that it is not there.
    """
    try:
        package: dict[str, Any] = tk.get_action("package_show")({}, {"id": name})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        _missing()
    return package, package["state"] == "active" and not package["private"]


def _missing() -> NoReturn:
    tk.abort(404, tk._("No such file."))
    raise AssertionError("unreachable")


class Sealed(Response):
    """An answer whose life in caches is the door's to say: CKAN sets its own on every answer, last of all."""

    lifetime: str | None = None

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:
        """The headers as they leave."""
        headers = super().get_wsgi_headers(environ)
        if self.lifetime is not None:
            headers["Cache-Control"] = self.lifetime
            headers.remove("Set-Cookie")  # what a cache may keep is nobody's session
        return headers


def closed(response: Response, lifetime: str | None) -> Response:
    """The answer as a file that no browser runs, kept by caches as ``lifetime`` says (or as CKAN does)."""
    response.headers.update(SEALED)
    sealed = cast(Sealed, Sealed.force_type(response))
    sealed.lifetime = lifetime
    return sealed


def lifetime(public: bool, for_ever: bool = False) -> str:
    """What caches may do: private data stay with the reader; only a public version's file is kept."""
    if not public:
        return "private, no-store"
    return "public, max-age=31536000, immutable" if for_ever else "public, no-cache"


def sent(version: Version, name: str, lifetime: str, download_name: str = "") -> Response:
    """A version's file with its SHA-256 as ETag; parts (Range) and unchanged copies (304) are answered."""
    written = next((item for item in version.files if item["name"] == name), None)
    path: Path = files.folder(version.source, version.generation) / name
    if written is None or not path.is_file():
        tk.abort(404, tk._("No such file."))
    response = send_file(
        path,
        mimetype=KINDS.get(name.rsplit(".", 1)[-1], KINDS["csv"]),
        as_attachment=True,
        download_name=download_name or name,
        conditional=True,
        etag=written["sha256"],
        last_modified=version.created.replace(microsecond=0),
    )
    response.headers["X-Participation-Generation"] = str(version.generation)
    return closed(response, lifetime)
