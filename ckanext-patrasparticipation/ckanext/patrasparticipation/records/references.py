"""How an editor names a record: by its id, its name, or the address of its page here, in any language."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import unquote, urlsplit

from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation import config
from ckanext.patrasparticipation.records import definitions

THING = "id"
"""The path of things begins with it: ``/id/citizen-group/name``."""


def records(values: Collection[str]) -> dict[str, model.Package]:
    """The record that each value names, whoever may see it; what names none is left out. One query."""
    named = {value: found for value in values if (found := name(value))}
    wanted = list(set(named.values()))
    if not wanted:
        return {}
    there = model.Session.query(model.Package).filter(
        model.Package.id.in_(wanted) | model.Package.name.in_(wanted)
    )
    known: dict[str, model.Package] = {}
    for package in there:
        known.setdefault(package.name, package)
        known[package.id] = package  # an id wins over a name, as in CKAN
    return {value: known[found] for value, found in named.items() if found in known}


def name(value: str) -> str | None:
    """The id or name in what was written; nothing in an address that is no page of a record here."""
    text = value.strip()
    if "/" not in text:
        return text or None
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:  # a broken IPv6 host
        return None
    if parts.scheme not in ("", "http", "https") or not _is_ours(host):
        return None
    return _of_page([unquote(one) for one in parts.path.split("/") if one])


def _is_ours(host: str) -> bool:
    site = urlsplit(str(tk.config["ckan.site_url"])).hostname
    return host in ("", site, *config.trusted_hosts())


def _of_page(path: list[str]) -> str | None:
    """``/el/consultation/name``, ``/consultation/name.ttl``, ``/id/works-project/name``."""
    root = [one for one in str(tk.config.get("ckan.root_path") or "").split("/") if one]
    root = [one for one in root if one != "{{LANG}}"]
    path = path[len(root) :] if root and path[: len(root)] == root else path
    if path and path[0] in tk.config["ckan.locales_offered"]:
        path = path[1:]
    if path and path[0] == THING:
        path = [path[1].replace("-", "_"), *path[2:]] if len(path) > 1 else []
    if len(path) != 2 or path[0] not in {*definitions.types(), "dataset"}:
        return None
    return path[1].partition(".")[0] or None
