"""The parameter ``generation``: who pages, or compares answers, stays on one version of a table."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk


def number(value: Any) -> int | None:
    """The parameter as a whole number.

    Raises:
        tk.ValidationError: ``generation``.
    """
    if value is None:
        return None
    try:
        return int(str(value))
    except ValueError as error:
        raise tk.ValidationError({"generation": [tk._("Must be a whole number.")]}) from error


def agree(wanted: int | None, found: int | None) -> None:
    """Refuse when the table is of another generation than the one that was asked for.

    Raises:
        tk.ValidationError: ``generation``.
    """
    if wanted is not None and wanted != found:
        sentence = tk._("The table is of version {found} now, not of version {wanted}.")
        raise tk.ValidationError({"generation": [sentence.format(found=found or "–", wanted=wanted)]})
