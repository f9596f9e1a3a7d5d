"""Turn the content of a source YAML into a ``Source``, and refuse what the feed does not have."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from .aggregate.build import build as build_aggregate
from .definitions import About, Example, Expect, Field, Reader, Source
from .errors import DefinitionError
from .readers.remote import check as check_reader

if TYPE_CHECKING:
    from ..schemas.definitions import Feed, Text

Content = Mapping[str, Any]
MakeTable = Callable[[Sequence[Content], "Text", "Text", str], "Feed"]
"""Makes the feed of a ``table`` from the columns that its source declares: ``schemas.load.table_feed``."""

SCHEMA_KEYS = ("reader", "fields", "duplicates")
_USUAL = ("reject", "keep")
"""What equal rows mean where nothing is said: in sums, each is one more."""
K = 5
"""The smallest number of people that any table shows."""


def build_source(
    content: Content,
    file: str,
    feeds: Mapping[str, Feed],
    table: MakeTable | None = None,
    origin: str | None = None,
    records: Mapping[str, Feed] | None = None,
) -> Source:
    """A source from content that the schema accepts; ``records`` has the columns of each record type.

    Raises:
        DefinitionError: an unknown feed, a column that the feed does not have or that is given twice, a
            required column that no field gives.
    """
    feed = _record(content, file, records or {}) or _feed(content, file, feeds, table)
    duplicates, count_into = _duplicates(content.get("duplicates", _USUAL["aggregate" in content]))
    fields = tuple(_field(name, options) for name, options in content["fields"].items())
    source = Source(
        name=content["name"],
        feed=feed,
        about=_about(content["about"]),
        reader=Reader(content["reader"]["type"], content["reader"]),
        fields=fields,
        ignore=frozenset(content.get("ignore", ())),
        expect=_expect(content["expect"]),
        examples=tuple(Example(**example) for example in content["examples"]),
        duplicates=duplicates,
        count_into=count_into,
        schedule=content.get("schedule"),
        file=origin,
        schema_hash=_schema_hash(content, feed),
        guarded=content.get("guarded", feed.fixed and "aggregate" not in content),
        records=content.get("record"),
        absent=content.get("absent", "mark"),
        aggregate=build_aggregate(content.get("aggregate"), fields, feed, file),
        **_numbers(content, feed),
    )
    _check_columns(source.of_rows, file)
    _check_given(source, file)
    check_reader(source, file)
    for item in source.fields:
        _check_zone(item, file)
    return source


def _record(content: Content, file: str, records: Mapping[str, Feed]) -> Feed | None:
    """The columns of the record type whose records the rows are; nothing where they fill a table."""
    if "record" not in content:
        if "absent" in content:
            raise DefinitionError("unknown_key", file=file, key="absent", allowed="record")
        return None
    if stray := [key for key in ("columns", "key", "aggregate") if key in content]:
        raise DefinitionError("unknown_key", file=file, key=stray[0], allowed="feed")
    if "aggregate" in content:
        raise DefinitionError("unknown_key", file=file, key="aggregate", allowed="feed")
    if content["record"] not in records:
        raise DefinitionError("unknown_record", file=file, value=content["record"], allowed=sorted(records))
    return records[content["record"]]


def _feed(content: Content, file: str, feeds: Mapping[str, Feed], table: MakeTable | None) -> Feed:
    name = content["feed"]
    if name == "table" and table:
        return _table(content, file, table)
    if stray := [key for key in ("columns", "key") if key in content]:
        raise DefinitionError("unknown_key", file=file, key=stray[0], allowed="feed: table")
    if name not in feeds:
        allowed = sorted(feeds) + (["table"] if table else [])
        raise DefinitionError("unknown_feed", file=file, value=name, allowed=allowed)
    return feeds[name]


def _table(content: Content, file: str, table: MakeTable) -> Feed:
    for key in ("columns", "key"):
        if key not in content:
            raise DefinitionError("missing_key", file=file, key=key)
    title = content["about"]["title"]
    try:
        return table(content["columns"], title, content["about"].get("notes", title), content["key"])
    except ValueError as error:  # the schemas' word for a column that is not sound
        raise DefinitionError("not_yaml", file=file, problem=str(error)) from error


def _about(content: Content) -> About:
    return About(**{**content, "tags": tuple(content.get("tags", ()))})


def _expect(content: Content) -> Expect:
    rest = {key: value for key, value in content.items() if key not in ("rows", "columns")}
    rows = content["rows"]
    return Expect(rows["min"], rows["max"], columns=tuple(content.get("columns", ())), **rest)


def _duplicates(value: str | Content) -> tuple[str, str | None]:
    return (value, None) if isinstance(value, str) else ("count_into", value["count_into"])


def _field(name: str, options: Content) -> Field:
    raw = options.get("from", ())
    inputs = (raw,) if isinstance(raw, str) else tuple(raw)
    inputs += (options["zero_beside"],) if "zero_beside" in options else ()
    default = ("lon", "lat") if options["as"] == "point" else (name,)
    rest = {key: value for key, value in options.items() if key not in ("as", "from", "into", "optional")}
    outputs = tuple(options.get("into", default))
    return Field(name, options["as"], inputs, outputs, rest, options.get("optional", False))


def _numbers(content: Content, feed: Feed) -> dict[str, Any]:
    """How small a number of people may be, whether smaller ones are hidden, and what the record states."""
    said = content.get("small_numbers", {})
    least = feed.counts.least if feed.counts else 0
    k = max(said.get("k", K), least, K)
    return {"k": k, "hide_small": said.get("hide", False), "record": dict(content.get("record_says", {}))}


def _schema_hash(content: Content, feed: Feed) -> str:
    """What decides how rows look: when it changes, the next run publishes though the bytes are equal."""
    parts = {key: content.get(key) for key in SCHEMA_KEYS}
    if content.get("guarded"):  # a source that becomes guarded is looked at though its bytes are equal
        parts["guarded"] = True
    if "aggregate" in content:
        parts["aggregate"] = content["aggregate"]
    if feed.counts:  # so is one whose smallest number changes
        numbers = _numbers(content, feed)
        parts["small_numbers"] = [numbers["k"], numbers["hide_small"]]
    text = json.dumps([parts, repr(feed)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _check_columns(source: Source, file: str) -> None:
    """Every output is a column of the feed, once."""
    feed, names = source.feed, {column.name for column in source.feed.columns}
    for item in source.fields:
        _known((*item.outputs, *item.options.get("of", ())), names, item.name, file, feed)
    if source.count_into:
        _known((source.count_into,), names, "duplicates.count_into", file, feed)
    given = Counter(output for item in source.fields for output in item.outputs)
    given.update([source.count_into] if source.count_into else [])
    if twice := [name for name, times in given.items() if times > 1]:
        raise DefinitionError("column_twice", file=file, value=twice[0])
    if both := source.ignore & source.mapped:
        raise DefinitionError("mapped_and_ignored", file=file, value=sorted(both)[0])


def _check_given(source: Source, file: str) -> None:
    """Every required column of the feed is given: by a field, or by the sums, which make their own key."""
    feed, sums = source.feed, source.aggregate
    given = {output for item in source.fields for output in item.outputs} | {source.count_into}
    if sums:
        given = {*sums.given, feed.key}
    for column in feed.columns:
        if column.required and column.name not in given:
            raise DefinitionError("required_column_unmapped", file=file, value=column.name, feed=feed.name)
    if sums and not any(isinstance(example.given, (list, tuple)) for example in source.examples):
        raise DefinitionError("sums_without_example", file=file)


def _check_zone(item: Field, file: str) -> None:
    zone = item.options.get("zone")
    if zone is not None and zone not in available_timezones():
        key = f"fields.{item.name}.zone"
        raise DefinitionError("wrong_value", file=file, key=key, value=zone, allowed="Europe/Athens, UTC, …")


def _known(columns: Iterable[str], names: set[str], key: str, file: str, feed: Feed) -> None:
    for name in columns:
        if name not in names:
            raise DefinitionError(
                "unknown_column", file=file, key=key, value=name, feed=feed.name, allowed=sorted(names)
            )
