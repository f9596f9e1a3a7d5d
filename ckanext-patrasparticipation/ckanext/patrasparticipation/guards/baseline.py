"""The settings of a safe site: one list for the defaults, for the file `make` writes, and for the doctor.

Imports nothing of CKAN, so that whoever writes a settings file may read it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ckan.config.declaration import Declaration, Key

CORE: dict[str, Any] = {
    "ckan.auth.anon_create_dataset": False,
    "ckan.auth.create_user_via_web": False,
    "ckan.auth.create_user_via_api": False,
    "ckan.auth.user_create_groups": False,
    "ckan.auth.user_create_organizations": False,
    "ckan.auth.user_delete_groups": False,
    "ckan.auth.user_delete_organizations": False,
    "ckan.auth.create_unowned_dataset": False,
    "ckan.auth.public_user_details": False,
    "ckan.hide_version": True,
    "ckan.gravatar_default": "disabled",
    "REMEMBER_COOKIE_SAMESITE": "Lax",
    "PERMANENT_SESSION_LIFETIME": 8 * 3600,  # seconds
    "REMEMBER_COOKIE_DURATION": 30 * 24 * 3600,  # seconds
}
"""Defaults of CKAN's own settings that we declare anew; what the site's settings file says wins."""

DATASTORE: dict[str, Any] = {
    "ckan.datastore.public_table_search": [],
    "ckan.datastore.search.rows_max": 10000,
}
"""Defaults of the DataStore that are replaced where the settings file leaves the DataStore's own."""

FILE: dict[str, str] = {
    "SESSION_TYPE": "redis",
    "ckan.harvest.mq.type": "redis",
    "ckan.datastore.sqlsearch.enabled": "false",
}
"""What a settings file has to say itself, because no plugin can: CKAN reads it earlier, or reads the file."""

NOT_PLUGINS = ("resource_proxy", "webpage_view", "ckan_harvester", "geojson_view", "geo_view")
"""Plugins that open a door nothing here closes: requests by the server, foreign frames, script in maps."""

NOT_LINES = ("SESSION_COOKIE_DOMAIN",)
"""Lines that must be absent: an empty one makes a cookie that some clients drop."""


def is_https(site_url: str) -> bool:
    """Whether the site has TLS: cookies are then `Secure`; on plain http that would break log-in."""
    return site_url.lower().startswith("https://")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    return host in ("localhost", "::1") or host.startswith("127.")


def settings(site_url: str) -> dict[str, str]:
    """Every setting of the baseline as a settings file writes it, for a site at this address."""
    secure = str(is_https(site_url)).lower()
    lines = {key: _written(value) for key, value in {**CORE, **DATASTORE}.items()}
    return lines | FILE | {"SESSION_COOKIE_SECURE": secure, "REMEMBER_COOKIE_SECURE": secure}


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(value) if isinstance(value, list) else str(value)


def declare(declaration: Declaration, key: Key) -> None:
    """Declare our settings, and safer defaults of CKAN's own."""
    from pathlib import Path

    import yaml

    path = Path(__file__).parent.parent / "config_declaration.yaml"
    declaration.load_dict(yaml.safe_load(path.read_text(encoding="utf-8")))
    for name, value in CORE.items():
        option = declaration.get(name)
        if option is not None:
            option.set_default(value)


def apply(config: Any) -> None:
    """Replace the DataStore's defaults, declared after ours, and make cookies follow the address."""
    from ckan.common import config_declaration

    for name, value in DATASTORE.items():
        option = config_declaration.get(name)
        if option is not None and config.get(name) == option.default:
            config[name] = value
    if is_https(config.get("ckan.site_url") or ""):
        config["SESSION_COOKIE_SECURE"] = config["REMEMBER_COOKIE_SECURE"] = True


def departures(config: Any) -> dict[str, str]:
    """What a running site's settings have weaker than the baseline: setting -> what was expected."""
    found = {name: str(value) for name, value in {**CORE, **DATASTORE}.items() if config.get(name) != value}
    found |= {name: value for name, value in FILE.items() if _text(config.get(name)) != value}
    loaded = config.get("ckan.plugins") or []
    found |= {f"ckan.plugins {name}": "absent" for name in NOT_PLUGINS if name in loaded}
    return found | {name: "absent" for name in NOT_LINES if config.get(name) == ""}


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
