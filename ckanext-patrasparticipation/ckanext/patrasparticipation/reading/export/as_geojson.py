"""GeoJSON, made by PostgreSQL: one feature a line, as in the files of a generation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ckan.plugins import toolkit as tk

from ...feeds import exports
from .errors import Wrong
from .rows import Rows


def write(rows: Rows) -> Iterator[bytes]:
    """The rows as features, in WGS 84; the columns asked for are their properties.

    Raises:
        Wrong: the table says nowhere where its rows are.
    """
    if not rows.layout.geometry:
        expected = tk._("a table with positions; this one has none. Take csv, json or xlsx.")
        raise Wrong("export", "geojson", expected)
    feature = exports.feature(replace(rows.layout, columns=rows.columns))
    return exports.collection(rows.copy(rows.expression(feature), exports.RAW), rows.about)
