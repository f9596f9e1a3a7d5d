"""Write the definition: reader, columns and fields in the words of a source YAML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..definitions import MISSING
from .drafts import Draft
from .fit import Fit
from .keys import MADE
from .positions import Position
from .profile import Profile

FEW = 50
"""Different values up to which a column of text is an index."""
TEXT_INDEXES, DAY_INDEXES = 3, 1
PLACE = (
    {
        "name": "lon",
        "type": "number",
        "label": {"el": "Γεωγραφικό μήκος", "en": "Longitude"},
        "about": {
            "el": "Μοίρες ανατολικά του Γκρίνουιτς (WGS 84).",
            "en": "Degrees east of Greenwich (WGS 84).",
        },
        "unit": "deg",
    },
    {
        "name": "lat",
        "type": "number",
        "label": {"el": "Γεωγραφικό πλάτος", "en": "Latitude"},
        "about": {
            "el": "Μοίρες βόρεια του ισημερινού (WGS 84).",
            "en": "Degrees north of the equator (WGS 84).",
        },
        "unit": "deg",
    },
)
OUTLINE = {
    "name": "geometry",
    "type": "geometry",
    "label": {"el": "Σχήμα", "en": "Geometry"},
    "about": {
        "el": "Το σχήμα στον χάρτη (GeoJSON, WGS 84).",
        "en": "The outline on the map (GeoJSON, WGS 84).",
    },
}
ROW_KEY = {
    "name": MADE,
    "type": "text",
    "label": {"el": "Κλειδί γραμμής", "en": "Row key"},
    "about": {
        "el": "Υπολογίζεται από τις τιμές της γραμμής, ώστε κάθε γραμμή να ξεχωρίζει από τις άλλες.",
        "en": "Worked out from the values of the row, so that each row can be told from the others.",
    },
    "required": True,
    "unique": True,
}


def reader(kind: str, path: str, options: Mapping[str, Any], drafts: Sequence[Draft]) -> dict[str, Any]:
    """The reader with the pinned choices; further words for “nothing” stand beside the usual ones."""
    more = [word for item in drafts if item.used for word in item.verdict.nothing]
    words = {"missing": list(dict.fromkeys((*MISSING, *more)))} if more else {}
    return {"type": kind, "path": path, **options, **words}


def table(drafts: Sequence[Draft], position: Position | None, key: str) -> dict[str, Any]:
    """``feed``, ``columns``, ``key``, ``fields``, ``ignore`` and ``duplicates`` of a table."""
    used = [item for item in drafts if item.used]
    indexed = _indexed(used)
    columns = [_column(item, key, item.name in indexed) for item in used]
    fields = {item.name: _field(item) for item in used}
    others = [str(column["name"]) for column in columns]
    if position:
        fields["position" if position.converter == "point" else "geometry"] = position.field
        columns += [dict(item) for item in (PLACE if position.converter == "point" else (OUTLINE,))]
        others += ["geometry"] if position.converter == "geometry" else []
    if key == MADE:
        columns.append(dict(ROW_KEY))
        fields[MADE] = {"as": "id", "prefix": "ROW", "of": others}
    return {
        "feed": "table",
        "columns": columns,
        "key": key,
        "fields": fields,
        "ignore": [item.raw for item in drafts if item.skip],
        "duplicates": "keep" if key == MADE else "reject",
    }


def unsearched(content: dict[str, Any]) -> dict[str, Any]:
    """The same without search for words, for a table too long to be looked at whole.

    The words of one column of a million rows cost more than everything else of a publication twice over.
    """
    columns = [
        {name: value for name, value in column.items() if name != "search"}
        for column in content.get("columns", ())
    ]
    return {**content, "columns": columns} if columns else content


def known(fit: Fit, drafts: Sequence[Draft]) -> dict[str, Any]:
    """The same for a feed that the catalogue knows; columns that it does not have are left out."""
    fields, feed = dict(fit.fields), fit.feed
    made = feed.key not in fit.matched.values()
    if made:
        prefix = "".join(word[0] for word in feed.name.split("_"))[:6].upper()
        of = [name for name in fields if name not in ("position", feed.key)]
        fields = {feed.key: {"as": "id", "prefix": prefix, "of": of}, **fields}
    return {
        "feed": feed.name,
        "fields": fields,
        "ignore": [item.raw for item in drafts if item.raw not in fit.matched],
        "duplicates": "keep" if made else "reject",
    }


def _field(item: Draft) -> dict[str, Any]:
    return {"from": item.raw, "as": item.verdict.type, **item.verdict.options}


def _column(item: Draft, key: str, index: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": item.name,
        "type": item.verdict.type,
        "label": dict(item.label),
        "about": dict(item.about),
    }
    if item.unit:
        found["unit"] = item.unit
    if item.name == key:
        found |= {"required": True, "unique": True}
    if index:
        found["index"] = True
    if item.verdict.type == "text":
        found["search"] = True
    return found


def _indexed(used: Sequence[Draft]) -> set[str]:
    """The columns that carry an index: a few with a closed set of words, and the first day."""
    words = [item.name for item in used if item.verdict.type == "text" and _closed(item.profile)]
    days = [item.name for item in used if item.verdict.type == "date"]
    return {*words[:TEXT_INDEXES], *days[:DAY_INDEXES]}


def _closed(found: Profile) -> bool:
    return 1 < found.distinct <= FEW and found.distinct * 2 <= found.filled
