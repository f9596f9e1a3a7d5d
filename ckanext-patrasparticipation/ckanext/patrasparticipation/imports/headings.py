"""Which column a heading names: in Greek or English, with or without accents, or by its machine name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from .columns import KEY, KEY_LABEL, Column

KEYS = (KEY, *KEY_LABEL.values(), "α/α", "αα", "a/a", "#")
CLOSE = 0.7


def folded(text: object) -> str:
    """A heading as it is compared: no case, accents, marks of what is required, or doubled blanks."""
    bare = unicodedata.normalize("NFD", str(text or "").casefold())
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(letters.replace("ς", "σ").replace("*", " ").split()).rstrip(":. ")


class Headings:
    """The columns of one sheet by every heading they may have."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self._there: dict[str, Column | None] = {folded(key): None for key in KEYS}
        self.columns = tuple(columns)
        for column in self.columns:
            for name in _names(column):
                self._there.setdefault(folded(name), column)

    def knows(self, heading: object) -> bool:
        """Whether a heading is one of these."""
        return folded(heading) in self._there

    def column(self, heading: object) -> Column | None:
        """The column; nothing for the one that numbers the rows."""
        return self._there[folded(heading)]

    def closest(self, heading: object, language: str) -> str:
        """The heading that was perhaps meant, in the reader's language; nothing where none is near."""
        near = get_close_matches(folded(heading), self._there, n=1, cutoff=CLOSE)
        column = self._there[near[0]] if near else None
        return column.label[language] if column else ""


def _names(column: Column) -> list[str]:
    """The machine names first: two columns may share a label of one language."""
    own = [column.name, column.name.replace(".", "-"), column.name.replace(".", "_")]
    if column.part:
        own.append(column.field)
    if column.language:
        core = column.field.removesuffix("_translated")
        own += [f"{core}_{column.language}", f"{core}.{column.language}"]
        if column.language == "el":
            own += [column.field, core]
    return [*own, *column.label.values()]


def label(column: Column, language: str) -> str:
    """The heading in the reader's language."""
    return _text(column.label, language)


def _text(text: Mapping[str, str], language: str) -> str:
    return text.get(language) or next(iter(text.values()))
