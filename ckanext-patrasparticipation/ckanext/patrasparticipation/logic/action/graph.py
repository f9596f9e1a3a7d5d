"""ckanext-dcat's lists of datasets, without the records that are none."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Action, Context

from ...graph import things

NO_DATASETS = (
    "-dataset_type:(citizen_group OR initiative OR works_project)"
    ' -(dataset_type:(consultation OR indicator) AND -vocab_has_table:"true")'
)
"""A group is never a dataset; a consultation and an indicator are ones once they have a table."""


@tk.chained_action
@tk.side_effect_free
def dcat_dataset_show(original: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """As ckanext-dcat's; another profile than ours may be asked for where the record is a dataset."""
    if data_dict.get("profiles"):
        shown = tk.get_action("package_show")(tk.fresh_context(context), {"id": data_dict.get("id")})
        if not things.is_dataset(shown):
            data_dict = {**data_dict, "profiles": None}
    return original(context, data_dict)


def _datasets(data_dict: dict[str, Any]) -> dict[str, Any]:
    asked = str(data_dict.get("fq") or "")
    return {**data_dict, "fq": f"{asked} {NO_DATASETS}".strip()}


@tk.chained_action
@tk.side_effect_free
def dcat_catalog_show(original: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """As ckanext-dcat's: the catalogue in RDF, with every record that is a dataset."""
    return original(context, _datasets(data_dict))


@tk.chained_action
@tk.side_effect_free
def dcat_catalog_search(original: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """As ckanext-dcat's, likewise."""
    return original(context, _datasets(data_dict))
