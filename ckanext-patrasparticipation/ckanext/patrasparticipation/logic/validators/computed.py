"""The validator of fields that the catalogue works out itself."""

from __future__ import annotations

from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey


def participation_computed(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Drop what is given: ``package_show`` answers the value, so one who sends a record back sends it too."""
    data.pop(key, None)
    raise tk.StopOnError
