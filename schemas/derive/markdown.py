"""Write one definition as a Markdown page: a feed, a record type, a vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..definitions import Column, Feed, Vocabulary

MADE = "<!-- Made from the definitions by `make docs`; change those, not this page. -->\n"
PARTS = {"dataset_fields": "Dataset", "resource_fields": "Files", "fields": "Fields"}


def feed_page(feed: Feed) -> str:
    """What a table holds: its columns, their rules, and the labels of their codes."""
    geometry = {"point": "a point (`lon`, `lat`)", "area": "an area (`geometry`)", None: "none"}[
        feed.geometry
    ]
    facts = [f"Key: `{feed.key}`. Position: {geometry}."]
    if feed.based_on:
        facts.append(f"Follows <{feed.based_on}>.")
    facts += _rules(feed)
    rows = [
        (f"`{c.name}`", c.type, c.unit or "", f"{c.label['el']}. {c.about['el']}", c.about["en"], _rule(c))
        for c in feed.columns
    ]
    columns = _table(("Column", "Type", "Unit", "Ελληνικά", "English", "Rule"), rows)
    codes = [_choices(column) for column in feed.columns if column.choices]
    head = _head(feed.label, feed.name, (feed.about["el"], feed.about["en"], " ".join(facts)))
    return "\n".join([head, "## Columns\n", columns, *codes])


def _rules(feed: Feed) -> list[str]:
    """What is asked of a table with fixed columns as a whole."""
    said = ["A file with any other column is refused."] if feed.fixed else []
    for check in feed.checks:
        options = "; ".join(f"{key} {_names(value)}" for key, value in check.options.items())
        said.append(f"Rule `{check.kind}`: {options}.")
    if feed.counts:
        counted = _names(feed.counts.columns)
        said.append(f"Counts people: {counted}; no number from 1 to {feed.counts.least - 1} is published.")
    if series := feed.plausible:
        said.append(f"Marks `{series.flag}` where `{series.value}` leaves its series and comes back.")
    return said


def _names(value: Any) -> str:
    """A name, or several, as code."""
    return ", ".join(f"`{one}`" for one in ([value] if isinstance(value, (str, bool)) else value))


def _rule(column: Column) -> str:
    parts = [
        "required" if column.required else "",
        "unique" if column.unique else "",
        f"≥ {column.minimum}" if column.minimum is not None else "",
        f"≤ {column.maximum}" if column.maximum is not None else "",
        f"`{column.pattern}`" if column.pattern else "",
        f"at most {column.max_length} letters" if column.max_length else "",
        "a code (below)" if column.choices else "",
        "indexed" if column.index else "",
        "searched" if column.search else "",
        f"as `{column.based_on}`" if column.based_on else "",
    ]
    return "; ".join(part for part in parts if part)


def _choices(column: Column) -> str:
    rows = [(f"`{choice.code}`", choice.label["el"], choice.label["en"]) for choice in column.choices]
    return f"\n## Codes of `{column.name}`\n\n" + _table(("Code", "Ελληνικά", "English"), rows)


def type_page(name: str, definition: Mapping[str, Any]) -> str:
    """What a record of this type says: its fields, in the order of the form."""
    parts = [MADE, f"# `{name}`\n", f"{definition['about']} See <{definition['about_url']}>.\n"]
    for part, title in PARTS.items():
        if part in definition:
            parts += [f"## {title}\n", _table(_FIELD_HEAD, [_field(field) for field in definition[part]])]
    return "\n".join(parts)


_FIELD_HEAD = ("Field", "Ελληνικά", "English", "Values", "Required", "RDF")


def _field(field: Mapping[str, Any]) -> tuple[str, ...]:
    label, text = field["label"], field.get("help_text", {})
    values = field.get("vocabulary", "")
    return (
        f"`{field['field_name']}`",
        f"{label['el']}. {text.get('el', '')}".strip(),
        f"{label['en']}. {text.get('en', '')}".strip(),
        f"[{values}](../vocabularies/{values}.md)" if values else "",
        "yes" if field.get("required") else "",
        f"`{field['rdf']}`" if "rdf" in field else "",
    )


def vocabulary_page(vocabulary: Vocabulary) -> str:
    """The codes of a closed list."""
    facts = (f"Authority table: <{vocabulary.uri}>.",) if vocabulary.uri else ()
    rows = [
        (
            f"`{t.code}`",
            t.label["el"],
            t.label["en"],
            f"<{t.uri}>" if t.uri else "",
            _attributes(t.attributes),
        )
        for t in vocabulary.terms
    ]
    table = _table(("Code", "Ελληνικά", "English", "URI", "Attributes"), rows)
    return "\n".join([_head(vocabulary.label, vocabulary.name, facts), table])


def _attributes(attributes: Mapping[str, str]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in attributes.items())


def _head(label: Mapping[str, str], name: str, facts: Iterable[str]) -> str:
    return "\n".join(
        [MADE, f"# {label['el']} / {label['en']} (`{name}`)\n", *(f"{fact}\n" for fact in facts)]
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a bar inside a cell is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    cells = ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]
    return "\n".join(cells) + "\n"
