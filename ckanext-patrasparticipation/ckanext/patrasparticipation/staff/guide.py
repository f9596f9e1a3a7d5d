"""The guide for staff as a page of the site: the documentation's own Markdown, with its pictures."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import markdown
from ckan.plugins import toolkit as tk
from markupsafe import Markup

FOLDER = Path(__file__).parent.parent / "help"
MAIN = "el"
DOCUMENTATION = re.compile(r"<!-- documentation -->.*?<!-- /documentation -->", re.DOTALL)
"""What only readers of the documentation need: where else it stands, how its pictures are made."""
PICTURES = "../assets/guide/"
"""Where the documentation finds the pictures; the site has them under ``public``."""


@cache
def _text(language: str) -> str:
    """The guide as HTML; in Greek where the language has none. The text is ours, so its HTML is too."""
    path = FOLDER / f"publish-a-spreadsheet.{language}.md"
    there = path if path.is_file() else FOLDER / f"publish-a-spreadsheet.{MAIN}.md"
    text = DOCUMENTATION.sub("", there.read_text(encoding="utf-8"))
    return markdown.markdown(text, extensions=["tables", "sane_lists", "attr_list"])


def page(language: str) -> Markup:
    """The guide in the reader's language."""
    return Markup(_text(language).replace(PICTURES, tk.h.url_for_static("/participation/guide/")))
