"""Give a geographic file the name by which GDAL knows it, unpacked and looked at beforehand."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from ..errors import SourceChanged
from . import archive
from .raw import Asked
from .sniff import sniff

SUFFIX = {"geopackage": ".gpkg", "shapefile": ".shp", "xml": ".kml"}
MAIN = (".shp", ".gpkg", ".kml")
_KML = re.compile(rb"^\s*(<\?xml[^>]*\?>)?\s*(<!--.*?-->\s*)*<(\w+:)?kml\b", re.S)
_UNSAFE = (b"<!DOCTYPE", b"<!ENTITY", b"OGRVRT")
"""What may make a reader of XML open something else, or grow without end."""


def opened(asked: Asked, folder: Path) -> Path:
    """The file under a name by which GDAL knows it; archives are unpacked into ``folder``."""
    kind = sniff(asked.path)
    if kind == "zip":
        return _unpacked(asked.path, asked.options.get("member"), folder)
    if kind == "xml":
        _safe_kml(asked.path)
    copy = folder / f"source{SUFFIX[kind]}"
    copy.unlink(missing_ok=True)
    copy.symlink_to(asked.path.resolve())
    return copy


def _unpacked(path: Path, member: str | None, folder: Path) -> Path:
    """The main file of an archive, with the files that belong to it beside it."""
    names = archive.members(path)
    main = [name for name in names if name.lower().endswith(MAIN) and member in (None, name)]
    if len(main) != 1:
        raise SourceChanged("choose_member", found=names)
    stem = main[0].rsplit(".", 1)[0]
    for name in names:
        if name.rsplit(".", 1)[0].lower() == stem.lower() or name.lower() == f"{stem}.shp.xml".lower():
            archive.extract(path, name, folder)
    found = folder / PurePosixPath(main[0]).name
    if found.suffix.lower() == ".kml":
        _safe_kml(found)
    return found


def _safe_kml(path: Path) -> None:
    content = path.read_bytes()
    if found := next((mark for mark in _UNSAFE if mark in content), None):
        raise SourceChanged("unsafe_content", problem=found.decode())
    if not _KML.search(content[:65536]):
        raise SourceChanged("wrong_format", found="xml", wanted="kml")
