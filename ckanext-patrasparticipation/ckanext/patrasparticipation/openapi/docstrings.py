"""Read what an action's docstring says, in our way of writing it and in CKAN's."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

SECTION = re.compile(r"^(Args|Returns|Raises|Source|Example|Examples|Note):\s*$")
ARGUMENT = re.compile(r"^ {4}(\w+(?:, \w+)*)(?: \(([^)]*)\))?: (.*)$")
FIELD = re.compile(r"^:(param|type|returns|rtype|raises)(?:\s+([^:]+))?:\s*(.*)$")
RESULTS = re.compile(r"^\*\*Results?:\*\*$")
MARKUP = (
    (re.compile(r"`([^`<]+?)\s*<([^>]+)>`_"), r"[\1](\2)"),  # a link
    (re.compile(r"(?<!`)`([^`<]+)`_\b"), r"\1"),
    (re.compile(r"^\.\. _.*$", re.MULTILINE), ""),
    (re.compile(r"[ ]*::$", re.MULTILINE), ":"),
)
"""What reStructuredText writes otherwise than Markdown does."""
ROLE = re.compile(r":(?:py:)?\w+:`~?([^`<]+?)(?:\s*<[^>]*>)?`")
TYPES = {
    "array": re.compile(r"\blists?\b|\btuple\b", re.IGNORECASE),
    "object": re.compile(r"\bdict(?:ionary|ionaries|s)?\b|\bobject\b|\bJSON\b", re.IGNORECASE),
    "boolean": re.compile(r"\bbool(?:ean)?\b", re.IGNORECASE),
    "integer": re.compile(r"\bint(?:eger)?\b", re.IGNORECASE),
    "number": re.compile(r"\bfloat\b|\bnumber\b", re.IGNORECASE),
    "string": re.compile(r"\bstr(?:ing)?s?\b|\btext\b|\bunicode\b|\bdate\b", re.IGNORECASE),
}


@dataclass
class Told:
    """A docstring in parts; ``parameters`` are name -> (type as it is written, sentence)."""

    text: str = ""
    parameters: dict[str, tuple[str, str]] = field(default_factory=dict)
    returns: str = ""
    raises: str = ""

    @property
    def summary(self) -> str:
        """The first sentence, on one line."""
        first = " ".join(self.text.split("\n\n", maxsplit=1)[0].split())
        return re.split(r"(?<=[.;:])\s", first, maxsplit=1)[0].rstrip(".;:")


def read(docstring: str | None) -> Told:
    """The parts of a docstring."""
    text = ROLE.sub(r"``\1``", docstring or "")
    for mark, instead in MARKUP:
        text = mark.sub(instead, text)
    lines = inspect.cleandoc(text).splitlines()
    return _fields(lines) if any(FIELD.match(line) for line in lines) else _sections(lines)


def _sections(lines: list[str]) -> Told:
    """Ours: ``Args:``, ``Returns:``, ``Raises:``."""
    told, now = Told(), ""
    parts: dict[str, list[str]] = {"": []}
    for line in lines:
        if heading := SECTION.match(line):
            now = heading[1]
            parts.setdefault(now, [])
        else:
            parts[now].append(line)
    told.text = "\n".join(parts[""]).strip()
    told.returns = inspect.cleandoc("\n".join(["", *parts.get("Returns", [])])).strip()
    told.raises = inspect.cleandoc("\n".join(["", *parts.get("Raises", [])])).strip()
    names: list[str] = []
    for line in parts.get("Args", []):
        if found := ARGUMENT.match(line):
            names = found[1].split(", ")
            told.parameters |= dict.fromkeys(names, (found[2] or "", found[3]))
        else:
            for name in names:
                kind, text = told.parameters[name]
                told.parameters[name] = (kind, f"{text} {line.strip()}".strip())
    return told


def _fields(lines: list[str]) -> Told:
    """CKAN's: ``:param name:``, ``:type name:``, ``:returns:``."""
    told = Told()
    text: list[str] = []
    for what, name, said in _blocks(lines, text):
        if what == "param":
            kind = told.parameters.get(name.split()[-1], ("", ""))[0]
            told.parameters[name.split()[-1]] = (kind, said)
        elif what == "type":
            told.parameters[name] = (said, told.parameters.get(name, ("", ""))[1])
        elif what in ("returns", "result"):
            told.returns = f"{told.returns}\n{said}".strip()
        elif what == "raises":
            told.raises = said
    told.parameters.pop("", None)  # CKAN has a ``:type`` without a name
    told.text = "\n".join(text).strip()
    return told


def _blocks(lines: list[str], text: list[str]) -> Iterator[tuple[str, str, str]]:
    """Each field with its continuation as ``(what, name, sentence)``; what is no field goes into ``text``.

    The DataStore describes its answer by ``:param`` as well, under a heading of its own.
    """
    blocks: list[tuple[str, str, list[str]]] = []
    now: list[str] | None = None
    in_results = False
    for line in lines:
        if found := FIELD.match(line):
            now = [found[3]]
            name = (found[2] or "").strip()
            as_result = in_results and found[1] in ("param", "type")
            blocks.append((f"result {found[1]}" if as_result else found[1], name, now))
        elif now is None or (line and not line[0].isspace()):
            now = None
            in_results = in_results or bool(RESULTS.match(line))
            text.append(line)
        else:
            now.append(line.strip())
    for what, name, words in blocks:
        said = " ".join(" ".join(words).split())
        yield ("result", name, f"- `{name}`: {said}") if what == "result param" else (what, name, said)


def schema(kind: str) -> dict[str, Any]:
    """The JSON type that words like ``list of strings`` name; nothing where they name none.

    Of ``str or dict`` the first counts; ``dict or list`` is both, as JSON.
    """
    first, _or, other = kind.partition(" or ")
    if other and (said := schema(first)):
        both = [said["type"], schema(other).get("type")]
        return {"type": both} if both == ["object", "array"] else said
    found = next((name for name, words in TYPES.items() if words.search(kind)), None)
    if found == "array":
        inner = schema(TYPES["array"].sub("", kind))
        return {"type": "array", "items": inner}
    return {"type": found} if found else {}


def is_optional(kind: str, text: str) -> bool:
    """Whether the words say that the parameter may be left out."""
    return bool(re.search(r"optional|default|if given|deprecated", f"{kind} {text}", re.IGNORECASE))
