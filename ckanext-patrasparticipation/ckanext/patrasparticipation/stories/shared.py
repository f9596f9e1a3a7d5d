"""What the stories of several types tell in the same way: money given, effects measured, what is linked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from .. import charts
from ..records import reader, vocabularies
from . import coded, words

Record = Mapping[str, Any]
ROLE = "resource_role"


def funding(record: Record) -> list[dict[str, str]]:
    """Who pays: ``[{"funder", "programme", "reference", "url", "total", "grant"}]``."""
    return [
        {
            "funder": str(row.get("funder") or ""),
            "programme": coded.part(record, "funding", row, "programme"),
            "reference": str(row.get("reference") or ""),
            "url": str(row.get("url") or ""),
            "total": _amount(row, "amount_total"),
            "grant": _amount(row, "amount_grant"),
        }
        for row in words.rows(record, "funding")
    ]


def _amount(row: Record, name: str) -> str:
    """The amount as read; ``περίπου`` where it is an estimate."""
    told = words.told_money(row.get(name), row.get("currency"))
    return str(tk._("about {amount}").format(amount=told)) if told and row.get("estimated") else told


def impact(record: Record, titles: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What was measured: title and address of the indicator, baseline, target and value, and how far it came.

    ``titles``: the records that this one names, by id, as far as the reader may see them.
    """
    found = []
    for place, row in enumerate(words.rows(record, "impact")):
        linked = titles.get(str(row.get("indicator") or ""), {})
        unit = str(row.get("unit") or "")
        told = {name: words.told_number(row.get(name), unit) for name in ("baseline", "target", "value")}
        shown = {
            "title": linked.get("title") or row.get("label") or str(tk._("Measured effect")),
            "linked": linked or None,
            "as_of": words.told_day(row.get("as_of")),
            "method": str(row.get("method") or ""),
            "url": str(row.get("evidence_url") or ""),
            "bar": reached(row, f"impact-{place}"),
        }
        found.append(shown | told)
    return found


def reached(row: Record, key: str) -> charts.Bar | None:
    """How much of the way from baseline to target was made, as a bar; nothing where it cannot be known."""
    baseline, target, value = (words.number(row.get(name)) for name in ("baseline", "target", "value"))
    if target is None or value is None or target == (baseline or 0):
        return None
    start = baseline or 0.0
    share = (value - start) / (target - start)
    kind = "good" if share >= 1 else "first"
    mark = charts.Mark(str(tk._("of the way to the target")), max(share, 0.0), words.told_share(share), kind)
    return charts.bars([mark], key, most=1.0)[0]


def about(*pairs: tuple[str, Any]) -> list[dict[str, Any]]:
    """``[{"term", "told"}]`` of the pairs that tell something; a list is told with commas."""
    return words.terms((term, ", ".join(told) if isinstance(told, list) else told) for term, told in pairs)


def named(record: Record, *names: str) -> list[dict[str, Any]]:
    """The labels of those coded fields under the fields' own labels."""
    return about(*((coded.term(record, name), coded.labels(record, name)) for name in names))


def reminders(record: Record) -> list[str]:
    """What its editors should look at, in sentences."""
    return coded.labels(record, "reminders")


def documents(record: Record) -> list[dict[str, Any]]:
    """The files by their role: ``[{"label", "files"}]``; those without one come last, without a label."""
    definition = tk.h.scheming_get_dataset_schema(record["type"]) or {}
    fields = (field for field in definition.get("resource_fields", ()) if field["field_name"] == ROLE)
    vocabulary = next((field["vocabulary"] for field in fields if "vocabulary" in field), None)
    order = list(vocabularies.terms(vocabulary)) if vocabulary else []
    found: dict[str, list[dict[str, Any]]] = {}
    for file in record.get("resources") or ():
        found.setdefault(str(file.get(ROLE) or ""), []).append(file)
    roles = sorted(found, key=lambda role: (not role, order.index(role) if role in order else len(order)))
    language = reader.language()
    return [
        {
            "label": vocabularies.label(vocabulary, role, language) if vocabulary and role else "",
            "files": found[role],
        }
        for role in roles
    ]
