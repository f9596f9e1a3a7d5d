"""The judged corpus as records of the catalogue: what it lacks is filled in here, and nowhere else."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from ckan.lib.search import commit
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.search import document
from ckanext.patrasparticipation.tests.catalogue import samples

CORPUS = Path(__file__).resolve().parents[6] / "shared" / "data" / "search"
FILLED = {
    "theme": ["GOVE"],
    "license_id": "CC_BY_4_0",
    "notes": "Χωρίς περιγραφή.",  # a few records of the corpus have none
    "municipal_unit": "3701",
}
"""What a record must have and the corpus does not give."""

LABELS = {
    "citizen_group": ["Ομάδα πολιτών", "Citizen group"],
    "initiative": ["Πρωτοβουλία", "Initiative"],
    "consultation": ["Διαβούλευση", "Consultation"],
    "works_project": ["Έργο", "Works project"],
    "indicator": ["Δείκτης", "Indicator"],
    "dataset": ["Σύνολο δεδομένων", "Dataset"],
}
"""The labels of the record types that the corpus has and the catalogue does not have yet."""

Row = Mapping[str, Any]


def rows(name: str) -> list[dict[str, Any]]:
    """The lines of ``corpus``, ``distractors`` or ``dev_queries``."""
    with (CORPUS / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def record(row: Row, owner: str) -> dict[str, Any]:
    """A row as ``package_create`` takes it."""
    title = {"el": row["title"], **({"en": row["title_en"]} if row.get("title_en") else {})}
    return {
        "name": row["name"],
        "title_translated": title,
        "notes_translated": {"el": row.get("notes") or FILLED["notes"]},
        "tags": [{"name": tag} for tag in row.get("tags") or ()],
        "municipal_unit": [row.get("municipal_unit") or FILLED["municipal_unit"]],
        "theme": FILLED["theme"],
        "license_id": FILLED["license_id"],
        "owner_org": owner,
    }


def hidden(row: Row) -> dict[str, Any]:
    """What the index document gets of a row that a dataset has no field for: type, place and codes."""
    told: dict[str, Any] = {"vocab_record_type": [row["type"]], "txt_labels": LABELS[row["type"]]}
    if row.get("place"):
        told["txt_place"] = [row["place"]]
    for code in ("ada", "project_code"):
        if row.get(code):
            told[f"code_{code}"] = [row[code]]
    return told


def create(given: Sequence[Row]) -> None:
    """Create the rows as datasets whose documents are told what a dataset has no field for."""
    told = {row["name"]: hidden(row) for row in given}
    plain = document.enrich

    def enriched(indexed: dict[str, Any], definition: Any) -> dict[str, Any]:
        return plain(indexed, definition) | told.get(indexed["name"], {})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document, "enrich", enriched)
        patch.setitem(tk.config, "ckan.search.solr_commit", False)
        load(given)


def ask(text: str) -> list[str]:
    """The names of the first five answers, for a visitor without a name."""
    nameless = {"ignore_auth": False, "user": ""}
    found = tk.get_action("package_search")(nameless, {"q": text, "rows": 5, "facet": "false"})
    return [record["name"] for record in found["results"]]


def load(given: Iterable[Row]) -> None:
    """Create every row through ``package_create``, each with its publisher.

    Nobody is told of it: the stream of activities would write every record a second time.
    """
    owners: dict[str, str] = {}
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    with tk.signals.action_succeeded.muted():
        for row in given:
            name = row["organization"]
            if name not in owners:
                title = row.get("organization_title") or name
                owners[name] = samples.publisher(name=name, title=title)["id"]
            context = {"ignore_auth": True, "user": user, "return_id_only": True}
            tk.get_action("package_create")(context, record(row, owners[name]))
    commit()


def figures(answers: Iterable[tuple[Row, list[str]]]) -> dict[str, tuple[float, float, float, int]]:
    """By class and for ``all``: recall@5, MRR, share of zero hits, number of queries."""
    sums: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for row, names in answers:
        relevant, five = set(row["relevant"]), names[:5]
        first = next((1 / place for place, name in enumerate(five, 1) if name in relevant), 0.0)
        recall = len(relevant & set(five)) / min(5, len(relevant))
        for group in (row["class"], "all"):
            sums[group].append((recall, first, float(not names)))
    return {
        group: (*(sum(part) / len(found) for part in zip(*found, strict=True)), len(found))  # type: ignore[misc]
        for group, found in sums.items()
    }
