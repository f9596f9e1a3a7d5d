"""What a code means, in Greek and English: one list for the page, the command line and the rejected rows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

LANGUAGES = ("el", "en")
HIDDEN = "[…]"
"""What stands for a raw value that is not shown, because it may be personal."""


@cache
def templates() -> dict[str, dict[str, str]]:
    """Every code with its sentence in both languages; ``{name}`` stands for a value."""
    text = (Path(__file__).parent / "messages.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = yaml.safe_load(text)
    return loaded


class _Shown(dict[str, object]):
    """Values for a template; a value nobody handed in shows as an ellipsis."""

    def __missing__(self, key: str) -> str:
        return "…"


def message(code: str, params: Mapping[str, object] | None = None) -> dict[str, str]:
    """The sentence of a code, as ``{"el": …, "en": …}``; ``KeyError`` for a code that is not in the list.

    A value may be such a pair itself: then each language gets its own.
    """
    return {language: _said(templates()[code][language], params or {}, language) for language in LANGUAGES}


def _said(template: str, params: Mapping[str, object], language: str) -> str:
    return template.format_map(_Shown({key: _shown(value, language) for key, value in params.items()}))


def rejection(code: str, column: str | None, raw: str | None) -> dict[str, str]:
    """Why one row was refused: the sentence for its code, with the column and the value as they came."""
    told = message(code, {"column": column or "", "raw": "" if raw is None else raw})
    if raw != HIDDEN:
        return told
    why = message("personal_hidden")
    return {language: f"{told[language]} {why[language]}" for language in LANGUAGES}


def _shown(value: object, language: str) -> str:
    value = getattr(value, "text", value)  # a finding says itself in words
    if isinstance(value, dict) and language in value:
        return str(value[language])
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(_shown(item, language) for item in value)
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)
