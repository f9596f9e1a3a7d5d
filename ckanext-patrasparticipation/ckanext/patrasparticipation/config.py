"""Our settings, read: `config_declaration.yaml` declares them, this module alone asks for them."""

from __future__ import annotations

from ckan.plugins import toolkit as tk

PREFIX = "ckanext.patrasparticipation."


def city() -> str:
    """The folder under ``harvesters/sources/`` whose sources this site runs."""
    return str(tk.config[PREFIX + "city"])


def source_folders() -> list[str]:
    """More folders of source YAML, given by the site's operator."""
    return str(tk.config[PREFIX + "sources"]).split()
