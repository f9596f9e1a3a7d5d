"""Whatever a source answers, a reader gives parts or says why not; it never falls over."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ckanext.patrasparticipation.harvesters.errors import HarvestError, SourceChanged, SourceUnavailable
from ckanext.patrasparticipation.harvesters.fetched import Fetched
from ckanext.patrasparticipation.harvesters.messages import message
from ckanext.patrasparticipation.harvesters.readers.gather import Gathering
from ckanext.patrasparticipation.harvesters.readers.remote import PROTOCOLS
from ckanext.patrasparticipation.harvesters.readers.talk import Talk, parsed

from .engine import NOW
from .protocol_server import HTML, harvest, speaking
from .test_diavgeia import decision, decisions

MOMENT = "2026-01-01T10:00:00+02:00"
QUERY = (
    'issueDate:[DT(2026-01-01T00:00:00+02:00) TO DT(2026-01-03T00:00:00+02:00)] AND organizationUid:"6241"'
)
FOUND = [
    {
        **decision("ΩΑΒΓΔ-ΕΖΗ", "2026-01-02"),
        "unitIds": ["1"],
        "extraFieldValues": {
            "amountWithVAT": {"amount": 1.5, "currency": "EUR"},
            "cpv": ["1"],
            "relatedDecisions": [{"relatedDecisionsADA": "ΩΑΒΓΔ-ΕΖΘ"}],
        },
    }
]
REQUEST = {"service_request_id": "1", "status": "open", "requested_datetime": MOMENT, "lat": 38.2,
           "long": 21.7, "agency_responsible": {"recipient": ["a"]}}  # fmt: skip
ISSUE = {
    "_id": "1",
    "issue": "garbage",
    "create_at": MOMENT,
    "status": "NEW",
    "loc": {"coordinates": [21.7, 38.2]},
}
TITLE = {"translations": [{"locale": "el", "text": "Δέντρα"}]}
PAGE = {"hasNextPage": False, "endCursor": None}
COMPONENT = {
    "__typename": "Proposals",
    "proposals": {"pageInfo": PAGE, "nodes": [{"id": "1", "title": TITLE}]},
}
PROPOSAL = {
    "id": "1",
    "title": "Δέντρα",
    "geozone": {"name": "Κέντρο"},
    "tags": {"edges": [{"node": {"name": "α"}}]},
}
DAYS = {"from": "2026-01-01", "to": "2026-01-02"}
LIST = ('<div class="archive_list"><ul><li><a href="https://www.opengov.gr/yme/?p=7">τίτλος</a>'
        '<span class="start">1 Μάιος, 2026</span></li></ul></div>')  # fmt: skip
ANSWERS: dict[str, tuple[dict[str, Any], frozenset[str], list[Any]]] = {
    "diavgeia": ({"org": ["6241"], **DAYS}, frozenset({"ada", "subject", "amount", "cpv", "issueDate"}),
                 [{"info": {"query": QUERY, "total": 1}, "decisions": FOUND}]),
    "open311": (DAYS, frozenset({"status", "lat", "long", "requested_datetime"}), [[REQUEST]]),
    "sensecity_issues": ({"city": "patras", **DAYS}, frozenset({"issue", "lon", "lat"}), [[ISSUE]]),
    "decidim": ({"via": "api", "entity": "proposals", "components": ["1"]},
                frozenset({"id", "title/el", "state", "coordinates/latitude"}),
                [{"data": {"decidim": {"version": "0.29"}}},
                 {"data": {"__type": {"fields": [{"name": "title"}, {"name": "coordinates"}]}}},
                 {"data": {"component": COMPONENT}}]),
    "consul": ({"entity": "proposals"}, frozenset({"id", "title", "geozone", "tags"}),
               [{"data": {"proposals": {"pageInfo": PAGE, "edges": [{"node": PROPOSAL}]}}}]),
}  # fmt: skip
"""For each protocol: its options, the mapped columns, and the answers of a sound conversation."""


class Answers:
    """An opener that gives these bodies one after the other, and the last one for ever."""

    def __init__(self, folder: Any, bodies: list[bytes]) -> None:
        self.folder, self.bodies, self.asked = folder, bodies, 0

    def open(self, address: str, *rest: Any, **more: Any) -> Fetched:
        path = self.folder / f"answer{self.asked}"
        path.write_bytes(self.bodies[min(self.asked, len(self.bodies) - 1)])
        self.asked += 1
        return Fetched(address, NOW, path)

    def pause(self, seconds: float) -> None:
        """No test waits."""


def converse(
    kind: str, folder: Any, options: dict[str, Any], wanted: frozenset[str], bodies: list[bytes]
) -> bytes:
    given_options = {"url": "https://example.org", **options}
    talk = Talk(Answers(folder, bodies), given_options)
    parts = PROTOCOLS[kind].parts(talk, given_options, date(2026, 1, 2), wanted)
    path, _ = Gathering(folder, wanted).write(parts)
    return path.read_bytes()


ODD = ("", "[::1", "http://[::1/", "9" * 40, "\x00", "2026-13-45T99:99", 10**18, -(10**18), 1e300)
PLAIN = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(ODD)
JSON = st.recursive(
    PLAIN | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def places(answer: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in an answer where something else could stand."""
    found = [path]
    if isinstance(answer, dict):
        for key, value in answer.items():
            found += places(value, (*path, key))
    elif isinstance(answer, list):
        for number, value in enumerate(answer):
            found += places(value, (*path, number))
    return found


def changed(answer: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copied = copy.deepcopy(answer)
    inner = copied
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return copied


@pytest.mark.parametrize("kind", ANSWERS)
def test_a_sound_conversation_gives_a_part(kind, tmp_path):
    options, wanted, answers = ANSWERS[kind]
    lines = converse(kind, tmp_path, options, wanted, [json.dumps(answer).encode() for answer in answers])
    assert lines.count(b"\n") == 1
    assert set(json.loads(lines)) <= wanted


def told(conversation: Any) -> None:
    """Hold it; what it refuses must have its words in both languages."""
    try:
        conversation()
    except HarvestError as error:
        message(error.code, error.params)


@pytest.mark.parametrize("kind", ANSWERS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_anything_in_place_of_anything_is_taken_or_refused_by_name(kind, tmp_path, data):
    options, wanted, answers = ANSWERS[kind]
    which = data.draw(st.integers(0, len(answers) - 1))
    path = data.draw(st.sampled_from(places(answers[which])))
    broken = list(answers)
    broken[which] = changed(answers[which], path, data.draw(JSON))
    told(
        lambda: converse(kind, tmp_path, options, wanted, [json.dumps(answer).encode() for answer in broken])
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.text(max_size=20), cut=st.integers(0, len(LIST)), between=st.text(max_size=20))
def test_any_page_is_a_list_of_consultations_or_is_refused_by_name(before, cut, between, tmp_path):
    body = (before + LIST[:cut] + between + LIST[cut:]).encode("utf-8", "surrogatepass")
    told(lambda: converse("opengov", tmp_path, {"from": "2026-01-01"}, frozenset({"id", "title"}), [body]))


@pytest.mark.parametrize(
    "href", ["http://[::1/?p=1", "javascript:alert(1)", "//evil", "?p=7", "https://x/y?p=1&p=2", ""]
)
def test_a_link_that_leads_nowhere_is_put_aside(href, tmp_path):
    body = LIST.replace("https://www.opengov.gr/yme/?p=7", href).encode()
    lines = converse("opengov", tmp_path, {"from": "2026-01-01"}, frozenset({"id", "title"}), [body])
    told = json.loads(lines)
    assert told.get("__refused__") == "unreadable_part" or told["id"] == "y-1"


@pytest.mark.parametrize(
    ("body", "error", "code"),
    [
        (b'{"a": 006}', SourceChanged, "answer_not_json"),
        (b'{"a": "\xff"}', SourceChanged, "answer_not_json"),
        (b"[" * 3000, SourceChanged, "answer_not_json"),
        (b'{"a": NaN}', SourceChanged, "answer_not_json"),
        (b'{"a": "x"', SourceUnavailable, "truncated"),
        (b'{"a": "\xce\xa9', SourceUnavailable, "truncated"),
        (b"<?xml version='1.0'?><a/>", SourceChanged, "answer_not_json"),
        (HTML.body, SourceChanged, "answer_not_json"),
        (b"Service unavailable", SourceChanged, "answer_not_json"),
    ],
)
def test_what_is_no_json_says_so_and_where_and_not_what_stands_there(body, error, code):
    with pytest.raises(error) as refused:
        parsed(body, "https://example.org")
    assert refused.value.code == code


def test_a_part_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr("ckanext.patrasparticipation.harvesters.readers.talk.PART", 10)
    with speaking(lambda asked: {"info": {}, "decisions": []}) as server:
        report, sink = harvest(decisions(server.url), tmp_path)
    assert (report.outcome, report.reason.code, sink.batches) == ("unavailable", "too_large", [])
