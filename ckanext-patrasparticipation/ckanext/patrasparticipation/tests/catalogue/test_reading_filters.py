"""Filters mean the same at every door, and what is wrong is told by column, value and expected type."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from flask_babel import force_locale

from ckanext.patrasparticipation.feeds import database
from ckanext.patrasparticipation.reading import columns, conditions

from .samples import act, dataset

FIELDS = [
    {"id": "code", "type": "text"},
    {"id": "street %(x)s: a", "type": "text"},
    {"id": "watts", "type": "int8"},
    {"id": "lon", "type": "float8"},
    {"id": "price", "type": "numeric"},
    {"id": "lit", "type": "bool"},
    {"id": "on_day", "type": "date"},
    {"id": "seen_at", "type": "timestamp"},
    {"id": "more", "type": "json"},
]
ROWS = [
    ["A", "Ερμού", 70, 21.7, "1.50", True, "2024-03-05", "2024-03-05T10:00:00", {"a": 1}],
    ["B", "Αγίου Ανδρέου", 100, 21.8, "2.50", False, "2024-05-03", "2024-05-03T22:30:00", None],
    ["C", None, None, None, None, None, None, None, None],
    ["10", "Ερμού", 150, 21.9, "3", True, "2025-01-01", "2025-01-01T00:00:00", None],
]
STREET = FIELDS[1]["id"]

GOOD: list[tuple[Any, str]] = [
    ({}, "A B C 10"),
    ({"code": "A"}, "A"),
    ({"code": 10}, "10"),
    ({STREET: "Ερμού"}, "A 10"),
    ({STREET: None}, "C"),
    ({STREET: ["Αγίου Ανδρέου", None]}, "B C"),
    ({"code": []}, ""),
    ({"watts": {"gte": 100}}, "B 10"),
    ({"watts": {"gt": 70, "lt": 150}}, "B"),
    ({"watts": {"gt": "99.5"}}, "B 10"),
    ({"watts": [70, {"gte": 150}]}, "A 10"),
    ({"lon": {"lte": "21.8"}}, "A B"),
    ({"price": 2.5}, "B"),
    ({"lit": "true"}, "A 10"),
    ({"on_day": {"gte": "2024-05-01", "lt": "2025-01-01"}}, "B"),
    ({"seen_at": {"lt": "2024-05-03T22:00:00Z"}}, "A"),
    ({"seen_at": {"lt": "2024-05-04T01:00:00+03:00"}}, "A"),
    ({"seen_at": {"eq": "2025-01-01"}}, "10"),
    ({"more": None}, "B C 10"),
    ([{"code": "A"}, {"watts": 100}], "A B"),
    ({"$or": [{"code": "A"}, {"watts": 100, "lit": False}]}, "A B"),
    ({"$and": [{STREET: "Ερμού"}, {"$or": [{"watts": 150}, {"watts": None}]}]}, "10"),
    ({"_id": {"gt": 3}}, "10"),
    ('{"code": ["A", "B"]}', "A B"),
    ({"code": "'; DROP TABLE x; --"}, ""),
    ({"code": ":where_0 %(where_0)s %% \\"}, ""),
]
BAD: list[tuple[Any, list[str]]] = [
    ({"watts": "πολλά"}, ["watts", "«πολλά»", "a whole number"]),
    ({"watts": True}, ["watts", "«True»", "a whole number"]),
    ({"watts": 10**40}, ["watts", "a whole number"]),
    ({"watts": 2**63}, ["watts", "a whole number"]),
    ({"lon": "21,7"}, ["lon", "«21,7»", "with a point"]),
    ({"lon": "1e999"}, ["lon", "with a point"]),
    ({"lit": "ναι"}, ["lit", "«ναι»", "true or false"]),
    ({"on_day": "05/03/2024"}, ["on_day", "«05/03/2024»", "a day like 2024-03-05"]),
    ({"on_day": "2024-02-31"}, ["on_day", "«2024-02-31»"]),
    ({"seen_at": {"gte": "χθες"}}, ["seen_at", "«χθες»", "a moment in UTC"]),
    ({"code": "a\0b"}, ["code", "a text"]),
    ({'x" OR 1=1 --': 1}, ["no column", "x", "code, street"]),
    ({"_full_text": "x"}, ["no column", "_full_text"]),
    ({"watts": {"between": [1, 2]}}, ["watts", "between", "gte"]),
    ({"watts": {}}, ["watts", "not an operator"]),
    ({"watts": {"in": 5}}, ["watts", "«in» takes a list"]),
    ({"watts": {"gte": [1]}}, ["watts", "one value"]),
    ({"watts": {"gte": None}}, ["watts", "null has no order"]),
    ({"watts": {"eq": {"a": 1}}}, ["watts", "one value"]),
    ({"watts": {"$and": [1]}}, ["watts", "$and", "not an operator"]),
    ({"watts": [[1]]}, ["watts"]),
    ({"$not": [{"watts": 1}]}, ["$not", "$and, $or"]),
    ({"$or": {"watts": 1}}, ["takes a list"]),
    ({"$or": []}, ["takes a list"]),
    ([{}], ["A filter is an object"]),
    ([1], ["A filter is an object", "«1»"]),
    (7, ["A filter is an object", "«7»"]),
    ("{not json", ["not JSON"]),
    ("[" * 100_000, ["not JSON"]),
    ({"watts": list(range(2000))}, ["more than 1000 values"]),
    ([{"watts": n} for n in range(200)], ["more than 100 conditions"]),
]


def deep() -> Any:
    """A filter of many levels."""
    made: Any = {"watts": 1}
    for _level in range(15):
        made = {"$and": [made]}
    return made


@pytest.mark.usefixtures("with_plugins", "clean_datastore", "with_request_context")
def test_filters_at_every_door() -> None:
    """One table, so that it is made once."""
    resource = dataset(resources=[{"url": "https://example.org/t.csv", "name": "t"}])["resources"][0]["id"]
    records = [dict(zip([field["id"] for field in FIELDS], row, strict=True)) for row in ROWS]
    act("datastore_create", resource_id=resource, force=True, fields=FIELDS, records=records)
    for given, wanted in GOOD:
        assert asked(resource, given) == wanted.split(), given
        assert direct(resource, given) == wanted.split(), given
    for given, words in [*BAD, (deep(), ["nested too deeply"])]:
        for door in (asked, direct):
            with force_locale("en"), pytest.raises(tk.ValidationError) as refused:
                door(resource, given)
            told = json.dumps(refused.value.error_dict, ensure_ascii=False)
            assert list(refused.value.error_dict) == ["filters"], given
            for word in words:
                assert word in told, (given, told)
    with force_locale("el"), pytest.raises(tk.ValidationError) as refused:
        asked(resource, {"watts": "πολλά"})
    sentence = "Στη στήλη watts δεν γίνεται δεκτή η τιμή «πολλά»· αναμένεται ακέραιος αριθμός."
    assert refused.value.error_dict == {"filters": [sentence]}
    for filters in ({}, {STREET: ["Ερμού", "Αγίου Ανδρέου"]}):
        question = {
            "resource_id": resource,
            "group_by": [STREET],
            "measures": ["sum:price"],
            "filters": filters,
        }
        found = tk.get_action("participation_table_aggregate")({"user": ""}, question)["records"]
        assert {STREET: "Ερμού", "sum:price": 4.5} in found
    assert direct(resource, {}, "ΕΡΜΟΥ") == ["A", "10"]
    assert direct(resource, {"watts": 70}, {STREET: "ερμου"}) == ["A"]
    for q in ({"nope": "x"}, {"code": 5}, ["x"], "x" * 600, "a\0"):
        with pytest.raises(tk.ValidationError) as refused:
            direct(resource, {}, q)
        assert list(refused.value.error_dict) == ["q"]


def asked(resource: str, given: Any) -> list[str]:
    """By ``datastore_search``; the total is that of the rows."""
    found = tk.get_action("datastore_search")(
        {"user": ""}, {"resource_id": resource, "filters": given, "sort": "_id"}
    )
    assert found["total"] == len(found["records"])
    return [record["code"] for record in found["records"]]


def direct(resource: str, given: Any, q: Any = None) -> list[str]:
    """By the condition itself."""
    types = {name: column.type for name, column in columns.of(resource).items()}
    condition, values = conditions.conditions(types, given, q)
    statement = conditions.sql.SQL("SELECT code FROM {} WHERE {} ORDER BY _id")
    with database.connect(database.READ) as connection:
        rows = connection.execute(statement.format(conditions.identifier(resource), condition), values)
        return [str(code) for (code,) in rows]
