"""Work out positions, outlines and areas of a batch before it is mapped, as hidden columns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import polars as pl

from .areas import Areas
from .convert import position, shapes
from .convert.core import Rule, hidden
from .definitions import Source
from .errors import DefinitionError
from .places import Place, recognise

SHIFT = (0.00164, 0.00263)
"""Degrees from GGRS87 to WGS 84 around Patras."""
ENOUGH_POINTS = 50
GAIN = 0.02
"""Share of the positions that must move onto the polygons before it is told."""


@dataclass
class Geography:
    """The places of one load. Coordinate systems are recognised in the first batch and then stand."""

    source: Source
    areas: Areas
    labelled: str | None = None  # the coordinate system that the file names
    strict: bool = True  # an area without layers is an error
    places: dict[str, Place] = field(default_factory=dict)

    def place(self, rule: Rule, raw: pl.DataFrame) -> Rule:
        """The rule with the place of its field.

        Raises:
            SourceChanged: ``choose_crs``.
        """
        item = rule.field
        if item.converter not in ("point", "geometry"):
            return rule
        if item.name not in self.places:
            found = self._found(rule, raw)
            self.places[item.name] = replace(found, box=None) if item.options.get("anywhere") else found
        return replace(rule, place=self.places[item.name])

    def _found(self, rule: Rule, raw: pl.DataFrame) -> Place:
        if crs := rule.field.options.get("crs"):
            return Place(self.areas.box, crs, bool(rule.field.options.get("swapped")))
        pair = position.numbers(rule, raw) if rule.field.converter == "point" else shapes.corners(rule, raw)
        return recognise(pair["x"], pair["y"], self.areas.box, self.labelled)

    def shifted(self, rows: pl.DataFrame) -> bool:
        """Whether clearly more of these positions fall on the city's polygons once they are moved by the
        325 metres between GGRS87 and WGS 84: then they were sold under the wrong name.
        """
        point = next((item.outputs for item in self.source.fields if item.converter == "point"), None)
        layer = next(iter(self.areas.layers.values()), None)
        if point is None or layer is None:
            return False
        lon, lat = (rows[name].drop_nulls() for name in point)
        if lon.len() < ENOUGH_POINTS:
            return False
        moved = layer.locate(lon + SHIFT[0], lat + SHIFT[1]).null_count()
        return layer.locate(lon, lat).null_count() - moved > GAIN * lon.len()

    def prepare(self, rules: list[Rule], raw: pl.DataFrame) -> pl.DataFrame:
        """The batch with the hidden columns that the converters of places read.

        Raises:
            DefinitionError: ``no_layer``, or an ``area`` in a source without a point.
        """
        for rule in rules:
            if rule.field.converter == "point":
                raw = position.prepare(rule, raw)
            elif rule.field.converter == "geometry":
                raw = shapes.prepare(rule, raw)
        point = next((rule.field.name for rule in rules if rule.field.converter == "point"), None)
        for rule in rules:
            if rule.field.converter == "area":
                raw = self._area(rule, raw, point)
        return raw

    def _area(self, rule: Rule, raw: pl.DataFrame, point: str | None) -> pl.DataFrame:
        name, layers = rule.field.options.get("layer", rule.field.name), self.areas.layers
        file = self.source.file or self.source.name
        if point is None:
            raise DefinitionError("no_point", file=file, key=rule.field.name)
        if not layers and not self.strict:
            return raw.with_columns(pl.lit(None, pl.String).alias(hidden(rule.field.name, "code")))
        if name not in layers:
            raise DefinitionError("no_layer", file=file, value=name, allowed=sorted(layers))
        return shapes.prepare_area(rule, raw, point, layers[name])
