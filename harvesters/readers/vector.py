"""Read geographic files (Shapefile, GeoPackage, KML, KMZ; zipped too), a part at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyogrio
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from ..errors import SourceChanged
from . import dbf
from .geofile import opened
from .header import unique
from .raw import BATCH, ROW, Asked, Raw

GEOMETRY = "geometry"
DRIVERS = {"ESRI Shapefile", "GPKG", "KML", "LIBKML"}
WHOLE = 1e15

pyogrio.set_gdal_config_options({"CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none", "GDAL_HTTP_MAX_RETRY": "0"})


@dataclass(frozen=True)
class Part:
    """What is read: a file, a layer of it, and the encoding of its texts (``None``: as the file says)."""

    path: Path
    layer: str
    encoding: str | None


def read(asked: Asked, folder: Path) -> Raw:
    """Batches of one layer: attributes as text, ``geometry`` as GeoJSON in the file's coordinates.

    ``choices["crs"]`` is the coordinate system that the file names. A DBF without ``.cpg`` and without a
    telling language byte is read in the Greek encoding that its letters show.

    Raises:
        SourceChanged: ``not_table``, ``choose_member``, ``choose_layer``, ``unsafe_archive``,
            ``too_many_columns``.
        SourceUnavailable: ``truncated``.
    """
    path = opened(asked, folder)
    part = Part(path, _layer(path, asked.options.get("layer")), _encoding(path, asked))
    info = _info(part)
    choices = {"layer": part.layer, "encoding": part.encoding or str(info["encoding"])}
    choices |= {"crs": _crs(info["crs"])} if info["crs"] else {}
    names = unique(list(info["fields"]), choices)
    return Raw(_batches(part, info["features"], names), choices)


def layers(asked: Asked, folder: Path) -> dict[str, int]:
    """The layers of a geographic file, each with the number of its features.

    Raises:
        SourceChanged: ``not_table``, ``choose_member``, ``unsafe_archive``.
    """
    path = opened(asked, folder)
    names = _layers(path)
    if len(names) == 1:
        return {names[0]: 1}
    return {name: pyogrio.read_info(path, layer=name, force_feature_count=True)["features"] for name in names}


def _layers(path: Path) -> list[str]:
    try:
        return [str(name) for name, _ in pyogrio.list_layers(path)]
    except pyogrio.errors.DataSourceError as error:
        raise SourceChanged("not_table", problem=str(error)) from error


def _layer(path: Path, asked: str | None) -> str:
    names = _layers(path)
    if asked is None and len(names) == 1:
        return names[0]
    if asked not in names:
        raise SourceChanged("choose_layer", found=names)
    return str(asked)


def _encoding(path: Path, asked: Asked) -> str | None:
    if path.suffix.lower() != ".shp":
        return None
    return asked.options.get("encoding") or dbf.encoding(path)


def _info(part: Part) -> dict[str, Any]:
    info: dict[str, Any] = pyogrio.read_info(part.path, layer=part.layer, encoding=part.encoding)
    if info["driver"] not in DRIVERS:
        raise SourceChanged("wrong_format", found=info["driver"], wanted=sorted(DRIVERS))
    return info


def _crs(written: str) -> str:
    """``EPSG:2100`` where the file's system is known by a code, else its full text."""
    try:
        code = CRS.from_user_input(written).to_authority(min_confidence=70)
    except CRSError:
        return written
    return ":".join(code) if code else written


def _batches(part: Part, features: int, names: Sequence[str]) -> Iterator[pl.DataFrame]:
    start = 0
    while start < features:
        meta, _, shapes, fields = pyogrio.raw.read(
            part.path, part.layer, encoding=part.encoding, skip_features=start, max_features=BATCH
        )
        columns = [_text(name, values) for name, values in zip(names, fields, strict=True)]
        geometry = shapely.to_geojson(shapely.from_wkb(shapes)) if shapes is not None else None
        count = len(fields[0]) if fields else len(shapes)
        rows = pl.int_range(start + 1, start + count + 1, eager=True).alias(ROW)
        yield pl.DataFrame([rows, *columns, pl.Series(GEOMETRY, geometry, dtype=pl.String)])
        start += count


def _text(name: str, values: Any) -> pl.Series:
    """One attribute as text: whole numbers without a point, missing ones as nothing."""
    if values.dtype.kind == "f":
        whole = np.mod(values, 1) == 0
        texts = [_number(value, is_whole) for value, is_whole in zip(values.tolist(), whole, strict=True)]
        return pl.Series(name, texts, dtype=pl.String)
    if values.dtype.kind == "O":
        texts = [None if value is None else str(value) for value in values]
        return pl.Series(name, texts, dtype=pl.String)
    series = pl.Series(name, values)
    return series.dt.to_string("iso") if series.dtype.is_temporal() else series.cast(pl.String)


def _number(value: float, whole: bool) -> str | None:
    if value != value:  # GDAL's way to say that there is none
        return None
    return str(int(value)) if whole and abs(value) < WHOLE else repr(value)
