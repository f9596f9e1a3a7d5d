"""Calls to the API that run as they stand: this table, this site's address, four languages."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from ckan.plugins import toolkit as tk

CURL = """curl --get "{action}" \\
{lines}"""

PYTHON = """import json
from urllib.parse import urlencode
from urllib.request import urlopen

query = {query}
with urlopen("{action}?" + urlencode(query)) as answer:
    rows = json.load(answer)["result"]["records"]
for row in rows:
    print(row)"""

R = """rows <- read.csv("{csv}", encoding = "UTF-8")
head(rows)"""

JAVASCRIPT = """const address = "{address}";
fetch(address)
  .then((answer) => answer.json())
  .then(({{ result }}) => console.log(result.records));"""


def _query(resource_id: str, columns: list[dict[str, Any]]) -> dict[str, Any]:
    """Five rows of the table, narrowed by its status or by the first closed list it has."""
    closed = sorted((c for c in columns if c["choices"]), key=lambda column: column["name"] != "status")
    chosen = next(iter(closed), None)
    query: dict[str, Any] = {"resource_id": resource_id, "limit": 5}
    if chosen:
        query["filters"] = json.dumps({chosen["name"]: next(iter(chosen["choices"]))})
    return query


def participation_calls(resource_id: str, columns: list[dict[str, Any]], csv: str) -> list[dict[str, str]]:
    """``[{"name", "code"}]`` for curl, Python, R, JavaScript; ``csv`` is the file's absolute address."""
    action = tk.h.url_for(
        "api.action", ver=3, logic_function="datastore_search", qualified=True, locale="default"
    )
    query = _query(resource_id, columns)
    lines = " \\\n".join(f"  --data-urlencode '{name}={value}'" for name, value in query.items())
    return [
        {"name": "curl", "code": CURL.format(action=action, lines=lines)},
        {"name": "Python", "code": PYTHON.format(action=action, query=query)},
        {"name": "R", "code": R.format(csv=csv)},
        {"name": "JavaScript", "code": JAVASCRIPT.format(address=f"{action}?{urlencode(query)}")},
    ]
