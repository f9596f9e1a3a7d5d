"""The words of a piece of HTML: without tags, scripts and entities, with a line for each paragraph."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import polars as pl

BLOCKS = frozenset(("p", "div", "br", "li", "ul", "ol", "tr", "table", "blockquote", "hr"))
HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
UNSEEN = frozenset(("script", "style", "template", "noscript", "iframe", "svg"))
MAYBE = r"<[A-Za-z/!]|&[#A-Za-z]"
"""What a text holds that may be HTML: most hold nothing of the kind, and stay as they are."""
_MAYBE = re.compile(MAYBE)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in UNSEEN
        self._break(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in UNSEEN))
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found.append(data)

    def _break(self, tag: str) -> None:
        if tag in BLOCKS | HEADINGS:
            self.found.append("\n")


def words(text: str) -> str:
    """The words that a reader of the HTML would see; a text without HTML as it is."""
    if not _MAYBE.search(text):
        return text
    parser = _Words()
    parser.feed(text)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.found).split("\n"))
    return "\n".join(line for line in lines if line)


def column(text: pl.Series) -> pl.Series:
    """The same for a column of text, of which only the cells that may hold HTML are looked at."""
    if not text.str.contains(MAYBE).any():
        return text
    return text.map_elements(words, return_dtype=pl.String)
