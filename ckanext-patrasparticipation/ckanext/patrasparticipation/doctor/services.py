"""Redis, Solr and the web server: do they answer, and as they should?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import requests
from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk
from redis.exceptions import RedisError

from .finding import Finding, judged

PATIENCE = 20  # seconds
FIELDS = ("spatial_geom", "spatial_bbox", "text_el")
SCHEMA = "ckan-2."
CONFIGSET = "ckanext.patrasparticipation.search.configset"


def redis() -> Iterator[Finding]:
    """Redis answers and asks for a password, or is at least bound to this machine."""
    try:
        info = connect_to_redis().info()
    except RedisError as error:
        yield Finding("Redis", "wrong", f"not reachable: {error}")
        return
    yield Finding("Redis", "ok", f"{info['redis_version']}, {info['used_memory_human']} in use")


def solr() -> Iterator[Finding]:
    """Solr answers with CKAN's schema and our fields in it."""
    url = str(tk.config["solr_url"]).rstrip("/")
    try:
        name = _json(f"{url}/schema/name")["name"]
        fields = {field["name"] for field in _json(f"{url}/schema/fields")["fields"]}
        count = _json(f"{url}/select?q=*:*&rows=0")["response"]["numFound"]
    except (requests.RequestException, KeyError) as error:
        yield Finding("Solr", "wrong", f"{url} does not answer as a core: {error}")
        return
    yield judged("Solr", name.startswith(SCHEMA), f"schema {name}, {count} records", "CKAN's schema")
    missing = [field for field in FIELDS if field not in fields]
    says = f"fields missing: {', '.join(missing)}" if missing else "our fields"
    yield judged(
        "Solr", not missing, says, "the configset of `python -m ckanext.patrasparticipation.search.configset`"
    )


def web() -> Iterator[Finding]:
    """The address of the site answers."""
    url = tk.config["ckan.site_url"]
    try:
        answer = requests.get(f"{url}/api/3/action/status_show", timeout=PATIENCE)
    except requests.RequestException as error:
        yield Finding("web server", "wrong", f"{url} is not reachable: {error}")
        return
    seconds = answer.elapsed.total_seconds()
    yield judged("web server", answer.ok, f"{url} answered {answer.status_code} in {seconds:.2f} s", "200")


def _json(url: str) -> Any:
    answer = requests.get(url, timeout=PATIENCE, params={"wt": "json"})
    answer.raise_for_status()
    return answer.json()
