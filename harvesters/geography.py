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
            self.places[item.name] = self._found(rule, raw)
        return replace(rule, place=self.places[item.name])

    def _found(self, rule: Rule, raw: pl.DataFrame) -> Place:
        if crs := rule.field.options.get("crs"):
            return Place(self.areas.box, crs)
        x, y = position.numbers(rule) if rule.field.converter == "point" else shapes.corners(rule)
        pair = raw.select(x=x, y=y)
        return recognise(pair["x"], pair["y"], self.areas.box, self.labelled)

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
