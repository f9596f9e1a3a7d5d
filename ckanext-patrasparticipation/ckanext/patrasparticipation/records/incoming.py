"""The values that records come in, and what became of each: shared by spreadsheets and sources."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

CREATED, UPDATED, UNCHANGED, DRAFT, REFUSED, LEFT = (
    "created", "updated", "unchanged", "draft", "refused", "left",
)  # fmt: skip
"""``draft``: created or updated, and required fields are missing. ``left``: deleted here, and stays so."""
OUTCOMES = (CREATED, UPDATED, UNCHANGED, DRAFT, REFUSED, LEFT)


@dataclass(frozen=True)
class Incoming:
    """One record as it was given.

    Args:
        number: its place in the file or the answer, from 0.
        values: fields of the record type as ``package_create`` takes them; ``None`` is “said to be empty”,
            and a field that is not there is not spoken of.
        errors: what of it could not be read, field → messages: such a record is refused.
        line: the row of a sheet that it stands in, from 1; 0 where there is no sheet.
    """

    number: int
    values: Mapping[str, Any]
    errors: Mapping[str, Any] = field(default_factory=dict)
    line: int = 0

    @property
    def place(self) -> int:
        """Where who gave it finds it: its row, or its place in the answer, from 1."""
        return self.line or self.number + 1


@dataclass
class Outcome:
    """What became of one record.

    Args:
        errors: of a refused one, field → messages, as CKAN gives them.
        missing: the required fields a draft lacks.
        kept: fields that were said otherwise, and stayed because a person had edited them.
        before: of an updated one, the fields as they were.
        modified: the record's own moment of change after the write (UTC, naive as CKAN keeps it).
    """

    number: int
    what: str = UNCHANGED
    package_id: str | None = None
    title: str = ""
    errors: Mapping[str, Any] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    before: Mapping[str, Any] | None = None
    modified: datetime | None = None

    @property
    def wrote(self) -> bool:
        """Whether the catalogue differs now."""
        return self.what in (CREATED, UPDATED, DRAFT)


Kept = Callable[[Sequence[Outcome]], None]
"""Told of outcomes inside the transaction that makes them true, before it is committed."""


def _nothing(outcomes: Sequence[Outcome]) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True)
class Wish:
    """How records are meant to be written.

    Args:
        type: the record type.
        owner_org: id of the organisation that publishes them.
        user: the name of who acts; permissions are his.
        fetched_at: when what is written was said, aware.
        trusted: the engine acts for the site: no permission is asked (sources), and a record that a person
            deleted stays deleted.
        source: name of the YAML source, if one.
        place: where the ids of the source count: see ``identity.place``.
        import_id: the import, if one.
        overwrite: write over what a person edited, too.
        dry_run: check only; nothing is written.
        kept: see ``Kept``.
    """

    type: str
    owner_org: str
    user: str
    fetched_at: datetime
    trusted: bool = False
    source: str | None = None
    place: str = ""
    import_id: str | None = None
    overwrite: bool = False
    dry_run: bool = False
    kept: Kept = _nothing


def is_empty(value: Any) -> bool:
    """Nothing was said."""
    return value is None or value in ("", [], {})


def plain(value: Any) -> Any:
    """A value in a form that equals itself after a round through CKAN: empty parts gone, scalars as text."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items() if not is_empty(one)}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value if not is_empty(one)]
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: ""}[value]
    return str(value).strip()


def digest(value: Any) -> str:
    """A short mark of a value: equal values have equal marks."""
    text = json.dumps(plain(value), sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
