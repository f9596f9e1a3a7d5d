"""Our settings, read: `config_declaration.yaml` declares them, this module alone asks for them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from ckan.plugins import toolkit as tk

PREFIX = "ckanext.patrasparticipation."


def city() -> str:
    """The folder under ``harvesters/sources/`` whose sources this site runs."""
    return str(tk.config[PREFIX + "city"])


def source_folders() -> list[str]:
    """More folders of source YAML, given by the site's operator."""
    return str(tk.config[PREFIX + "sources"]).split()


def versions_kept() -> int:
    """How many of a source's newest versions stay, however old."""
    return int(tk.config[PREFIX + "versions_kept"])


def versions_days() -> int:
    """For how many days a version stays, however many are newer."""
    return int(tk.config[PREFIX + "versions_days"])


def files_folder() -> Path:
    """The only folder from which a source's ``reader.path`` is read."""
    given = str(tk.config[PREFIX + "files_folder"] or "")
    return Path(given) if given else Path(str(tk.config["ckan.storage_path"])) / "participation" / "incoming"


def allow_private() -> tuple[str, ...]:
    """Private hosts, addresses or blocks that sources of this site may use."""
    return tuple(str(tk.config[PREFIX + "allow_private"]).split())


def language() -> str:
    """The text search configuration of the DataStore's full-text columns."""
    return str(tk.config["ckan.datastore.default_fts_lang"])


def trusted_hosts() -> list[str]:
    """Host names under which the site answers, besides its own."""
    return str(tk.config[PREFIX + "trusted_hosts"]).split()


def trusted_proxies() -> int:
    """How many proxies of ours stand in front of the site."""
    return int(tk.config[PREFIX + "trusted_proxies"])


def smtp_authorities() -> str | None:
    """A PEM file of authorities for the mail server's certificate, besides the system's."""
    return str(tk.config[PREFIX + "smtp_authorities"]) or None


def search_miss_days() -> int:
    """For how many days words that found nothing are kept."""
    return int(tk.config[PREFIX + "search_miss_days"])


def solr_conf() -> str:
    """The folder of the files that Solr's core reads; empty where this machine cannot write them."""
    return str(tk.config[PREFIX + "solr_conf"] or "")


def exports_at_once() -> int:
    """How many exports of large tables, and zips, run at a time."""
    return int(tk.config[PREFIX + "exports_at_once"])


def site_host() -> str:
    """The host name of the site, without its port."""
    return urlsplit(str(tk.config["ckan.site_url"])).hostname or "localhost"


def stale_months() -> int:
    """After how many months without a change a running initiative is marked as stale."""
    return int(tk.config[PREFIX + "stale_months"])


def consultation_days() -> int:
    """How many days a consultation lasts at least, before its editors are asked why it is shorter."""
    return int(tk.config[PREFIX + "consultation_days"])


def answer_days() -> int:
    """How many days after closing a consultation without report, answer or decision counts as unanswered."""
    return int(tk.config[PREFIX + "answer_days"])
