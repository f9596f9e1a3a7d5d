"""Redis, Solr and the web server: do they answer, and as they should?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import requests
from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk
from redis.exceptions import RedisError

from .. import config
from ..search import configset
from .finding import Finding, judged

PATIENCE = 20  # seconds
SCHEMA = "ckan-2."
MARK = "participation_configset"
WRITE = "`python -m ckanext.patrasparticipation.search.configset {}`, and Solr to be started again"
REBUILD = "`ckan participation search rebuild`"


def redis() -> Iterator[Finding]:
    """Redis answers and asks for a password, or is at least bound to this machine."""
    try:
        info = connect_to_redis().info()
    except RedisError as error:
        yield Finding("Redis", "wrong", f"not reachable: {error}")
        return
    yield Finding("Redis", "ok", f"{info['redis_version']}, {info['used_memory_human']} in use")


def solr() -> Iterator[Finding]:
    """Solr answers with this version's configset, and every record in the index went through it."""
    url = str(tk.config["solr_url"]).rstrip("/")
    try:
        name = _json(f"{url}/schema/name")["name"]
        fields = {field["name"]: field for field in _json(f"{url}/schema/fields")["fields"]}
        count = _json(f"{url}/select?q=*:*&rows=0")["response"]["numFound"]
    except (requests.RequestException, KeyError) as error:
        yield Finding("Solr", "wrong", f"{url} does not answer as a core: {error}")
        return
    yield judged("Solr", name.startswith(SCHEMA), f"schema {name}, {count} records", "CKAN's schema")
    has, ours = fields.get(MARK, {}).get("default"), configset.fingerprint()
    expected = f"{ours}: {WRITE.format(config.solr_conf() or 'CONF')}"
    yield judged("Solr", has == ours, f"configset {has or 'of another program'}", expected)
    if has == ours and (old := _of_others(url, ours)):
        yield Finding("Solr", "note", f"{old} records are indexed by another configset: {REBUILD}")


def _of_others(url: str, ours: str) -> int:
    """How many documents went through another configset than ours, or through none that says its name."""
    asked = f"{url}/select?q=*:*&rows=0&facet=true&facet.missing=true&facet.mincount=1&facet.field={MARK}"
    counts = _json(asked)["facet_counts"]["facet_fields"][MARK]
    return sum(count for name, count in zip(counts[::2], counts[1::2], strict=True) if name != ours)


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
