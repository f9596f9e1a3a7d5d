"""The columns of an answer in both languages: label, type and unit, from the table's data dictionary."""

from __future__ import annotations

from typing import Any

from . import grouping
from .columns import Column
from .grouping import Group
from .measures import LABELS, Measure
from .question import Question
from .values import MOMENTS

KEEP_UNIT = frozenset({"sum", "min", "max", "mean", "median"})


def fields(question: Question) -> list[dict[str, Any]]:
    """``id type label unit choices`` of each column of the answer, groups first."""
    return [*map(_group, question.groups), *map(_measure, question.measures)]


def label(column: Column) -> dict[str, str]:
    """The column's label by language; its name where the dictionary has none."""
    usual = str(column.info.get("label") or column.name)
    return {lang: str(column.info.get(f"label_{lang}") or usual) for lang in ("el", "en")}


def _group(group: Group) -> dict[str, Any]:
    column = group.column
    told: dict[str, Any] = {"id": group.id, "type": column.type, "label": label(column)}
    if group.part:
        told["type"] = "int4" if group.part == "year" else "text"
        if column.type in MOMENTS:
            told["timezone"] = grouping.zone()
    elif column.info.get("choices"):
        told["choices"] = column.info["choices"]
    return told | {"unit": column.info.get("unit") if not group.part else None}


def _measure(measure: Measure) -> dict[str, Any]:
    names = LABELS[measure.function]
    if measure.column is None:
        return {"id": measure.id, "type": measure.type, "label": names, "unit": None}
    of = label(measure.column)
    unit = measure.column.info.get("unit") if measure.function in KEEP_UNIT else None
    joined = {lang: f"{names[lang]}: {of[lang]}" for lang in names}
    return {"id": measure.id, "type": measure.type, "label": joined, "unit": unit}
