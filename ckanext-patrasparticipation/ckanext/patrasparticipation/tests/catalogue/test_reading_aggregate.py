"""A table answers as an independent computation does, hides small numbers, and refuses nonsense in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import polars as pl
import pytest
from ckan import model
from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import CKANTestApp
from flask_babel import force_locale

from ckanext.patrasparticipation.reading import kept

from .feeds_ground import NAME, Ground
from .samples import act

CALL = "/api/action/participation_table_aggregate"
COLUMNS = ("asset_id", "street", "sex", "watts", "height", "opened", "seen")
DEFINITION = """
name: test-lights
feed: table
key: asset_id
columns:
- {name: asset_id, type: text, label: {el: Κωδικός, en: Identifier}, about: {el: Κ., en: I.}, required: true,
   unique: true, max_length: 64, index: true}
- {name: street, type: text, label: {el: Οδός, en: Street}, about: {el: Ο., en: S.}, max_length: 80,
   search: true, index: true}
- {name: sex, type: text, label: {el: Φύλο, en: Sex}, about: {el: Φ., en: S.}, choices:
   {f: {el: Γυναίκα, en: Woman}, m: {el: Άνδρας, en: Man}}}
- {name: watts, type: integer, label: {el: Ισχύς, en: Power}, about: {el: Ι., en: P.}, unit: W}
- {name: height, type: number, label: {el: Ύψος, en: Height}, about: {el: Υ., en: H.}, unit: m}
- {name: opened, type: date, label: {el: Άνοιξε, en: Opened}, about: {el: Α., en: O.}}
- {name: seen, type: timestamp, label: {el: Εθεάθη, en: Seen}, about: {el: Ε., en: S.}}
about: {title: {el: Δοκιμή, en: Test}, license: CC0, publisher: dimos-dokimis, contact: {url: 'https://example.org'},
  theme: ENER, frequency: DAILY}
reader: {type: delimited, path: lights.csv, separator: ',', encoding: utf-8, header_row: 1}
fields:
  asset_id: {from: asset_id, as: text}
  street: {from: street, as: text}
  sex: {from: sex, as: choice}
  watts: {from: watts, as: integer}
  height: {from: height, as: number}
  opened: {from: opened, as: date}
  seen: {from: seen, as: timestamp}
expect: {rows: {min: 1, max: 100000}, rejected: 0}
examples:
- given: {asset_id: L1, street: Ερμού, watts: '70'}
  becomes: {asset_id: L1, street: Ερμού, watts: 70}
"""
STREETS = ("Ερμού", "Αγίου Ανδρέου", "Κορίνθου", "Μαιζώνος")
SMALL = ("Γούναρη", "Γούναρη", "Έλληνος Στρατιώτου")
"""Streets of two rows and of one."""


def rows() -> pl.DataFrame:
    """403 rows of every type, some values empty; three of them alone in their street."""
    number = pl.int_range(0, 403, eager=True).alias("n").to_frame()
    n = pl.col("n")
    street = pl.Series("street", [*(STREETS[at % 4] for at in range(400)), *SMALL])
    return number.select(
        asset_id="L" + n.cast(pl.String).str.zfill(4),
        street=street,
        sex=pl.when(n % 3 == 0).then(pl.lit("f")).otherwise(pl.lit("m")),
        watts=pl.when(n % 11 != 0).then(20 + n * 7 % 380),
        height=(3 + n % 90 / 10).round(1),
        opened=pl.when(n % 13 != 0).then(pl.date(2022 + n % 3, 1 + n % 12, 1 + n % 28)),
        seen=pl.datetime(2024, 1 + n % 12, 28, 22 + n % 2, 30),
    )


@contextmanager
def published(ground: Ground) -> Iterator[str]:
    """The table, and the id of its resource."""
    made = rows().with_columns(seen=pl.col("seen").dt.strftime("%Y-%m-%dT%H:%M:%SZ"))
    ground.define(DEFINITION)
    ground.file.write_text(made.write_csv(), encoding="utf-8")
    report = ground.harvest()
    assert (report.outcome, report.totals.loaded) == ("published", 403), report.reason.text["en"]
    yield ground.state.resource_id


def ask(resource: str, **words: Any) -> dict[str, Any]:
    """The answer to a stranger."""
    return tk.get_action("participation_table_aggregate")({"user": ""}, {"resource_id": resource, **words})


def refusal(resource: str, **words: Any) -> dict[str, list[str]]:
    """The errors of a question, in English."""
    with force_locale("en"), pytest.raises(tk.ValidationError) as refused:
        ask(resource, **words)
    return dict(refused.value.error_dict)


@pytest.mark.usefixtures("with_request_context")
def test_a_table_answers_questions(ground: Ground) -> None:
    connect_to_redis().delete(*connect_to_redis().keys(kept.PREFIX + "*"), kept.INDEX)
    with published(ground) as resource:
        agree(resource)
        describe(resource)
        stay(ground, resource)
        refuse(resource)
        hide(resource)


def agree(resource: str) -> None:
    """Every measure by every kind of group is what polars computes."""
    table = rows()
    local = pl.col("seen").dt.replace_time_zone("UTC").dt.convert_time_zone("Europe/Athens")
    groups = {
        "street": pl.col("street"),
        "opened:year": pl.col("opened").dt.year(),
        "opened:month": pl.col("opened").dt.strftime("%Y-%m"),
        "seen:month": local.dt.strftime("%Y-%m"),
        "seen:day": local.dt.strftime("%Y-%m-%d"),
        "sex": pl.col("sex"),
    }
    w = pl.col("watts")
    measures = {
        "count": pl.len(),
        "distinct:street": pl.col("street").drop_nulls().n_unique(),
        "sum:watts": pl.when(w.count() > 0).then(w.sum()),
        "min:opened": pl.col("opened").min().dt.strftime("%Y-%m-%d"),
        "max:height": pl.col("height").max(),
        "mean:watts": w.mean(),
        "median:watts": w.median(),
    }
    conditions = (
        ({}, pl.lit(True)),
        (
            {"street": ["Ερμού", "Κορίνθου"], "watts": {"gte": 100, "lt": 300}},
            pl.col("street").is_in(["Ερμού", "Κορίνθου"]) & w.is_between(100, 300, closed="left"),
        ),
        ({"opened": None}, pl.col("opened").is_null()),
        ([{"sex": "f"}, {"height": {"gt": 8}}], (pl.col("sex") == "f") | (pl.col("height") > 8)),
    )
    for by in (
        [],
        ["street"],
        ["opened:year"],
        ["opened:month"],
        ["seen:day"],
        ["street", "seen:month"],
        ["sex", "street"],
    ):
        for filters, condition in conditions:
            found = ask(resource, group_by=by, measures=list(measures), filters=filters, limit=10_000)
            chosen = table.filter(condition).with_columns(
                **{f"g{at}": groups[name] for at, name in enumerate(by)}
            )
            keys = [f"g{at}" for at in range(len(by))]
            asked = [each.alias(name) for name, each in measures.items()]
            wanted = chosen.group_by(keys).agg(asked) if by else chosen.select(asked)
            named = wanted.rename(dict(zip(keys, by, strict=True))).to_dicts()
            assert found["total_groups"] == len(found["records"]) == len(named)
            assert key(found["records"], by) == key(named, by), (by, filters)
    assert ask(resource, q="ΕΡΜΟΥ")["records"] == [{"count": 100}]
    assert ask(resource, filters={"street": "Λήθης"})["records"] == [{"count": 0}]
    assert ask(resource, group_by="sex", filters={"street": "Λήθης"})["records"] == []


def key(records: list[dict[str, Any]], by: list[str]) -> dict[str, dict[str, Any]]:
    """Records by group, numbers rounded."""
    rounded = [
        {name: round(value, 6) if isinstance(value, float) else value for name, value in record.items()}
        for record in records
    ]
    return {str([record[name] for name in by]): record for record in rounded}


def describe(resource: str) -> None:
    """Labels in both languages, units, order, limit."""
    found = ask(
        resource, group_by="street,sex", measures="count,sum:watts", sort="count desc, street", limit="3"
    )
    assert (found["generation"], found["total_groups"], found["truncated"], found["min_cell"]) == (
        1,
        10,
        True,
        None,
    )
    assert found["fields"][0] == {
        "id": "street",
        "type": "text",
        "label": {"el": "Οδός", "en": "Street"},
        "unit": None,
    }
    assert found["fields"][1]["choices"]["f"] == {"el": "Γυναίκα", "en": "Woman"}
    assert found["fields"][3]["label"] == {"el": "Άθροισμα: Ισχύς", "en": "Sum: Power"}
    assert found["fields"][3]["unit"] == "W"
    counts = [record["count"] for record in found["records"]]
    assert counts == sorted(counts, reverse=True)
    assert ask(resource, group_by="seen:month")["fields"][0]["timezone"] == "Europe/Athens"
    assert not any("suppressed" in record for record in found["records"])


def stay(ground: Ground, resource: str) -> None:
    """An answer is of one generation; what is kept is of that generation too."""
    redis = connect_to_redis()
    before = redis.zcard(kept.INDEX)
    first = ask(resource, group_by="sex", measures="mean:height")
    assert redis.zcard(kept.INDEX) == before + 1
    assert ask(resource, group_by="sex", measures="mean:height", generation="1") == first
    assert redis.zcard(kept.INDEX) == before + 1
    text = ground.file.read_text(encoding="utf-8")
    ground.file.write_text(text.replace(",3.0,", ",9.5,"), encoding="utf-8")
    assert ground.harvest().published.generation == 2
    second = ask(resource, group_by="sex", measures="mean:height")
    assert second["generation"] == 2
    assert second["records"] != first["records"]
    assert list(refusal(resource, generation=1)) == ["generation"]
    assert list(refusal(resource, generation="x")) == ["generation"]
    ground.file.write_text(text, encoding="utf-8")
    ground.harvest()


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("group_by", {"group_by": 'street"; DROP TABLE x; --'}, "There is no column"),
    ("group_by", {"group_by": "street,sex,watts"}, "at most 2"),
    ("group_by", {"group_by": "street:month"}, "only a column of days"),
    ("group_by", {"group_by": "opened:century"}, "year, month, day"),
    ("group_by", {"group_by": "_full_text"}, "There is no column"),
    ("group_by", {"group_by": ["street", "street"]}, "twice"),
    ("group_by", {"group_by": [["street"]]}, "list of texts"),
    ("group_by", {"group_by": {"a": 1}}, "list of texts"),
    ("group_by", {"group_by": "[" * 5000}, "not JSON"),
    ("measures", {"measures": "pg_sleep:watts"}, "is not a measure"),
    ("measures", {"measures": "sum:street"}, "has type text"),
    ("measures", {"measures": "median:opened"}, "has type date"),
    ("measures", {"measures": "sum:watts) FROM x; --"}, "There is no column"),
    ("measures", {"measures": [f"min:{name}" for name in ("watts", "height")] * 6}, "At most 10"),
    ("measures", {"measures": 5}, "list of texts"),
    ("filters", {"filters": {"watts": "1; DROP"}}, "a whole number"),
    ("filters", {"filters": "{'a"}, "not JSON"),
    ("sort", {"sort": "count; DROP TABLE x"}, "not a column of the answer"),
    ("sort", {"sort": "street desc"}, "not a column of the answer"),
    ("limit", {"limit": "10001"}, "from 1 to 10000"),
    ("limit", {"limit": -1}, "from 1 to 10000"),
    ("limit", {"limit": "x"}, "from 1 to 10000"),
    ("limit", {"limit": [1]}, "from 1 to 10000"),
    ("q", {"q": {"nope": "x"}}, "There is no column"),
    ("resource_id", {"resource_id": "a\0"}, "must be a text"),
    ("resource_id", {"resource_id": ""}, "Missing value"),
]


def refuse(resource: str) -> None:
    """What is wrong is told by parameter, in the reader's language."""
    for name, words, sentence in WRONG:
        told = refusal(**{"resource": resource, **words}) if "resource_id" not in words else refusal_of(words)
        assert list(told) == [name], (words, told)
        assert sentence in told[name][0], (words, told)
    with force_locale("el"), pytest.raises(tk.ValidationError) as refused:
        ask(resource, measures="sum:street")
    assert refused.value.error_dict["measures"] == [
        "Η μέτρηση «sum» δεν γίνεται: η στήλη «street» έχει τύπο text."
    ]
    for gone in ("_table_metadata", "00000000-0000-0000-0000-000000000000", "x" * 5000):
        with pytest.raises(tk.ObjectNotFound):
            ask(gone)


def refusal_of(words: dict[str, Any]) -> dict[str, list[str]]:
    """The errors of a question whose table is wrong."""
    with force_locale("en"), pytest.raises(tk.ValidationError) as refused:
        tk.get_action("participation_table_aggregate")({"user": ""}, words)
    return dict(refused.value.error_dict)


def hide(resource: str) -> None:
    """With k = 5 neither an answer nor the difference of two tells a number of 1 to 4."""
    act("resource_patch", id=resource, min_cell="5")
    by_street = ask(resource, group_by="street", measures="count,sum:watts,max:height,distinct:sex")
    assert by_street["min_cell"] == 5
    told = {record["street"]: record for record in by_street["records"]}
    for street in {*SMALL}:
        assert told[street] == {
            "street": street, "count": None, "sum:watts": None, "max:height": None, "distinct:sex": None,
            "suppressed": True,
        }  # fmt: skip
    away = [street for street, record in told.items() if record["suppressed"]]
    assert by_street["suppressed"] == len(away) == 3, "one more is hidden, or the total gives three rows back"
    assert [record["suppressed"] for record in by_street["records"]] == [False] * 3 + [True] * 3
    shown = sum(record["count"] or 0 for record in told.values())
    assert ask(resource)["records"][0]["count"] - shown >= 5

    # One street, or all but one: the total minus the answer must not give it back.
    everything = ask(resource)["records"][0]["count"]
    for some in (["Γούναρη"], ["Γούναρη", "Ερμού"], [*STREETS, SMALL[2]], [*STREETS], [*STREETS, *SMALL]):
        found = ask(resource, filters={"street": some})["records"][0]
        if found["count"] is not None:
            assert everything - found["count"] not in range(1, 5), some
    ranges = [{"street": {"lt": street}} for street in (*STREETS, *SMALL)]
    ranges += [{"street": {"lte": street}} for street in (*STREETS, *SMALL)]
    ranges += [{"street": {"gte": street}} for street in (*STREETS, *SMALL)]
    counts = [ask(resource, filters=each)["records"][0]["count"] for each in ranges]
    known = [everything, *(count for count in counts if count is not None)]
    assert not [1 for one in known for other in known if 0 < one - other < 5]
    # By street and sex against each alone.
    crossed = ask(resource, group_by=["street", "sex"])["records"]
    for name, other in (("street", "sex"), ("sex", "street")):
        lines = {record[name]: record["count"] for record in ask(resource, group_by=name)["records"]}
        for value, total in lines.items():
            line = [record["count"] for record in crossed if record[name] == value]
            missing = (total or 0) - sum(count or 0 for count in line)
            assert total is None or None not in line or (line.count(None) > 1 and missing >= 5), (
                value,
                other,
            )
    # A filter that leaves a few rows tells nothing of them, not even their groups.
    alone = ask(resource, filters={"street": "Γούναρη"}, group_by="sex")
    assert (alone["records"], alone["total_groups"], alone["suppressed"]) == ([], None, None)
    assert list(refusal(resource, q="Γούναρη")) == ["q"]
    assert ask(resource, group_by="street", sort="count desc")["records"][-1]["suppressed"]
    act("resource_patch", id=resource, min_cell="")
    assert ask(resource, group_by="street")["suppressed"] == 0
    act("package_patch", id=NAME, privacy_level="anonymised", privacy_note=["names_removed"])
    assert ask(resource)["min_cell"] == 5
    act("package_patch", id=NAME, k_threshold="10")
    assert ask(resource)["min_cell"] == 10


@pytest.mark.usefixtures("with_request_context")
def test_the_address_answers_strangers_and_keeps_what_is_private(ground: Ground, app: CKANTestApp) -> None:
    with published(ground) as resource:
        answer = app.get(
            f"{CALL}?resource_id={resource}&group_by=sex&" + urlencode({"filters": '{"watts": {"gte": 100}}'})
        )
        assert {record["sex"] for record in answer.json["result"]["records"]} == {"f", "m"}
        posted = app.post(
            CALL, json={"resource_id": resource, "filters": [{"sex": "f"}], "q": {"street": "ερμου"}}
        )
        assert posted.json["result"]["records"][0]["count"] == 34
        for words in HOSTILE:
            got = app.get(f"{CALL}?{urlencode({'resource_id': resource, **words})}")
            assert got.status_code in (400, 409), (words, got.status_code)
            assert got.json["error"], words
            assert "SELECT" not in got.get_data(as_text=True)
        act("package_patch", id=NAME, private=True)
        model.Session.remove()
        hidden, gone = (app.get(f"{CALL}?resource_id={name}") for name in (resource, resource[::-1]))
        assert (hidden.status_code, gone.status_code) == (404, 404)
        assert hidden.json["error"] == gone.json["error"]
        for words in ("&generation=99", "&filters={%22nope%22:1}", "&group_by=nope"):
            assert app.get(f"{CALL}?resource_id={resource}{words}").status_code == 404, words
            search = f"/api/action/datastore_search?resource_id={resource}{words}"
            assert app.get(search).status_code == 404, words


HOSTILE: list[dict[str, Any]] = [
    {"group_by": "street\0"},
    {"group_by": "street' OR '1'='1"},
    {"filters": '{"street": "\\u0000"}'},
    {"filters": '{"street": {"in": 5}}'},
    {"filters": '{"street": {}}'},
    {"filters": json.dumps({"street": ["x"] * 3000})},
    {"filters": "[" * 4000},
    {"filters": '{"watts": NaN}'},
    {"filters": '{"watts": 1e400}'},
    {"filters": '{"watts": "9223372036854775808"}'},
    {"measures": "count(*):watts"},
    {"measures": '["sum:watts", {"a": 1}]'},
    {"sort": '["count", 1]'},
    {"sort": "pg_sleep(10)"},
    {"limit": "99999999999999999999"},
    {"generation": "1 OR 1=1"},
    {"q": "x" * 5000},
]
