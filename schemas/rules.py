"""The rules of a fixed table, from its file: each names columns that are there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from .definitions import Check, Counts, Plausible
from .errors import InvalidDefinition, Problem

Content = Mapping[str, Any]
NOT_COLUMNS = ("kind", "codes", "field", "partly")
"""Keys of a check that name no column."""


def build_checks(content: Content, names: Collection[str], file: str) -> tuple[Check, ...]:
    """The checks of a feed; a key that is made of columns brings the rule that they tell rows apart.

    Raises:
        InvalidDefinition: a check names a column that is not there, or stands in a feed that is not fixed.
    """
    if not content.get("fixed") and (stray := {"checks", "counts", "key_of", "plausible"} & content.keys()):
        raise InvalidDefinition([Problem(file, sorted(stray)[0], "only with `fixed: true`")])
    written = [*content.get("checks", ())]
    if "key_of" in content:
        written.insert(0, {"kind": "unique", "columns": content["key_of"]})
    for number, check in enumerate(written):
        _known(_columns(check), names, f"checks/{number}", file)
    return tuple(
        Check(check["kind"], {key: value for key, value in check.items() if key != "kind"})
        for check in written
    )


def build_counts(content: Content, names: Collection[str], file: str) -> Counts | None:
    """What counts people in a feed.

    Raises:
        InvalidDefinition: it names a column that is not there.
    """
    written = content.get("counts")
    if written is None:
        return None
    given = [
        *written["columns"],
        *written["by"],
        written["flag"],
        *written.get("within", ()),
        *written.get("totals", {}),
    ]
    _known(given, names, "counts", file)
    return Counts(
        columns=tuple(written["columns"]),
        by=tuple(written["by"]),
        flag=written["flag"],
        within=tuple(written.get("within", ())),
        least=written.get("least", 5),
        totals={name: tuple(codes) for name, codes in written.get("totals", {}).items()},
    )


def build_plausible(content: Content, names: Collection[str], file: str) -> Plausible | None:
    """The series in a feed.

    Raises:
        InvalidDefinition: it names a column that is not there.
    """
    written = content.get("plausible")
    if written is None:
        return None
    within = tuple(written.get("within", ()))
    _known([written["value"], written["by"], written["flag"], *within], names, "plausible", file)
    return Plausible(written["value"], written["by"], written["flag"], within)


def _columns(check: Content) -> Iterator[str]:
    for key, value in check.items():
        if key not in NOT_COLUMNS:
            yield from [value] if isinstance(value, str) else value


def _known(given: Collection[str] | Iterator[str], names: Collection[str], place: str, file: str) -> None:
    for name in given:
        if name not in names:
            raise InvalidDefinition(
                [Problem(file, place, f"{name!r} is not a column; there are: {', '.join(names)}")]
            )
